#pragma once
#include <string>

#include "tools/report/tables.hpp"
#include "tools/texts/texts.hpp"

// What the terminal shows of the agencies' systems; empty where there is nothing to show.
namespace pishkhan {

/// The slowest and the most loaded of the agencies' systems, and clerk hours lost by cause.
std::string systems_text(const Texts& texts, const Results& results);

/// What outages or the backbone cost in clerk and citizen hours, and the wait taken apart.
std::string costs_text(const Texts& texts, const Results& results);

}  // namespace pishkhan
