#include "models/province/calendar.hpp"

#include <gtest/gtest.h>
#include <unicode/calendar.h>

#include <memory>
#include <string>

#include "models/province/csv.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::calendar_test {
namespace {

DayNumber solar(int year, int month, int day) { return from_solar_hijri({year, month, day}).value(); }

TEST(Calendar, KnowsFamousDays) {
  EXPECT_EQ(solar(1348, 10, 11), 0);  // 1970-01-01
  EXPECT_EQ(solar(1357, 11, 22), from_gregorian({1979, 2, 11}));
  EXPECT_EQ(solar(1399, 12, 30), from_gregorian({2021, 3, 20}));
  EXPECT_EQ(solar(1400, 1, 1), from_gregorian({2021, 3, 21}));
}

TEST(Calendar, ConvertsEveryDayThereAndBack) {
  Date before{};
  for (DayNumber day = first_day(); day <= last_day(); ++day) {
    const Date date = to_solar_hijri(day);
    ASSERT_EQ(from_solar_hijri(date), day);
    ASSERT_EQ(from_gregorian(to_gregorian(day)), day);
    const bool same_month = date.year == before.year && date.month == before.month;
    ASSERT_EQ(date.day, same_month ? before.day + 1 : 1);
    before = date;
  }
  EXPECT_EQ(to_solar_hijri(first_day()), (Date{kFirstSolarYear, 1, 1}));
  EXPECT_EQ(to_solar_hijri(last_day()).year, kLastSolarYear);
}

/// Month lengths, and so every date, are this program's own; the years begin where ICU says.
TEST(Calendar, AgreesWithICUOnEveryDay) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(
      icu::TimeZone::createTimeZone("GMT"), icu::Locale("fa_IR@calendar=persian"), error));
  ASSERT_TRUE(U_SUCCESS(error)) << u_errorName(error);
  for (DayNumber day = first_day(); day <= last_day(); ++day) {
    calendar->setTime(static_cast<UDate>(day) * 86'400'000, error);
    const Date icu{calendar->get(UCAL_EXTENDED_YEAR, error), calendar->get(UCAL_MONTH, error) + 1,
                   calendar->get(UCAL_DATE, error)};
    ASSERT_EQ(to_solar_hijri(day), icu) << format_date(day);
    const int of_icu = calendar->get(UCAL_DAY_OF_WEEK, error) % 7;  // Saturday is 7
    ASSERT_EQ(weekday(day), of_icu) << format_date(day);
  }
  EXPECT_TRUE(U_SUCCESS(error));
}

// The leap years that the University of Tehran's calendar centre has published for this span.
TEST(Calendar, HasTheOfficialLeapYears) {
  std::vector<int> leap;
  for (int year = 1370; year <= 1412; ++year)
    if (is_solar_leap(year)) leap.push_back(year);
  EXPECT_EQ(leap, (std::vector{1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412}));
  EXPECT_EQ(solar_month_days(1403, 12), 30);
  EXPECT_EQ(solar_month_days(1404, 12), 29);
  EXPECT_EQ(solar_month_days(1404, 6), 31);
  EXPECT_EQ(solar_month_days(1404, 7), 30);
}

// The facts carry date, Gregorian date and weekday from the published calendars of five years.
TEST(Calendar, AgreesWithThePublishedHolidays) {
  std::vector<Diagnostic> diagnostics;
  const CsvTable table = read_csv(tests::source_dir() / "tools/mazandaran/facts/holidays.csv", diagnostics);
  ASSERT_TRUE(diagnostics.empty());
  ASSERT_EQ(table.rows.size(), 134u);
  for (const auto& row : table.rows) {
    const ParsedDate date = parse_date(row[0].text);
    ASSERT_TRUE(date.day) << date.problem;
    EXPECT_EQ(date.day, parse_date(row[1].text).day) << row[0].text;
    EXPECT_EQ(weekday_name(weekday(*date.day)).substr(0, 3), row[2].text) << row[0].text;
    EXPECT_EQ(format_date(*date.day), row[0].text);
    EXPECT_EQ(format_date(*date.day, CalendarKind::gregorian), row[1].text);
  }
}

TEST(Calendar, WeeksStartOnSaturdayBeforeAndAfterTheEpoch) {
  EXPECT_EQ(weekday(0), 5);  // 1970-01-01 was a Thursday
  EXPECT_EQ(weekday(2), 0);
  EXPECT_EQ(weekday(-5), 0);
  EXPECT_EQ(weekday_name(6), "Friday");
}

TEST(Dates, ReadsBothCalendars) {
  EXPECT_EQ(parse_date("1395-02-10").day, parse_date("2016-04-29").day);
  EXPECT_EQ(parse_date("1395-12-30").day, parse_date("2017-03-20").day);
}

struct Refused {
  const char* text;
  const char* problem;
  const char* hint;
};
class RefusedDates : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedDates, SayWhy) {
  const ParsedDate date = parse_date(GetParam().text);
  EXPECT_FALSE(date.day);
  EXPECT_NE(date.problem.find(GetParam().problem), std::string::npos) << date.problem;
  EXPECT_NE(date.hint.find(GetParam().hint), std::string::npos) << date.hint;
}

INSTANTIATE_TEST_SUITE_P(
    Dates, RefusedDates,
    ::testing::Values(
        Refused{"1395-12-31", "Solar Hijri", "has 30 days"}, Refused{"1396-12-30", "Solar Hijri", "29"},
        Refused{"1395-07-31", "Solar Hijri", "30"}, Refused{"1395-13-01", "no such month", "12"},
        Refused{"1395-00-01", "no such month", "12"}, Refused{"1395-01-00", "Solar Hijri", "31"},
        Refused{"2015-02-29", "Gregorian", ""}, Refused{"2016-02-00", "Gregorian", ""},
        Refused{"0000-01-01", "outside", "1200-01-01"}, Refused{"1501-01-01", "outside", "1500"},
        Refused{"1750-01-01", "outside", "1821-03-21"}, Refused{"9999-01-01", "outside", "2122"},
        Refused{"", "not a date", "1395-02-10"}, Refused{"1395/02/10", "not a date", "year-month-day"},
        Refused{"1395-2-10", "not a date", ""}, Refused{"1395-02-10 ", "not a date", ""},
        Refused{"۱۳۹۵-۰۲-۱۰", "not a date", "0-9"}, Refused{"1395-02-1x", "not a date", ""}));

}  // namespace
}  // namespace pishkhan::calendar_test
