#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace pishkhan {

inline constexpr std::size_t kSha256BlockBytes = 64;
using Sha256State = std::array<std::uint32_t, 8>;
/// Adds so many whole blocks to the state of a SHA-256.
using AddSha256Blocks = void(Sha256State& state, const char* bytes, std::size_t blocks);

AddSha256Blocks add_sha256_blocks_plainly;
/// By the processor's own instructions for it; null where it has none.
AddSha256Blocks* find_sha256_instructions();

}  // namespace pishkhan
