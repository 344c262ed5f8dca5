#pragma once
#include <string>
#include <vector>

#include "tools/report/compared_run.hpp"
#include "tools/report/tables.hpp"
#include "tools/sweep/study.hpp"

namespace pishkhan {

/// Whether a quantity has paired differences: percentiles have none.
bool has_series(const std::string& quantity);
/// Numerators and denominators of each response by replication, in their order. All have series.
std::vector<Series> find_series(const std::vector<Response>& responses, const Results& results);

}  // namespace pishkhan
