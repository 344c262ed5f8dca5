#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <utility>

#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/sha256.hpp"
#include "tools/page/comparison.hpp"
#include "tools/page/page.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/compare_waterfall.hpp"
#include "tools/pishkhan/finished_comparison.hpp"
#include "tools/pishkhan/finished_run.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/precise_comparison.hpp"
#include "tools/pishkhan/reusing_simulator.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/cell_names.hpp"
#include "tools/report/changed_table.hpp"
#include "tools/report/csv_writer.hpp"
#include "tools/report/differences_table.hpp"
#include "tools/report/headlines.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/sqlite_writer.hpp"
#include "tools/sweep/precision.hpp"
#include "tools/workbook/comparison_book.hpp"
#include "tools/workbook/workbook.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// Simulates the runs that are not known, and returns how many. All are cut to the fewest replications.
std::size_t complete_runs(std::vector<RunToCompare>& runs, const CompareOptions& options,
                          ReusingSimulator& simulator) {
  const Texts& texts = terminal_texts(options.language);
  std::size_t simulated = 0;
  for (RunToCompare& run : runs) {
    if (!run.trials.empty()) continue;
    if (run.is_finished && !options.quiet)
      inform(texts, texts.fill("terminal.compare.simulated_again", {{"run", run.name}}));
    run.trials = simulator.simulate_replications(*run.scenario);
    ++simulated;
  }
  std::size_t fewest = runs.front().trials.size();
  for (const RunToCompare& run : runs) fewest = std::min(fewest, run.trials.size());
  for (RunToCompare& run : runs) {
    if (run.trials.size() > fewest && !options.quiet) {
      const std::string first = grouped(texts, static_cast<double>(fewest));
      warn(texts, texts.fill("terminal.compare.first_replications", {{"run", run.name}, {"n", first}}));
    }
    run.trials.resize(fewest);
  }
  return simulated;
}

void expect_audits(const std::vector<RunToCompare>& runs) {
  Audit audit;
  for (const RunToCompare& run : runs) merge_audits(run.trials, run.name + ", ", audit);
  expect_passed(audit);
}

/// Which runs were compared, so that the comparison can be repeated. Nothing of when, where or how fast.
std::string manifest_of(const std::vector<RunToCompare>& runs, const page::ComparisonRecord& record,
                        const CompareOptions& options, const std::vector<Table>& tables,
                        const fs::path& folder) {
  nlohmann::ordered_json json;
  const std::string what = "A comparison of the runs in `compared`; this is no scenario.";
  json["scenario"] = {{"name", "comparison"}, {"title", what}, {"sha256", sha256(what)}};
  json["version"] = record.version;
  page::add_record(record, json);
  json["waterfall"] = options.exact ? "exact" : options.waterfall ? "two orders" : "none";
  json["compared"] = nlohmann::ordered_json::array();
  for (const RunToCompare& run : runs) {
    json["compared"].push_back({{"name", run.name},
                                {"title", run.scenario->title},
                                {"sha256", sha256(run.scenario->resolved)},
                                {"resolved", run.scenario->resolved}});
  }
  json["tables"] = nlohmann::ordered_json::array();
  for (const Table& table : tables)
    json["tables"].push_back({{"name", table.header.name}, {"rows", table.rows.size()}});
  json["files"] = nlohmann::ordered_json::array();
  for (const WrittenFile& file : list_files(folder, &InterruptGuard::interrupted))
    json["files"].push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  json["resolved"] = what;
  return printable_json(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + '\n';
}

/// Page and workbook, if they are asked for.
void write_reports(const page::ComparisonRecord& record, const std::vector<Table>& tables,
                   const CompareOptions& options, const fs::path& folder) {
  page::ComparisonSource source{record, {}};
  for (const Table& table : tables) source.tables.push_back(&table);
  if (contains(options.formats, Format::html))
    write_file(folder / page::kPageFile, page::comparison_html(source));
  if (contains(options.formats, Format::xlsx)) {
    const Language language = workbook::language_of(options.language);
    workbook::write_comparison_workbook(folder / workbook::file_name(language), source, language);
  }
}

void write_tables(const std::vector<RunToCompare>& runs, const page::ComparisonRecord& record,
                  const std::vector<Table>& tables, const CompareOptions& options, const fs::path& folder) {
  const Formats& formats = options.formats.empty() ? kUsualFormats : options.formats;
  RunFacts facts{{"version", PISHKHAN_VERSION}};
  for (std::size_t i = 0; i < runs.size(); ++i)
    facts.emplace_back("run_" + std::to_string(i + 1), runs[i].name);
  std::vector<std::unique_ptr<Writer>> writers;
  for (const Format format : formats) {
    if (format == Format::csv)
      writers.push_back(std::make_unique<CsvWriter>(folder, false));
    else if (format == Format::sqlite)
      writers.push_back(std::make_unique<SqliteWriter>(folder / "results.sqlite", facts));
  }
  for (const auto& writer : writers) {
    for (const Table& table : tables) write_table(*writer, table);
    writer->finish();
  }
  write_reports(record, tables, options, folder);
  write_file(folder / "manifest.json", manifest_of(runs, record, options, tables, folder));
}

fs::path folder_of(const CompareOptions& options, const std::vector<RunToCompare>& runs) {
  if (!options.out.empty()) return options.out;
  std::string name = "compare";
  for (const RunToCompare& run : runs) name += '-' + run.scenario->name;
  return fs::path("results") / name;
}

/// A comparison does not take the place of a run that it compares.
void expect_other_folder(const fs::path& folder, const std::vector<RunToCompare>& runs) {
  std::error_code error;
  for (const RunToCompare& run : runs) {
    if (!run.is_finished || !fs::equivalent(folder, run.source.file.parent_path(), error)) continue;
    throw UserError({{folder.string(), 0, 0, "--out", "it is the folder of a run that is compared",
                      "choose another --out"}});
  }
}

/// How a comparison ended that ends when its differences are precise.
void tell_precision(const AskedPrecision& asked, std::size_t replications, const CompareOptions& options) {
  const Texts& texts = terminal_texts(options.language);
  const std::string text =
      texts.fill(asked.reached ? "terminal.compare.precise" : "terminal.compare.not_precise",
                 {{"asked", asked.precision},
                  {"of", asked.of},
                  {"reached", asked.reached_text},
                  {"n", grouped(texts, static_cast<double>(replications))}});
  asked.reached ? inform(texts, text) : warn(texts, text);
}

/// What is odd in a scenario, and where the scenarios mean different things by one word.
void warn_of_scenarios(const Texts& texts, const std::vector<RunToCompare>& runs) {
  const RunToCompare& first = runs.front();
  for (const RunToCompare& run : runs) {
    for (const Notice& notice : run.scenario->notices) {
      const std::string told = terminal_text(texts, notice);
      warn(texts, texts.fill("terminal.compare.of_run", {{"run", run.name}, {"notice", told}}));
    }
    if (!run.left_precision.empty()) {
      warn(texts, texts.fill("terminal.compare.left_precision",
                             {{"run", run.name}, {"precision", run.left_precision}}));
    }
    if (run.scenario->service_level_s != first.scenario->service_level_s) {
      warn(texts,
           texts.fill("terminal.compare.other_service_level", {{"run", run.name}, {"first", first.name}}));
    }
  }
}

}  // namespace

