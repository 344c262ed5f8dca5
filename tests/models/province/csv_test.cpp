#include "models/province/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <clocale>
#include <cmath>

namespace pishkhan::csv_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Parsed {
  CsvTable table;
  std::vector<Diagnostic> diagnostics;
};

Parsed parse(std::string_view text) {
  Parsed parsed;
  parsed.table = parse_csv(text, "t.csv", parsed.diagnostics);
  return parsed;
}

std::vector<std::string> texts(const std::vector<CsvCell>& row) {
  std::vector<std::string> found;
  for (const CsvCell& cell : row) found.push_back(cell.text);
  return found;
}

TEST(Csv, ReadsQuotesCommasAndLineBreaks) {
  const Parsed parsed = parse("a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\n,last");
  EXPECT_THAT(parsed.diagnostics, IsEmpty());
  EXPECT_THAT(texts(parsed.table.header), ElementsAre("a", "b"));
  ASSERT_THAT(parsed.table.rows, SizeIs(2));
  EXPECT_THAT(texts(parsed.table.rows[0]), ElementsAre("x, \"y\"", "two\nlines"));
  EXPECT_THAT(texts(parsed.table.rows[1]), ElementsAre("", "last"));
  EXPECT_EQ(parsed.table.rows[1][0].line, 4);
}

TEST(Csv, CountsColumnsInCharacters) {
  const Parsed parsed = parse("نام,b\nساری,2\n");
  EXPECT_EQ(parsed.table.header[1].column, 5);
  EXPECT_EQ(parsed.table.rows[0][1].line, 2);
  EXPECT_EQ(parsed.table.rows[0][1].column, 6);
}

TEST(Csv, TakesAByteOrderMarkForNothing) {
  EXPECT_THAT(texts(parse("\xEF\xBB\xBF"
                          "a,b\n1,2\n")
                        .table.header),
              ElementsAre("a", "b"));
}

TEST(Csv, ReportsEveryRowOfTheWrongWidth) {
  const Parsed parsed = parse("a,b\n1\n1,2\n\n1,2,3\n");
  ASSERT_THAT(parsed.diagnostics, SizeIs(2));
  EXPECT_EQ(parsed.diagnostics[0].line, 2);
  EXPECT_THAT(parsed.diagnostics[0].problem, HasSubstr("1 values where the header has 2"));
  EXPECT_EQ(parsed.diagnostics[1].line, 5);
  EXPECT_THAT(parsed.table.rows, SizeIs(1));
  EXPECT_FALSE(parsed.table.complete);
}

TEST(Csv, ReportsAQuoteThatIsNeverClosedWhereItOpens) {
  const Parsed parsed = parse("a,b\n1,2\n3,\"four\n5,6\n");
  ASSERT_THAT(parsed.diagnostics, SizeIs(1));
  EXPECT_EQ(parsed.diagnostics[0].line, 3);
  EXPECT_EQ(parsed.diagnostics[0].column, 3);
  EXPECT_THAT(parsed.table.rows, SizeIs(1));
}

TEST(Csv, ReportsQuotesOutOfPlace) {
  const Parsed parsed = parse("a,b\n1,2\"\"\n\"3\"x,4\n");
  ASSERT_THAT(parsed.diagnostics, SizeIs(2));
  EXPECT_THAT(parsed.diagnostics[0].problem, HasSubstr("not quoted"));
  EXPECT_EQ(parsed.diagnostics[0].column, 4);
  EXPECT_THAT(parsed.diagnostics[1].problem, HasSubstr("after the closing quote"));
}

TEST(Csv, ReportsAnEmptyFileAndBadHeaders) {
  EXPECT_THAT(parse("").diagnostics.at(0).problem, HasSubstr("empty"));
  EXPECT_THAT(parse("a,a\n").diagnostics.at(0).problem, HasSubstr("twice"));
  EXPECT_THAT(parse("a,,b\n").diagnostics.at(0).problem, HasSubstr("without a name"));
}

TEST(Csv, ReportsTheFirstByteThatIsNoUtf8) {
  const Parsed parsed = parse("a,b\nx\xC3\xA9,\xFF\n");
  ASSERT_THAT(parsed.diagnostics, SizeIs(1));
  EXPECT_EQ(parsed.diagnostics[0].line, 2);
  EXPECT_EQ(parsed.diagnostics[0].column, 4);
}

