#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/schema/shape.hpp"

namespace pishkhan {

/// Reads a scenario file, merges it over its bases, and applies the overrides. Mistakes are added; what could
/// be read is returned. Throws EnvironmentError when a file exists and cannot be read.
Node load_document(const std::filesystem::path& file, const Shape& shape,
                   const std::vector<std::string>& overrides, Diagnostics& mistakes);

/// The same for text that is not in a file; `name` stands in for the file's name.
Node load_document_text(std::string_view text, const std::string& name, const Shape& shape,
                        const std::vector<std::string>& overrides, Diagnostics& mistakes);

}  // namespace pishkhan
