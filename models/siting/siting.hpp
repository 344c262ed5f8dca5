#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/siting/choose_sites.hpp"
#include "models/siting/savings.hpp"
#include "sim/statistics/estimate.hpp"

namespace pishkhan {

struct SitingOptions {
  int threads = 1;
  std::size_t number = 1;           ///< candidates that open
  double unserved_s = 3600;         ///< waiting that a visit without service counts as, beside its own
  std::size_t sets = 5;             ///< sets that are simulated in the search
  std::size_t search_days = 250;    ///< of each set, at least
  std::size_t first_days = 1000;    ///< of the fresh replications, at least
  double most_sets = 5000;          ///< as of choose_sites
  std::function<bool()> stop = {};  ///< true ends it with Interrupted
};

struct SimulatedSet {
  SiteSet set;                   ///< of the candidates
  double expected_travel_h = 0;  ///< that it saves, by the model's rules without chance
  SitingSavings saved;           ///< in the search
};

struct SitingResult {
  std::vector<double> alone_h;     ///< by candidate: travel that it is expected to save if it opens alone
  std::vector<SimulatedSet> sets;  ///< of the search, that of most expected savings first
  std::size_t best = 0;            ///< of sets: it saved most in the search
  bool exhaustive = false;         ///< as ChosenSites
  SitingSavings saved;             ///< by the best set, in fresh replications
  std::vector<Estimate> visits;    ///< to each office of the best set there, over the counted days
  std::uint32_t search_replications = 0, proof_replications = 0;
  std::uint64_t proof_seed = 0;
  int working_days = 0;  ///< as working_days()
};

/// Chooses which of the candidates open. `as_is` has none of them; `all_open` has all, as the last of its
/// offices; `with_open(chosen)` makes the scenario with those of these numbers. Sets are chosen by expected
/// travel, the best few are simulated with the citizens of runs, and what the best of these saves is seen in
/// replications of another seed.
SitingResult site_offices(const Scenario& as_is, const Scenario& all_open,
                          const std::function<Scenario(std::span<const std::size_t>)>& with_open,
                          const SitingOptions& options);

}  // namespace pishkhan
