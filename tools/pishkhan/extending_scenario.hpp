#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "models/scenario/scenario.hpp"
#include "tools/pishkhan/options.hpp"

namespace pishkhan {

/// Citizens of a proof, which a scenario repeats.
struct ProofCitizens {
  std::uint64_t seed = 0;
  std::size_t replications = 0;
};

/// The beginning of a scenario that is written to `file` and extends the one given: title, with what it is;
/// base; the keys that options change; the citizens.
std::string extending_text(const ScenarioOptions& options, const Scenario& scenario,
                           const std::filesystem::path& file, const std::string& what,
                           const ProofCitizens& citizens);

}  // namespace pishkhan
