#include "models/trial/province_days.hpp"

#include <algorithm>
#include <utility>

#include "models/trial/reuse/kept_days.hpp"
#include "models/trial/station_day/clerks_on_duty.hpp"

namespace pishkhan {

ProvinceDays::ProvinceDays(Replication& run)
    : run_(run),
      scenario_(run.scenario),
      data_(run.data),
      source_(run.scenario, run.data, run.key, run.stop),
      desk_(run.scenario, run.data, run.key),
      joined_(joins_stations(run.scenario.unserved)),
      follow_up_(run.scenario, run.data, run.key, run.totals) {
  if (returns_today(scenario_.unserved)) returns_.emplace(follow_up_, data_.stations.size());
}

void ProvinceDays::simulate() {
  for (int begin = 0; begin < scenario_.run.days;) {
    const int end = run_.coupled ? simulate_coupled(begin) : simulate_uncoupled(begin);
    if (end == begin) continue;  // there was a conflict: simulate the stretch again
    run_.accounting.end_stretch();
    for (const StretchDay& day : stretch())
      if (run_.coupled && day.day.counted && day.idle) run_.coupled->add_idle_day(day.day);
    run_.report_progress(end - 1);
    begin = end;
  }
}

int ProvinceDays::simulate_uncoupled(int begin) {
  if (returns_) return simulate_with_returns(begin);
  const int end = end_of_stretch(begin, kDaysUncoupled);
  create_citizens(begin, end);
  for_each_station_day([this](const Day& day, StationIndex station, std::vector<Attempt>& pending) {
    run_.runner.prepare(day, station, attempts_);
    run_.runner.simulate();
    run_.accounting.province_station_day(day, {station, attempts_, run_.runner, {}, {}}, pending);
  });
  return end;
}

/// One day on which citizens come again.
int ProvinceDays::simulate_with_returns(int begin) {
  create_citizens(begin, begin + 1);
  const Day day = stretch().front().day;
  returns_->begin();
  list_open_stations();
  const auto decide = [&](std::size_t number, const auto& use) {
    const OpenStation& open = open_[number];
    attempts_ = open.attempts;
    const auto again = returns_->at(open.station);
    attempts_.insert(attempts_.end(), again.begin(), again.end());
    run_.runner.prepare(day, open.station, attempts_);
    run_.runner.simulate();
    use(DecidedStationDay{open.station, attempts_, run_.runner, {}, {}});
  };
  const auto find = [&](const DecidedStationDay& decided) { returns_->find(day, decided); };
  for (std::size_t k = 0; k < open_count_; ++k) decide(k, find);
  for (auto changed = returns_->bring(); !changed.empty(); changed = returns_->bring()) {
    for (std::size_t k = 0; k < open_count_; ++k)
      if (std::binary_search(changed.begin(), changed.end(), open_[k].station)) decide(k, find);
  }
  for (std::size_t k = 0; k < open_count_; ++k) {
    decide(k, [&](const DecidedStationDay& decided) {
      run_.accounting.province_station_day(day, decided, run_.totals.pending);
    });
  }
  return begin + 1;
}

/// Keeps the stations that take citizens today, with their attempts.
void ProvinceDays::list_open_stations() {
  open_count_ = 0;
  for_each_station_day([this](const Day&, StationIndex station, const std::vector<Attempt>&) {
    if (open_.size() == open_count_) open_.emplace_back();
    OpenStation& open = open_[open_count_++];
    open.station = station;
    open.attempts.assign(attempts_.begin(), attempts_.end());
  });
}

int ProvinceDays::simulate_coupled(int begin) {
  // The optimistic way may have to take visits back, and a sink for visits cannot.
  if (run_.options.visits || returns_ || begin == conflict_day_ || expects_conflict_)
    return simulate_one_day(begin);
  int end = end_of_stretch(begin, kDaysOptimistic);
  if (begin < conflict_day_) end = std::min(end, conflict_day_);
  if (!run_.coupled->begin_independent(day_of_run(scenario_, begin), end - begin))
    return simulate_one_day(begin);
  return simulate_optimistically(begin, end);
}

/// Returns `begin` if stations influenced each other after all: no day is decided then.
int ProvinceDays::simulate_optimistically(int begin, int end) {
  saved_ = run_.totals;
  create_citizens(begin, end);
  if (run_.kept) run_.kept->begin_stretch(begin);
  for (StretchDay& day : stretch()) {
    if (day.idle) continue;
    run_.coupled->add_online(day.day, day.arrivals.online);
    if (run_.kept) run_.kept->note_online_calls(day.day, *run_.coupled);
    for (std::size_t k = 0; k < day.arrivals.online.size(); ++k)
      if (run_.coupled->online_failed_of_last(k)) fail_online(day.day, day.arrivals.online[k]);
  }
  for_each_station_day([&](const Day& day, StationIndex station, std::vector<Attempt>& pending) {
    run_.runner.prepare(day, station, attempts_);
    run_.coupled->simulate_independent(day, station, run_.runner);
    if (run_.kept) run_.kept->note_calls(day, station, *run_.coupled);
    run_.accounting.province_station_day(day, {station, attempts_, run_.runner, {}, {}}, pending);
  });
  const std::optional<int> conflict = run_.coupled->end_independent();
  if (run_.kept) run_.kept->end_stretch(begin, conflict ? begin : end, *run_.coupled);
  if (!conflict) return end;
  run_.totals = *saved_;
  conflict_day_ = begin + *conflict;
  return begin;
}

int ProvinceDays::simulate_one_day(int begin) {
  create_citizens(begin, begin + 1);
  StretchDay& today = stretch().front();
  if (today.idle) return begin + 1;
  CoupledStations& coupled = *run_.coupled;
  std::span<Attempt> online = today.arrivals.online;
  if (returns_) {
    simulate_joint_returns(today.day, online);
  } else {
    coupled.begin(today.day);
    for_each_station_day([&](const Day&, StationIndex station, const std::vector<Attempt>&) {
      coupled.add(station, attempts_);
    });
    coupled.simulate(online);
  }
  expects_conflict_ = coupled.was_in_one_loop() || coupled.meeting().count() > 0;
  if (run_.kept) run_.kept->keep_exact_day(today.day, coupled);
  for (std::size_t k = 0; k < online.size(); ++k)
    if (coupled.online_failed(k)) fail_online(today.day, online[k]);
  run_.accounting.write_online(today.day, online);
  coupled.for_each_station([&](const DecidedStationDay& decided) {
    if (run_.kept) run_.kept->keep_decided(today.day, decided, coupled);
    run_.accounting.province_station_day(today.day, decided, run_.totals.pending);
  });
  return begin + 1;
}

/// Decides a day of coupled stations on which citizens come again. What calls add to the totals is that of
/// the last simulation, of the day as it is.
void ProvinceDays::simulate_joint_returns(const Day& day, std::span<const Attempt> online) {
  CoupledStations& coupled = *run_.coupled;
  Totals& totals = run_.totals;
  returns_->begin();
  list_open_stations();
  for (;;) {
    const CallTally calls = totals.result.calls;
    const CallCounts counts = totals.calls;
    const std::uint64_t redirects = totals.redirects;
    coupled.begin(day);
    for (std::size_t k = 0; k < open_count_; ++k) {
      attempts_ = open_[k].attempts;
      const auto again = returns_->at(open_[k].station);
      attempts_.insert(attempts_.end(), again.begin(), again.end());
      coupled.add(open_[k].station, attempts_);
    }
    coupled.simulate(online, true);
    coupled.look_at_stations([&](const DecidedStationDay& decided) { returns_->find(day, decided); });
    if (returns_->bring().empty()) return;
    totals.result.calls = calls;
    totals.calls = counts;
    totals.redirects = redirects;
  }
}

/// A stretch ends before a day on which offices open or close, because citizens with pending attempts choose
/// another office only at the beginning of a stretch. Where stations are coupled it also ends before the
/// first counted day, because calls are counted for whole stretches. Where citizens go from station to
/// station, or try online again, it is one day.
int ProvinceDays::end_of_stretch(int begin, int days) const {
  const auto* chooser = &data_.chooser(scenario_.run.start + begin);
  const int first_counted = run_.coupled ? scenario_.run.warm_up_days : 0;
  int end = begin + 1;
  while (!joined_ && end < scenario_.run.days && end < begin + days && end != first_counted &&
         &data_.chooser(scenario_.run.start + end) == chooser)
    ++end;
  return end;
}

void ProvinceDays::create_citizens(int begin, int end) {
  stretch_days_ = static_cast<std::size_t>(end - begin);
  auto& later = run_.totals.after_online;
  run_.totals.pending.insert(run_.totals.pending.end(), later.begin(), later.end());
  later.clear();
  choose_again(scenario_.run.start + begin);
  for (int k = begin; k < end; ++k) {
    run_.stop.now();
    StretchDay& day = days_[static_cast<std::size_t>(k - begin)];
    day.day = day_of_run(scenario_, k);
    day.holiday = is_holiday(scenario_, day.day);
    day.idle = day.holiday && !data_.web_only(day.day.date);
    create_citizens(day);
  }
}

/// Creates a day's citizens, groups them by station, and accounts for those who need no station.
void ProvinceDays::create_citizens(StretchDay& day) {
  day.arrivals.begin.assign(data_.stations.size() + 1, 0);
  day.arrivals.online.clear();
  if (day.idle) return;
  const bool keep_online = run_.options.visits || (run_.coupled && run_.coupled->online_uses_backbone());
  source_.create(day.day, keep_online, run_.totals, citizens_);
  std::vector<Attempt>& again = run_.totals.online_again;
  std::sort(again.begin(), again.end(), by_citizen);
  source_.try_again(again, day.day, keep_online, run_.totals, citizens_);
  again = citizens_.online_again;
  run_.totals.of_day(day.day, Channel::online) += citizens_.online_tally;
  run_.totals.result.visits += citizens_.online_tally.arrived;
  for (const auto* lost : {&citizens_.unservable, &citizens_.gave_up})
    for (const Attempt& attempt : *lost) run_.accounting.count_lost(attempt);
  for (const Attempt& attempt : citizens_.online_failed) come_after_online(attempt);
  if (!run_.coupled) run_.accounting.write_online(day.day, citizens_.online);
  day.arrivals.online.swap(citizens_.online);
  group_(data_.stations.size(), citizens_.first_attempts(), day.arrivals.first_attempts, day.arrivals.begin);
  if (run_.kept) run_.kept->keep_citizens(day.day.index, day.arrivals, citizens_.online_failed);
}

/// Citizens whose office has closed for good choose another office.
void ProvinceDays::choose_again(DayNumber date) {
  std::erase_if(run_.totals.pending, [&](Attempt& attempt) {
    if (data_.stations[attempt.station.index()].is_active(date)) return false;
    const StationIndex closed = attempt.station;
    attempt.station = source_.office_for(attempt, date);
    if (attempt.origin >= scenario_.run.start + scenario_.run.warm_up_days)
      run_.totals.add_diversion(data_, attempt.place(), closed, attempt.station);
    if (attempt.station == kNoStation) run_.accounting.count_lost(attempt);
    return attempt.station == kNoStation;
  });
}

/// Whether citizens may come to the station on the day. Not so if it is closed, or if no clerk is on duty all
/// day; but where the scenario redirects citizens, they come to such an office and go on to another.
bool ProvinceDays::takes_citizens(StationIndex station, const Day& day) const {
  const StationPlan& plan = data_.stations[station.index()];
  if (!plan.is_open(day.date, day.weekday)) return false;
  if (scenario_.redirect.at_most > 0 && station.index() < data_.offices) return true;
  return is_staffed(plan, plan.hours(day.date, day.weekday), day, run_.key);
}

/// The first attempts without those for which a slot is booked.
std::span<const FirstAttempt> ProvinceDays::book(const Day& day, StationIndex station,
                                                 std::span<const FirstAttempt> first_attempts) {
  if (scenario_.appointments.empty()) return first_attempts;
  desk_.offer(day, station, run_.totals);
  const auto at_once = desk_.book(day, station, first_attempts, run_.totals);
  count_lost_after_booking();
  return at_once;
}

void ProvinceDays::count_lost_after_booking() {
  for (const Attempt& attempt : desk_.lost()) run_.accounting.count_lost(attempt);
}

/// Calls decide(day, station, pending) for each day of the stretch on which the station takes citizens, with
/// attempts_ made there on that day; station by station. Attempts that decide adds to `pending` are made at
/// the station on the next such day, or remain in totals.pending when the stretch ends.
template <class Decide>
void ProvinceDays::for_each_station_day(Decide decide) {
  const std::size_t stations = data_.stations.size();
  const std::span<StretchDay> days = stretch();
  std::vector<Attempt>& all_pending = run_.totals.pending;
  group_(stations, std::span<const Attempt>(all_pending), pending_by_station_, pending_begin_);
  all_pending.clear();
  for (std::size_t s = 0; s < stations; ++s) {
    pending_.clear();
    for (std::size_t i = pending_begin_[s]; i < pending_begin_[s + 1]; ++i)
      pending_.push_back(pending_by_station_[i]);
    for (std::size_t k = 0; k < days.size(); ++k) {
      if (k + 1 < days.size())
        days[k + 1].arrivals.prefetch(s);
      else if (s + 1 < stations)
        days[0].arrivals.prefetch(s + 1);
      if (days[k].holiday) continue;
      const Day& day = days[k].day;
      const auto first_attempts = book(day, StationIndex(s), days[k].arrivals.of(s));
      const bool has_booked = !data_.stations[s].appointments.empty();
      if (!takes_citizens(StationIndex(s), day)) {
        for (const FirstAttempt& first : first_attempts) pending_.push_back(first.attempt(day.date));
        if (has_booked) {
          desk_.send_home(day, StationIndex(s), run_.totals, pending_);
          count_lost_after_booking();
        }
        continue;
      }
      list_attempts(first_attempts, day.date, pending_, attempts_);
      if (run_.kept)
        run_.kept->keep_returning(day.index, std::span(attempts_).subspan(first_attempts.size()));
      if (has_booked) {
        desk_.bring(day, StationIndex(s), run_.totals, attempts_);
        count_lost_after_booking();
      }
      decide(day, StationIndex(s), pending_);
    }
    all_pending.insert(all_pending.end(), pending_.begin(), pending_.end());
  }
}

/// An online attempt got no answer. If it would have succeeded, it is counted as failed, and the citizen goes
/// on as after any failed online attempt.
void ProvinceDays::fail_online(const Day& day, Attempt& attempt) {
  if (attempt.failed_online) return;
  run_.accounting.fail_online(day, attempt);
  attempt.failed_online = true;
  const AfterOnline next = source_.after_online(attempt, day, run_.totals);
  if (next.step == NextStep::online) {
    run_.totals.online_again.push_back(next.attempt);
    return;
  }
  if (!next.makes_visit()) return run_.accounting.count_lost(attempt);
  come_after_online(next.attempt);
  if (run_.kept) run_.kept->keep_failed_online(day.index, next.attempt);
}

/// A visit after the day that is simulated. Where nobody tries online again, who fails has come for the first
/// time on that day, and so is pending until the next.
void ProvinceDays::come_after_online(const Attempt& attempt) {
  (joined_ ? run_.totals.after_online : run_.totals.pending).push_back(attempt);
}

}  // namespace pishkhan
