#pragma once
#include <filesystem>
#include <string>

#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/extend.hpp"
#include "models/scenario/text/document.hpp"

namespace pishkhan {

/// The scenario of a document that was loaded from `path`. Throws UserError with `mistakes` and all that are
/// found besides.
Scenario make_scenario(LoadedDocument document, const std::filesystem::path& path, Diagnostics mistakes);

/// As load_scenario of scenario.hpp.
Scenario load_scenario(const ScenarioSource& source);

/// A scenario of bare stations written out, for a file in a folder from which its table has another path.
std::string written_out(const ScenarioSource& source, const std::filesystem::path& folder);

}  // namespace pishkhan
