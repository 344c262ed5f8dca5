// The house rules a machine can check: lengths, names, words, and what would make results depend on
// anything but the scenario.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <regex>
#include <set>
#include <stdexcept>

#include "tests/house/tree.hpp"

namespace pishkhan::house::style_test {
namespace {

constexpr std::size_t kLinesAimedAt = 400;
constexpr std::size_t kLinesAtMost = 600;
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

/// What .clang-format says a line may have.
std::size_t column_limit() {
  const std::string key = "ColumnLimit: ";
  std::ifstream in(root() / ".clang-format");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(key)) return std::stoul(line.substr(key.size()));
  throw std::runtime_error(".clang-format has no ColumnLimit");
}

TEST(Style, LinesAreNoLongerThanClangFormatSays) {
  const std::size_t limit = column_limit();
  for (const SourceFile& file : files()) {
    if (!file.is_cpp()) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const bool text =
          file.lines[i].find('"') != std::string::npos;  // texts stay whole, so that they are found
      EXPECT_TRUE(text || width(file.lines[i]) <= limit) << place(file, i);
    }
  }
}

std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (!pipe) throw std::runtime_error("cannot run " + command);
  char block[4096];
  for (std::size_t count = 0; (count = fread(block, 1, sizeof block, pipe)) > 0;) text.append(block, count);
  pclose(pipe);
  return text;
}

/// Other versions lay some lines out otherwise.
std::string clang_format() {
  for (const std::string name : {"clang-format-14", "clang-format"})
    if (output_of(name + " --version").find("version 14.") != std::string::npos) return name;
  return {};
}

TEST(Style, CodeIsAsClangFormatLaysItOut) {
  const std::string program = clang_format();
  ASSERT_FALSE(program.empty()) << "clang-format 14 is missing: tools/install installs it";
  std::string command = "cd '" + root().string() + "' && " + program + " --dry-run";
  std::size_t count = 0;
  for (const SourceFile& file : files()) {
    if (!file.is_cpp()) continue;
    command += " '" + file.path + "'";
    ++count;
  }
  EXPECT_GT(count, 100U);
  EXPECT_EQ(output_of(command), "") << "run " << program << " -i on these";
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

// So that sources can be joined: helpers of one name are in many files.
TEST(Style, TestsStandInTheNamespaceOfTheirFile) {
  const std::string ending = "_test.cpp";
  for (const SourceFile& file : files()) {
    if (!file.path.ends_with(ending)) continue;
    const std::size_t name = file.path.rfind('/') + 1;
    const std::string inner = "::" + file.path.substr(name, file.path.rfind('.') - name) + " {";
    EXPECT_TRUE(std::ranges::any_of(file.lines,
                                    [&](const std::string& line) {
                                      return line.starts_with("namespace pishkhan") && line.ends_with(inner);
                                    }))
        << file.path << ": its tests belong into a namespace pishkhan" << inner;
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

/// Words that were given up for plainer ones. Add those that a change gives up.
TEST(Style, NoStaleWords) {
  const std::map<std::string, std::string> instead = {
      {"NewCitizen", "FirstAttempt"},  {"Fates", "FollowUp"},
      {"Aftermath", "ServiceTotals"},  {"StationsApart", "IndependentStations"},
      {"by_turns", "by_fixed_point"},  {"day_they_met", "first_conflict_day"},
      {"forget_most", "reset_peaks"},  {"hears_the_web", "a name that says what is asked"},
      {"JointDay", "CoupledStations"}, {"simulate_jointly", "simulate_one_day or simulate_in_one_loop"},
  };
  const auto in_word = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
  for (const SourceFile& file : files()) {
    if (is_this_file(file) || !is_prose_or_code(file)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      for (auto at = line.begin(); at != line.end();) {
        const auto from = std::find_if(at, line.end(), in_word);
        at = std::find_if_not(from, line.end(), in_word);
        const auto stale = instead.find(std::string(from, at));
        if (stale != instead.end()) ADD_FAILURE() << place(file, i) << "\nsay " << stale->second;
      }
    }
  }
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
  forbid(R"(\b(system_clock|steady_clock|high_resolution_clock|gettimeofday|localtime|clock_gettime)\b)"
         R"(|\bstd::(time|clock)\b|include\s*[<"]c?time(\.h)?[>"])",
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
}  // namespace pishkhan::house::style_test
