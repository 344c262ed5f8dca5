#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "sim/base/time.hpp"

namespace pishkhan {

/// Distribution of the arrival time within doors: piecewise linear cumulative weight over time.
class ArrivalCurve {
 public:
  ArrivalCurve() = default;
  /// The profile's weight within the doors; where it has none there, uniform over the doors.
  ArrivalCurve(const HourProfile& profile, std::span<const Interval> doors);
  /// A rate given as steps (from_s, arrivals a second), cut to the intervals.
  ArrivalCurve(std::span<const std::pair<double, double>> rate, std::span<const Interval> intervals);

  /// Makes `total` the integral of the weight.
  void scale_to(double total) { total_ = total; }
  /// Integral of the weight: expected arrivals where the weight is a rate.
  [[nodiscard]] double total() const { return total_; }
  /// Quantile: the time by which a share u of the arrivals has come.
  [[nodiscard]] double time(double u) const;
  /// out[i] = time of the uniform of words[i]; words ascend.
  void times(const std::uint32_t* words, std::size_t n, double* out) const;
  /// Share of the weight that falls into [from_s, to_s).
  [[nodiscard]] double share(double from_s, double to_s) const;
  /// Integral of the weight over [from_s, to_s), of one day or many, by hour of the day.
  [[nodiscard]] std::array<double, kHoursPerDay> by_hour_of_day(double from_s, double to_s) const;

 private:
  void add(double from_s, double to_s, double weight);
  void normalise();
  struct Piece {
    double share_to;            ///< cumulative share at its end
    double share_from, from_s;  ///< at its beginning
    double slope;               ///< seconds per share
    double to_s;
    double last_s;            ///< an arrival lies strictly before the doors close, whatever the rounding
    std::uint32_t last_word;  ///< greatest word whose uniform is within share_to
  };
  std::vector<Piece> pieces_;  ///< of positive weight
  double total_ = 0;
};

}  // namespace pishkhan
