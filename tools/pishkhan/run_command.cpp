#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <ostream>
#include <span>

#include "models/plan/changes.hpp"
#include "models/plan/forecast.hpp"
#include "models/province/calendar.hpp"
#include "models/province/csv.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "models/scenario/text/run_manifest.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/sha256.hpp"
#include "sim/experiment/replicate.hpp"
#include "tools/page/page.hpp"
#include "tools/pishkhan/arguments.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/offered_load.hpp"
#include "tools/pishkhan/precise_run.hpp"
#include "tools/pishkhan/run_forecast.hpp"
#include "tools/pishkhan/simulate.hpp"
#include "tools/pishkhan/summary.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/pishkhan/visits_size.hpp"
#include "tools/report/costs.hpp"
#include "tools/report/csv_writer.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/report/replication_store.hpp"
#include "tools/report/short_form.hpp"
#include "tools/report/sqlite_writer.hpp"
#include "tools/report/tables.hpp"
#include "tools/report/visits.hpp"
#include "tools/sweep/precision.hpp"
#include "tools/workbook/workbook.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

/// Refuses a run that the memory has no room for, as `check` forecasts it.
void expect_memory(const std::vector<const Plan*>& plans, int threads) {
  const MemoryForecast memory = forecast_memory(plans, threads);
  if (memory.needed_bytes <= memory.available_bytes) return;
  throw EnvironmentError("the run needs about " + bytes_text(memory.needed_bytes) + " of memory, and " +
                         bytes_text(memory.available_bytes) +
                         " are available; take fewer --threads or --replications, or a shorter run");
}

struct Simulated {
  std::vector<TrialResult> trials;
  std::optional<PrecisionLook> look;  ///< of a run that ends when it is precise
  std::vector<Without> without;
  std::vector<Change> changes;
  std::vector<Load> overloaded;  ///< stations that cannot keep up, as `check` says; empty if not asked for
};

/// The run itself, whose first replications may be known, and, for what it costs, the same citizens without.
Simulated simulate_with_costs(const Scenario& scenario, const TrialFunction& trial, SimulationOptions options,
                              std::vector<TrialResult> earlier, bool find_overloaded) {
  std::vector<Scenario> others;
  for (const CostOf cost : scenario.costs) others.push_back(without(scenario, cost));
  std::vector<Plan> plans;
  const std::function<bool()> interrupted = &InterruptGuard::interrupted;
  const StopCheck stop(&interrupted);
  plans.emplace_back(scenario, stop);
  for (const Scenario& other : others) plans.emplace_back(other, stop);
  std::vector<const Plan*> all;
  for (const Plan& plan : plans) all.push_back(&plan);
  expect_memory(all, options.threads);
  options.known = static_cast<std::uint32_t>(earlier.size());
  std::optional<PrecisionLook> look;
  std::vector<std::vector<TrialResult>> results;
  if (scenario.run.precision) {
    PreciseRun precise = simulate_until_precise(all, trial, options);
    look = std::move(precise.last);
    results = std::move(precise.results);
  } else {
    results = simulate(all, trial, options);
  }
  std::ranges::move(results.front(), std::back_inserter(earlier));
  Simulated simulated{std::move(earlier), std::move(look), {}, find_changes(plans.front(), stop), {}};
  if (find_overloaded) simulated.overloaded = judge_loads(forecast(plans.front(), stop)).overloaded;
  for (std::size_t i = 0; i < others.size(); ++i)
    simulated.without.push_back({scenario.costs[i], std::move(results[i + 1])});
  return simulated;
}

/// The audits of everything simulated.
Audit audit_of(const Simulated& simulated) {
  Audit audit;
  merge_audits(simulated.trials, "", audit);
  for (const Without& other : simulated.without)
    merge_audits(other.trials, "without " + std::string(to_string(other.cost)) + ", ", audit);
  return audit;
}

struct TableWriters {
  std::vector<std::unique_ptr<Writer>> all;
  const Writer* of_short_form = nullptr;  ///< the one that gets the short form of tables, if one does
};

