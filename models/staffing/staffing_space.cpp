#include "models/staffing/staffing_space.hpp"

#include <algorithm>
#include <utility>

#include "models/scenario/clerk_levels.hpp"
#include "models/scenario/verbs/clerk_count.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/time.hpp"

namespace pishkhan {
namespace {

double hours_of(const WeekHours& week) {
  double seconds = 0;
  for (const Intervals& day : week)
    for (const Interval& shift : day) seconds += shift.to_s - shift.from_s;
  return seconds / kSecondsPerHour;
}

bool nobody_leaves(const Scenario& scenario, const Plan::Data& data, StationIndex station) {
  const auto never = [](const Distribution& patience) { return std::holds_alternative<Never>(patience); };
  if (!data.bare) return never(scenario.patience[data.stations[station.index()].channel == Channel::office]);
  const auto& streams = scenario.stations[station.index()].streams;
  return std::all_of(streams.begin(), streams.end(),
                     [&](const ArrivalStream& stream) { return never(stream.patience); });
}

/// Whether one clerk more never makes utilization or overtime more, where it never lengthens a wait. Then all
/// work begins earlier, so that less of it is after a shift, if there is one a day; and of the clerks on
/// shift as many as before have nothing to do, and more. Of an hour that says nothing: work moves between
/// hours.
bool keeps_clerk_time(const Scenario& scenario, const StationRules& rules, StationIndex station) {
  const auto is_of_clerks = [&](const Target& target) {
    return (target.kind == TargetKind::utilization || target.kind == TargetKind::overtime) &&
           (target.stations.empty() ||
            std::binary_search(target.stations.begin(), target.stations.end(), station.value));
  };
  const auto is_by_hour = [](const Target& target) { return target.in == TargetPeriod::hour; };
  const auto& targets = scenario.targets;
  if (std::none_of(targets.begin(), targets.end(), is_of_clerks)) return true;
  const ClerkGroup& group = rules.groups.front();
  return rules.groups.size() == 1 && group.absence <= 0 &&
         std::all_of(group.shifts.begin(), group.shifts.end(),
                     [](const Intervals& shifts) { return shifts.size() <= 1; }) &&
         std::none_of(targets.begin(), targets.end(),
                      [&](const Target& target) { return is_of_clerks(target) && is_by_hour(target); });
}

/// Whether whoever is late in the best case of a set of staffings lowers the value of each target, and
/// nothing else does. Best cases say nothing of clerks' time.
bool count_the_late(const Scenario& scenario, StationIndex station) {
  return std::all_of(scenario.targets.begin(), scenario.targets.end(), [&](const Target& target) {
    const bool here = target.stations.empty() ||
                      std::binary_search(target.stations.begin(), target.stations.end(), station.value);
    return !here ||
           (target.kind == TargetKind::share && target.of == TargetOf::joined && target.left_is_late);
  });
}

/// Whether CallBounds knows what calls may do.
bool calls_are_bounded(const Scenario& scenario) {
  return scenario.redirect.at_most == 0 && scenario.backbone.model != BackboneModel::simgrid &&
         std::none_of(scenario.outages.begin(), scenario.outages.end(),
                      [](const Outage& outage) { return outage.is_slow_down(); });
}

bool meets(const WeekHours& some, const WeekHours& others) {
  for (std::size_t day = 0; day < some.size(); ++day)
    if (meet(some[day], others[day])) return true;
  return false;
}

WeekHours doors_of(const StationPlan& plan) {
  WeekHours doors;
  for (std::size_t day = 0; day < doors.size(); ++day) doors[day] = plan.weeks.front().days[day]->doors;
  return doors;
}

}  // namespace

StaffingSpace::StaffingSpace(const Scenario& scenario, const Plan::Data& data, StationIndex station,
                             StaffBy by, const std::vector<ShiftPattern>& patterns)
    : rules_(*data.stations[station.index()].rules),
      plan_(data.stations[station.index()]),
      by_(by),
      by_total_(!data.bare) {
  const DayNumber begin = scenario.run.start, end = begin + scenario.run.days;
  bool always = true, alike = true;
  for (std::size_t g = 0; g < rules_.groups.size(); ++g) {
    const ClerkGroup& group = rules_.groups[g];
    weekly_hours_.push_back(hours_of(group.shifts));
    now_.push_back(0);
    if (group.from_day < end && group.until_day >= end) {
      now_.back() = group.clerks;
      clerks_now_ += group.clerks;
      paid_hours_now_ += group.clerks * weekly_hours_.back();
    }
    if (group.from_day >= end || group.until_day <= begin) continue;
    in_run_.push_back(g);
    const ClerkGroup& first = rules_.groups[in_run_.front()];
    always &= group.from_day <= begin && group.until_day >= end;
    alike &= group.speed == first.speed && group.absence == first.absence;
  }
  if (by_total_ && by == StaffBy::station) now_ = {clerks_now_};
  if (plan_.unlimited || plan_.cores > 0 || in_run_.empty()) return;
  const ClerkGroup& front = rules_.groups[in_run_.front()];
  alike &= plan_.able.empty();
  const bool in_order = alike && !plan_.priorities && rules_.balking.points.empty() &&
                        rules_.room == INT32_MAX && rules_.closing == Closing::serve_out &&
                        nobody_leaves(scenario, data, station);
  can_vary_ = always;
  if (by == StaffBy::station) {
    monotone_ =
        in_order && !is_coupled(scenario) && now_.size() == 1 && keeps_clerk_time(scenario, rules_, station);
    return;
  }
  // The staffing of a province is written without speeds.
  can_vary_ &= alike && (data.bare || front.speed == 1);
  find_slots();
  weekly_hours_.clear();
  if (by == StaffBy::roster) {
    find_patterns(patterns);
    now_.assign(patterns_.size(), 1);
  } else {
    for (const WeekHours& slot : slots_) weekly_hours_.push_back(hours_of(slot));
    now_ = on_duty_now();
    for (std::size_t k = 1; k < slot_times_.size(); ++k)
      can_vary_ &= data.bare || slot_times_[k - 1].to_s <= slot_times_[k].from_s;
  }
  if (by == StaffBy::roster) slot_times_.clear();
  can_vary_ &= !now_.empty();
  const auto& week = plan_.weeks.front().days;
  // In a province an interval is one of every day with doors, also of those on which nobody works now.
  for (std::size_t day = 0; day < kDaysPerWeek; ++day)
    can_vary_ &= data.bare || rules_.doors_on(begin)[day].empty() || !week[day]->doors.empty();
  best_cases_ =
      in_order && front.absence == 0 && count_the_late(scenario, station) && calls_are_bounded(scenario);
}

/// Those that have hours while the doors are open, others than a pattern before.
void StaffingSpace::find_patterns(const std::vector<ShiftPattern>& patterns) {
  for (const ShiftPattern& pattern : patterns) {
    WeekHours hours = common_hours(pattern.hours, doors_of(plan_));
    if (hours_of(hours) == 0) continue;
    if (std::any_of(patterns_.begin(), patterns_.end(),
                    [&](const ShiftPattern& other) { return other.hours == hours; }))
      continue;
    weekly_hours_.push_back(hours_of(hours));
    patterns_.push_back({pattern.id, std::move(hours)});
  }
}

void StaffingSpace::find_slots() {
  const WeekHours doors = doors_of(plan_);
  const auto add = [&](WeekHours slot, std::string name) {
    if (hours_of(slot) == 0) return;
    Interval time{kForever, 0};
    for (const Intervals& day : slot) {
      if (day.empty()) continue;
      time = {std::min(time.from_s, day.front().from_s), std::max(time.to_s, day.back().to_s)};
    }
    slot_times_.push_back(time);
    slots_.push_back(std::move(slot));
    slot_names_.push_back(std::move(name));
  };
  if (by_ == StaffBy::shift) {
    std::size_t most = 0;
    for (const Intervals& day : doors) most = std::max(most, day.size());
    for (std::size_t k = 0; k < most; ++k) {
      WeekHours slot;
      for (std::size_t day = 0; day < slot.size(); ++day)
        if (k < doors[day].size()) slot[day] = {doors[day][k]};
      add(std::move(slot), std::to_string(k + 1));
    }
    return;
  }
  for (int hour = 0; hour < kHoursPerDay; ++hour) {
    WeekHours whole;
    whole.fill({{hour * kSecondsPerHour, (hour + 1) * kSecondsPerHour}});
    add(common_hours(whole, doors), (hour < 10 ? "0" : "") + std::to_string(hour));
  }
}

Staffing StaffingSpace::on_duty_now() const {
  Staffing now;
  for (const WeekHours& slot : slots_) {
    const auto day = static_cast<std::size_t>(
        std::find_if(slot.begin(), slot.end(), [](const Intervals& of_day) { return !of_day.empty(); }) -
        slot.begin());
    const double begins_s = slot[day].front().from_s;
    int& clerks = now.emplace_back();
    for (const ClerkGroup& group : rules_.groups) {
      for (const Interval& shift : group.shifts[day])
        if (shift.from_s <= begins_s && begins_s < shift.to_s) clerks += group.clerks;
    }
  }
  return now;
}

std::vector<int> StaffingSpace::by_group(const Staffing& staffing) const {
  if (!by_total_ || rules_.groups.size() == 1) return staffing;
  StationRules rules = rules_;
  rules.groups.clear();
  for (const std::size_t g : in_run_) {
    ClerkGroup& group = rules.groups.emplace_back(rules_.groups[g]);
    group.from_day = INT32_MIN;  // the change is of the whole run
    group.until_day = INT32_MAX;
  }
  const CountChange change{CountChange::Kind::set, static_cast<double>(staffing.front())};
  const ClerkCount done = change_clerks(rules, change, INT32_MIN, INT32_MAX);
  PISHKHAN_EXPECT(done == ClerkCount::possible);
  // Groups that are left without clerks are not in the changed rules; the others keep their order.
  std::vector<int> clerks(rules_.groups.size(), 0);
  for (std::size_t k = 0, changed = 0; changed < rules.groups.size(); ++k) {
    PISHKHAN_EXPECT(k < in_run_.size());
    const std::size_t g = in_run_[k];
    if (rules_.groups[g].id == rules.groups[changed].id) clerks[g] = rules.groups[changed++].clerks;
  }
  return clerks;
}

std::vector<ClerkGroup> StaffingSpace::groups(const Staffing& staffing) const {
  std::vector<ClerkGroup> groups;
  if (by_ == StaffBy::station) {
    groups = rules_.groups;
    const std::vector<int> clerks = by_group(staffing);
    for (std::size_t g = 0; g < groups.size(); ++g) groups[g].clerks = clerks[g];
    return groups;
  }
  if (by_ == StaffBy::roster) {
    for (std::size_t k = 0; k < patterns_.size(); ++k) {
      if (staffing[k] == 0) continue;
      ClerkGroup& group = groups.emplace_back();
      group.id = patterns_[k].id;
      group.clerks = staffing[k];
      group.shifts = patterns_[k].hours;
    }
  } else {
    std::vector<HoursClerks> asked;
    for (std::size_t k = 0; k < slots_.size(); ++k) asked.push_back({slots_[k], staffing[k]});
    groups = groups_by_level(asked);
  }
  for (ClerkGroup& group : groups) {
    group.speed = rules_.groups[in_run_.front()].speed;
    group.absence = rules_.groups[in_run_.front()].absence;
  }
  return groups;
}

double StaffingSpace::paid_hours(const Staffing& staffing) const {
  const std::vector<int> clerks = by_ == StaffBy::station ? by_group(staffing) : staffing;
  double hours = 0;
  for (std::size_t k = 0; k < clerks.size(); ++k) hours += clerks[k] * weekly_hours_[k];
  return hours;
}

bool StaffingSpace::is_allowed(const Staffing& staffing) const {
  if (clerks_of(staffing) == 0) return false;
  if (by_ == StaffBy::station) return true;
  for (std::size_t day = 0; day < kDaysPerWeek; ++day) {
    if (plan_.weeks.front().days[day]->doors.empty()) continue;
    bool staffed = false;
    for (std::size_t k = 0; k < staffing.size() && !staffed; ++k)
      staffed = staffing[k] > 0 && !(by_ == StaffBy::roster ? patterns_[k].hours : slots_[k])[day].empty();
    if (!staffed) return false;
  }
  return true;
}

std::vector<std::string> StaffingSpace::number_names() const {
  if (by_ != StaffBy::roster) return slot_names_;
  std::vector<std::string> names;
  for (const ShiftPattern& pattern : patterns_) names.push_back(pattern.id);
  return names;
}

int StaffingSpace::clerks_in(const Staffing& staffing, std::size_t slot) const {
  if (by_ != StaffBy::roster) return staffing[slot];
  int clerks = 0;
  for (std::size_t k = 0; k < staffing.size(); ++k)
    if (meets(patterns_[k].hours, slots_[slot])) clerks += staffing[k];
  return clerks;
}

}  // namespace pishkhan
