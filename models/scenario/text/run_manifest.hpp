#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "models/scenario/text/document.hpp"

namespace pishkhan {

/// What the manifest.json of a run says beside the resolved scenario, so that the run can be repeated.
struct RunManifest {
  /// A table that the run read.
  struct Table {
    std::string section, key;  ///< `province`, `offices`; no section: a key of the scenario
    std::string written_name;  ///< the file, as the scenario named it
    std::string hash;
  };
  std::string name;            ///< of the scenario
  std::filesystem::path file;  ///< that the scenario was written in
  std::vector<Table> tables;
};

/// If the document is a manifest, turns it into the resolved scenario that it holds and returns the rest. All
/// marks are where the manifest has that text; tables are the copies beside it.
std::optional<RunManifest> take_manifest(Node& document, Diagnostics& mistakes);

/// Name, beside a manifest, of the copy of an input table.
std::string input_file_name(const std::string& key);

}  // namespace pishkhan
