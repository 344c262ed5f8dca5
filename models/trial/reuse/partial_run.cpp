#include "models/trial/reuse/partial_run.hpp"

#include <algorithm>
#include <cmath>

#include "models/trial/station_day/clerks_on_duty.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
PartialRun::PartialRun(const Plan& plan, std::uint32_t number, const TrialOptions& options,
                       const KeptDays& kept, std::vector<std::uint8_t>& marks,
                       std::vector<const DecidedDay*> joint_days)
    : run_(plan, number, options, marks),
      kept_(kept),
      systems_(run_.data.platform.systems.size()),
      place_(marks.size(), SIZE_MAX),
      stays_(static_cast<std::size_t>(run_.scenario.run.days) * systems_),
      marks_(marks),
      known_joint_days_(std::move(joint_days)) {
  PISHKHAN_EXPECT(run_.scenario.province && marks.size() == run_.data.stations.size());
  for (std::size_t station = 0; station < marks.size(); ++station) {
    if (marks[station] == 0) continue;
    place_[station] = stations_.size();
    stations_.emplace_back(station);
  }
  pending_.resize(stations_.size());
}

PartialRun::Ending PartialRun::simulate() {
  for (int begin = 0; begin < run_.scenario.run.days;) {
    if (!run_.coupled || !kept_.is_joint(begin)) {
      const int end = end_of_days(begin);
      if (!simulate_days(begin, end)) return Ending::whole_run_needed;
      begin = end;
      continue;
    }
    const Day day = day_of_run(run_.scenario, begin++);
    if (joint_days_ < known_joint_days_.size())
      decide_joint_day(day, *known_joint_days_[joint_days_]);
    else if (const Ending ending = simulate_joint_day(day); ending != Ending::done)
      return ending;

    ++joint_days_;
  }
  for (const auto& of_station : pending_)
    run_.totals.pending.insert(run_.totals.pending.end(), of_station.begin(), of_station.end());
  return Ending::done;
}

/// Of coupled stations, days that are counted and those that are not are simulated apart.
int PartialRun::end_of_days(int begin) const {
  const Run& run = run_.scenario.run;
  if (!run_.coupled) return run.days;
  int end = begin + 1;
  while (end < run.days && end != run.warm_up_days && !kept_.is_joint(end)) ++end;
  return end;
}

bool PartialRun::simulate_days(int begin, int end) {
  if (!run_.coupled) {
    for (std::size_t place = 0; place < stations_.size(); ++place) simulate_station(place, begin, end);
    return true;
  }
  if (!run_.coupled->begin_independent(day_of_run(run_.scenario, begin), end - begin)) return false;
  for (int k = begin; k < end; ++k) {
    const Day day = day_of_run(run_.scenario, k);
    if (!is_idle(day)) run_.coupled->add_online(day, {});
  }
  for (std::size_t place = 0; place < stations_.size(); ++place) simulate_station(place, begin, end);
  const double watched_before_s = watched_s();
  if (run_.coupled->end_independent()) return false;
  keep_stays(begin, end);
  return std::fmod(watched_s() - watched_before_s, kSecondsPerDay) == 0;
}

/// How long the backbone was watched on counted days, past midnight until no call is under way any more: that
/// is the longest of all stations, and no sum.
double PartialRun::watched_s() const {
  const auto& kinds = run_.totals.result.calls.backbone.link_kinds;
  return kinds.empty() ? 0 : kinds.back().watched_s;  // of online citizens, who have one link
}

void PartialRun::keep_stays(int begin, int end) {
  for (int k = begin; k < end; ++k) {
    for (std::size_t system = 0; system < systems_; ++system) {
      auto& stays = stays_[static_cast<std::size_t>(k) * systems_ + system];
      for (const SystemStay& stay : run_.coupled->stays(static_cast<std::size_t>(k - begin), system))
        stays.push_back({stay.from_s, stay.to_s});
    }
    const Day day = day_of_run(run_.scenario, k);
    if (day.counted && is_idle(day)) run_.coupled->add_idle_day(day);
  }
}

bool PartialRun::is_idle(const Day& day) const {
  return is_holiday(run_.scenario, day) && !run_.data.web_only(day.date);
}

bool PartialRun::takes_citizens(StationIndex station, const Day& day) const {
  if (is_holiday(run_.scenario, day)) return false;
  const StationPlan& plan = run_.data.stations[station.index()];
  return plan.is_open(day.date, day.weekday) &&
         is_staffed(plan, plan.hours(day.date, day.weekday), day, run_.key);
}

