#pragma once
#include <nlohmann/json.hpp>

#include "tools/page/page_source.hpp"

namespace pishkhan::page {

/// Of the table `inputs` the rows of the channels. Null where the run has none.
nlohmann::ordered_json inputs_json(const PageSource& source);

}  // namespace pishkhan::page
