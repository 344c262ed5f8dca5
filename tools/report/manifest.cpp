#include "tools/report/manifest.hpp"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <system_error>

#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/read_file.hpp"
#include "sim/base/sha256.hpp"
#include "tools/report/notices_json.hpp"
#include "tools/report/replication_store.hpp"

namespace pishkhan {
namespace {

nlohmann::ordered_json file_json(const WrittenFile& file) {
  return {{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}};
}

std::string manifest_text(const nlohmann::ordered_json& json) {
  return printable_json(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + '\n';
}

}  // namespace

void merge_audits(const std::vector<TrialResult>& trials, const std::string& run, Audit& all) {
  constexpr std::size_t kMostFailures = 100;
  for (std::size_t replication = 0; replication < trials.size(); ++replication) {
    const Audit& audit = trials[replication].audit;
    all.checks += audit.checks;
    for (const std::string& failure : audit.failures) {
      if (all.failures.size() == kMostFailures) break;
      all.failures.push_back(run + "replication " + std::to_string(replication) + ": " + failure);
    }
  }
}

std::optional<RunOutput> read_run_output(const std::filesystem::path& manifest) {
  if (manifest.extension() != ".json") return std::nullopt;
  std::error_code error;
  if (!std::filesystem::is_regular_file(manifest, error)) return std::nullopt;
  const auto json = nlohmann::json::parse(read_file(manifest, SIZE_MAX), nullptr, false);
  try {
    RunOutput output{json.at("scenario").at("title"), json.at("scenario").at("sha256"), {}, "", {}, ""};
    const auto has_file = [&](const std::string& name) {
      return std::any_of(json.at("files").begin(), json.at("files").end(),
                         [&](const auto& file) { return file.at("name") == name; });
    };
    for (const auto& table : json.at("tables")) {
      const std::string name = table.at("name");
      if (name != "visits") output.tables.push_back(name);
      if (output.formats.empty() && has_file(name + ".csv")) output.formats.push_back(Format::csv);
    }
    if (has_file(kDatabaseFile)) output.formats.push_back(Format::sqlite);
    if (has_file("page.html")) output.formats.push_back(Format::html);
    for (const char* language : {"en", "fa"})
      if (has_file("workbook_" + std::string(language) + ".xlsx")) output.language = language;
    if (!output.language.empty()) output.formats.push_back(Format::xlsx);
    if (has_file(kStoreFile)) output.formats.push_back(Format::store);
    if (const auto asked = json.find("replications_asked"); asked != json.end()) {
      output.precision =
          asked->at("precision").get<std::string>() + " (" + asked->at("of").get<std::string>() + ')';
    }
    return output;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

nlohmann::ordered_json asked_json(const AskedPrecision& asked) {
  return {{"precision", asked.precision},
          {"of", asked.of},
          {"at_most", asked.at_most},
          {"ended", asked.reached ? "reached" : "at_most"},
          {"reached", asked.reached_text}};
}

AskedPrecision read_asked(const nlohmann::ordered_json& json) {
  return {json.at("precision"), json.at("of"), json.at("at_most"), json.at("ended") == "reached",
          json.at("reached")};
}

std::string manifest_json(const Manifest& manifest) {
  const Scenario& scenario = manifest.scenario;
  nlohmann::ordered_json json;
  json["scenario"] = {{"name", scenario.name},
                      {"title", scenario.title},
                      {"description", scenario.description},
                      {"file", scenario.file.filename().string()},
                      {"sha256", sha256(scenario.resolved)}};
  json["version"] = manifest.version;
  json["seed"] = scenario.run.seed;
  json["replications"] = scenario.run.replications;
  if (scenario.run.inputs == RunInputs::sampled) json["inputs"] = "sampled";
  if (manifest.asked) json["replications_asked"] = asked_json(*manifest.asked);
  json["evidence"] = to_string(scenario.evidence);
  json["visits_simulated"] = manifest.visits;
  json["audit"] = {{"passed", manifest.audit.passed()},
                   {"checks", manifest.audit.checks},
                   {"failures", manifest.audit.failures}};
  json["notices"] = notices_json(manifest.notices);
  json["tables"] = nlohmann::ordered_json::array();
  for (const WrittenTable& table : manifest.tables)
    json["tables"].push_back({{"name", table.name}, {"rows", table.rows}});
  json["files"] = nlohmann::ordered_json::array();
  for (const WrittenFile& file : manifest.files) json["files"].push_back(file_json(file));
  json["resolved"] = scenario.resolved;
  return manifest_text(json);
}

std::string add_file_to_manifest(const std::string& manifest, const WrittenFile& file) {
  auto json = nlohmann::ordered_json::parse(manifest, nullptr, false);
  try {
    auto& files = json.at("files");
    const auto at = std::find_if(files.begin(), files.end(), [&](const auto& other) {
      return other.at("name").template get<std::string>() >= file.name;
    });
    if (at != files.end() && at->at("name") == file.name)
      *at = file_json(file);
    else
      files.insert(at, file_json(file));
  } catch (const nlohmann::json::exception&) {
    throw EnvironmentError("manifest.json is not the manifest of a run");
  }
  return manifest_text(json);
}

}  // namespace pishkhan
