#pragma once
#include <span>

#include "tools/report/tables.hpp"

namespace pishkhan {

/// `observed` and `observed_fit`, of a province whose scenario has observations.
std::span<const MakeTable> makers_of_observed_tables();

}  // namespace pishkhan
