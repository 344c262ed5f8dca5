#include "models/trial/station_day/clerks_on_duty.hpp"

#include "models/trial/purpose.hpp"

namespace pishkhan {
namespace {

/// Calls each(clerk) for the clerks who come to work on the day, in order of their numbers, until it returns
/// false.
template <class Each>
void for_each_on_duty(const StationPlan& plan, const StationHours& hours, const Day& day, DrawKey key,
                      GroupsInstead instead, Each each) {
  std::uint32_t number = 0, drawn = UINT32_MAX;
  Block block{};
  const std::vector<ClerkGroup>& groups = instead == nullptr ? plan.rules->groups : *instead;
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    const ClerkGroup& group = groups[g];
    // Clerks are numbered over the groups of this day only. So staffing that changes on a date gives those
    // who stay the same numbers, and with them the same absences.
    if (day.date < group.from_day || day.date >= group.until_day) continue;
    const std::uint8_t skill_set = plan.skill_set.empty() ? std::uint8_t{0} : plan.skill_set[g];
    const Intervals& shifts = instead == nullptr ? hours.shifts[g] : group.shifts[day.weekday];
    for (int k = 0; k < group.clerks; ++k, ++number) {
      if (shifts.empty()) continue;
      if (group.absence > 0) {
        // One block of four words serves four clerks.
        if (number / 4 != drawn) {
          drawn = number / 4;
          block = draw(key, drawn, plan.key, day.date, tag(0, Purpose::absence));
        }
        if (uniform(block[number % 4]) < group.absence) continue;
      }
      if (!each(Clerk{number, group.speed, shifts, g, skill_set})) return;
    }
  }
}

}  // namespace

void find_clerks_on_duty(const StationPlan& plan, const StationHours& hours, const Day& day, DrawKey key,
                         std::vector<Clerk>& clerks, GroupsInstead instead) {
  clerks.clear();
  for_each_on_duty(plan, hours, day, key, instead, [&](const Clerk& clerk) {
    clerks.push_back(clerk);
    return true;
  });
}

bool is_staffed(const StationPlan& plan, const StationHours& hours, const Day& day, DrawKey key,
                GroupsInstead instead) {
  if (plan.unlimited || plan.cores > 0) return true;
  bool staffed = false;
  for_each_on_duty(plan, hours, day, key, instead, [&](const Clerk& clerk) {
    staffed = meet(clerk.shifts, hours.doors);
    return !staffed;
  });
  return staffed;
}

}  // namespace pishkhan
