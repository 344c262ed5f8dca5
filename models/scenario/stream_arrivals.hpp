#pragma once
#include <cstdint>
#include <vector>

namespace pishkhan {

/// How far from the planned time somebody comes.
struct ArrivalDeviation {
  bool is_normal = false;  ///< with `size_s` as standard deviation; else uniform, at most `size_s` off
  double size_s = 0;

  /// In seconds, below 0 for early; 0 < u < 1.
  [[nodiscard]] double at(double u) const;
  /// The most that at() gives for a uniform of 32 bits.
  [[nodiscard]] double most_s() const;
};

/// One arrival each so much time, from the opening of the doors on.
struct ArrivalSchedule {
  double every_s = 0;  ///< 0: no schedule
  ArrivalDeviation deviation;
  double no_show = 0;  ///< share that does not come

  [[nodiscard]] bool exists() const { return every_s > 0; }
};

/// An arrival that was recorded.
struct RecordedArrival {
  double at_s = 0;        ///< after midnight in a run by days, and after the start of an unbroken run
  double handling_s = 0;  ///< 0: drawn. Of a stream either all are recorded or none
};

}  // namespace pishkhan
