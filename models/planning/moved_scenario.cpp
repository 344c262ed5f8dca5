#include "models/planning/moved_scenario.hpp"

#include <algorithm>
#include <climits>
#include <string>
#include <utility>

#include "models/scenario/verbs/clerk_count.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

StationRules& rules_of(Scenario& scenario, StationIndex station) {
  const std::size_t offices = scenario.province->offices.size();
  return station.index() < offices ? scenario.province->offices[station.index()].rules
                                   : scenario.province->counters[station.index() - offices].rules;
}

void add_clerks(Scenario& scenario, StationIndex station, int clerks, DayNumber from) {
  if (clerks == 0) return;
  const CountChange change{CountChange::Kind::add, static_cast<double>(clerks)};
  const ClerkCount done = change_clerks(rules_of(scenario, station), change, from, INT32_MAX);
  PISHKHAN_EXPECT(done == ClerkCount::possible);
}

Migration migration_of(const MoveRules& rules) {
  Migration migration;
  migration.from = rules.from;
  migration.to = rules.to;
  migration.share = rules.share;
  migration.ramp_days = rules.ramp_days;
  return migration;
}

}  // namespace

int added_in_wave(const Moves& moves, std::size_t station, std::size_t wave, std::size_t waves) {
  const int now = moves.clerks[station * waves + wave];
  return wave == 0 ? now : now - moves.clerks[station * waves + wave - 1];
}

std::string migration_of_wave(const Scenario& scenario, const MoveRules& rules, std::size_t wave) {
  std::string id = rules.waves[wave].id;
  const auto is_taken = [&] {
    return std::any_of(scenario.migrations.begin(), scenario.migrations.end(),
                       [&](const Migration& other) { return other.id == id; });
  };
  while (is_taken()) id += "-planned";
  return id;
}

Scenario moved_scenario(const Scenario& scenario, const MoveEffects& effects, const Moves& moves) {
  const MoveRules& rules = effects.rules();
  const std::size_t waves = rules.waves.size();
  Scenario moved = scenario;
  for (std::size_t wave = 0; wave < waves; ++wave) {
    Migration migration = migration_of(rules);
    for (std::size_t item = 0; item < moves.wave.size(); ++item) {
      if (moves.wave[item] == wave) {
        migration.services.insert(migration.services.end(), effects.items()[item].begin(),
                                  effects.items()[item].end());
      }
    }
    std::sort(migration.services.begin(), migration.services.end());
    if (migration.services.empty()) continue;
    migration.id = migration_of_wave(scenario, rules, wave);
    migration.starts = rules.waves[wave].starts;
    moved.migrations.push_back(std::move(migration));
  }
  for (std::size_t wave = 0; wave < waves; ++wave) {
    for (std::size_t k = 0; k < effects.stations().size(); ++k) {
      add_clerks(moved, effects.stations()[k], added_in_wave(moves, k, wave, waves),
                 rules.waves[wave].starts);
    }
  }
  return moved;
}

Scenario evenly_moved_scenario(const Scenario& scenario, const MoveEffects& effects, double moved, int clerks,
                               DayNumber from, int days) {
  Scenario even = scenario;
  even.run.start = from;
  even.run.days = days;
  even.run.warm_up_days = 0;
  Migration migration = migration_of(effects.rules());
  migration.id = "even";
  migration.services = effects.rules().services;
  migration.share *= moved;
  migration.ramp_days = 0;
  even.migrations.push_back(std::move(migration));
  for (const StationIndex station : effects.stations()) add_clerks(even, station, clerks, INT32_MIN);
  return even;
}

}  // namespace pishkhan
