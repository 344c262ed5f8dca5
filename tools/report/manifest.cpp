#include "tools/report/manifest.hpp"

#include <nlohmann/json.hpp>

#include "tools/report/sha256.hpp"

namespace pishkhan {

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
  json["evidence"] = to_string(scenario.evidence);
  json["visits_simulated"] = manifest.visits;
  json["audit"] = {{"passed", manifest.audit.passed()},
                   {"checks", manifest.audit.checks},
                   {"failures", manifest.audit.failures}};
  json["tables"] = nlohmann::ordered_json::array();
  for (const WrittenTable& table : manifest.tables)
    json["tables"].push_back({{"name", table.name}, {"rows", table.rows}});
  json["files"] = nlohmann::ordered_json::array();
  for (const WrittenFile& file : manifest.files)
    json["files"].push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  json["resolved"] = scenario.resolved;
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace pishkhan
