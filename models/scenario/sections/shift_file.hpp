#pragma once
#include <filesystem>
#include <vector>

#include "models/scenario/scenario.hpp"

namespace pishkhan {

/// Reads a file of `shifts`. Throws UserError with every mistake, EnvironmentError when it cannot be read.
std::vector<ShiftPattern> read_shift_patterns(const std::filesystem::path& file);

}  // namespace pishkhan
