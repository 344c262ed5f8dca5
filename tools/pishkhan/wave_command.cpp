#include "tools/pishkhan/wave_command.hpp"

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/planning/find_moves.hpp"
#include "models/scenario/waves.hpp"
#include "models/staffing/staffing.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/sha256.hpp"
#include "sim/base/source_files.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/sources.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/pishkhan/wave_scenario.hpp"
#include "tools/pishkhan/wave_summary.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/report/table_writers.hpp"
#include "tools/report/wave_tables.hpp"
#include "tools/report/written_files.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// Of which scenario it is, so that it can be repeated. Nothing of when, where or how fast.
std::string manifest_of(const FoundPlan& plan, const PlanOptions& options, const std::vector<Table>& tables,
                        const fs::path& folder) {
  nlohmann::ordered_json json;
  const std::string what = "A plan of the scenario in `planned`; this is no scenario.";
  json["scenario"] = {{"name", "plan"}, {"title", what}, {"sha256", sha256(what)}};
  json["version"] = PISHKHAN_VERSION;
  json["seed"] = plan.scenario.run.seed;
  json["replications"] = plan.found.search_replications;
  json["proof"] = {{"seed", plan.found.proof_seed},
                   {"replications", plan.found.proof_replications},
                   {"first_days", options.first_days},
                   {"most_days", options.most_days},
                   {"level", kProofLevel}};
  json["planned"] = {{"name", plan.scenario.name},
                     {"title", plan.scenario.title},
                     {"sha256", sha256(plan.scenario.resolved)},
                     {"resolved", plan.scenario.resolved}};
  json["tables"] = nlohmann::ordered_json::array();
  for (const Table& table : tables)
    json["tables"].push_back({{"name", table.header.name}, {"rows", table.rows.size()}});
  json["files"] = nlohmann::ordered_json::array();
  for (const WrittenFile& file : list_files(folder, &InterruptGuard::interrupted))
    json["files"].push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  json["resolved"] = what;
  return printable_json(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + '\n';
}

void write_tables(const FoundPlan& plan, const PlanOptions& options, const fs::path& folder) {
  const std::vector<Table> tables{make_plan_table(plan), make_plan_offices_table(plan),
                                  make_plan_frontier_table(plan)};
  const Formats& formats = options.formats.empty() ? kUsualFormats : options.formats;
  const RunFacts facts{{"version", PISHKHAN_VERSION}, {"scenario", plan.scenario.name}};
  const TableWriters writers = make_writers(formats, folder, facts, plan.scenario.csv_bom);
  for (const auto& writer : writers.all)
    for (const Table& table : tables) write_table(*writer, table);
  writers.finish();
  write_file(folder / "manifest.json", manifest_of(plan, options, tables, folder));
}

/// The planned scenario extends the file, with the options' changes of keys; it has no place for a change
/// within a list.
void expect_no_changes_in_lists(const PlanOptions& options) {
  for (const std::string& set : options.scenario.sets) {
    const std::string path = set.substr(0, set.find('='));
    const std::size_t number = path.find_first_of("[0123456789");
    if (number == std::string::npos || (path[number] != '[' && number > 0 && path[number - 1] != '.'))
      continue;
    throw UserError({{"--set " + set, 0, 0, "",
                      "a change within a list, which the planned scenario cannot make as it extends the file",
                      "write the change into a scenario that extends this one, and plan that"}});
  }
}

MoveRules moves_of(const PlanOptions& options, const Scenario& scenario) {
  std::optional<MoveRules> rules = load_moves(source_of(options.scenario), scenario);
  if (!rules) {
    throw UserError({{scenario.file.generic_string(), 0, 0, "plan", "the scenario does not say what may move",
                      scenario.province ? "write a block `plan`" : "a plan is of a province"}});
  }
  expect_can_plan(scenario, *rules);
  return *std::move(rules);
}

}  // namespace

ExitCode plan_waves(const PlanOptions& asked, std::ostream& out) {
  const InterruptGuard guard;
  PlanOptions options = asked;
  options.scenario.files = std::make_shared<const SourceFiles>();
  const Scenario scenario = load(options.scenario);
  const Texts& texts = terminal_texts(options.language);
  expect_no_changes_in_lists(options);
  const MoveRules rules = moves_of(options, scenario);
  if (!options.quiet && !options.json)
    for (const Notice& notice : scenario.notices) warn(texts, terminal_text(texts, notice));
  const fs::path folder_name =
      options.out.empty() ? fs::path("results") / ("plan-" + scenario.name) : options.out;
  expect_nothing_of_a_run_in(folder_name, options.scenario);
  InterruptGuard::defer();
  OutputFolder folder(folder_name, options.force, &InterruptGuard::interrupted);
  FindMovesOptions how;
  how.threads = options.threads;
  how.first_days = static_cast<std::size_t>(options.first_days);
  how.most_days = static_cast<std::size_t>(options.most_days);
  how.stop = &InterruptGuard::interrupted;
  const Plan prepared(scenario, StopCheck(&how.stop));
  const MoveEffects effects(prepared, rules, StopCheck(&how.stop));
  const FoundMoves found = find_moves(prepared, effects, how);
  const FoundPlan plan{scenario, rules, effects, found};
  const std::string planned = scenario.name + "-planned.yaml";
  write_file(folder.staging() / planned, planned_scenario(options.scenario, plan, folder_name / planned));
  write_tables(plan, options, folder.staging());
  folder.commit();
  const PlanReport report{plan, folder_name, planned};
  if (options.json)
    out << plan_json(report);
  else if (!options.quiet)
    out << plan_summary(texts, report);
  return kDone;
}

}  // namespace pishkhan
