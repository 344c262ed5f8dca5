#include "models/staffing/promises.hpp"

#include <algorithm>

#include "models/province/calendar.hpp"
#include "models/trial/accounting/target_counter.hpp"
#include "models/trial/totals/totals.hpp"

namespace pishkhan {
namespace {

std::string two_digits(std::size_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

bool has(const Target& target, StationIndex station) {
  return target.stations.empty() ||
         std::binary_search(target.stations.begin(), target.stations.end(), station.value);
}

}  // namespace

Promises::Promises(const Scenario& scenario, const Plan::Data& data, StationIndex station)
    : scenario_(scenario), data_(data), station_(station) {
  const DayNumber first_day = scenario.run.start + scenario.run.warm_up_days;
  const int days = scenario.run.days - scenario.run.warm_up_days;
  for (std::size_t t = 0; t < scenario.targets.size(); ++t) {
    const Target& target = scenario.targets[t];
    std::vector<std::size_t>& period = period_.emplace_back();
    first_.push_back(SIZE_MAX);
    if (!has(target, station)) continue;
    first_.back() = list_.size();
    if (target.in == TargetPeriod::whole) {
      list_.push_back({t, "whole"});
      period.assign(static_cast<std::size_t>(days), 0);
    } else if (target.in == TargetPeriod::month || target.in == TargetPeriod::day) {
      for (DayNumber day = first_day; day < first_day + days; ++day) {
        std::string name = format_date(day);
        if (target.in == TargetPeriod::month) name.resize(name.rfind('-'));
        if (period.empty() || list_.back().period != name) list_.push_back({t, name});
        period.push_back(list_.size() - 1 - first_.back());
      }
    } else {
      for (std::size_t slot = 0; slot < slots_of(target, data); ++slot)
        list_.push_back({t, target.in == TargetPeriod::hour ? two_digits(slot) : std::to_string(slot + 1)});
      period.assign(static_cast<std::size_t>(days), 0);
    }
  }
}

void Promises::count(const Day& day, const Visits& visits, std::span<GoodCount> counts) const {
  const Intervals& doors = data_.stations[station_.index()].week[day.weekday]->doors;
  for (std::size_t t = 0; t < first_.size(); ++t) {
    if (first_[t] == SIZE_MAX) continue;
    const auto counted_day = static_cast<std::size_t>(day.index - scenario_.run.warm_up_days);
    count_visits(scenario_.targets[t], visits, doors, 0, &counts[first_[t] + period_[t][counted_day]]);
  }
}

PromiseTests test_promises(const Scenario& scenario, const Promises& promises, const StaffingCounts& seen) {
  PromiseTests tests;
  const std::size_t replications = seen.counts.size() / std::max<std::size_t>(seen.promises, 1);
  std::vector<GoodCount> counts(replications);
  double least_above = 2, tested = 0, p_missed = 1, p_met = 0;
  for (std::size_t k = 0; k < seen.promises; ++k) {
    for (std::size_t i = 0; i < replications; ++i) counts[i] = seen.counts[i * seen.promises + k];
    const ObservedShare share = observe_share(counts, replications, DaysAre::one_run);
    if (share.counted == 0) continue;
    const double goal = scenario.targets[promises.list()[k].target].goal;
    const ShareTests one = test_share(share, goal);
    ++tested;
    tests.meets &= !is_below_goal(share.mean, 1, goal);
    p_met = std::max(p_met, one.p_met);
    p_missed = std::min(p_missed, one.p_missed);
    if (share.mean - goal >= least_above) continue;
    least_above = share.mean - goal;
    tests.hardest = k;
    tests.margin = least_above;
    tests.share = one.share;
  }
  tests.any = tested > 0;
  if (!tests.any) return tests;
  tests.p_met = p_met;
  tests.p_missed = std::min(1.0, p_missed * tested);
  return tests;
}

}  // namespace pishkhan
