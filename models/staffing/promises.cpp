#include "models/staffing/promises.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "models/province/calendar.hpp"
#include "models/trial/totals/totals.hpp"
#include "sim/statistics/share_tests.hpp"

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
    slots_.push_back(1);
    if (!has(target, station)) continue;
    need_clerk_time_ |= target.kind == TargetKind::utilization || target.kind == TargetKind::overtime;
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
      slots_.back() = slots_of(target, data);
      for (std::size_t slot = 0; slot < slots_.back(); ++slot)
        list_.push_back({t, target.in == TargetPeriod::hour ? two_digits(slot) : std::to_string(slot + 1)});
      period.assign(static_cast<std::size_t>(days), 0);
    }
  }
}

void Promises::count(const Day& day, const Visits& visits, const ClerkTime& time,
                     std::span<RatioParts> counts) const {
  const Intervals& doors = data_.stations[station_.index()].hours(day.date, day.weekday).doors;
  const auto counted_day = static_cast<std::size_t>(day.index - scenario_.run.warm_up_days);
  for (std::size_t t = 0; t < first_.size(); ++t) {
    if (first_[t] == SIZE_MAX) continue;
    const Target& target = scenario_.targets[t];
    RatioParts* const slots = &counts[first_[t] + period_[t][counted_day]];
    if (target.kind == TargetKind::wait) {
      add_waits(target, visits, doors, 0, slots);
    } else if (!target.counts_visits()) {
      add_clerk_time(target, time, slots);
    } else {
      std::vector<GoodCount> seen(slots_[t]);
      count_visits(target, visits, doors, 0, seen.data());
      for (std::size_t k = 0; k < seen.size(); ++k)
        slots[k] += {static_cast<double>(seen[k].good), static_cast<double>(seen[k].counted)};
    }
  }
  double joined = 0, in_time = 0, wait_s = 0;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const Outcome outcome = visits.outcome[i];
    if (outcome == Outcome::balked) continue;
    const double wait = visits.leave_s[i] - visits.arrival_s[i];
    ++joined;
    wait_s += wait;
    in_time +=
        wait <= scenario_.service_level_s && (outcome == Outcome::served || outcome == Outcome::failed);
  }
  counts[list_.size()] += {in_time, joined};
  counts[list_.size() + 1] += {wait_s, joined};
}

double margin_of(const Target& target, double value) {
  if (target.is_in_time()) return value - target.goal;
  return target.is_time() ? 1 - value / target.goal : target.goal - value;
}

namespace {

/// Whether what was seen of all replications is on the good side of the goal.
bool is_good(const Target& target, const RatioParts& all) {
  return target.counts_visits() ? !is_below_goal(all.numerator, all.denominator, target.least_good())
                                : !is_above_goal(all, target.goal);
}

/// Which part of what the target allows is left: of late visits, of the time, or of the share. Below 0 the
/// value is beyond its goal. Targets of all kinds can be compared so.
double left_of_allowed(const Target& target, double value) {
  const double allowed = target.is_in_time() ? 1 - target.goal : target.goal;
  const double used = target.is_in_time() ? 1 - value : value;
  if (allowed > 0) return 1 - used / allowed;
  return used > 0 ? -std::numeric_limits<double>::infinity() : 0;
}

/// One promise, tested by what was seen of it in each replication.
RatioTests test_shares(const Target& target, std::span<const RatioParts> seen) {
  std::vector<GoodCount> counts;
  for (const RatioParts& one : seen) {
    counts.push_back(
        {static_cast<std::uint32_t>(one.denominator), static_cast<std::uint32_t>(one.numerator)});
  }
  const ObservedShare share = observe_share(counts, counts.size(), DaysAre::one_run);
  const ShareTests tests = test_share(share, target.least_good());
  RatioTests result{tests.p_met, tests.p_missed, tests.share};
  result.value.mean = share.mean;
  if (target.kind == TargetKind::abandoned) result.value = complement(result.value);
  return result;
}

}  // namespace

PromiseTests test_promises(const Scenario& scenario, const Promises& promises, const StaffingCounts& seen) {
  PromiseTests tests;
  const std::size_t replications = seen.counts.size() / std::max<std::size_t>(seen.promises, 1);
  std::vector<RatioParts> counts(replications);
  double tested = 0, p_missed = 1, p_met = 0, least_left = 0;
  for (std::size_t k = 0; k < seen.promises; ++k) {
    RatioParts all;
    for (std::size_t i = 0; i < replications; ++i) all += counts[i] = seen.counts[i * seen.promises + k];
    if (all.denominator <= 0) continue;
    const Target& target = scenario.targets[promises.list()[k].target];
    const RatioTests one = target.counts_visits() ? test_shares(target, counts)
                                                  : test_ratio(counts, target.goal, ratio_rules(target));
    ++tested;
    tests.meets &= is_good(target, all);
    p_met = std::max(p_met, one.p_met);
    p_missed = std::min(p_missed, one.p_missed);
    const double left = left_of_allowed(target, one.value.mean);
    if (tested > 1 && !(left < least_left)) continue;
    least_left = left;
    tests.margin = margin_of(target, one.value.mean);
    tests.hardest = k;
    tests.value = one.value;
  }
  tests.any = tested > 0;
  if (!tests.any) return tests;
  tests.p_met = p_met;
  tests.p_missed = std::min(1.0, p_missed * tested);
  return tests;
}

std::optional<bool> keeps_promises(const Scenario& scenario, const Promises& promises,
                                   std::span<const RatioParts> sums) {
  std::optional<bool> keeps;
  for (std::size_t k = 0; k < promises.list().size(); ++k) {
    if (sums[k].denominator <= 0) continue;
    keeps = keeps.value_or(true) && is_good(scenario.targets[promises.list()[k].target], sums[k]);
  }
  return keeps;
}

}  // namespace pishkhan
