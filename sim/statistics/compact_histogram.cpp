#include "sim/statistics/compact_histogram.hpp"

#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

namespace pishkhan {
namespace {

constexpr std::uint32_t kMore = 128;        ///< another digit follows
constexpr std::size_t kMostBins = 1 << 17;  ///< more than any finite wait has
constexpr std::size_t kUsualBins = 1 << 10;

void append_number(std::string& bytes, std::uint32_t value) {
  for (; value >= kMore; value /= kMore) bytes += static_cast<char>(value % kMore + kMore);
  bytes += static_cast<char>(value);
}

[[noreturn]] void torn() { throw std::runtime_error("the bytes of a histogram are torn"); }

/// Takes a number from the front of the bytes. Most have one digit.
std::uint32_t take_number(std::string_view& bytes) {
  if (!bytes.empty()) {
    if (const auto digit = static_cast<unsigned char>(bytes.front()); digit < kMore) {
      bytes.remove_prefix(1);
      return digit;
    }
  }
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
  counts.reserve(kUsualBins);
  while (!bytes.empty()) {
    const std::uint32_t count = take_number(bytes);
    const std::size_t bins = count > 0 ? 1 : take_number(bytes);
    if (bins > kMostBins - counts.size()) torn();
    if (count > 0)
      counts.push_back(count);
    else
      counts.resize(counts.size() + bins);
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

void CompactHistogram::add_to(WaitHistogram& sum) const {
  std::string_view bytes = bytes_;
  for (std::size_t bin = 0; !bytes.empty();) {
    if (const std::uint32_t count = take_number(bytes); count > 0)
      sum.add_to_bin(bin++, count);
    else
      bin += take_number(bytes);
  }
}

}  // namespace pishkhan
