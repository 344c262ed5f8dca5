#include "tools/report/differences_table.hpp"

#include <algorithm>
#include <utility>

#include "tools/report/columns.hpp"
#include "tools/report/paired_cells.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;

/// Adds the quantities of a cell, all or none.
class DifferenceFinder {
 public:
  DifferenceFinder(const std::string& run, std::vector<Difference>& found) : run_(run), found_(found) {}

  template <class T, class Tally>
  void add(std::span<const Measure<T>> measures, const PairedCell<Tally>& cell) {
    for (const Measure<T>& measure : measures) {
      if (!has_series(measure)) continue;
      const Series a = series_of(measure, cell.a), b = series_of(measure, cell.b);
      differs_ = differs_ || a != b;
      of_cell_.push_back({&run_, cell.key, measure.name, measure.unit, {}});
      series_.emplace_back(a, b);
    }
  }
  void end_cell() {
    for (std::size_t i = 0; differs_ && i < of_cell_.size(); ++i) {
      of_cell_[i].paired = estimate_paired(series_[i].first, series_[i].second);
      found_.push_back(std::move(of_cell_[i]));
    }
    differs_ = false;
    of_cell_.clear();
    series_.clear();
  }

 private:
  const std::string& run_;
  std::vector<Difference>& found_;
  bool differs_ = false;
  std::vector<Difference> of_cell_;
  std::vector<std::pair<Series, Series>> series_;
};

}  // namespace

std::vector<Difference> find_differences(const ComparedRun& a, const ComparedRun& b) {
  std::vector<Difference> found;
  DifferenceFinder finder(b.name, found);
  for_each_pair(a.cells.visits, b.cells.visits, [&](const PairedCell<VisitTally>& cell) {
    // What stations of a channel do all together is told below, with what their clerks do.
    const bool of_stations = cell.key.level == "all" && cell.key.period == "whole";
    if (of_stations && cell.key.channel == "all") return;
    finder.add(visit_measures(), cell);
    if (!of_stations && cell.key.channel != "online") finder.add(queue_measures(), cell);
    finder.end_cell();
  });
  for_each_pair(a.cells.stations, b.cells.stations, [&](const PairedCell<StationTally>& cell) {
    // Visits to the stations of a channel are told above.
    const bool told = cell.key.level == "all" && cell.key.channel != "all";
    if (!told) finder.add(visit_measures(), cell);
    finder.add(queue_measures(), cell);
    finder.add(staff_measures(), cell);
    finder.end_cell();
  });
  for_each_pair(a.cells.citizens, b.cells.citizens, [&](const PairedCell<CitizenTally>& cell) {
    finder.add(citizen_measures(), cell);
    finder.end_cell();
  });
  for_each_pair(a.cells.travel, b.cells.travel, [&](const PairedCell<TravelTally>& cell) {
    finder.add(travel_measures().subspan(1), cell);  // but for the visits, which are told above
    finder.end_cell();
  });
  const bool both_have_money = !a.cells.money.keys.empty() && !b.cells.money.keys.empty();
  if (!both_have_money) return found;
  for_each_pair(a.cells.money, b.cells.money, [&](const PairedCell<MoneyTally>& cell) {
    if (cell.key.level == "all") {
      finder.add(tariff_measures().subspan(1), cell);         // but for the visits,
      finder.add(citizen_money_measures().subspan(1), cell);  // and the hours of travel, which are told above
      finder.add(total_measures(), cell);
    }
    finder.add(income_measures(), cell);
    finder.add(expense_measures(), cell);
    finder.add(balance_measures(), cell);
    finder.end_cell();
  });
  return found;
}

Evidence weakest_evidence(const ComparedRun& first, std::span<const ComparedRun> others) {
  Evidence weakest = first.scenario.evidence;
  for (const ComparedRun& other : others) weakest = std::max(weakest, other.scenario.evidence);
  return weakest;
}

Table make_differences_table(const ComparedRun& first, std::span<const ComparedRun> others) {
  ColumnList<Difference> list;
  list.add_identity("run", "The run that is compared with the first, `a`.",
                    [](const Difference& one) { return *one.run; });
  list.add_identity("level",
                    "all, county, agency, service, office or counter; of bare stations all, station or "
                    "stream.",
                    [](const Difference& one) { return one.key.level; });
  list.add_identity("id", "Of the county, agency, service or station; `station/stream`; or all.",
                    [](const Difference& one) { return one.key.id; });
  list.add_identity("channel",
                    "traditional, office or online: that of the station, or of citizens and trips the one "
                    "they chose first; all: all stations, or all citizens.",
                    [](const Difference& one) { return one.key.channel; });
  list.add_identity("period", "whole: all counted days; or the date of one, Solar Hijri.",
                    [](const Difference& one) { return one.key.period; });
  list.add_identity("quantity", "As in the tables of a run, without `_mean`.",
                    [](const Difference& one) { return one.quantity; });
  list.add_attribute("unit", "Unit of the numbers.", [](const Difference& one) { return one.unit; });
  list.add(K::mean, "a", "see unit", "In the first run; its interval is in the run's own tables.",
           [](const Difference& one) { return one.paired.a; });
  list.add(K::mean, "b", "see unit", "In the other run.", [](const Difference& one) { return one.paired.b; });
  list.add_estimate({"difference", "see unit", K::mean,
                     "b - a over the replications in which both runs observed it, paired; empty where no "
                     "replication differs, which says nothing "
                     "of how large a rare difference is. Where all differ by the same, each is taken as one "
                     "event; of staffed_s, which is planned, the interval then has no length.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const Difference& one) { return one.paired.difference; });
  list.add(K::ratio, "correlation", "", "Of the two runs over replications; empty where one does not vary.",
           [](const Difference& one) { return one.paired.correlation; });
  list.add(K::count, "unpaired_replications", "replications",
           "About how many replications of two runs with citizens of their own would give as short an "
           "interval.",
           [](const Difference& one) { return one.paired.unpaired_replications; });
  TableOf<Difference> table(
      "differences",
      "Every quantity of two runs with the same citizens, side by side. What does not differ in any quantity "
      "and any replication has no rows. Percentiles are not compared.",
      std::move(list), weakest_evidence(first, others));
  for (const ComparedRun& other : others)
    for (const Difference& one : find_differences(first, other)) table.add(one);
  return table.take();
}

}  // namespace pishkhan
