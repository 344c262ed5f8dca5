#pragma once
#include <string>

#include "models/scenario/language.hpp"
#include "sim/base/source_files.hpp"

namespace pishkhan {

/// Makes the province of a scenario: reads its tables, of `sources`, and applies its rules, its verbs and its
/// demand. Returns lines of the canonical text that tell which tables were read.
std::string make_province(const Written<ScenarioFile>& file, const Node& root, const SourceFiles& sources,
                          Scenario& scenario, Diagnostics& mistakes);

}  // namespace pishkhan
