#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/scenario/text/document.hpp"

namespace pishkhan {

/// What the manifest.json of a run says beside the resolved scenario, so that the run can be repeated.
struct RunManifest {
  std::string name;                                               ///< of the scenario
  std::filesystem::path file;                                     ///< that the scenario was written in
  std::vector<std::pair<std::string, std::string>> table_hashes;  ///< of the input tables, by key
};

/// If the document is a manifest, turns it into the resolved scenario that it holds, with all marks where the
/// manifest has that text, and returns the rest.
std::optional<RunManifest> take_manifest(Node& document, Diagnostics& mistakes);

/// Name, beside a manifest, of the copy of an input table.
std::string input_file_name(const std::string& key);

}  // namespace pishkhan
