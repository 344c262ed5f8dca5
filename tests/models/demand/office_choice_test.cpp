#include "models/demand/office_choice.hpp"

#include <gtest/gtest.h>

namespace pishkhan {
namespace {

TEST(OfficeTable, AlternativesComeByAttractionWithoutTheFirst) {
  const auto office = [](std::size_t index) { return StationIndex(index); };
  const OfficeTable table({{office(3), 0.1}, {office(5), 0.4}, {office(8), 0.1}, {office(9), 0.4}});
  EXPECT_EQ(table.alternative(office(3), 0), office(5));  // of equals the lower number
  EXPECT_EQ(table.alternative(office(3), 1), office(9));
  EXPECT_EQ(table.alternative(office(3), 2), office(8));
  EXPECT_EQ(table.alternative(office(3), 3), kNoStation);
  EXPECT_EQ(table.alternative(office(5), 0), office(9));
  EXPECT_EQ(table.alternative(office(77), 3), office(8));  // an office chosen before the table changed
  EXPECT_EQ(OfficeTable().alternative(office(3), 0), kNoStation);
}

}  // namespace
}  // namespace pishkhan
