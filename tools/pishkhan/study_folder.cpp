#include "tools/pishkhan/study_folder.hpp"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/read_file.hpp"
#include "sim/base/sha256.hpp"
#include "sim/base/stop_check.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/csv_writer.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/sqlite_writer.hpp"
#include "tools/report/written_files.hpp"
#include "tools/sweep/sweep_tables.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

const char* name_of(DesignKind design) {
  constexpr const char* names[] = {"full_factorial", "one_at_a_time", "latin_hypercube", "sobol"};
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
                       {"points", std::to_string(results.header.points)}};
  std::vector<std::unique_ptr<Writer>> writers;
  const auto wanted = [&](const char* format) {
    const auto& formats = results.formats;
    return formats.empty() || std::find(formats.begin(), formats.end(), format) != formats.end();
  };
  if (wanted("csv")) writers.push_back(std::make_unique<CsvWriter>(folder));
  if (wanted("sqlite")) writers.push_back(std::make_unique<SqliteWriter>(folder / "results.sqlite", facts));
  std::vector<Writer*> all;
  for (const auto& writer : writers) all.push_back(writer.get());
  const Evidence evidence = results.identity.evidence;
  const auto rows = write_sweep_tables(results.study, Design(results.study), evidence, results.points, all,
                                       &InterruptGuard::interrupted);
  for (const auto& writer : writers) writer->finish();
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

/// Where a response is least and greatest.
struct Extremes {
  std::size_t least = SIZE_MAX, greatest = SIZE_MAX;
  Estimate low{}, high{};

  void add(std::size_t point, const Estimate& estimate) {
    if (!(estimate.mean == estimate.mean)) return;
    if (least == SIZE_MAX || estimate.mean < low.mean) {
      least = point;
      low = estimate;
    }
    if (greatest == SIZE_MAX || estimate.mean > high.mean) {
      greatest = point;
      high = estimate;
    }
  }
};

struct Overview {
  std::size_t points = 0, failed = 0;
  std::string first_failure;
  std::vector<Extremes> responses;
};

Overview overview_of(const StudyResults& results) {
  Overview overview;
  overview.responses.resize(results.study.responses.size());
  for (std::size_t point = 0; point < results.header.points; ++point) {
    if (!results.header.has(point)) continue;
    const PointResult result = results.points.read(point);
    ++overview.points;
    if (!result.failure.empty() && overview.failed++ == 0)
      overview.first_failure = "point " + std::to_string(point) + ": " + result.failure;
    for (std::size_t i = 0; i < result.responses.size(); ++i)
      overview.responses[i].add(point, result.responses[i].estimate);
  }
  return overview;
}

std::string name_of(const Response& response) {
  const std::string where = response.channel + response.county + response.station;
  return response.quantity + (where.empty() ? "" : ", " + where);
}

std::string values_text(const Study& study, const std::vector<Level>& values) {
  std::string text;
  for (std::size_t f = 0; f < values.size(); ++f)
    text += (f == 0 ? "" : ", ") + study.factors[f].id + ' ' + values[f].text;
  return text;
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
  json["factors"] = Json::array();
  for (const Factor& factor : study.factors) json["factors"].push_back(factor_json(factor));
  json["design"] = {{"kind", name_of(study.design)}, {"points", study.sample}, {"seed", study.design_seed}};
  json["responses"] = Json::array();
  for (const Response& response : study.responses) {
    json["responses"].push_back({{"quantity", response.quantity},
                                 {"channel", response.channel},
                                 {"county", response.county},
                                 {"station", response.station}});
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
  write_file(staging / kStudyFile, read_file(results.study.file, SIZE_MAX));
  Json tables = Json::array();
  if (results.header.shards == 1) tables = write_tables(results, staging);
  write_file(staging / "manifest.json", manifest_of(results, std::move(tables), staging));
  folder.commit();
}

std::string study_summary(const StudyResults& results, const fs::path& folder) {
  const Overview overview = overview_of(results);
  const Study& study = results.study;
  const Design design(study);
  std::string text = printable(study.title) + '\n';
  text += "  points: " + grouped(static_cast<double>(overview.points));
  if (results.header.shards > 1) {
    text += " of " + grouped(static_cast<double>(results.header.points)) + ", shard " +
            std::to_string(results.header.shard) + '/' + std::to_string(results.header.shards);
  }
  text += '\n';
  if (overview.failed > 0) {
    text += "  failed: " + grouped(static_cast<double>(overview.failed)) + "; the first, " +
            printable(overview.first_failure) + '\n';
  }
  TextTable table({"<response", "<unit", ">least", "<at", ">greatest", "<at"});
  for (std::size_t i = 0; i < study.responses.size(); ++i) {
    const Extremes& extremes = overview.responses[i];
    if (extremes.least == SIZE_MAX) continue;
    const auto value = [](const Estimate& estimate) {
      return with_interval(estimate, estimate.mean < 10 ? 4 : 1, 1, "");
    };
    table.add({name_of(study.responses[i]), unit_of(study.responses[i].quantity), value(extremes.low),
               values_text(study, design.point(extremes.least)), value(extremes.high),
               values_text(study, design.point(extremes.greatest))});
  }
  return text + table.text() + "Results: " + printable(folder.string()) + '\n';
}

std::string study_json(const StudyResults& results, const fs::path& folder) {
  const Overview overview = overview_of(results);
  Json json{{"study", results.identity.name},
            {"title", results.study.title},
            {"study_sha256", sha256(results.identity.text)}};
  json["points_of_study"] = results.header.points;
  json["points"] = overview.points;
  json["failed"] = overview.failed;
  json["shard"] = results.header.shard;
  json["shards"] = results.header.shards;
  json["folder"] = folder.generic_string();
  return json_line(json);
}

}  // namespace pishkhan
