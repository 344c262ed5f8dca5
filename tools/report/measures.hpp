#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "models/trial/totals/trial_result.hpp"
#include "sim/statistics/estimate.hpp"
#include "sim/statistics/tally.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// A quantity estimated over replications: the mean of `numerator`, or the ratio of the sums of
/// `numerator` and `denominator` where there is one. A NaN numerator is "nothing observed in this
/// replication", which is then left out. `share` quantities are unitless ratios between 0 and 1.
template <class Tally>
struct Measure {
  std::string_view name;
  std::string_view unit;
  std::string_view description;
  double (*numerator)(const Tally&) = nullptr;
  double (*denominator)(const Tally&) = nullptr;
};

/// Of any cell of visits: how many, with what outcome.
std::span<const Measure<VisitTally>> visit_measures();
/// Of visits to stations, as online nobody waits: shares, service level, times.
std::span<const Measure<VisitTally>> queue_measures();
/// Of a station or several together: clerk time, queue length.
std::span<const Measure<StationTally>> staff_measures();
/// Of one station only: what cannot be added over stations (quantiles, maxima).
std::span<const Measure<StationTally>> single_station_measures();
/// Of an hour of the day at a station or several together.
std::span<const Measure<HourTally>> hour_measures();
/// Of citizens by service and first channel.
std::span<const Measure<CitizenTally>> citizen_measures();

/// The sum of what can be added over stations; quantiles and maxima of the sum stay 0.
void add_to(StationTally& sum, const StationTally& tally);
void add_to(VisitTally& sum, const VisitTally& tally);
void add_to(HourTally& sum, const HourTally& tally);
void add_to(CitizenTally& sum, const CitizenTally& tally);

/// One measure over replications. `tallies` has one element per replication. Tally may derive from T.
template <class T, class Tally>
Estimate estimate(const Measure<T>& measure, std::span<const Tally> tallies) {
  std::vector<double> numerators, denominators;
  numerators.reserve(tallies.size());
  for (const Tally& tally : tallies) {
    const double numerator = measure.numerator(tally);
    if (numerator != numerator) continue;
    numerators.push_back(numerator);
    if (measure.denominator) denominators.push_back(measure.denominator(tally));
  }
  return measure.denominator ? estimate_ratio(numerators, denominators) : estimate_mean(numerators);
}

template <class T, class Tally>
Estimate estimate(const Measure<T>& measure, const std::vector<Tally>& tallies) {
  return estimate(measure, std::span<const Tally>(tallies));
}

/// Columns `<name>_mean` and `<name>_half_width` of one quantity.
void add_estimate_columns(TableHeader& header, std::string_view name, std::string_view unit,
                          std::string_view description);

template <class T>
void add_measure_columns(TableHeader& header, std::span<const Measure<T>> measures) {
  for (const auto& measure : measures)
    add_estimate_columns(header, measure.name, measure.unit, measure.description);
}

/// Empty for NaN.
Cell number_cell(double value);
void add_estimate_cells(Row& row, const Estimate& estimate);

template <class T, class Tally>
void add_measure_cells(Row& row, std::span<const Measure<T>> measures, const std::vector<Tally>& tallies) {
  for (const auto& measure : measures) add_estimate_cells(row, estimate(measure, tallies));
}

}  // namespace pishkhan
