#pragma once
#include <string>

#include "tools/report/tables.hpp"

// What the terminal shows of the agencies' systems; empty where there is nothing to show.
namespace pishkhan {

/// What outages or the backbone cost in clerk and citizen hours, and the wait taken apart.
std::string costs_text(const Results& results);

}  // namespace pishkhan
