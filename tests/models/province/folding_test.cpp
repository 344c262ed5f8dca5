#include "models/province/folding.hpp"

#include <gtest/gtest.h>

namespace pishkhan::folding_test {
namespace {

TEST(Folding, TakesArabicLettersForPersianOnes) {
  EXPECT_EQ(folded("كيان"), folded("کیان"));
  EXPECT_EQ(folded("مصطفى"), folded("مصطفی"));
  EXPECT_EQ(folded("خانۀ"), folded("خانه"));
  EXPECT_EQ(folded("مُحَمَّد"), folded("محمد"));
  EXPECT_NE(folded("ساری"), folded("بابل"));
}

TEST(Folding, TakesAHalfSpaceForASpace) {
  EXPECT_EQ(folded("عباس‌آباد"), folded("عباس آباد"));
  EXPECT_EQ(folded("  a \t b\xC2\xA0"), "a b");
  EXPECT_EQ(folded("\xEF\xBB\xBFsari"), "sari");
}

TEST(Folding, TakesCompatibilityFormsAndDigitsForPlainOnes) {
  EXPECT_EQ(folded("ｓａｒｉ-۰۱"), "sari-01");
  EXPECT_EQ(folded("٣"), "3");
}

TEST(Folding, LeavesCaseAloneButForSearch) {
  EXPECT_EQ(folded("Sari"), "Sari");
  EXPECT_EQ(folded_for_search("SARI"), folded_for_search("sari"));
}

TEST(Folding, TrimsWhatIsNotSeen) {
  EXPECT_EQ(trimmed(" \xE2\x80\x8Fsari \xE2\x80\x8C\xC2\xA0"), "sari");
  EXPECT_EQ(trimmed(" \t"), "");
  EXPECT_EQ(trimmed("عباس‌آباد"), "عباس‌آباد");
}

}  // namespace
}  // namespace pishkhan::folding_test
