#pragma once
#include <algorithm>
#include <limits>
#include <map>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/trial/totals/trial_result.hpp"
#include "sim/base/contract.hpp"
#include "sim/statistics/compact_histogram.hpp"
#include "sim/statistics/estimate.hpp"
#include "sim/statistics/nearly_whole.hpp"
#include "sim/statistics/pooled_quantile.hpp"
#include "sim/statistics/tally.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// How a quantity and its interval are estimated; the functions of sim/statistics/estimate.hpp.
enum class Method : std::uint8_t {
  mean,          ///< estimate_mean, or estimate_ratio where there is a denominator: of what has no bounds
  proportion,    ///< estimate_proportion: a count of a count
  bounded,       ///< estimate_bounded_mean or _ratio: not negative, and hardly skewed
  skewed,        ///< estimate_skewed_mean or _ratio: not negative, and some replications may have much more
  count,         ///< estimate_count: of events, which may be rare
  nearly_whole,  ///< estimate_nearly_whole: of it events that may be rare take something away
};

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
  Method method = Method::mean;
  double (*addition)(const Tally&) = nullptr;  ///< of nearly_whole, a part of the numerator
  /// Of nearly_whole: the most that one event can take away.
  double largest_event = std::numeric_limits<double>::infinity();
  double (*lowest)(const Tally&) = nullptr;  ///< of bounded and skewed: the least that is possible; null: 0
  bool (*impossible)(const Tally&) =
      nullptr;  ///< of count: whether there could be no event; null: there could
  /// Of nearly_whole, the measure that the addition is, whose usual variance stands in; or empty.
  std::string_view addition_name = {};
};

/// A count of a count.
template <class T>
Measure<T> proportion(std::string_view name, std::string_view description, double (*numerator)(const T&),
                      double (*denominator)(const T&), TableForm form = TableForm::full) {
  return {name,    "share", ColumnKind::share,    description,       numerator, denominator, form, nullptr,
          nullptr, 0,       Bounds::low_and_high, Method::proportion};
}

/// Events, which may be rare. `impossible`: as Measure::impossible.
template <class T>
Measure<T> events(std::string_view name, std::string_view unit, std::string_view description,
                  double (*numerator)(const T&), TableForm form = TableForm::full,
                  bool (*impossible)(const T&) = nullptr) {
  Measure<T> measure{name,    unit, ColumnKind::count,    description,  numerator, nullptr, form, nullptr,
                     nullptr, 0,    Bounds::low_and_high, Method::count};
  measure.impossible = impossible;
  return measure;
}

/// What is not negative and may be skewed.
template <class T>
Measure<T> skewed(ColumnKind kind, std::string_view name, std::string_view unit, std::string_view description,
                  double (*numerator)(const T&), double (*denominator)(const T&),
                  TableForm form = TableForm::full) {
  return {name,    unit,    kind, description,          numerator,     denominator, form,
          nullptr, nullptr, 0,    Bounds::low_and_high, Method::skewed};
}
/// A mean or another ratio of that kind.
template <class T>
Measure<T> skewed(std::string_view name, std::string_view unit, std::string_view description,
                  double (*numerator)(const T&), double (*denominator)(const T&),
                  TableForm form = TableForm::full) {
  return skewed<T>(ColumnKind::mean, name, unit, description, numerator, denominator, form);
}

/// A measure that is hardly skewed.
template <class Tally>
Measure<Tally> bounded(Measure<Tally> skewed) {
  skewed.method = Method::bounded;
  return skewed;
}

/// The quantile p of what `waits` gives, of all replications together.
template <class Tally>
Measure<Tally> percentile(std::string_view name, std::string_view unit, std::string_view description,
                          WaitHistogram (*waits)(const Tally&), double p, TableForm form = TableForm::full) {
  return {name,    unit, ColumnKind::quantile, description, nullptr, nullptr, form, waits,
          nullptr, p,    Bounds::low_and_high};
}

/// By the name of a share: the design effect that stands in where it was 0 or 1 in all replications. By that
/// of a count: the dispersion that stands in where it was 0. By that of another measure: the variance or
/// dispersion that stands in where no two replications differ. 0: it cannot be anything else. NaN: nothing
/// stands in, and there is no number.
using DesignEffects = std::map<std::string_view, double>;
/// Of what nothing can happen to, such as an office that is never open: 0 for every measure.
const DesignEffects& no_effects();

/// From here on a way counts as far; an edge of WaitHistogram's bins.
inline constexpr double kFarWay_km = 20;

/// The ways of visits, from the citizen's place of residence to the station.
struct TravelTally {
  std::uint64_t visits = 0, far = 0, out_of_county = 0;
  double metres = 0, travel_s = 0;  ///< all ways together, one way
  CompactHistogram km;              ///< of each way
};

