#include "models/staffing/common_citizens.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "models/staffing/best_case.hpp"
#include "models/trial/citizens/bare_citizens.hpp"
#include "models/trial/station_day/clerks_on_duty.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {

CommonCitizens::CommonCitizens(const Plan& plan, std::uint32_t replication, const TrialOptions& options,
                               std::vector<std::uint8_t> wanted, const StationDemand* demand)
    : run_(plan, replication, options),
      follow_up_(run_.scenario, run_.data, run_.key, run_.totals),
      wanted_(std::move(wanted)),
      bounds_(run_.scenario, run_.data) {
  PISHKHAN_EXPECT(!run_.data.unbroken && wanted_.size() == run_.data.stations.size());
  days_.resize(static_cast<std::size_t>(run_.scenario.run.days));
  for (std::size_t k = 0; k < days_.size(); ++k) {
    days_[k].day = day_of_run(run_.scenario, static_cast<int>(k));
    days_[k].holiday = is_holiday(run_.scenario, days_[k].day);
    days_[k].idle = days_[k].holiday && !run_.data.web_only(days_[k].day.date);
  }
  if (run_.data.bare) {
    create_bare_days();
    return;
  }
  if (run_.coupled && !run_.coupled->begin_alone()) {
    throw UserError({{run_.scenario.file.generic_string(), 0, 0, "backbone",
                      "staffing where calls may last longer than clerks wait, though no other is there",
                      "raise `policy.limit`, or lower `share_before`"}});
  }
  for (CitizenDay& day : days_)
    if (run_.coupled && !day.idle) day.outages = run_.coupled->outages_of(day.day.index);
  if (demand != nullptr) {
    source_of_stations_.emplace(*demand, run_.scenario, run_.data, run_.key);
    return;
  }
  CitizenSource source(run_.scenario, run_.data, run_.key, run_.stop);
  source.only_for(wanted_);
  web_calls_.emplace(run_.scenario, run_.data, run_.key);
  DayCitizens memory;
  for (CitizenDay& day : days_)
    if (!day.idle) create_province_day(day, source, memory);
}

void CommonCitizens::create_bare_days() {
  BareCitizens citizens(run_.data, run_.key, run_.stop);
  const std::size_t stations = run_.data.stations.size();
  bare_.resize(days_.size() * stations);
  for (std::size_t k = 0; k < days_.size(); ++k) {
    for (std::size_t s = 0; s < stations && !days_[k].holiday; ++s) {
      const Day& day = days_[k].day;
      if (wanted_[s] != 0 && run_.data.stations[s].is_open(day.date, day.weekday))
        citizens.create(day, StationIndex(s), run_.totals, bare_[k * stations + s]);
    }
  }
}

void CommonCitizens::create_province_day(CitizenDay& day, CitizenSource& source, DayCitizens& citizens) {
  run_.stop.now();
  StationGrouper group;
  const std::size_t stations = run_.data.stations.size();
  std::vector<std::size_t> begin;
  source.create(day.day, day.outages != nullptr, run_.totals, citizens);
  if (day.outages) fail_online(day, source, citizens);
  group(stations, citizens.first_attempts(), day.first_attempts, begin);
  day.first_attempts.resize(begin.back());
  day.first_attempts.shrink_to_fit();
  day.begin.assign(begin.begin(), begin.end());
  group(stations, std::span<const Attempt>(citizens.online_failed), day.after_online, begin);
  day.after_online.resize(begin.back());
  day.after_online_begin.assign(begin.begin(), begin.end());
}

/// Online citizens whose call fails because of an outage go to a station on a later day, as those who fail
/// without one.
void CommonCitizens::fail_online(const CitizenDay& day, const CitizenSource& source, DayCitizens& citizens) {
  const auto may_fail = [&](const Attempt& attempt) {
    const std::size_t system = run_.data.transactions[attempt.service()].to.index();
    return !attempt.failed_online && !day.outages->down.of_system(system).empty();
  };
  std::vector<Attempt>& online = citizens.online;
  std::erase_if(online, [&](const Attempt& attempt) { return !may_fail(attempt); });
  web_calls_->draw(online);
  const std::vector<std::uint8_t> fails = run_.coupled->find_failing(*day.outages, web_calls_->calls());
  for (std::size_t k = 0; k < online.size(); ++k) {
    const std::optional<std::size_t> call = web_calls_->call_of(k);
    if (!call || fails[*call] == 0) continue;
    const AfterOnline next = source.after_online(online[k], day.day, run_.totals);
    if (next.makes_visit() && wanted_[next.attempt.station.index()] != 0)
      citizens.online_failed.push_back(next.attempt);
  }
}

