#include "tools/report/placement_tables.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tools/report/columns.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;

struct Line {
  const PlacementResult& result;
  const std::vector<std::string_view>& ids;
  const StationPlacement& station;
  const SeenClerks* seen;  ///< of the curve
};

ColumnList<Line> identity() {
  ColumnList<Line> list;
  list.add_identity("station", "Office or counter; or bare station.",
                    [](const Line& line) { return line.ids[line.station.station.index()]; });
  return list;
}

constexpr std::string_view kAlone =
    "exactly: as `run` decides the station; alone: systems that stations share are taken as if no other "
    "station used them.";

}  // namespace

Table make_placement_table(const Scenario& scenario, const PlacementResult& result) {
  ColumnList<Line> list = identity();
  list.add_attribute("pool", "The stations among which its clerks were shared out, of `placement_pools`.",
                     [](const Line& line) { return line.result.pools[line.station.pool].id; });
  list.add(K::count, "clerks_now", "clerks", "As the scenario says, over all groups.",
           [](const Line& line) { return line.station.clerks_now; });
  list.add(K::count, "clerks_placed", "clerks",
           "With which citizens wait the least, all stations of the pool together.",
           [](const Line& line) { return line.station.clerks_placed; });
  list.add_estimate({"saved_h", "person-hours", K::ratio,
                     "Waiting that the placed clerks save over the counted days, paired by replication, in "
                     "replications that the search did not see; a visit without service counted as "
                     "`--unserved` beside its wait. Empty where the clerks stay, or no replication differs.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const Line& line) { return line.station.saved_h; });
  list.add_estimate({"wait_now_h", "person-hours", K::count,
                     "Waiting of all who joined over the counted days, with the clerks that it has, in those "
                     "replications. Empty where the clerks stay.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const Line& line) { return line.station.wait_now_h; });
  list.add_estimate({"wait_placed_h", "person-hours", K::count, "The same with the placed clerks.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const Line& line) { return line.station.wait_placed_h; });
  list.add_estimate({"unserved_now", "visits", K::count,
                     "Visits without service over the counted days: balked, left, sent away or failed.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const Line& line) { return line.station.unserved_now; });
  list.add_estimate({"unserved_placed", "visits", K::count, "The same with the placed clerks.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const Line& line) { return line.station.unserved_placed; });
  list.add(K::ratio, "saved_in_search_h", "person-hours",
           "What the search expected: more than is true, as it chose the stations where it was much.",
           [](const Line& line) { return line.station.saved_in_search_h; });
  list.add_attribute("taken", std::string(kAlone),
                     [](const Line& line) { return line.result.stations_alone ? "alone" : "exactly"; });
  TableOf<Line> table("placement",
                      "Where clerks save the most waiting: clerks by station, of `staff --budget`.",
                      std::move(list), scenario.evidence);
  const std::vector<std::string_view> ids = station_ids(scenario);
  for (const StationPlacement& station : result.stations) table.add({result, ids, station, nullptr});
  return table.take();
}

Table make_placement_curve_table(const Scenario& scenario, const PlacementResult& result) {
  ColumnList<Line> list = identity();
  list.add(ColumnKind::identity, "clerks", "clerks", "All together.",
           [](const Line& line) { return line.seen->clerks; });
  list.add(K::count, "wait_h", "person-hours",
           "Waiting of all who joined over the counted days, in the mean of the search's citizens, who are "
           "the same for all numbers of clerks.",
           [](const Line& line) { return line.seen->wait_h; });
  list.add(K::count, "unserved", "visits", "Visits without service of the same citizens.",
           [](const Line& line) { return line.seen->unserved; });
  list.add_attribute("placed", "yes for the number that was chosen; else no.", [](const Line& line) {
    return line.seen->clerks == line.station.clerks_placed ? "yes" : "no";
  });
  TableOf<Line> table("placement_curve",
                      "What the search for `placement` saw of each number of clerks that it tried.",
                      std::move(list), scenario.evidence);
  const std::vector<std::string_view> ids = station_ids(scenario);
  for (const StationPlacement& station : result.stations)
    for (const SeenClerks& seen : station.curve) table.add({result, ids, station, &seen});
  return table.take();
}

Table make_placement_pools_table(const Scenario& scenario, const PlacementResult& result) {
  ColumnList<PlacementPool> list;
  list.add_identity("pool", "An agency, of its counters; offices; stations, of bare ones; or all.",
                    [](const PlacementPool& pool) { return pool.id; });
  list.add(K::count, "stations", "stations", "That may get or give clerks.",
           [](const PlacementPool& pool) { return pool.stations; });
  list.add(K::count, "saved_in_search_h", "person-hours",
           "Of the search's citizens, against the clerks that stations have.",
           [](const PlacementPool& pool) { return pool.saved_in_search_h; });
  list.add_attribute(
      "guarantee",
      "best: of all ways to share out as many clerks, none saves more of the search's citizens' waiting "
      "(dynamic programming over the curves, and a bound for numbers of clerks that were not tried).",
      [](const PlacementPool&) { return "best"; });
  list.add(K::count, "gap_h", "person-hours",
           "What could be saved beyond, if clerks could be shared out in parts (the bound by the price of a "
           "clerk); 0 where the curves are convex.",
           [](const PlacementPool& pool) { return pool.gap_h; });
  TableOf<PlacementPool> table("placement_pools", "Among whom the clerks of `placement` were shared out.",
                               std::move(list), scenario.evidence);
  for (const PlacementPool& pool : result.pools) table.add(pool);
  return table.take();
}

Table make_placement_budget_table(const Scenario& scenario, const PlacementResult& result) {
  struct Budget {
    int clerks;
    double saved_h;
  };
  ColumnList<Budget> list;
  list.add(ColumnKind::identity, "clerks", "clerks",
           "In all, against those that the scenario has; below 0 fewer.",
           [](const Budget& budget) { return budget.clerks; });
  list.add(K::ratio, "saved_in_search_h", "person-hours",
           "The most that so many save of the search's citizens' waiting over the counted days, a visit "
           "without service counted as `--unserved` beside its wait.",
           [](const Budget& budget) { return budget.saved_h; });
  TableOf<Budget> table(
      "placement_budget",
      "What each number of clerks saves at most in the search, up to the budget; with one pool.",
      std::move(list), scenario.evidence);
  for (std::size_t k = 0; k < result.saved_by_clerks_h.size(); ++k)
    table.add({result.fewest_clerks + static_cast<int>(k), result.saved_by_clerks_h[k]});
  return table.take();
}

std::vector<TableHeader> placement_headers() {
  Scenario scenario;
  scenario.province.emplace();
  return headers_of({make_placement_table(scenario, {}), make_placement_curve_table(scenario, {}),
                     make_placement_pools_table(scenario, {}), make_placement_budget_table(scenario, {})});
}

}  // namespace pishkhan
