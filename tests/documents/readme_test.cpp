// The README's scenarios are loaded as a reader would write them: files beside scenarios/.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "models/plan/changes.hpp"
#include "models/scenario/scenario.hpp"
#include "sim/base/diagnostic.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::readme_test {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = tests::source_dir();

/// Contents of the blocks fenced as the language named.
std::vector<std::string> blocks(const fs::path& document, const std::string& language) {
  std::ifstream in(document);
  std::vector<std::string> found;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (!inside && line == "```" + language) {
      found.emplace_back();
      inside = true;
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      found.back() += line + "\n";
    }
  }
  return found;
}

/// A folder of its own in which bases are found as in scenarios/.
class ScenarioFolder {
 public:
  ScenarioFolder() {
    std::string pattern = (fs::temp_directory_path() / "pishkhan-readme-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw EnvironmentError("cannot make " + pattern);
    folder_ = pattern;
    fs::create_directory_symlink(kRoot / "scenarios/mazandaran", folder_ / "mazandaran");
    fs::create_directory_symlink(kRoot / "scenarios/textbook", folder_ / "textbook");
  }
  ~ScenarioFolder() { fs::remove_all(folder_); }
  ScenarioFolder(const ScenarioFolder&) = delete;
  ScenarioFolder& operator=(const ScenarioFolder&) = delete;

  [[nodiscard]] fs::path write(const std::string& text) const {
    fs::path file = folder_ / "example.yaml";
    std::ofstream(file) << text;
    return file;
  }

 private:
  fs::path folder_;
};

/// The documents that show scenarios.
class Readme : public ::testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(Documents, Readme, ::testing::Values("README.md", "scenarios/README.md"),
                         [](const auto& one) { return one.index == 0 ? "Project" : "Scenarios"; });

TEST_P(Readme, ScenariosLoad) {
  const std::vector<std::string> examples = blocks(kRoot / GetParam(), "yaml");
  ASSERT_GE(examples.size(), 2u);
  const ScenarioFolder folder;
  for (const std::string& example : examples) {
    try {
      EXPECT_FALSE(load_scenario(folder.write(example)).title.empty());
    } catch (const std::exception& mistake) {
      ADD_FAILURE() << example << mistake.what();
    }
  }
}

/// The words of a line, up to a comment.
std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line.substr(0, line.find(" #")));
  return {std::istream_iterator<std::string>(in), {}};
}

TEST_P(Readme, RunsShowTheirChange) {
  std::size_t runs = 0;
  for (const std::string& block : blocks(kRoot / GetParam(), "sh")) {
    std::istringstream lines(block);
    for (std::string line; std::getline(lines, line);) {
      const std::vector<std::string> words = words_of(line);
      if (words.size() < 3 || words[0] != "pishkhan" || words[1] != "run" || !words[2].ends_with(".yaml"))
        continue;
      std::vector<std::string> sets;
      for (std::size_t i = 3; i + 1 < words.size(); ++i)
        if (words[i] == "--set") sets.push_back(words[i + 1]);
      const Scenario scenario = load_scenario(kRoot / words[2], sets);
      for (const Change& change : find_changes(Plan(scenario))) {
        if (change.verb == "special_days" || change.verb == "month") continue;  // of whole years
        EXPECT_GT(change.reached, 0.25 * change.asked) << line << ": " << change.verb << ' ' << change.item;
      }
      ++runs;
    }
  }
  EXPECT_EQ(runs > 0, std::string(GetParam()) == "README.md");
}

TEST_P(Readme, NamesFilesThatExist) {
  const fs::path document = kRoot / GetParam();
  std::ifstream in(document);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
    const std::string link = text.substr(at + 2, text.find(')', at) - at - 2);
    EXPECT_TRUE(fs::exists(document.parent_path() / link)) << link;
  }
}

}  // namespace
}  // namespace pishkhan::readme_test
