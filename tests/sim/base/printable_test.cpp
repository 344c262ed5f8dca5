#include "sim/base/printable.hpp"

#include <gtest/gtest.h>

#include "sim/base/diagnostic.hpp"

namespace pishkhan::printable_test {
namespace {

using namespace std::string_literals;

TEST(Printable, WritesOutWhatATerminalObeys) {
  EXPECT_EQ(printable("a\x1B[31mb\0c\n\t\x7F"s),
            "a<U+001B escape>[31mb<U+0000 null>c<U+000A line feed><U+0009 tab><U+007F delete>");
  EXPECT_EQ(printable("\u202Eab\u200F\u2066\u0085"),
            "<U+202E right-to-left override>ab<U+200F right-to-left mark><U+2066 left-to-right isolate>"
            "<U+0085 next line>");
  EXPECT_EQ(printable("\xFF\xC0\x80\xED\xA0\x80"), "<byte FF><byte C0><byte 80><byte ED><byte A0><byte 80>");
  EXPECT_EQ(printable_lines("a\nb\r\n"), "a\nb<U+000D carriage return>\n");
}

TEST(Printable, LeavesWhatPeopleWrite) {
  for (const char* text :
       {"", "Sari", "ساری", "می‌شود", "naïve – “text” …", "±½", "e\u0301", "\U0001F600"})
    EXPECT_EQ(printable(text), text);
}

TEST(Printable, NamesWhatNobodySees) {
  EXPECT_EQ(with_invisible_named("9\u00A0min"), "9<U+00A0 no-break space>min");
  EXPECT_EQ(with_invisible_named("sari\u200C"), "sari<U+200C zero width non-joiner>");
  EXPECT_EQ(with_invisible_named("\uFEFFid"), "<U+FEFF zero width no-break space (byte order mark)>id");
  EXPECT_EQ(with_invisible_named("می‌شود"), "می‌شود") << "Persian words are written with it";
}

TEST(Printable, KeepsTheValuesOfJson) {
  EXPECT_EQ(printable_json("{\"a\": \"\u202E\x7F\u200Cش\U000E0041\"}\n"),
            "{\"a\": \"\\u202E\\u007F\u200Cش\\uDB40\\uDC41\"}\n");
}

TEST(Diagnostic, IsOneLineWithoutSurprises) {
  EXPECT_EQ(to_string({"a\nb.yaml", 1, 2, "x\x1B", "`sari\u200F` is not an id", "\u202E"}),
            "a<U+000A line feed>b.yaml:1:2: x<U+001B escape>: `sari<U+200F right-to-left mark>` is not an id "
            "(<U+202E right-to-left override>)");
}

}  // namespace
}  // namespace pishkhan::printable_test
