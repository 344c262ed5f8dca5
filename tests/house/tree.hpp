#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace pishkhan::house {

/// One text file of the project. path is relative to the root, with forward slashes.
struct SourceFile {
  std::string path;
  std::vector<std::string> lines;

  /// Whether the file lies in the folder (or is the file) named, e.g. `models/scenario`.
  [[nodiscard]] bool within(const std::string& folder) const;
  /// C++ source or header.
  [[nodiscard]] bool is_cpp() const;
  /// C++, Python, CMake or shell: what people read as code.
  [[nodiscard]] bool is_code() const;
};

/// The project's root folder.
std::filesystem::path root();

/// Every text file that belongs to the project, in the order of the paths; build trees, outputs and
/// caches are left out. Read once.
const std::vector<SourceFile>& files();

/// `path:line: text`, for messages.
std::string place(const SourceFile& file, std::size_t line_index);

}  // namespace pishkhan::house