/// What there is to say where nothing was observed.
inline constexpr Estimate kNoEstimate{std::numeric_limits<double>::quiet_NaN(),
                                      std::numeric_limits<double>::quiet_NaN(), 0};

/// Whole things as a table's number.
template <class T>
double count(T value) {
  return static_cast<double>(value);
}

/// Of any cell of visits: how many, with what outcome.
std::span<const Measure<VisitTally>> visit_measures();
/// Of visits to stations, as online nobody waits: shares, service level, times.
std::span<const Measure<VisitTally>> queue_measures();
/// Of a station or several together: clerk time, queue length.
std::span<const Measure<StationTally>> staff_measures();
/// Of a station or several together: percentiles of the wait and of the number waiting.
std::span<const Measure<StationResult>> percentile_measures();
/// Percentiles of the wait alone: of a class of citizens, of a service.
std::span<const Measure<ClassResult>> class_percentile_measures();
std::span<const Measure<CompactHistogram>> wait_percentile_measures();
/// Of an hour of the day at a station or several together.
std::span<const Measure<HourTally>> hour_measures();
/// Of citizens by service and first channel.
std::span<const Measure<CitizenTally>> citizen_measures();

/// Of the ways of visits.
std::span<const Measure<TravelTally>> travel_measures();
/// Of citizens who went to a station because an office was closed.
std::span<const Measure<Diversion>> diversion_measures();

/// The sum over stations; of the maxima the largest.
void add_to(StationTally& sum, const StationTally& tally);
void add_to(VisitTally& sum, const VisitTally& tally);
void add_to(HourTally& sum, const HourTally& tally);
void add_to(CitizenTally& sum, const CitizenTally& tally);
void add_to(TravelTally& sum, const TravelTally& tally);

/// What `part` gives of each replication.
template <class Tally, class T, class Part>
std::vector<Part> each_of(std::span<const Tally> tallies, Part (*part)(const T&)) {
  std::vector<Part> parts;
  parts.reserve(tallies.size());
  for (const Tally& tally : tallies) parts.push_back(part(tally));
  return parts;
}

/// The numerator; of a share the denominator, where sums of times exceed it by rounding.
template <class T>
double numerator_of(const Measure<T>& measure, const std::type_identity_t<T>& tally) {
  const double numerator = measure.numerator(tally);
  if (measure.kind != ColumnKind::share || !measure.denominator) return numerator;
  constexpr double kRounding = 1e-9;
  const double denominator = measure.denominator(tally);
  const bool is_rounding = numerator > denominator && numerator <= denominator * (1 + kRounding);
  return is_rounding ? denominator : numerator;
}

/// What one replication says of a measure; NaN where it observed nothing.
template <class T>
double value_of(const Measure<T>& measure, const std::type_identity_t<T>& tally) {
  if (measure.waits) return measure.waits(tally).quantile(measure.p);
  if (measure.levels) return measure.levels(tally).quantile(measure.p);
  const double numerator = numerator_of(measure, tally);
  if (!measure.denominator) return numerator;
  const double denominator = measure.denominator(tally);
  return denominator > 0 ? numerator / denominator : kNan;
}

/// The numerators, and the denominators where there are any, of the replications that observed something.
template <class T, class Tally>
std::pair<std::vector<double>, std::vector<double>> parts_of(const Measure<T>& measure,
                                                             std::span<const Tally> tallies) {
  std::vector<double> numerators, denominators;
  numerators.reserve(tallies.size());
  if (measure.denominator) denominators.reserve(tallies.size());
  for (const Tally& tally : tallies) {
    const double numerator = numerator_of(measure, tally);
    if (numerator != numerator) continue;
    numerators.push_back(numerator);
    if (measure.denominator) denominators.push_back(measure.denominator(tally));
  }
  return {std::move(numerators), std::move(denominators)};
}

template <class T, class Tally>
std::vector<double> additions_of(const Measure<T>& measure, std::span<const Tally> tallies) {
  std::vector<double> additions;
  additions.reserve(tallies.size());
  for (const Tally& tally : tallies) additions.push_back(measure.addition(tally));
  return additions;
}

/// Where there is none of the measure: 1 of a share or count, else 0.
template <class T>
double usual_of(const Measure<T>& measure, const DesignEffects& usual) {
  const auto effect = usual.find(measure.name);
  if (effect != usual.end()) return effect->second;
  return measure.method == Method::proportion || measure.method == Method::count ? 1 : 0;
}

