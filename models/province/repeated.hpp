#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "sim/base/diagnostic.hpp"

namespace pishkhan {

/// Joins what has one cause: of the diagnostics from `first` on, those that say the same of a column of a
/// file, but for names in quotes and numbers, become one when they are more than three. It says in which
/// lines the others are.
void merge_repeated(std::vector<Diagnostic>& diagnostics, std::size_t first);

}  // namespace pishkhan
