#include "sim/statistics/wait_histogram.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "sim/base/contract.hpp"
#include "sim/base/simd.hpp"

namespace pishkhan {
namespace {

/// Bins of positive waits as WaitHistogram::bin_of finds them, without a branch. Returns the highest.
PISHKHAN_VECTORISED
std::int64_t find_bins(const double* __restrict seconds, std::size_t n, int shift, std::int64_t first,
                       std::int64_t* __restrict bins) {
  std::int64_t highest = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto slice =
        static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(seconds[i]) >> shift) - first + 2;
    const std::int64_t positive = slice > 1 ? slice : 1;
    bins[i] = seconds[i] > 0 ? positive : 0;
    highest = bins[i] > highest ? bins[i] : highest;
  }
  return highest;
}

}  // namespace

void WaitHistogram::add(const double* seconds, const std::uint64_t* marks, std::size_t n) {
  constexpr std::size_t kChunk = 256;
  std::int64_t bins[kChunk];
  for (std::size_t begin = 0; begin < n; begin += kChunk) {
    const std::size_t here = std::min(kChunk, n - begin);
    const auto highest = static_cast<std::size_t>(
        find_bins(seconds + begin, here, kShift, static_cast<std::int64_t>(kFirstSlice), bins));
    if (highest >= counts_.size()) [[unlikely]]
      grow(highest);
    for (std::size_t i = 0; i < here; ++i)
      counts_[static_cast<std::size_t>(bins[i])] += static_cast<std::uint32_t>(marks[begin + i]) & 1;
  }
}

double WaitHistogram::lower_edge(std::size_t bin) {
  if (bin < 2) return 0;
  return std::bit_cast<double>((std::uint64_t(bin - 2) + kFirstSlice) << kShift);
}

void WaitHistogram::grow(std::size_t bin) {
  // To the end of the bin's power of two, so that a slowly growing wait does not grow it each time; at once
  // to waits of about an hour, which most stations see.
  constexpr std::size_t kSlices = std::size_t{1} << kMantissaBits,
                        kHourBin = (12 - kLowestExponent) * kSlices;
  counts_.resize((std::max(bin, kHourBin - 1) / kSlices + 1) * kSlices + 2);
}

WaitHistogram& WaitHistogram::operator+=(const WaitHistogram& other) {
  if (counts_.size() < other.counts_.size()) counts_.resize(other.counts_.size());
  for (std::size_t bin = 0; bin < other.counts_.size(); ++bin) counts_[bin] += other.counts_[bin];
  return *this;
}

WaitHistogram& WaitHistogram::operator-=(const WaitHistogram& other) {
  const std::size_t bins = std::min(counts_.size(), other.counts_.size());
  for (std::size_t bin = 0; bin < bins; ++bin) counts_[bin] -= other.counts_[bin];
  return *this;
}

void WaitHistogram::clear() { std::fill(counts_.begin(), counts_.end(), 0U); }

void WaitHistogram::trim() {
  while (!counts_.empty() && counts_.back() == 0) counts_.pop_back();
}

std::uint64_t WaitHistogram::count() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

double WaitHistogram::quantile(double p) const {
  PISHKHAN_EXPECT(p >= 0 && p <= 1);
  const std::uint64_t total = count();
  if (total == 0) return std::numeric_limits<double>::quiet_NaN();
  const double rank = p * static_cast<double>(total);
  double below = 0;
  double last = 0;
  for (std::size_t bin = 0; bin < counts_.size(); ++bin) {
    if (counts_[bin] == 0) continue;
    const double here = counts_[bin];
    const double low = lower_edge(bin);
    const double high = upper_edge(bin);
    if (below + here >= rank) return low + (high - low) * std::max(0.0, rank - below) / here;
    below += here;
    last = high;
  }
  return last;
}

bool operator==(const WaitHistogram& a, const WaitHistogram& b) {
  // Trailing bins that never counted do not make a difference.
  const auto& shorter = a.counts_.size() <= b.counts_.size() ? a.counts_ : b.counts_;
  const auto& longer = a.counts_.size() <= b.counts_.size() ? b.counts_ : a.counts_;
  const auto rest = longer.begin() + static_cast<std::ptrdiff_t>(shorter.size());
  return std::equal(shorter.begin(), shorter.end(), longer.begin()) &&
         std::all_of(rest, longer.end(), [](std::uint32_t count) { return count == 0; });
}

}  // namespace pishkhan
