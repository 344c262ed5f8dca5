#pragma once
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {

/// Gives notice of new hours that bring no new demand; when the demand of a scenario is known.
void note_hours_without_demand(VerbContext& context);

}  // namespace pishkhan
