// What each folder may know: includes never point up, and each foreign library has its one place.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <regex>
#include <set>

#include "tests/house/tree.hpp"

namespace pishkhan::house {
namespace {

struct Include {
  std::string target;
  bool quoted = false;
};

std::optional<Include> include_in(const std::string& line) {
  static const std::regex pattern(R"(^\s*#\s*include\s*(["<])([^">]+)[">])");
  std::smatch match;
  if (!std::regex_search(line, match, pattern)) return std::nullopt;
  return Include{match[2], match[1] == "\""};
}

template <class Visit>
void for_each_include(Visit visit) {
  for (const SourceFile& file : files()) {
    if (!file.is_cpp()) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      if (const auto include = include_in(file.lines[i])) visit(file, i, *include);
  }
}

/// A folder's files may include only from the folders listed.
struct Wall {
  std::string folder;
  std::vector<std::string> may_include;
};

TEST(Walls, IncludesNeverPointUp) {
  const std::vector<Wall> walls = {
      {"sim", {"sim/"}}, {"models", {"sim/", "models/"}}, {"tools", {"sim/", "models/", "tools/"}}};
  for_each_include([&](const SourceFile& file, std::size_t line, const Include& include) {
    for (const Wall& wall : walls) {
      if (!include.quoted || !file.within(wall.folder)) continue;
      const bool allowed = std::ranges::any_of(
          wall.may_include, [&](const std::string& prefix) { return include.target.starts_with(prefix); });
      EXPECT_TRUE(allowed) << place(file, line) << "\n" << wall.folder << "/ may not include this";
    }
  });
}

TEST(Walls, ProjectIncludesStartAtTheRoot) {
  for_each_include([&](const SourceFile& file, std::size_t line, const Include& include) {
    if (!include.quoted) return;
    EXPECT_TRUE(std::filesystem::exists(root() / include.target))
        << place(file, line) << "\nno such file below the root of the project";
  });
}

/// Who may see a foreign library's headers, given by how their names begin.
struct Library {
  std::string name;
  std::vector<std::string> headers;
  std::vector<std::string> folders;
  bool one_file = false;
};

TEST(Walls, EveryLibraryHasItsPlace) {
  const std::vector<Library> libraries = {
      {"yaml-cpp", {"yaml-cpp/"}, {"models/scenario"}},
      {"SimGrid", {"simgrid/", "xbt/"}, {"sim/backbone", "tests/oracle", "tools/bench"}, true},
      {"SQLite", {"SQLiteCpp/", "sqlite3"}, {"tools/report", "tests"}},
      {"ICU", {"unicode/"}, {"models/province", "models/scenario", "tools/mazandaran"}},
      {"Eigen", {"Eigen/"}, {"models", "tests"}},
      {"CLI11", {"CLI/"}, {"tools"}},
      {"spdlog", {"spdlog/"}, {"tools"}},
      {"Google Benchmark", {"benchmark/"}, {"tools/bench"}},
      {"GoogleTest", {"gtest/", "gmock/"}, {"tests"}},
  };
  for (const Library& library : libraries) {
    std::set<std::string> seen_in_sim;
    for_each_include([&](const SourceFile& file, std::size_t line, const Include& include) {
      const auto begins = [&](const std::string& prefix) { return include.target.starts_with(prefix); };
      if (!std::ranges::any_of(library.headers, begins)) return;
      const auto holds = [&](const std::string& folder) { return file.within(folder); };
      EXPECT_TRUE(std::ranges::any_of(library.folders, holds))
          << place(file, line) << "\n"
          << library.name << " may not be seen from here";
      if (file.within("sim")) seen_in_sim.insert(file.path);
    });
    if (library.one_file) {
      EXPECT_LE(seen_in_sim.size(), 1u) << library.name << " is for one translation unit";
    }
  }
}

}  // namespace
}  // namespace pishkhan::house
