#include "tools/report/costs.hpp"

#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "sim/base/time.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/possible.hpp"

namespace pishkhan {
namespace {

constexpr std::array<std::string_view, 4> kStationKinds = {"urban offices", "rural offices", "counters",
                                                           "all"};
constexpr std::size_t kAll = 3;

/// What is compared of one replication. Citizens are not split by kind of station.
struct CostSums : StationTally {
  std::uint64_t lost = 0;
  double slow_s = 0, failing_s = 0;  ///< clerks' lost waiting: to load, and to what fails
  double in_vain_s = 0;
};

using K = ColumnKind;
constexpr double hours(double seconds) { return seconds / kSecondsPerHour; }
/// Hours of which most replications may have few.
Measure<CostSums> skewed_hours(std::string_view name, std::string_view description,
                               double (*value)(const CostSums&)) {
  return skewed<CostSums>(K::count, name, "h", description, value, nullptr);
}
/// Hours of which all replications have about as many.
Measure<CostSums> steady_hours(std::string_view name, std::string_view description,
                               double (*value)(const CostSums&)) {
  return bounded(skewed_hours(name, description, value));
}
const Measure<CostSums> kMeasures[] = {
    steady_hours("clerk_h", "Clerk time at desks with citizens.",
                 [](const CostSums& c) { return hours(c.busy_s); }),
    steady_hours("clerk_waiting_h", "Of clerk_h, waiting for the system.",
                 [](const CostSums& c) { return hours(c.waiting_s); }),
    steady_hours(
        "clerk_unloaded_calls_h",
        "The first of three parts of clerk_waiting_h: for answers, as long as unloaded calls take; kind "
        "`all` only.",
        [](const CostSums& c) { return hours(c.waiting_s - c.slow_s - c.failing_s); }),
    skewed_hours(
        "clerk_slow_h",
        "The second: beyond that, because of the load of links and systems, slowed down or not; kind `all` "
        "only.",
        [](const CostSums& c) { return hours(c.slow_s); }),
    skewed_hours(
        "clerk_failing_h",
        "The third: because of what fails, all waiting of visits that failed in it; kind `all` only.",
        [](const CostSums& c) { return hours(c.failing_s); }),
    skewed_hours("clerk_in_vain_h",
                 "Of clerk_h, handling of visits that then failed, beside waiting; kind `all` only.",
                 [](const CostSums& c) { return hours(c.in_vain_s); }),
    skewed_hours("overtime_h", "Handling past the end of a shift.",
                 [](const CostSums& c) { return hours(c.overtime_s); }),
    skewed_hours("citizen_queue_h", "Wait of all who joined.",
                 [](const CostSums& c) { return hours(c.wait_joined_s); }),
    skewed_hours(
        "citizen_h",
        "Sojourn of the served, wait of the others who joined, and time at the desk or aside of the failed.",
        [](const CostSums& c) {
          return hours(c.sojourn_s + c.wait_joined_s - c.wait_s + c.failed_s + c.aside_s);
        }),
    skewed<CostSums>(
        "wait_s", "s",
        "Wait of the served. Without the backbone it is what the shortage of clerks costs, and the "
        "difference is what the systems cost.",
        [](const CostSums& c) { return c.wait_s; }, [](const CostSums& c) { return count(c.served); }),
    skewed<CostSums>(
        "wait_joined_s", "s", "The same of all who joined.",
        [](const CostSums& c) { return c.wait_joined_s; },
        [](const CostSums& c) { return count(c.arrived - c.balked); }),
    events<CostSums>("arrived", "visits", "Visits that came to the door.",
                     [](const CostSums& c) { return count(c.arrived); }),
    events<CostSums>("failed", "visits", "Visits sent home without an answer.",
                     [](const CostSums& c) { return count(c.failed); }),
    events<CostSums>("abandoned", "visits", "Visits that left when patience ran out.",
                     [](const CostSums& c) { return count(c.abandoned); }),
    events<CostSums>("balked", "visits", "Visits that did not join.",
                     [](const CostSums& c) { return count(c.balked); }),
    events<CostSums>("sent_away", "visits", "Visits sent away at closing.",
                     [](const CostSums& c) { return count(c.sent_away); }),
    events<CostSums>("citizens_lost", "citizens",
                     "Citizens who gave up for good, in all channels; kind `all` only.",
                     [](const CostSums& c) { return count(c.lost); }),
};

/// Whether a measure is not split by kind of stations.
bool is_of_all(std::string_view measure) {
  return measure == "citizens_lost" || measure == "clerk_unloaded_calls_h" || measure == "clerk_slow_h" ||
         measure == "clerk_failing_h" || measure == "clerk_in_vain_h";
}

std::string measures_in_words() {
  std::string text;
  for (const auto& measure : kMeasures) {
    text += std::string(text.empty() ? "" : " ") + "`" + std::string(measure.name) +
            "`: " + std::string(measure.description);
  }
  return text;
}

/// [kind][replication].
std::vector<std::vector<CostSums>> sums_of(const Province& province, const std::vector<TrialResult>& trials) {
  std::vector<std::vector<CostSums>> sums(kStationKinds.size(), std::vector<CostSums>(trials.size()));
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const TrialResult& trial = trials[i];
    for (std::size_t s = 0; s < trial.stations.size(); ++s) {
      const std::size_t kind =
          s < province.offices.size() ? static_cast<std::size_t>(province.offices[s].kind) : kKinds;
      add_to(static_cast<StationTally&>(sums[kind][i]), trial.stations[s]);
      add_to(static_cast<StationTally&>(sums[kAll][i]), trial.stations[s]);
    }
    for (const CitizenTally& citizens : trial.citizens) sums[kAll][i].lost += citizens.lost;
    for (const auto& lost : trial.calls.lost_clerk_s) {
      for (std::size_t cause = 0; cause < kCauses; ++cause) {
        const bool load = static_cast<Cause>(cause) == Cause::load;
        (load ? sums[kAll][i].slow_s : sums[kAll][i].failing_s) += lost[cause].waiting_s;
        sums[kAll][i].in_vain_s += lost[cause].in_vain_s;
      }
    }
  }
  return sums;
}

std::vector<double> values_of(double (*value)(const CostSums&), const std::vector<CostSums>& sums) {
  std::vector<double> values;
  for (const CostSums& one : sums) values.push_back(value(one));
  return values;
}

PairedEstimate paired_difference(const Measure<CostSums>& measure, const std::vector<CostSums>& with,
                                 const std::vector<CostSums>& without) {
  const auto a = values_of(measure.numerator, without), b = values_of(measure.numerator, with);
  if (!measure.denominator) return estimate_difference(a, b);
  const auto of_a = values_of(measure.denominator, without), of_b = values_of(measure.denominator, with);
  return estimate_ratio_difference({a, of_a}, {b, of_b});
}

/// Whether the two runs are the same because the scenario has nothing of what costs.
bool are_the_same(const Scenario& scenario) {
  return scenario.outages.empty() && scenario.backbone.model == BackboneModel::ideal;
}

/// No replication differs, or none has both: by nature, or else by chance, and then pairing says nothing of
/// the difference that others would make.
bool lacks_pairs(const Cost& cost) {
  return std::isnan(cost.difference.difference.mean) && std::isfinite(cost.with.half_width) &&
         std::isfinite(cost.without.half_width);
}

/// The design effects of a run with or without its outages. Of hours lost to what fails, where it can and no
/// replication lost any, nothing says how many others lose.
DesignEffects effects_of(const Results& results, bool with_outages) {
  DesignEffects effects = results.design_effects;
  const bool fails = may_fail(results.scenario, with_outages);
  if (!fails) effects["failed"] = 0;
  effects["clerk_failing_h"] = effects["clerk_in_vain_h"] = fails ? kNan : 0;
  return effects;
}

/// By kind of stations: whether anything there can differ.
std::array<bool, kStationKinds.size()> kinds_that_differ(const Scenario& scenario, CostOf cost) {
  std::array<bool, kStationKinds.size()> differ{};
  const std::vector<Office>& offices = scenario.province->offices;
  const std::vector<bool> stations = may_differ(scenario, cost);
  for (std::size_t s = 0; s < stations.size(); ++s) {
    bool& of_kind = differ[s < offices.size() ? static_cast<std::size_t>(offices[s].kind) : kKinds];
    of_kind = of_kind || stations[s];
  }
  differ[kAll] = !are_the_same(scenario);
  return differ;
}

Estimate difference_without_pairs(const Cost& cost, bool may_differ) {
  if (!may_differ) return {0, 0, cost.with.replications};
  return estimate_unpaired_difference(cost.without, cost.with);
}

}  // namespace

