#include "models/trial/reuse/partial_run.hpp"

#include <array>
#include <cmath>

#include "models/trial/station_day/clerks_on_duty.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

std::string decided_bytes(const Visits& visits) {
  std::string bytes;
  const auto append = [&](const auto& column) {
    bytes.append(reinterpret_cast<const char*>(column.data()), column.size() * sizeof(column[0]));
  };
  append(visits.leave_s);
  append(visits.end_s);
  append(visits.system_s);
  append(visits.outcome);
  append(visits.clerk);
  for (const Aside& aside : visits.asides) {
    append(std::array{aside.parked_s, aside.recalled_s, aside.resumed_s});
    append(std::array{aside.visit, aside.clerk});
  }
  return bytes;
}

}  // namespace

PartialRun::PartialRun(const Plan& plan, std::uint32_t number, const TrialOptions& options,
                       const KeptDays& kept, std::span<const std::uint8_t> marks)
    : run_(plan, number, options, marks),
      kept_(kept),
      systems_(run_.data.platform.systems.size()),
      place_(marks.size(), SIZE_MAX),
      stays_(static_cast<std::size_t>(run_.scenario.run.days) * systems_) {
  PISHKHAN_EXPECT(run_.scenario.province && marks.size() == run_.data.stations.size());
  for (std::size_t station = 0; station < marks.size(); ++station) {
    if (marks[station] == 0) continue;
    place_[station] = stations_.size();
    stations_.emplace_back(station);
  }
  pending_.resize(stations_.size());
}

bool PartialRun::simulate() {
  for (int begin = 0; begin < run_.scenario.run.days;) {
    const bool joint = run_.coupled && kept_.is_joint(begin);
    const int end = joint ? begin + 1 : end_of_days(begin);
    if (!(joint ? simulate_joint_day(begin) : simulate_days(begin, end))) return false;
    begin = end;
  }
  for (const auto& of_station : pending_)
    run_.totals.pending.insert(run_.totals.pending.end(), of_station.begin(), of_station.end());
  return true;
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
    if (!is_holiday(run_.scenario, day)) run_.coupled->add_online(day, {});
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
    if (day.counted && is_holiday(run_.scenario, day)) run_.coupled->add_idle_day(day);
  }
}

bool PartialRun::takes_citizens(StationIndex station, const Day& day) const {
  const StationPlan& plan = run_.data.stations[station.index()];
  return plan.is_open(day.date, day.weekday) && is_staffed(plan, *plan.week[day.weekday], day, run_.key);
}

/// As ProvinceDays does it for a stretch of days.
void PartialRun::simulate_station(std::size_t place, int begin, int end) {
  const StationIndex station = stations_[place];
  std::vector<Attempt>& pending = pending_[place];
  for (int k = begin; k < end; ++k) {
    const Day day = day_of_run(run_.scenario, k);
    if (is_holiday(run_.scenario, day)) continue;
    run_.stop.now();
    for (const Attempt& attempt : kept_.after_online(k))
      if (attempt.station == station) pending.push_back(attempt);
    const auto first_attempts = kept_.first_attempts(k, station);
    if (!takes_citizens(station, day)) {
      for (const FirstAttempt& first : first_attempts) pending.push_back(first.attempt(day.date));
      continue;
    }
    list_attempts(first_attempts, day.date, pending, attempts_);
    run_.runner.prepare(day, station, attempts_);
    if (run_.coupled)
      run_.coupled->simulate_independent(day, station, run_.runner);
    else
      run_.runner.simulate();
    run_.accounting.province_station_day(day, {station, attempts_, run_.runner, {}, {}}, pending);
  }
  run_.accounting.end_stretch();
}

/// Adds all stations that take citizens, with the attempts made there on a joint day.
void PartialRun::add_stations(const Day& day) {
  StationGrouper group;
  std::vector<Attempt> by_station, pending;
  std::vector<std::size_t> first;
  group(place_.size(), kept_.pending(day.index), by_station, first);
  for (const Attempt& attempt : kept_.after_online(day.index)) {
    if (const std::size_t place = place_[attempt.station.index()]; place != SIZE_MAX)
      pending_[place].push_back(attempt);
  }
  for (std::size_t s = 0; s < place_.size(); ++s) {
    const StationIndex station(s);
    const bool is_marked = place_[s] != SIZE_MAX;
    const auto first_attempts = kept_.first_attempts(day.index, station);
    if (!takes_citizens(station, day)) {
      for (std::size_t i = 0; is_marked && i < first_attempts.size(); ++i)
        pending_[place_[s]].push_back(first_attempts[i].attempt(day.date));
      continue;
    }
    pending.assign(by_station.begin() + static_cast<std::ptrdiff_t>(first[s]),
                   by_station.begin() + static_cast<std::ptrdiff_t>(first[s + 1]));
    list_attempts(first_attempts, day.date, is_marked ? pending_[place_[s]] : pending, attempts_);
    run_.coupled->add(station, attempts_);
  }
}

bool PartialRun::simulate_joint_day(int number) {
  const Day day = day_of_run(run_.scenario, number);
  CoupledStations& coupled = *run_.coupled;
  coupled.begin(day);
  add_stations(day);
  const std::span<const Attempt> online = kept_.online(number);
  coupled.simulate(online, true);
  if (!coupled.calls_slowed_down()) return false;
  for (std::size_t k = 0; k < online.size(); ++k)
    if (coupled.online_failed(k)) return false;
  coupled.for_each_station([&](const DecidedStationDay& decided) {
    if (const std::size_t place = place_[decided.station.index()]; place != SIZE_MAX)
      run_.accounting.province_station_day(day, decided, pending_[place]);
    else
      joint_visits_.push_back({decided.station, decided_bytes(decided.runner.visits())});
  });
  run_.accounting.end_stretch();
  return true;
}

bool PartialRun::mark_different(const PartialRun& one, const PartialRun& other,
                                std::vector<std::uint8_t>& marks) {
  PISHKHAN_EXPECT(one.joint_visits_.size() == other.joint_visits_.size());
  bool any = false;
  for (std::size_t i = 0; i < one.joint_visits_.size(); ++i) {
    const JointVisits &a = one.joint_visits_[i], &b = other.joint_visits_[i];
    PISHKHAN_EXPECT(a.station == b.station);
    if (a.visits == b.visits) continue;
    marks[a.station.index()] = 1;
    any = true;
  }
  return any;
}

}  // namespace pishkhan
