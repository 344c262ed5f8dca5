// What each folder may know: includes never point up, and each foreign library has its one place.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <regex>
#include <set>

#include "tests/house/tree.hpp"

namespace pishkhan::house::walls_test {
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

/// A folder, with what lies below it, may include from itself and from the folders listed.
struct Wall {
  std::string folder;
  std::vector<std::string> may_include;
};

const std::vector<Wall> kWalls = {
    {"sim/base", {}},
    {"sim/random", {"sim/base"}},
    {"sim/queues", {"sim/base", "sim/random"}},
    {"sim/station", {"sim/base", "sim/random", "sim/queues"}},
    {"sim/statistics", {"sim/base", "sim/random", "sim/queues", "sim/station"}},
    {"sim/lanes", {"sim/base", "sim/station", "sim/statistics"}},
    {"sim/backbone", {"sim/base", "sim/random", "sim/queues", "sim/statistics"}},
    {"sim/coupling",
     {"sim/base", "sim/random", "sim/queues", "sim/station", "sim/statistics", "sim/backbone"}},
    {"sim/experiment", {"sim/base"}},
    {"models/theory", {"sim/base"}},
    {"models/province", {"sim"}},
    {"models/scenario", {"sim", "models/province"}},
    {"models/demand", {"sim", "models/province", "models/scenario"}},
    {"models/plan", {"sim", "models/province", "models/scenario", "models/demand"}},
    {"models/assumptions", {"sim", "models/province", "models/scenario"}},
    {"models/trial",
     {"sim", "models/province", "models/scenario", "models/demand", "models/plan", "models/assumptions"}},
    {"models/staffing",
     {"sim", "models/province", "models/scenario", "models/demand", "models/plan", "models/trial",
      "models/assumptions", "models/theory"}},
    {"models/planning",
     {"sim", "models/province", "models/scenario", "models/demand", "models/plan", "models/trial",
      "models/staffing"}},
    {"models/siting",
     {"sim", "models/province", "models/scenario", "models/demand", "models/plan", "models/trial",
      "models/staffing"}},
    {"tools/texts", {"sim", "models"}},
    {"tools/report", {"sim", "models", "tools/texts"}},
    {"tools/page", {"sim", "models", "tools/report", "tools/texts", "tools/sweep"}},
    {"tools/workbook", {"sim", "models", "tools/report", "tools/page", "tools/texts", "tools/sweep"}},
    {"tools/sweep", {"sim", "models", "tools/report", "tools/texts"}},
    {"tools/pishkhan",
     {"sim", "models", "tools/report", "tools/page", "tools/texts", "tools/workbook", "tools/sweep"}},
    {"tools/python", {"sim", "models", "tools/report", "tools/texts", "tools/sweep", "tools/pishkhan"}},
    {"tools/mazandaran", {"sim", "models", "tools/report"}},
    {"tools/interval_coverage", {"sim", "models", "tools/report", "tools/sweep"}},
    {"tools/baseline_facts", {"sim", "models"}},
    {"tools/bench", {"sim", "models"}},
    {"tests", {"sim", "models", "tools"}},
};

bool lies_in(const std::string& path, const std::string& folder) { return path.starts_with(folder + "/"); }

TEST(Walls, FoldersIncludeWhatTheyMay) {
  for (const SourceFile& file : files()) {
    const auto holds = [&](const Wall& wall) { return lies_in(file.path, wall.folder); };
    EXPECT_TRUE(!file.is_cpp() || std::ranges::any_of(kWalls, holds))
        << file.path << " lies in no folder listed here";
  }
  for_each_include([&](const SourceFile& file, std::size_t line, const Include& include) {
    for (const Wall& wall : kWalls) {
      if (!include.quoted || !lies_in(file.path, wall.folder)) continue;
      const auto in = [&](const std::string& folder) { return lies_in(include.target, folder); };
      EXPECT_TRUE(in(wall.folder) || std::ranges::any_of(wall.may_include, in))
          << place(file, line) << "\n"
          << wall.folder << "/ may not include this";
    }
  });
}

/// Folder -> folder -> one include that makes the edge, as `file -> file`.
using Graph = std::map<std::string, std::map<std::string, std::string>>;

/// The folders of a circle, the first one again at its end; empty if `from` leads into none.
std::vector<std::string> circle_from(const Graph& graph, const std::string& from,
                                     std::vector<std::string>& way, std::set<std::string>& done) {
  if (const auto again = std::ranges::find(way, from); again != way.end()) {
    std::vector<std::string> circle(again, way.end());
    circle.push_back(from);
    return circle;
  }
  if (!done.insert(from).second) return {};
  way.push_back(from);
  if (const auto edges = graph.find(from); edges != graph.end()) {
    for (const auto& [to, include] : edges->second)
      if (auto circle = circle_from(graph, to, way, done); !circle.empty()) return circle;
  }
  way.pop_back();
  return {};
}

/// A folder and one inside it make one thing.
TEST(Walls, FoldersIncludeEachOtherInNoCircle) {
  const auto folder_of = [](const std::string& path) { return path.substr(0, path.rfind('/')); };
  Graph graph;
  for_each_include([&](const SourceFile& file, std::size_t, const Include& include) {
    if (!include.quoted || file.within("tests")) return;
    const std::string from = folder_of(file.path), to = folder_of(include.target);
    const bool nested = from == to || lies_in(from, to) || lies_in(to, from);
    if (!nested) graph[from].emplace(to, file.path + " -> " + include.target);
  });
  EXPECT_GT(graph.size(), 10U);
  std::set<std::string> done;
  for (const auto& [folder, edges] : graph) {
    std::vector<std::string> way;
    const auto circle = circle_from(graph, folder, way, done);
    std::string includes;
    for (std::size_t i = 1; i < circle.size(); ++i) includes += "\n  " + graph[circle[i - 1]][circle[i]];
    EXPECT_TRUE(circle.empty()) << "folders include each other in a circle:" << includes;
  }
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
      {"zlib", {"zlib.h"}, {"tools/page", "tests"}},
      {"libxlsxwriter", {"xlsxwriter"}, {"tools/workbook"}},
      {"ICU", {"unicode/"}, {"models/province", "models/scenario", "tools/texts", "tests"}},
      {"Eigen", {"Eigen/"}, {"models/theory"}},
      {"Boost", {"boost/"}, {"sim/random", "sim/statistics", "models/theory", "tests"}},
      {"CBC", {"coin/"}, {"models/planning"}, true},
      {"Random123", {"Random123/"}, {"sim/random"}},
      {"nlohmann-json", {"nlohmann/"}, {"models/scenario", "tools", "tests"}},
      {"CLI11", {"CLI/"}, {"tools", "tests/fuzz"}},
      {"spdlog", {"spdlog/"}, {"tools"}},
      {"pybind11", {"pybind11/"}, {"tools/python"}},
      {"Google Benchmark", {"benchmark/"}, {"tools/bench"}},
      {"GoogleTest", {"gtest/", "gmock/"}, {"tests"}},
  };
  for (const Library& library : libraries) {
    std::set<std::string> seen_in_sim, used;
    for_each_include([&](const SourceFile& file, std::size_t line, const Include& include) {
      const auto begins = [&](const std::string& prefix) { return include.target.starts_with(prefix); };
      if (!std::ranges::any_of(library.headers, begins)) return;
      const auto holds = [&](const std::string& folder) { return file.within(folder); };
      const auto folder = std::ranges::find_if(library.folders, holds);
      EXPECT_NE(folder, library.folders.end()) << place(file, line) << "\n"
                                               << library.name << " may not be seen from here";
      if (folder != library.folders.end()) used.insert(*folder);
      if (file.within("sim")) seen_in_sim.insert(file.path);
    });
    EXPECT_EQ(used.size(), library.folders.size())
        << library.name << ": a folder that does not use it needs no permission";
    EXPECT_TRUE(!library.one_file || seen_in_sim.size() <= 1)
        << library.name << " is for one translation unit";
  }
}

}  // namespace
}  // namespace pishkhan::house::walls_test
