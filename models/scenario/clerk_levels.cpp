#include "models/scenario/clerk_levels.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <utility>

namespace pishkhan {

WeekHours common_hours(const WeekHours& some, const WeekHours& others) {
  WeekHours common;
  for (std::size_t day = 0; day < common.size(); ++day) {
    for (const Interval& a : some[day]) {
      for (const Interval& b : others[day]) {
        const Interval both{std::max(a.from_s, b.from_s), std::min(a.to_s, b.to_s)};
        if (both.from_s < both.to_s) common[day].push_back(both);
      }
    }
  }
  return common;
}

std::vector<ClerkGroup> groups_by_level(const std::vector<HoursClerks>& asked) {
  std::set<int> levels;
  for (const HoursClerks& one : asked) levels.insert(one.clerks);
  levels.erase(0);
  std::vector<ClerkGroup> groups;
  int below = 0;
  for (const int level : levels) {
    ClerkGroup group;
    group.id = "clerks-" + std::to_string(below + 1);
    group.clerks = level - below;
    for (const HoursClerks& one : asked) {
      if (one.clerks < level) continue;
      for (std::size_t day = 0; day < one.hours.size(); ++day) {
        Intervals& shifts = group.shifts[day];
        for (const Interval& shift : one.hours[day]) {
          if (!shifts.empty() && shifts.back().to_s == shift.from_s)
            shifts.back().to_s = shift.to_s;
          else
            shifts.push_back(shift);
        }
      }
    }
    groups.push_back(std::move(group));
    below = level;
  }
  return groups;
}

}  // namespace pishkhan
