#pragma once
#include <array>

#include "sim/lanes/visit_rows.hpp"

namespace pishkhan {

/// What eight days of a station have in common: one opening of the doors, one shift of all clerks, which
/// begins before the doors close and does not end before they do. Clerks work at speed 1; nobody balks.
struct LaneRules {
  Tick opens = 0, closes = 0;                ///< the doors
  Tick shift_from = 0, shift_to = 0;         ///< of each clerk
  bool serve_out = true;                     ///< otherwise who waits when the doors close is sent away
  Tick target = 0;                           ///< T of the service level
  std::array<std::size_t, kLanes> clerks{};  ///< on duty, by lane; at most kLaneClerksAtMost
};
inline constexpr std::size_t kLaneClerksAtMost = 8;

/// What became of the visits, row by row. Sums are of the rows up to and with this one.
struct QueueRows {
  TickRows may_start;    ///< when a clerk is free for the visit, not before its arrival; ascends
  TickRows leave;        ///< handling starts, or the customer gives up or is sent away
  TickRows served_wait;  ///< -1 where the visit is not served
  /// Of the served, in the lower 16 bits, and of those of them who waited no longer than the target, in the
  /// upper 16 bits.
  TickRows counts;
  WideRows served_waits, waits, handling;        ///< sums: of the served, of all, of the served
  std::array<TickRows, kLaneClerksAtMost> free;  ///< when clerks are free after the visit, ascending
  TickRow abandoned{};                           ///< in all
  std::size_t clerks = 0;                        ///< most of any lane
  Tick last_end = 0;                             ///< of all lanes
};

/// First come, first served. False if some time lies beyond the next day's noon: then nothing holds.
bool run_queue(InstructionSet set, const LaneRules& rules, const VisitRows& visits, QueueRows& into);

}  // namespace pishkhan
