#include "models/trial/accounting/accounting.hpp"

#include <algorithm>

namespace pishkhan {
Accounting::Accounting(const Scenario& scenario, const Plan::Data& data, DrawKey key, const VisitSink& visits,
                       Totals& totals, StopCheck stop)
    : scenario_(scenario),
      data_(data),
      totals_(totals),
      rules_{scenario.service_level_s, data.unbroken ? scenario.run.warm_up_s : 0},
      stop_(stop),
      follow_up_(scenario, data, key, totals),
      target_counter_(scenario, data, totals),
      observed_counter_(scenario, data.stations.size(), totals),
      audit_(scenario, data, totals.result.audit, stop),
      writer_(scenario, data, key, visits),
      writes_visits_(visits != nullptr),
      warm_up_services_(data.bare ? 0 : data.services),
      warm_up_given_(data.bare ? 0 : data.services),
      periods_(scenario.run, data.unbroken ? 0 : data.stations.size()) {}

/// Adds a counted day to what is kept by station.
VisitTally Accounting::observe_counted(const Day& day, const DecidedStationDay& decided) {
  const std::size_t station = decided.station.index();
  StationObservation& into = totals_.stations[station];
  day_hours_.clear();
  if (data_.unbroken) return decided.runner.observe(rules_, into);
  periods_.before_day(day.index, station, into.tally);
  day_hours_.assign(kHoursOfWork, {});
  const StationTally before = into.tally;
  into.hours.swap(day_hours_);
  const VisitTally tally = decided.runner.observe(rules_, into);
  into.hours.swap(day_hours_);
  observed_counter_.station_day(day.date, decided, tally, into.tally.open_s > before.open_s);
  day_overtime_s_ = into.tally.overtime_s - before.overtime_s;
  totals_.hour_book->add(station, static_cast<std::size_t>(day.weekday), day_hours_);
  if (totals_.queue_book) {
    const std::span<const Interval> doors = decided.runner.station_day().doors;
    totals_.queue_book->add(decided.station, decided.runner.is_shut() ? doors.first(0) : doors,
                            decided.runner.visits());
  }
  if (data_.stations[station].cores > 0) {
    day_hours_.assign(1, {});
    day_hours_[0].busy_s = into.tally.busy_s - before.busy_s;
    day_hours_[0].staffed_s = into.tally.staffed_s - before.staffed_s;
  }
  const auto joined = static_cast<double>(tally.arrived - tally.balked);
  into.tally.days += joined > 0;
  into.tally.missed_days += is_below_goal(static_cast<double>(tally.in_target), joined, kServiceLevelGoal);
  return tally;
}

/// Adds the waits of a counted day's station by service. Who was served at once is counted when the
/// replication ends.
void Accounting::add_waits(Channel channel, const DecidedStationDay& decided) {
  const std::uint32_t* const service = decided.runner.visits().service.data();
  const double* const wait_s = decided.runner.parts().wait_s.data();
  WaitHistogram* const histograms = &totals_.service_waits[static_cast<std::size_t>(channel)];
  for (const std::uint32_t visit : totals_.services.waited())
    histograms[service[visit] * kStationChannels].add(wait_s[visit]);
}

/// Adds the visits of citizens of a class on a counted day.
void Accounting::add_classes(Channel channel, const DecidedStationDay& decided) {
  const StationRunner& runner = decided.runner;
  const Visits& visits = runner.visits();
  const std::span<const std::uint8_t> classes = runner.citizen_classes();
  class_tallies_.assign(scenario_.classes.size(), {});
  const auto sums_of = [&](std::size_t number) -> Totals::OfClass& {
    return totals_.classes[number * kStationChannels + static_cast<std::size_t>(channel)];
  };
  // Who is of a class is hard to predict, so that is found without a branch.
  of_class_.resize(std::max(of_class_.size(), visits.size() + 1));
  std::uint32_t* const of_class = of_class_.data();
  std::size_t count = 0;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    of_class[count] = static_cast<std::uint32_t>(i);
    count += classes[i] != 0;
  }
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t i = of_class[k], number = classes[i] - std::size_t{1};
    tally_visit(visits, i, runner.reworked()[i] != 0, rules_.target_s, class_tallies_[number]);
    if (visits.outcome[i] == Outcome::served)
      sums_of(number).waits.add(visits.leave_s[i] - visits.arrival_s[i]);
  }
  for (std::size_t number = 0; number < class_tallies_.size(); ++number)
    if (class_tallies_[number].arrived > 0) sums_of(number).visits += class_tallies_[number];
}

