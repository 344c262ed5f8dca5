#include "models/scenario/verbs/clerk_count.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <numeric>
#include <set>
#include <utility>

namespace pishkhan {
namespace {

bool works_throughout(const ClerkGroup& group, DayNumber from, DayNumber until) {
  return group.from_day <= from && group.until_day >= until;
}

/// Clerks who work throughout [from, until), where no group starts or ends in between.
std::int64_t clerks_of(const StationRules& rules, DayNumber from, DayNumber until) {
  std::int64_t clerks = 0;
  for (const ClerkGroup& group : rules.groups)
    if (works_throughout(group, from, until)) clerks += group.clerks;
  return clerks;
}

/// Changes the groups that work throughout [from, until), where no group starts or ends in between.
ClerkCount change_stretch(StationRules& rules, std::int64_t wanted, DayNumber from, DayNumber until) {
  const std::int64_t clerks = clerks_of(rules, from, until);
  if (wanted < 0) return ClerkCount::too_few;
  if (wanted > kMostClerks || clerks > kMostClerks) return ClerkCount::too_many;
  std::vector<ClerkGroup*> working;
  for (auto& group : rules.groups)
    if (works_throughout(group, from, until)) working.push_back(&group);
  auto difference = static_cast<int>(wanted - clerks);
  if (difference > 0 && !working.empty()) {
    working.front()->clerks += difference;
  } else if (difference > 0) {
    ClerkGroup group;
    group.id = "clerks";
    group.clerks = difference;
    group.shifts = rules.doors_on(from);
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

/// Adds the days on which groups start or end, or the doors change.
void add_bounds(const StationRules& rules, DayNumber from_day, DayNumber until_day,
                std::set<DayNumber>& bounds) {
  for (const auto& group : rules.groups) {
    for (const DayNumber day : {group.from_day, group.until_day})
      if (day > from_day && day < until_day) bounds.insert(day);
  }
  for (const DayNumber day : rules.door_changes(from_day, until_day)) bounds.insert(day);
}

/// Whether clerks of the groups differ in nothing but when their breaks are.
bool differ_in_breaks(const ClerkGroup& a, const ClerkGroup& b) {
  for (std::size_t day = 0; day < a.shifts.size(); ++day) {
    const Intervals &one = a.shifts[day], &other = b.shifts[day];
    if (one.empty() != other.empty()) return false;
    if (one.empty()) continue;
    if (one.front().from_s != other.front().from_s || one.back().to_s != other.back().to_s) return false;
  }
  return a.speed == b.speed && a.absence == b.absence && a.skills == b.skills;
}

/// Moves one clerk into, or out of, the groups that are as the first one with clerks who work throughout
/// [from, until).
ClerkCount add_one_evenly(StationRules& rules, bool adds, DayNumber from, DayNumber until) {
  ClerkGroup *first = nullptr, *best = nullptr;
  for (ClerkGroup& group : rules.groups) {
    if (!works_throughout(group, from, until) || group.clerks == 0) continue;
    if (first == nullptr) first = best = &group;
    if (!differ_in_breaks(*first, group)) continue;
    if (adds ? group.clerks < best->clerks : group.clerks > best->clerks) best = &group;
  }
  const std::int64_t wanted = clerks_of(rules, from, until) + (adds ? 1 : -1);
  if (best == nullptr || wanted < 0 || wanted > kMostClerks)
    return change_stretch(rules, wanted, from, until);
  best->clerks += adds ? 1 : -1;
  return ClerkCount::possible;
}

/// Days from `from_day` up to `until_day`, cut where groups or doors begin or end.
std::set<DayNumber> bounds_of(const StationRules& rules, DayNumber from_day, DayNumber until_day) {
  std::set<DayNumber> bounds{from_day, until_day};
  add_bounds(rules, from_day, until_day, bounds);
  return bounds;
}

void drop_empty_groups(StationRules& rules) {
  std::erase_if(rules.groups, [](const ClerkGroup& group) { return group.clerks == 0; });
}

/// The stations' clerks after the change. The stations are in the order of their ids.
std::vector<std::int64_t> share_out(const std::vector<std::int64_t>& clerks, double share) {
  std::vector<std::int64_t> wanted;
  std::vector<std::int64_t> rests;  // in units of 1e-9
  for (const std::int64_t count : clerks) {
    // Beyond 1e-9 it is rounding that makes 1.1 * 10 more than 11.
    const double quota = static_cast<double>(count) * (1 + share), whole = std::floor(quota + 1e-9);
    wanted.push_back(static_cast<std::int64_t>(whole));
    rests.push_back(std::llround((quota - whole) * 1e9));
  }
  const std::int64_t sum = std::accumulate(clerks.begin(), clerks.end(), std::int64_t{0});
  const auto total =
      static_cast<std::int64_t>(std::floor(static_cast<double>(sum) * (1 + share) + 0.5 + 1e-9));
  std::vector<std::size_t> order(clerks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rests[a] > rests[b]; });
  const std::int64_t left = total - std::accumulate(wanted.begin(), wanted.end(), std::int64_t{0});
  for (std::size_t k = 0; k < order.size() && static_cast<std::int64_t>(k) < left; ++k) ++wanted[order[k]];
  return wanted;
}

}  // namespace

void split_groups(std::vector<ClerkGroup>& groups, DayNumber day) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].from_day >= day || groups[i].until_day <= day) continue;
    ClerkGroup later = groups[i];
    groups[i].until_day = day;
    later.from_day = day;
    groups.insert(groups.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(later));
    ++i;
  }
}