FinishedComparison compare_runs(std::vector<RunToCompare> runs, const CompareOptions& options,
                                const TrialFunction& trial) {
  FinishedComparison finished{std::move(runs), {}, {}, {}, {}, 0, {}, {}};
  if (asks_for_precision(finished.runs)) {
    const Precision precision = *finished.runs[1].scenario->run.precision;
    finished.asked = make_asked(
        precision, simulate_until_differences_are_precise(finished.runs, options, trial, finished.reused));
  }
  ReusingSimulator simulator(trial, {options.threads, options.quiet});
  finished.simulated =
      finished.asked ? finished.runs.size() : complete_runs(finished.runs, options, simulator);
  expect_audits(finished.runs);
  for (const RunToCompare& run : finished.runs)
    finished.compared.push_back(make_compared_run(run.name, *run.scenario, run.trials));
  const ComparedRun& first = finished.compared.front();
  const std::span<const ComparedRun> others = std::span(finished.compared).subspan(1);
  for (std::size_t i = 1; i < finished.runs.size() && (options.waterfall || options.exact); ++i) {
    finished.waterfalls.push_back(simulate_waterfall(finished.runs.front(), finished.runs[i], first,
                                                     finished.compared[i], options, simulator));
  }
  for (const ComparedRun& other : others) {
    const std::vector<Changed> of_run = find_changed(first, other);
    finished.changed.insert(finished.changed.end(), of_run.begin(), of_run.end());
  }
  finished.tables = {
      make_differences_table(first, others),
      make_changed_table(finished.changed, CellNames(finished.compared), weakest_evidence(first, others)),
      make_waterfall_table(finished.waterfalls, first.scenario), make_ranking_table(finished.compared)};
  finished.reused.add_scenarios(simulator.reused());
  return finished;
}

void write_comparison(const FinishedComparison& finished, const CompareOptions& options,
                      OutputFolder& folder) {
  page::ComparisonRecord record = page::make_record(PISHKHAN_VERSION, finished.compared);
  record.asked = finished.asked;
  write_tables(finished.runs, record, finished.tables, options, folder.staging());
  folder.commit();
}

ExitCode compare(const CompareOptions& options, const TrialFunction& trial, std::ostream& out) {
  const InterruptGuard guard;
  std::vector<RunToCompare> runs = load_runs(options);
  const fs::path folder_name = folder_of(options, runs);
  expect_other_folder(folder_name, runs);
  if (!options.quiet && !options.json) warn_of_scenarios(terminal_texts(options.language), runs);
  InterruptGuard::defer();
  OutputFolder folder(folder_name, options.force, &InterruptGuard::interrupted);
  const FinishedComparison finished = compare_runs(std::move(runs), options, trial);
  if (finished.asked && !options.quiet && !options.json)
    tell_precision(*finished.asked, finished.runs.front().trials.size(), options);
  write_comparison(finished, options, folder);
  const Comparison comparison = finished.comparison(folder_name);
  if (options.json)
    out << printable_json(comparison_json(comparison));
  else if (!options.quiet)
    out << comparison_summary(terminal_texts(options.language), comparison);
  return kDone;
}

}  // namespace pishkhan
