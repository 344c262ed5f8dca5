#include "tools/pishkhan/wave_command.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/planning/can_plan.hpp"
#include "models/planning/find_moves.hpp"
#include "models/scenario/waves.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/page/page.hpp"
#include "tools/page/plan.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/progress.hpp"
#include "tools/pishkhan/staffing_folder.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/pishkhan/wave_scenario.hpp"
#include "tools/pishkhan/wave_summary.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/report/wave_tables.hpp"
#include "tools/workbook/plan_book.hpp"
#include "tools/workbook/workbook.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// The page and the workbook.
void write_reports(const page::PlanRecord& record, const std::vector<Table>& tables, const Formats& formats,
                   const PlanOptions& options, const fs::path& folder) {
  page::PlanSource source{record, {}};
  for (const Table& table : tables) source.tables.push_back(&table);
  if (contains(formats, Format::html)) write_file(folder / page::kPageFile, page::plan_html(source));
  if (!contains(formats, Format::xlsx)) return;
  const Language language = workbook::language_of(options.language);
  workbook::write_plan_workbook(folder / workbook::file_name(language), source, language);
}

void write(const FoundPlan& plan, const PlanOptions& options, const fs::path& folder) {
  nlohmann::ordered_json facts{
      {"replications", plan.found.search_replications},
      {"proof", facts_of_rounds(options, plan.found.proof_seed, plan.found.proof_replications)}};
  const page::PlanRecord record = page::make_plan_record(PISHKHAN_VERSION, plan);
  page::add_plan_record(record, facts);
  StaffingFolder content{
      "A plan of the scenario in `planned`; this is no scenario.",
      facts,
      {make_plan_table(plan), make_plan_offices_table(plan), make_plan_frontier_table(plan)},
      "plan",
      "planned"};
  content.write_reports = [&](const Formats& formats, const fs::path& to) {
    write_reports(record, content.tables, formats, options, to);
  };
  write_staffing_folder(plan.scenario, content, options.formats, folder);
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
  std::vector<Diagnostic> mistakes;
  add_mistakes_of_days(asked, mistakes);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  const PlanOptions options = with_files(asked);
  const Scenario scenario = load(options.scenario);
  expect_no_changes_in_lists(options.scenario, scenario, {"migrations", "staffing"});
  const MoveRules rules = moves_of(options, scenario);
  const fs::path folder_name = folder_of(options, scenario, "plan");
  OutputFolder folder = begin_staffing(options, scenario, folder_name);
  FindMovesOptions how;
  how.threads = options.threads;
  how.first_days = static_cast<std::size_t>(options.first_days);
  how.most_days = static_cast<std::size_t>(options.most_days);
  how.stop = &InterruptGuard::interrupted;
  std::optional<WorkLine> line(!options.quiet);
  how.tell = [&line](const std::string& what) { line->tell(what); };
  const Plan prepared(scenario, StopCheck(&how.stop));
  const MoveEffects effects(prepared, rules, StopCheck(&how.stop));
  expect_targets(scenario, effects);
  const FoundMoves found = find_moves(prepared, effects, how);
  line.reset();
  const FoundPlan plan{scenario, rules, effects, found};
  const std::string planned = scenario.name + "-planned.yaml";
  write_file(folder.staging() / planned, planned_scenario(options.scenario, plan, folder_name / planned));
  write(plan, options, folder.staging());
  folder.commit();
  const PlanReport report{plan, folder_name, planned};
  print_report(options, report, plan_json, plan_summary, out);
  return kDone;
}

}  // namespace pishkhan
