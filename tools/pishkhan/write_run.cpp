#include "tools/pishkhan/write_run.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "models/province/calendar.hpp"
#include "models/province/csv.hpp"
#include "models/scenario/text/run_manifest.hpp"
#include "sim/base/sha256.hpp"
#include "sim/experiment/replicate.hpp"
#include "tools/page/page.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/sources.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/replication_store.hpp"
#include "tools/report/short_form.hpp"
#include "tools/report/table_writers.hpp"
#include "tools/workbook/workbook.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// What the database says of the run as a whole.
RunFacts facts_of(const Scenario& scenario) {
  const Run& run = scenario.run;
  RunFacts facts{{"scenario", scenario.name},
                 {"title", scenario.title},
                 {"scenario_sha256", sha256(scenario.resolved)},
                 {"version", PISHKHAN_VERSION},
                 {"seed", std::to_string(run.seed)},
                 {"replications", std::to_string(run.replications)}};
  if (run.length_s > 0) {
    facts.emplace_back("length_s", std::to_string(run.length_s));
    facts.emplace_back("warm_up_s", std::to_string(run.warm_up_s));
  } else {
    facts.emplace_back("start_solar_hijri", format_date(run.start, CalendarKind::solar_hijri));
    facts.emplace_back("start_gregorian", format_date(run.start, CalendarKind::gregorian));
    facts.emplace_back("days", std::to_string(run.days));
    facts.emplace_back("warm_up_days", std::to_string(run.warm_up_days));
  }
  return facts;
}

void stop_if_interrupted() {
  if (InterruptGuard::interrupted()) throw Interrupted();
}

/// The tables the scenario was read from, so that the manifest can be run again.
void write_inputs(const Scenario& scenario, const fs::path& folder) {
  if (!scenario.inputs) return;
  for (const InputFile& table : *scenario.inputs) {
    const bool add_mark = scenario.csv_bom && !table.text.starts_with(kByteOrderMark);
    write_file(folder / input_file_name(table.key),
               (add_mark ? std::string(kByteOrderMark) : "") + table.text);
  }
}

}  // namespace

Language workbook_language_of(const RunOptions& options) {
  return workbook::language_of(options.workbook_language);
}

namespace {

/// What people read: the page, the workbook.
void write_reports(const std::vector<const Table*>& tables, const RunOptions& options, const fs::path& folder,
                   const Manifest& manifest) {
  if (!contains(options.formats, Format::html) && !contains(options.formats, Format::xlsx)) return;
  const page::RunRecord record = page::read_record(manifest_json(manifest), folder / "manifest.json");
  const page::PageSource source{manifest.scenario, record, tables};
  if (contains(options.formats, Format::html)) write_file(folder / page::kPageFile, page::page_html(source));
  if (contains(options.formats, Format::xlsx)) {
    const Language language = workbook_language_of(options);
    workbook::write_workbook(folder / workbook::file_name(language), source, language);
  }
}

/// Writes tables (those asked for, or all), visits and manifest, and lists what was written in the manifest.
void write_results(const std::vector<Table>& tables, const VisitSpool* spool, const RunOptions& options,
                   const fs::path& folder, Manifest& manifest) {
  const Scenario& scenario = manifest.scenario;
  const TableWriters writers = make_writers(options.formats, folder, facts_of(scenario), scenario.csv_bom);
  const Writer* of_short_form = scenario.csv_is_short ? writers.csv : nullptr;
  const auto& names = options.tables;
  std::vector<const Table*> asked;
  for (const Table& table : tables) {
    if (!names.empty() && std::find(names.begin(), names.end(), table.header.name) == names.end()) continue;
    asked.push_back(&table);
    manifest.tables.push_back({table.header.name, table.rows.size()});
  }
  run_tasks(static_cast<std::uint32_t>(writers.all.size()), options.threads,
            [&](std::uint32_t i, const std::stop_token& stop) {
              Writer& writer = *writers.all[i];
              const bool is_short = &writer == of_short_form;
              for (const Table* table : asked) {
                stop_if_interrupted();
                if (stop.stop_requested()) return;
                if (!is_short)
                  write_table(writer, *table);
                else if (const std::optional<Table> brief = short_form(*table))
                  write_table(writer, *brief);
              }
            });
  if (spool) {
    const std::uint64_t rows = spool->write(writers.all, of_short_form, &InterruptGuard::interrupted);
    if (spool->folder() == folder) spool->remove_files();  // nobody else can write them
    manifest.tables.push_back({"visits", rows});
  }
  writers.finish();
  write_inputs(scenario, folder);
  write_reports(asked, options, folder, manifest);
  manifest.files = list_files(folder, &InterruptGuard::interrupted);
  write_file(folder / "manifest.json", manifest_json(manifest));
  stop_if_interrupted();
}

}  // namespace

Manifest write_run(const FinishedRun& run, const std::vector<Table>& tables, const VisitSpool* spool,
                   const RunOptions& options, OutputFolder& folder) {
  expect_nothing_of_a_run_in(folder.path(), options.scenario);
  const Scenario& scenario = *run.scenario;
  if (contains(options.formats, Format::store)) {
    write_store(folder.staging() / kStoreFile,
                {PISHKHAN_VERSION, sha256(scenario.resolved), scenario.run.seed}, run.simulated.trials);
  }
  Manifest manifest = run.manifest;
  write_results(tables, spool, options, folder.staging(), manifest);
  folder.commit();
  return manifest;
}

}  // namespace pishkhan
