#include "models/trial/station_day/clerks_on_duty.hpp"

#include "models/trial/purpose.hpp"

namespace pishkhan {
namespace {

/// Calls each(clerk) for the clerks who come to work on the day, in order of their numbers, until it returns
/// false.
template <class Each>
void for_each_on_duty(const StationPlan& plan, const StationHours& hours, const Day& day, DrawKey key,
                      std::span<const int> by_group, Each each) {
  std::uint32_t number = 0, drawn = UINT32_MAX;
  Block block{};
  for (std::uint32_t g = 0; g < plan.rules->groups.size(); ++g) {
    const ClerkGroup& group = plan.rules->groups[g];
    // Clerks are numbered over the groups of this day only. So staffing that changes on a date gives those
    // who stay the same numbers, and with them the same absences.
    if (day.date < group.from_day || day.date >= group.until_day) continue;
    const std::uint8_t skill_set = plan.skill_set.empty() ? std::uint8_t{0} : plan.skill_set[g];
    const int count = by_group.empty() ? group.clerks : by_group[g];
    for (int k = 0; k < count; ++k, ++number) {
      if (hours.shifts[g].empty()) continue;
      if (group.absence > 0) {
        // One block of four words serves four clerks.
        if (number / 4 != drawn) {
          drawn = number / 4;
          block = draw(key, drawn, plan.key, day.date, tag(0, Purpose::absence));
        }
        if (uniform(block[number % 4]) < group.absence) continue;
      }
      if (!each(Clerk{number, group.speed, hours.shifts[g], g, skill_set})) return;
    }
  }
}

}  // namespace

void find_clerks_on_duty(const StationPlan& plan, const StationHours& hours, const Day& day, DrawKey key,
                         std::vector<Clerk>& clerks, std::span<const int> by_group) {
  clerks.clear();
  for_each_on_duty(plan, hours, day, key, by_group, [&](const Clerk& clerk) {
    clerks.push_back(clerk);
    return true;
  });
}

bool is_staffed(const StationPlan& plan, const StationHours& hours, const Day& day, DrawKey key,
                std::span<const int> by_group) {
  if (plan.unlimited || plan.cores > 0) return true;
  bool staffed = false;
  for_each_on_duty(plan, hours, day, key, by_group, [&](const Clerk& clerk) {
    staffed = meet(clerk.shifts, hours.doors);
    return !staffed;
  });
  return staffed;
}

}  // namespace pishkhan
