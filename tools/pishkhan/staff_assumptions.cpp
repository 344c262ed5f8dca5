#include "tools/pishkhan/staff_assumptions.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/text.hpp"

namespace pishkhan {
namespace {

int points_of(const StaffOptions& options, const Scenario& scenario) {
  const bool usual = options.by == "station" && !scenario.assumed_ranges.empty();
  return options.assumptions.value_or(usual ? kUsualAssumptionPoints : 0);
}

/// Of a list that is not empty; of two in the middle the lower.
std::size_t median_of(std::vector<std::size_t> list) {
  std::sort(list.begin(), list.end());
  return list[(list.size() - 1) / 2];
}

}  // namespace

void expect_assumptions(const StaffOptions& options, const Scenario& scenario) {
  const int points = points_of(options, scenario);
  std::vector<Diagnostic> mistakes;
  if (options.by != "station" && (points > 0 || options.robust)) {
    mistakes.push_back({points > 0 ? "--assumptions" : "--robust", 0, 0, "",
                        "sets of assumptions with `--by " + options.by + "`, where no verdict is repeated",
                        "leave one of the two out: they go with one number of clerks for each station"});
    throw UserError(std::move(mistakes));
  }
  if (points > 0 && scenario.assumed_ranges.empty()) {
    mistakes.push_back({"--assumptions", 0, 0, "", "sets of assumptions of a scenario without ranges",
                        "give its assumed numbers `low` and `high` in its table of evidence"});
  }
  if (points == 0 && options.robust) {
    mistakes.push_back({"--robust", 0, 0, "", "a staffing for a share of no sets of assumptions",
                        scenario.assumed_ranges.empty()
                            ? "give the assumed numbers `low` and `high` in the table of evidence"
                            : "leave `--assumptions 0` out"});
  }
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
}

std::optional<StaffingUnderAssumptions> repeat_under_assumptions(const StaffOptions& options,
                                                                 const Scenario& scenario,
                                                                 const StaffingResult& result,
                                                                 const std::function<bool()>& stop) {
  const int points = points_of(options, scenario);
  if (points == 0) return std::nullopt;
  AssumptionOptions how;
  how.threads = options.threads;
  how.points = static_cast<std::size_t>(points);
  how.robust = options.robust;
  how.stop = stop;
  return staff_under_assumptions(scenario, result, how);
}

StaffingResult robust_staffing(const StaffingResult& result, const StaffingUnderAssumptions& under) {
  StaffingResult robust = result;
  for (const StationUnderAssumptions& station : under.stations) {
    if (!station.robust) continue;
    StationStaffing& staffing = robust.stations[station.station.index()];
    staffing.clerks_needed = *station.robust;
    staffing.staffing = {*station.robust};
  }
  return robust;
}

std::string met_at_text(const Texts& texts, const StaffingResult& result,
                        const StaffingUnderAssumptions& under, StaffingProof proof) {
  std::vector<std::size_t> met;
  std::size_t points = 0;
  for (const StationUnderAssumptions& station : under.stations) {
    if (result.stations[station.station.index()].proof != proof || station.points == 0) continue;
    met.push_back(station.met);
    points = std::max(points, station.points);
  }
  if (met.empty()) return {};
  const auto number = [&](std::size_t count) { return grouped(texts, static_cast<double>(count)); };
  const auto [least, most] = std::minmax_element(met.begin(), met.end());
  if (*least == *most)
    return texts.fill("terminal.staff.met_at_all", {{"met", number(*least)}, {"n", number(points)}}) + '\n';
  return texts.fill("terminal.staff.met_at", {{"met", number(median_of(met))},
                                              {"n", number(points)},
                                              {"least", number(*least)},
                                              {"most", number(*most)}}) +
         '\n';
}

std::string assumptions_text(const Texts& texts, const StaffingUnderAssumptions& under) {
  std::vector<std::size_t> met, clerks;
  std::size_t stations = 0, all_met = 0;
  for (const StaffingAtPoint& point : under.points) {
    met.push_back(point.met);
    clerks.push_back(point.clerks);
    stations = std::max(stations, point.stations);
    all_met += point.met == point.stations;
  }
  const auto number = [&](std::size_t count) { return grouped(texts, static_cast<double>(count)); };
  const auto least = [](const std::vector<std::size_t>& list) {
    return *std::min_element(list.begin(), list.end());
  };
  return texts.fill("terminal.staff.assumptions",
                    {{"n", number(under.points.size())},
                     {"ranges", number(under.drawn.ranges.size())},
                     {"all", number(all_met)},
                     {"middle", number(median_of(met))},
                     {"worst", number(least(met))},
                     {"stations", number(stations)},
                     {"low", number(least(clerks))},
                     {"median", number(median_of(clerks))},
                     {"high", number(*std::max_element(clerks.begin(), clerks.end()))}}) +
         '\n';
}

nlohmann::ordered_json assumptions_json(const StaffingUnderAssumptions& under) {
  nlohmann::ordered_json json{{"points", under.points.size()}, {"ranges", under.drawn.ranges.size()}};
  for (const StaffingAtPoint& point : under.points) {
    json["stations"].push_back(point.stations);
    json["met"].push_back(point.met);
    json["clerks"].push_back(point.clerks);
  }
  return json;
}

std::string robust_text(const Texts& texts, const StaffingResult& result,
                        const StaffingUnderAssumptions& under, const std::string& file) {
  const auto number = [&](double count) { return grouped(texts, count); };
  double clerks = 0, none = 0;
  const StaffingResult robust = robust_staffing(result, under);
  for (const StationStaffing& station : robust.stations) clerks += station.clerks_needed;
  for (const StationUnderAssumptions& station : under.stations) none += station.points > 0 && !station.robust;
  const double percent_of_points = *under.robust * 100;
  const int decimals = percent_of_points == std::floor(percent_of_points) ? 0 : 1;
  std::string text =
      texts.fill("terminal.staff.robust", {{"share", grouped(texts, percent_of_points, decimals)},
                                           {"clerks", number(clerks)},
                                           {"file", file}}) +
      '\n';
  if (none > 0) text += texts.fill("terminal.staff.not_robust", {{"n", number(none)}}) + '\n';
  return text;
}

}  // namespace pishkhan