ClerkCount change_clerks(StationRules& rules, const CountChange& change, DayNumber from_day,
                         DayNumber until_day) {
  StationRules changed = rules;
  const std::set<DayNumber> bounds = bounds_of(rules, from_day, until_day);
  for (const DayNumber day : bounds) split_groups(changed.groups, day);
  for (auto from = bounds.begin(), until = std::next(from); until != bounds.end(); ++from, ++until) {
    const ClerkCount count =
        change_stretch(changed, change.applied_to(clerks_of(changed, *from, *until)), *from, *until);
    if (count != ClerkCount::possible) return count;
  }
  drop_empty_groups(changed);
  rules = std::move(changed);
  return ClerkCount::possible;
}

ClerkCount add_clerks_evenly(StationRules& rules, int more, DayNumber from_day, DayNumber until_day) {
  StationRules changed = rules;
  const std::set<DayNumber> bounds = bounds_of(rules, from_day, until_day);
  for (const DayNumber day : bounds) split_groups(changed.groups, day);
  for (auto from = bounds.begin(), until = std::next(from); until != bounds.end(); ++from, ++until) {
    for (int k = 0; k < std::abs(more); ++k) {
      const ClerkCount count = add_one_evenly(changed, more > 0, *from, *until);
      if (count != ClerkCount::possible) return count;
    }
  }
  drop_empty_groups(changed);
  rules = std::move(changed);
  return ClerkCount::possible;
}

std::int64_t fewest_clerks(const StationRules& rules, DayNumber from_day, DayNumber until_day) {
  std::int64_t fewest = INT64_MAX;
  StationRules cut = rules;
  const std::set<DayNumber> bounds = bounds_of(rules, from_day, until_day);
  for (const DayNumber day : bounds) split_groups(cut.groups, day);
  for (auto from = bounds.begin(), until = std::next(from); until != bounds.end(); ++from, ++until)
    fewest = std::min(fewest, clerks_of(cut, *from, *until));
  return fewest;
}

void replace_clerks(StationRules& rules, const std::vector<ClerkGroup>& groups, DayNumber from_day,
                    DayNumber until_day) {
  for (const DayNumber day : {from_day, until_day}) split_groups(rules.groups, day);
  std::erase_if(rules.groups, [&](const ClerkGroup& group) {
    return from_day <= group.from_day && group.until_day <= until_day;
  });
  for (ClerkGroup group : groups) {
    group.from_day = from_day;
    group.until_day = until_day;
    rules.groups.push_back(std::move(group));
  }
}

SharedClerks scale_clerks(const std::vector<StationClerks>& stations, double share, DayNumber from_day,
                          DayNumber until_day) {
  std::vector<StationClerks> by_id = stations;
  std::sort(by_id.begin(), by_id.end(),
            [](const StationClerks& a, const StationClerks& b) { return a.id < b.id; });
  std::set<DayNumber> bounds{from_day, until_day};
  for (const StationClerks& station : by_id) add_bounds(*station.rules, from_day, until_day, bounds);
  std::vector<StationRules> changed;
  for (const StationClerks& station : by_id) {
    changed.push_back(*station.rules);
    for (const DayNumber day : bounds) split_groups(changed.back().groups, day);
  }
  SharedClerks result;
  for (auto from = bounds.begin(), until = std::next(from); until != bounds.end(); ++from, ++until) {
    std::vector<std::int64_t> clerks;
    for (const StationRules& rules : changed) clerks.push_back(clerks_of(rules, *from, *until));
    const std::vector<std::int64_t> wanted = share_out(clerks, share);
    result.reached.push_back({*from, 0, 0});
    for (std::size_t i = 0; i < changed.size(); ++i) {
      result.reached.back().before += clerks[i];
      result.reached.back().after += wanted[i];
      result.count = change_stretch(changed[i], wanted[i], *from, *until);
      if (result.count == ClerkCount::possible) continue;
      result.station = by_id[i].id;
      return result;
    }
  }
  for (std::size_t i = 0; i < changed.size(); ++i) {
    drop_empty_groups(changed[i]);
    *by_id[i].rules = std::move(changed[i]);
  }
  return result;
}

}  // namespace pishkhan
