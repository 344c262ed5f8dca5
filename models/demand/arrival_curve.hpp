#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "sim/base/time.hpp"
#include "sim/lanes/arrival_rows.hpp"

namespace pishkhan {

/// A number for each hour of the week, Saturday's first.
using HoursOfWeek = std::array<double, kDaysPerWeek * kHoursPerDay>;

/// Calls add(hour of the week, seconds) for each hour that [from_s, to_s) meets. The first midnight is so
/// many hours after the week's begin.
template <class Add>
void split_by_hour_of_week(std::size_t first_hour, double from_s, double to_s, const Add& add) {
  while (from_s < to_s) {
    const auto day = static_cast<std::size_t>(from_s / kSecondsPerDay);
    const double end_s = std::min(to_s, static_cast<double>(day + 1) * kSecondsPerDay);
    const std::size_t midnight = first_hour + day * kHoursPerDay;
    split_by_hour_of_day(from_s, end_s, [&](std::size_t hour, double s) {
      add((midnight + hour) % std::tuple_size_v<HoursOfWeek>, s);
    });
    from_s = end_s;
  }
}

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
  /// What it is made of, in order of time: pieces of positive weight.
  [[nodiscard]] std::span<const ArrivalPiece> pieces() const { return pieces_; }
  /// The least word whose uniform's time is from_s or later, where a piece of the weight begins; 2^32 if the
  /// weight ends before.
  [[nodiscard]] std::uint64_t first_word(double from_s) const;
  /// Share of the weight that falls into [from_s, to_s).
  [[nodiscard]] double share(double from_s, double to_s) const;
  /// Integral of the weight over [from_s, to_s) by hour of the week, where the first midnight begins so many
  /// hours after the week.
  [[nodiscard]] HoursOfWeek by_hour_of_week(double from_s, double to_s, std::size_t first_hour) const;

 private:
  void add(double from_s, double to_s, double weight);
  void normalise();
  std::vector<ArrivalPiece> pieces_;
  double total_ = 0;
};

}  // namespace pishkhan
