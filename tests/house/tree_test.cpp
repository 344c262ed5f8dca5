#include "tests/house/tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace pishkhan::house::tree_test {
namespace {

// The other checks pass on an empty tree; this one does not.
TEST(Tree, IsFound) {
  const auto count = [](const char* folder) {
    return std::ranges::count_if(
        files(), [&](const SourceFile& file) { return file.within(folder) && file.is_cpp(); });
  };
  EXPECT_GT(count("sim"), 5);
  EXPECT_GT(count("models"), 3);
  EXPECT_GT(count("tests"), 2);
}

}  // namespace
}  // namespace pishkhan::house::tree_test
