#pragma once
#include <string>
#include <vector>

#include "models/scenario/language.hpp"
#include "sim/base/source_files.hpp"

namespace pishkhan {

/// Reads the texts of tables, of which those without a location are none. Returns lines of the canonical text
/// that tell which there are, and what was in them.
std::string read_inputs(const std::vector<const Name*>& tables, const SourceFiles& sources,
                        Scenario& scenario, Diagnostics& mistakes);

/// Makes the province of a scenario: reads its tables, of `sources`, and applies its rules, its verbs and its
/// demand. Returns lines of the canonical text that tell which tables were read.
std::string make_province(const Written<ScenarioFile>& file, const Node& root, const SourceFiles& sources,
                          Scenario& scenario, Diagnostics& mistakes);

}  // namespace pishkhan