/// As ProvinceDays does it for a stretch of days.
void PartialRun::simulate_station(std::size_t place, int begin, int end) {
  const StationIndex station = stations_[place];
  for (int k = begin; k < end; ++k) {
    const Day day = day_of_run(run_.scenario, k);
    if (is_idle(day) || !list_attempts_of(place, day)) continue;
    run_.runner.prepare(day, station, attempts_);
    if (run_.coupled)
      run_.coupled->simulate_independent(day, station, run_.runner);
    else
      run_.runner.simulate();
    run_.accounting.province_station_day(day, {station, attempts_, run_.runner, {}, {}}, pending_[place]);
  }
  run_.accounting.end_stretch();
}

/// Fills attempts_ with those made at a marked station on a day. False if it takes no citizens: their
/// attempts are pending then.
bool PartialRun::list_attempts_of(std::size_t place, const Day& day) {
  run_.stop.now();
  const StationIndex station = stations_[place];
  std::vector<Attempt>& pending = pending_[place];
  for (const Attempt& attempt : kept_.after_online(day.index))
    if (attempt.station == station) pending.push_back(attempt);
  const auto first_attempts = kept_.first_attempts(day.index, station);
  if (takes_citizens(station, day)) {
    list_attempts(first_attempts, day.date, pending, attempts_);
    return true;
  }
  for (const FirstAttempt& first : first_attempts) pending.push_back(first.attempt(day.date));
  return false;
}

/// Accounts for the marked stations on a joint day that is known.
void PartialRun::decide_joint_day(const Day& day, const DecidedDay& known) {
  for (std::size_t place = 0; place < stations_.size(); ++place) {
    if (!list_attempts_of(place, day)) continue;
    run_.runner.prepare(day, stations_[place], attempts_);
    known.decide(stations_[place], run_.runner.visits());
    run_.accounting.province_station_day(day, {stations_[place], attempts_, run_.runner, {}, {}},
                                         pending_[place]);
  }
  run_.accounting.end_stretch();
  add_to(run_.totals.result.calls, known.calls);
}

/// Adds all stations that take citizens, with the attempts made there on a joint day.
void PartialRun::add_stations(const Day& day) {
  StationGrouper group;
  std::vector<Attempt> by_station, pending;
  std::vector<std::size_t> first;
  group(place_.size(), kept_.pending(day.index), by_station, first);
  for (std::size_t s = 0; s < place_.size(); ++s) {
    const StationIndex station(s);
    if (place_[s] != SIZE_MAX) {
      if (list_attempts_of(place_[s], day)) run_.coupled->add(station, attempts_);
      continue;
    }
    if (!takes_citizens(station, day)) continue;
    pending.assign(by_station.begin() + static_cast<std::ptrdiff_t>(first[s]),
                   by_station.begin() + static_cast<std::ptrdiff_t>(first[s + 1]));
    list_attempts(kept_.first_attempts(day.index, station), day.date, pending, attempts_);
    run_.coupled->add(station, attempts_);
  }
}

PartialRun::Ending PartialRun::simulate_joint_day(const Day& day) {
  CoupledStations& coupled = *run_.coupled;
  coupled.begin(day);
  add_stations(day);
  const std::span<const Attempt> online = kept_.online(day.index);
  coupled.simulate(online);
  if (!coupled.calls_slowed_down()) return Ending::whole_run_needed;
  for (std::size_t k = 0; k < online.size(); ++k) {
    if (coupled.online_failed(k) != (kept_.joint_failures(day.index)[k] != 0))
      return Ending::whole_run_needed;
  }
  DecidedDay& found = *new_joint_days_.emplace_back(std::make_unique<DecidedDay>());
  coupled.for_each_station([&](const DecidedStationDay& decided) {
    found.add(decided.station, decided.runner.visits());
    if (const std::size_t place = place_[decided.station.index()]; place != SIZE_MAX)
      run_.accounting.province_station_day(day, decided, pending_[place]);
  });
  run_.accounting.end_stretch();
  found.calls = coupled.calls_of_day();
  return mark_different(day.index, found) ? Ending::others_too : Ending::done;
}

/// Marks the stations without a mark that are decided otherwise than in the kept run. Whether there are any.
bool PartialRun::mark_different(int day, const DecidedDay& found) {
  bool any = false;
  const auto& before = kept_.joint(day).stations;
  for (const DecidedDay::DecidedVisits& after : found.stations) {
    if (marks_[after.station.index()] != 0) continue;
    const auto same =
        std::lower_bound(before.begin(), before.end(), after.station,
                         [](const auto& one, StationIndex other) { return one.station < other; });
    PISHKHAN_EXPECT(same != before.end() && same->station == after.station);
    if (*same == after) continue;
    marks_[after.station.index()] = 1;
    any = true;
  }
  return any;
}

}  // namespace pishkhan