std::string_view to_string(CostOf cost) { return cost == CostOf::outages ? "outages" : "backbone"; }

Scenario without(const Scenario& scenario, CostOf cost) {
  Scenario other = scenario;
  other.outages.clear();
  if (cost == CostOf::backbone) other.backbone.model = BackboneModel::ideal;
  return other;
}

std::vector<Cost> find_costs(const Results& results) {
  std::vector<Cost> costs;
  if (results.without.empty()) return costs;
  const Province& province = *results.scenario.province;
  const auto with = sums_of(province, results.trials);
  for (const Without& other : results.without) {
    const auto without_it = sums_of(province, other.trials);
    const auto differ = kinds_that_differ(results.scenario, other.cost);
    const DesignEffects usual = effects_of(results, true), usual_without = effects_of(results, false);
    for (std::size_t kind = 0; kind < kStationKinds.size(); ++kind) {
      for (const auto& measure : kMeasures) {
        if (kind != kAll && is_of_all(measure.name)) continue;
        Cost cost{other.cost,
                  kStationKinds[kind],
                  measure.name,
                  measure.unit,
                  estimate(measure, with[kind], usual),
                  estimate(measure, without_it[kind], usual_without),
                  paired_difference(measure, with[kind], without_it[kind])};
        if (lacks_pairs(cost)) cost.difference.difference = difference_without_pairs(cost, differ[kind]);
        costs.push_back(cost);
      }
    }
  }
  return costs;
}

