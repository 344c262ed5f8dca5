#include "models/province/number_text.hpp"

#include <gtest/gtest.h>

namespace pishkhan::number_text_test {
namespace {

TEST(NumberText, HasPlainDigits) {
  EXPECT_EQ(plain_digits("۱۳۴۸۲"), "13482");
  EXPECT_EQ(plain_digits("٣٦٫٥٦"), "36.56");
  EXPECT_EQ(plain_digits("\xE2\x88\x92۱"), "-1");
  EXPECT_EQ(plain_digits("۱۳۹۵-۰۱-۰۲"), "1395-01-02");
  EXPECT_EQ(plain_digits("ساری"), "ساری");
}

TEST(NumberText, HasAPointForADecimalComma) {
  EXPECT_EQ(with_point("36,5", false), "36.5");
  EXPECT_EQ(with_point("0,375", false), "0.375");
  EXPECT_EQ(with_point("-36,561", false), "-36,561");
  EXPECT_EQ(with_point("36,561", true), "36.561");
  EXPECT_EQ(with_point("1,234,567", true), "1,234,567");
  EXPECT_EQ(with_point("1,2.3", true), "1,2.3");
}

TEST(NumberText, NamesBothReadings) {
  EXPECT_EQ(thousands_readings("13.482"), "13482, or 13.482?");
  EXPECT_EQ(thousands_readings("-13,482"), "-13482, or -13.482?");
  EXPECT_EQ(thousands_readings("1,234,567"), "1234567?");
  EXPECT_EQ(thousands_readings("13'482"), "13482?");
  for (const char* other : {"", "13482", "1.5", "0.125", "1234.567", "a.bcd", "13.4825"})
    EXPECT_EQ(thousands_readings(other), "") << other;
}

}  // namespace
}  // namespace pishkhan::number_text_test
