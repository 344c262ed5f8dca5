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
  bool is_best = false;  ///< the program was solved to its end
};

/// Sums of clerk time by station and month, [station * months + month], with the moves.
std::vector<double> work_of(const MoveEffects& effects, const Moves& moves);
double gain_of(const MoveEffects& effects, const Moves& moves);
/// By wave, the part of a month's days on which it is the last that has begun. The rest is before the first.
std::vector<double> waves_in_month(const MoveRules& rules, const RunMonth& month);

/// The moves with the most gain within the limits: a search that takes moves back and makes others, then an
/// integer program, unless it is large. Throws UserError where not even the fixed moves are possible.
ChosenMoves choose_moves(const Scenario& scenario, const MoveEffects& effects, const MoveLimits& limits);

/// How moves that were chosen within other limits are chosen again.
enum class Rechoose : std::uint8_t {
  take_back,  ///< those that fit, and no others
  fill,       ///< those that fit, and others beside them
};
/// Of a large program: nothing where it is not, and where not even the fixed moves fit.
std::optional<ChosenMoves> choose_again(const MoveEffects& effects, const MoveLimits& limits,
                                        const Moves& before, Rechoose how);

/// No moves within the limits gain more. Of a large program by a relaxation, in which stations of a county
/// help each other out.
double bound_of(const Scenario& scenario, const MoveEffects& effects, const MoveLimits& limits);

}  // namespace pishkhan
