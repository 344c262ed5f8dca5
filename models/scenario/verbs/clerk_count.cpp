#include "models/scenario/verbs/clerk_count.hpp"

#include <algorithm>
#include <set>

namespace pishkhan {
namespace {

/// Splits the groups that work on both sides of a day.
void split_at(std::vector<ClerkGroup>& groups, DayNumber day) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].from_day >= day || groups[i].until_day <= day) continue;
    ClerkGroup later = groups[i];
    groups[i].until_day = day;
    later.from_day = day;
    groups.insert(groups.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(later));
    ++i;
  }
}

/// Changes the groups that work throughout [from, until), where no group starts or ends in between.
ClerkCount change_stretch(StationRules& rules, const CountChange& change, DayNumber from, DayNumber until) {
  std::vector<ClerkGroup*> working;
  std::int64_t clerks = 0;
  for (auto& group : rules.groups) {
    if (group.from_day > from || group.until_day < until) continue;
    working.push_back(&group);
    clerks += group.clerks;
  }
  const std::int64_t wanted = change.applied_to(clerks);
  if (wanted < 0) return ClerkCount::too_few;
  if (wanted > kMostClerks || clerks > kMostClerks) return ClerkCount::too_many;
  auto difference = static_cast<int>(wanted - clerks);
  if (difference > 0 && !working.empty()) {
    working.front()->clerks += difference;
  } else if (difference > 0) {
    ClerkGroup group;
    group.id = "clerks";
    group.clerks = difference;
    group.shifts = rules.doors;
    group.from_day = from;
    group.until_day = until;
    rules.groups.push_back(std::move(group));
  }
  for (ClerkGroup* group : working) {
    const int taken = std::clamp(-difference, 0, group->clerks);
    group->clerks -= taken;
    difference += taken;
  }
  return ClerkCount::possible;
}

}  // namespace

ClerkCount change_clerks(StationRules& rules, const CountChange& change, DayNumber from_day,
                         DayNumber until_day) {
  StationRules changed = rules;
  std::set<DayNumber> bounds{from_day, until_day};
  for (const auto& group : rules.groups) {
    for (const DayNumber day : {group.from_day, group.until_day})
      if (day > from_day && day < until_day) bounds.insert(day);
  }
  for (const DayNumber day : bounds) split_at(changed.groups, day);
  for (auto from = bounds.begin(), until = std::next(from); until != bounds.end(); ++from, ++until) {
    const ClerkCount count = change_stretch(changed, change, *from, *until);
    if (count != ClerkCount::possible) return count;
  }
  std::erase_if(changed.groups, [](const ClerkGroup& group) { return group.clerks == 0; });
  rules = std::move(changed);
  return ClerkCount::possible;
}

}  // namespace pishkhan