/// Adds the visits for services that may be booked at the station on a counted day.
void Accounting::add_appointments(const Day& day, const DecidedStationDay& decided) {
  const StationPlan& plan = data_.stations[decided.station.index()];
  if (plan.appointments.empty()) return;
  const StationRunner& runner = decided.runner;
  const Visits& visits = runner.visits();
  for (const StationAppointments& at : plan.appointments) {
    const Appointments& item = scenario_.appointments[at.item];
    const bool holds = item.from_day <= day.date && day.date < item.until_day;
    VisitTally booked, walk_ins;
    Totals::OfAppointments& sums = totals_.appointments[at.row];
    for (std::size_t i = 0; i < visits.size(); ++i) {
      const std::uint16_t appointment = decided.attempts[runner.attempt(i)].appointment;
      const bool is_booked = appointment == at.item + 1;
      const bool walks_in =
          appointment == 0 && holds &&
          std::binary_search(item.services.begin(), item.services.end(), ServiceId(visits.service[i]));
      if (!is_booked && !walks_in) continue;
      tally_visit(visits, i, runner.reworked()[i] != 0, rules_.target_s, is_booked ? booked : walk_ins);
      if (visits.outcome[i] != Outcome::served) continue;
      (is_booked ? sums.booked : sums.walk_ins).waits.add(visits.leave_s[i] - visits.arrival_s[i]);
    }
    sums.booked.visits += booked;
    sums.walk_ins.visits += walk_ins;
  }
}

VisitTally Accounting::observe(const Day& day, const DecidedStationDay& decided) {
  const VisitTally tally =
      day.counted ? observe_counted(day, decided) : decided.runner.observe(rules_, warm_up_observation_);
  totals_.result.visits += decided.runner.visits().size();
  if (day.counted) target_counter_.station_day(day, decided, tally, {day_hours_, day_overtime_s_});
  audit_.station_day(day, decided.station, decided.runner, tally, rules_);
  if (!data_.unbroken) totals_.of_day(day, data_.stations[decided.station.index()].channel) += tally;
  return tally;
}

void Accounting::province_station_day(const Day& day, const DecidedStationDay& decided,
                                      std::vector<Attempt>& pending) {
  observe(day, decided);
  const StationRunner& runner = decided.runner;
  const Visits& visits = runner.visits();
  const Channel channel = data_.stations[decided.station.index()].channel;
  ServiceTotals& sums = day.counted ? totals_.services : warm_up_services_;
  const std::span<std::uint32_t> given =
      day.counted ? std::span(totals_.given).subspan(decided.station.index() * data_.services, data_.services)
                  : std::span(warm_up_given_);
  sums.add(channel, visits, runner.parts(), runner.reworked(), runner.needs_follow_up(), given);
  if (day.counted) {
    totals_.travel.add(data_, decided.station, decided.attempts);
    add_waits(channel, decided);
    if (!totals_.classes.empty()) add_classes(channel, decided);
    add_appointments(day, decided);
  }
  for (const std::uint32_t i : sums.follow_ups()) {
    const bool reworked = runner.reworked()[i] != 0;
    const std::size_t number = runner.attempt(i);
    const Attempt& attempt = decided.attempts[number];
    sums.add_follow_up(channel, visits, i, reworked);
    totals_.redirect_arrivals += attempt.redirects > 0;
    // What the citizen does next is decided by the visit at the office that the citizen was redirected to.
    if (decided.was_redirected(number)) continue;
    if (runner.is_shut()) {
      follow_up_.after_shut(attempt, decided.first_office(number), pending);
      continue;
    }
    follow_up_.after_visit(decided.visit(i, day), pending);
  }
  for (const Aside& aside : visits.asides) sums.subtract_aside(channel, visits, aside);
  writer_.station_day(day, decided);
}

VisitTally& Accounting::of_stream(StationIndex station, std::size_t stream) {
  const StationPlan& plan = data_.stations[station.index()];
  return totals_.result
      .services[(plan.first_stream + stream) * kChannels + static_cast<std::size_t>(plan.channel)];
}

