#pragma once
#include <cstddef>

namespace pishkhan {

/// Fewer replications of a search, or of a round of a proof, tell too little of how much they differ.
inline constexpr std::size_t kFewestInSearch = 10, kFewestInProof = 20;

}  // namespace pishkhan
