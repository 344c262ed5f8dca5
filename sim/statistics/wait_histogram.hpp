#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace pishkhan {

/// Counts of waits, from which quantiles are read. Zero is counted apart. Positive waits fall in
/// logarithmic bins, 32 to each power of two, so a bin is at most 1/32 as wide as its lower edge:
/// a quantile is wrong by less than 1/32 (3.2%) of itself, and interpolation usually makes it far
/// better. Waits under 2^-20 s (a microsecond) share one bin. A bin counts to 2^32 - 1.
/// Distances in km are counted by it too: what is said of seconds holds for these then.
class WaitHistogram {
 public:
  WaitHistogram() = default;
  /// From the counts() of another.
  explicit WaitHistogram(std::vector<std::uint32_t> counts) : counts_(std::move(counts)) {}
  [[nodiscard]] const std::vector<std::uint32_t>& counts() const { return counts_; }

  /// seconds >= 0 and finite; made for the hot path.
  void add(double seconds) {
    const std::size_t bin = bin_of(seconds);
    if (bin >= counts_.size()) [[unlikely]]
      grow(bin);
    ++counts_[bin];
  }

  /// So many of the same.
  void add(double seconds, std::uint32_t times) { add_to_bin(bin_of(seconds), times); }
  /// So many of the waits of a bin.
  void add_to_bin(std::size_t bin, std::uint32_t times) {
    if (bin >= counts_.size()) [[unlikely]]
      grow(bin);
    counts_[bin] += times;
  }
  /// Adds those of n seconds that count: where marks[i] is odd.
  void add(const double* seconds, const std::uint64_t* marks, std::size_t n);

  WaitHistogram& operator+=(const WaitHistogram& other);
  /// Takes away what was added; bins that are empty then are still there.
  WaitHistogram& operator-=(const WaitHistogram& other);
  /// Forgets the counts and keeps the memory.
  void clear();
  /// Forgets the bins after the last that counted.
  void trim();

  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] std::uint64_t zeros() const { return counts_.empty() ? 0 : counts_[0]; }
  /// Smallest wait that a share p (0 <= p <= 1) of the customers does not exceed, seconds, linear
  /// within a bin. NaN where nothing was counted.
  [[nodiscard]] double quantile(double p) const;

  /// Waits of a bin lie from its lower to its upper edge, seconds; bin 0 holds the zeros.
  static double lower_edge(std::size_t bin);
  static double upper_edge(std::size_t bin) { return bin == 0 ? 0 : lower_edge(bin + 1); }
  /// Of seconds >= 0 and finite.
  static std::size_t bin_of(double seconds) {
    if (!(seconds > 0)) return 0;
    const std::uint64_t slice = std::bit_cast<std::uint64_t>(seconds) >> kShift;
    return slice < kFirstSlice ? 1 : std::size_t(slice - kFirstSlice) + 2;
  }

  friend bool operator==(const WaitHistogram& a, const WaitHistogram& b);

 private:
  // Bin 0 holds the zeros, bin 1 what lies under the lowest edge, bin 2 + k the k-th slice above it.
  static constexpr int kMantissaBits = 5;
  static constexpr int kLowestExponent = -20;
  static constexpr int kShift = 52 - kMantissaBits;
  static constexpr std::uint64_t kFirstSlice = std::uint64_t(1023 + kLowestExponent) << kMantissaBits;

  void grow(std::size_t bin);

  std::vector<std::uint32_t> counts_;
};

}  // namespace pishkhan