TEST(Csv, ReportsTheFirstControlCharacter) {
  const Parsed parsed = parse(std::string_view("a,b\nx\xC3\xA9,y\0\x1B\nz,\x7F\n", 16));
  ASSERT_THAT(parsed.diagnostics, SizeIs(1));
  EXPECT_EQ(parsed.diagnostics[0].line, 2);
  EXPECT_EQ(parsed.diagnostics[0].column, 5);
  EXPECT_EQ(parsed.diagnostics[0].problem,
            "the character U+0000 null is not part of any text, here and in 2 more places");
  EXPECT_TRUE(is_damaged(parsed.table, parsed.table.rows.at(0).at(1).text));
  EXPECT_FALSE(is_damaged(parsed.table, parsed.table.rows.at(1).at(0).text));
}

TEST(Csv, FindsTheSeparatorInTheHeading) {
  for (const std::string text : {"a;b\n1,5;2\n", "a\tb\n1,5\t2\n", "sep=;\r\na;b\r\n1,5;2\r\n",
                                 "\n\na;b\n1,5;2\n", "a,b\n\"1,5\",2\n"}) {
    const Parsed parsed = parse(text);
    EXPECT_THAT(parsed.diagnostics, IsEmpty()) << text;
    EXPECT_THAT(texts(parsed.table.header), ElementsAre("a", "b")) << text;
    ASSERT_THAT(parsed.table.rows, SizeIs(1)) << text;
    EXPECT_THAT(texts(parsed.table.rows[0]), ElementsAre("1,5", "2")) << text;
  }
}

TEST(Csv, TakesLineEndsOfAnySystem) {
  for (const std::string end : {"\r", "\n", "\r\n"}) {
    const Parsed parsed = parse("sep=;" + end + "a;b" + end + "1;\"2" + end + "3\"" + end + "4" + end);
    EXPECT_THAT(texts(parsed.table.header), ElementsAre("a", "b"));
    ASSERT_THAT(parsed.table.rows, SizeIs(1));
    ASSERT_THAT(parsed.diagnostics, SizeIs(1)) << "the row of the wrong width";
    EXPECT_EQ(parsed.diagnostics[0].line, 5);
  }
}

TEST(Csv, TitlesAboveTheHeadingAreOneMistake) {
  for (const std::string title :
       {"Counters in 1395\n", "Counters; in 1395;\n;;\n\n", ";;1395\n\"a\nb\";;\n"}) {
    std::vector<Diagnostic> diagnostics;
    const CsvTable table =
        parse_csv(title + "id;clerks;room\nx;1,5;2\ny;1\n", "t.csv", diagnostics, {"id", "clerks", "room"});
    ASSERT_THAT(diagnostics, SizeIs(2)) << title;
    EXPECT_THAT(diagnostics[0].problem, HasSubstr("text above the heading")) << title;
    EXPECT_EQ(diagnostics[0].line, 1) << title;
    EXPECT_EQ(diagnostics[1].line, 3 + std::count(title.begin(), title.end(), '\n')) << title;
    ASSERT_THAT(table.rows, SizeIs(1)) << title;
    EXPECT_THAT(texts(table.rows[0]), ElementsAre("x", "1,5", "2")) << title;
  }
}

TEST(Csv, SaysWhenTheSeparatorIsNotClear) {
  const Parsed parsed = parse("a;b,c\n1;2\n");
  ASSERT_FALSE(parsed.diagnostics.empty());
  EXPECT_THAT(parsed.diagnostics[0].problem, HasSubstr("which of them separates"));
}

TEST(Csv, TakesBlankRowsEmptyColumnsAndSpacesForNothing) {
  const Parsed parsed = parse(
      "a , b,,\n\n 1,\"2, 3\" ,,\n,,,\n  ,\n\xC2\xA0"
      "4,5\n");
  EXPECT_THAT(parsed.diagnostics, IsEmpty());
  EXPECT_THAT(texts(parsed.table.header), ElementsAre("a", "b"));
  ASSERT_THAT(parsed.table.rows, SizeIs(2));
  EXPECT_THAT(texts(parsed.table.rows[0]), ElementsAre("1", "2, 3"));
  EXPECT_THAT(texts(parsed.table.rows[1]), ElementsAre("4", "5"));
  EXPECT_EQ(parsed.table.rows[1][0].line, 6);
}

TEST(Csv, RefusesUtf16InOneSentence) {
  for (const std::string_view text : {std::string_view("\xFF\xFE"
                                                       "a\0,\0",
                                                       6),
                                      std::string_view("a\0,\0", 4)}) {
    const Parsed parsed = parse(text);
    ASSERT_THAT(parsed.diagnostics, SizeIs(1));
    EXPECT_THAT(parsed.diagnostics[0].problem, HasSubstr("UTF-16"));
  }
}

