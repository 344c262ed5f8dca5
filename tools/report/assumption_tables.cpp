#include "tools/report/assumption_tables.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/report/columns.hpp"

namespace pishkhan {
namespace {

struct StationLine {
  const std::vector<std::string_view>& ids;
  const StationUnderAssumptions& station;
  int clerks_needed;
};

struct PointLine {
  std::size_t number;
  const StaffingAtPoint& point;
};

struct FactorLine {
  std::size_t point;
  const AssumedRange& range;
  double factor;
};

std::optional<double> share_of_points(std::size_t part, std::size_t whole) {
  return whole == 0 ? std::nullopt : std::optional(static_cast<double>(part) / static_cast<double>(whole));
}

}  // namespace

Table make_assumptions_table(const Scenario& scenario, const StaffingResult& result,
                             const StaffingUnderAssumptions& under) {
  ColumnList<StationLine> list;
  const ColumnKind count = ColumnKind::count;
  list.add_identity("station", "Office or counter.",
                    [](const StationLine& line) { return line.ids[line.station.station.index()]; });
  list.add(count, "clerks_needed", "clerks", "As in `staffing`: with the scenario's own numbers.",
           [](const StationLine& line) { return line.clerks_needed; });
  list.add(count, "points", "sets",
           "Sets of assumptions at which the targets count a visit of the station; 0 where no clerks can be "
           "chosen, or nobody comes.",
           [](const StationLine& line) { return line.station.points; });
  list.add(
      count, "met", "sets",
      "Of them, those at which the clerks needed keep all targets: every share reaches its goal there, on "
      "citizens that are the same at all points.",
      [](const StationLine& line) { return line.station.met; });
  list.add(ColumnKind::ratio, "met_share", "share",
           "met / points. It is of these points and not of the world: how likely which assumption is, nobody "
           "knows.",
           [](const StationLine& line) { return share_of_points(line.station.met, line.station.points); });
  list.add(count, "clerks_low", "clerks",
           "The fewest clerks found that keep all targets: the least over the points.",
           [](const StationLine& line) { return line.station.low; });
  list.add(count, "clerks_middle", "clerks",
           "The same, the median (of two the lower). Empty: at as many points no number of clerks does.",
           [](const StationLine& line) { return line.station.middle; });
  list.add(count, "clerks_high", "clerks",
           "The same, the greatest. Empty: at a point no number of clerks does.",
           [](const StationLine& line) { return line.station.high; });
  list.add(count, "unattainable", "sets",
           "Points at which not even a clerk for every citizen of the busiest day keeps the targets.",
           [](const StationLine& line) { return line.station.unattainable; });
  list.add(
      count, "clerks_robust", "clerks",
      "The fewest found that keep all targets at the share of points asked for by `--robust`, and not fewer "
      "than clerks_needed; tried at every point. Empty: not asked for, or none was found.",
      [](const StationLine& line) { return line.station.robust; });
  list.add(count, "robust_met", "sets", "Points at which they do.", [](const StationLine& line) {
    return line.station.robust ? std::optional(line.station.robust_met) : std::nullopt;
  });
  TableOf<StationLine> table("assumptions",
                             "The verdict of `staffing` repeated on sets of assumptions, drawn from the "
                             "ranges of the assumed numbers.",
                             std::move(list), scenario.evidence);
  const std::vector<std::string_view> ids = station_ids(scenario);
  for (const StationUnderAssumptions& station : under.stations)
    table.add({ids, station, result.stations[station.station.index()].clerks_needed});
  return table.take();
}

Table make_assumption_points_table(const Scenario& scenario, const StaffingUnderAssumptions& under) {
  ColumnList<PointLine> list;
  const ColumnKind count = ColumnKind::count;
  list.add_identity("point", "Number of the set of assumptions, from 0.",
                    [](const PointLine& line) { return line.number; });
  list.add(count, "stations", "stations", "Of which the targets count a visit there.",
           [](const PointLine& line) { return line.point.stations; });
  list.add(count, "met", "stations",
           "Of them, those whose clerks needed, as in `staffing`, keep all targets.",
           [](const PointLine& line) { return line.point.met; });
  list.add(ColumnKind::ratio, "met_share", "share", "met / stations.",
           [](const PointLine& line) { return share_of_points(line.point.met, line.point.stations); });
  list.add(count, "unattainable", "stations", "Those where no number of clerks does.",
           [](const PointLine& line) { return line.point.unattainable; });
  list.add(count, "clerks", "clerks", "The fewest found that keep all targets, over all other stations.",
           [](const PointLine& line) { return line.point.clerks; });
  TableOf<PointLine> table("assumption_points", "The sets of assumptions of `assumptions`, one by one.",
                           std::move(list), scenario.evidence);
  for (std::size_t p = 0; p < under.points.size(); ++p) table.add({p, under.points[p]});
  return table.take();
}

Table make_assumption_factors_table(const Scenario& scenario, const StaffingUnderAssumptions& under) {
  ColumnList<FactorLine> list;
  list.add_identity("point", "Number of the set of assumptions, from 0.",
                    [](const FactorLine& line) { return line.point; });
  list.add_identity("file", "As in evidence.csv.", [](const FactorLine& line) { return line.range.file; });
  list.add_identity("column", "Column of the table, or dotted key of the scenario.",
                    [](const FactorLine& line) { return line.range.column; });
  list.add(ColumnKind::ratio, "factor", "",
           "What its numbers are multiplied by, as the README of the province's tables says; from a Latin "
           "hypercube over low to high.",
           [](const FactorLine& line) { return line.factor; });
  TableOf<FactorLine> table("assumption_factors", "The values of the sets of assumptions.", std::move(list),
                            scenario.evidence);
  for (std::size_t p = 0; p < under.drawn.factors.size(); ++p) {
    for (std::size_t k = 0; k < under.drawn.ranges.size(); ++k)
      table.add({p, under.drawn.ranges[k], under.drawn.factors[p][k]});
  }
  return table.take();
}

}  // namespace pishkhan
