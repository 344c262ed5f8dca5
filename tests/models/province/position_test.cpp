#include "models/province/position.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pishkhan {
namespace {

using testing::HasSubstr;

const Position kSari{36.56, 53.06};

TEST(Position, NearIsNoMistake) {
  EXPECT_FALSE(find_position_mistake({36.3, 53.2}, kSari, "its place"));
  EXPECT_FALSE(find_position_mistake({35.7, 51.4}, kSari, "its place")) << "far, and not swapped";
}

TEST(Position, SwappedIsAMistake) {
  const auto mistake = find_position_mistake({53.06, 36.56}, kSari, "its place");
  ASSERT_TRUE(mistake);
  EXPECT_THAT(mistake->problem, HasSubstr("swapped"));
  EXPECT_THAT(mistake->problem, HasSubstr("from its place"));
  EXPECT_THAT(mistake->hint, HasSubstr("0 km"));
}

TEST(Position, AThousandKilometresAreAMistake) {
  const auto mistake = find_position_mistake({0, 0}, kSari, "its place");
  ASSERT_TRUE(mistake);
  EXPECT_THAT(mistake->problem, HasSubstr("km from its place"));
}

}  // namespace
}  // namespace pishkhan
