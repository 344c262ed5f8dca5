#pragma once
#include <vector>

#include "models/province/province.hpp"

namespace pishkhan {

/// A break in every shift of clerks, who take it in turns.
struct ClerkBreak {
  double after_s = 0;   ///< from the start of the day's shifts to the first turn
  double length_s = 0;  ///< of each turn
  int turns = 1;        ///< one after the other; 1: all clerks together
};

/// Whether all turns lie within the hours of a day, with work before and after them.
bool has_room_for(const ClerkBreak& pause, const Intervals& hours);

/// The groups with the break in their hours, one for each turn: of all their clerks together, the first takes
/// the first turn, the next the second, and after the last turn the first again. Days without room for the
/// break stay as they are.
std::vector<ClerkGroup> in_turns(const std::vector<ClerkGroup>& groups, const ClerkBreak& pause);

/// Of the days of the week on which the group works, those with room for the break, and all.
struct BreakDays {
  int with_room = 0, all = 0;
};
BreakDays days_of_break(const ClerkGroup& group, const ClerkBreak& pause);

}  // namespace pishkhan
