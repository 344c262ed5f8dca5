#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/schema/shape.hpp"
#include "models/scenario/text/run_manifest.hpp"
#include "sim/base/source_files.hpp"

namespace pishkhan {

/// From what a scenario is made.
struct ScenarioSource {
  std::filesystem::path file;
  std::vector<std::string> overrides = {};  ///< `path=value`
  std::filesystem::path library = {};       ///< where bases are that are not beside the file; empty: nowhere
  /// Has the file, and all that it names. For scenarios made of the same source one after the other.
  std::shared_ptr<const SourceFiles> files = std::make_shared<const SourceFiles>();
};

/// A scenario file merged over its bases.
struct LoadedDocument {
  Node root;
  bool complete = false;                ///< the file and all its bases could be read
  std::optional<RunManifest> manifest;  ///< the file is the manifest of a run
  std::shared_ptr<const SourceFiles> files;
};

/// Reads a scenario file or the manifest of a run, merges it over its bases, and applies the overrides.
/// Mistakes are added; what could be read is returned. Throws EnvironmentError when a file exists and cannot
/// be read.
LoadedDocument load_document(const ScenarioSource& source, const Shape& shape, Diagnostics& mistakes);

/// The same for text that is not in a file; `name` stands in for the file's name.
LoadedDocument load_document_text(std::string_view text, const std::string& name, const Shape& shape,
                                  const std::vector<std::string>& overrides, Diagnostics& mistakes);

}  // namespace pishkhan
