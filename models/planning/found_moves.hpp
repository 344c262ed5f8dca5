#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "models/planning/capacities.hpp"
#include "models/planning/choose_moves.hpp"
#include "models/planning/held_targets.hpp"
#include "models/planning/month_shares.hpp"
#include "models/planning/moved_scenario.hpp"
#include "models/planning/proposal.hpp"
#include "sim/statistics/estimate.hpp"

namespace pishkhan {

/// What is known of a station under the moves that were found. A month in which it is proven to miss a target
/// without moves is let off: no move is held to that target there.
enum class StationUnderMoves : std::uint8_t {
  kept,       ///< proven: every target holds in every month to which the moves add work
  part_kept,  ///< the same, but for months that are let off
  open,       ///< whether they hold is open
  unheld,     ///< every such month is let off
  no_target,  ///< it has no target
  full,       ///< it gets no work: too near to a target already without moves, with all clerks of the waves
};
inline constexpr std::size_t kStationsUnderMoves = 6;

struct MovedStation {
  std::size_t station = 0;  ///< among those of MoveEffects
  StationUnderMoves state = StationUnderMoves::no_target;
  std::size_t let_off = 0;      ///< months with added work that are let off
  double let_off_share = kNan;  ///< in time, the least in them with the moves, as seen in the proof
  // The month and the target that come nearest to failing; none where none is held.
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
  std::vector<MovedStation> stations;   ///< to which the moves add work, and those that are full
  std::vector<FrontierPoint> frontier;  ///< ascending clerks
  std::uint32_t search_replications = 0, proof_replications = 0;  ///< the latter of the last round
  std::uint64_t proof_seed = 0;                                   ///< of the last round
  std::size_t proposals = 0, refuted = 0, rounds = 0;
};

/// What is known of a proposal when the search for moves ends.
struct KnownMoves {
  const Scenario& scenario;
  const MoveEffects& effects;
  const HeldTargets& held;
  const Capacities& capacities;
  const MoveLimits& limits;
  const Proposal& proposal;
  const MonthShares& proof;           ///< of its cells; empty: none was made
  const std::set<std::size_t>& open;  ///< stations that are not proven
};
/// All of FoundMoves but how they were found.
FoundMoves describe_moves(const KnownMoves& known, int threads, const std::function<bool()>& stop);

}  // namespace pishkhan
