#include "tools/pishkhan/built_in.hpp"

#include <dlfcn.h>

#include <system_error>

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

/// Where the program is, or the Python module.
fs::path own_folder() {
  Dl_info here{};
  const bool known =
      ::dladdr(reinterpret_cast<const void*>(&is_file), &here) != 0 && here.dli_fname != nullptr;
  std::error_code error;
  if (known && fs::path(here.dli_fname).extension() == ".so")
    if (const fs::path file = fs::canonical(here.dli_fname, error); !error) return file.parent_path();
  return fs::read_symlink("/proc/self/exe", error).parent_path();
}

}  // namespace

fs::path built_in_scenarios() {
  const fs::path known = "mazandaran/baseline.yaml";
  std::error_code error;
  constexpr int kLevels = 6;  // build/release/tools/python/pishkhan/
  fs::path folder = own_folder();
  for (int level = 0; level < kLevels && !folder.empty(); ++level, folder = folder.parent_path()) {
    for (const char* place : {"scenarios", "share/pishkhan/scenarios"})
      if (is_file(folder / place / known)) return folder / place;
  }
  return {};
}

fs::path find_scenario(const fs::path& file, const SourceFiles& files) {
  std::error_code error;
  const bool is_dead_link = fs::is_symlink(files.absolute(file), error);
  if (file.is_absolute() || is_dead_link || !files.is_absent(file)) return file;
  const fs::path folder = built_in_scenarios();
  if (folder.empty()) return file;
  for (const fs::path& place : {folder / file, folder.parent_path() / file})
    if (files.is_regular_file(place)) return place;
  return file;
}

}  // namespace pishkhan
