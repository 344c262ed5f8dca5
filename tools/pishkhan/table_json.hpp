#pragma once
#include <nlohmann/json.hpp>

#include "tools/report/table.hpp"

namespace pishkhan {

/// The rows of a table as a list of objects, one key a column; null where there is no number.
nlohmann::ordered_json rows_json(const Table& table);

}  // namespace pishkhan
