#include "models/trial/reuse/partial_run.hpp"

#include <algorithm>
#include <cmath>

#include "models/trial/station_day/clerks_on_duty.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {

std::size_t PartToSimulate::other_station_days() const {
  std::size_t days = 0;
  for (const auto& [day, meeting] : meetings)
    for (std::size_t s = 0; s < marks.size(); ++s) days += meeting[s] != 0 && marks[s] == 0;
  return days;
}

PartialRun::PartialRun(const Plan& plan, std::uint32_t number, const TrialOptions& options,
                       const KeptDays& kept, PartToSimulate& part)
    : run_(plan, number, options, part.marks),
      kept_(kept),
      part_(part),
      systems_(run_.data.platform.systems.size()),
      stays_(static_cast<std::size_t>(run_.scenario.run.days) * systems_),
      peaks_(stays_.size()),
      others_(systems_) {
  PISHKHAN_EXPECT(run_.scenario.province && part.marks.size() == run_.data.stations.size());
  for (std::size_t station = 0; station < part.marks.size(); ++station)
    if (part.marks[station] != 0) stations_.emplace_back(station);
  pending_.resize(stations_.size());
  attempts_today_.resize(stations_.size());
  open_today_.resize(stations_.size());
}

void PartialRun::keep(KeptDays& days) { run_.kept = &days; }

PartialRun::Ending PartialRun::simulate_variant() {
  checks_ = true;
  return simulate();
}

bool PartialRun::simulate_base() { return simulate() == Ending::done; }

PartialRun::Ending PartialRun::simulate() {
  for (int begin = 0; begin < run_.scenario.run.days;) {
    if (const auto meeting = part_.meetings.find(begin); meeting != part_.meetings.end()) {
      const Ending ending = simulate_meeting_day(day_of_run(run_.scenario, begin++), meeting->second);
      if (ending != Ending::done) return ending;
      continue;
    }
    const int end = end_of_days(begin);
    if (checks_ && run_.coupled) {
      saved_ = run_.totals;
      pending_before_ = pending_;
    }
    if (!simulate_days(begin, end)) return Ending::whole_run_needed;
    const std::optional<int> day = checks_ ? find_meeting_day(begin, end) : std::nullopt;
    if (run_.kept && run_.coupled) run_.kept->end_stretch(begin, day ? begin : end, *run_.coupled);
    if (day) {
      run_.totals = *saved_;
      pending_ = pending_before_;
      add_meeting(*day);
      continue;  // the days before it are simulated again, and then it
    }
    begin = end;
  }
  for (const auto& of_station : pending_)
    run_.totals.pending.insert(run_.totals.pending.end(), of_station.begin(), of_station.end());
  return Ending::done;
}

/// Of coupled stations, days that are counted and those that are not are simulated apart.
int PartialRun::end_of_days(int begin) const {
  const Run& run = run_.scenario.run;
  if (!run_.coupled) return run.days;
  const int last = checks_ ? std::min(begin + kDaysChecked, run.days) : run.days;
  int end = begin + 1;
  while (end < last && end != run.warm_up_days && !part_.meetings.contains(end)) ++end;
  return end;
}

bool PartialRun::simulate_days(int begin, int end) {
  if (run_.kept) run_.kept->begin_stretch(begin);
  for (int day = begin; run_.kept && day < end; ++day) run_.kept->forget_returning(day);
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
  const double watched_before_s = all_watched_s();
  if (run_.coupled->end_independent()) return false;
  keep_stays(begin, end);
  return std::fmod(all_watched_s() - watched_before_s, kSecondsPerDay) == 0;
}

/// How long the backbone was watched on counted days, past midnight until no call is under way any more: that
/// is the longest of all stations, and no sum.
double PartialRun::all_watched_s() const {
  const auto& kinds = run_.totals.result.calls.backbone.link_kinds;
  return kinds.empty() ? 0 : kinds.back().watched_s;  // of online citizens, who have one link
}

void PartialRun::keep_stays(int begin, int end) {
  for (int k = begin; k < end; ++k) {
    for (std::size_t system = 0; system < systems_; ++system) {
      const auto stays = run_.coupled->stays(static_cast<std::size_t>(k - begin), system);
      stays_[cell(k, system)].assign(stays.begin(), stays.end());
    }
    const Day day = day_of_run(run_.scenario, k);
    if (day.counted && is_idle(day)) run_.coupled->add_idle_day(day);
  }
}

