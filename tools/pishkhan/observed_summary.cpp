#include "tools/pishkhan/observed_summary.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "tools/pishkhan/text.hpp"
#include "tools/report/observed.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kStationsShown = 10;
constexpr int kDecimals = 2;

std::string whole(const Texts& texts, std::size_t count) {
  return grouped(texts, static_cast<double>(count));
}

std::string count_text(const Texts& texts, const OutsideCount& count) {
  std::string key = "observed.count_alone";
  if (count.at_most) key = count.can_tell() ? "observed.count" : "observed.count_few";
  return texts.at("terminal.observed.title") + ' ' +
         texts.fill(key, {{"compared", whole(texts, count.compared)},
                          {"outside", whole(texts, count.outside)},
                          {"chance", grouped(texts, count.by_chance.value_or(0), 1)},
                          {"most", grouped(texts, count.at_most.value_or(0))}});
}

std::string stations_text(const Texts& texts, const Results& results, const std::vector<ObservedRow>& rows) {
  std::vector<OutsideOfStation> stations = outside_by_station(results.scenario, rows);
  std::erase_if(stations, [](const OutsideOfStation& one) { return one.outside == 0; });
  if (stations.empty()) return "";
  stations.resize(std::min(stations.size(), kStationsShown));
  const std::vector<std::string_view> ids = station_ids(results.scenario);
  TextTable table(texts, {"<station", ">compared", ">outside"});
  for (const OutsideOfStation& one : stations)
    table.add({std::string(ids[one.station]), whole(texts, one.compared), whole(texts, one.outside)});
  return texts.at("terminal.observed.stations") + '\n' + table.text();
}

/// `1.193 (1.150 to 1.240)`.
std::string value_text(const Texts& texts, const FactorFit& fit) {
  if (fit.state != FitState::found) return "-";
  return with_interval(texts, fit.value, kDecimals);
}

/// What there is to say of one factor beside the table; empty: nothing.
std::string fit_sentence(const Texts& texts, const FactorFit& fit) {
  const std::string factor(to_string(fit.factor));
  if (fit.is_best) return texts.fill("observed.best." + factor, {{"value", value_text(texts, fit)}}) + '\n';
  if (fit.state == FitState::own || fit.state == FitState::found) return "";
  const auto [least, most] = range_of(fit.factor);
  return texts.fill("observed.fit." + factor + '.' + std::string(to_string(fit.state)),
                    {{"least", grouped(texts, least, kDecimals)}, {"most", grouped(texts, most)}}) +
         '\n';
}

std::string fits_text(const Texts& texts, const Results& results) {
  TextTable table(texts, {"<fitted", ">fitted_value", ">misfit", ">outside"});
  std::string sentences;
  for (const FactorFit& fit : results.fits) {
    const bool is_known = fit.state == FitState::own || fit.state == FitState::found;
    table.add({texts.at("observed.factor." + std::string(to_string(fit.factor))), value_text(texts, fit),
               std::isfinite(fit.misfit) ? grouped(texts, fit.misfit, kDecimals) : "-",
               is_known ? whole(texts, fit.outside) : "-"});
    sentences += fit_sentence(texts, fit);
  }
  return texts.at("terminal.observed.fits") + '\n' + table.text() + sentences;
}

}  // namespace

std::string observed_text(const Texts& texts, const Results& results) {
  if (results.scenario.observations.empty()) return "";
  const std::vector<ObservedRow> rows = compare_observed(results.scenario, results.trials);
  const OutsideCount count = count_outside(rows);
  const std::string title = texts.at("terminal.observed.title");
  if (count.compared == 0) return '\n' + title + ' ' + texts.at("observed.nothing") + '\n';
  std::string text = '\n' + count_text(texts, count) + '\n';
  if (results.scenario.run.inputs == RunInputs::sampled) text += texts.at("observed.sampled") + '\n';
  text += stations_text(texts, results, rows);
  if (!results.fits.empty()) text += fits_text(texts, results);
  return text;
}

nlohmann::ordered_json observed_json(const Results& results) {
  if (results.scenario.observations.empty()) return nullptr;
  const std::vector<ObservedRow> rows = compare_observed(results.scenario, results.trials);
  const OutsideCount count = count_outside(rows);
  nlohmann::ordered_json json{
      {"observed", rows.size()}, {"compared", count.compared}, {"outside", count.outside}};
  json["outside_by_chance"] = count.by_chance ? nlohmann::ordered_json(*count.by_chance) : nullptr;
  json["outside_at_most"] = count.at_most ? nlohmann::ordered_json(*count.at_most) : nullptr;
  json["factors"] = nlohmann::ordered_json::array();
  for (const FactorFit& fit : results.fits) {
    nlohmann::ordered_json entry{{"factor", to_string(fit.factor)},
                                 {"state", to_string(fit.state)},
                                 {"value", interval_json(fit.value)},
                                 {"evidence", to_string(Evidence::measured)}};
    entry["misfit"] = std::isfinite(fit.misfit) ? nlohmann::ordered_json(fit.misfit) : nullptr;
    entry["outside"] = fit.outside;
    entry["is_better"] = fit.is_better;
    entry["is_best"] = fit.is_best;
    json["factors"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace pishkhan
