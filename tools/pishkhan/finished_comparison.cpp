#include "tools/pishkhan/finished_comparison.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>

#include "sim/base/printable.hpp"
#include "sim/base/sha256.hpp"
#include "sim/experiment/replicate.hpp"
#include "tools/page/comparison.hpp"
#include "tools/page/page.hpp"
#include "tools/pishkhan/compare_waterfall.hpp"
#include "tools/pishkhan/finished_run.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/precise_comparison.hpp"
#include "tools/pishkhan/sources.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/cell_names.hpp"
#include "tools/report/changed_table.hpp"
#include "tools/report/differences_table.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/table_writers.hpp"
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
  const TableWriters writers = make_writers(formats, folder, facts);
  for (const auto& writer : writers.all)
    for (const Table& table : tables) write_table(*writer, table);
  writers.finish();
  write_reports(record, tables, options, folder);
  write_file(folder / "manifest.json", manifest_of(runs, record, options, tables, folder));
}

}  // namespace

void expect_no_compared_run(const fs::path& folder, const std::vector<RunToCompare>& runs) {
  const std::optional<RunOutput> there = read_run_output(folder / "manifest.json");
  for (const RunToCompare& run : runs)
    if (there && there->sha256 == sha256(run.scenario->resolved)) refuse_to_replace(folder, run.name);
  for (const RunToCompare& run : runs) expect_nothing_read_in(folder, *run.source.files);
}

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
  finished.compared = replicate(static_cast<std::uint32_t>(finished.runs.size()), options.threads,
                                [&](std::uint32_t i, const std::stop_token&) {
                                  const RunToCompare& run = finished.runs[i];
                                  return make_compared_run(run.name, *run.scenario, run.trials);
                                });
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
  const std::function<Table()> makers[] = {
      [&] { return make_differences_table(first, others); },
      [&] {
        return make_changed_table(finished.changed, CellNames(finished.compared),
                                  weakest_evidence(first, others));
      },
      [&] { return make_waterfall_table(finished.waterfalls, first.scenario); },
      [&] { return make_ranking_table(finished.compared); }};
  finished.tables = replicate(static_cast<std::uint32_t>(std::size(makers)), options.threads,
                              [&](std::uint32_t i, const std::stop_token&) { return makers[i](); });
  finished.reused.add_scenarios(simulator.reused());
  return finished;
}

void write_comparison(const FinishedComparison& finished, const CompareOptions& options,
                      OutputFolder& folder) {
  expect_no_compared_run(folder.path(), finished.runs);
  page::ComparisonRecord record = page::make_record(PISHKHAN_VERSION, finished.compared);
  record.asked = finished.asked;
  write_tables(finished.runs, record, finished.tables, options, folder.staging());
  folder.commit();
}

}  // namespace pishkhan
