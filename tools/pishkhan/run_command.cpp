#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <ostream>

#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/simulate.hpp"
#include "tools/pishkhan/summary.hpp"
#include "tools/report/costs.hpp"
#include "tools/report/csv_writer.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/report/sqlite_writer.hpp"
#include "tools/report/tables.hpp"
#include "tools/report/visits.hpp"

namespace pishkhan {
namespace {

struct Simulated {
  std::vector<TrialResult> trials;
  std::vector<Without> without;
};

/// The run itself and, for what it costs, the same citizens without.
Simulated simulate_with_costs(const Scenario& scenario, const TrialFunction& trial,
                              const SimulationOptions& options) {
  std::vector<Scenario> others;
  for (const CostOf cost : scenario.costs) others.push_back(without(scenario, cost));
  std::vector<Plan> plans;
  plans.emplace_back(scenario);
  for (const Scenario& other : others) plans.emplace_back(other);
  std::vector<const Plan*> all;
  for (const Plan& plan : plans) all.push_back(&plan);
  auto results = simulate(all, trial, options);
  Simulated simulated{std::move(results.front()), {}};
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

std::vector<std::unique_ptr<Writer>> make_writers(const std::vector<std::string>& formats,
                                                  const std::filesystem::path& folder) {
  std::vector<std::unique_ptr<Writer>> writers;
  for (const std::string& format : formats) {
    if (format == "csv") writers.push_back(std::make_unique<CsvWriter>(folder));
    if (format == "sqlite") writers.push_back(std::make_unique<SqliteWriter>(folder / "results.sqlite"));
  }
  return writers;
}

void stop_if_interrupted() {
  if (InterruptGuard::interrupted()) throw Interrupted();
}

/// Writes tables (those asked for, or all), visits and manifest, and lists what was written in the manifest.
void write_results(const std::vector<Table>& tables, const VisitSpool* spool, const RunOptions& options,
                   const std::filesystem::path& folder, Manifest& manifest) {
  const auto writers = make_writers(options.formats, folder);
  const auto& names = options.tables;
  for (const Table& table : tables) {
    if (!names.empty() && std::find(names.begin(), names.end(), table.header.name) == names.end()) continue;
    stop_if_interrupted();
    for (const auto& writer : writers) write_table(*writer, table);
    manifest.tables.push_back({table.header.name, table.rows.size()});
  }
  if (spool) manifest.tables.push_back({"visits", spool->write(writers, &InterruptGuard::interrupted)});
  for (const auto& writer : writers) writer->finish();
  manifest.files = list_files(folder, &InterruptGuard::interrupted);
  write_file(folder / "manifest.json", manifest_json(manifest));
  stop_if_interrupted();
}

/// A table asked for that does not exist is found before the simulation, not after it.
void expect_known_tables(const Scenario& scenario, const std::vector<std::string>& names) {
  std::vector<Diagnostic> mistakes;
  const std::vector<TableHeader> known = dictionary()[scenario.province ? 0 : 1].tables;
  for (const std::string& name : names) {
    if (std::any_of(known.begin(), known.end(), [&](const TableHeader& table) { return table.name == name; }))
      continue;
    mistakes.push_back({"", 0, 0, "--tables", "there is no table '" + name + "'", "see results/README.md"});
  }
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
}

}  // namespace

ExitCode run(const RunOptions& options, const TrialFunction& trial, std::ostream& out) {
  const auto begin = std::chrono::steady_clock::now();
  const InterruptGuard guard;
  const Scenario scenario = load(options.scenario);
  expect_known_tables(scenario, options.tables);
  if (!options.quiet && !options.json)
    for (const std::string& notice : scenario.notices) spdlog::warn("{}", notice);
  const std::filesystem::path folder_name =
      options.out.empty() ? "results" / std::filesystem::path(scenario.name) : options.out;
  OutputFolder folder(folder_name, options.force, &InterruptGuard::interrupted);
  std::unique_ptr<VisitSpool> spool;
  if (scenario.visits.share > 0) spool = std::make_unique<VisitSpool>(scenario, folder.staging());

  const Simulated simulated =
      simulate_with_costs(scenario, trial, {options.threads, options.quiet, spool.get()});
  Manifest manifest{scenario, PISHKHAN_VERSION, audit_of(simulated), 0, {}, {}};
  for (const TrialResult& result : simulated.trials) manifest.visits += result.visits;
  if (!manifest.audit.passed()) {
    for (const std::string& failure : manifest.audit.failures) spdlog::error("audit: {}", failure);
    spdlog::error("the audit failed, so no results were written");
    return kFailedAudit;
  }
  const Results results{scenario, simulated.trials, simulated.without};
  const std::vector<Table> tables = make_tables(results);
  write_results(tables, spool.get(), options, folder.staging(), manifest);
  folder.commit();

  const double elapsed_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (options.json)
    out << json_summary(results, manifest, folder_name, tables);
  else if (!options.quiet)
    out << terminal_summary(results, manifest, folder_name, elapsed_s);
  return kDone;
}

}  // namespace pishkhan
