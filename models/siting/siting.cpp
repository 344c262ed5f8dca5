#include "models/siting/siting.hpp"

#include <cstddef>
#include <utility>

#include "models/demand/station_index.hpp"
#include "models/plan/plan.hpp"
#include "models/siting/expected_travel.hpp"
#include "models/staffing/solve_jobs.hpp"
#include "models/staffing/staffing.hpp"
#include "models/trial/totals/trial_result.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// What is kept of a replication.
struct Seen {
  Spent spent;
  std::vector<double> visits;  ///< to the offices that were opened
};

std::vector<Seen> simulate(const Scenario& scenario, std::uint32_t replications, std::size_t first_new,
                           const SitingOptions& options) {
  return simulate_and_keep(scenario, replications, options.threads, options.stop,
                           [&](const TrialResult& trial) {
                             Seen seen{spent_in(scenario, trial, options.unserved_s), {}};
                             for (std::size_t s = first_new; s < scenario.province->offices.size(); ++s)
                               seen.visits.push_back(static_cast<double>(trial.stations[s].arrived));
                             return seen;
                           });
}

SitingSavings savings(const std::vector<Seen>& as_is, const std::vector<Seen>& open) {
  std::vector<Spent> before, after;
  for (const Seen& one : as_is) before.push_back(one.spent);
  for (const Seen& one : open) after.push_back(one.spent);
  return find_savings(before, after);
}

}  // namespace

SitingResult site_offices(const Scenario& as_is, const Scenario& all_open,
                          const std::function<Scenario(std::span<const std::size_t>)>& with_open,
                          const SitingOptions& options) {
  PISHKHAN_EXPECT(as_is.province && all_open.province);
  const std::size_t first_new = as_is.province->offices.size();
  const std::size_t candidates = all_open.province->offices.size() - first_new;
  PISHKHAN_EXPECT(options.number > 0 && options.number <= candidates);
  SitingResult result;
  result.working_days = working_days_of(as_is);
  result.search_replications = replications_with(as_is, options.search_days, kFewestInSearch);
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
  const std::vector<Seen> searched = simulate(as_is, result.search_replications, first_new, options);
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
  const std::vector<Seen> without = simulate(before, result.proof_replications, first_new, options),
                          with = simulate(after, result.proof_replications, first_new, options);
  result.saved = savings(without, with);
  for (std::size_t k = 0; k < options.number; ++k) {
    std::vector<double> visits;
    for (const Seen& one : with) visits.push_back(one.visits[k]);
    result.visits.push_back(estimate_count(visits));
  }
  return result;
}

}  // namespace pishkhan
