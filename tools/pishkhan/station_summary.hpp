#pragma once
#include <string>

#include "tools/report/tables.hpp"

namespace pishkhan {

/// Two tables by channel (or bare station): who waited how long in what queue, and who was not served.
/// Columns of nothing but zeros are left out.
std::string totals_text(const Results& results);

/// The offices and the counters with the lowest service level.
std::string worst_stations_text(const Results& results);

}  // namespace pishkhan
