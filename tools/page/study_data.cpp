#include "tools/page/study_data.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tools/page/data_columns.hpp"
#include "tools/page/study_words.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;

/// Most points that are shown in the order of preference of a response.
constexpr std::size_t kMostBestShown = 200;

/// In both languages.
template <class Text>
Json both(Text text) {
  return Json::array({text(Texts(Language::persian)), text(Texts(Language::english))});
}

void add_interval_of(const PrintedEstimate& printed, Json& entry) {
  if (printed.mean.empty()) return;
  entry["m"] = printed.mean;
  entry["l"] = printed.low;
  entry["u"] = printed.high;
}

Json factors_json(const Study& study) {
  Json factors = Json::array();
  for (const Factor& factor : study.factors) {
    Json entry{{"id", factor.id},
               {"path", factor.path},
               {"numeric", factor.is_numeric},
               {"unit", both([&](const Texts& texts) { return factor_unit(factor, texts); })}};
    if (factor.levels.empty()) {
      entry["from"] = rounded(factor.low);
      entry["to"] = rounded(factor.high);
    } else {
      entry["levels"] = Json::array();
      for (const Level& level : factor.levels) {
        Json one{{"text", factor_digits(factor, level)}};
        if (factor.path.empty()) one["sets"] = level.overrides;
        entry["levels"].push_back(std::move(one));
      }
    }
    factors.push_back(std::move(entry));
  }
  return factors;
}

Json responses_json(const StudySource& source) {
  constexpr const char* kBest[] = {"none", "least", "greatest"};
  Json responses = Json::array();
  for (const Response& response : source.study.responses) {
    const std::string unit = shown_of(response).unit;
    responses.push_back(
        {{"quantity", response.quantity},
         {"name", both([&](const Texts& texts) { return response_name(response, source.record, texts); })},
         {"unit", unit},
         {"of_difference", unit == "percent" ? "points" : unit},
         {"best", kBest[static_cast<std::size_t>(response.best)]}});
  }
  return responses;
}

/// Of the points that are shown the level of each factor, or its number.
Json values_json(const StudySource& source) {
  Json values = Json::array();
  for (std::size_t f = 0; f < source.study.factors.size(); ++f) {
    const Factor& factor = source.study.factors[f];
    Tokens tokens;
    for (const PointResult& result : source.findings.shown) {
      tokens.add(factor.levels.empty() ? factor_digits(factor, source.design.point(result.point)[f])
                                       : std::to_string(source.design.level_at(result.point, f)));
    }
    values.push_back(std::move(tokens.text));
  }
  return values;
}

Json points_json(const StudySource& source) {
  const std::vector<PointResult>& shown = source.findings.shown;
  Json table{{"rows", shown.size()}, {"text", Json::object()}, {"estimate", Json::object()}};
  for (const PointResult& result : shown) table["text"]["failure"].push_back(result.failure);
  for (std::size_t i = 0; i < source.study.responses.size(); ++i) {
    table["estimate"]["r" + std::to_string(i)] = estimate_json(shown.size(), [&](std::size_t row) {
      const bool has = i < shown[row].responses.size();
      return print_response(source.study.responses[i],
                            has ? shown[row].responses[i].estimate : Estimate{kNan, kNan, 0});
    });
  }
  return table;
}

Json sensitivities_json(const StudySource& source) {
  Json rows = Json::array();
  for (const Sensitivity& one : source.findings.sensitivities) {
    const PrintedEstimate printed = print_sensitivity(source.study, one);
    Json entry{{"response", one.response},
               {"factor", one.factor},
               {"index", one.index},
               {"unit", printed.unit},
               {"rows", one.rows}};
    add_interval_of(printed, entry);
    rows.push_back(std::move(entry));
  }
  return rows;
}

/// The points in the order of preference, the best first.
Json best_json(const StudySource& source) {
  Json all = Json::array();
  for (const PrintedBest& best : printed_best(source)) {
    std::vector<const RankedPoint*> ranked;
    for (const RankedPoint& one : source.findings.best)
      if (one.response == best.response) ranked.push_back(&one);
    std::stable_sort(ranked.begin(), ranked.end(), [](const RankedPoint* a, const RankedPoint* b) {
      return a->contender.mean < b->contender.mean;
    });
    Json rows = Json::array();
    for (std::size_t i = 0; i < std::min(ranked.size(), kMostBestShown); ++i) {
      const PrintedContender printed = print_contender(source.study, *ranked[i]);
      const std::vector<Level> values = source.design.point(ranked[i]->point);
      Json entry{{"point", ranked[i]->point},
                 {"value", printed.value},
                 {"may", ranked[i]->contender.may_be_best},
                 {"at", Json::array()}};
      for (std::size_t f = 0; f < values.size(); ++f)
        entry["at"].push_back(factor_digits(source.study.factors[f], values[f]));
      add_interval_of(printed.behind, entry);
      rows.push_back(std::move(entry));
    }
    all.push_back({{"response", best.response},
                   {"compared", best.compared},
                   {"candidates", best.candidates},
                   {"rows", std::move(rows)}});
  }
  return all;
}

Json design_json(const Study& study) {
  Json design{{"kind", name_of(study.design)}};
  if (study.sample > 0) design["sample"] = study.sample;
  if (study.design == DesignKind::morris) design["grid"] = study.grid;
  if (!has_curves(study) && study.design != DesignKind::sobol) design["seed"] = study.design_seed;
  return design;
}

}  // namespace

std::string study_data(const StudySource& source) {
  const Study& study = source.study;
  const StudyFindings& findings = source.findings;
  const CurveAxes axes = curve_axes(study);
  Json failures = Json::array();
  for (const auto& [point, reason] : findings.failures) failures.push_back({point, reason});
  Json of_study{{"design", design_json(study)},
                {"curves", has_curves(study)},
                {"axes", {axes.over, axes.lines ? Json(*axes.lines) : Json()}},
                {"sets", study.sets},
                {"factors", factors_json(study)},
                {"responses", responses_json(source)},
                {"points", findings.points},
                {"failed", findings.failed},
                {"failures", std::move(failures)},
                {"values", values_json(source)},
                {"sensitivities", sensitivities_json(source)},
                {"best", best_json(source)}};
  const StudyRecord& record = source.record;
  if (record.precision.empty())
    of_study["replications"] = record.replications;
  else
    of_study["precision"] = record.precision;
  const Json data{{"run",
                   {{"title", study.title},
                    {"version", record.version},
                    {"judged", Json::object()},
                    {"notices", {{"fa", Json::array()}, {"en", Json::array()}}},
                    {"migrations", Json::array()}}},
                  {"names", {{"counties", Json::object()}, {"agencies", Json::object()}}},
                  {"tables", {{"points", points_json(source)}}},
                  {"study", std::move(of_study)},
                  {"map", nullptr},
                  {"office_week", nullptr},
                  {"county_week", nullptr},
                  {"texts", texts_json(PageOf::study)}};
  return data.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pishkhan::page
