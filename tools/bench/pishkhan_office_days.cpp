// office-days through Pishkhan's own front door: a scenario of bare stations, a Plan, run_trial with
// all its statistics and its audit.
#include <cmath>
#include <cstdio>
#include <string>

#include "models/trial/run_trial.hpp"
#include "sim/base/keep_memory.hpp"
#include "tools/bench/office_days.hpp"

using namespace pishkhan;
using bench::OfficeDays;

namespace {

constexpr double kOpening_s = 8 * kSecondsPerHour;

BareStation office(int number) {
  const Intervals doors{{kOpening_s, kOpening_s + OfficeDays::open_min * kSecondsPerMinute}};
  BareStation station;
  station.id = "office-" + std::to_string(number);
  station.rules.doors.fill(doors);
  ClerkGroup clerks;
  clerks.id = "clerks";
  clerks.clerks = OfficeDays::clerks;
  clerks.shifts.fill(doors);
  station.rules.groups.push_back(std::move(clerks));

  ArrivalStream stream;
  stream.id = "citizens";
  stream.rate.emplace_back(0.0, 0.0);
  for (std::size_t hour = 0; hour < OfficeDays::hour_weights.size(); ++hour) {
    stream.rate.emplace_back(kOpening_s + static_cast<double>(hour) * kSecondsPerHour,
                             OfficeDays::arrivals_a_day / OfficeDays::open_min / kSecondsPerMinute *
                                 OfficeDays::hour_weights[hour]);
  }
  stream.rate.emplace_back(doors.front().to_s, 0.0);
  stream.handling = Lognormal{OfficeDays::handling_mean_min * kSecondsPerMinute, OfficeDays::handling_cv};
  stream.patience = Exponential{OfficeDays::patience_mean_min * kSecondsPerMinute};
  station.streams.push_back(std::move(stream));
  return station;
}

Scenario office_days(int days) {
  Scenario scenario;
  scenario.name = "office-days";
  scenario.run.days = days;
  scenario.run.seed = 1395;
  for (int number = 0; number < OfficeDays::offices; ++number) scenario.stations.push_back(office(number));
  return scenario;
}

/// Of all stations together. The queue is the time average over the hours the doors are open.
bench::OfficeTotals totals_of(const TrialResult& result) {
  bench::OfficeTotals totals;
  for (const StationTally& station : result.stations) {
    totals.visits += station.arrived;
    totals.served += station.served;
    totals.abandoned += station.abandoned;
    totals.wait_min += station.wait_s / kSecondsPerMinute;
    totals.queue_area_min += station.queue_area_s / kSecondsPerMinute;
    totals.busy_min += station.handling_s / kSecondsPerMinute;
  }
  return totals;
}

}  // namespace

int main(int argc, char** argv) {
  pishkhan::keep_freed_memory();
  const int days = bench::number_of(argc, argv, 1, 100);
  const Scenario scenario = office_days(days);
  const Plan plan(scenario);
  const double start_s = bench::processor_s();
  const TrialResult result = run_trial(plan, 0);
  const double seconds = bench::processor_s() - start_s;
  for (const std::string& failure : result.audit.failures)
    std::fprintf(stderr, "audit: %s\n", failure.c_str());
  if (!result.audit.passed()) return 4;
  bench::print_figures("pishkhan", totals_of(result), days, seconds);
  return 0;
}