TableWriters make_writers(const Formats& formats, const fs::path& folder, const Scenario& scenario) {
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
  TableWriters writers;
  for (const Format format : formats) {
    if (format == Format::csv) {
      writers.all.push_back(std::make_unique<CsvWriter>(folder, scenario.csv_bom));
      if (scenario.csv_is_short) writers.of_short_form = writers.all.back().get();
    }
    if (format == Format::sqlite)
      writers.all.push_back(std::make_unique<SqliteWriter>(folder / kDatabaseFile, facts));
  }
  return writers;
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

Language language_of(const RunOptions& options) {
  return options.workbook_language == "en" ? Language::english : Language::persian;
}

/// What people read: the page, the workbook.
void write_reports(const std::vector<const Table*>& tables, const RunOptions& options, const fs::path& folder,
                   const Manifest& manifest) {
  if (!contains(options.formats, Format::html) && !contains(options.formats, Format::xlsx)) return;
  const page::RunRecord record = page::read_record(manifest_json(manifest), folder / "manifest.json");
  const page::PageSource source{manifest.scenario, record, tables};
  if (contains(options.formats, Format::html)) write_file(folder / page::kPageFile, page::page_html(source));
  if (contains(options.formats, Format::xlsx)) {
    const Language language = language_of(options);
    workbook::write_workbook(folder / workbook::file_name(language), source, language);
  }
}

/// Writes tables (those asked for, or all), visits and manifest, and lists what was written in the manifest.
void write_results(const std::vector<Table>& tables, const VisitSpool* spool, const RunOptions& options,
                   const fs::path& folder, Manifest& manifest) {
  const auto writers = make_writers(options.formats, folder, manifest.scenario);
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
              const bool is_short = &writer == writers.of_short_form;
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
    const std::uint64_t rows = spool->write(writers.all, writers.of_short_form, &InterruptGuard::interrupted);
    manifest.tables.push_back({"visits", rows});
  }
  for (const auto& writer : writers.all) writer->finish();
  write_inputs(manifest.scenario, folder);
  write_reports(asked, options, folder, manifest);
  manifest.files = list_files(folder, &InterruptGuard::interrupted);
  write_file(folder / "manifest.json", manifest_json(manifest));
  stop_if_interrupted();
}

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

/// The formats and tables of the run whose manifest is run again, where none are asked for.
RunOptions complete(RunOptions options) {
  const std::optional<RunOutput> earlier = read_run_output(options.scenario.file);
  if (options.formats.empty()) options.formats = earlier ? earlier->formats : kUsualFormats;
  if (options.tables.empty() && earlier) options.tables = earlier->tables;
  if (options.workbook_language.empty()) options.workbook_language = options.language;
  if (options.workbook_language.empty() && earlier) options.workbook_language = earlier->language;
  return options;
}

/// Where what people read was written.
void print_reports(const Texts& texts, const RunOptions& options, const fs::path& folder, std::ostream& out) {
  const auto print = [&](const char* key, const std::string& name) {
    out << texts.fill(key, {{"file", printable((folder / name).string())}}) << '\n';
  };
  if (contains(options.formats, Format::html)) print("terminal.page", page::kPageFile);
  if (contains(options.formats, Format::xlsx))
    print("terminal.workbook", workbook::file_name(language_of(options)));
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

/// Makes the scenario that of so many replications as its precision took, and says how it ended.
void fix_replications(const ScenarioOptions& options, const PrecisionLook& look, Scenario& scenario,
                      Manifest& manifest) {
  const Precision precision = *scenario.run.precision;
  ScenarioOptions fixed = options;
  fixed.replications = std::to_string(look.replications);
  scenario = load(fixed);
  manifest.asked = make_asked(precision, look);
}

/// How a run ended that ends when it is precise. That it is not is a notice of the run.
Notice precision_notice(const AskedPrecision& asked, int replications) {
  return {asked.reached ? "notice.precision.reached" : "notice.precision.not_reached",
          {text_value("asked", asked.precision), text_value("of", asked.of),
           text_value("reached", asked.reached_text), number_value("n", replications)}};
}

/// Scenarios may share a folder; none takes the place of another's results in silence.
void warn_of_another_scenario(const Texts& texts, const Scenario& scenario, const fs::path& folder) {
  const std::optional<RunOutput> earlier = read_run_output(folder / "manifest.json");
  if (!earlier || earlier->title == scenario.title) return;
  warn(texts, texts.fill("terminal.run.replaces", {{"folder", folder.string()}, {"title", earlier->title}}));
}

}  // namespace

