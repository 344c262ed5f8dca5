#pragma once
#include <vector>

#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {

/// Every verb, in the order in which verbs are applied.
const std::vector<Verb>& verbs();

/// Applies the verbs of a scenario file.
void apply_verbs(const Node& root, VerbContext& context);

/// Whether outages or slow-downs are written.
bool has_outages(const Node& root);

}  // namespace pishkhan
