#include "models/trial/bare_days.hpp"

#include <algorithm>

#include "models/trial/citizens/bare_citizens.hpp"
#include "models/trial/station_day/clerks_on_duty.hpp"

namespace pishkhan {
namespace {

void decide_and_account(Replication& run, const Day& day, StationIndex station,
                        std::span<const Attempt> attempts, std::vector<Attempt>& pending) {
  const auto account = [&](const DecidedStationDay& decided) {
    run.accounting.bare_station_day(day, decided, pending);
  };
  if (!run.coupled) {
    run.runner.prepare(day, station, attempts);
    run.runner.simulate();
    return account({station, attempts, run.runner, {}, {}});
  }
  run.coupled->begin(day);
  run.coupled->add(station, attempts);
  run.coupled->simulate({});
  run.coupled->for_each_station(account);
}

std::vector<Day> working_days(const Scenario& scenario) {
  std::vector<Day> days;
  for (int k = 0; k < scenario.run.days; ++k)
    if (const Day day = day_of_run(scenario, k); !is_holiday(scenario, day)) days.push_back(day);
  return days;
}

}  // namespace

void simulate_bare_days(Replication& run) {
  const std::vector<Day> days = working_days(run.scenario);
  const std::size_t stations = run.data.stations.size();
  BareCitizens citizens(run.data, run.key, run.stop);
  std::vector<Attempt> attempts, pending;
  for (std::size_t s = 0; s < stations; ++s) {
    run.stop.now();
    const StationIndex station(s);
    pending.clear();
    for (const Day& day : days) {
      run.stop.after(1);
      // Nobody comes to a station that is closed, or shut because no clerk came.
      const StationPlan& plan = run.data.stations[s];
      if (!plan.is_open(day.date, day.weekday)) continue;
      if (!is_staffed(plan, plan.hours(day.date, day.weekday), day, run.key)) continue;
      citizens.create(day, station, run.totals, attempts);
      std::sort(pending.begin(), pending.end(), by_citizen);
      attempts.insert(attempts.end(), pending.begin(), pending.end());
      pending.clear();
      decide_and_account(run, day, station, attempts, pending);
    }
    run.totals.pending.insert(run.totals.pending.end(), pending.begin(), pending.end());
    run.accounting.end_stretch();
    run.report_progress(
        static_cast<int>((s + 1) * static_cast<std::size_t>(run.scenario.run.days) / stations) - 1);
  }
}

}  // namespace pishkhan
