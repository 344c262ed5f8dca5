#include "models/staffing/staffing_space.hpp"

#include <algorithm>

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

}  // namespace

StaffingSpace::StaffingSpace(const Scenario& scenario, const Plan::Data& data, StationIndex station)
    : rules_(*data.stations[station.index()].rules), by_total_(!data.bare) {
  const StationPlan& plan = data.stations[station.index()];
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
  if (by_total_) now_ = {clerks_now_};
  if (plan.unlimited || plan.cores > 0 || in_run_.empty()) return;
  can_vary_ = always;
  monotone_ = alike && !plan.priorities && plan.able.empty() && rules_.balking.points.empty() &&
              rules_.room == INT32_MAX && rules_.closing == Closing::serve_out &&
              nobody_leaves(scenario, data, station) && !is_coupled(scenario) && now_.size() == 1 &&
              keeps_clerk_time(scenario, rules_, station);
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

double StaffingSpace::paid_hours(const Staffing& staffing) const {
  const std::vector<int> clerks = by_group(staffing);
  double hours = 0;
  for (std::size_t g = 0; g < clerks.size(); ++g) hours += clerks[g] * weekly_hours_[g];
  return hours;
}

}  // namespace pishkhan
