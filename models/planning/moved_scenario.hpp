#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "models/planning/move_effects.hpp"
#include "models/scenario/scenario.hpp"

namespace pishkhan {

/// When each item of MoveEffects moves, and the clerks who are added for it.
struct Moves {
  std::vector<std::optional<std::size_t>> wave;  ///< by item; none: it stays
  /// [station of MoveEffects * waves + wave]: clerks added from the wave on, not less than in the wave
  /// before.
  std::vector<int> clerks;

  friend bool operator==(const Moves&, const Moves&) = default;
};

/// Clerks that a wave adds to those of the waves before.
int added_in_wave(const Moves& moves, std::size_t station, std::size_t wave, std::size_t waves);

/// Id of the migration of a wave, which no other migration has.
std::string migration_of_wave(const Scenario& scenario, const MoveRules& rules, std::size_t wave);

/// The scenario with the moves, as its file would say it: a migration a wave, and clerks from its day on.
Scenario moved_scenario(const Scenario& scenario, const MoveEffects& effects, const Moves& moves);

/// The scenario on some of its days, on all of which the share `moved` of all that may move has moved, and
/// all stations of MoveEffects have so many clerks more. It has no warm-up.
Scenario evenly_moved_scenario(const Scenario& scenario, const MoveEffects& effects, double moved, int clerks,
                               DayNumber from, int days);

}  // namespace pishkhan
