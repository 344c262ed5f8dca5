#include "models/demand/office_choice.hpp"

#include <gtest/gtest.h>

namespace pishkhan {
namespace {

TEST(OfficeTable, AlternativesComeByAttractionWithoutTheFirst) {
  const OfficeTable table({{3, 0.1}, {5, 0.4}, {8, 0.1}, {9, 0.4}});
  EXPECT_EQ(table.alternative(3, 0), 5u);  // of equals the lower number
  EXPECT_EQ(table.alternative(3, 1), 9u);
  EXPECT_EQ(table.alternative(3, 2), 8u);
  EXPECT_EQ(table.alternative(3, 3), kNoStation);
  EXPECT_EQ(table.alternative(5, 0), 9u);
  EXPECT_EQ(table.alternative(77, 3), 8u);  // an office chosen before the table changed
  EXPECT_EQ(OfficeTable().alternative(3, 0), kNoStation);
}

}  // namespace
}  // namespace pishkhan
