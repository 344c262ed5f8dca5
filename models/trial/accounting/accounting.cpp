#include "models/trial/accounting/accounting.hpp"

#include <algorithm>
#include <tuple>

namespace pishkhan {
namespace {

bool has_content(const HourTally& tally) {
  return tally.arrived > 0 || tally.open_s > 0 || tally.staffed_s > 0 || tally.queue_area_s > 0;
}

}  // namespace

Accounting::Accounting(const Scenario& scenario, const Plan::Data& data, DrawKey key, const VisitSink& visits,
                       Totals& totals, StopCheck stop)
    : scenario_(scenario),
      data_(data),
      totals_(totals),
      rules_{scenario.service_level_s, data.unbroken ? scenario.run.warm_up_s : 0},
      stop_(stop),
      follow_up_(scenario, data, key, totals),
      target_counter_(scenario, data, totals),
      audit_(scenario, data, totals.result.audit, stop),
      writer_(scenario, data, key, visits),
      warm_up_services_(data.bare ? 0 : data.services),
      periods_(scenario.run, data.unbroken ? 0 : data.stations.size()) {}

/// Adds a counted day to what is kept by station.
VisitTally Accounting::observe_counted(const Day& day, const DecidedStationDay& decided) {
  const std::size_t station = decided.station.index();
  StationObservation& into = totals_.stations[station];
  if (data_.unbroken) return decided.runner.observe(rules_, into);
  periods_.before_day(day.index, station, into.tally);
  auto& hours = totals_.week_hours[station * kDaysPerWeek + day.weekday];
  std::swap_ranges(hours.begin(), hours.end(), into.hours.begin());
  const VisitTally tally = decided.runner.observe(rules_, into);
  std::swap_ranges(hours.begin(), hours.end(), into.hours.begin());
  if (has_content(into.hours[kHoursPerDay])) add_late_hours(day, decided.station, into);
  const auto joined = static_cast<double>(tally.arrived - tally.balked);
  into.tally.days += joined > 0;
  into.tally.missed_days += static_cast<double>(tally.in_target) < kServiceLevelGoal * joined;
  return tally;
}

/// Moves the hours past midnight, of which there is none without the one before.
void Accounting::add_late_hours(const Day& day, StationIndex station, StationObservation& observed) {
  for (std::size_t hour = kHoursPerDay; hour < kHoursOfWork; ++hour) {
    HourTally& tally = observed.hours[hour];
    if (has_content(tally))
      totals_.late_hours.push_back(
          {station.value, static_cast<std::uint16_t>(day.weekday), static_cast<std::uint16_t>(hour), tally});
    tally = {};
  }
}

/// Adds the waits of a counted day by service, and the visits of citizens of a class.
void Accounting::add_waits(Channel channel, const DecidedStationDay& decided) {
  const StationRunner& runner = decided.runner;
  const Visits& visits = runner.visits();
  const VisitParts& parts = runner.parts();
  const auto at = static_cast<std::size_t>(channel);
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const double wait_s = visits.leave_s[i] - visits.arrival_s[i];
    if (PackedCounts{parts.counts[i]}.served() != 0)
      totals_.service_waits[visits.service[i] * kStationChannels + at].add(wait_s);
  }
  if (totals_.classes.empty()) return;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const std::size_t number = decided.attempts[runner.attempt(i)].citizen_class;
    if (number == 0) continue;
    Totals::OfClass& of_class = totals_.classes[(number - 1) * kStationChannels + at];
    VisitTally visit;
    tally_visit(visits, i, runner.reworked()[i] != 0, rules_.target_s, visit);
    of_class.visits += visit;
    if (visits.outcome[i] == Outcome::served) of_class.waits.add(visits.leave_s[i] - visits.arrival_s[i]);
  }
}

VisitTally Accounting::observe(const Day& day, const DecidedStationDay& decided) {
  const VisitTally tally =
      day.counted ? observe_counted(day, decided) : decided.runner.observe(rules_, warm_up_observation_);
  totals_.result.visits += decided.runner.visits().size();
  if (day.counted) target_counter_.station_day(day, decided, tally);
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
  sums.add(channel, visits, runner.parts(), runner.reworked(), runner.needs_follow_up());
  if (day.counted) add_waits(channel, decided);
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
    follow_up_.after_visit(attempt, day.date, visits.outcome[i], reworked, decided.first_office(number),
                           pending);
  }
  for (const Aside& aside : visits.asides) sums.subtract_aside(channel, visits, aside);
  writer_.station_day(day, decided);
}

VisitTally& Accounting::of_stream(const DecidedStationDay& decided, std::size_t stream) {
  const StationPlan& plan = data_.stations[decided.station.index()];
  return totals_.result
      .services[(plan.first_stream + stream) * kChannels + static_cast<std::size_t>(plan.channel)];
}

