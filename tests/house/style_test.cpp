// The house rules a machine can check: lengths, names, words, and what would make results depend on
// anything but the scenario.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <regex>
#include <set>

#include "tests/house/tree.hpp"

namespace pishkhan::house {
namespace {

constexpr std::size_t kLinesAimedAt = 400;
constexpr std::size_t kLinesAtMost = 600;
constexpr std::size_t kColumnsAtMost = 140;
constexpr std::uintmax_t kBytesAtMost = 2u << 20;

/// This file spells out what it forbids.
bool is_this_file(const SourceFile& file) { return file.path == "tests/house/style_test.cpp"; }

void forbid(const std::string& pattern, bool ignore_case, const std::string& reason, auto applies_to) {
  auto flags = std::regex::ECMAScript | std::regex::optimize;
  if (ignore_case) flags |= std::regex::icase;
  const std::regex expression(pattern, flags);
  for (const SourceFile& file : files()) {
    if (is_this_file(file) || !applies_to(file)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      EXPECT_FALSE(std::regex_search(file.lines[i], expression)) << place(file, i) << "\n" << reason;
  }
}

bool is_prose_or_code(const SourceFile& file) {
  return file.is_code() || file.path.ends_with(".md") || file.path.ends_with(".yaml");
}

TEST(Style, FilesKeepToTheirRoom) {
  for (const SourceFile& file : files()) {
    if (!file.is_code()) continue;
    EXPECT_LE(file.lines.size(), kLinesAtMost) << file.path << " is too long to be read as one thing";
    if (file.lines.size() > kLinesAimedAt)
      std::cout << "over " << kLinesAimedAt << " lines: " << file.path << " (" << file.lines.size() << ")\n";
  }
}

/// Characters, not bytes: names stand in Persian too.
std::size_t width(const std::string& line) {
  return static_cast<std::size_t>(std::ranges::count_if(
      line, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

TEST(Style, LinesFitTheScreen) {
  for (const SourceFile& file : files()) {
    if (!file.is_cpp()) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const bool message =
          file.lines[i].find('"') != std::string::npos;  // texts stay whole, so that they are found
      EXPECT_TRUE(message || width(file.lines[i]) <= kColumnsAtMost) << place(file, i);
    }
  }
}

TEST(Style, NoHeavyFiles) {
  for (const SourceFile& file : files())
    EXPECT_LE(std::filesystem::file_size(root() / file.path), kBytesAtMost) << file.path;
}

TEST(Style, TopLevelNamesAreTheCards) {
  const std::set<std::string> allowed = {"sim",
                                         "models",
                                         "scenarios",
                                         "results",
                                         "tools",
                                         "tests",
                                         "README.md",
                                         "CMakeLists.txt",
                                         "CMakePresets.json",
                                         "ARCHITECTURE.md",
                                         "CHANGELOG.md",
                                         "LICENSE",
                                         "build",
                                         "compile_commands.json",
                                         "CMakeUserPresets.json"};
  for (const auto& entry : std::filesystem::directory_iterator(root())) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(name.starts_with('.') || allowed.contains(name)) << name << " does not belong at the top";
  }
}

TEST(Style, HeadersGuardThemselvesOnce) {
  for (const SourceFile& file : files()) {
    if (!file.path.ends_with(".hpp")) continue;
    EXPECT_NE(std::ranges::find(file.lines, "#pragma once"), file.lines.end()) << file.path;
  }
}

TEST(Style, NoPromisesLeft) {
  forbid(R"(\b(TODO|FIXME|XXX|HACK)\b)", false, "finish it or leave it out", is_prose_or_code);
  forbid(R"(not implemented|not yet implemented)", true, "finish it or leave it out", is_prose_or_code);
}

TEST(Style, NoPathsOfOneMachine) {
  forbid(R"((^|[^A-Za-z0-9_.)}])/(work|tmp|home|root)/)", false, "a path that no stranger has",
         is_prose_or_code);
  forbid(R"(\.\./shared)", false, "a path that no stranger has", is_prose_or_code);
}

TEST(Style, ResultsDependOnTheScenarioAlone) {
  const auto model = [](const SourceFile& file) {
    return file.is_cpp() && (file.within("sim") || file.within("models"));
  };
  forbid(R"(\b(system_clock|steady_clock|high_resolution_clock|gettimeofday|localtime|clock_gettime)\b)",
         false, "sim and models know no wall clock", model);
  forbid(R"(\b(random_device|mt19937|minstd_rand|default_random_engine|srand|drand48)\b|\brand\(\))", false,
         "draws come from sim/random, keyed by the citizen", model);
  forbid(R"(\bstd::\w+_distribution\b)", false, "the standard leaves its sequences open", model);
  forbid(
      R"(\bstd::(cout|cerr|clog)\b|\b(printf|puts|fputs)\s*\()", false, "libraries do not print",
      [&](const SourceFile& file) { return model(file) || (file.is_cpp() && file.within("tools/report")); });
  forbid(R"(-ffast-math|-Ofast|-funsafe-math|-march=)", false,
         "results must be the same bytes on every machine", [](const SourceFile& file) {
           return file.path.ends_with("CMakeLists.txt") || file.path.ends_with(".json");
         });
}

}  // namespace
}  // namespace pishkhan::house
