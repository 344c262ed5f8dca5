#include "models/planning/choose_moves.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "models/planning/move_program.hpp"
#include "models/planning/move_search.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

/// Larger programs are solved as a relaxation.
constexpr std::size_t kLargest = 40'000;
/// Work of the program and of the search, in entries looked at.
constexpr double kNodesTimesSize = 4e6, kRoundsTimesSize = 1.5e9;

bool is_large(const MoveProgram& program) { return program.size() > kLargest; }

[[noreturn]] void refuse_fixed(const Scenario& scenario, const MoveEffects& effects, std::size_t cell) {
  const std::size_t months = effects.months().size();
  std::string problem = "the moves in `fixed` need more clerks than the waves may add", path = "plan.waves";
  if (cell != SIZE_MAX) {
    path = "plan.fixed";
    problem = "with the moves in `fixed`, `" +
              std::string(station_ids(scenario)[effects.stations()[cell / months].index()]) +
              "` misses a target in " + effects.months()[cell % months].name +
              ", or comes too near to it to be proven";
  }
  throw UserError(
      {{scenario.file.generic_string(), 0, 0, path, problem,
        "let the waves add more `clerks`, fix fewer services or later waves, or give more `--first-days`"}});
}

ProgramAnswer solve_exactly(const MoveProgram& program) {
  const double nodes = std::clamp(kNodesTimesSize / static_cast<double>(program.size() + 1), 100.0, 20'000.0);
  return solve(program.exact(), true, static_cast<int>(nodes));
}

double bound_of_relaxed(const Scenario& scenario, const MoveEffects& effects, const MoveProgram& program) {
  std::vector<CountyId> counties;
  for (const StationIndex station : effects.stations()) {
    const std::size_t offices = scenario.province->offices.size();
    counties.push_back(station.index() < offices
                           ? scenario.province->offices[station.index()].county
                           : scenario.province->counters[station.index() - offices].county);
  }
  return solve(program.relaxed(counties), false, 0).bound;
}

}  // namespace

std::vector<double> waves_in_month(const MoveRules& rules, const RunMonth& month) {
  std::vector<double> parts(rules.waves.size(), 0);
  for (std::size_t w = 0; w < parts.size(); ++w) {
    const DayNumber ends = w + 1 < parts.size() ? rules.waves[w + 1].starts : month.until;
    const DayNumber from = std::max(rules.waves[w].starts, month.from), until = std::min(ends, month.until);
    if (from < until) parts[w] = static_cast<double>(until - from) / (month.until - month.from);
  }
  return parts;
}

std::vector<double> work_of(const MoveEffects& effects, const Moves& moves) {
  const std::size_t months = effects.months().size();
  std::vector<double> work;
  for (std::size_t k = 0; k < effects.stations().size(); ++k) {
    for (std::size_t m = 0; m < months; ++m) {
      double sum = effects.now_s(k, m);
      for (std::size_t item = 0; item < moves.wave.size(); ++item)
        if (moves.wave[item]) sum += effects.added_s(item, *moves.wave[item], k, m);
      work.push_back(sum);
    }
  }
  return work;
}

double gain_of(const MoveEffects& effects, const Moves& moves) {
  double gain = 0;
  for (std::size_t item = 0; item < moves.wave.size(); ++item)
    if (moves.wave[item]) gain += effects.gain(item, *moves.wave[item]);
  return gain;
}

ChosenMoves choose_moves(const Scenario& scenario, const MoveEffects& effects, const MoveLimits& limits) {
  const MoveRules& rules = effects.rules();
  const ItemRules items(rules, effects);
  PISHKHAN_EXPECT(items.impossible() == SIZE_MAX);
  const double choices = static_cast<double>(effects.items().size() * rules.waves.size());
  const double cells = static_cast<double>(std::max<std::size_t>(limits.most_s.size(), 1));
  MoveSearch search(rules, effects, items, limits);
  const MoveProgram program(rules, effects, items, limits);
  const double rounds = std::clamp(kRoundsTimesSize / (choices * cells), 50.0, 2000.0);
  ChosenMoves chosen;
  chosen.moves = search.find(static_cast<std::size_t>(rounds));
  if (const auto cell = search.fixed_fail_at()) refuse_fixed(scenario, effects, *cell);
  chosen.gain = gain_of(effects, chosen.moves);
  if (is_large(program)) return chosen;
  const ProgramAnswer answer = solve_exactly(program);
  if (!answer.values.empty()) {
    Moves moves = program.moves_of(answer.values);
    const double gain = gain_of(effects, moves);
    constexpr double kRounding = 1e-9;
    if (gain > chosen.gain * (1 + kRounding)) {
      // With the clerks of the program, where the search finds no fewer.
      if (std::optional<std::vector<int>> clerks = search.clerks_for(moves.wave))
        moves.clerks = *std::move(clerks);
      chosen.moves = std::move(moves);
      chosen.gain = gain;
    }
  }
  chosen.is_best = answer.is_best;
  return chosen;
}

std::optional<ChosenMoves> choose_again(const MoveEffects& effects, const MoveLimits& limits,
                                        const Moves& before, Rechoose how) {
  const ItemRules items(effects.rules(), effects);
  if (!is_large(MoveProgram(effects.rules(), effects, items, limits))) return std::nullopt;
  MoveSearch search(effects.rules(), effects, items, limits);
  std::optional<Moves> moves = search.keep(before, how == Rechoose::fill);
  if (!moves) return std::nullopt;
  const double gain = gain_of(effects, *moves);
  return ChosenMoves{*std::move(moves), gain, false};
}

double bound_of(const Scenario& scenario, const MoveEffects& effects, const MoveLimits& limits) {
  const ItemRules items(effects.rules(), effects);
  const MoveProgram program(effects.rules(), effects, items, limits);
  return is_large(program) ? bound_of_relaxed(scenario, effects, program) : solve_exactly(program).bound;
}

}  // namespace pishkhan
