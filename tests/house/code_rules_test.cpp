// What functions and their declarations keep to.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "tests/house/code.hpp"

namespace pishkhan::house::code_rules_test {
namespace {

constexpr std::size_t kFunctionLinesAtMost = 70;

/// Every C++ file with what is in it, read once.
struct Unit {
  const SourceFile* file;
  std::vector<Function> functions;
};

const std::vector<Unit>& units() {
  static const std::vector<Unit> all = [] {
    std::vector<Unit> read;
    for (const SourceFile& file : files())
      if (file.is_cpp()) read.push_back({&file, functions_of(file)});
    return read;
  }();
  return all;
}

bool is_header(const SourceFile& file) { return file.path.ends_with(".hpp"); }

std::string full_name(const Function& function) {
  return (function.owner.empty() ? "" : function.owner + "::") + function.name;
}

TEST(Functions, AreShort) {
  std::size_t found = 0;
  for (const Unit& unit : units()) {
    found += unit.functions.size();
    for (const Function& function : unit.functions) {
      EXPECT_LE(function.lines(), kFunctionLinesAtMost) << unit.file->path << ":" << function.first_line + 1
                                                        << ": " << full_name(function) << " is too long";
    }
  }
  EXPECT_GT(found, 1000U);
}

/// Or, where a header has no source of its name, in a source of its folder.
TEST(Functions, AreDefinedInTheSourceOfTheirHeader) {
  std::map<std::string, const Unit*> by_path;
  for (const Unit& unit : units()) by_path[unit.file->path] = &unit;
  std::size_t checked = 0;
  for (const Unit& header : units()) {
    if (!is_header(*header.file)) continue;
    const std::string path = header.file->path;
    const auto source = by_path.find(path.substr(0, path.size() - 3) + "cpp");
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    std::set<std::string> defined;
    for (const auto& [other, unit] : by_path) {
      const bool own = source == by_path.end() ? other.starts_with(folder) : unit == source->second;
      if (unit != &header && !own) continue;
      for (const Function& function : unit->functions)
        if (function.defined) defined.insert(full_name(function));
    }
    for (const Function& function : header.functions) {
      EXPECT_TRUE(defined.contains(full_name(function)))
          << place(*header.file, function.first_line) << "\n"
          << full_name(function) << " is defined neither here nor in "
          << (source == by_path.end() ? "a source of this folder" : source->first);
      ++checked;
    }
  }
  EXPECT_GT(checked, 300U);
}

TEST(Functions, AreUsed) {
  // By name: how often a word stands in the code, and how often of these as the name of a function there.
  std::map<std::string, std::size_t> words, names;
  for (const Unit& unit : units()) {
    for (const Token& token : tokens_of(*unit.file, Directives::kept)) ++words[token.text];
    for (const Function& function : unit.functions) ++names[function.name];
  }
  for (const Unit& unit : units()) {
    if (!is_header(*unit.file)) continue;
    for (const Function& function : unit.functions) {
      const bool special = function.name == function.owner || function.name.starts_with('~') ||
                           function.name == "operator" || function.name == "TEST" || function.overrides;
      EXPECT_TRUE(special || words[function.name] > names[function.name])
          << place(*unit.file, function.first_line) << "\n"
          << full_name(function) << " is used nowhere";
    }
  }
}

TEST(Branches, HaveBracesWhereOneOfThemTakesMoreThanALine) {
  for (const Unit& unit : units()) {
    for (const Branches& branches : branches_of(*unit.file)) {
      const auto one_line = [](const Branches::Body& body) { return body.one_line; };
      const auto braces = [](const Branches::Body& body) { return body.braces; };
      const bool all_short = std::ranges::all_of(branches.bodies, one_line);
      EXPECT_TRUE(all_short ? std::ranges::none_of(branches.bodies, braces)
                            : std::ranges::all_of(branches.bodies, braces))
          << place(*unit.file, branches.line) << "\n"
          << (all_short ? "every branch is one line: no braces" : "a branch takes more than a line: braces");
    }
  }
}

}  // namespace
}  // namespace pishkhan::house::code_rules_test
