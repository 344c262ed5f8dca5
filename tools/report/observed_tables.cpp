#include "tools/report/observed_tables.hpp"

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/province/calendar.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/factor_fit.hpp"
#include "tools/report/observed.hpp"
#include "tools/report/sums.hpp"

namespace pishkhan {
namespace {

/// `1395-02-08`, of a month `1395-02`.
std::string period_of(const Observation& one) {
  const std::string date = format_date(one.first, CalendarKind::solar_hijri);
  return one.is_month ? date.substr(0, date.rfind('-')) : date;
}

std::optional<double> where_compared(const ObservedRow& row, double value) {
  return is_compared(row.state) ? std::optional(value) : std::nullopt;
}

std::optional<std::size_t> where_judged(const FactorFit& fit, std::size_t number) {
  const bool is_judged = fit.state == FitState::own || fit.state == FitState::found;
  return is_judged ? std::optional(number) : std::nullopt;
}

Table make_observed_table(const Results& results) {
  const Scenario& scenario = results.scenario;
  const auto of = [&scenario](const ObservedRow& row) -> const Observation& {
    return scenario.observations[row.observation];
  };
  ColumnList<ObservedRow> list;
  list.add_identity(
      "station", "Id of the office or counter.",
      [of, ids = station_ids(scenario)](const ObservedRow& row) { return ids[of(row).station]; });
  list.add_attribute("channel", "office or traditional.", [&scenario, of](const ObservedRow& row) {
    return to_string(channel_of(*scenario.province, of(row).station));
  });
  list.add_attribute("county", "Id of the county.", [&scenario, of](const ObservedRow& row) {
    return scenario.province->counties[county_of(*scenario.province, of(row).station).index()].id;
  });
  list.add_identity("period", "The date or the month, Solar Hijri.",
                    [of](const ObservedRow& row) { return period_of(of(row)); });
  list.add_attribute(
      "date_gregorian", "The date, of a month its first, Gregorian.",
      [of](const ObservedRow& row) { return format_date(of(row).first, CalendarKind::gregorian); });
  list.add_identity(
      "measure",
      "arrived (all who came), wait_s (mean of the served), abandoned, or clerks (heads: who works at some "
      "time of the day, however long, and is not absent; of a month the mean of its open days).",
      [](const ObservedRow& row) { return to_string(row.quantity); });
  list.add_attribute("unit", "Of observed, simulated, prediction_low and prediction_high.",
                     [](const ObservedRow& row) { return unit_of(row.quantity); });
  list.add(ColumnKind::mean, "observed", "see unit",
           "What was counted: measured, whatever the grade of the row.",
           [](const ObservedRow& row) { return row.counted; });
  list.add(ColumnKind::mean, "simulated", "see unit", "Mean over the replications that observed something.",
           [](const ObservedRow& row) { return where_compared(row, row.mean); });
  const char* low =
      "Lower end of the 95% prediction interval: where a single value of that day or month lies, not the "
      "mean. Up to 38 replications, on roots of counts + 3/8 and cube roots of waits, mean - t s sqrt(1 + "
      "1/n), of counts with at least the spread of independent events, and never above the least "
      "replication; from 39 on the k-th least replication, k = floor(0.025 (n + 1)). Of the clerks of a day "
      "it is exact, by the scenario's absence; of a month between 0 and the clerks that there are. With "
      "`inputs: sampled` replications, and intervals, have drawn assumptions.";
  list.add(ColumnKind::mean, "prediction_low", "see unit", low,
           [](const ObservedRow& row) { return where_compared(row, row.interval.low); });
  list.add(ColumnKind::mean, "prediction_high", "see unit", "Upper end, likewise.",
           [](const ObservedRow& row) { return where_compared(row, row.interval.high); });
  list.add_attribute(
      "lies",
      "inside, below or above the prediction interval; or why it is not compared: not in the run "
      "(its days are not all counted), not open (the station, on any of them), no interval (fewer "
      "than two replications observed it).",
      [](const ObservedRow& row) { return to_string(row.state); });
  TableOf<ObservedRow> table(
      "observed",
      "What was counted at stations beside what is simulated, with prediction intervals: of numbers "
      "like the simulated ones, each lies outside with a probability of 5% at most.",
      std::move(list), scenario.evidence);
  for (const ObservedRow& row : compare_observed(scenario, results.trials)) table.add(row);
  return table.take();
}

Table make_observed_fit_table(const Results& results) {
  ColumnList<FactorFit> list;
  list.add_identity(
      "fitted", "none; demand: all visits times the factor; handling: all handling times times the factor.",
      [](const FactorFit& fit) { return to_string(fit.factor); });
  list.add_estimate(
      {"fitted_value", "", ColumnKind::ratio,
       "The factor that fits what was counted, on the scenario's own numbers, or with `inputs: sampled` on "
       "the drawn ones. Demand from the sum of counted visits, handling from that of the cube roots of "
       "counted waits, with simulations of the same citizens at other factors. Its interval has the factors "
       "for which what was counted lies in the prediction interval of a replication, and is at least that of "
       "the deviations of stations and of days (jackknife; of two stations, or fewer than six days, if they "
       "differ by more than chance); it ends where the range looked at does. Empty: see fit_state.",
       TableForm::brief, Bounds::low_and_high},
      [](const FactorFit& fit) { return fit.value; });
  list.add_attribute(
      "fit_state",
      "as it is (none); found; above the range or below the range: even demand times 5 or handling times 20 "
      "gives less than was counted, or both times 0.05 more; not counted: visits or waits, so that they can "
      "be compared; not told: what was counted hardly depends on the factor.",
      [](const FactorFit& fit) { return to_string(fit.state); });
  list.add(
      ColumnKind::mean, "misfit", "",
      "Mean over counted visits, plus that over counted waits, of the squared deviation from the mean of "
      "the replications, in spreads of a replication of the run, on the scale of the prediction intervals: "
      "about 1 of each if all that differs is chance.",
      [](const FactorFit& fit) { return fit.misfit; });
  list.add(ColumnKind::count, "compared", "numbers", "Counted numbers that are compared, with the factor.",
           [](const FactorFit& fit) { return where_judged(fit, fit.compared); });
  list.add(ColumnKind::count, "outside", "numbers", "Of them, those outside their prediction intervals.",
           [](const FactorFit& fit) { return where_judged(fit, fit.outside); });
  list.add(
      ColumnKind::mean, "by_chance", "numbers",
      "How many of them would lie outside by chance, with that scenario: the mean over replications, each in "
      "turn in place of what was counted. Empty with fewer than three.",
      [](const FactorFit& fit) { return fit.by_chance; });
  list.add(ColumnKind::count, "at_most", "numbers",
           "More than that would lie outside by chance with a probability of 2.5% at most; the same as "
           "compared: so few numbers cannot tell.",
           [](const FactorFit& fit) { return fit.at_most; });
  list.add_attribute(
      "is_better",
      "1 where it fits better than the scenario as it is by more than chance: the interval leaves out 1, "
      "what "
      "was counted lies outside that of the run itself (5% shared by the fitted factors), and the misfit is "
      "less.",
      [](const FactorFit& fit) { return fit.is_better ? 1 : 0; });
  list.add_attribute(
      "is_best",
      "1 of the least misfit among those that are better, or of none where there is no such; 0 "
      "everywhere if a factor lies beyond its range.",
      [](const FactorFit& fit) { return fit.is_best ? 1 : 0; });
  TableOf<FactorFit> table(
      "observed_fit",
      "Which one factor brings the scenario nearest to what was counted. Measured: it follows from "
      "counts, given all else that the scenario assumes.",
      std::move(list), Evidence::measured);
  for (const FactorFit& fit : results.fits) table.add(fit);
  return table.take();
}

}  // namespace

std::span<const MakeTable> makers_of_observed_tables() {
  static constexpr MakeTable kMakers[] = {make_observed_table, make_observed_fit_table};
  return kMakers;
}

}  // namespace pishkhan
