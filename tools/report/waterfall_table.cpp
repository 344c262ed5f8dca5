#include "tools/report/waterfall_table.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>
#include <utility>

#include "sim/base/contract.hpp"
#include "tools/report/columns.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;
using Weights = std::map<ChangeSet, double>;  ///< of the values of runs, in a sum

/// The first n changes.
ChangeSet first_changes(std::size_t n) { return (ChangeSet{1} << n) - 1; }
/// All changes of so many from number n on.
ChangeSet changes_from(std::size_t n, std::size_t changes) {
  return first_changes(changes) & ~first_changes(n);
}

Weights in_written_order(std::size_t change) {
  return {{first_changes(change + 1), 1}, {first_changes(change), -1}};
}
Weights in_reverse_order(std::size_t change, std::size_t changes) {
  return {{changes_from(change, changes), 1}, {changes_from(change + 1, changes), -1}};
}

Weights mean_of(const Weights& one, const Weights& other) {
  Weights mean;
  for (const Weights* weights : {&one, &other})
    for (const auto& [set, weight] : *weights) mean[set] += weight / 2;
  return mean;
}

double factorial(std::size_t n) {
  double product = 1;
  for (std::size_t i = 2; i <= n; ++i) product *= static_cast<double>(i);
  return product;
}

/// Shapley (1953): the mean over all orders.
Weights shapley(std::size_t change, std::size_t changes) {
  Weights weights;
  const ChangeSet own = ChangeSet{1} << change;
  for (ChangeSet others = 0; others <= first_changes(changes); ++others) {
    if ((others & own) != 0) continue;
    const auto before = static_cast<std::size_t>(std::popcount(others));
    const double orders = factorial(before) * factorial(changes - before - 1) / factorial(changes);
    weights[others | own] += orders;
    weights[others] -= orders;
  }
  return weights;
}

/// The weighted sum of the values of a headline. Runs without weight take part too, so that all sums leave
/// out the same replications.
Estimate weigh(const Waterfall& waterfall, std::size_t headline, const Weights& weights) {
  std::vector<RatioSums> ratios;
  std::vector<double> factors;
  DifferenceRules rules;
  for (const auto& [set, series] : waterfall.runs) {
    const auto weight = weights.find(set);
    ratios.push_back(series[headline].sums());
    rules = series[headline].rules;
    factors.push_back(weight != weights.end() ? weight->second : 0);
  }
  return estimate_combination(ratios, factors, rules).estimate;
}

struct Line {
  const Waterfall& waterfall;
  WaterfallStep step;

  [[nodiscard]] bool is_total() const { return step.change == waterfall.changes.size(); }
};

ColumnList<Line> columns() {
  ColumnList<Line> list;
  list.add_identity("run", "The run whose difference from the first is split.",
                    [](const Line& line) { return line.waterfall.run; });
  list.add_identity("quantity", "As in the tables of a run, without `_mean`.",
                    [](const Line& line) { return line.step.headline.quantity; });
  list.add_identity("channel", "Of the stations, or all.",
                    [](const Line& line) { return line.step.headline.channel; });
  list.add_identity(
      "change",
      "The verb and the item's place among its items in the run, from 0; without: settings, all "
      "else that is written differently; total: all changes together.",
      [](const Line& line) {
        return line.is_total() ? "total" : line.waterfall.changes[line.step.change].name;
      });
  list.add_attribute(
      "text", "What is written; `not:` before what the first run alone has.",
      [](const Line& line) { return line.is_total() ? "" : line.waterfall.changes[line.step.change].text; });
  list.add_attribute("unit", "Unit of the numbers.",
                     [](const Line& line) { return line.step.headline.unit; });
  list.add_estimate({"part", "see unit", K::mean,
                     "What the change does: the mean of what it adds in both orders, or over all orders "
                     "with `--exact`. The parts of a quantity sum to its total.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const Line& line) { return line.step.part; });
  list.add(K::mean, "in_written_order", "see unit",
           "What it adds to the changes before it: those of the verbs in the order of the manual, then of an "
           "item's place.",
           [](const Line& line) { return line.step.in_written_order; });
  list.add(K::mean, "in_reverse_order", "see unit", "What it adds to the changes behind it.",
           [](const Line& line) { return line.step.in_reverse_order; });
  list.add(K::mean, "shared", "see unit",
           "in_reverse_order - in_written_order: what it shares with other changes, which the order gives "
           "to the one or the other.",
           [](const Line& line) { return line.step.in_reverse_order - line.step.in_written_order; });
  return list;
}

}  // namespace

std::vector<ChangeSet> sets_to_simulate(std::size_t changes, bool exact) {
  PISHKHAN_EXPECT(changes <= (exact ? kMostExactChanges : kMostChanges));
  std::set<ChangeSet> sets;
  for (std::size_t n = 0; n <= changes; ++n) {
    sets.insert(first_changes(n));
    sets.insert(changes_from(n, changes));
  }
  for (ChangeSet set = 0; exact && set <= first_changes(changes); ++set) sets.insert(set);
  return {sets.begin(), sets.end()};
}

std::vector<WaterfallStep> split_difference(const Waterfall& waterfall, const Scenario& scenario) {
  std::vector<WaterfallStep> steps;
  const std::size_t changes = waterfall.changes.size();
  const std::vector<Headline> all = headlines(scenario);
  for (std::size_t headline = 0; headline < all.size(); ++headline) {
    for (std::size_t change = 0; change < changes; ++change) {
      const Weights written = in_written_order(change), reverse = in_reverse_order(change, changes);
      const Weights part = waterfall.exact ? shapley(change, changes) : mean_of(written, reverse);
      steps.push_back({all[headline], change, weigh(waterfall, headline, part),
                       weigh(waterfall, headline, written).mean, weigh(waterfall, headline, reverse).mean});
    }
    const Weights total{{first_changes(changes), 1}, {0, -1}};
    steps.push_back({all[headline], changes, weigh(waterfall, headline, total)});
  }
  return steps;
}

std::vector<double> rounded_parts(const std::vector<double>& parts, double total, double unit) {
  std::vector<double> rounded;
  std::vector<std::size_t> order;
  double left = std::round(total / unit);
  for (const double part : parts) {
    rounded.push_back(std::floor(part / unit));
    left -= rounded.back();
    order.push_back(order.size());
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return parts[a] / unit - rounded[a] > parts[b] / unit - rounded[b];
  });
  for (std::size_t i = 0; i < order.size() && static_cast<double>(i) < left; ++i) ++rounded[order[i]];
  for (double& part : rounded) part *= unit;
  return rounded;
}

Table make_waterfall_table(std::span<const Waterfall> waterfalls, const Scenario& scenario) {
  TableOf<Line> table(
      "waterfall",
      "The difference of a run from the first, split over the changes that its scenario makes; "
      "with `--waterfall`. A difference of two ratios is that of the ratios of sums over all "
      "replications; intervals are paired.",
      columns(), scenario.evidence);
  for (const Waterfall& waterfall : waterfalls) {
    if (waterfall.changes.empty()) continue;  // scenarios that differ in nothing that changes what happens
    for (const WaterfallStep& step : split_difference(waterfall, scenario)) table.add({waterfall, step});
  }
  return table.take();
}

}  // namespace pishkhan
