#include "tools/report/headlines.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "sim/base/contract.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/differences_table.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;

template <class T>
const Measure<T>* measure_named(std::span<const Measure<T>> measures, std::string_view name) {
  const auto found = std::find_if(measures.begin(), measures.end(),
                                  [&](const Measure<T>& measure) { return measure.name == name; });
  return found != measures.end() ? &*found : nullptr;
}

template <class Tally>
const std::vector<Tally>& whole_run(const Cells<Tally>& cells, std::string_view channel) {
  const auto found = std::find_if(cells.keys.begin(), cells.keys.end(), [&](const CellKey& key) {
    return key.level == "all" && key.channel == channel && key.period == "whole";
  });
  PISHKHAN_EXPECT(found != cells.keys.end());
  return cells.sums[static_cast<std::size_t>(found - cells.keys.begin())];
}

bool is_better(const Headline& headline, double value, double other) {
  return headline.wish == Wish::less ? value < other : value > other;
}

struct Contender {
  const ComparedRun* run;
  Series series;
  double value;
};

/// The runs that have a value of the headline, the best first.
std::vector<Contender> contenders(const Headline& headline, std::span<const ComparedRun> runs) {
  std::vector<Contender> all;
  for (const ComparedRun& run : runs) {
    Series series = headline_series(run, headline);
    const double value = estimate_paired(series, series).a;
    if (!std::isnan(value)) all.push_back({&run, std::move(series), value});
  }
  std::stable_sort(all.begin(), all.end(), [&](const Contender& one, const Contender& other) {
    return is_better(headline, one.value, other.value);
  });
  return all;
}

}  // namespace

std::vector<Headline> headlines(const Scenario& scenario) {
  std::vector<Headline> all{
      {"wait_joined_s", "s", "all", Wish::less},        {"service_level", "share", "all", Wish::more},
      {"citizens_lost", "citizens", "all", Wish::less}, {"trips", "trips", "all", Wish::less},
      {"arrived", "visits", "all", Wish::neither},      {"staffed_s", "s", "all", Wish::neither},
      {"overtime_s", "s", "all", Wish::less},           {"utilization", "share", "all", Wish::neither}};
  if (!scenario.province) return all;
  all.insert(all.begin() + 1, {{"wait_joined_s", "s", "office", Wish::less},
                               {"wait_joined_s", "s", "traditional", Wish::less}});
  return all;
}

Series headline_series(const ComparedRun& run, const Headline& headline) {
  const auto& stations = whole_run(run.cells.stations, headline.channel);
  for (const auto measures : {visit_measures(), queue_measures()}) {
    if (const auto* measure = measure_named(measures, headline.quantity))
      return series_of(*measure, stations);
  }
  if (const auto* measure = measure_named(staff_measures(), headline.quantity))
    return series_of(*measure, stations);
  return series_of(find_measure(citizen_measures(), headline.quantity),
                   whole_run(run.cells.citizens, headline.channel));
}

std::vector<Ranked> rank_runs(std::span<const ComparedRun> runs) {
  std::vector<Ranked> ranking;
  if (runs.empty()) return ranking;
  for (const Headline& headline : headlines(runs.front().scenario)) {
    if (headline.wish == Wish::neither) continue;
    const std::vector<Contender> all = contenders(headline, runs);
    for (std::size_t place = 0; place < all.size(); ++place) {
      const Contender& one = all[place];
      PairedDifference to_best = estimate_paired(all.front().series, one.series);
      if (place == 0) to_best.difference = {0, 0, one.run->trials.size()};
      const double tests = count(all.size() - 1), p = std::min(1.0, to_best.p * tests);
      ranking.push_back({headline, place + 1, &one.run->name, one.value, to_best,
                         place == 0 || std::isnan(to_best.p) ? kNan : p});
    }
  }
  return ranking;
}

Table make_ranking_table(std::span<const ComparedRun> runs) {
  ColumnList<Ranked> list;
  list.add_identity("quantity", "As in the tables of a run, without `_mean`.",
                    [](const Ranked& one) { return one.headline.quantity; });
  list.add_identity("channel", "Of the stations, or all.",
                    [](const Ranked& one) { return one.headline.channel; });
  list.add(K::identity, "rank", "", "1: the best value.", [](const Ranked& one) { return one.rank; });
  list.add_attribute("run", "The run.", [](const Ranked& one) { return *one.run; });
  list.add_attribute("unit", "Unit of the numbers.", [](const Ranked& one) { return one.headline.unit; });
  list.add(K::mean, "value", "see unit", "In the run; its interval is in the run's own tables.",
           [](const Ranked& one) { return one.value; });
  list.add_estimate({"to_best", "see unit", K::mean,
                     "value less that of the best, paired by replication; empty where no replication "
                     "differs.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const Ranked& one) { return one.to_best.difference; });
  list.add(K::share, "p_adjusted", "",
           "p-value of the test that the run is as good as the best, by Bonferroni for the number of the "
           "other runs; above 5% the two cannot be told apart.",
           [](const Ranked& one) { return one.p_adjusted; });
  TableOf<Ranked> table("ranking",
                        "Three or more runs, the best first, by each quantity that should be small or large. "
                        "No rows for two runs.",
                        std::move(list),
                        runs.empty() ? Evidence::assumed : weakest_evidence(runs.front(), runs.subspan(1)));
  if (runs.size() > 2)
    for (const Ranked& one : rank_runs(runs)) table.add(one);
  return table.take();
}

}  // namespace pishkhan
