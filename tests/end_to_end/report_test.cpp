// The page of a run, made with it or from what it stored.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iterator>

#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::report_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using tests::Finished;
using tests::read_folder;
using tests::run_program;
using tests::ScratchFolder;
using tests::small_run;

TEST(Report, MakesThePageThatTheRunWouldHaveMade) {
  const ScratchFolder scratch;
  const fs::path with = scratch.path() / "with", without = scratch.path() / "without";
  ASSERT_EQ(run_program(small_run(with, {"--format", "csv,sqlite,html,xlsx"})).exit_code, 0);
  ASSERT_EQ(run_program(small_run(without, {"--format", "csv,sqlite"})).exit_code, 0);
  const Finished made = run_program({"report", without.string()});
  ASSERT_EQ(made.exit_code, 0) << made.error;
  EXPECT_THAT(made.out, HasSubstr("page.html"));
  EXPECT_TRUE(read_folder(with) == read_folder(without)) << "the folders differ";
  ASSERT_EQ(run_program({"report", without.string(), "--quiet"}).exit_code, 0);
  EXPECT_TRUE(read_folder(with) == read_folder(without)) << "a second page changes something";
  EXPECT_EQ(run_program(small_run(without, {"--force"})).exit_code, 0) << "the folder is still that of a run";
}

TEST(Report, WritesElsewhereWithoutTouchingTheFolder) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", page = scratch.path() / "my page.html";
  ASSERT_EQ(run_program({"run", "scenarios/textbook/mm1.yaml", "--quiet", "--replications", "2", "--set",
                         "run.length=1 d", "--set", "run.warm_up=1 h", "--out", out.string()})
                .exit_code,
            0);
  const auto before = read_folder(out);
  ASSERT_EQ(run_program({"report", out.string(), "--out", page.string()}).exit_code, 0);
  EXPECT_TRUE(read_folder(out) == before);
  // Nothing else is written over, least of all what the page is made from.
  for (const char* other : {"out/results.sqlite", "out/summary.csv", "page.pdf"}) {
    const Finished refused =
        run_program({"report", out.string(), "--out", (scratch.path() / other).string(), "--format", "html"});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.error, HasSubstr("end it with .html"));
  }
  EXPECT_TRUE(read_folder(out) == before);
  EXPECT_GT(fs::file_size(page), 100'000U);
}

TEST(Report, WantsAFileThatCanBe) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", folder = scratch.path() / "folder.html";
  ASSERT_EQ(run_program(small_run(out, {"--format", "sqlite"})).exit_code, 0);
  fs::create_directory(folder);
  for (const fs::path& wrong : {folder, scratch.path(), out / "none" / "page.html"}) {
    const Finished refused = run_program({"report", out.string(), "--out", wrong.string()});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.error, HasSubstr("--out: "));
    EXPECT_THAT(refused.error, HasSubstr("folder"));
  }
}

/// Whenever it is stopped, the folder holds nothing that its manifest does not name.
TEST(Report, ThatIsKilledLeavesTheFolderOfARun) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  for (const char* after_s : {"0.02", "0.1", "0.3"}) {
    ASSERT_EQ(run_program(small_run(out, {"--format", "csv,sqlite", "--force"})).exit_code, 0);
    const std::string command = std::string("timeout -s KILL ") + after_s + " '" +
                                tests::built_program("tools/pishkhan").string() + "' report --quiet '" +
                                out.string() + "'";
    EXPECT_NE(std::system(command.c_str()), -1);
  }
  const Finished again = run_program(small_run(out, {"--force"}));
  EXPECT_EQ(again.exit_code, 0) << again.error;
  EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()), 1)
      << "what was left beside the folder goes";
}

TEST(Report, SaysWhatIsMissing) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  EXPECT_EQ(run_program({"report", out.string()}).exit_code, 2);
  ASSERT_EQ(
      run_program({"run", "scenarios/textbook/mm1.yaml", "--quiet", "--replications", "2", "--set",
                   "run.length=1 d", "--set", "run.warm_up=1 h", "--format", "csv", "--out", out.string()})
          .exit_code,
      0);
  const Finished finished = run_program({"report", out.string()});
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.error, HasSubstr("--format csv,sqlite"));
}

}  // namespace
}  // namespace pishkhan::report_test
