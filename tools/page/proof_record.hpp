#pragma once
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "models/scenario/scenario.hpp"
#include "tools/page/names_and_places.hpp"
#include "tools/page/page_of.hpp"

namespace pishkhan::page {

/// What a manifest says of a search with a proof, of a staffing or a plan, so that a page can be made of it
/// later.
struct ProofRecord : NamesAndPlaces {
  std::string version;
  std::string title;  ///< of the scenario
  std::uint64_t seed = 0, proof_seed = 0;
  std::size_t search_replications = 0, proof_replications = 0;
  Evidence evidence = Evidence::assumed;

  /// Takes title, seed, evidence, names and positions.
  void describe(const Scenario& scenario);
  [[nodiscard]] nlohmann::ordered_json to_json() const;
  /// The data of its page, yet without tables and map: what the page is about, under a key, and what more is
  /// known of the run.
  [[nodiscard]] nlohmann::ordered_json page_json(PageOf page, const char* key, nlohmann::ordered_json about,
                                                 const nlohmann::ordered_json& more_of_run = {}) const;
  /// Throws nlohmann::json::exception.
  void read_json(const nlohmann::ordered_json& json);
};

}  // namespace pishkhan::page