std::size_t CommonCitizens::most_citizens(StationIndex station) const {
  std::size_t most = 0;
  const std::size_t s = station.index();
  for (std::size_t k = 0; k < days_.size(); ++k) {
    if (run_.data.bare)
      most = std::max(most, bare_[k * run_.data.stations.size() + s].size());
    else if (!days_[k].begin.empty())
      most = std::max<std::size_t>(most, days_[k].begin[s + 1] - days_[k].begin[s]);
  }
  return most;
}

bool CommonCitizens::opens(const CitizenDay& day, StationIndex station) const {
  return !day.holiday && run_.data.stations[station.index()].is_open(day.day.date, day.day.weekday);
}

/// Adds the day's to new_ and after_online_.
void CommonCitizens::list_new(std::size_t day, StationIndex station) {
  const CitizenDay& today = days_[day];
  const std::size_t s = station.index();
  if (today.idle) return;
  if (run_.data.bare) {
    const std::vector<Attempt>& attempts = bare_[day * run_.data.stations.size() + s];
    new_.insert(new_.end(), attempts.begin(), attempts.end());
    return;
  }
  if (source_of_stations_) {
    source_of_stations_->draw(today.day, station, new_, after_online_);
    if (today.outages) draw_failing_online(today, station);
    return;
  }
  for (std::size_t i = today.begin[s]; i < today.begin[s + 1]; ++i)
    new_.push_back(today.first_attempts[i].attempt(today.day.date));
  for (std::size_t i = today.after_online_begin[s]; i < today.after_online_begin[s + 1]; ++i)
    after_online_.push_back(today.after_online[i]);
}

/// Adds to after_online_ who comes because an outage meets the call, where citizens are drawn by station.
void CommonCitizens::draw_failing_online(const CitizenDay& day, StationIndex station) {
  const StationSource::Online online = source_of_stations_->draw_online(day.day, station, day.outages->down);
  const std::vector<std::uint8_t> fails = run_.coupled->find_failing(*day.outages, online.calls);
  for (std::size_t k = 0; k < fails.size(); ++k)
    if (fails[k] != 0) after_online_.push_back(online.after[k]);
}

/// Finds on which days an outage may meet a call of the prepared station.
void CommonCitizens::find_outages(StationIndex station) {
  outages_.assign(days_.size(), nullptr);
  if (!run_.coupled) return;
  std::vector<std::uint8_t> called(run_.data.platform.systems.size(), 0);
  for (const auto* attempts : {&new_, &after_online_}) {
    for (const Attempt& attempt : *attempts) {
      const Transaction& call = run_.data.transactions[attempt.service()];
      if (call.work_s > 0) called[call.to.index()] = 1;
    }
  }
  for (std::size_t k = 0; k < days_.size(); ++k) {
    const DayOutages* const outages = days_[k].outages.get();
    if (outages != nullptr && outages->down.concern(station.index(), called)) outages_[k] = outages;
  }
}

/// Draws the visits of the station's new citizens on all days.
void CommonCitizens::prepare(StationIndex station) {
  PISHKHAN_EXPECT(wanted_[station.index()] != 0);
  prepared_ = station;
  drawn_.clear();
  new_.clear();
  after_online_.clear();
  for (auto* begin : {&begin_, &new_begin_, &after_online_begin_}) begin->assign(1, 0);
  run_.runner.staff(nullptr);
  for (std::size_t k = 0; k < days_.size(); ++k) {
    list_new(k, station);
    if (opens(days_[k], station)) {
      const std::span<const Attempt> attempts = std::span(new_).subspan(new_begin_.back());
      run_.runner.prepare(days_[k].day, station, attempts);
      drawn_.add(run_.runner, attempts);
    }
    begin_.push_back(drawn_.size());
    new_begin_.push_back(new_.size());
    after_online_begin_.push_back(after_online_.size());
  }
  find_outages(station);
}

