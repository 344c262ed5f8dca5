#include "sim/base/read_file.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "sim/base/diagnostic.hpp"

namespace pishkhan::read_file_test {
namespace {

TEST(ReadFile, GivesTheBytesUpToALimit) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "read_file_test";
  const std::string written = "a\n\r\n" + std::string(200'000, 'b') + std::string(1, '\0');
  std::ofstream(path, std::ios::binary) << written;
  EXPECT_EQ(read_file(path, 1 << 20), written);
  EXPECT_EQ(read_file(path, 100'000), written.substr(0, 100'000));
  std::ofstream(path, std::ios::trunc).close();
  EXPECT_EQ(read_file(path, 100), "");
  std::filesystem::remove(path);
}

TEST(ReadFile, FailsAsTheSurroundingsDo) {
  EXPECT_THROW(read_file("/no/such/file", 100), EnvironmentError);
  // Opens, and cannot be read.
  EXPECT_THROW(read_file("/proc/self/mem", 100), EnvironmentError);
  EXPECT_THROW(read_file("/", 100), EnvironmentError);
}

}  // namespace
}  // namespace pishkhan::read_file_test
