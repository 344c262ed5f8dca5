#include <filesystem>
#include <ostream>
#include <string>

#include "models/plan/plan.hpp"
#include "models/scenario/sections/targets.hpp"
#include "models/staffing/placement.hpp"
#include "models/staffing/staffing.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/decision_folder.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/placement_summary.hpp"
#include "tools/pishkhan/staffed_scenario.hpp"
#include "tools/pishkhan/staffing_folder.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/report/placement_tables.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// The placed clerks as a staffing, of which a scenario is written.
StaffingResult staffing_of(const PlacementResult& placement) {
  StaffingResult staffing;
  staffing.proof_seed = placement.proof_seed;
  staffing.proof_replications = placement.proof_replications;
  for (const StationPlacement& one : placement.stations) {
    if (one.clerks_placed == one.clerks_now) continue;
    StationStaffing& station = staffing.stations.emplace_back();
    station.station = one.station;
    station.clerks_now = one.clerks_now;
    station.clerks_needed = one.clerks_placed;
    station.staffing = {one.clerks_placed};
  }
  return staffing;
}

void write(const PlacementReport& report, const StaffOptions& options, const fs::path& folder) {
  const Scenario& scenario = report.scenario;
  const PlacementResult& result = report.result;
  const nlohmann::ordered_json facts{
      {"replications", result.search_replications},
      {"budget", options.budget.value()},
      {"at", options.at},
      {"unserved_s", options.unserved_s()},
      {"proof", facts_of_round(options, result.proof_seed, result.proof_replications)}};
  write_decision_folder(
      scenario,
      {"Clerks placed at the stations of the scenario in `staffed`; this is no scenario.",
       facts,
       {make_placement_table(scenario, result), make_placement_curve_table(scenario, result),
        make_placement_pools_table(scenario, result), make_placement_budget_table(scenario, result)}},
      page::make_decision_record(page::DecisionForm::placement, PISHKHAN_VERSION, scenario, result.proof_seed,
                                 result.search_replications, result.proof_replications,
                                 [&](const Texts& texts) { return placement_findings(texts, report); }),
      options, folder);
}

}  // namespace

ExitCode place(const StaffOptions& asked, std::ostream& out) {
  const InterruptGuard guard;
  const StaffOptions options = with_files(asked);
  const Scenario scenario = load_with_own_numbers(options.scenario);
  expect_no_changes_in_lists(options.scenario, scenario, {"staffing"});
  PlacementOptions how;
  if (!options.at.empty()) how.stations = stations_at(scenario, options.at, "--at");
  const fs::path folder_name = folder_of(options, scenario, "staff");
  OutputFolder folder = begin_staffing(options, scenario, folder_name);
  how.threads = options.threads;
  how.budget = options.budget.value();
  how.unserved_s = options.unserved_s();
  how.first_days = static_cast<std::size_t>(options.first_days);
  how.stop = &InterruptGuard::interrupted;
  const Plan plan(scenario);
  const PlacementResult result = place_clerks(plan, how);
  const std::string staffed = scenario.name + "-staffed.yaml";
  write_file(folder.staging() / staffed,
             staffed_scenario(options.scenario, scenario, staffing_of(result), folder_name / staffed));
  const PlacementReport report{scenario, result, how.budget, how.unserved_s, folder_name, staffed};
  write(report, options, folder.staging());
  folder.commit();
  print_report(options, report, placement_json, placement_summary, out);
  return kDone;
}

}  // namespace pishkhan