/// Fills visits_ with those of the day's new citizens and of returning_, in order of arrival.
void CommonCitizens::bring_together(std::size_t day) {
  const std::size_t begin = begin_[day], end = begin_[day + 1];
  returned_.clear();
  if (!returning_.empty()) {
    std::sort(returning_.begin(), returning_.end(), by_citizen);
    run_.runner.prepare(days_[day].day, prepared_, returning_);
    returned_.add(run_.runner, returning_);
  }
  const std::size_t n = end - begin + returned_.size();
  visits_.resize(n);
  visits_.asides.clear();
  source_.resize(n);
  std::size_t next = begin, at = 0;
  const auto take_new = [&](std::size_t until) {
    drawn_.copy(next, until, visits_, at);
    std::iota(&source_[at], &source_[at] + (until - next), static_cast<std::uint32_t>(next));
    at += until - next;
    next = until;
  };
  for (std::size_t k = 0; k < returned_.size(); ++k) {
    take_new(drawn_.arrived_by(returned_.arrival_s(k), next, end));
    returned_.copy(k, k + 1, visits_, at);
    source_[at++] = static_cast<std::uint32_t>(drawn_.size() + k);
  }
  if (next < end) take_new(end);
}

/// Adds to pending_ the attempts that follow those of the decided day, and to possible_ those that may. Of a
/// citizen who lacks papers and whose visit may fail, it is not known what the next visit is like.
void CommonCitizens::follow_up(std::size_t day, const BestCase* best_case) {
  for (std::size_t i = 0; i < visits_.size(); ++i) {
    const Attempt& attempt = attempt_of(source_[i]);
    const bool reworked = attempt.lacks_papers;
    if (best_case != nullptr && best_case->may_fail(visits_, i, visits_.leave_s[i])) {
      possible_.push_back(attempt);
      ++possible_.back().number;
      continue;
    }
    if (visits_.outcome[i] == Outcome::served && !reworked) continue;
    follow_up_.after_visit({attempt, days_[day].day, visits_.outcome[i], reworked, prepared_, 0}, pending_);
  }
}

/// Makes the visits of possible_, which begin at once.
void CommonCitizens::draw_possible(std::size_t day) {
  possible_attempts_.clear();
  possible_visits_.resize(0);
  if (possible_.empty()) return;
  run_.runner.prepare(days_[day].day, prepared_, possible_);
  possible_visits_ = run_.runner.visits();
  possible_visits_.leave_s = possible_visits_.end_s = possible_visits_.arrival_s;
  const std::size_t n = possible_visits_.size();
  possible_visits_.outcome.assign(n, Outcome::served);
  possible_visits_.clerk.assign(n, kNoClerk);
  for (std::size_t i = 0; i < n; ++i) possible_attempts_.push_back(possible_[run_.runner.attempt(i)]);
  possible_.clear();
}

/// Who may have come, and may have failed or lacked papers, may come again.
void CommonCitizens::count_possible(const Day& day, const BestCase& best_case, const CountDay& count) {
  if (possible_attempts_.empty()) return;
  if (day.counted) count(day, possible_visits_);
  for (std::size_t i = 0; i < possible_attempts_.size(); ++i) {
    Attempt next = possible_attempts_[i];
    const bool may_fail = best_case.may_fail(possible_visits_, i, possible_visits_.arrival_s[i]);
    if (!may_fail && !next.lacks_papers) continue;
    ++next.number;
    next.lacks_papers = next.lacks_papers && may_fail;
    possible_.push_back(next);
  }
}

void CommonCitizens::decide_best_case(std::size_t day, StationIndex station, const StaffingSet& set,
                                      BestCase& best_case) {
  double slowest_call_s = 0;
  for (const auto* calls_s : {&visits_.system_s, &possible_visits_.system_s})
    for (const double call_s : *calls_s) slowest_call_s = std::max(slowest_call_s, call_s);
  best_case.decide(set, days_[day].day.weekday, station, run_.runner.station_day(), outages_[day],
                   possible_visits_.size(), slowest_call_s, visits_);
}

