#pragma once
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace pishkhan {

/// How long a level (a number waiting) was held: time-weighted mean, quantiles and maximum.
class LevelHistogram {
 public:
  /// The level was held for so many seconds (>= 0); made for the hot path.
  void add(std::size_t level, double seconds) {
    if (level >= seconds_.size()) [[unlikely]]
      grow(level);
    seconds_[level] += seconds;
  }

  LevelHistogram() = default;
  /// From the seconds() of another.
  explicit LevelHistogram(std::vector<double> seconds) : seconds_(std::move(seconds)) {}
  /// A copy that takes no more memory than the levels held for any time need.
  [[nodiscard]] LevelHistogram trimmed() const;
  /// By level.
  [[nodiscard]] std::span<const double> seconds() const { return seconds_; }

  LevelHistogram& operator+=(const LevelHistogram& other);
  /// Forgets the times and keeps the memory.
  void clear();

  [[nodiscard]] double total_s() const;
  /// Integral of the level over time.
  [[nodiscard]] double area_s() const;
  /// Time average; NaN where no time passed.
  [[nodiscard]] double mean() const;
  /// Smallest level that was not exceeded for a share p (0 <= p <= 1) of the time; NaN where no
  /// time passed.
  [[nodiscard]] double quantile(double p) const;
  /// Highest level held for any time at all; 0 where no time passed.
  [[nodiscard]] std::size_t max() const;

 private:
  void grow(std::size_t level);

  std::vector<double> seconds_;
};

}  // namespace pishkhan
