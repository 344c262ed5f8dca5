#pragma once
#include <cmath>
#include <cstdint>

namespace pishkhan {

/// A sum of times that does not depend on the order of the additions: each time is rounded to a whole tick of
/// 2^-16 s (15 microseconds), and ticks are added as integers of 64 bits, which hold four million years. What
/// was added can be taken away again and leaves no trace.
class TimeSum {
 public:
  TimeSum() = default;
  /// Times must be finite.
  TimeSum(double time_s)
      : ticks_(static_cast<std::int64_t>(time_s * kTicksPerSecond + std::copysign(0.5, time_s))) {}

  TimeSum& operator+=(TimeSum other) {
    ticks_ += other.ticks_;
    return *this;
  }
  TimeSum& operator-=(TimeSum other) {
    ticks_ -= other.ticks_;
    return *this;
  }
  /// In seconds.
  operator double() const { return static_cast<double>(ticks_) / kTicksPerSecond; }

 private:
  static constexpr double kTicksPerSecond = 65536;
  std::int64_t ticks_ = 0;
};

}  // namespace pishkhan
