#include "tools/report/observed.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "models/province/calendar.hpp"
#include "sim/statistics/estimate.hpp"
#include "tools/report/presence.hpp"

namespace pishkhan {
namespace {

/// Whether the run counts all days of the observation.
bool is_counted(const Observation& one, const Run& run) {
  return one.first >= run.start + run.warm_up_days && one.first + one.days <= run.start + run.days;
}

/// Whether anything happened there in any replication.
bool is_ever_open(std::size_t observation, const std::vector<TrialResult>& trials) {
  return std::any_of(trials.begin(), trials.end(), [observation](const TrialResult& trial) {
    const ObservedTally& tally = trial.observed[observation];
    return tally.open_days > 0 || tally.arrived > 0;
  });
}

double mean_of(const std::vector<double>& values) {
  double sum = 0, n = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    sum += value;
    ++n;
  }
  return n > 0 ? sum / n : kNan;
}

ObservedState state_of(double counted, const PredictionInterval& interval) {
  if (counted < interval.low) return ObservedState::below;
  return counted > interval.high ? ObservedState::above : ObservedState::inside;
}

/// Clerks are a known number of people who come or not: of a day the interval is exact, of a month it ends
/// at nobody and at all of them.
void bound_clerks(const Presence& presence, const Observation& one, ObservedRow& row) {
  int most = 0;
  for (int day = 0; day < one.days; ++day)
    most = std::max(most, presence.on_roster(one.station, one.first + day));
  row.interval.high = std::min(row.interval.high, static_cast<double>(most));
  if (one.is_month) return;
  row.interval = presence.predict(one.station, one.first);
  row.is_known = true;
}

/// `presence` is needed for clerks alone.
ObservedRow compare(const Scenario& scenario, const std::vector<TrialResult>& trials, std::size_t observation,
                    ObservedQuantity quantity, const std::optional<Presence>& presence) {
  const Observation& one = scenario.observations[observation];
  ObservedRow row{observation, quantity, *counted_of(one, quantity), {}, kNan, {}};
  row.state = ObservedState::not_run;
  if (!is_counted(one, scenario.run)) return row;
  if (!trials.empty() && !is_ever_open(observation, trials)) {
    row.state = ObservedState::not_open;
    return row;
  }
  for (const TrialResult& trial : trials)
    row.simulated.push_back(simulated_of(trial.observed[observation], one, quantity));
  row.state = ObservedState::no_interval;
  const auto interval = predict(row.simulated, kind_of(quantity));
  if (!interval) return row;
  row.mean = mean_of(row.simulated);
  row.interval = *interval;
  if (quantity == ObservedQuantity::clerks) bound_clerks(presence.value(), one, row);
  row.state = state_of(row.counted, row.interval);
  return row;
}

/// What the number outside exceeds with 2.5% at most, if the rows of an observation lie outside together,
/// with 5%, and the observations independently.
double most_of_clusters(const std::map<std::size_t, std::size_t>& rows_of_observation) {
  constexpr double kShare = 0.05, kBeyond = 0.025;
  constexpr std::size_t kMostExact = 4000;
  std::size_t all = 0, squares = 0;
  for (const auto& [observation, rows] : rows_of_observation) all += rows, squares += rows * rows;
  if (all > kMostExact) {
    const double spread = std::sqrt(kShare * (1 - kShare) * static_cast<double>(squares));
    return std::floor(kShare * static_cast<double>(all) + 1.96 * spread);
  }
  std::vector<double> probability(all + 1, 0);
  probability[0] = 1;
  for (const auto& [observation, rows] : rows_of_observation) {
    for (std::size_t sum = all + 1; sum-- > 0;) {
      const double with_rows = sum >= rows ? probability[sum - rows] : 0;
      probability[sum] = probability[sum] * (1 - kShare) + with_rows * kShare;
    }
  }
  double above = 0;
  std::size_t most = all;
  while (most > 0 && above + probability[most] <= kBeyond) above += probability[most--];
  return static_cast<double>(most);
}

}  // namespace

std::string_view to_string(ObservedQuantity quantity) {
  constexpr std::string_view names[] = {"arrived", "wait_s", "abandoned", "clerks"};
  return names[static_cast<std::size_t>(quantity)];
}

std::string_view unit_of(ObservedQuantity quantity) {
  constexpr std::string_view units[] = {"visits", "s", "visits", "clerks"};
  return units[static_cast<std::size_t>(quantity)];
}

PredictedKind kind_of(ObservedQuantity quantity) {
  if (quantity == ObservedQuantity::wait) return PredictedKind::time;
  return quantity == ObservedQuantity::clerks ? PredictedKind::number : PredictedKind::count;
}

std::string_view to_string(ObservedState state) {
  constexpr std::string_view names[] = {"inside",         "below",    "above",
                                        "not in the run", "not open", "no interval"};
  return names[static_cast<std::size_t>(state)];
}

