#include "tools/report/assumption_effects.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "models/assumptions/assumption_points.hpp"
#include "models/scenario/assumed_numbers.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/sums.hpp"

namespace pishkhan {
namespace {

/// Of one scenario, by channel: waits and served visits of each replication, and mean waits by station.
struct Waits {
  std::vector<double> wait_s[kStationChannels], served[kStationChannels];
  std::vector<double> stations[kStationChannels];
};

Waits waits_of(const Scenario& scenario, const std::vector<TrialResult>& trials) {
  const std::size_t stations = trials.front().stations.size();
  Waits waits;
  for (std::size_t c = 0; c < kStationChannels; ++c) {
    waits.wait_s[c].resize(trials.size());
    waits.served[c].resize(trials.size());
  }
  for (std::size_t station = 0; station < stations; ++station) {
    const auto c = static_cast<std::size_t>(channel_of(*scenario.province, station));
    double wait_s = 0, served = 0;
    for (std::size_t i = 0; i < trials.size(); ++i) {
      const StationResult& tally = trials[i].stations[station];
      waits.wait_s[c][i] += tally.wait_s;
      waits.served[c][i] += count(tally.served);
      wait_s += tally.wait_s;
      served += count(tally.served);
    }
    waits.stations[c].push_back(served > 0 ? wait_s / served : kNan);
  }
  return waits;
}

std::vector<double> ranks_of(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&values](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = static_cast<double>(begin + end - 1) / 2;
  }
  return ranks;
}

double size_of(const AssumptionEffect& effect) {
  const double size = std::abs(effect.difference_s.mean);
  return std::isfinite(size) ? size : 0;
}

/// By what the offices' waits do most.
void sort_by_size(std::vector<AssumptionEffect>& effects) {
  std::map<const AssumedRange*, double> sizes;
  for (const AssumptionEffect& effect : effects) {
    double& size = sizes[effect.range];
    if (effect.channel == Channel::office) size = std::max(size, size_of(effect));
  }
  std::stable_sort(effects.begin(), effects.end(), [&sizes](const auto& a, const auto& b) {
    return a.range != b.range && sizes.at(a.range) > sizes.at(b.range);
  });
}

}  // namespace

double rank_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  PISHKHAN_EXPECT(a.size() == b.size());
  std::vector<double> of_a, of_b;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isfinite(a[i]) || !std::isfinite(b[i])) continue;
    of_a.push_back(a[i]);
    of_b.push_back(b[i]);
  }
  if (of_a.size() < 2) return kNan;
  const std::vector<double> x = ranks_of(of_a), y = ranks_of(of_b);
  const double middle = static_cast<double>(x.size() - 1) / 2;
  double both = 0, of_x = 0, of_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    both += (x[i] - middle) * (y[i] - middle);
    of_x += (x[i] - middle) * (x[i] - middle);
    of_y += (y[i] - middle) * (y[i] - middle);
  }
  return of_x > 0 && of_y > 0 ? both / std::sqrt(of_x * of_y) : kNan;
}

AssumptionEffects find_assumption_effects(const Scenario& scenario, const SimulateScenario& simulate) {
  if (scenario.assumed_ranges.empty()) {
    throw UserError({{scenario.file.generic_string(), 0, 0, "province.evidence",
                      "what assumptions do in a scenario without ranges",
                      "give its assumed numbers `low` and `high` in the table that `evidence` names"}});
  }
  const Waits own = waits_of(scenario, simulate(scenario));
  Scenario others = scenario;
  ++others.run.seed;
  const Waits of_others = waits_of(scenario, simulate(others));
  AssumptionEffects found;
  for (std::size_t c = 0; c < kStationChannels; ++c) {
    found.own_wait_s.push_back(estimate_skewed_ratio(own.wait_s[c], own.served[c]));
    found.own_rank_correlation.push_back(rank_correlation(own.stations[c], of_others.stations[c]));
  }
  for (const AssumedRange& range : scenario.assumed_ranges) {
    for (const double factor : {range.low, range.high}) {
      if (factor == 1) continue;
      const Scenario varied = with_factors(scenario, {range}, {factor});
      const Waits waits = waits_of(scenario, simulate(varied));
      for (std::size_t c = 0; c < kStationChannels; ++c) {
        found.effects.push_back(
            {&range, factor, static_cast<Channel>(c), estimate_skewed_ratio(waits.wait_s[c], waits.served[c]),
             estimate_ratio_difference({own.wait_s[c], own.served[c]}, {waits.wait_s[c], waits.served[c]})
                 .difference,
             rank_correlation(own.stations[c], waits.stations[c])});
      }
    }
  }
  sort_by_size(found.effects);
  return found;
}

Table make_assumption_effects_table(const Scenario& scenario, const AssumptionEffects& effects) {
  ColumnList<AssumptionEffect> list;
  list.add_identity(
      "file", "As in evidence.csv; empty: nothing is varied, other citizens come.",
      [](const AssumptionEffect& effect) { return effect.range ? effect.range->file : std::string(); });
  list.add_identity(
      "column", "Column of the table, or dotted key of the scenario.",
      [](const AssumptionEffect& effect) { return effect.range ? effect.range->column : std::string(); });
  list.add(
      ColumnKind::identity, "factor", "",
      "What its numbers are multiplied by, as the README of the province's tables says: an end of the range.",
      [](const AssumptionEffect& effect) { return effect.factor; });
  list.add_identity("channel", "office: all offices; traditional: all counters.",
                    [](const AssumptionEffect& effect) { return to_string(effect.channel); });
  list.add_estimate({"wait_s", "s", ColumnKind::mean, "Wait of the served, joining to the start of handling.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const AssumptionEffect& effect) { return effect.wait_s; });
  list.add_estimate({"difference", "s", ColumnKind::mean,
                     "Of the wait, to that with the scenario's own numbers and the same citizens, paired by "
                     "replication. Empty: no replication differs.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const AssumptionEffect& effect) { return effect.difference_s; });
  list.add(
      ColumnKind::ratio, "rank_correlation", "",
      "Spearman's: how alike the order of the stations by their waits is to that with the scenario's own "
      "numbers and the same citizens. In the first rows, where nothing is varied, to that with other "
      "citizens: what chance does.",
      [](const AssumptionEffect& effect) { return effect.rank_correlation; });
  TableOf<AssumptionEffect> table(
      "assumption_effects",
      "Each assumed number by itself at the ends of its range, with the same citizens; those that do "
      "most to the offices' waits first.",
      std::move(list), scenario.evidence);
  for (std::size_t c = 0; c < effects.own_wait_s.size(); ++c) {
    table.add({nullptr,
               1,
               static_cast<Channel>(c),
               effects.own_wait_s[c],
               {kNan, kNan},
               effects.own_rank_correlation[c]});
  }
  for (const AssumptionEffect& effect : effects.effects) table.add(effect);
  return table.take();
}

}  // namespace pishkhan
