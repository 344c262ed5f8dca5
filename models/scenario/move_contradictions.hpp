#pragma once
#include <cstddef>
#include <vector>

#include "models/scenario/wave_keys.hpp"

namespace pishkhan {

/// Adds a mistake for every list of `in_order` that makes a circle with those before it, where services that
/// move together are as one, and for every service that is fixed where other rules do not let it move.
/// `together_at`: place in the file's list of each of the rules' `together`.
void expect_no_contradiction(const MoveRules& rules, const std::vector<std::size_t>& together_at,
                             const Written<MoveKeys>& written, const Province& province,
                             Diagnostics& mistakes);

}  // namespace pishkhan
