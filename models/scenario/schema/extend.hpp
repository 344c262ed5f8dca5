#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/schema/shape.hpp"
#include "models/scenario/text/run_manifest.hpp"

namespace pishkhan {

/// A scenario file merged over its bases.
struct LoadedDocument {
  Node root;
  bool complete = false;                ///< the file and all its bases could be read
  std::optional<RunManifest> manifest;  ///< the file is the manifest of a run
};

/// Reads a scenario file or the manifest of a run, merges it over its bases, and applies the overrides.
/// A base that is not beside the file is looked for in `library`, unless that is empty. Mistakes are added;
/// what could be read is returned. Throws EnvironmentError when a file exists and cannot be read.
LoadedDocument load_document(const std::filesystem::path& file, const Shape& shape,
                             const std::vector<std::string>& overrides, const std::filesystem::path& library,
                             Diagnostics& mistakes);

/// The same for text that is not in a file; `name` stands in for the file's name.
LoadedDocument load_document_text(std::string_view text, const std::string& name, const Shape& shape,
                                  const std::vector<std::string>& overrides, Diagnostics& mistakes);

}  // namespace pishkhan
