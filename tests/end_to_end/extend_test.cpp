// More replications of a finished run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::extend_test {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::read_folder;
using tests::run_program;
using tests::ScratchFolder;
using Names = std::vector<std::string>;

tests::Finished run_of(const std::string& scenario, const fs::path& out, const std::string& replications,
                       const Names& more) {
  Names arguments{"run", scenario, "--quiet", "--out", out.string(), "--replications", replications};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments);
}

tests::Finished extend(const fs::path& folder, const std::string& replications) {
  return run_program({"extend", folder.string(), "--replications", replications, "--quiet"});
}

void expect_same_as_from_the_start(const std::string& scenario, const Names& more) {
  SCOPED_TRACE(scenario);
  const ScratchFolder scratch;
  const fs::path extended = scratch.path() / "extended", whole = scratch.path() / "whole";
  ASSERT_EQ(run_of(scenario, extended, "2", more).exit_code, 0);
  const tests::Finished finished = extend(extended, "5");
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  ASSERT_EQ(run_of(scenario, whole, "5", more).exit_code, 0);
  const auto files = read_folder(extended), expected = read_folder(whole);
  ASSERT_EQ(files.size(), expected.size());
  for (const auto& [name, bytes] : expected) EXPECT_TRUE(files.at(name) == bytes) << name;
}

TEST(Extend, GivesTheBytesOfSoManyFromTheStart) {
  expect_same_as_from_the_start("scenarios/textbook/mm1.yaml", {"--format", "csv,sqlite,html,xlsx,store"});
  expect_same_as_from_the_start("tests/scenarios/valid/backbone-in-trouble.yaml",
                                {"--format", "csv,store", "--costs", "outages"});
}

TEST(Extend, SpeaksPersianAndLeavesTheWorkbookItsLanguage) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  ASSERT_EQ(run_of("scenarios/textbook/mm1.yaml", out, "2", {"--format", "csv,xlsx,store", "--lang", "en"})
                .exit_code,
            0);
  const tests::Finished finished =
      run_program({"extend", out.string(), "--replications", "3", "--lang", "fa"});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("بازرسی: پذیرفته"));
  EXPECT_TRUE(read_folder(out).contains("workbook_en.xlsx"));
}

TEST(Extend, RefusesWhatItCannotAddTo) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  ASSERT_EQ(run_of("scenarios/textbook/mm1.yaml", out, "3", {"--format", "csv,store"}).exit_code, 0);
  const auto before = read_folder(out);
  for (const auto& [replications, told] :
       std::map<std::string, std::string>{{"3", "the run has 3 replications already"},
                                          {"two", "`two` is not a whole number"},
                                          {"2000000", "too large (at most 1000000)"}}) {
    const tests::Finished refused = extend(out, replications);
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.error, HasSubstr(told));
  }
  EXPECT_EQ(read_folder(out), before);
  std::ofstream(out / "notes.txt") << "mine";
  const tests::Finished noted = extend(out, "4");
  EXPECT_EQ(noted.exit_code, 2);
  EXPECT_THAT(noted.error, AllOf(HasSubstr("notes.txt"), Not(HasSubstr("--out"))));

  const fs::path visits = scratch.path() / "visits";
  ASSERT_EQ(
      run_of("tests/scenarios/valid/visits-chosen.yaml", visits, "2", {"--format", "csv,store"}).exit_code,
      0);
  const tests::Finished refused = extend(visits, "4");
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.error, HasSubstr("visits of a run are not kept"));

  const fs::path bare = scratch.path() / "bare";
  ASSERT_EQ(run_of("scenarios/textbook/mm1.yaml", bare, "3", {"--format", "csv"}).exit_code, 0);
  EXPECT_THAT(extend(bare, "4").error, HasSubstr("`run --format store` writes it"));
}

}  // namespace
}  // namespace pishkhan::extend_test
