#include "tools/pishkhan/study_summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "sim/base/printable.hpp"
#include "sim/base/sha256.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/sweep/answer_tables.hpp"
#include "tools/sweep/design.hpp"
#include "tools/sweep/responses.hpp"

namespace pishkhan {
namespace {

/// Where a response is least and greatest.
struct Extremes {
  std::size_t least = SIZE_MAX, greatest = SIZE_MAX;
  Estimate low{}, high{};

  void add(std::size_t point, const Estimate& estimate) {
    if (std::isnan(estimate.mean)) return;
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
  std::size_t at_limit = 0;  ///< ended by a precision's most replications
  std::size_t first_failed = 0;
  std::string first_failure;
  std::vector<Extremes> responses;
};

Overview overview_of(const StudyResults& results) {
  Overview overview;
  overview.responses.resize(results.study.responses.size());
  const int most = most_replications(results.identity);
  for (std::size_t point = 0; point < results.header.points; ++point) {
    if (!results.header.has(point)) continue;
    const PointResult result = results.points.read(point);
    ++overview.points;
    overview.at_limit += ended_at_limit(result, most);
    if (!result.failure.empty() && overview.failed++ == 0) {
      overview.first_failed = point;
      overview.first_failure = result.failure;
    }
    for (std::size_t i = 0; i < result.responses.size(); ++i)
      overview.responses[i].add(point, result.responses[i].estimate);
  }
  return overview;
}

std::string response_name(const Texts& texts, const Response& response) {
  const std::string where = response.channel + response.county + response.station;
  const std::string name = texts.at_or("column." + response.quantity, response.quantity);
  return where.empty() ? name : name + texts.at("terminal.sweep.separator") + where;
}

std::string values_text(const Texts& texts, const Study& study, const std::vector<Level>& values) {
  std::string text;
  for (std::size_t f = 0; f < values.size(); ++f) {
    text += (f == 0 ? "" : texts.at("terminal.sweep.separator")) + study.factors[f].id + ' ' +
            study.factors[f].short_text(values[f]);
  }
  return text;
}

std::string count_text(const Texts& texts, std::size_t count) {
  return grouped(texts, static_cast<double>(count));
}

std::string points_text(const Texts& texts, const StudyResults& results, const Overview& overview) {
  const PointsHeader& header = results.header;
  const std::string points = count_text(texts, overview.points);
  std::string text = header.shards == 1 ? texts.fill("terminal.sweep.points", {{"points", points}})
                                        : texts.fill("terminal.sweep.points_of_shard",
                                                     {{"points", points},
                                                      {"all", count_text(texts, header.points)},
                                                      {"shard", count_text(texts, header.shard)},
                                                      {"shards", count_text(texts, header.shards)}});
  text += '\n';
  if (overview.failed > 0) {
    text += texts.fill("terminal.sweep.failed", {{"failed", count_text(texts, overview.failed)},
                                                 {"point", count_text(texts, overview.first_failed)},
                                                 {"failure", printable(overview.first_failure)}}) +
            '\n';
  }
  if (overview.at_limit > 0) {
    text += texts.fill("study.at_limit", {{"n", count_text(texts, overview.at_limit)}, {"points", points}}) +
            '\n';
  }
  return text;
}

std::string quantity_text(const Texts& texts, double value, double precision) {
  return grouped(texts, value, std::max(0, decimals_of(precision, 4)));
}

/// The point that looks best, how far behind the best it may be, and how many may be the best, by response.
std::string best_text(const Texts& texts, const Study& study, const Design& design,
                      const std::vector<RankedPoint>& all) {
  std::string text;
  for (std::size_t response = 0; response < study.responses.size(); ++response) {
    const RankedPoint* best = nullptr;
    std::size_t candidates = 0;
    for (const RankedPoint& one : all) {
      if (one.response != response) continue;
      candidates += one.contender.may_be_best;
      if (best == nullptr || one.contender.mean < best->contender.mean) best = &one;
    }
    if (best == nullptr || std::isnan(best->contender.behind.mean)) continue;
    const double sign = study.responses[response].best == Best::greatest ? -1 : 1;
    const Estimate& behind = best->contender.behind;
    text += texts.fill("terminal.sweep.best",
                       {{"quantity", response_name(texts, study.responses[response])},
                        {"value", quantity_text(texts, sign * best->contender.mean, behind.half_width)},
                        {"point", values_text(texts, study, design.point(best->point))},
                        {"loss", quantity_text(texts, behind.high, behind.half_width)},
                        {"candidates", count_text(texts, candidates)}}) +
            '\n';
  }
  return text;
}

/// A line for each response and factor.
std::string sensitivities_text(const Texts& texts, const Study& study, const std::vector<Sensitivity>& all) {
  if (all.empty()) return "";
  const bool of_morris = study.design == DesignKind::morris;
  TextTable table(
      texts,
      of_morris ? std::vector<std::string>{"<quantity", "<factor", ">mean_effect", ">mean_size", ">deviation"}
                : std::vector<std::string>{"<quantity", "<factor", ">first_order", ">total"});
  std::vector<std::string> row;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i == 0 || all[i].factor != all[i - 1].factor || all[i].response != all[i - 1].response) {
      if (!row.empty()) table.add(row);
      row = {response_name(texts, study.responses[all[i].response]), study.factors[all[i].factor].id};
    }
    row.push_back(with_interval(texts, all[i].value, 4));
  }
  table.add(row);
  return table.text();
}

/// What all points say together.
std::string answers_text(const Texts& texts, const StudyResults& results, const Design& design) {
  if (results.header.shards > 1) return "";
  const auto& stop = &InterruptGuard::interrupted;
  const Study& study = results.study;
  return best_text(texts, study, design, find_best(study, design, results.points, stop)) +
         sensitivities_text(texts, study, find_sensitivities(study, design, results.points, stop));
}

}  // namespace

std::string study_summary(const Texts& texts, const StudyResults& results,
                          const std::filesystem::path& folder) {
  const Overview overview = overview_of(results);
  const Study& study = results.study;
  const Design design(study);
  bool any = false;
  TextTable table(texts, {"<quantity", "<unit", ">least", "<at", ">greatest", "<at"});
  for (std::size_t i = 0; i < study.responses.size(); ++i) {
    const Extremes& extremes = overview.responses[i];
    if (extremes.least == SIZE_MAX) continue;
    any = true;
    const auto value = [&](const Estimate& estimate) {
      return with_interval(texts, estimate, estimate.mean < 10 ? 4 : 1);
    };
    table.add({response_name(texts, study.responses[i]), unit_of(study.responses[i].quantity),
               value(extremes.low), values_text(texts, study, design.point(extremes.least)),
               value(extremes.high), values_text(texts, study, design.point(extremes.greatest))});
  }
  return printable(study.title) + '\n' + points_text(texts, results, overview) + (any ? table.text() : "") +
         answers_text(texts, results, design) +
         texts.fill("terminal.sweep.results", {{"folder", printable(folder.string())}}) + '\n';
}

std::string study_json(const StudyResults& results, const std::filesystem::path& folder) {
  const Overview overview = overview_of(results);
  nlohmann::ordered_json json = json_of_command("sweep");
  json["study"] = results.identity.name;
  json["title"] = results.study.title;
  json["study_sha256"] = sha256(results.identity.text);
  json["points_of_study"] = results.header.points;
  json["points"] = overview.points;
  json["failed"] = overview.failed;
  json["ended_at_most"] = overview.at_limit;
  json["shard"] = results.header.shard;
  json["shards"] = results.header.shards;
  json["folder"] = folder.generic_string();
  return json_line(json);
}

}  // namespace pishkhan
