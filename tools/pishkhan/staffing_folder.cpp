#include "tools/pishkhan/staffing_folder.hpp"

#include <algorithm>
#include <utility>

#include "models/staffing/staffing.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/sha256.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/sources.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/table_writers.hpp"
#include "tools/report/written_files.hpp"

namespace pishkhan {
namespace {

/// Of which scenario it is, so that it can be repeated. Nothing of when, where or how fast.
std::string manifest_of(const Scenario& scenario, const StaffingFolder& content,
                        const std::filesystem::path& folder) {
  nlohmann::ordered_json json;
  json["scenario"] = {{"name", content.kind}, {"title", content.what}, {"sha256", sha256(content.what)}};
  json["version"] = PISHKHAN_VERSION;
  json["seed"] = scenario.run.seed;
  json.update(content.facts);
  json[content.of] = {{"name", scenario.name},
                      {"title", scenario.title},
                      {"sha256", sha256(scenario.resolved)},
                      {"resolved", scenario.resolved}};
  json["tables"] = nlohmann::ordered_json::array();
  for (const Table& table : content.tables)
    json["tables"].push_back({{"name", table.header.name}, {"rows", table.rows.size()}});
  json["files"] = nlohmann::ordered_json::array();
  for (const WrittenFile& file : list_files(folder, &InterruptGuard::interrupted))
    json["files"].push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  json["resolved"] = content.what;
  return printable_json(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + '\n';
}

}  // namespace

nlohmann::ordered_json facts_of_round(const ProofOptions& options, std::uint64_t seed,
                                      std::uint32_t replications) {
  return {{"seed", seed}, {"replications", replications}, {"first_days", options.first_days}};
}

nlohmann::ordered_json facts_of_rounds(const ProofOptions& options, std::uint64_t seed,
                                       std::uint32_t replications) {
  nlohmann::ordered_json facts = facts_of_round(options, seed, replications);
  facts["most_days"] = options.most_days;
  facts["level"] = kProofLevel;
  return facts;
}

std::filesystem::path folder_of(const ProofOptions& options, const Scenario& scenario,
                                const std::string& command) {
  if (!options.out.empty()) return options.out;
  return std::filesystem::path("results") / (command + '-' + scenario.name);
}

void add_mistakes_of_days(const ProofOptions& options, std::vector<Diagnostic>& mistakes) {
  if (options.most_days >= options.first_days) return;
  mistakes.push_back({"--most-days", 0, 0, "",
                      std::to_string(options.most_days) + " days at most, after " +
                          std::to_string(options.first_days) + " in the first round",
                      "give as many days as the first round has, or lower `--first-days`"});
}

OutputFolder begin_staffing(const ProofOptions& options, const Scenario& scenario,
                            const std::filesystem::path& folder) {
  if (!options.quiet && !options.json) {
    const Texts& texts = terminal_texts(options.language);
    for (const Notice& notice : scenario.notices) warn(texts, terminal_text(texts, notice));
  }
  expect_nothing_of_a_run_in(folder, options.scenario);
  InterruptGuard::defer();
  return OutputFolder(folder, options.force, &InterruptGuard::interrupted);
}

void write_staffing_folder(const Scenario& scenario, const StaffingFolder& content, const Formats& formats,
                           const std::filesystem::path& folder) {
  const RunFacts facts{{"version", PISHKHAN_VERSION}, {"scenario", scenario.name}};
  const Formats& all = formats.empty() ? kUsualFormats : formats;
  const TableWriters writers = make_writers(all, folder, facts, scenario.csv_bom);
  for (const auto& writer : writers.all)
    for (const Table& table : content.tables) write_table(*writer, table);
  writers.finish();
  if (content.write_reports) content.write_reports(all, folder);
  write_file(folder / "manifest.json", manifest_of(scenario, content, folder));
}

void expect_tables_only(const Formats& formats, const std::string& what) {
  std::vector<Diagnostic> mistakes;
  for (const Format format : kReportFormats) {
    if (!contains(formats, format)) continue;
    mistakes.push_back({"--format " + std::string(to_string(format)), 0, 0, "",
                        what + " is written as tables only", "give csv or sqlite"});
  }
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
}

void expect_no_simgrid(const Scenario& scenario) {
  if (scenario.backbone.model != BackboneModel::simgrid) return;
  throw UserError({{scenario.file.generic_string(), 0, 0, "backbone.model",
                    "choosing offices with SimGrid's backbone", "write `model: shared`"}});
}

void expect_no_changes_in_lists(const ScenarioOptions& options, const Scenario& scenario,
                                std::initializer_list<std::string_view> written) {
  if (!scenario.province) return;
  std::vector<Diagnostic> mistakes;
  const auto refuse = [&](const std::string& set, const std::string& problem) {
    mistakes.push_back({"--set " + set, 0, 0, "", problem,
                        "write the change into a scenario that extends this one, and use that"});
  };
  for (const std::string& set : options.sets) {
    const std::string path = set.substr(0, set.find('='));
    const std::size_t number = path.find_first_of("[0123456789");
    if (std::find(written.begin(), written.end(), path) != written.end()) {
      refuse(set, "a list in place of `" + path + "`, to which the scenario to be written adds its own");
    } else if (number != std::string::npos &&
               (path[number] == '[' || number == 0 || path[number - 1] == '.')) {
      refuse(set,
             "a change within a list, which the scenario to be written cannot make as it extends the file");
    }
  }
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
}

}  // namespace pishkhan
