// How numbers, dates and names are set: by ICU, as the page's script sets them too.
#include "tools/texts/numbers.hpp"

#include <gtest/gtest.h>
#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>

#include <algorithm>
#include <string>
#include <vector>

#include "models/province/calendar.hpp"
#include "tools/texts/name_order.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan::numbers_test {
namespace {

std::string persian(const std::string& digits) { return set_number(digits, Language::persian); }
std::string english(const std::string& digits) { return set_number(digits, Language::english); }

TEST(Numbers, KeepTheirDecimals) {
  EXPECT_EQ(english("1234567.50"), "1,234,567.50");
  EXPECT_EQ(persian("1234567.50"), "۱٬۲۳۴٬۵۶۷٫۵۰");
  EXPECT_EQ(english("0"), "0");
  EXPECT_EQ(persian("0.00"), "۰٫۰۰");
  EXPECT_EQ(persian("123456789012345678901"), "۱۲۳٬۴۵۶٬۷۸۹٬۰۱۲٬۳۴۵٬۶۷۸٬۹۰۱");
}

TEST(Numbers, HaveAMinusThatStandsToTheLeft) {
  EXPECT_EQ(english("-1234"), "\u22121,234");
  EXPECT_EQ(persian("-1234"), "\u200E\u2212۱٬۲۳۴");
}

TEST(Numbers, WhatIsNoneKeepsAllButItsDigits) {
  EXPECT_EQ(english("1395-02-15 09:30"), "1395-02-15 09:30");
  EXPECT_EQ(persian("1395-02-15 09:30"), "۱۳۹۵-۰۲-۱۵ ۰۹:۳۰");
  EXPECT_EQ(persian("007"), "۰۰۷");
  EXPECT_EQ(persian("-"), "-");
  EXPECT_EQ(persian(""), "");
  EXPECT_EQ(persian("1."), "۱.");
}

TEST(Numbers, PersianPercentHasItsSignToTheLeft) {
  EXPECT_EQ(set_percent("84.6", Language::english), "84.6%");
  EXPECT_EQ(set_percent("84.6", Language::persian), "۸۴٫۶\u200F٪");
}

/// The page's script has the names from the catalogue.
TEST(Dates, OfICUHaveTheMonthsOfTheCatalogue) {
  for (const Language language : {Language::persian, Language::english}) {
    const Texts texts(language);
    for (int month = 1; month <= 12; ++month) {
      const DayNumber day = from_solar_hijri({1395, month, 9}).value();
      const std::string expected =
          texts.fill("date", {{"day", set_number("9", language)},
                              {"month", texts.at("month." + std::to_string(month))},
                              {"year", language == Language::persian ? "۱۳۹۵" : "1395"}});
      EXPECT_EQ(long_date(day, texts), expected);
    }
  }
}

TEST(Dates, OfICUHaveTheWeekdaysOfTheCatalogue) {
  for (const auto& [language, locale] :
       {std::pair(Language::persian, "fa"), std::pair(Language::english, "en")}) {
    const Texts texts(language);
    UErrorCode error = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(icu::Locale(locale), error);
    ASSERT_TRUE(U_SUCCESS(error));
    std::int32_t count = 0;
    const icu::UnicodeString* names = symbols.getWeekdays(count);  // from 1, Sunday
    ASSERT_EQ(count, 8);
    for (int day = 0; day < 7; ++day) {
      std::string name;
      names[day == 0 ? 7 : day].toUTF8String(name);
      EXPECT_EQ(name, texts.at("weekday." + std::string(weekday_name(day))));
    }
  }
}

/// Of code points پ, چ, ژ, گ and ک come after all others, and ی after و but not ه.
TEST(NameOrder, IsThatOfThePersianAlphabet) {
  const std::vector<std::string> sorted{
      "آمل",    "بابل", "پل سفید",           "جویبار", "چالوس", "رامسر", "ساری", "کلاردشت",
      "گلوگاه", "نور",  "هادی‌شهر", "یاسل"};
  std::vector<std::string> names(sorted.rbegin(), sorted.rend());
  std::sort(names.begin(), names.end(), NameOrder(Language::persian));
  EXPECT_EQ(names, sorted);
}

TEST(NameOrder, KnowsNumbers) {
  const NameOrder before(Language::persian);
  EXPECT_TRUE(before("دفتر پیشخوان ساری ۲", "دفتر پیشخوان ساری ۱۰"));
  EXPECT_FALSE(before("دفتر پیشخوان ساری ۱۰", "دفتر پیشخوان ساری ۲"));
  EXPECT_FALSE(before("ساری", "ساری"));
}

}  // namespace
}  // namespace pishkhan::numbers_test
