#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/document.hpp"

namespace pishkhan {

/// Reads a scenario file and lays it over its bases, then the overrides over all. Mistakes are added;
/// what could be read is returned. Throws EnvironmentError when a file exists and cannot be read.
Node load_document(const std::filesystem::path& file, const std::vector<std::string>& overrides,
                   Diagnostics& mistakes);

/// The same for text that is not in a file; `name` stands in for the file's name.
Node load_document_text(std::string_view text, const std::string& name,
                        const std::vector<std::string>& overrides, Diagnostics& mistakes);

/// Lays one `path=value` over a document.
void apply_override(const std::string& text, Node& root, Diagnostics& mistakes);

/// A file of at most the limits' bytes; larger ones and absent ones are mistakes at `mark`.
std::string read_limited(const std::filesystem::path& file, const Mark& mark, const std::string& path,
                         Diagnostics& mistakes);

/// FNV-1a, 64 bits, as 16 hexadecimal digits (Fowler, Noll, Vo; RFC 9923).
std::string content_hash(std::string_view bytes);

}  // namespace pishkhan
