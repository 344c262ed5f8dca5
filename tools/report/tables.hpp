#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "models/trial/totals/trial_result.hpp"
#include "tools/report/factor_fit.hpp"
#include "tools/report/measures.hpp"
#include "tools/report/possible.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// The same replications without what costs.
struct Without {
  CostOf cost = CostOf::outages;
  std::vector<TrialResult> trials;
};

/// Of every share that the tables have, the upper quartile of the design effects of the run's stations, each
/// over the counted time; of shares of citizens and of ways, of its services by channel. Of counts of
/// what may be rare the same of their dispersions, and of skewed means of their variances; of transactions,
/// of its agencies' systems. All tables take the same, so a quantity has one interval wherever it stands.
/// 0 for what the scenario leaves impossible at any station; StationEffects are those of single ones.
DesignEffects find_design_effects(const Scenario& scenario, const std::vector<TrialResult>& trials);
/// Of online attempts the same: of services, each by itself. What is not about attempts is as for stations.
DesignEffects find_online_effects(const Scenario& scenario, const std::vector<TrialResult>& trials,
                                  const DesignEffects& of_stations);

/// What judged_targets() found, once for all tables; see tools/report/targets.hpp.
struct JudgedTargets;
std::shared_ptr<JudgedTargets> not_yet_judged();

/// What a run found: a scenario and its replications in order.
struct Results {
  const Scenario& scenario;
  const std::vector<TrialResult>& trials;
  std::span<const Without> without = {};  ///< as Scenario::costs
  std::span<const Change> changes = {};   ///< as find_changes gives them
  std::span<const FactorFit> fits = {};   ///< of a scenario with observations
  std::span<const TrialResult> fixed =
      {};  ///< with `inputs: sampled`, the same with the scenario's own numbers
  DesignEffects design_effects = find_design_effects(scenario, trials);
  StationEffects station_effects{scenario, design_effects};
  DesignEffects online_effects = find_online_effects(scenario, trials, design_effects);
  std::shared_ptr<JudgedTargets> judged = not_yet_judged();
  /// The tables of find_names_by_replication say what a single replication had, without intervals.
  bool by_replication = false;
};

/// Every table of a run except the visits, in the order in which they are documented:
/// of a province summary, offices, counters, services, agencies, channels, classes, counties, hours,
/// office_hours, days, those by period, those of travel, closed_offices, changes, ledger, targets,
/// agency_systems, links, lost_clerk_hours, costs, theory, with `economics` those of money, with
/// `appointments` appointments, with `observed` observed and observed_fit, with `output.queues` hour_queues
/// and station_queues (of bare stations stream_queues too), and with `inputs: sampled` inputs and
/// input_factors; of bare stations summary, stations, streams, targets, hours, days, by period. hours and
/// days are left out of a run without days. The last column of each is `evidence`. They are made by so many
/// threads; the tables do not depend on it.
std::vector<Table> make_tables(const Results& results, int threads = 1);

/// Makes the one of them that has the name; there must be one.
std::function<Table(const Results&)> maker_of_table(const Scenario& scenario, const std::string& name);

/// Those of a province, each made by itself.
using MakeTable = Table (*)(const Results& results);
std::span<const MakeTable> makers_of_province_tables();
std::vector<Table> make_station_tables(const Results& results);

/// The data dictionary's two parts: the same tables for the two forms of a scenario.
struct DictionaryPart {
  std::string title;
  std::vector<TableHeader> tables;
};
std::vector<DictionaryPart> dictionary();
DictionaryPart comparison_dictionary();

/// The dictionary as Markdown, with more parts at the end: results/README.md.
std::string dictionary_markdown(const std::vector<DictionaryPart>& more);

}  // namespace pishkhan