/// The first day on which a call that the marked stations have now, or had, is at a system with too few
/// cores. Later ones may be wrong then.
std::optional<int> PartialRun::find_meeting_day(int begin, int end) {
  const std::vector<System>& systems = run_.data.platform.systems;
  for (int day = begin; day < end; ++day) {
    bool is_met = false;
    for (std::size_t system = 0; system < systems_; ++system) {
      ChangedCalls::Peaks& peaks = peaks_[cell(day, system)];
      // With fewer cores, times at which nothing changed count too.
      const bool at_all_times = systems[system].cores < kept_.cores(system);
      peaks = changed_.find(kept_.stays(day, system), part_.marks, stays_[cell(day, system)], at_all_times);
      is_met |= peaks.after > systems[system].cores;
    }
    if (is_met) return day;
  }
  return {};
}

void PartialRun::add_meeting(int day) {
  std::vector<std::uint8_t>& meeting = part_.meetings[day];
  if (const Meeting* known = kept_.meeting(day)) meeting = known->stations;
  meeting.resize(part_.marks.size());
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
    if (run_.coupled) {
      run_.coupled->simulate_independent(day, station, run_.runner);
      if (run_.kept) run_.kept->note_calls(day, station, *run_.coupled);
    } else {
      run_.runner.simulate();
    }
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
    if (run_.kept) run_.kept->keep_returning(day.index, std::span(attempts_).subspan(first_attempts.size()));
    return true;
  }
  for (const FirstAttempt& first : first_attempts) pending.push_back(first.attempt(day.date));
  return false;
}

void PartialRun::list_marked(const Day& day) {
  for (std::size_t place = 0; place < stations_.size(); ++place) {
    open_today_[place] = list_attempts_of(place, day) ? 1 : 0;
    if (open_today_[place] != 0) attempts_today_[place] = attempts_;
  }
}

/// Fills attempts_ with those made at a station without a mark, as in the kept run.
void PartialRun::list_others(const Day& day, StationIndex station) {
  const auto returning = kept_.returning(day.index, station);
  returning_.assign(returning.begin(), returning.end());
  list_attempts(kept_.first_attempts(day.index, station), day.date, returning_, attempts_);
}

PartialRun::Ending PartialRun::simulate_meeting_day(const Day& day, std::vector<std::uint8_t>& meeting) {
  const double watched_before_s = all_watched_s();
  if (run_.kept) run_.kept->forget_returning(day.index);
  list_marked(day);
  as_kept_.clear();
  decide_meeting_day(day, meeting);
  if (checks_ && !fail_as_kept(day)) return Ending::whole_run_needed;
  if (checks_) keep_peaks(day);
  if (run_.kept) run_.kept->keep_exact_day(day, *run_.coupled);
  std::size_t place = 0;
  std::vector<StationIndex> different;
  run_.coupled->for_each_station([&](const DecidedStationDay& decided) {
    if (run_.kept) run_.kept->keep_decided(day, decided, *run_.coupled);
    if (part_.is_marked(decided.station)) {
      while (stations_[place] != decided.station) ++place;
      run_.accounting.province_station_day(day, decided, pending_[place]);
    } else if (checks_ && !is_as_kept(day, decided)) {
      different.push_back(decided.station);
    }
  });
  run_.accounting.end_stretch();
  for (const StationIndex station : different) part_.marks[station.index()] = 1;
  // One that differs mostly changes all that it meets, sooner or later.
  const bool are_known = !different.empty() && !run_.coupled->was_in_one_loop();
  for (std::size_t k = 0; k < part_.marks.size() && are_known; ++k)
    if (run_.coupled->meeting().meets(StationIndex(k))) part_.marks[k] = 1;
  if (!different.empty()) return Ending::more_needed;
  run_.coupled->add_calls_of_part();
  watched_s_.push_back(all_watched_s() - watched_before_s);
  return Ending::done;
}

/// Simulates the day until no others are found to meet; all stations if too many do.
void PartialRun::decide_meeting_day(const Day& day, std::vector<std::uint8_t>& meeting) {
  CoupledStations& coupled = *run_.coupled;
  for (bool all_found = false; !all_found;) {
    if (checks_) decide_as_kept(day, meeting);
    find_other_calls(day, meeting);
    coupled.begin(day);
    std::size_t place = 0;
    for (std::size_t s = 0; s < part_.marks.size(); ++s) {
      const StationIndex station(s);
      if (part_.is_marked(station)) {
        if (open_today_[place] != 0) coupled.add(station, attempts_today_[place]);
        ++place;
      } else if (meeting[s] != 0 && takes_citizens(station, day)) {
        list_others(day, station);
        coupled.add(station, attempts_);
      }
    }
    bool all = true;
    for (std::size_t s = 0; s < part_.marks.size(); ++s) all &= meeting[s] != 0 || part_.marks[s] != 0;
    all_found = true;
    if (!coupled.simulate_part(kept_.online_calls(day.index), others_, all)) {
      std::fill(meeting.begin(), meeting.end(), 1);
      all_found = false;
    }
    for (std::size_t s = 0; s < part_.marks.size() && !all; ++s) {
      if (meeting[s] != 0 || !coupled.meeting().meets(StationIndex(s))) continue;
      meeting[s] = 1;
      all_found &= part_.marks[s] != 0;
    }
  }
}

