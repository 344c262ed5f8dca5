#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/staffing/freed_hours.hpp"
#include "models/staffing/staffing.hpp"
#include "sim/base/source_files.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/sources.hpp"
#include "tools/pishkhan/staff_summary.hpp"
#include "tools/pishkhan/staffed_scenario.hpp"
#include "tools/pishkhan/staffing_folder.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/freed_hours_table.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/report/staffing_tables.hpp"

namespace pishkhan {

namespace fs = std::filesystem;

ExitCode staff(const StaffOptions& asked, std::ostream& out) {
  const InterruptGuard guard;
  StaffOptions options = asked;
  options.scenario.files = std::make_shared<const SourceFiles>();
  const Scenario scenario = load(options.scenario);
  const Texts& texts = terminal_texts(options.language);
  expect_no_changes_in_lists(options.scenario, scenario);
  if (!options.quiet && !options.json)
    for (const Notice& notice : scenario.notices) warn(texts, terminal_text(texts, notice));
  const fs::path folder_name =
      options.out.empty() ? fs::path("results") / ("staff-" + scenario.name) : options.out;
  expect_nothing_of_a_run_in(folder_name, options.scenario);
  InterruptGuard::defer();
  OutputFolder folder(folder_name, options.force, &InterruptGuard::interrupted);
  StaffingOptions how;
  how.threads = options.threads;
  how.first_days = static_cast<std::size_t>(options.first_days);
  how.most_days = static_cast<std::size_t>(options.most_days);
  how.stop = &InterruptGuard::interrupted;
  const Plan plan(scenario);
  const StaffingResult result = find_staffing(plan, how);
  const std::vector<FreedHours> freed = find_freed_hours(scenario, result, how);
  const std::string staffed = scenario.name + "-staffed.yaml";
  write_file(folder.staging() / staffed,
             staffed_scenario(options.scenario, scenario, result, folder_name / staffed));
  const nlohmann::ordered_json facts{{"replications", result.search_replications},
                                     {"proof",
                                      {{"seed", result.proof_seed},
                                       {"replications", result.proof_replications},
                                       {"first_days", options.first_days},
                                       {"most_days", options.most_days},
                                       {"level", kProofLevel}}}};
  std::vector<Table> tables{make_staffing_table(scenario, result),
                            make_staffing_curve_table(scenario, result)};
  if (!freed.empty()) tables.push_back(make_freed_hours_table(scenario, freed));
  write_staffing_folder(scenario,
                        {"A staffing of the scenario in `staffed`; this is no scenario.", facts, tables},
                        options.formats, folder.staging());
  folder.commit();
  const StaffingReport report{scenario, result, folder_name, staffed, freed};
  if (options.json)
    out << staffing_json(report);
  else if (!options.quiet)
    out << staffing_summary(texts, report);
  return kDone;
}

}  // namespace pishkhan