ExitCode run(const RunOptions& asked, const TrialFunction& trial, std::ostream& out,
             std::vector<TrialResult> earlier) {
  const auto begin = std::chrono::steady_clock::now();
  InterruptGuard guard;
  const RunOptions options = complete(asked);
  Scenario scenario = load(options.scenario);
  expect_known_tables(scenario, options.tables);
  const Texts& texts = terminal_texts(options.language);
  if (!options.quiet && !options.json) warn_of(texts, scenario.notices);
  const fs::path folder_name = options.out.empty() ? "results" / fs::path(scenario.name) : options.out;
  announce_visits(texts, scenario, options, folder_name);
  guard.defer();
  OutputFolder folder(folder_name, options.force, &InterruptGuard::interrupted);
  if (!options.quiet) warn_of_another_scenario(texts, scenario, folder_name);
  std::unique_ptr<VisitSpool> spool;
  if (scenario.visits.share > 0) spool = std::make_unique<VisitSpool>(scenario, folder.staging());

  const bool has_summary = options.json || !options.quiet;
  const Simulated simulated = simulate_with_costs(
      scenario, trial, {options.threads, options.quiet, spool.get()}, std::move(earlier), has_summary);
  Manifest manifest{scenario, PISHKHAN_VERSION, audit_of(simulated), 0, {}, {}, {}};
  for (const TrialResult& result : simulated.trials) manifest.visits += result.visits;
  if (simulated.look) {
    fix_replications(options.scenario, *simulated.look, scenario, manifest);
    if (spool) spool->keep_first(simulated.trials.size());
  }
  manifest.notices = scenario.notices;
  for (Notice& notice : notices_of(scenario, simulated.changes))
    manifest.notices.push_back(std::move(notice));
  if (manifest.asked) {
    const Notice ended = precision_notice(*manifest.asked, scenario.run.replications);
    if (!manifest.asked->reached)
      manifest.notices.push_back(ended);
    else if (!options.quiet && !options.json)
      inform(texts, terminal_text(texts, ended));
  }
  if (manifest.visits == 0) manifest.notices.push_back({"notice.no_visit"});
  if (!options.quiet && !options.json)
    warn_of(texts, std::span(manifest.notices).subspan(scenario.notices.size()));
  if (!manifest.audit.passed()) {
    for (const std::string& failure : manifest.audit.failures) complain("audit: " + failure);
    complain("the audit failed, so no results were written");
    return kFailedAudit;
  }
  const Results results{scenario, simulated.trials, simulated.without, simulated.changes};
  const std::vector<Table> tables = make_tables(results, options.threads);
  if (contains(options.formats, Format::store)) {
    write_store(folder.staging() / kStoreFile,
                {PISHKHAN_VERSION, sha256(scenario.resolved), scenario.run.seed}, simulated.trials);
  }
  write_results(tables, spool.get(), options, folder.staging(), manifest);
  folder.commit();

  const double elapsed_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (options.json) {
    out << printable_json(json_summary(results, manifest, simulated.overloaded, folder_name, tables));
  } else if (!options.quiet) {
    out << terminal_summary(texts, results, manifest, simulated.overloaded, printable(folder_name.string()),
                            elapsed_s);
    print_reports(texts, options, folder_name, out);
  }

  return kDone;
}

}  // namespace pishkhan
