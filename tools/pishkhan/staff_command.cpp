#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/scenario/sections/shift_file.hpp"
#include "models/staffing/freed_hours.hpp"
#include "models/staffing/staffing.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/page/page.hpp"
#include "tools/page/staffing.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/progress.hpp"
#include "tools/pishkhan/staff_assumptions.hpp"
#include "tools/pishkhan/staff_summary.hpp"
#include "tools/pishkhan/staffed_scenario.hpp"
#include "tools/pishkhan/staffing_folder.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/assumption_tables.hpp"
#include "tools/report/freed_hours_table.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/report/staffing_frontier.hpp"
#include "tools/report/staffing_tables.hpp"
#include "tools/workbook/staffing_book.hpp"
#include "tools/workbook/workbook.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

std::vector<Table> make_tables(const Scenario& scenario, const StaffingResult& result,
                               const std::optional<StaffingUnderAssumptions>& under,
                               const std::vector<FreedHours>& freed) {
  std::vector<Table> tables{make_staffing_table(scenario, result, under ? &*under : nullptr),
                            make_staffing_curve_table(scenario, result),
                            make_staffing_frontier_table(scenario, result)};
  if (!freed.empty()) tables.push_back(make_freed_hours_table(scenario, freed));
  if (!under) return tables;
  tables.push_back(make_assumptions_table(scenario, result, *under));
  tables.push_back(make_assumption_points_table(scenario, *under));
  tables.push_back(make_assumption_factors_table(scenario, *under));
  return tables;
}

/// Beside what every staffing says of itself.
nlohmann::ordered_json facts_of(const page::StaffingRecord& record, const StaffingResult& result,
                                const std::optional<StaffingUnderAssumptions>& under,
                                const StaffOptions& options) {
  nlohmann::ordered_json facts{
      {"replications", result.search_replications},
      {"proof", facts_of_rounds(options, result.proof_seed, result.proof_replications)}};
  if (result.by != StaffBy::station) facts["by"] = options.by;
  page::add_staffing_record(record, facts);
  if (!under) return facts;
  facts["assumptions"] = {
      {"points", under->points.size()}, {"seed", under->seed}, {"replications", under->replications}};
  if (under->robust) facts["assumptions"]["robust"] = *under->robust;
  return facts;
}

/// What a number of clerks is looked for of.
void choose_numbers(const StaffOptions& options, const Scenario& scenario, StaffingOptions& how) {
  if (options.by == "shift") how.by = StaffBy::shift;
  if (options.by == "hour") how.by = StaffBy::hour;
  if (options.by == "roster") how.by = StaffBy::roster;
  if (how.by != StaffBy::roster) {
    if (options.shifts.empty()) return;
    throw UserError({{"--shifts " + options.shifts.string(), 0, 0, "", "shifts without rosters",
                      "add `--by roster`, or leave it out"}});
  }
  how.patterns = options.shifts.empty() ? scenario.shifts : read_shift_patterns(options.shifts);
  if (!how.patterns.empty()) return;
  throw UserError(
      {{scenario.file.generic_string(), 0, 0, "shifts", "rosters without patterns of shifts",
        "write `shifts`, for example `- {id: morning, start: 08:00, length: 4 h}`, or give a file "
        "of them with `--shifts`"}});
}

/// The page and the workbook.
void write_reports(const page::StaffingRecord& record, const std::vector<Table>& tables,
                   const Formats& formats, const StaffOptions& options, const fs::path& folder) {
  page::StaffingSource source{record, {}};
  for (const Table& table : tables) source.tables.push_back(&table);
  if (contains(formats, Format::html)) write_file(folder / page::kPageFile, page::staffing_html(source));
  if (!contains(formats, Format::xlsx)) return;
  const Language language = workbook::language_of(options.language);
  workbook::write_staffing_workbook(folder / workbook::file_name(language), source, language);
}

void expect_options_of_targets(const StaffOptions& options) {
  std::vector<Diagnostic> mistakes;
  if (options.unserved_min) {
    mistakes.push_back({"--unserved", 0, 0, "", "a weight of visits without service, where targets are asked",
                        "it belongs to `--budget`, `--open` and `--authorise`"});
  }
  add_mistakes_of_days(options, mistakes);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
}

}  // namespace

ExitCode staff(const StaffOptions& asked, std::ostream& out) {
  const InterruptGuard guard;
  expect_options_of_targets(asked);
  const StaffOptions options = with_files(asked);
  const Scenario scenario = load(options.scenario);
  expect_no_changes_in_lists(options.scenario, scenario, {"staffing"});
  expect_assumptions(options, scenario);
  const fs::path folder_name = folder_of(options, scenario, "staff");
  OutputFolder folder = begin_staffing(options, scenario, folder_name);
  StaffingOptions how;
  how.threads = options.threads;
  choose_numbers(options, scenario, how);
  how.first_days = static_cast<std::size_t>(options.first_days);
  how.most_days = static_cast<std::size_t>(options.most_days);
  how.stop = &InterruptGuard::interrupted;
  std::optional<WorkLine> line(!options.quiet);
  how.tell = [&line](const std::string& what) { line->tell(what); };
  const Plan plan(scenario);
  const StaffingResult result = find_staffing(plan, how);
  line->tell("sets of assumptions");
  const std::optional<StaffingUnderAssumptions> under =
      repeat_under_assumptions(options, scenario, result, how.stop);
  const std::vector<FreedHours> freed = find_freed_hours(scenario, result, how);
  line.reset();
  const auto write_scenario = [&](const std::string& name, const StaffingResult& staffing) {
    write_file(folder.staging() / name,
               staffed_scenario(options.scenario, scenario, staffing, folder_name / name));
    return name;
  };
  const std::string staffed = write_scenario(scenario.name + "-staffed.yaml", result);
  std::string robust;
  if (under && under->robust)
    robust = write_scenario(scenario.name + "-robust.yaml", robust_staffing(result, *under));
  const page::StaffingRecord record = page::make_staffing_record(PISHKHAN_VERSION, scenario, result);
  StaffingFolder content{"A staffing of the scenario in `staffed`; this is no scenario.",
                         facts_of(record, result, under, options),
                         make_tables(scenario, result, under, freed),
                         {}};
  content.write_reports = [&](const Formats& formats, const fs::path& to) {
    write_reports(record, content.tables, formats, options, to);
  };
  write_staffing_folder(scenario, content, options.formats, folder.staging());
  folder.commit();
  const StaffingReport report{scenario, result, folder_name, staffed, under ? &*under : nullptr,
                              robust,   freed};
  print_report(options, report, staffing_json, staffing_summary, out);
  return kDone;
}

}  // namespace pishkhan
