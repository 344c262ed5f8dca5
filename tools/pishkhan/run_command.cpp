#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <ostream>
#include <span>

#include "models/plan/forecast.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "models/scenario/text/run_manifest.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "tools/page/page.hpp"
#include "tools/pishkhan/arguments.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/finished_run.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/run_forecast.hpp"
#include "tools/pishkhan/sources.hpp"
#include "tools/pishkhan/summary.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/pishkhan/visits_size.hpp"
#include "tools/pishkhan/write_run.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/report/tables.hpp"
#include "tools/report/visits.hpp"
#include "tools/sweep/precision.hpp"
#include "tools/workbook/workbook.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// A table asked for that does not exist is found before the simulation, not after it.
void expect_known_tables(const Scenario& scenario, const std::vector<std::string>& names) {
  std::vector<Diagnostic> mistakes;
  std::vector<std::string> known;
  const std::vector<TableHeader> tables = dictionary()[scenario.province ? 0 : 1].tables;
  for (const TableHeader& table : tables) known.push_back(table.name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    mistakes.push_back(
        {"", 0, 0, "--tables", "there is no table " + in_backticks(name), suggestion(name, known)});
  }
  const bool asks_for_visits = std::find(names.begin(), names.end(), "visits") != names.end();
  if (asks_for_visits && scenario.visits.share <= 0) {
    mistakes.push_back(
        {"", 0, 0, "--tables", "no visits are kept to be written", "add --visits or --visits 1%"});
  }
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
}

/// Where what people read was written.
void print_reports(const Texts& texts, const RunOptions& options, const fs::path& folder, std::ostream& out) {
  const auto print = [&](const char* key, const std::string& name) {
    out << texts.fill(key, {{"file", printable((folder / name).string())}}) << '\n';
  };
  if (contains(options.formats, Format::html)) print("terminal.page", page::kPageFile);
  if (contains(options.formats, Format::xlsx))
    print("terminal.workbook", workbook::file_name(workbook_language_of(options)));
}

/// Says how large the visits will be, and refuses what the disk has no room for.
void announce_visits(const Texts& texts, const Scenario& scenario, const RunOptions& options,
                     const fs::path& folder) {
  if (scenario.visits.share <= 0) return;
  const VisitsSize size = forecast_visits(scenario, forecast(Plan(scenario)), options.formats);
  if (!options.quiet) inform(texts, texts.fill("terminal.run.visits_size", {{"size", to_text(texts, size)}}));
  const double free = free_bytes_at(folder);
  if (size.peak_bytes <= free) return;
  throw EnvironmentError("the visits need " + bytes_text(size.peak_bytes) +
                         " on the disk while they are written, and " + bytes_text(free) + " are free at " +
                         folder.string() +
                         "; ask for fewer: --visits 1%, --visits-at, --visits-on or --format csv");
}

/// Scenarios may share a folder; none takes the place of another's results in silence.
void warn_of_another_scenario(const Texts& texts, const Scenario& scenario, const fs::path& folder) {
  const std::optional<RunOutput> earlier = read_run_output(folder / "manifest.json");
  if (!earlier || earlier->title == scenario.title) return;
  warn(texts, texts.fill("terminal.run.replaces", {{"folder", folder.string()}, {"title", earlier->title}}));
}

}  // namespace

RunOptions complete(RunOptions options) {
  if (!options.scenario.files) options.scenario.files = std::make_shared<const SourceFiles>();
  const std::optional<RunOutput> earlier =
      read_run_output(options.scenario.files->absolute(options.scenario.file));
  if (options.formats.empty()) options.formats = earlier ? earlier->formats : kUsualFormats;
  if (options.tables.empty() && earlier) options.tables = earlier->tables;
  if (options.workbook_language.empty()) options.workbook_language = options.language;
  if (options.workbook_language.empty() && earlier) options.workbook_language = earlier->language;
  return options;
}

ExitCode run(const RunOptions& asked, const TrialFunction& trial, std::ostream& out,
             std::vector<TrialResult> earlier) {
  const auto begin = std::chrono::steady_clock::now();
  const InterruptGuard guard;
  const RunOptions options = complete(asked);
  const auto asked_scenario = std::make_shared<const Scenario>(load(options.scenario));
  const Scenario& scenario = *asked_scenario;
  expect_known_tables(scenario, options.tables);
  const Texts& texts = terminal_texts(options.language);
  if (!options.quiet && !options.json) warn_of(texts, scenario.notices);
  const fs::path folder_name = options.out.empty() ? "results" / fs::path(scenario.name) : options.out;
  announce_visits(texts, scenario, options, folder_name);
  expect_nothing_of_a_run_in(folder_name, options.scenario);
  InterruptGuard::defer();
  OutputFolder folder(folder_name, options.force, &InterruptGuard::interrupted);
  if (!options.quiet) warn_of_another_scenario(texts, scenario, folder_name);
  std::unique_ptr<VisitSpool> spool;
  if (scenario.visits.share > 0) spool = std::make_unique<VisitSpool>(scenario, folder.staging());

  const bool has_summary = options.json || !options.quiet;
  const auto with_replications = [&options](int replications) {
    ScenarioOptions fixed = options.scenario;
    fixed.replications = std::to_string(replications);
    return load(fixed);
  };
  const FinishedRun finished =
      simulate_run(asked_scenario, with_replications, trial, {options.threads, options.quiet, spool.get()},
                   std::move(earlier), has_summary);
  const std::optional<AskedPrecision>& precision = finished.manifest.asked;
  if (precision && precision->reached && !options.quiet && !options.json)
    inform(texts, terminal_text(texts, precision_notice(*precision, finished.scenario->run.replications)));
  if (!options.quiet && !options.json)
    warn_of(texts, std::span(finished.manifest.notices).subspan(finished.scenario->notices.size()));
  expect_passed(finished.manifest.audit);
  const Results results = finished.results();
  const std::vector<Table> tables = make_tables(results, options.threads);
  const Manifest manifest = write_run(finished, tables, spool.get(), options, folder);

  const double elapsed_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (options.json) {
    out << printable_json(
        json_summary(results, manifest, finished.simulated.overloaded, folder_name, tables));
  } else if (!options.quiet) {
    out << terminal_summary(texts, results, manifest, finished.simulated.overloaded,
                            printable(folder_name.string()), elapsed_s);
    print_reports(texts, options, folder_name, out);
  }

  return kDone;
}

}  // namespace pishkhan
