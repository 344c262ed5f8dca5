#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "models/plan/plan.hpp"
#include "models/planning/found_moves.hpp"
#include "models/planning/move_effects.hpp"

namespace pishkhan {

struct FindMovesOptions {
  int threads = 1;
  std::size_t search_days = 100;    ///< of a station in a month, in the search, at least
  std::size_t first_days = 500;     ///< the same in the first round of a proof
  std::size_t most_days = 2000;     ///< and in all its rounds together
  std::function<bool()> stop = {};  ///< true ends it with Interrupted
  /// Told what is done next, in plain words.
  std::function<void(const std::string&)> tell = {};
};

/// Finds the moves with the most gain with which targets hold. What is called proven is wrong with
/// probability kProofLevel (models/staffing) at most, over all stations, months and rounds: half of it is for
/// the months that are let off; round r of all proofs together has the half / 2^r, shared out by Holm. Every
/// proposal is proven with citizens of its own; the rounds of its proof add replications for what is open.
/// Throws UserError for what cannot be planned.
FoundMoves find_moves(const Plan& plan, const MoveEffects& effects, const FindMovesOptions& options);

}  // namespace pishkhan
