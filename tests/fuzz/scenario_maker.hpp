#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tests/fuzz/key_coverage.hpp"

namespace pishkhan {

struct MadeScenario {
  std::string yaml;
  KeyUses uses;
};

/// A scenario made from the description of the language, the same for the same seed: of bare stations, or of
/// one of the tiny provinces, whose tables lie in folders beside it. Most of its values are ordinary, some at
/// the bounds of their ranges or just within, a few just outside; mostly it is as a user might have written
/// it.
MadeScenario make_scenario(std::uint64_t seed);

/// Keys of the language that are never made.
const std::vector<std::string>& keys_never_made();

}  // namespace pishkhan