/// Decides stations without a mark that meet now as in the kept run, in which they did not.
void PartialRun::decide_as_kept(const Day& day, std::span<const std::uint8_t> meeting) {
  const Meeting* const before = kept_.meeting(day.index);
  for (std::size_t s = 0; s < part_.marks.size(); ++s) {
    const StationIndex station(s);
    if (meeting[s] == 0 || part_.is_marked(station) || (before && before->stations[s] != 0) ||
        !takes_citizens(station, day))
      continue;
    const auto same = [&](const DecidedVisits& decided) { return decided.station == station; };
    if (std::any_of(as_kept_.begin(), as_kept_.end(), same)) continue;
    PISHKHAN_ENSURE(run_.coupled->begin_independent(day, 1));
    list_others(day, station);
    run_.runner.prepare(day, station, attempts_);
    run_.coupled->simulate_independent(day, station, run_.runner);
    as_kept_.emplace_back(station, run_.runner.visits());
  }
}

/// The calls of stations that are neither marked nor meet.
void PartialRun::find_other_calls(const Day& day, std::span<const std::uint8_t> meeting) {
  for (std::size_t system = 0; system < systems_; ++system) {
    const KeptStays& kept = kept_.stays(day.index, system);
    OwnedStays& others = others_[system];
    others.stays.clear();
    others.owners.clear();
    for (std::size_t i = 0; i < kept.size(); ++i) {
      const std::uint32_t owner = kept.owner[i];
      if (owner >= part_.marks.size() || part_.marks[owner] != 0 || meeting[owner] != 0) continue;
      others.stays.push_back({SystemId(system), kept.from_s[i], kept.to_s[i]});
      others.owners.push_back(owner);
    }
  }
}

bool PartialRun::fail_as_kept(const Day& day) const {
  const auto now = run_.coupled->online_failures(), before = kept_.online_failures(day.index);
  return std::equal(now.begin(), now.end(), before.begin(), before.end());
}

/// Whether a station without a mark is decided as in the kept run.
bool PartialRun::is_as_kept(const Day& day, const DecidedStationDay& now) const {
  const auto kept = kept_.decided(day.index);
  const auto met =
      std::lower_bound(kept.begin(), kept.end(), now.station,
                       [](const DecidedVisits& one, StationIndex other) { return one.station < other; });
  const bool has_met = met != kept.end() && met->station == now.station;
  const auto apart = std::find_if(as_kept_.begin(), as_kept_.end(), [&](const DecidedVisits& decided) {
    return decided.station == now.station;
  });
  PISHKHAN_EXPECT(has_met || apart != as_kept_.end());
  return (has_met ? *met : *apart) == DecidedVisits(now.station, now.runner.visits());
}

/// The most calls at once on a day with a meeting, before and now.
void PartialRun::keep_peaks(const Day& day) {
  const CoupledStations& coupled = *run_.coupled;
  for (std::size_t system = 0; system < systems_; ++system) {
    ChangedCalls::Peaks& peaks = peaks_[cell(day.index, system)];
    peaks.before = kept_.was_in_one_loop(day.index)
                       ? kept_.most_at_once(day.index, system)
                       : changed_.find(kept_.stays(day.index, system), {}, {}, true).before;
    peaks.after = coupled.was_in_one_loop() ? coupled.tallies_of_day().systems[system].concurrency_max
                                            : coupled.meeting().peaks()[system];
  }
}

std::vector<std::uint32_t> PartialRun::find_peaks(std::span<const std::uint32_t> known) {
  std::vector<std::uint32_t> found;
  for (std::size_t system = 0; system < systems_; ++system) {
    std::uint32_t before = 0, after = 0;
    for (int day = 0; day < run_.scenario.run.days; ++day) {
      if (!is_counted(day)) continue;
      before = std::max(before, peaks_[cell(day, system)].before);
      after = std::max(after, peaks_[cell(day, system)].after);
    }
    // If the peak was at a changed time, it may be another one now, at any time.
    for (int day = 0; before == known[system] && after < before && day < run_.scenario.run.days; ++day) {
      if (!is_counted(day) || part_.meetings.contains(day)) continue;
      after = std::max(
          after, changed_.find(kept_.stays(day, system), part_.marks, stays_[cell(day, system)], true).after);
    }
    found.push_back(before == known[system] ? after : std::max(known[system], after));
  }
  return found;
}

}  // namespace pishkhan
