#include "sim/base/source_files.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "sim/base/diagnostic.hpp"

namespace pishkhan::source_files_test {
namespace {

namespace fs = std::filesystem;

class SourceFilesTest : public testing::Test {
 protected:
  SourceFilesTest() { fs::create_directories(folder_ / "other"); }
  ~SourceFilesTest() override {
    fs::current_path(before_);
    fs::remove_all(folder_);
  }
  static void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }

  fs::path before_ = fs::current_path();
  fs::path folder_ = fs::path(testing::TempDir()) / ("source_files_test-" + std::to_string(::getpid()));
};

TEST_F(SourceFilesTest, AFileStaysAsItWasFirstRead) {
  const SourceFiles files;
  write(folder_ / "a", "one");
  EXPECT_EQ(files.read(folder_ / "a", 100), "one");
  write(folder_ / "a", "two");
  EXPECT_EQ(files.read(folder_ / "a", 100), "one");
  EXPECT_EQ(files.read(folder_ / "a", 2), "on");
  fs::remove(folder_ / "a");
  EXPECT_EQ(files.read(folder_ / "a", 100), "one");
  EXPECT_TRUE(files.is_regular_file(folder_ / "a"));
  EXPECT_EQ(files.read_so_far(), std::vector<fs::path>{folder_ / "a"});
  EXPECT_THROW((void)SourceFiles().read(folder_ / "a", 100), EnvironmentError);
}

TEST_F(SourceFilesTest, WhatIsAbsentStaysAbsent) {
  const SourceFiles files;
  EXPECT_TRUE(files.is_absent(folder_ / "a"));
  write(folder_ / "a", "one");
  EXPECT_TRUE(files.is_absent(folder_ / "a"));
  EXPECT_FALSE(SourceFiles().is_absent(folder_ / "a"));
}

TEST_F(SourceFilesTest, RelativePathsAreOfTheFirstWorkingFolder) {
  fs::current_path(folder_);
  write("a", "one");
  write("other/a", "two");
  const SourceFiles files;
  fs::current_path("other");
  EXPECT_EQ(files.read("a", 100), "one");
  EXPECT_EQ(files.absolute("a"), fs::canonical(folder_) / "a");
}

}  // namespace
}  // namespace pishkhan::source_files_test
