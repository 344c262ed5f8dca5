#include "tools/pishkhan/study_folder.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/read_file.hpp"
#include "sim/base/sha256.hpp"
#include "sim/base/stop_check.hpp"
#include "tools/page/page.hpp"
#include "tools/page/study_words.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/table_writers.hpp"
#include "tools/report/written_files.hpp"
#include "tools/sweep/sweep_tables.hpp"
#include "tools/workbook/study_book.hpp"
#include "tools/workbook/workbook.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

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

/// What is written of a study, where nothing is said of it.
const Formats& formats_of(const StudyResults& results) {
  return results.formats.empty() ? kUsualFormats : results.formats;
}

/// The tables; returns what the manifest says of them.
Json write_tables(const StudyResults& results, const fs::path& folder) {
  const RunFacts facts{{"study", results.identity.name},
                       {"title", results.study.title},
                       {"study_sha256", sha256(results.identity.text)},
                       {"version", PISHKHAN_VERSION},
                       {"points", std::to_string(results.header.points)},
                       {"definition", results.identity.text}};
  const TableWriters writers = make_writers(formats_of(results), folder, facts);
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

void write_reports(const StudyResults& results, const fs::path& folder) {
  Formats wanted;
  for (const Format format : kReportFormats)
    if (contains(formats_of(results), format)) wanted.push_back(format);
  if (wanted.empty()) return;
  const StudyReports reports(results);
  for (const Format format : wanted) {
    reports.write(
        format, folder / (format == Format::html ? page::kPageFile : workbook::file_name(results.language)));
  }
}

std::string manifest_of(const StudyResults& results, Json tables, const fs::path& folder) {
  Json json;
  json["scenario"] = {{"name", results.identity.name},
                      {"title", results.study.title},
                      {"sha256", sha256(results.identity.text)}};
  json["version"] = PISHKHAN_VERSION;
  json["study"] = Json::parse(results.identity.text);
  json["names"] = Json::object();
  for (const auto& [id, names] : results.identity.names)
    json["names"][id] = {{"name_fa", names.first}, {"name_en", names.second}};
  json["points"] = results.header.points;
  json["shard"] = std::to_string(results.header.shard) + '/' + std::to_string(results.header.shards);
  json["tables"] = std::move(tables);
  json["files"] = Json::array();
  for (const WrittenFile& file : list_files(folder, &InterruptGuard::interrupted))
    json["files"].push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  json["resolved"] = results.identity.text;
  return printable_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

/// Of the counties and offices that responses name.
std::map<std::string, std::pair<std::string, std::string>> names_of(const Study& study,
                                                                    const Scenario& scenario) {
  std::map<std::string, std::pair<std::string, std::string>> names;
  if (!scenario.province) return names;
  for (const Response& response : study.responses) {
    for (const County& county : scenario.province->counties)
      if (county.id == response.county) names.try_emplace(county.id, county.name_fa, county.name_en);
    for (const Office& office : scenario.province->offices)
      if (office.id == response.station) names.try_emplace(office.id, office.name_fa, office.name_en);
  }
  return names;
}

}  // namespace

int most_replications(const StudyIdentity& identity) {
  const Json json = Json::parse(identity.text);
  return json.contains("precision") ? json.at("replications").get<int>() : 0;
}

namespace {

/// What a study's identity says of its scenario.
page::StudyRecord record_of(const StudyResults& results) {
  const Json json = Json::parse(results.identity.text);
  page::StudyRecord record;
  record.version = results.header.version;
  record.scenario = json.at("scenario").at("title");
  record.seed = json.at("seed");
  record.replications = json.at("replications");
  if (json.contains("precision")) record.precision = json.at("precision");
  record.evidence = results.identity.evidence;
  record.names = results.identity.names;
  return record;
}

}  // namespace

StudyReports::StudyReports(const StudyResults& of)
    : results(of),
      record(record_of(of)),
      design(of.study),
      findings(page::find_in_study(of.study, design, of.points, most_replications(of.identity),
                                   &InterruptGuard::interrupted)) {}

void StudyReports::write(Format format, const fs::path& file) const {
  const page::StudySource source{results.study, design, record, findings};
  if (format == Format::html)
    write_file(file, page::study_html(source));
  else
    workbook::write_study_workbook(file, source, results.language);
}

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
  json["design"] = {{"kind", page::name_of(study.design)},
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
          scenario.evidence, names_of(study, scenario)};
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
      for (const auto& [id, names] : json.at("names").items()) {
        identity.names.try_emplace(id, names.at("name_fa").get<std::string>(),
                                   names.at("name_en").get<std::string>());
      }
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
  if (results.header.shards == 1) {
    tables = write_tables(results, staging);
    write_reports(results, staging);
  }
  write_file(staging / "manifest.json", manifest_of(results, std::move(tables), staging));
  folder.commit();
}

}  // namespace pishkhan