TEST(Csv, BadBytesHideNoOtherMistakes) {
  const Parsed parsed = parse("a,b\nx,\xFF\xFE\n1\n");
  ASSERT_THAT(parsed.diagnostics, SizeIs(2));
  EXPECT_THAT(parsed.diagnostics[0].problem, HasSubstr("1 more bytes"));
  EXPECT_EQ(parsed.diagnostics[1].line, 3);
  EXPECT_TRUE(is_damaged(parsed.table, parsed.table.rows.at(0).at(1).text));
  EXPECT_FALSE(is_damaged(parsed.table, parsed.table.rows.at(0).at(0).text));
}

TEST(Csv, ReportsAFileThatIsNotThere) {
  std::vector<Diagnostic> diagnostics;
  read_csv("no/such/file.csv", diagnostics);
  ASSERT_THAT(diagnostics, SizeIs(1));
  EXPECT_EQ(diagnostics[0].problem, "no such file");
}

TEST(Utf8, RefusesOverlongSurrogateAndCutForms) {
  EXPECT_FALSE(find_invalid_utf8("abc ساری 😀"));
  for (const std::string_view bad : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                     "\xF0\x80\x80\x80", "\x80", "\xE2\x82", "\xF5\x80\x80\x80"})
    EXPECT_EQ(find_invalid_utf8("ab" + std::string(bad)), 2u);
}

TEST(Columns, ReportsTheMissingAndTheUnknownWithTheNearestKnown) {
  Parsed parsed = parse("id,clerkz,colour\n1,2,3\n");
  EXPECT_THAT(match_columns(parsed.table, {"id", "clerks", "room"}, parsed.diagnostics),
              ElementsAre(0u, kNoColumn, kNoColumn));
  ASSERT_THAT(parsed.diagnostics, SizeIs(4));
  EXPECT_EQ(parsed.diagnostics[0].path, "clerks");
  EXPECT_EQ(parsed.diagnostics[0].column, 1);
  EXPECT_EQ(parsed.diagnostics[1].path, "room");
  EXPECT_EQ(parsed.diagnostics[2].path, "clerkz");
  EXPECT_EQ(parsed.diagnostics[2].hint, "did you mean 'clerks'?");
  EXPECT_EQ(parsed.diagnostics[3].hint, "");
}

TEST(Columns, OfAnotherTableAreOneMistake) {
  Parsed parsed = parse("name;age\nx;1\n");
  EXPECT_THAT(match_columns(parsed.table, {"id", "clerks", "room"}, parsed.diagnostics), IsEmpty());
  ASSERT_THAT(parsed.diagnostics, SizeIs(1));
  EXPECT_EQ(parsed.diagnostics[0].hint, "its heading: id;clerks;room");
}

TEST(Columns, MayStandInAnyOrder) {
  Parsed parsed = parse("b,a\n1,2\n");
  EXPECT_THAT(match_columns(parsed.table, {"a", "b"}, parsed.diagnostics), ElementsAre(1u, 0u));
}

TEST(Numbers, AreReadWholeAndFinite) {
  EXPECT_FALSE(std::signbit(*parse_number("-0")));
  EXPECT_EQ(parse_number("12.5"), 12.5);
  EXPECT_EQ(parse_number("-1e-3"), -1e-3);
  for (const char* bad : {"", " 1", "1 ", "1,5", "0x10", "inf", "nan", "1e999", "--1", "+1", "۱۲"})
    EXPECT_FALSE(parse_number(bad)) << bad;
  EXPECT_EQ(parse_whole("42"), 42);
  for (const char* bad : {"", "4.0", "4 ", "99999999999999999999"}) EXPECT_FALSE(parse_whole(bad)) << bad;
}

TEST(Numbers, DoNotFollowTheLocale) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  for (const char* name : {"de_DE.UTF-8", "fa_IR.UTF-8", "fr_FR.UTF-8"})
    if (std::setlocale(LC_ALL, name) != nullptr) break;
  EXPECT_EQ(parse_number("12.5"), 12.5);
  EXPECT_FALSE(parse_number("12,5"));
  std::setlocale(LC_ALL, before.c_str());
}

TEST(NearestName, IsTheOneWithTheFewestEdits) {
  const std::vector<std::string_view> known = {"babol", "babolsar", "sari", "qaem-shahr"};
  EXPECT_EQ(nearest_name("babl", known), "babol");
  EXPECT_EQ(nearest_name("qaemshahr", known), "qaem-shahr");
  EXPECT_EQ(nearest_name("tehran", known), "");
}

}  // namespace
}  // namespace pishkhan::csv_test