void Accounting::bare_station_day(const Day& day, const DecidedStationDay& decided,
                                  std::vector<Attempt>& pending) {
  const VisitTally tally = observe(day, decided);
  const StationRunner& runner = decided.runner;
  const Visits& visits = runner.visits();
  const StationPlan& plan = data_.stations[decided.station.index()];
  const bool one_stream = plan.streams == 1;
  if (day.counted && one_stream) of_stream(decided, 0) += tally;
  const bool all_counted = day.counted && tally.arrived == visits.size();
  if (one_stream && scenario_.retry.at_most == 0 && all_counted) {
    // Nobody comes twice, so the numbers of visits are numbers of citizens.
    CitizenTally& citizens =
        totals_.result.citizens[plan.first_stream * kChannels + static_cast<std::size_t>(plan.channel)];
    citizens.completed += tally.served;
    citizens.trips += tally.served;
    citizens.pending += tally.inside;
    citizens.lost += tally.abandoned + tally.balked + tally.sent_away;
  } else {
    for (std::size_t i = 0; i < visits.size(); ++i) {
      stop_.after(1);
      const Attempt& attempt = decided.attempts[runner.attempt(i)];
      if (day.counted && !one_stream && visits.arrival_s[i] >= rules_.from_s)
        runner.tally(i, rules_.target_s, of_stream(decided, attempt.service()));
      follow_up_.after_visit(attempt, day.date, visits.outcome[i], false, decided.station, pending);
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
  --totals_.result.citizens[cell].completed;
}

void Accounting::count_pending() {
  for (const Attempt& attempt : totals_.pending) follow_up_.count_pending(attempt);
  totals_.pending.clear();
}

/// Adds the station's hours of all weekdays to the result, weekday by weekday and all together. `late`: those
/// past midnight of this and later stations, in order. Returns the later stations'.
std::span<const WeekHour> Accounting::close_hours(std::size_t station, std::span<const WeekHour> late) {
  TrialResult& result = totals_.result;
  std::array<HourTally, kHoursOfWork> sums{};
  for (std::size_t day = 0; day < kDaysPerWeek; ++day) {
    std::array<HourTally, kHoursOfWork> hours{};
    const auto& early = totals_.week_hours[station * kDaysPerWeek + day];
    std::copy(early.begin(), early.end(), hours.begin());
    for (; !late.empty() && late[0].station == station && late[0].weekday == day; late = late.subspan(1))
      hours[late[0].hour] += late[0].tally;
    for (std::size_t hour = 0; hour < kHoursOfWork; ++hour) {
      const HourTally& tally = hours[hour];
      if (!has_content(tally)) continue;
      sums[hour] += tally;
      result.week_hours.push_back({static_cast<std::uint32_t>(station), static_cast<std::uint16_t>(day),
                                   static_cast<std::uint16_t>(hour), tally});
    }
  }
  result.station_hours.insert(result.station_hours.end(), sums.begin(), sums.end());
  return late;
}

TrialResult Accounting::close(bool coupled) {
  TrialResult& result = totals_.result;
  count_pending();
  totals_.services.add_to(result.services, result.citizens);
  for (const VisitSum& day : totals_.days) result.days.push_back(day.tally());
  std::stable_sort(totals_.late_hours.begin(), totals_.late_hours.end(), [](const auto& a, const auto& b) {
    return std::tie(a.station, a.weekday, a.hour) < std::tie(b.station, b.weekday, b.hour);
  });
  std::span<const WeekHour> late(totals_.late_hours);
  for (std::size_t station = 0; station < totals_.stations.size(); ++station) {
    StationObservation& observation = totals_.stations[station];
    StationTally& tally = observation.tally;
    tally.queue_max = static_cast<double>(observation.levels.max());
    result.stations.push_back({tally, CompactHistogram(observation.waits), observation.levels.trimmed()});
    if (data_.unbroken) continue;
    late = close_hours(station, late);
    periods_.close(station, tally, result.periods);
  }
  for (const WaitHistogram& waits : totals_.service_waits) result.service_waits.emplace_back(waits);
  for (const Totals::OfClass& of_class : totals_.classes)
    result.classes.push_back({of_class.visits.tally(), CompactHistogram(of_class.waits)});
  for (std::uint32_t m = 0; m < scenario_.migrations.size(); ++m) {
    for (std::size_t s = 0; s < data_.services; ++s) {
      if (const std::uint64_t citizens = totals_.moved[m * data_.services + s]; citizens > 0)
        result.ledger.push_back({m, ServiceId(s), citizens});
    }
  }
  audit_.citizens(result);
  audit_.stations(result);
  if (coupled) {
    audit_.redirects(totals_.redirects, totals_.redirect_arrivals);
    audit_.calls(totals_.calls);
  }
  return std::move(result);
}

}  // namespace pishkhan
