#include "models/trial/bare_days.hpp"

#include <algorithm>

#include "models/trial/citizens/bare_citizens.hpp"
#include "models/trial/station_day/clerks_on_duty.hpp"
#include "models/trial/station_day/lane_runner.hpp"

namespace pishkhan {
namespace {

void decide_and_account(Replication& run, const Day& day, StationIndex station,
                        std::span<const Attempt> attempts, const GivenArrivals& given,
                        std::vector<Attempt>& pending) {
  const auto account = [&](const DecidedStationDay& decided) {
    run.accounting.bare_station_day(day, decided, pending);
  };
  if (!run.coupled) {
    run.runner.prepare(day, station, attempts, given);
    run.runner.simulate();
    return account({station, attempts, run.runner, {}, {}});
  }
  run.coupled->begin(day);
  run.coupled->add(station, attempts, given);
  run.coupled->simulate({});
  run.coupled->for_each_station(account);
}

std::vector<Day> working_days(const Scenario& scenario) {
  std::vector<Day> days;
  for (int k = 0; k < scenario.run.days; ++k)
    if (const Day day = day_of_run(scenario, k); !is_holiday(scenario, day)) days.push_back(day);
  return days;
}

/// The days of bare stations, station by station.
class BareDays {
 public:
  explicit BareDays(Replication& run)
      : run_(run),
        citizens_(run.data, run.key, run.stop),
        lanes_(run.scenario, run.data, run.key),
        days_(working_days(run.scenario)) {}

  void simulate(StationIndex station) {
    const bool side_by_side = !run_.coupled && run_.accounting.takes_lanes() && lanes_.can_run(station);
    pending_.clear();
    for (const Day& day : days_) {
      run_.stop.after(1);
      // Nobody comes to a station that is closed, or shut because no clerk came.
      const StationPlan& plan = run_.data.stations[station.index()];
      if (!plan.is_open(day.date, day.weekday)) continue;
      if (!is_staffed(plan, plan.hours(day.date, day.weekday), day, run_.key)) continue;
      if (!side_by_side || !day.counted) {
        one_day(day, station);
        continue;
      }
      together_.push_back({day, citizens_.count(day, station, 0, run_.totals)});
      if (together_.size() == kDaysTogether) some_days(station);
    }
    some_days(station);
    if (side_by_side) lanes_.add_waits(run_.totals.stations[station.index()]);
    run_.totals.pending.insert(run_.totals.pending.end(), pending_.begin(), pending_.end());
    run_.accounting.end_stretch();
  }

 private:
  /// So many that days of equal hours fill the lanes, and not so many that what is found of them takes much
  /// memory.
  static constexpr std::size_t kDaysTogether = 64;

  void one_day(const Day& day, StationIndex station) {
    citizens_.create(day, station, run_.totals, attempts_);
    std::sort(pending_.begin(), pending_.end(), by_citizen);
    attempts_.insert(attempts_.end(), pending_.begin(), pending_.end());
    pending_.clear();
    decide_and_account(run_, day, station, attempts_, citizens_.given(attempts_.size()), pending_);
  }

  /// The attempts of citizens who are counted already.
  void make_attempts(const BareDay& of, StationIndex station) {
    attempts_.clear();
    for (std::uint32_t index = 0; index < of.citizens; ++index)
      attempts_.push_back(BareCitizens::first_attempt(of.day, station, 0, index));
  }

  void some_days(StationIndex station) {
    if (together_.empty()) return;
    const std::span<const FoundDay> found =
        lanes_.run(station, together_, run_.totals.stations[station.index()]);
    for (std::size_t d = 0; d < together_.size(); ++d) {
      const Day& day = together_[d].day;
      run_.stop.after(together_[d].citizens);
      if (!found[d].decided) {
        make_attempts(together_[d], station);
        decide_and_account(run_, day, station, attempts_, {}, pending_);
        continue;
      }
      StationRunner* twin = nullptr;
      if (run_.accounting.replays(day, station)) {
        make_attempts(together_[d], station);
        twin = &run_.runner;
        twin->prepare(day, station, attempts_);
        twin->simulate();
      }
      run_.accounting.bare_lane_day(day, station, found[d].day, twin);
    }
    together_.clear();
  }

  Replication& run_;
  BareCitizens citizens_;
  LaneRunner lanes_;
  std::vector<Day> days_;
  std::vector<Attempt> attempts_, pending_;
  std::vector<BareDay> together_;
};

}  // namespace

void simulate_bare_days(Replication& run) {
  const std::size_t stations = run.data.stations.size();
  BareDays days(run);
  for (std::size_t s = 0; s < stations; ++s) {
    run.stop.now();
    days.simulate(StationIndex(s));
    run.report_progress(
        static_cast<int>((s + 1) * static_cast<std::size_t>(run.scenario.run.days) / stations) - 1);
  }
}

}  // namespace pishkhan