/// Of the decided day, if the promises need it.
ClerkTime CommonCitizens::clerk_time(const Promises& promises, const StationHours& hours) {
  if (!promises.need_clerk_time()) return {};
  clerk_day_ = {};
  clerk_day_.hours.assign(kHoursOfWork, {});
  nobody_reworked_.assign(visits_.size(), 0);
  observer_.observe(run_.runner.station_day(), hours.frame, visits_, nobody_reworked_, {}, clerk_day_);
  return {clerk_day_.hours, clerk_day_.tally.overtime_s};
}

std::size_t CommonCitizens::solve(StationIndex station, const StaffingSpace& space, const StaffingSet& set,
                                  const Promises& promises, std::span<RatioParts> counts) {
  const StationPlan& plan = run_.data.stations[station.index()];
  return solve(station, space, set, [&](const Day& day, const Visits& visits) {
    promises.count(day, visits, clerk_time(promises, plan.hours(day.date, day.weekday)), counts);
  });
}

std::size_t CommonCitizens::solve(StationIndex station, const StaffingSpace& space, const StaffingSet& set,
                                  const CountDay& count) {
  BestCase best_case =
      run_.coupled && space.has_best_cases() ? BestCase(space, *run_.coupled, bounds_) : BestCase(space);
  const std::vector<ClerkGroup> groups =
      space.groups(set.is_single() ? set.staffing : best_case.exact_part(set));
  return solve(station, &groups, set.is_single() ? nullptr : &best_case, set, count);
}

std::size_t CommonCitizens::solve(StationIndex station, const CountDay& count) {
  return solve(station, nullptr, nullptr, {}, count);
}

/// `groups`: null: those of the rules. `best_case`: of the set; null: the groups are one staffing.
std::size_t CommonCitizens::solve(StationIndex station, const std::vector<ClerkGroup>* groups,
                                  BestCase* best_case, const StaffingSet& set, const CountDay& count) {
  if (station != prepared_) prepare(station);
  const StationPlan& plan = run_.data.stations[station.index()];
  std::size_t days_with_visits = 0;
  std::size_t clerks = 0;
  if (groups != nullptr)
    for (const ClerkGroup& group : *groups) clerks += static_cast<std::size_t>(group.clerks);
  pending_.clear();
  possible_.clear();
  run_.runner.staff(groups);
  for (std::size_t k = 0; k < days_.size(); ++k) {
    const CitizenDay& today = days_[k];
    if (today.idle) continue;
    run_.stop.after(1 + clerks + (begin_[k + 1] - begin_[k]));
    const Day& day = today.day;
    const bool open =
        opens(today, station) &&
        (best_case != nullptr || is_staffed(plan, plan.hours(day.date, day.weekday), day, run_.key, groups));
    if (!open && run_.data.bare) continue;
    returning_.clear();
    if (open) returning_.swap(pending_);
    const auto add_pending = [&](const std::vector<Attempt>& attempts,
                                 const std::vector<std::size_t>& begin) {
      for (std::size_t i = begin[k]; i < begin[k + 1]; ++i) pending_.push_back(attempts[i]);
    };
    add_pending(after_online_, after_online_begin_);
    if (!open) {
      add_pending(new_, new_begin_);
      continue;
    }
    bring_together(k);
    if (best_case != nullptr) draw_possible(k);
    run_.runner.open(day, station);
    if (best_case != nullptr)
      decide_best_case(k, station, set, *best_case);
    else if (run_.coupled)
      run_.coupled->decide_alone(station, run_.runner.station_day(), visits_, outages_[k]);
    else
      simulate_station(run_.runner.station_day(), visits_, run_.stop);
    if (day.counted) {
      count(day, visits_);
      days_with_visits += visits_.size() > 0;
    }
    if (best_case != nullptr) count_possible(day, *best_case, count);
    follow_up(k, best_case);
  }
  run_.runner.staff(nullptr);
  return days_with_visits;
}

}  // namespace pishkhan
