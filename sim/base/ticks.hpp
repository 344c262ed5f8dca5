#pragma once
#include <cstddef>
#include <cstdint>

#include "sim/base/simd.hpp"

namespace pishkhan {

/// A tick is 2^-14 s (61 microseconds). In a run of days the times that are drawn are whole ticks, so that
/// sums of times are exact up to 2^39 s, in whatever order they are added.
inline constexpr double kTick_s = 0x1p-14;

/// The nearest whole tick of a time of 0 s or more, in seconds; half a tick goes to the even one. Times of
/// 2^37 s and more, infinity among them, stay as they are.
PISHKHAN_INLINE double round_to_tick(double time_s) {
  constexpr double kLastPlaceIsTick = 0x1.8p38;
  const double rounded_s = (time_s + kLastPlaceIsTick) - kLastPlaceIsTick;
  return time_s < 0x1p37 ? rounded_s : time_s;
}

/// Rounds n times in place.
void round_to_ticks(double* times_s, std::size_t n);

/// Rounds n times of a day in place to the tick that has begun: none leaves the doors that it lies in.
void round_down_to_ticks(double* times_s, std::size_t n);

/// Ticks since midnight of a day that is over by the next day's noon.
using Tick = std::int32_t;
inline constexpr Tick kNeverTick = INT32_MAX;
inline constexpr double kTicksAtMost_s = 36 * 3600.0;

/// Of a time of 0 s or more; kNeverTick for those later than the next day's noon.
PISHKHAN_INLINE Tick to_tick(double time_s) {
  return time_s <= kTicksAtMost_s ? static_cast<Tick>(time_s / kTick_s) : kNeverTick;
}
PISHKHAN_INLINE double to_seconds(std::int64_t ticks) { return static_cast<double>(ticks) * kTick_s; }

}  // namespace pishkhan
