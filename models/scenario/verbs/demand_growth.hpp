#pragma once
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {

/// Refuses growth of some days that makes more demand than a simulation can hold, together with all that
/// holds on the same days. Once all growth is known.
void check_dated_growth(VerbContext& context);

}  // namespace pishkhan
