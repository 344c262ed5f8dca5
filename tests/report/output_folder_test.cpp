// Result folders appear whole or not at all, and nothing but the results of a run is ever replaced.
#include "tools/report/output_folder.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "sim/base/diagnostic.hpp"
#include "tests/report/sample_results.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/written_files.hpp"

namespace pishkhan::output_folder_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using tests::read_text;
using tests::ScratchFolder;
using Names = std::vector<std::string>;

/// Makes in the folder what a run makes, with a table of the given text.
void fill(const OutputFolder& folder, const std::string& table) {
  const Scenario scenario = tests::sample_province();
  write_file(folder.staging() / "offices.csv", table);
  Manifest manifest{scenario, "test", {}, 0, {}, list_files(folder.staging(), {}), {}};
  write_file(folder.staging() / "manifest.json", manifest_json(manifest));
}

/// A run that leaves a result.
void run_into(const fs::path& target, const std::string& table, bool force = false) {
  OutputFolder folder(target, force);
  fill(folder, table);
  folder.commit();
}

/// What is said of a folder that --force shall replace; empty if it is replaced.
std::string refusal_of(const fs::path& target) {
  try {
    run_into(target, "other", true);
    return "";
  } catch (const UserError& error) {
    return error.what();
  }
}

TEST(OutputFolder, AppearsOnCommitOnly) {
  const ScratchFolder scratch;
  const fs::path target = scratch.path() / "new" / "result";
  {
    OutputFolder folder(target, false);
    fill(folder, "first");
    EXPECT_FALSE(fs::exists(target));
    folder.commit();
    EXPECT_EQ(read_text(target / "offices.csv"), "first");
  }
  EXPECT_EQ(scratch.names(target.parent_path()), Names{"result"});
}

TEST(OutputFolder, LeavesNothingWithoutCommit) {
  const ScratchFolder scratch;
  {
    OutputFolder folder(scratch.path() / "result", false);
    fill(folder, "half");
  }
  EXPECT_TRUE(scratch.names(scratch.path()).empty());
}

TEST(OutputFolder, ReplacesAnEarlierResultOnlyWhenForcedAndWhole) {
  const ScratchFolder scratch;
  const fs::path target = scratch.path() / "result";
  run_into(target, "earlier");
  EXPECT_THROW(OutputFolder(target, false), UserError);
  {
    OutputFolder folder(target, true);
    fill(folder, "half");
  }
  EXPECT_EQ(read_text(target / "offices.csv"), "earlier");
  run_into(target.string() + "/", "later", true);
  EXPECT_EQ(scratch.names(target), (Names{"manifest.json", "offices.csv"}));
  EXPECT_EQ(read_text(target / "offices.csv"), "later");
  EXPECT_EQ(scratch.names(scratch.path()), Names{"result"});
}

TEST(OutputFolder, ReplacesAnEmptyFolder) {
  const ScratchFolder scratch;
  fs::create_directory(scratch.path() / "result");
  EXPECT_EQ(refusal_of(scratch.path() / "result"), "");
}

TEST(OutputFolder, NeverReplacesWhatHoldsNoResults) {
  const ScratchFolder scratch;
  const fs::path target = scratch.path() / "documents";
  fs::create_directory(target);
  write_file(target / "thesis.txt", "years of work");
  EXPECT_THAT(refusal_of(target), HasSubstr("it holds `thesis.txt`"));
  EXPECT_THAT(refusal_of(target / "thesis.txt"), HasSubstr("it is not a folder"));
  for (const char* foreign : {"{\"name\": \"a web page\"}", "no JSON", "[]", "",
                              "{\"scenario\": {\"sha256\": \"\"}, \"resolved\": \"\", \"files\": []}"}) {
    fs::remove(target / "manifest.json");
    write_file(target / "manifest.json", foreign);
    EXPECT_THAT(refusal_of(target), HasSubstr("manifest.json was not written by a run")) << foreign;
  }
  EXPECT_EQ(read_text(target / "thesis.txt"), "years of work");
  EXPECT_EQ(scratch.names(target), (Names{"manifest.json", "thesis.txt"}));
}