std::optional<double> counted_of(const Observation& observation, ObservedQuantity quantity) {
  switch (quantity) {
    case ObservedQuantity::arrived:
      return observation.visits;
    case ObservedQuantity::wait:
      return observation.wait_s;
    case ObservedQuantity::abandoned:
      return observation.abandoned;
    case ObservedQuantity::clerks:
      break;
  }
  return observation.clerks;
}

double simulated_of(const ObservedTally& tally, const Observation& observation, ObservedQuantity quantity) {
  switch (quantity) {
    case ObservedQuantity::arrived:
      return tally.arrived;
    case ObservedQuantity::wait:
      return tally.served > 0 ? tally.wait_s / tally.served : kNan;
    case ObservedQuantity::abandoned:
      return tally.abandoned;
    case ObservedQuantity::clerks:
      break;
  }
  if (!observation.is_month) return tally.clerk_days;
  return tally.open_days > 0 ? double{1} * tally.clerk_days / tally.open_days : kNan;
}

std::vector<ObservedRow> compare_observed(const Scenario& scenario, const std::vector<TrialResult>& trials) {
  std::vector<ObservedRow> rows;
  std::optional<Presence> presence;
  if (std::ranges::any_of(scenario.observations,
                          [](const Observation& one) { return one.clerks.has_value(); }))
    presence.emplace(scenario, trials.size());
  for (std::size_t i = 0; i < scenario.observations.size(); ++i) {
    for (std::size_t q = 0; q < kObservedQuantities; ++q) {
      const auto quantity = static_cast<ObservedQuantity>(q);
      if (counted_of(scenario.observations[i], quantity))
        rows.push_back(compare(scenario, trials, i, quantity, presence));
    }
  }
  return rows;
}

OutsideCount count_outside(const std::vector<ObservedRow>& rows) {
  OutsideCount count;
  std::size_t replications = 0;
  std::map<std::size_t, std::size_t> rows_of_observation;
  for (const ObservedRow& row : rows) {
    if (!is_compared(row.state)) continue;
    ++count.compared;
    ++rows_of_observation[row.observation];
    count.outside += row.state != ObservedState::inside;
    replications = row.simulated.size();
  }
  if (replications < 3) return count;
  std::vector<double> outside(replications, 0), others;
  for (const ObservedRow& row : rows) {
    if (!is_compared(row.state)) continue;
    for (std::size_t i = 0; i < replications; ++i) {
      if (!std::isfinite(row.simulated[i])) continue;
      others = row.simulated;
      others[i] = kNan;
      const auto interval = row.is_known ? row.interval : predict(others, kind_of(row.quantity));
      outside[i] += interval && !interval->holds(row.simulated[i]) ? 1 : 0;
    }
  }
  count.by_chance = mean_of(outside);
  const double of_replications = std::floor(predict(outside, PredictedKind::time)->high);
  count.at_most = std::min(static_cast<double>(count.compared),
                           std::max(of_replications, most_of_clusters(rows_of_observation)));
  return count;
}

std::vector<OutsideOfStation> outside_by_station(const Scenario& scenario,
                                                 const std::vector<ObservedRow>& rows) {
  std::map<std::uint32_t, OutsideOfStation> stations;
  for (const ObservedRow& row : rows) {
    if (!is_compared(row.state)) continue;
    const std::uint32_t station = scenario.observations[row.observation].station;
    OutsideOfStation& one = stations.try_emplace(station, OutsideOfStation{station}).first->second;
    ++one.compared;
    one.outside += row.state != ObservedState::inside;
  }
  std::vector<OutsideOfStation> list;
  for (const auto& [station, one] : stations) list.push_back(one);
  std::stable_sort(list.begin(), list.end(), [](const OutsideOfStation& a, const OutsideOfStation& b) {
    return a.outside > b.outside;
  });
  return list;
}

std::vector<Notice> notices_of_observed(const Scenario& scenario, const std::vector<TrialResult>& trials) {
  std::vector<Notice> notices;
  std::size_t closed = 0;
  const Observation* first = nullptr;
  for (std::size_t i = 0; i < scenario.observations.size(); ++i) {
    const Observation& one = scenario.observations[i];
    if (!is_counted(one, scenario.run) || is_ever_open(i, trials)) continue;
    ++closed;
    if (first == nullptr || one.line < first->line) first = &one;
  }
  if (first != nullptr) {
    notices.push_back({"notice.observed.not_open",
                       {number_value("n", static_cast<double>(closed)),
                        text_value("id", std::string(station_ids(scenario)[first->station])),
                        text_value("date", format_date(first->first)), number_value("line", first->line)}});
  }
  return notices;
}

}  // namespace pishkhan
