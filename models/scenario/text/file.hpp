#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/text/mistakes.hpp"
#include "sim/base/source_files.hpp"

namespace pishkhan {

/// A file named by a node, relative to the file the node is written in; one named by an override, relative to
/// the working folder.
std::filesystem::path path_beside(const Node& node);

/// The file in one of the folders whose name is most like that of one which is not there; empty if none is.
/// A name without an ending stands for a scenario.
std::filesystem::path nearest_file(const std::filesystem::path& file,
                                   const std::vector<std::filesystem::path>& folders);

/// The bytes of a file of `files`. An absent file and one larger than DocumentLimits allows are mistakes at
/// the mark. Throws EnvironmentError when the file exists and cannot be read.
std::string read_limited(const std::filesystem::path& file, const Mark& mark, const std::string& path,
                         Diagnostics& mistakes, const SourceFiles& files);

/// The hash of an input table as the canonical text of a scenario has it. A byte-order mark is no part of it.
std::string table_hash(std::string_view text);

/// FNV-1a, 64 bits, as 16 hexadecimal digits (Fowler, Noll, Vo; RFC 9923).
std::string content_hash(std::string_view bytes);

}  // namespace pishkhan
