#include "tests/support/source_dir.hpp"

#include <optional>
#include <stdexcept>

namespace pishkhan::tests {
namespace {

namespace fs = std::filesystem;

fs::path this_program() { return fs::read_symlink("/proc/self/exe"); }

std::optional<fs::path> project_above(fs::path folder) {
  for (;; folder = folder.parent_path()) {
    if (fs::exists(folder / "CMakePresets.json") && fs::exists(folder / "sim/base")) return folder;
    if (folder == folder.root_path()) return std::nullopt;
  }
}

}  // namespace

fs::path source_dir() {
  if (const auto project = project_above(this_program().parent_path())) return *project;
  if (const auto project = project_above(fs::current_path())) return *project;
  throw std::runtime_error("the test program lies outside the project: run it from the project's folder");
}

fs::path built_program(const std::string& path) { return this_program().parent_path().parent_path() / path; }

}  // namespace pishkhan::tests
