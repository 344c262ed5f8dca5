#include "tools/report/input_tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "models/assumptions/assumption_points.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/measures.hpp"
#include "tools/report/possible.hpp"
#include "tools/report/sums.hpp"

namespace pishkhan {
namespace {

template <class T>
PredictedKind kind_of(const Measure<T>& measure) {
  if (measure.method == Method::count) return PredictedKind::count;
  return measure.method == Method::skewed ? PredictedKind::time : PredictedKind::number;
}

/// Of each replication; NaN where it observed nothing.
template <class T>
std::vector<double> values_of(const Measure<T>& measure, const std::vector<StationResult>& tallies) {
  std::vector<double> values;
  for (const StationResult& tally : tallies) {
    const double numerator = numerator_of(measure, tally);
    const double denominator = measure.denominator ? measure.denominator(tally) : 1;
    values.push_back(denominator > 0 ? numerator / denominator : kNan);
  }
  return values;
}

std::optional<PredictionInterval> predict_within(const std::vector<double>& values, PredictedKind kind,
                                                 bool is_share) {
  auto interval = predict(values, kind);
  if (interval && is_share) interval->high = std::min(interval->high, 1.0);
  return interval;
}

/// On the scale of `predict`; NaN with fewer than two values.
double variance_of(const std::vector<double>& values, PredictedKind kind) {
  std::vector<double> scaled;
  for (const double value : values)
    if (std::isfinite(value)) scaled.push_back(normalised(kind, value));
  if (scaled.size() < 2) return kNan;
  const auto n = static_cast<double>(scaled.size());
  const double mean = std::accumulate(scaled.begin(), scaled.end(), 0.0) / n;
  double squares = 0;
  for (const double value : scaled) squares += (value - mean) * (value - mean);
  return squares / (n - 1);
}

/// The two runs of a group of stations.
struct Pair {
  std::string_view group;
  const std::vector<StationResult>&fixed, &sampled;
  const DesignEffects &usual_fixed, &usual_sampled;
};

template <class T>
void add_effect(const Pair& pair, const Measure<T>& measure, std::vector<InputEffect>& effects) {
  InputEffect effect;
  effect.group = pair.group;
  effect.quantity = measure.name;
  effect.unit = measure.unit;
  effect.kind = measure.kind;
  effect.fixed = estimate(measure, pair.fixed, pair.usual_fixed);
  effect.sampled = estimate(measure, pair.sampled, pair.usual_sampled);
  const PredictedKind kind = kind_of(measure);
  const bool is_share = measure.kind == ColumnKind::share;
  const std::vector<double> fixed = values_of(measure, pair.fixed),
                            sampled = values_of(measure, pair.sampled);
  effect.by_chance = predict_within(fixed, kind, is_share);
  effect.over_assumptions = predict_within(sampled, kind, is_share);
  const double of_chance = variance_of(fixed, kind), of_both = variance_of(sampled, kind);
  if (of_both > 0 && std::isfinite(of_chance))
    effect.assumptions_share = std::max(0.0, 1 - of_chance / of_both);
  effects.push_back(effect);
}

void add_effects(const Pair& pair, std::vector<InputEffect>& effects) {
  add_effect(pair, find_measure(visit_measures(), "arrived"), effects);
  for (const char* name : {"service_level", "wait_s", "wait_joined_s", "abandoned_share"})
    add_effect(pair, find_measure(queue_measures(), name), effects);
  for (const char* name : {"utilization", "queue_length", "missed_days_share"})
    add_effect(pair, find_measure(staff_measures(), name), effects);
}

void add_range(ColumnList<InputEffect>& list, const char* name, const char* description,
               std::optional<PredictionInterval> InputEffect::*range) {
  list.add(ColumnKind::mean, std::string(name) + "_low", "see unit", description,
           [range](const InputEffect& effect) {
             return effect.*range ? std::optional((effect.*range)->low) : std::nullopt;
           });
  list.add(ColumnKind::mean, std::string(name) + "_high", "see unit", "The same, upper end.",
           [range](const InputEffect& effect) {
             return effect.*range ? std::optional((effect.*range)->high) : std::nullopt;
           });
}

Table make_inputs_table(const Results& results) {
  ColumnList<InputEffect> list;
  list.add_identity("group", "traditional: all counters; office: all offices; or the id of a station.",
                    [](const InputEffect& effect) { return effect.group; });
  list.add_identity("quantity", "Quantity, defined as the columns of the same name in the other tables.",
                    [](const InputEffect& effect) { return effect.quantity; });
  list.add_attribute("unit", "Unit of all numbers but assumptions_share.",
                     [](const InputEffect& effect) { return effect.unit; });
  list.add_estimate({"fixed", "see unit", ColumnKind::mean,
                     "With the scenario's own numbers in all replications; the interval is the error of the "
                     "simulation.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const InputEffect& effect) { return effect.fixed; });
  list.add_estimate(
      {"sampled", "see unit", ColumnKind::mean,
       "With numbers drawn for each replication, as in all other tables; the interval is of the mean "
       "over the ranges.",
       TableForm::full, Bounds::low_and_high},
      [](const InputEffect& effect) { return effect.sampled; });
  add_range(
      list, "chance",
      "Where the quantity lies with 95% in one replication with the scenario's own numbers: by chance alone. "
      "A prediction interval, as in the table observed.",
      &InputEffect::by_chance);
  add_range(
      list, "assumptions",
      "Where it lies with 95% in one replication with drawn numbers: if all assumed numbers may be anywhere "
      "in their ranges.",
      &InputEffect::over_assumptions);
  list.add(
      ColumnKind::share, "assumptions_share", "share",
      "What the assumptions have of the variance of replications with drawn numbers; the rest is chance.",
      [](const InputEffect& effect) { return effect.assumptions_share; });
  TableOf<InputEffect> table(
      "inputs",
      "What the ranges of assumed numbers do, beside chance: the quantities with the scenario's own "
      "numbers and with numbers drawn for each replication.",
      std::move(list), results.scenario.evidence);
  if (results.fixed.size() > 1)
    for (const InputEffect& effect : find_input_effects(results, true)) table.add(effect);
  return table.take();
}

struct DrawnFactor {
  std::size_t replication;
  const AssumedRange& range;
  double factor;
};

Table make_input_factors_table(const Results& results) {
  ColumnList<DrawnFactor> list;
  list.add(ColumnKind::identity, "replication", "", "Number of the replication, from 0.",
           [](const DrawnFactor& row) { return row.replication; });
  list.add_identity("file", "As in evidence.csv.", [](const DrawnFactor& row) { return row.range.file; });
  list.add_identity("column", "Column of the table, or dotted key of the scenario.",
                    [](const DrawnFactor& row) { return row.range.column; });
  list.add(
      ColumnKind::ratio, "factor", "",
      "What its numbers are multiplied by in the replication, as the README of the province's tables says; "
      "below 1 in half of them.",
      [](const DrawnFactor& row) { return row.factor; });
  TableOf<DrawnFactor> table("input_factors",
                             "The factors that each replication drew from the ranges of assumed numbers.",
                             std::move(list), results.scenario.evidence);
  for (std::size_t i = 0; i < results.trials.size(); ++i) {
    const std::vector<double> factors = sampled_factors(results.scenario, static_cast<std::uint32_t>(i));
    for (std::size_t k = 0; k < factors.size(); ++k)
      table.add({i, results.scenario.assumed_ranges[k], factors[k]});
  }
  return table.take();
}

}  // namespace

std::vector<InputEffect> find_input_effects(const Results& results, bool stations) {
  const std::vector<TrialResult> trials(results.fixed.begin(), results.fixed.end());
  const Results fixed{results.scenario, trials};
  std::vector<InputEffect> effects;
  const auto channels_fixed = stations_by_channel(fixed), channels = stations_by_channel(results);
  for (const Channel channel : {Channel::traditional, Channel::office}) {
    const auto c = static_cast<std::size_t>(channel);
    add_effects({to_string(channel), channels_fixed[c], channels[c], fixed.station_effects.of(channel),
                 results.station_effects.of(channel)},
                effects);
  }
  if (!stations) return effects;
  const std::vector<std::string_view> ids = station_ids(results.scenario);
  std::vector<std::size_t> row_of_station(ids.size());
  std::iota(row_of_station.begin(), row_of_station.end(), std::size_t{0});
  const auto each_fixed = sum_stations(fixed, ids.size(), row_of_station),
             each = sum_stations(results, ids.size(), row_of_station);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const bool shut = never_open(each_fixed[i]) && never_open(each[i]);
    add_effects({ids[i], each_fixed[i], each[i], shut ? no_effects() : fixed.station_effects.at(i),
                 shut ? no_effects() : results.station_effects.at(i)},
                effects);
  }
  return effects;
}

std::span<const MakeTable> makers_of_input_tables() {
  static constexpr MakeTable kMakers[] = {make_inputs_table, make_input_factors_table};
  return kMakers;
}

}  // namespace pishkhan
