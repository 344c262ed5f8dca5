#include "tools/pishkhan/placement_summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <vector>

#include "sim/base/time.hpp"
#include "tools/pishkhan/staff_summary.hpp"
#include "tools/pishkhan/text.hpp"

namespace pishkhan {
namespace {

/// Stations whose clerks change to one side, those of the largest change first.
std::vector<const StationPlacement*> most_changed(const PlacementResult& result, bool more) {
  std::vector<const StationPlacement*> list;
  for (const StationPlacement& station : result.stations) {
    const int change = station.clerks_placed - station.clerks_now;
    if (change != 0 && (change > 0) == more) list.push_back(&station);
  }
  const auto change = [](const StationPlacement* station) {
    return std::abs(station->clerks_placed - station->clerks_now);
  };
  std::stable_sort(list.begin(), list.end(), [&](const StationPlacement* a, const StationPlacement* b) {
    return change(a) != change(b) ? change(a) > change(b) : a->saved_in_search_h > b->saved_in_search_h;
  });
  return list;
}

std::string stations_text(const Texts& texts, const PlacementReport& report,
                          const std::vector<const StationPlacement*>& list) {
  std::vector<ChangedStation> changed;
  for (const StationPlacement* one : list)
    changed.push_back({one->station, one->clerks_now, one->clerks_placed});
  return changed_stations_text(texts, report.scenario, changed);
}

/// What was placed, and what of the budget was not.
std::string placed_text(const Texts& texts, const PlacementReport& report, std::size_t stations) {
  const PlacementResult& result = report.result;
  const auto number = [&](double value) { return grouped(texts, value); };
  if (report.budget == 0) {
    return texts.fill("terminal.placement.moved",
                      {{"n", number(result.clerks_moved)},
                       {"stations", number(static_cast<double>(stations))},
                       {"pools", number(static_cast<double>(result.pools.size()))}}) +
           '\n';
  }
  std::string text = texts.fill(report.budget > 0 ? "terminal.placement.placed" : "terminal.placement.taken",
                                {{"n", number(std::abs(result.clerks_placed))},
                                 {"stations", number(static_cast<double>(stations))}}) +
                     '\n';
  const int left = report.budget - result.clerks_placed;
  if (left > 0) text += texts.fill("terminal.placement.left", {{"n", number(left)}}) + '\n';
  return text;
}

/// What the fresh replications say.
std::string saved_text(const Texts& texts, const PlacementReport& report) {
  const PlacementResult& result = report.result;
  const auto text_of = [&](const Estimate& estimate) {
    return with_interval(texts, estimate, 1, 1.0 / std::max(result.working_days, 1));
  };
  std::string text =
      texts.fill("terminal.placement.wait",
                 {{"now", text_of(result.wait_now_h)}, {"placed", text_of(result.wait_placed_h)}}) +
      '\n' +
      texts.fill("terminal.placement.unserved",
                 {{"now", text_of(result.unserved_now)}, {"placed", text_of(result.unserved_placed)}}) +
      '\n';
  const double share = result.wait_now_h.mean > 0 ? result.saved_h.mean : kNan;
  if (!std::isfinite(share)) return text + texts.at("terminal.placement.same") + '\n';
  const char* verdict = result.saved_h.low > 0    ? "terminal.placement.saves"
                        : result.saved_h.high < 0 ? "terminal.placement.costs"
                                                  : "terminal.placement.open";
  const bool loses = result.saved_h.high < 0;
  Estimate saved = result.saved_h;
  if (loses) {
    saved.mean = -result.saved_h.mean;
    saved.low = -result.saved_h.high;
    saved.high = -result.saved_h.low;
  }
  return text +
         texts.fill(
             verdict,
             {{"saved", text_of(saved)},
              {"minutes", grouped(texts, report.unserved_s / kSecondsPerMinute)},
              {"search",
               grouped(texts, (loses ? -1 : 1) * result.saved_in_search_h / std::max(result.working_days, 1),
                       1)}}) +
         '\n';
}

}  // namespace

std::string placement_findings(const Texts& texts, const PlacementReport& report) {
  const PlacementResult& result = report.result;
  const auto number = [&](double value) { return grouped(texts, value); };
  const auto more = most_changed(result, true), fewer = most_changed(result, false);
  const std::size_t changed = more.size() + fewer.size();
  std::string text =
      texts.fill("terminal.placement.what", {{"title", report.scenario.title},
                                             {"search", number(result.search_replications)},
                                             {"replications", number(result.proof_replications)},
                                             {"seed", std::to_string(result.proof_seed)}}) +
      '\n' + placed_text(texts, report, changed);
  if (changed > 0) text += saved_text(texts, report);
  text += texts.at("terminal.placement.best") + '\n';
  if (result.left_alone > 0) {
    const double left = static_cast<double>(result.left_alone);
    text += texts.fill("terminal.placement.left_alone", {{"n", number(left)}}) + '\n';
  }
  if (!more.empty())
    text += texts.fill("terminal.staff.more", {{"stations", stations_text(texts, report, more)}}) + '\n';
  if (!fewer.empty())
    text += texts.fill("terminal.staff.fewer", {{"stations", stations_text(texts, report, fewer)}}) + '\n';
  if (result.stations_alone) text += texts.at("terminal.staff.alone") + '\n';
  if (report.scenario.evidence == Evidence::assumed) text += texts.at("terminal.placement.assumed") + '\n';
  return text;
}

std::string placement_summary(const Texts& texts, const PlacementReport& report) {
  return placement_findings(texts, report) +
         texts.fill("terminal.staff.scenario", {{"file", (report.out / report.staffed).string()}}) + '\n' +
         texts.fill("terminal.compare.tables", {{"folder", report.out.string()}}) + '\n';
}

std::string placement_json(const PlacementReport& report) {
  const PlacementResult& result = report.result;
  nlohmann::ordered_json json = json_of_command("staff");
  json["scenario"] = report.scenario.name;
  json["folder"] = report.out.generic_string();
  json["staffed"] = report.staffed;
  json["proof_seed"] = result.proof_seed;
  json["proof_replications"] = result.proof_replications;
  json["stations_alone"] = result.stations_alone;
  json["budget"] = report.budget;
  json["clerks_placed"] = result.clerks_placed;
  json["clerks_moved"] = result.clerks_moved;
  json["unserved_s"] = report.unserved_s;
  json["working_days"] = result.working_days;
  json["saved_h"] = interval_json(result.saved_h);
  json["wait_now_h"] = interval_json(result.wait_now_h);
  json["wait_placed_h"] = interval_json(result.wait_placed_h);
  json["unserved_now"] = interval_json(result.unserved_now);
  json["unserved_placed"] = interval_json(result.unserved_placed);
  json["saved_in_search_h"] = result.saved_in_search_h;
  return json_line(json);
}

}  // namespace pishkhan
