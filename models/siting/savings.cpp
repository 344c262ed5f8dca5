#include "models/siting/savings.hpp"

#include <algorithm>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/staffing/separable.hpp"
#include "models/staffing/solve_jobs.hpp"
#include "sim/base/time.hpp"
#include "sim/statistics/paired.hpp"

namespace pishkhan {

Spent spent_in(const Scenario& scenario, const TrialResult& trial, double unserved_s) {
  Spent spent;
  for (const TripCount& trips : trial.trips) {
    const double metres = static_cast<double>(trips.visits) * trips.metres;
    const Kind kind = scenario.province->places[trips.place].kind;
    spent.travel_h += 2 * scenario.travel.seconds(metres, kind) / kSecondsPerHour;
  }
  for (const StationResult& station : trial.stations) {
    const auto unserved = static_cast<double>(station.arrived - station.served - station.inside);
    spent.wait_h += (station.wait_joined_s + unserved * unserved_s) / kSecondsPerHour;
  }
  return spent;
}

SitingSavings find_savings(std::span<const Spent> before, std::span<const Spent> after) {
  const std::vector<double> ones(before.size(), 1);
  const auto saved = [&](auto hours) {
    std::vector<double> less, more;
    for (const Spent& one : before) more.push_back(hours(one));
    for (const Spent& one : after) less.push_back(hours(one));
    return estimate_paired({less, ones}, {more, ones}).difference;
  };
  return {saved([](const Spent& one) { return one.travel_h; }),
          saved([](const Spent& one) { return one.wait_h; }),
          saved([](const Spent& one) { return one.travel_h + one.wait_h; })};
}

int working_days_of(const Scenario& scenario) { return working_days(scenario, Plan(scenario).data()); }

std::uint32_t replications_with(const Scenario& scenario, std::size_t days, std::size_t fewest) {
  const auto in_one = static_cast<std::size_t>(std::max(working_days_of(scenario), 1));
  return static_cast<std::uint32_t>(std::max((days + in_one - 1) / in_one, fewest));
}

std::uint32_t siting_replications(const Scenario& as_is, std::size_t first_days) {
  return replications_with(as_is, first_days, kFewestInProof);
}

}  // namespace pishkhan
