// Notices, a language each.
#include "tools/texts/notices.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

namespace pishkhan::notices_test {
namespace {

const Texts& texts(Language language) {
  static const Texts persian(Language::persian), english(Language::english);
  return language == Language::persian ? persian : english;
}

std::string of(Language language, const Notice& notice) { return notice_text(texts(language), notice); }

const Notice kScaled{"notice.clerks_scaled",
                     {number_value("percent", -12.5), number_value("stations", 1540),
                      number_value("before", 2559), number_value("after", 2239)}};

TEST(Notices, SetNumbersAsTheirLanguageDoes) {
  EXPECT_EQ(of(Language::english, kScaled), "clerks -12.5% at 1,540 stations: 2,559 before, 2,239 after");
  const std::string persian = of(Language::persian, kScaled);
  for (const char* part : {"۱۲٫۵", "۱٬۵۴۰ ایستگاه", "۲٬۵۵۹", "۲٬۲۳۹"})
    EXPECT_THAT(persian, ::testing::HasSubstr(part));
}

TEST(Notices, KnowOneFromMany) {
  const auto never = [](double stations) {
    return Notice{"notice.open.never", {number_value("stations", stations), text_value("first", "s1")}};
  };
  EXPECT_EQ(of(Language::english, never(1)), "`s1` is never open in the run");
  EXPECT_EQ(of(Language::english, never(2)), "2 stations are never open in the run, `s1` first");
  EXPECT_EQ(of(Language::persian, never(1)), "`s1` در اجرا هرگز باز نیست");
  EXPECT_EQ(of(Language::persian, never(2)), "۲ ایستگاه در اجرا هرگز باز نیستند، نخست `s1`");
}

TEST(Notices, NameWeekdaysReasonsAndMoments) {
  const Notice closes{"notice.hours.close", {weekdays_value("days", {0, 5}), text_value("item", "hours[0]")}};
  EXPECT_EQ(of(Language::english, closes),
            "`hours[0]` closes on Saturday and Thursday, when stations were open");
  EXPECT_THAT(of(Language::persian, closes), ::testing::HasSubstr("`hours[0]` در شنبه و پنجشنبه"));
  const Notice nobody{
      "notice.migration_moves_nobody_because",
      {text_value("id", "web"),
       {"why", NoticeValue::Kind::reason, "12 beyond the zones' digital access; new reason"}}};
  EXPECT_EQ(of(Language::english, nobody),
            "the migration `web` moves nobody: 12 beyond the zones' digital access; new reason");
  EXPECT_THAT(of(Language::persian, nobody), ::testing::HasSubstr("۱۲ نفر بیش از دسترسی اینترنتی؛ "));
  const NoticeValue moment{"from", NoticeValue::Kind::date_time, "1395-02-15 09:30"};
  const Notice overlap{"notice.overlap.outages",
                       {text_value("of", "link"),
                        text_value("id", "sari-u-001"),
                        number_value("more", 2),
                        text_value("earlier", "outages[0]"),
                        text_value("later", "outages[1]"),
                        moment,
                        {"to", NoticeValue::Kind::date_time, "1395-02-15 14:00"}}};
  EXPECT_EQ(
      of(Language::english, overlap),
      "outages of the link of `sari-u-001` and 2 more (`outages[0]` and `outages[1]`) overlap and count "
      "as one from 1395-02-15 09:30 to 1395-02-15 14:00");
  EXPECT_THAT(of(Language::persian, overlap), ::testing::HasSubstr("از ۱۳۹۵-۰۲-۱۵ ۰۹:۳۰ تا"));
}

/// What stands between backticks is the scenario's and the same in every language.
TEST(Notices, OfPersianHaveNoEnglish) {
  for (const auto& [key, pattern] : texts(Language::persian).all()) {
    if (!key.starts_with("notice.")) continue;
    const std::string sentence = of(Language::persian, Notice{key});
    const std::string words = std::regex_replace(sentence, std::regex("`[^`]*`|\\{\\w+\\}"), "");
    EXPECT_FALSE(std::regex_search(words, std::regex("[A-Za-z]"))) << key << ": " << sentence;
    EXPECT_NE(sentence, of(Language::english, Notice{key}));
  }
}

}  // namespace
}  // namespace pishkhan::notices_test
