#include "tools/report/staffing_frontier.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <queue>
#include <string_view>
#include <utility>

#include "tools/report/assumption_tables.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/freed_hours_table.hpp"
#include "tools/report/staffing_tables.hpp"

namespace pishkhan {
namespace {

/// What a station has with a number of clerks.
struct Option {
  int clerks = 0;
  double visits = 0, in_time = 0, wait_s = 0;
};

/// Gained visits in time a clerk.
double slope(const Option& from, const Option& to) {
  return (to.in_time - from.in_time) / (to.clerks - from.clerks);
}

/// The options on the upper convex hull of visits in time over clerks, as far as it rises.
std::vector<Option> hull_of(const StationStaffing& station) {
  std::map<int, Option> best;  // several staffings of groups may have as many clerks
  for (const SeenStaffing& seen : station.curve) {
    if (!std::isfinite(seen.service_level.mean) || !std::isfinite(seen.wait_s.mean)) continue;
    const Option option{clerks_of(seen.set.staffing), seen.visits, seen.visits * seen.service_level.mean,
                        seen.visits * seen.wait_s.mean};
    const auto [at, is_new] = best.emplace(option.clerks, option);
    if (!is_new && at->second.in_time < option.in_time) at->second = option;
  }
  std::vector<Option> hull;
  for (const auto& [clerks, option] : best) {
    while (hull.size() > 1 && slope(hull[hull.size() - 2], hull.back()) <= slope(hull.back(), option))
      hull.pop_back();
    if (hull.empty() || option.in_time > hull.back().in_time) hull.push_back(option);
  }
  return hull;
}

/// The next step of a station; the one that gains most a clerk first.
struct Next {
  double gain;
  std::size_t station;  ///< index in the hulls
  std::size_t to;       ///< index in its hull

  bool operator<(const Next& other) const {
    return gain != other.gain ? gain < other.gain : station > other.station;
  }
};

void exchange(FrontierStep& sum, const Option& before, const Option& after) {
  sum.clerks += after.clerks - before.clerks;
  sum.visits += after.visits - before.visits;
  sum.in_time += after.in_time - before.in_time;
  sum.wait_s += after.wait_s - before.wait_s;
}

}  // namespace

std::vector<FrontierStep> staffing_frontier(const StaffingResult& result) {
  std::vector<std::vector<Option>> hulls;
  std::vector<std::size_t> stations;
  std::priority_queue<Next> next;
  FrontierStep sum;
  if (result.by != StaffBy::station) return {};  // sums over hours are no clerks
  for (std::size_t s = 0; s < result.stations.size(); ++s) {
    std::vector<Option> hull = hull_of(result.stations[s]);
    if (hull.empty()) continue;
    exchange(sum, {}, hull.front());
    if (hull.size() > 1) next.push({slope(hull[0], hull[1]), hulls.size(), 1});
    hulls.push_back(std::move(hull));
    stations.push_back(result.stations[s].station.index());
  }
  if (sum.visits <= 0) return {};
  std::vector<FrontierStep> steps{sum};
  while (!next.empty()) {
    const auto [gain, k, to] = next.top();
    next.pop();
    const std::vector<Option>& hull = hulls[k];
    exchange(sum, hull[to - 1], hull[to]);
    sum.station = stations[k];
    sum.station_clerks = hull[to].clerks;
    steps.push_back(sum);
    if (to + 1 < hull.size()) next.push({slope(hull[to], hull[to + 1]), k, to + 1});
  }
  return steps;
}

Table make_staffing_frontier_table(const Scenario& scenario, const StaffingResult& result) {
  struct Line {
    std::size_t number;
    const FrontierStep& step;
    std::string_view station;
  };
  using K = ColumnKind;
  ColumnList<Line> list;
  list.add(K::identity, "step", "", "0 is the fewest clerks that the search tried at every station.",
           [](const Line& line) { return line.number; });
  list.add(K::count, "clerks", "clerks", "Of all stations that have a staffing_curve.",
           [](const Line& line) { return line.step.clerks; });
  list.add_attribute("station", "The one whose number of clerks this step raises; of step 0 none.",
                     [](const Line& line) { return line.station; });
  list.add(K::attribute, "station_clerks", "clerks", "Its number of clerks from this step on.",
           [](const Line& line) {
             return line.number == 0 ? std::nullopt : std::optional(line.step.station_clerks);
           });
  list.add(K::share, "service_level", "share",
           "Of all who joined at these stations: started within the scenario's service level time. Seen in "
           "the search, without an interval, and no proof.",
           [](const Line& line) { return line.step.share(); });
  list.add(K::mean, "wait_joined_s", "s", "Mean wait of them, until they start or leave; likewise.",
           [](const Line& line) { return line.step.wait_s / line.step.visits; });
  TableOf<Line> table(
      "staffing_frontier",
      "How far clerks go: each step's clerk goes to the station where it brings the most "
      "visits in time, of the numbers of clerks that the search tried (staffing_curve). Empty with "
      "`--by`.",
      std::move(list), scenario.evidence);
  const std::vector<std::string_view> ids = station_ids(scenario);
  const std::vector<FrontierStep> steps = staffing_frontier(result);
  for (std::size_t k = 0; k < steps.size(); ++k)
    table.add({k, steps[k], k == 0 ? std::string_view() : ids[steps[k].station]});
  return table.take();
}

std::vector<TableHeader> staffing_headers() {
  Scenario scenario;
  scenario.province.emplace();
  return headers_of({make_staffing_table(scenario, {}), make_staffing_curve_table(scenario, {}),
                     make_staffing_frontier_table(scenario, {}), make_assumptions_table(scenario, {}, {}),
                     make_assumption_points_table(scenario, {}), make_assumption_factors_table(scenario, {}),
                     make_freed_hours_table(scenario, {})});
}

}  // namespace pishkhan
