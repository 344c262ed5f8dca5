#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "models/province/province.hpp"
#include "models/scenario/scenario.hpp"
#include "models/siting/choose_authorisations.hpp"
#include "models/siting/savings.hpp"
#include "models/trial/totals/trial_result.hpp"

namespace pishkhan {

struct AuthorisingOptions {
  int threads = 1;
  std::size_t number = 1;           ///< authorisations, at most
  double unserved_s = 3600;         ///< waiting that a visit without service counts as, beside its own
  std::size_t first_days = 1000;    ///< of the fresh replications, at least
  double most_sets = 5000;          ///< as of choose_authorisations
  std::function<bool()> stop = {};  ///< true ends it with Interrupted
};

struct AuthorisingResult {
  ChosenAuthorisations chosen;
  /// By chosen authorisation: clerk time that a citizen is expected to take, in seconds, at a clerk's speed
  /// of 1; of those whose papers are missing, both visits.
  std::vector<double> clerk_s;
  SitingSavings saved;  ///< in fresh replications
  /// The fresh replications, of which all else that is told is taken.
  std::vector<TrialResult> before, after;
  std::uint32_t proof_replications = 0;
  std::uint64_t proof_seed = 0;
  int working_days = 0;  ///< as working_days()
};

/// Chooses which offices are authorised to give which of the services, by expected travel, and sees what that
/// saves in replications of another seed with the same citizens. `with_them(chosen)` makes the scenario with
/// these authorisations.
AuthorisingResult authorise_services(
    const Scenario& as_is, std::span<const ServiceId> services,
    const std::function<Scenario(std::span<const ChosenAuthorisation>)>& with_them,
    const AuthorisingOptions& options);

}  // namespace pishkhan