Table make_costs_table(const Results& results) {
  ColumnList<Cost> list;
  list.add_identity("cost_of", "outages or backbone: what the other run is without.",
                    [](const Cost& cost) { return to_string(cost.of); });
  list.add_identity("kind_of_stations", "urban offices, rural offices, counters, or all.",
                    [](const Cost& cost) { return cost.kind; });
  list.add_identity("measure", "What is compared, as described above.",
                    [](const Cost& cost) { return cost.measure; });
  list.add_attribute("unit", "Unit of the numbers.", [](const Cost& cost) { return cost.unit; });
  list.add_estimate(
      {"with", "see unit", K::mean, "In the run itself.", TableForm::brief, Bounds::low_and_high},
      [](const Cost& cost) { return cost.with; });
  list.add_estimate(
      {"without", "see unit", K::mean, "In the run without.", TableForm::brief, Bounds::low_and_high},
      [](const Cost& cost) { return cost.without; });
  list.add_estimate(
      {"difference", "see unit", K::mean,
       "with - without, paired by replication; may be negative. Where no replication differs, 0, "
       "with the interval of two runs that are not paired, which has no length if nothing of what costs can "
       "reach the stations. Empty where hours could have been lost to what "
       "fails, and none were in any replication.",
       TableForm::brief, Bounds::low_and_high},
      [](const Cost& cost) { return cost.difference.difference; });
  list.add(
      K::ratio, "correlation", "", "Of the two runs over replications; empty where one does not vary.",
      [](const Cost& cost) { return cost.difference.correlation; }, TableForm::full);

  TableOf<Cost> table(
      "costs",
      "What outages and the backbone cost over the counted days: the run beside the same citizens without "
      "outages and slow-downs (cost_of `outages`), or with the ideal backbone and nothing failing "
      "(`backbone`), under common random numbers. No rows unless output.costs asks for it. " +
          measures_in_words(),
      std::move(list), results.scenario.evidence);
  for (const Cost& cost : find_costs(results)) table.add(cost);
  return table.take();
}

}  // namespace pishkhan
