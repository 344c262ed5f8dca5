#include "tools/pishkhan/study_folder.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/read_file.hpp"
#include "sim/base/sha256.hpp"
#include "sim/base/stop_check.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/table_writers.hpp"
#include "tools/report/written_files.hpp"
#include "tools/sweep/sweep_tables.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

const char* name_of(DesignKind design) {
  constexpr const char* names[] = {"full_factorial", "one_at_a_time", "latin_hypercube",
                                   "sobol",          "sobol_indices", "morris"};
  return names[static_cast<std::size_t>(design)];
}

Json factor_json(const Factor& factor) {
  Json json{{"factor", factor.id}, {"path", factor.path}};
  if (factor.levels.empty()) {
    json["from"] = factor.low;
    json["to"] = factor.high;
    json["unit"] = factor.unit;
  }
  json["levels"] = Json::array();
  for (const Level& level : factor.levels)
    json["levels"].push_back({{"value", level.text}, {"sets", level.overrides}});
  return json;
}

void write_points(const StudyResults& results, const fs::path& file) {
  OutputFile out(file);
  out.write(header_line(results.header));
  for (std::size_t point = 0; point < results.header.points; ++point) {
    if (InterruptGuard::interrupted()) throw Interrupted();
    if (results.header.has(point)) out.write(results.points.line(point));
  }
  out.close();
}

/// The tables; returns what the manifest says of them.
Json write_tables(const StudyResults& results, const fs::path& folder) {
  const RunFacts facts{{"study", results.identity.name},
                       {"title", results.study.title},
                       {"study_sha256", sha256(results.identity.text)},
                       {"version", PISHKHAN_VERSION},
                       {"points", std::to_string(results.header.points)},
                       {"definition", results.identity.text}};
  const TableWriters writers =
      make_writers(results.formats.empty() ? kUsualFormats : results.formats, folder, facts);
  std::vector<Writer*> all;
  for (const auto& writer : writers.all) all.push_back(writer.get());
  const Evidence evidence = results.identity.evidence;
  const auto rows = write_sweep_tables(results.study, Design(results.study), evidence, results.points, all,
                                       &InterruptGuard::interrupted);
  writers.finish();
  Json tables = Json::array();
  const std::vector<TableHeader> headers = sweep_headers(results.study, evidence);
  for (std::size_t i = 0; i < headers.size(); ++i)
    tables.push_back({{"name", headers[i].name}, {"rows", rows[i]}});
  return tables;
}

std::string manifest_of(const StudyResults& results, Json tables, const fs::path& folder) {
  Json json;
  json["scenario"] = {{"name", results.identity.name},
                      {"title", results.study.title},
                      {"sha256", sha256(results.identity.text)}};
  json["version"] = PISHKHAN_VERSION;
  json["study"] = Json::parse(results.identity.text);
  json["points"] = results.header.points;
  json["shard"] = std::to_string(results.header.shard) + '/' + std::to_string(results.header.shards);
  json["tables"] = std::move(tables);
  json["files"] = Json::array();
  for (const WrittenFile& file : list_files(folder, &InterruptGuard::interrupted))
    json["files"].push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  json["resolved"] = results.identity.text;
  return printable_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

}  // namespace

StudyIdentity identity_of(const Study& study, const Scenario& scenario) {
  Json json;
  json["study"] = study.title;
  json["scenario"] = {
      {"name", scenario.name}, {"title", scenario.title}, {"sha256", sha256(scenario.resolved)}};
  json["evidence"] = to_string(scenario.evidence);
  json["seed"] = scenario.run.seed;
  json["replications"] = scenario.run.replications;
  if (scenario.run.precision) json["precision"] = precision_text(*scenario.run.precision);
  json["factors"] = Json::array();
  for (const Factor& factor : study.factors) json["factors"].push_back(factor_json(factor));
  json["design"] = {{"kind", name_of(study.design)},
                    {"points", study.sample},
                    {"levels", study.grid},
                    {"seed", study.design_seed}};
  json["responses"] = Json::array();
  for (const Response& response : study.responses) {
    json["responses"].push_back({{"quantity", response.quantity},
                                 {"channel", response.channel},
                                 {"county", response.county},
                                 {"station", response.station},
                                 {"best", static_cast<int>(response.best)}});
  }
  return {study.file.stem().string(), json.dump(-1, ' ', false, Json::error_handler_t::replace),
          scenario.evidence};
}

StudyIdentity read_identity(const fs::path& folder) {
  const fs::path file = folder / "manifest.json";
  std::error_code error;
  if (fs::exists(file, error)) {
    const Json json = Json::parse(read_file(file, SIZE_MAX), nullptr, false);
    try {
      StudyIdentity identity{json.at("scenario").at("name"), json.at("resolved"), {}};
      const std::string evidence = json.at("study").at("evidence");
      for (const Evidence one : {Evidence::measured, Evidence::stated, Evidence::assumed})
        if (to_string(one) == evidence) identity.evidence = one;
      return identity;
    } catch (const nlohmann::json::exception&) {  // told below
    }
  }
  throw UserError({{folder.string(), 0, 0, "", "it is not the folder of a study",
                    "`pishkhan sweep study.yaml --shard 1/4` makes one"}});
}

void write_study_folder(const StudyResults& results, OutputFolder& folder) {
  const fs::path& staging = folder.staging();
  write_points(results, staging / kPointsFile);
  write_file(staging / kStudyFile, results.study.text);
  Json tables = Json::array();
  if (results.header.shards == 1) tables = write_tables(results, staging);
  write_file(staging / "manifest.json", manifest_of(results, std::move(tables), staging));
  folder.commit();
}

}  // namespace pishkhan
