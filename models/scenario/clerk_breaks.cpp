#include "models/scenario/clerk_breaks.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace pishkhan {
namespace {

/// The first and the last instant of the turns of a day with hours.
Interval all_turns(const ClerkBreak& pause, const Intervals& hours) {
  const double from_s = hours.front().from_s + pause.after_s;
  return {from_s, from_s + pause.turns * pause.length_s};
}

/// The hours without the turn's break.
Intervals without_turn(const Intervals& hours, const ClerkBreak& pause, int turn) {
  const double from_s = all_turns(pause, hours).from_s + turn * pause.length_s;
  const double to_s = from_s + pause.length_s;
  Intervals rest;
  for (const Interval& shift : hours) {
    if (from_s <= shift.from_s || to_s >= shift.to_s) {
      rest.push_back(shift);
    } else {
      rest.push_back({shift.from_s, from_s});
      rest.push_back({to_s, shift.to_s});
    }
  }
  return rest;
}

}  // namespace

bool has_room_for(const ClerkBreak& pause, const Intervals& hours) {
  if (hours.empty()) return false;
  const Interval turns = all_turns(pause, hours);
  return std::any_of(hours.begin(), hours.end(), [&](const Interval& shift) {
    return shift.from_s < turns.from_s && turns.to_s < shift.to_s;
  });
}

std::vector<ClerkGroup> in_turns(const std::vector<ClerkGroup>& groups, const ClerkBreak& pause) {
  std::vector<ClerkGroup> all;
  std::int64_t before = 0;
  for (const ClerkGroup& group : groups) {
    for (int turn = 0; turn < pause.turns && turn < group.clerks; ++turn) {
      ClerkGroup part = group;
      // Of clerks number before, before + 1, ... those whose number leaves the turn as remainder.
      const auto own = static_cast<int>((before + turn) % pause.turns);
      part.clerks = (group.clerks - turn + pause.turns - 1) / pause.turns;
      if (pause.turns > 1) part.id += "-turn-" + std::to_string(own + 1);
      for (Intervals& hours : part.shifts)
        if (has_room_for(pause, hours)) hours = without_turn(hours, pause, own);
      all.push_back(std::move(part));
    }
    before += group.clerks;
  }
  return all;
}

BreakDays days_of_break(const ClerkGroup& group, const ClerkBreak& pause) {
  BreakDays days;
  for (const Intervals& hours : group.shifts) {
    days.all += !hours.empty();
    days.with_room += has_room_for(pause, hours);
  }
  return days;
}

}  // namespace pishkhan
