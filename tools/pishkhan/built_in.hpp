#pragma once
#include <filesystem>

#include "sim/base/source_files.hpp"

namespace pishkhan {

/// The folder of the scenarios that come with the program: `share/pishkhan/scenarios` beside the folder of an
/// installed program, or `scenarios` of the project that a program was built in. Empty when there is none.
std::filesystem::path built_in_scenarios();

/// The file, or the scenario of that name that comes with the program when there is no such file:
/// `quickstart.yaml` and `scenarios/quickstart.yaml` are found from any folder.
std::filesystem::path find_scenario(const std::filesystem::path& file, const SourceFiles& files = {});

}  // namespace pishkhan
