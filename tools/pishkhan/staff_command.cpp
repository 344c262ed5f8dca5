#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/staffing/staffing.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/sha256.hpp"
#include "sim/base/source_files.hpp"
#include "tools/page/page.hpp"
#include "tools/page/staffing.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/sources.hpp"
#include "tools/pishkhan/staff_summary.hpp"
#include "tools/pishkhan/staffed_scenario.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/report/staffing_frontier.hpp"
#include "tools/report/staffing_tables.hpp"
#include "tools/report/table_writers.hpp"
#include "tools/report/written_files.hpp"
#include "tools/workbook/staffing_book.hpp"
#include "tools/workbook/workbook.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// Of which scenario it is, so that it can be repeated. Nothing of when, where or how fast.
std::string manifest_of(const Scenario& scenario, const StaffingResult& result, const StaffOptions& options,
                        const std::vector<Table>& tables, const fs::path& folder) {
  nlohmann::ordered_json json;
  const std::string what = "A staffing of the scenario in `staffed`; this is no scenario.";
  json["scenario"] = {{"name", "staffing"}, {"title", what}, {"sha256", sha256(what)}};
  json["version"] = PISHKHAN_VERSION;
  json["seed"] = scenario.run.seed;
  json["replications"] = result.search_replications;
  json["proof"] = {{"seed", result.proof_seed},
                   {"replications", result.proof_replications},
                   {"first_days", options.first_days},
                   {"most_days", options.most_days},
                   {"level", kProofLevel}};
  json["staffed"] = {{"name", scenario.name},
                     {"title", scenario.title},
                     {"sha256", sha256(scenario.resolved)},
                     {"resolved", scenario.resolved}};
  page::add_staffing_record(page::make_staffing_record(PISHKHAN_VERSION, scenario, result), json);
  json["tables"] = nlohmann::ordered_json::array();
  for (const Table& table : tables)
    json["tables"].push_back({{"name", table.header.name}, {"rows", table.rows.size()}});
  json["files"] = nlohmann::ordered_json::array();
  for (const WrittenFile& file : list_files(folder, &InterruptGuard::interrupted))
    json["files"].push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  json["resolved"] = what;
  return printable_json(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + '\n';
}

void write_tables(const Scenario& scenario, const StaffingResult& result, const StaffOptions& options,
                  const std::vector<Table>& tables, const fs::path& folder) {
  const Formats& formats = options.formats.empty() ? kUsualFormats : options.formats;
  const RunFacts facts{{"version", PISHKHAN_VERSION}, {"scenario", scenario.name}};
  const TableWriters writers = make_writers(formats, folder, facts, scenario.csv_bom);
  for (const auto& writer : writers.all)
    for (const Table& table : tables) write_table(*writer, table);
  writers.finish();
  const page::StaffingRecord record = page::make_staffing_record(PISHKHAN_VERSION, scenario, result);
  page::StaffingSource source{record, {}};
  for (const Table& table : tables) source.tables.push_back(&table);
  if (contains(formats, Format::html)) write_file(folder / page::kPageFile, page::staffing_html(source));
  if (contains(formats, Format::xlsx)) {
    const Language language = workbook::language_of(options.language);
    workbook::write_staffing_workbook(folder / workbook::file_name(language), source, language);
  }
  write_file(folder / "manifest.json", manifest_of(scenario, result, options, tables, folder));
}

/// The staffed scenario of a province extends the file, with the options' changes of keys; it has no place
/// for a change within a list.
void expect_no_changes_in_lists(const StaffOptions& options, const Scenario& scenario) {
  if (!scenario.province) return;
  for (const std::string& set : options.scenario.sets) {
    const std::string path = set.substr(0, set.find('='));
    const std::size_t number = path.find_first_of("[0123456789");
    if (number == std::string::npos || (path[number] != '[' && number > 0 && path[number - 1] != '.'))
      continue;
    throw UserError({{"--set " + set, 0, 0, "",
                      "a change within a list, which the staffed scenario cannot make as it extends the file",
                      "write the change into a scenario that extends this one, and staff that"}});
  }
}

}  // namespace

ExitCode staff(const StaffOptions& asked, std::ostream& out) {
  const InterruptGuard guard;
  StaffOptions options = asked;
  options.scenario.files = std::make_shared<const SourceFiles>();
  const Scenario scenario = load(options.scenario);
  const Texts& texts = terminal_texts(options.language);
  expect_no_changes_in_lists(options, scenario);
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
  const std::string staffed = scenario.name + "-staffed.yaml";
  write_file(folder.staging() / staffed,
             staffed_scenario(options.scenario, scenario, result, folder_name / staffed));
  const std::vector<Table> tables{make_staffing_table(scenario, result),
                                  make_staffing_curve_table(scenario, result),
                                  make_staffing_frontier_table(scenario, result)};
  write_tables(scenario, result, options, tables, folder.staging());
  folder.commit();
  const StaffingReport report{scenario, result, folder_name, staffed};
  if (options.json)
    out << staffing_json(report);
  else if (!options.quiet)
    out << staffing_summary(texts, report);
  return kDone;
}

}  // namespace pishkhan
