// Scenario files as tests. Each file in valid/ must load; each in invalid/ must be refused with exactly the
// diagnostics in the .expected file beside it, one a line. Lines of the form `#! --set path=value` in a file
// are overrides to load it with. Files whose names start with an underscore are bases of others.
// PISHKHAN_WRITE_EXPECTED=1 in the environment rewrites the .expected files, to be read before committing.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan::files_test {
namespace {

namespace fs = std::filesystem;

/// Everything below scenarios/ that is YAML ships, and must load; studies are no scenarios.
std::vector<fs::path> shipped_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator("scenarios")) {
    if (entry.path().extension() == ".yaml" && entry.path().parent_path() != "scenarios/studies")
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<fs::path> scenario_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto& path = entry.path();
    if (path.extension() == ".yaml" && path.filename().string().front() != '_') files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string read(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<std::string> overrides_in(const fs::path& file) {
  std::vector<std::string> overrides;
  std::istringstream text(read(file));
  const std::string start = "#! --set ";
  for (std::string line; std::getline(text, line);)
    if (line.rfind(start, 0) == 0) overrides.push_back(line.substr(start.size()));
  return overrides;
}

/// What loading says, one diagnostic a line, without the folder; empty if it is content.
std::string told_about(const fs::path& file) {
  try {
    (void)load_scenario(file, overrides_in(file));
    return "";
  } catch (const UserError& error) {
    std::string text = error.what();
    const std::string folder = file.parent_path().generic_string() + '/';
    for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder))
      text.erase(at, folder.size());
    return text + '\n';
  }
}

const fs::path kHere = "tests/scenarios";

class ValidScenario : public testing::TestWithParam<fs::path> {};
class InvalidScenario : public testing::TestWithParam<fs::path> {};

std::string test_name(const testing::TestParamInfo<fs::path>& info) {
  std::string name = info.param.stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
  return name;
}

TEST_P(ValidScenario, Loads) { EXPECT_EQ(told_about(GetParam()), ""); }

TEST_P(InvalidScenario, IsRefusedWithEveryMistake) {
  auto expected_file = GetParam();
  expected_file.replace_extension(".expected");
  const std::string told = told_about(GetParam());
  EXPECT_NE(told, "") << "the file loads";
  if (std::getenv("PISHKHAN_WRITE_EXPECTED") != nullptr)
    std::ofstream(expected_file, std::ios::binary) << told;
  EXPECT_EQ(told, read(expected_file));
}

INSTANTIATE_TEST_SUITE_P(Files, ValidScenario, testing::ValuesIn(scenario_files(kHere / "valid")), test_name);
INSTANTIATE_TEST_SUITE_P(Shipped, ValidScenario, testing::ValuesIn(shipped_files()), test_name);
INSTANTIATE_TEST_SUITE_P(Files, InvalidScenario, testing::ValuesIn(scenario_files(kHere / "invalid")),
                         test_name);

}  // namespace
}  // namespace pishkhan::files_test