/// T of the service level of a stream.
double Accounting::target_of(const StationPlan& plan, const Attempt& attempt) const {
  return data_.streams[plan.first_stream + attempt.service()]->service_level_s.value_or(rules_.target_s);
}

/// Nobody comes twice, so the numbers of visits are numbers of citizens.
void Accounting::add_citizens_of_one_trip(StationIndex station, const VisitTally& tally) {
  const StationPlan& plan = data_.stations[station.index()];
  CitizenTally& citizens =
      totals_.result.citizens[plan.first_stream * kChannels + static_cast<std::size_t>(plan.channel)];
  citizens.completed += tally.served;
  citizens.trips += tally.served;
  citizens.pending += tally.inside;
  citizens.lost += tally.abandoned + tally.balked + tally.sent_away;
}

bool Accounting::takes_lanes() const {
  return !writes_visits_ && !totals_.queue_book && scenario_.observations.empty() &&
         !target_counter_.needs_visits();
}

void Accounting::bare_lane_day(const Day& day, StationIndex station, const LaneDay& found,
                               StationRunner* twin) {
  const StationTally& tally = found.tally;
  StationTally& into = totals_.stations[station.index()].tally;
  periods_.before_day(day.index, station.index(), into);
  static_cast<VisitTally&>(into) += tally;
  into.busy_s += tally.busy_s;
  into.staffed_s += tally.staffed_s;
  into.overtime_s += tally.overtime_s;
  into.open_s += tally.open_s;
  into.queue_area_s += tally.queue_area_s;
  const auto joined = static_cast<double>(tally.arrived);
  into.days += joined > 0;
  into.missed_days += is_below_goal(static_cast<double>(tally.in_target), joined, kServiceLevelGoal);
  totals_.hour_book->add(station.index(), static_cast<std::size_t>(day.weekday), found.hours);
  totals_.result.visits += tally.arrived;
  target_counter_.station_day(day, station, tally);
  audit_.lane_day(day, station, found, twin, rules_);
  totals_.of_day(day, data_.stations[station.index()].channel) += tally;
  of_stream(station, 0) += tally;
  add_citizens_of_one_trip(station, tally);
}

void Accounting::bare_station_day(const Day& day, const DecidedStationDay& decided,
                                  std::vector<Attempt>& pending) {
  const VisitTally tally = observe(day, decided);
  const StationRunner& runner = decided.runner;
  const Visits& visits = runner.visits();
  const StationPlan& plan = data_.stations[decided.station.index()];
  const bool one_stream = plan.streams == 1 && !plan.own_service_levels;
  if (day.counted && one_stream) of_stream(decided.station, 0) += tally;
  const bool all_counted = day.counted && tally.arrived == visits.size();
  if (one_stream && scenario_.retry.at_most == 0 && all_counted) {
    add_citizens_of_one_trip(decided.station, tally);
  } else {
    for (std::size_t i = 0; i < visits.size(); ++i) {
      stop_.after(1);
      const Attempt& attempt = decided.attempts[runner.attempt(i)];
      if (visits.arrival_s[i] < rules_.from_s) {
        follow_up_.leave_out(attempt);
        continue;
      }
      if (day.counted && !one_stream)
        runner.tally(i, target_of(plan, attempt), of_stream(decided.station, attempt.service()));
      follow_up_.after_visit({attempt, day, visits.outcome[i], false, decided.station, 0}, pending);
    }
  }
  writer_.station_day(day, decided);
}

void Accounting::fail_online(const Day& day, const Attempt& attempt) {
  const auto served_to_failed = [](VisitTally& tally) {
    --tally.served;
    ++tally.failed;
  };
  VisitTally before, after;
  before.served = after.failed = 1;
  VisitSum& online = totals_.of_day(day, Channel::online);
  online -= before;
  online += after;
  if (!day.counted) return;
  const std::size_t cell = attempt.service() * kChannels + static_cast<std::size_t>(attempt.channel);
  served_to_failed(totals_.result.services[cell]);
  if (attempt.origin < scenario_.run.start + scenario_.run.warm_up_days) return;
  CitizenTally& citizens = totals_.result.citizens[cell];
  --citizens.completed;
  citizens.days -= static_cast<std::uint64_t>(day.date - attempt.origin);
}

