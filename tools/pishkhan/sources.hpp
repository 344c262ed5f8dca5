#pragma once
#include <filesystem>
#include <string>

#include "sim/base/source_files.hpp"
#include "tools/pishkhan/options.hpp"

namespace pishkhan {

/// Refuses results that would take the place of what they were made from: a folder from which any of the
/// files was read, but for `except`. Throws UserError.
void expect_nothing_read_in(const std::filesystem::path& folder, const SourceFiles& files,
                            const std::filesystem::path& except = {});

/// The same for a run, but that a run that is repeated may replace itself. `scenario` has files.
void expect_nothing_of_a_run_in(const std::filesystem::path& folder, const ScenarioOptions& scenario);

/// Throws UserError: the folder is that of a run that is still needed.
[[noreturn]] void refuse_to_replace(const std::filesystem::path& folder, const std::string& run);

}  // namespace pishkhan