/// Of what is added to a whole, where no two replications differ.
template <class T>
double usual_variance_of_addition(const Measure<T>& measure, const DesignEffects& usual) {
  const auto variance = usual.find(measure.addition_name);
  return variance != usual.end() ? variance->second : 0;
}

/// Where the mean of a bounded or skewed measure can be.
template <class T, class Tally>
PossibleRange range_of(const Measure<T>& measure, std::span<const Tally> tallies) {
  PossibleRange range;
  if (measure.kind == ColumnKind::share) range.to = 1;
  if (!measure.lowest) return range;
  range.from = std::numeric_limits<double>::infinity();
  for (const Tally& tally : tallies) range.from = std::min(range.from, measure.lowest(tally));
  return range;
}

/// What stands in for the dispersion of a count: nothing where no replication could have an event.
template <class T, class Tally>
double usual_of_count(const Measure<T>& measure, std::span<const Tally> tallies, const DesignEffects& usual) {
  const bool none = measure.impossible && std::all_of(tallies.begin(), tallies.end(), measure.impossible);
  return none ? 0 : usual_of(measure, usual);
}

/// One measure over replications. `tallies` has one element per replication. Tally may derive from T. `usual`
/// is Results::design_effects.
template <class T, class Tally>
Estimate estimate(const Measure<T>& measure, std::span<const Tally> tallies, const DesignEffects& usual) {
  if (tallies.size() < 2) return {kNoEstimate.mean, kNoEstimate.half_width, tallies.size()};
  if (measure.waits) return pooled_quantile(each_of(tallies, measure.waits), measure.p);
  if (measure.levels) return pooled_quantile(each_of(tallies, measure.levels), measure.p);
  const auto [numerators, denominators] = parts_of(measure, tallies);
  switch (measure.method) {
    case Method::bounded: {
      const PossibleRange range = range_of(measure, tallies);
      return measure.denominator
                 ? estimate_bounded_ratio(numerators, denominators, usual_of(measure, usual), range)
                 : estimate_bounded_mean(numerators, usual_of(measure, usual), range);
    }
    case Method::skewed: {
      const PossibleRange range = range_of(measure, tallies);
      return measure.denominator
                 ? estimate_skewed_ratio(numerators, denominators, usual_of(measure, usual), range)
                 : estimate_skewed_mean(numerators, usual_of(measure, usual), range);
    }
    case Method::proportion:
      return estimate_proportion(numerators, denominators, usual_of(measure, usual));
    case Method::count:
      return estimate_count(numerators, usual_of_count(measure, tallies, usual));
    case Method::nearly_whole:
      return estimate_nearly_whole(numerators, additions_of(measure, tallies),
                                   {usual_of(measure, usual), measure.largest_event},
                                   usual_variance_of_addition(measure, usual));
    case Method::mean:
      break;
  }
  return measure.denominator ? estimate_ratio(numerators, denominators) : estimate_mean(numerators);
}

template <class T, class Tally>
Estimate estimate(const Measure<T>& measure, const std::vector<Tally>& tallies, const DesignEffects& usual) {
  return estimate(measure, std::span<const Tally>(tallies), usual);
}

/// What `usual_design_effects` takes the quartile of: the design effect of a share, the dispersion of a
/// count, and so on. NaN where it cannot be estimated.
template <class T, class Tally>
double estimate_effect(const Measure<T>& measure, std::span<const Tally> tallies) {
  if (measure.method == Method::mean) return kNan;
  const auto [numerators, denominators] = parts_of(measure, tallies);
  switch (measure.method) {
    case Method::proportion:
      return estimate_design_effect(numerators, denominators);
    case Method::count:
      return estimate_dispersion(numerators);
    case Method::nearly_whole:
      return estimate_shortfall_dispersion(numerators, additions_of(measure, tallies));
    default:
      return measure.denominator ? estimate_variance_of_ratio(numerators, denominators)
                                 : estimate_variance(numerators);
  }
}

/// Of rows that are alike, the upper quartile of the design effects of shares, of the dispersions of counts,
/// and so on, that can be estimated. `row(i)` gives the tallies of row i of so many, one of each replication.
template <class T, class Row>
DesignEffects usual_design_effects(std::span<const Measure<T>> measures, std::size_t rows, Row row) {
  std::map<std::string_view, std::vector<double>> effects;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::span tallies(row(i));
    if (tallies.size() < 2) break;
    for (const Measure<T>& measure : measures) {
      const double effect = estimate_effect(measure, tallies);
      if (effect == effect) effects[measure.name].push_back(effect);
    }
  }
  DesignEffects usual;
  for (auto& [name, values] : effects) usual[name] = usual_design_effect(std::move(values));
  return usual;
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
