// What the terminal shows in Persian.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tools/pishkhan/terminal.hpp"
#include "tools/pishkhan/text.hpp"

namespace pishkhan::language_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using tests::Finished;
using tests::run_program;
using tests::ScratchFolder;

const Texts& persian() { return terminal_texts("fa"); }

/// Numbers in Latin digits that stand alone: not in an id, a name or a link.
bool has_latin_number(const std::string& text) {
  const std::string words = std::regex_replace(text, std::regex("\u200F|\u200E"), " ");
  return std::regex_search(words, std::regex(R"((^|\s)[0-9][0-9,.]*(\s|$))"));
}

TEST(Persian, LatinNumbersAreFound) {
  EXPECT_TRUE(has_latin_number("الف  \u200F12"));
  EXPECT_FALSE(has_latin_number("sari-u-001 ۱۲"));
}

TEST(Persian, NumbersAndIntervals) {
  EXPECT_EQ(grouped(persian(), 12345.67, 1), "۱۲٬۳۴۵٫۷");
  EXPECT_EQ(percent(persian(), {0.8456, 0.0123, 5, 0.8333, 0.8579}), "۸۴٫۶٪ ± ۱٫۲٪");
  EXPECT_EQ(wait_text(persian(), {600, 60, 5, 500, 660}), "۱۰٫۰ دقیقه (۸٫۳ دقیقه تا ۱۱٫۰ دقیقه)");
  EXPECT_EQ(percent(persian(), {NAN, NAN, 1}), "–");
}

TEST(Persian, DatesAreInWords) {
  EXPECT_EQ(date_text(persian(), from_solar_hijri({1395, 2, 1}).value()), "۱ اردیبهشت ۱۳۹۵");
  EXPECT_EQ(date_text(terminal_texts(""), from_solar_hijri({1395, 2, 1}).value()), "1395-02-01");
}

TEST(RightToLeft, MarksLinesCellsAndSigns) {
  EXPECT_EQ(right_to_left("a b  c\n\n  ۵٪"), "\u200Fa b  \u200Fc\n\n  \u200F۵\u200F٪");
  EXPECT_EQ(right_to_left("\u2212۳"), "\u200F\u200E\u2212۳");
}

TEST(Persian, Check) {
  const Finished finished = run_program({"check", "scenarios/quickstart.yaml", "--lang", "fa", "--all"});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("درست است"));
  EXPECT_THAT(finished.out, HasSubstr("ایستگاه"));
  EXPECT_THAT(finished.out, Not(HasSubstr("<U+"))) << "marks are written out";
  EXPECT_FALSE(has_latin_number(finished.out));
}

TEST(Persian, Summary) {
  const ScratchFolder scratch;
  const Finished finished = run_program(tests::small_run(scratch.path() / "out", {"--lang", "fa"}));
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  std::istringstream lines(finished.out);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin != std::string::npos) EXPECT_THAT(line.substr(begin), StartsWith("\u200F")) << line;
  }
  for (const char* text :
       {"اردیبهشت ۱۳۹۵", "سهم به‌موقع", "باجهٔ دستگاه", "بازرسی: پذیرفته", "جدول‌ها: "})
    EXPECT_THAT(finished.out, HasSubstr(text));
  EXPECT_FALSE(has_latin_number(finished.out)) << finished.out;
}

/// Words of English between spaces, but for what stands in backticks and in the name of a file.
std::string english_words(const std::string& text) {
  const std::string rest = std::regex_replace(text, std::regex("`[^`]*`|[^ ]*/[^ ]*|--\\w+"), "");
  std::smatch found;
  return std::regex_search(rest, found, std::regex(R"((^|\s)[a-z]{2,}(\s[a-z]+)+)")) ? found.str() : "";
}

TEST(Persian, EnglishWordsAreFound) {
  EXPECT_EQ(english_words("هشدار: the outage is over"), " the outage is over");
  EXPECT_EQ(english_words("هشدار: `staffing[0]` a/b.yaml:3: در sari"), "");
}

TEST(Persian, Notices) {
  const ScratchFolder scratch;
  std::vector<std::string> arguments = tests::small_run(
      scratch.path() / "out",
      {"--lang", "fa", "--format", "csv,sqlite,html", "--set",
       "staffing=[{at: {kind: rural}, clerks: +20%}, {at: offices, clerks: +1, starts: 1396-02-05}]"});
  const Finished finished = run_program(arguments);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.error, HasSubstr("هشدار: "));
  EXPECT_THAT(finished.error,
              HasSubstr("`staffing[1]` پس از دورهٔ اجرا آغاز می‌شود"));
  EXPECT_THAT(finished.error, HasSubstr("متصدیان"));
  EXPECT_EQ(english_words(finished.error), "") << finished.error;
  const std::string summary = finished.out.substr(finished.out.find('\n'));  // after the scenario's own title
  EXPECT_EQ(english_words(summary), "") << summary;
}

/// The alphabet of names, not of ids: in English it is the other way about.
TEST(Persian, ListsAreSortedByName) {
  const auto at = [](const std::string& language, const char* id) {
    return run_program({"counties", "--lang", language}).out.find(id);
  };
  EXPECT_LT(at("en", "chalus"), at("en", "juybar"));
  EXPECT_LT(at("fa", "juybar"), at("fa", "chalus"));
}

TEST(Persian, Lists) {
  for (const char* command : {"services", "offices", "agencies", "counties", "places"}) {
    const Finished finished = run_program({command, "--lang", "fa"});
    ASSERT_EQ(finished.exit_code, 0) << finished.error;
    EXPECT_THAT(finished.out, HasSubstr("نام")) << command;
    EXPECT_FALSE(has_latin_number(finished.out)) << command;
    const Finished json = run_program({command, "--lang", "fa", "--json"});
    EXPECT_EQ(json.out, run_program({command, "--json"}).out) << "data are the same in all languages";
  }
  const Finished office = run_program({"offices", "--office", "sari-u-001", "--lang", "fa"});
  for (const char* text : {"شنبه تا چهارشنبه ۰۸:۰۰-۱۴:۰۰", "دفتر پیشخوان ساری ۱"})
    EXPECT_THAT(office.out, HasSubstr(text));
}

TEST(Persian, MonthsHaveTheirNames) {
  const Finished check = run_program(
      {"check", "tests/scenarios/small/small.yaml", "--lang", "fa", "--set", "demand.month.ordibehesht=1.5"});
  EXPECT_EQ(check.exit_code, 0) << check.error;
  EXPECT_THAT(check.out, testing::HasSubstr("ماه اردیبهشت"));
}

}  // namespace
}  // namespace pishkhan::language_test
