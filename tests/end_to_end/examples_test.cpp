// Every example is a planner's question with its answer, is valid, and runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/end_to_end/program.hpp"

namespace pishkhan::examples_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

const fs::path kExamples = "scenarios/examples";

std::vector<std::string> examples() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(tests::source_dir() / kExamples))
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

class Example : public ::testing::TestWithParam<std::string> {
 protected:
  [[nodiscard]] std::string file() const { return (kExamples / (GetParam() + ".yaml")).string(); }
};

INSTANTIATE_TEST_SUITE_P(All, Example, ::testing::ValuesIn(examples()), [](const auto& one) {
  std::string name = one.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST_P(Example, BeginsWithItsQuestionAndAnswer) {
  std::ifstream stream(tests::source_dir() / file());
  const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  const std::string comment = text.substr(0, text.find("\nscenario:"));
  ASSERT_TRUE(comment.starts_with("# "));
  EXPECT_THAT(comment, HasSubstr("?\n#\n# "));
}

TEST_P(Example, IsValidAndRuns) {
  const tests::Finished checked = tests::run_program({"check", file()});
  EXPECT_EQ(checked.exit_code, 0) << checked.error;
  const fs::path out =
      fs::temp_directory_path() / ("pishkhan-example-" + std::to_string(getpid()) + "-" + GetParam());
  const tests::Finished ran =
      tests::run_program({"run", file(), "--replications", "2", "--threads", "2", "--out", out.string()});
  EXPECT_EQ(ran.exit_code, 0) << ran.error;
  for (const char* odd : {"moves nobody", "begins after the run", "no station is open"})
    EXPECT_THAT(ran.error + ran.out, Not(HasSubstr(odd)));
  EXPECT_TRUE(fs::exists(out / "manifest.json"));
  fs::remove_all(out);
}

}  // namespace
}  // namespace pishkhan::examples_test
