#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace pishkhan {

/// Key of one replication's draws.
struct DrawKey {
  std::uint32_t low = 0, high = 0;
};
DrawKey draw_key(std::uint64_t seed, std::uint32_t replication);

using Block = std::array<std::uint32_t, 4>;

/// Philox4x32-10 (Salmon et al., SC 2011) as Random123 computes it, of the counter (index, stream, day, tag).
/// What the four words of the counter stand for is the caller's affair; different counters give independent
/// blocks.
Block draw(DrawKey key, std::uint32_t index, std::uint32_t stream, std::uint32_t day, std::uint32_t tag);

/// The same for n counters at once: words[w][i] is word w of the block of counter i. Words do not overlap
/// counters.
void draw_batch(DrawKey key, const std::uint32_t* index, const std::uint32_t* stream,
                const std::uint32_t* day, const std::uint32_t* tag, std::size_t n,
                const std::array<std::uint32_t*, 4>& words);

/// Uniform in (0, 1) with 32 bits, never 0 or 1.
constexpr double uniform(std::uint32_t word) { return (static_cast<double>(word) + 0.5) * 0x1p-32; }
/// Uniform in (0, 1) with 53 bits, never 0 or 1.
constexpr double uniform(std::uint32_t high, std::uint32_t low) {
  return (static_cast<double>((std::uint64_t{high} << 32 | low) >> 12) + 0.5) * 0x1p-52;
}

}  // namespace pishkhan
