#pragma once
#include <algorithm>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "models/trial/totals/trial_result.hpp"
#include "sim/base/contract.hpp"
#include "sim/statistics/estimate.hpp"
#include "sim/statistics/pooled_quantile.hpp"
#include "sim/statistics/tally.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// A quantity estimated over replications: the mean of `numerator`, or the ratio of the sums of
/// `numerator` and `denominator` where there is one. A NaN numerator is "nothing observed in this
/// replication", which is then left out. Or the quantile `p` of what `waits` or `levels` gives, of all
/// replications together.
template <class Tally>
struct Measure {
  std::string_view name;
  std::string_view unit;
  ColumnKind kind = ColumnKind::count;
  std::string_view description;
  double (*numerator)(const Tally&) = nullptr;
  double (*denominator)(const Tally&) = nullptr;
  TableForm form = TableForm::full;
  WaitHistogram (*waits)(const Tally&) = nullptr;
  LevelHistogram (*levels)(const Tally&) = nullptr;
  double p = 0;
  Bounds bounds = Bounds::half_width;
};

/// What there is to say where nothing was observed.
inline constexpr Estimate kNoEstimate{std::numeric_limits<double>::quiet_NaN(),
                                      std::numeric_limits<double>::quiet_NaN(), 0};

/// Of any cell of visits: how many, with what outcome.
std::span<const Measure<VisitTally>> visit_measures();
/// Of visits to stations, as online nobody waits: shares, service level, times.
std::span<const Measure<VisitTally>> queue_measures();
/// Of a station or several together: clerk time, queue length.
std::span<const Measure<StationTally>> staff_measures();
/// Of a station or several together: percentiles of the wait and of the number waiting.
std::span<const Measure<StationResult>> percentile_measures();
/// Of an hour of the day at a station or several together.
std::span<const Measure<HourTally>> hour_measures();
/// Of citizens by service and first channel.
std::span<const Measure<CitizenTally>> citizen_measures();

/// The sum over stations; of the maxima the largest.
void add_to(StationTally& sum, const StationTally& tally);
void add_to(StationResult& sum, const StationResult& result);
void add_to(VisitTally& sum, const VisitTally& tally);
void add_to(HourTally& sum, const HourTally& tally);
void add_to(CitizenTally& sum, const CitizenTally& tally);

/// What `part` gives of each replication.
template <class Tally, class T, class Part>
std::vector<Part> each_of(std::span<const Tally> tallies, Part (*part)(const T&)) {
  std::vector<Part> parts;
  parts.reserve(tallies.size());
  for (const Tally& tally : tallies) parts.push_back(part(tally));
  return parts;
}

/// One measure over replications. `tallies` has one element per replication. Tally may derive from T.
template <class T, class Tally>
Estimate estimate(const Measure<T>& measure, std::span<const Tally> tallies) {
  if (measure.waits) return pooled_quantile(each_of(tallies, measure.waits), measure.p);
  if (measure.levels) return pooled_quantile(each_of(tallies, measure.levels), measure.p);
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

/// The measure of that name; there must be one.
template <class T>
const Measure<T>& find_measure(std::span<const Measure<T>> measures, std::string_view name) {
  const auto found = std::find_if(measures.begin(), measures.end(),
                                  [&](const Measure<T>& measure) { return measure.name == name; });
  PISHKHAN_EXPECT(found != measures.end());
  return *found;
}

}  // namespace pishkhan
