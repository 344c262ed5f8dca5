#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/planning/choose_moves.hpp"
#include "models/planning/month_shares.hpp"
#include "models/planning/move_effects.hpp"
#include "models/planning/moved_scenario.hpp"
#include "sim/statistics/estimate.hpp"

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

/// What is known of a station under the moves that were found.
enum class StationUnderMoves : std::uint8_t {
  kept,    ///< proven: every target holds in every month to which the moves add work
  open,    ///< whether they hold is open
  unheld,  ///< in every such month it misses a target already without moves, and is not held to it
};

struct MovedStation {
  std::size_t station = 0;  ///< among those of MoveEffects
  StationUnderMoves state = StationUnderMoves::unheld;
  std::size_t missed_before =
      0;  ///< months with added work in which it misses a target already without moves
  // The month and the target that come nearest to failing; none where unheld.
  std::optional<std::size_t> target, month;  ///< of targets_at, and of months
  Estimate share{kNan, kNan};                ///< in time, in the last proof
  double work_h = 0;                         ///< clerk time there with the moves
  double most_h = 0;                         ///< with which the target just holds, as the program took it
};

/// The most that a number of clerks lets move, as the program proposes it; not simulated.
struct FrontierPoint {
  double clerks = 0;
  Moves moves;
  double gain = 0, citizens = 0;
};

struct FoundMoves {
  std::vector<TargetAt> targets;
  Moves moves;
  double gain = 0, bound = 0;
  double citizens = 0;                  ///< who use the new channel
  double all_citizens = 0;              ///< who would, if all moved in the first wave
  bool is_best = false;                 ///< the program was solved to its end
  bool proven = false;                  ///< all stations are kept, but those that are not held
  std::vector<MovedStation> stations;   ///< to which the moves add work
  std::vector<FrontierPoint> frontier;  ///< ascending clerks
  std::uint32_t search_replications = 0, proof_replications = 0;  ///< the latter of the last round
  std::uint64_t proof_seed = 0;                                   ///< of the last round
  std::size_t proposals = 0, refuted = 0, rounds = 0;
};

/// Finds the moves with the most gain with which targets hold. What is called proven is wrong with
/// probability kProofLevel (models/staffing) at most, over all stations, months and rounds: round r has
/// kProofLevel / 2^r, shared out by Holm. Every proposal is proven with citizens of its own; the rounds of its
/// proof add replications for what is open. Throws UserError for what cannot be planned.
FoundMoves find_moves(const Plan& plan, const MoveEffects& effects, const FindMovesOptions& options);

}  // namespace pishkhan