TEST(OutputFolder, NeverReplacesWhatWasAddedToResults) {
  const ScratchFolder scratch;
  const fs::path target = scratch.path() / "result", kept = scratch.path() / "kept";
  write_file(kept, "kept");
  run_into(target, "earlier");
  const auto refused = [&](const std::string& reason) {
    EXPECT_THAT(refusal_of(target), HasSubstr(reason));
    EXPECT_EQ(read_text(target / "offices.csv").substr(0, 7), "earlier");
  };
  write_file(target / "notes.txt", "mine");
  refused("`notes.txt` is not of the run");
  fs::remove(target / "notes.txt");
  fs::create_directories(target / "plots" / "empty");
  refused("`plots/` is not of the run");
  fs::remove_all(target / "plots");
  fs::create_symlink(kept, target / "offices.csv.bak");
  refused("`offices.csv.bak` is a link");
  fs::remove(target / "offices.csv.bak");
  std::ofstream(target / "offices.csv", std::ios::app) << "!";
  refused("`offices.csv` has changed since the run");
  std::ofstream(target / "offices.csv") << "earlieR";
  EXPECT_THAT(refusal_of(target), HasSubstr("`offices.csv` has changed")) << "as many bytes";
  fs::remove(target / "offices.csv");
  fs::create_symlink(kept, target / "offices.csv");
  EXPECT_THAT(refusal_of(target), HasSubstr("`offices.csv` is a link"));
  fs::remove(target / "offices.csv");
  EXPECT_EQ(refusal_of(target), "") << "what is gone is missed by nobody";
  EXPECT_EQ(read_text(kept), "kept");
}

TEST(WrittenFiles, AreThoseThatTheManifestNames) {
  const ScratchFolder scratch;
  const fs::path target = scratch.path() / "result";
  run_into(target, "table");
  expect_as_written(target / "offices.csv");
  fs::remove(target / "offices.csv");
  write_file(target / "offices.csv", "tablE");
  EXPECT_THROW(expect_as_written(target / "offices.csv"), UserError);
  write_file(target / "other.csv", "table");
  EXPECT_THROW(expect_as_written(target / "other.csv"), UserError);
  EXPECT_THROW(expect_as_written(target / "missing.csv"), EnvironmentError);
}

TEST(OutputFolder, NeverReplacesALinkToResults) {
  const ScratchFolder scratch;
  run_into(scratch.path() / "result", "earlier");
  fs::create_directory_symlink("result", scratch.path() / "link");
  EXPECT_THAT(refusal_of(scratch.path() / "link"), HasSubstr("it is a link"));
  EXPECT_EQ(read_text(scratch.path() / "result" / "offices.csv"), "earlier");
}

TEST(OutputFolder, PutsBackWhatWasAddedWhileItRan) {
  const ScratchFolder scratch;
  const fs::path target = scratch.path() / "result";
  run_into(target, "earlier");
  {
    OutputFolder folder(target, true);
    fill(folder, "later");
    write_file(target / "notes.txt", "mine");
    EXPECT_THROW(folder.commit(), UserError);
  }
  EXPECT_EQ(read_text(target / "offices.csv"), "earlier");
  EXPECT_EQ(read_text(target / "notes.txt"), "mine");
  EXPECT_EQ(scratch.names(scratch.path()), Names{"result"});
}

TEST(OutputFolder, RefusesAFolderThatAppearedMeanwhile) {
  const ScratchFolder scratch;
  const fs::path target = scratch.path() / "result";
  OutputFolder folder(target, false);
  fs::create_directory(target);
  EXPECT_THROW(folder.commit(), UserError);
}

TEST(OutputFolder, ReportsAPlaceThatCannotBeWritten) {
  EXPECT_THROW(OutputFolder("/proc/nowhere/result", false), EnvironmentError);
}

TEST(OutputFolder, RemovesWhatAKilledProcessLeftAndNothingElse) {
  const ScratchFolder scratch;
  const fs::path left = scratch.path() / ".pishkhan-partial-killed", lock = left.string() + ".lock";
  const fs::path other = scratch.path() / ".pishkhan-partial-mine";
  const auto leave = [&] {
    fs::create_directories(left / "part");
    if (!fs::exists(lock)) write_file(lock, "");
  };
  leave();
  fs::create_directory(other);
  {
    const OutputFolder folder(scratch.path() / "result", false);
    EXPECT_FALSE(fs::exists(left));
    EXPECT_FALSE(fs::exists(lock));
    // The folder of a process that lives, or of which nobody knows, stays.
    const OutputFolder another(scratch.path() / "another", false);
    EXPECT_TRUE(fs::exists(folder.staging()));
  }
  EXPECT_EQ(scratch.names(scratch.path()), Names{other.filename().string()});
  leave();
  const int descriptor = ::open(lock.c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(::flock(descriptor, LOCK_EX), 0);
  const OutputFolder folder(scratch.path() / "result", false);
  EXPECT_TRUE(fs::exists(left / "part"));
  ::close(descriptor);
}

}  // namespace
}  // namespace pishkhan::output_folder_test
