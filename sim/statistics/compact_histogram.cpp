#include "sim/statistics/compact_histogram.hpp"

#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

namespace pishkhan {
namespace {

constexpr std::uint32_t kMore = 128;        ///< another digit follows
constexpr std::size_t kMostBins = 1 << 17;  ///< more than any finite wait has

void append_number(std::string& bytes, std::uint32_t value) {
  for (; value >= kMore; value /= kMore) bytes += static_cast<char>(value % kMore + kMore);
  bytes += static_cast<char>(value);
}

[[noreturn]] void torn() { throw std::runtime_error("the bytes of a histogram are torn"); }

/// Takes a number from the front of the bytes.
std::uint32_t take_number(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    if (bytes.empty()) torn();
    const auto digit = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= std::uint64_t(digit % kMore) << shift;
    if (digit >= kMore) continue;
    if (value > UINT32_MAX) torn();
    return static_cast<std::uint32_t>(value);
  }
  torn();
}

std::vector<std::uint32_t> unpack_counts(std::string_view bytes) {
  std::vector<std::uint32_t> counts;
  while (!bytes.empty()) {
    const std::uint32_t count = take_number(bytes);
    const std::size_t bins = count > 0 ? 1 : take_number(bytes);
    if (bins > kMostBins - counts.size()) torn();
    counts.resize(counts.size() + bins, count);
  }
  return counts;
}

}  // namespace

CompactHistogram::CompactHistogram(const WaitHistogram& histogram) {
  std::uint32_t empty_bins = 0;
  for (const std::uint32_t count : histogram.counts()) {
    if (count == 0) {
      ++empty_bins;
      continue;
    }
    if (empty_bins > 0) {
      append_number(bytes_, 0);
      append_number(bytes_, empty_bins);
      empty_bins = 0;
    }
    append_number(bytes_, count);
  }
  bytes_.shrink_to_fit();
}

CompactHistogram::CompactHistogram(std::string bytes) : bytes_(std::move(bytes)) { unpack_counts(bytes_); }

WaitHistogram CompactHistogram::unpack() const { return WaitHistogram(unpack_counts(bytes_)); }

CompactHistogram& CompactHistogram::operator+=(const CompactHistogram& other) {
  if (bytes_.empty()) return *this = other;
  WaitHistogram sum = unpack();
  sum += other.unpack();
  return *this = CompactHistogram(sum);
}

}  // namespace pishkhan
