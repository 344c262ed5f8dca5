#pragma once
#include <cstddef>
#include <vector>

#include "models/planning/move_effects.hpp"
#include "models/planning/moved_scenario.hpp"

namespace pishkhan {

/// Less added work than this part of what there is, or than so many seconds, counts as none.
inline constexpr double kNoWork = 1e-9;

/// What moves may cost and what they have to keep to.
struct MoveLimits {
  /// Most clerk time of a station in a month with 0, 1, ... clerks added, in seconds: [station * months +
  /// month]. Infinite: whatever comes. It says nothing where a plan adds no work.
  std::vector<std::vector<double>> most_s;
  std::vector<double> clerks;  ///< added until and with each wave, at most, all stations together
};

struct ChosenMoves {
  Moves moves;
  double gain = 0;
  double bound = 0;      ///< no moves within the limits gain more
  bool is_best = false;  ///< the program was solved to its end
};

/// Sums of clerk time by station and month, [station * months + month], with the moves.
std::vector<double> work_of(const MoveEffects& effects, const Moves& moves);
double gain_of(const MoveEffects& effects, const Moves& moves);
/// Index of the last wave that begins before a month ends; SIZE_MAX: none.
std::size_t wave_in_month(const MoveRules& rules, const RunMonth& month);

/// The moves with the most gain within the limits: a search that takes moves back and makes others, then an
/// integer program, which also gives the bound; a large one only as a relaxation, in which stations of a
/// county help each other out. Throws UserError where not even the fixed moves are possible.
/// `before`: moves chosen within other limits; of a large program, those of them that fit are chosen then,
/// and no others. May be null.
ChosenMoves choose_moves(const Scenario& scenario, const MoveEffects& effects, const MoveLimits& limits,
                         const ChosenMoves* before = nullptr);

}  // namespace pishkhan
