#include "tests/house/tree.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include "tests/support/source_dir.hpp"

namespace pishkhan::house {
namespace {

namespace fs = std::filesystem;

constexpr std::array kTextExtensions = {".cpp", ".hpp", ".md",  ".yaml", ".csv", ".txt",   ".json",
                                        ".py",  ".sh",  ".sql", ".html", ".svg", ".cmake", ""};

bool ends_with_any(const std::string& name, std::initializer_list<const char*> endings) {
  return std::ranges::any_of(endings, [&](const char* ending) { return name.ends_with(ending); });
}

bool is_output(const fs::path& relative) {
  const std::string text = relative.generic_string();
  if (text == "results/README.md" || text == "results/output.schema.json") return false;
  if (text.starts_with("results/")) return !text.starts_with("results/reference");
  return relative.filename() == "__pycache__" || text == "build";
}

SourceFile read(const fs::path& path, std::string relative) {
  SourceFile file{std::move(relative), {}};
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) file.lines.push_back(line);
  return file;
}

std::vector<SourceFile> read_all() {
  std::vector<SourceFile> found;
  for (auto entry = fs::recursive_directory_iterator(root()); entry != fs::recursive_directory_iterator();
       ++entry) {
    const fs::path relative = fs::relative(entry->path(), root());
    const std::string name = relative.filename().string();
    const bool hidden_folder = entry->is_directory() && name.starts_with('.') && name != ".ci";
    if (hidden_folder || is_output(relative)) {
      if (entry->is_directory()) entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file()) continue;
    const std::string extension = name.starts_with('.') ? "" : relative.extension().string();
    if (std::ranges::find(kTextExtensions, extension) != kTextExtensions.end())
      found.push_back(read(entry->path(), relative.generic_string()));
  }
  std::ranges::sort(found, {}, &SourceFile::path);
  return found;
}

}  // namespace

bool SourceFile::within(const std::string& folder) const {
  return path == folder || path.starts_with(folder + "/");
}

bool SourceFile::is_cpp() const { return ends_with_any(path, {".cpp", ".hpp"}); }

bool SourceFile::is_code() const {
  if (is_cpp() || ends_with_any(path, {".py", ".sh", ".cmake", "CMakeLists.txt"})) return true;
  return !lines.empty() && lines.front().starts_with("#!");
}

std::filesystem::path root() { return tests::source_dir(); }

const std::vector<SourceFile>& files() {
  static const std::vector<SourceFile> all = read_all();
  return all;
}

std::string place(const SourceFile& file, std::size_t line_index) {
  return file.path + ":" + std::to_string(line_index + 1) + ": " + file.lines[line_index];
}

}  // namespace pishkhan::house
