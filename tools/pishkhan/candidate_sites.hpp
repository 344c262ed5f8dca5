#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "sim/base/source_files.hpp"

namespace pishkhan {

/// A place where an office may be licensed.
struct CandidateSite {
  std::string id;  ///< of the office
  PlaceId place;
  std::optional<double> latitude, longitude;  ///< none: the place's
  int clerks = 0;
  int rank = 1;
};

/// Reads a table of candidates: `place`, and if need be `id` (left out: `new-` and the place), `latitude` and
/// `longitude`, `clerks` (left out: as given here) and `rank` (left out: 1). Throws UserError with every
/// mistake, also where there are fewer than `least`.
std::vector<CandidateSite> read_candidate_sites(const std::filesystem::path& file, const Scenario& scenario,
                                                int clerks, std::size_t least, const SourceFiles& files);

/// `open_offices` with the chosen candidates, as YAML.
std::string open_offices_text(const Scenario& scenario, std::span<const CandidateSite> sites,
                              std::span<const std::size_t> chosen);

}  // namespace pishkhan
