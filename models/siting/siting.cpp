#include "models/siting/siting.hpp"

#include <algorithm>
#include <cstddef>
#include <stop_token>
#include <utility>

#include "models/plan/plan_data.hpp"
#include "models/staffing/separable.hpp"
#include "models/staffing/solve_jobs.hpp"
#include "models/staffing/staffing.hpp"
#include "models/trial/run_trial.hpp"
#include "models/trial/totals/day.hpp"
#include "models/trial/totals/trial_result.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/time.hpp"
#include "sim/experiment/replicate.hpp"
#include "sim/statistics/paired.hpp"

namespace pishkhan {
namespace {

/// Person-hours of a replication.
struct Spent {
  double travel_h = 0, wait_h = 0;
  std::vector<double> visits;  ///< to the offices that were opened
};

Spent spent_in(const Scenario& scenario, const TrialResult& trial, double unserved_s, std::size_t first_new) {
  const Province& province = *scenario.province;
  Spent spent;
  for (const TripCount& trips : trial.trips) {
    const double metres = static_cast<double>(trips.visits) * trips.metres;
    spent.travel_h +=
        2 * scenario.travel.seconds(metres, province.places[trips.place].kind) / kSecondsPerHour;
  }
  for (const StationResult& station : trial.stations) {
    const auto unserved = static_cast<double>(station.arrived - station.served - station.inside);
    spent.wait_h += (station.wait_joined_s + unserved * unserved_s) / kSecondsPerHour;
  }
  for (std::size_t s = first_new; s < province.offices.size(); ++s)
    spent.visits.push_back(static_cast<double>(trial.stations[s].arrived));
  return spent;
}

/// Of each replication.
std::vector<Spent> simulate(const Scenario& scenario, std::uint32_t replications, std::size_t first_new,
                            const SitingOptions& options) {
  const Plan plan(scenario);
  return replicate(replications, options.threads, [&](std::uint32_t i, const std::stop_token& token) {
    TrialOptions trial;
    trial.stop = [&options, token] { return token.stop_requested() || (options.stop && options.stop()); };
    return spent_in(scenario, run_trial(plan, i, trial), options.unserved_s, first_new);
  });
}

SitingSavings savings(const std::vector<Spent>& as_is, const std::vector<Spent>& open) {
  const std::vector<double> ones(as_is.size(), 1);
  const auto saved = [&](auto hours) {
    std::vector<double> before, after;
    for (const Spent& one : as_is) before.push_back(hours(one));
    for (const Spent& one : open) after.push_back(hours(one));
    return estimate_paired({after, ones}, {before, ones}).difference;
  };
  return {saved([](const Spent& one) { return one.travel_h; }),
          saved([](const Spent& one) { return one.wait_h; }),
          saved([](const Spent& one) { return one.travel_h + one.wait_h; })};
}

int days_of(const Scenario& scenario) { return working_days(scenario, Plan(scenario).data()); }

std::uint32_t replications_for(const Scenario& scenario, std::size_t wanted, std::size_t fewest) {
  const auto days = static_cast<std::size_t>(std::max(days_of(scenario), 1));
  return static_cast<std::uint32_t>(std::max((wanted + days - 1) / days, fewest));
}

}  // namespace

std::uint32_t siting_replications(const Scenario& as_is, std::size_t first_days) {
  return replications_for(as_is, first_days, kFewestInProof);
}

SitingResult site_offices(const Scenario& as_is, const Scenario& all_open,
                          const std::function<Scenario(std::span<const std::size_t>)>& with_open,
                          const SitingOptions& options) {
  PISHKHAN_EXPECT(as_is.province && all_open.province);
  const std::size_t first_new = as_is.province->offices.size();
  const std::size_t candidates = all_open.province->offices.size() - first_new;
  PISHKHAN_EXPECT(options.number > 0 && options.number <= candidates);
  SitingResult result;
  result.working_days = days_of(as_is);
  result.search_replications = replications_for(as_is, options.search_days, kFewestInSearch);
  result.proof_replications = siting_replications(as_is, options.first_days);
  result.proof_seed = proof_seed(as_is, 1);

  std::vector<StationIndex> stations;
  for (std::size_t c = 0; c < candidates; ++c) stations.emplace_back(first_new + c);
  const ExpectedTravel travel(Plan(all_open), stations);
  const std::vector<std::uint8_t> none(candidates, 0);
  const double now_h = travel.hours(none);
  result.alone_h = travel.added_hours(none);
  for (double& hours : result.alone_h) hours = -hours;
  ChosenSites chosen = choose_sites(travel, options.number, options.sets, options.most_sets);
  result.exhaustive = chosen.exhaustive;
  const std::vector<Spent> searched = simulate(as_is, result.search_replications, first_new, options);
  for (SiteSet& set : chosen.sets) {
    SimulatedSet& simulated = result.sets.emplace_back();
    simulated.expected_travel_h = now_h - set.travel_h;
    simulated.saved =
        savings(searched, simulate(with_open(set.open), result.search_replications, first_new, options));
    simulated.set = std::move(set);
    const double most_h = result.sets[result.best].saved.saved_h.mean;
    if (simulated.saved.saved_h.mean > most_h) result.best = result.sets.size() - 1;
  }
  Scenario before = as_is, after = with_open(result.sets[result.best].set.open);
  before.run.seed = after.run.seed = result.proof_seed;
  const std::vector<Spent> without = simulate(before, result.proof_replications, first_new, options),
                           with = simulate(after, result.proof_replications, first_new, options);
  result.saved = savings(without, with);
  for (std::size_t k = 0; k < options.number; ++k) {
    std::vector<double> visits;
    for (const Spent& one : with) visits.push_back(one.visits[k]);
    result.visits.push_back(estimate_count(visits));
  }
  return result;
}

}  // namespace pishkhan
