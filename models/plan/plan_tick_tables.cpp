#include <algorithm>
#include <array>

#include "models/plan/plan_data.hpp"

namespace pishkhan {
namespace {

/// Memory of a few megabytes.
constexpr std::size_t kTablesAtMost = 24;
/// Others that come later in the scenario are not looked at.
constexpr std::size_t kDistributionsAtMost = 1000;
/// With more quantiles computed than this, the sampler's loops are as quick.
constexpr double kCoarseAtMost = 0.02;

/// A distribution and the visits that draw from it in the whole run.
struct Drawn {
  const Distribution* distribution = nullptr;
  double draws = 0;
  const TickTable* table = nullptr;
};

double visits_of_run(const Scenario& scenario, const Plan::Data& data, std::size_t stream) {
  double a_week = 0;
  for (const ArrivalCurve& curve : data.stream_curves[stream]) a_week += curve.total();
  return a_week / kDaysPerWeek * (scenario.run.warm_up_days + scenario.run.days) * scenario.run.replications;
}

auto find(std::vector<Drawn>& all, const Distribution& distribution) {
  return std::find_if(all.begin(), all.end(),
                      [&](const Drawn& of) { return *of.distribution == distribution; });
}

}  // namespace

void plan_tick_tables(const Scenario& scenario, Plan::Data& data) {
  if (data.unbroken) return;
  std::vector<Drawn> all;
  const auto each = [&](const auto& use) {
    for (std::size_t s = 0; s < data.stations.size(); ++s) {
      StationPlan& plan = data.stations[s];
      if (plan.streams != 1) continue;
      const auto& stream = scenario.stations[s].streams.front();
      const double visits = visits_of_run(scenario, data, plan.first_stream);
      if (TickTable::is_quicker(stream.handling)) use(stream.handling, visits, plan.handling_table);
      if (TickTable::is_quicker(stream.patience)) use(stream.patience, visits, plan.patience_table);
    }
  };
  each([&](const Distribution& of, double visits, const TickTable*) {
    if (const auto same = find(all, of); same != all.end())
      same->draws += visits;
    else if (all.size() < kDistributionsAtMost)
      all.push_back({&of, visits});
  });
  std::stable_sort(all.begin(), all.end(), [](const Drawn& a, const Drawn& b) { return a.draws > b.draws; });
  all.resize(std::min(all.size(), kTablesAtMost));
  std::erase_if(all, [](const Drawn& of) { return of.draws < TickTable::kDrawsAtLeast; });
  for (Drawn& of : all) {
    auto table = std::make_unique<TickTable>(*of.distribution);
    if (table->coarse_share() > kCoarseAtMost) continue;
    of.table = table.get();
    data.tick_tables.push_back(std::move(table));
  }
  if (data.tick_tables.empty()) return;
  each([&](const Distribution& of, double, const TickTable*& table) {
    if (const auto same = find(all, of); same != all.end()) table = same->table;
  });
}

}  // namespace pishkhan
