#include "models/scenario/schema/quantity.hpp"

#include <gtest/gtest.h>

#include "models/province/calendar.hpp"
#include "models/scenario/text/mistakes.hpp"

namespace pishkhan::quantity_test {
namespace {

double value_of(Quantity quantity, std::string_view text) {
  double value = 0;
  const auto wrong = read_quantity(quantity, text, value);
  EXPECT_FALSE(wrong) << text << ": " << (wrong ? wrong->problem : "");
  return value;
}

bool refused(Quantity quantity, std::string_view text) {
  double value = 0;
  return read_quantity(quantity, text, value).has_value();
}

TEST(Quantity, DurationsAreSeconds) {
  EXPECT_EQ(value_of(Quantity::duration, "9 min"), 540);
  EXPECT_EQ(value_of(Quantity::duration, "9min"), 540);
  EXPECT_EQ(value_of(Quantity::duration, "1.5 h"), 5400);
  EXPECT_EQ(value_of(Quantity::duration, "10 d"), 864000);
  EXPECT_EQ(value_of(Quantity::duration, "250 ms"), 0.25);
  for (const char* text :
       {"9", "9 m", "min", "9 min ago", "", "9,5 min", "0x10 s", "nan s", "1e400 s", "- 3 s"})
    EXPECT_TRUE(refused(Quantity::duration, text)) << text;
}

TEST(Quantity, SpeedsAreKilometresAnHour) {
  EXPECT_EQ(value_of(Quantity::speed, "20 km/h"), 20);
  EXPECT_EQ(value_of(Quantity::speed, "5 m/s"), 18);
  EXPECT_EQ(canonical_text(Quantity::speed, 18, "5 m/s"), "18 km/h");
  for (const char* text : {"20", "20 km", "20 km / h ago", "km/h", "inf km/h"})
    EXPECT_TRUE(refused(Quantity::speed, text)) << text;
}

TEST(Quantity, MoneyIsInRials) {
  EXPECT_EQ(value_of(Quantity::money, "150000 rial"), 150'000);
  EXPECT_EQ(value_of(Quantity::money, "2.5 toman"), 25);
  EXPECT_EQ(canonical_text(Quantity::money, 25, "2.5 toman"), "25 rial");
  for (const char* text : {"150000", "150000 dollar", "rial", "1e999 rial"})
    EXPECT_TRUE(refused(Quantity::money, text)) << text;
}

TEST(Quantity, BandwidthsAreBytesASecond) {
  EXPECT_EQ(value_of(Quantity::bandwidth, "4 Mbit/s"), 500'000);
  EXPECT_EQ(value_of(Quantity::bandwidth, "512 kbit/s"), 64'000);
  EXPECT_EQ(value_of(Quantity::bandwidth, "1 Gbit/s"), 125e6);
  EXPECT_EQ(value_of(Quantity::bandwidth, canonical_text(Quantity::bandwidth, 64'000, "")), 64'000);
  for (const char* text : {"4", "4 Mb/s", "4 MB/s", "Mbit/s"})
    EXPECT_TRUE(refused(Quantity::bandwidth, text)) << text;
}

TEST(Quantity, RatesArePerSecond) {
  EXPECT_EQ(value_of(Quantity::rate, "6 / min"), 0.1);
  EXPECT_EQ(value_of(Quantity::rate, "6/min"), 0.1);
  EXPECT_EQ(value_of(Quantity::rate, "0.9 / s"), 0.9);
  for (const char* text : {"6", "6 min", "6 /", "/ min", "6 / / min"})
    EXPECT_TRUE(refused(Quantity::rate, text)) << text;
}

TEST(Quantity, SharesAreFractions) {
  EXPECT_EQ(value_of(Quantity::share, "80%"), 0.8);
  EXPECT_EQ(value_of(Quantity::share, "80 %"), 0.8);
  EXPECT_EQ(value_of(Quantity::share, "0.8"), 0.8);
  EXPECT_EQ(value_of(Quantity::share, "100%"), 1);
  for (const char* text : {"101%", "1.5", "80 percent", "%"})
    EXPECT_TRUE(refused(Quantity::share, text)) << text;
}

TEST(Quantity, DatesOfBothCalendarsAreDays) {
  EXPECT_EQ(value_of(Quantity::date, "2016-04-29"), value_of(Quantity::date, "1395-02-10"));
  EXPECT_EQ(value_of(Quantity::date, "1970-01-01"), 0);
  for (const char* text : {"1395-13-01", "1394-12-30", "2015-02-29", "95-02-10", "1395/02/10"})
    EXPECT_TRUE(refused(Quantity::date, text)) << text;
}

TEST(Quantity, DatesWithTimesAreSeconds) {
  EXPECT_EQ(value_of(Quantity::date_time, "1970-01-01"), 0);
  EXPECT_EQ(value_of(Quantity::date_time, "1970-01-02 09:30"), 86400 + 9.5 * 3600);
  EXPECT_EQ(value_of(Quantity::date_time, "1395-02-15 09:30"),
            value_of(Quantity::date_time, "2016-05-04 09:30"));
  EXPECT_EQ(value_of(Quantity::date_time, "1395-02-15 24:00"), value_of(Quantity::date_time, "1395-02-16"));
  EXPECT_EQ(date_time_text(value_of(Quantity::date_time, "2016-05-04 09:05")), "1395-02-15 09:05");
  EXPECT_EQ(canonical_text(Quantity::date_time, value_of(Quantity::date_time, "1340-01-01 23:59"), ""),
            "1961-03-21 23:59");
  for (const char* text : {"09:30", "1395-02-15 9:30", "1395-02-15 24:01", "1395-02-15T09:30",
                           "1395-02-32 09:30", "1395-02-15 09:30:00", "1395-02-15 "})
    EXPECT_TRUE(refused(Quantity::date_time, text)) << text;
}

TEST(Quantity, HoursAreOrderedIntervals) {
  Intervals hours;
  EXPECT_FALSE(read_hours("16:00-19:00, 08:00 - 14:30", hours));
  EXPECT_EQ(hours, (Intervals{{8 * 3600.0, 14.5 * 3600}, {16 * 3600.0, 19 * 3600.0}}));
  EXPECT_FALSE(read_hours("12:00-16:00, 08:00-12:00, 17:00-18:00", hours));
  EXPECT_EQ(hours, (Intervals{{8 * 3600.0, 16 * 3600.0}, {17 * 3600.0, 18 * 3600.0}}));
  EXPECT_FALSE(read_hours("closed", hours));
  EXPECT_TRUE(hours.empty());
  EXPECT_FALSE(read_hours("00:00-24:00", hours));
  for (const char* text :
       {"08:00", "14:00-08:00", "08:00-08:00", "08:00-24:01", "08:00-12:00,", "08:00-12:00,11:00-13:00"})
    EXPECT_TRUE(read_hours(text, hours)) << text;
}

TEST(Quantity, ClerksAreSetAddedOrScaled) {
  const auto after = [](std::string_view text, int clerks) {
    CountChange change;
    EXPECT_FALSE(read_change(Quantity::clerks, text, change)) << text;
    return change.applied_to(clerks);
  };
  EXPECT_EQ(after("3", 5), 3);
  EXPECT_EQ(after("+1", 5), 6);
  EXPECT_EQ(after("-1", 5), 4);
  EXPECT_EQ(after("+20%", 5), 6);
  EXPECT_EQ(after("+10%", 4), 4);  // 4.4
  EXPECT_EQ(after("+10%", 5), 6);  // 5.5, half up
  EXPECT_EQ(after("-50%", 3), 2);  // 1.5, half up
  CountChange ignored;
  for (const char* text : {"20%", "1.5", "+", "-101%", "many"}) {
    EXPECT_TRUE(read_change(Quantity::clerks, text, ignored)) << text;
    EXPECT_TRUE(read_change(Quantity::cores, text, ignored)) << text;
  }
}

TEST(Quantity, MessagesShortenWithoutCuttingCharacters) {
  std::string persian;
  for (int i = 0; i < 40; ++i) persian += "ش";
  const std::string shown = in_backticks(persian);
  EXPECT_EQ(shown, "`" + persian.substr(0, 60) + "...`");
  EXPECT_EQ(in_backticks("a" + persian), "`a" + persian.substr(0, 58) + "...`");
}

TEST(Quantity, NumbersReadBackAsThemselves) {
  for (const double value : {0.1, 1.0 / 3, 540.0, 1e-9, 123456789.125})
    EXPECT_EQ(std::stod(number_text(value)), value);
  EXPECT_EQ(number_text(-0.0), "0");
}

}  // namespace
}  // namespace pishkhan::quantity_test
