#pragma once
#include <nlohmann/json.hpp>

#include "tools/page/page_source.hpp"

namespace pishkhan::page {

/// What was observed at stations beside what is simulated, and which factor fits: of the tables `observed`,
/// those outside first, and `observed_fit`. Null where the run has none.
nlohmann::ordered_json observed_json(const PageSource& source);

}  // namespace pishkhan::page