void Accounting::count_pending() {
  for (auto* list : {&totals_.pending, &totals_.after_online, &totals_.online_again}) {
    for (const Attempt& attempt : *list) follow_up_.count_pending(attempt);
    list->clear();
  }
}

/// Counts who has a slot after the run.
void Accounting::count_not_yet() {
  const DayNumber first_counted = scenario_.run.start + scenario_.run.warm_up_days;
  for (std::size_t row = 0; row < totals_.appointment_books.size(); ++row) {
    AppointmentBook& book = totals_.appointment_books[row];
    audit_.appointments(data_.appointments[row], book);
    for (const AppointmentBook::Booked& booked : book.booked) {
      follow_up_.count_pending(booked.attempt);
      totals_.appointments[row].counts.not_yet += booked.attempt.origin >= first_counted;
    }
    book.booked.clear();
  }
}

TrialResult Accounting::close(bool coupled) {
  complete();
  audit_.result(totals_.result, coupled);
  if (coupled) {
    audit_.redirects(totals_.redirects, totals_.redirect_arrivals);
    audit_.calls(totals_.calls);
  }
  return std::move(totals_.result);
}

TrialResult Accounting::close_part() {
  complete();
  return std::move(totals_.result);
}

void Accounting::complete_given() {
  for (std::size_t i = 0; i < totals_.given.size(); ++i) {
    if (totals_.given[i] == 0) continue;
    totals_.result.given.push_back({static_cast<std::uint32_t>(i / data_.services),
                                    static_cast<std::uint32_t>(i % data_.services), totals_.given[i]});
  }
}

void Accounting::complete_appointments() {
  const auto of_class = [](const Totals::OfClass& sums) {
    return ClassResult{sums.visits.tally(), CompactHistogram(sums.waits)};
  };
  for (const Totals::OfAppointments& of : totals_.appointments)
    totals_.result.appointments.push_back({of.counts, of_class(of.booked), of_class(of.walk_ins)});
}

void Accounting::complete() {
  TrialResult& result = totals_.result;
  count_pending();
  count_not_yet();
  totals_.services.add_to(result.services, result.citizens);
  for (const VisitSum& day : totals_.days) result.days.push_back(day.tally());
  for (std::size_t station = 0; station < totals_.stations.size(); ++station) {
    if (!totals_.adds(station)) continue;
    StationObservation& observation = totals_.stations[station];
    StationTally& tally = observation.tally;
    tally.queue_max = static_cast<double>(observation.levels.max());
    result.stations.push_back({tally, CompactHistogram(observation.waits), observation.levels.trimmed()});
    if (!data_.unbroken) periods_.close(station, tally, result.periods);
  }
  if (totals_.hour_book) totals_.hour_book->close(totals_.only, result);
  if (totals_.queue_book) totals_.queue_book->close(result);
  for (std::size_t i = 0; i < totals_.service_waits.size(); ++i) {
    WaitHistogram& waits = totals_.service_waits[i];
    const std::uint64_t served = totals_.services.served(static_cast<Channel>(i % kStationChannels),
                                                         static_cast<std::uint32_t>(i / kStationChannels));
    if (const std::uint64_t at_once = served - waits.count(); at_once > 0)
      waits.add(0, static_cast<std::uint32_t>(at_once));
    result.service_waits.emplace_back(waits);
  }
  for (const Totals::OfClass& of_class : totals_.classes)
    result.classes.push_back({of_class.visits.tally(), CompactHistogram(of_class.waits)});
  for (const ObservedTally& tally : totals_.observed)
    if (totals_.adds(tally.station)) result.observed.push_back(tally);
  totals_.travel.close(data_, result);
  complete_given();
  complete_appointments();
  for (const auto& [stations, diversion] : totals_.diversions) result.diversions.push_back(diversion);
  for (std::uint32_t m = 0; m < scenario_.migrations.size(); ++m) {
    for (std::size_t s = 0; s < data_.services; ++s) {
      if (const std::uint64_t citizens = totals_.moved[m * data_.services + s]; citizens > 0)
        result.ledger.push_back({m, ServiceId(s), citizens});
    }
  }
  for (SystemTally& system : result.calls.backbone.systems) system.transaction_s.trim();
}

}  // namespace pishkhan
