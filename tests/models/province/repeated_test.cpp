#include "models/province/repeated.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pishkhan::repeated_test {
namespace {

using testing::SizeIs;

Diagnostic at(int line, const std::string& problem, const std::string& path = "x.rank") {
  return {"t.csv", line, 1, path, problem, ""};
}

TEST(Repeated, OneCauseInAColumnIsOneDiagnostic) {
  std::vector<Diagnostic> diagnostics = {at(1, "before")};
  for (int line = 2; line <= 1001; ++line)
    diagnostics.push_back(at(line, "'" + std::to_string(line) + "x' is not a whole number"));
  merge_repeated(diagnostics, 1);
  ASSERT_THAT(diagnostics, SizeIs(2));
  EXPECT_EQ(diagnostics[1].problem, "'2x' is not a whole number; the same in 999 more rows: lines 3 to 1001");
}

TEST(Repeated, NamesLinesApart) {
  std::vector<Diagnostic> diagnostics = {at(2, "5 is negative"), at(7, "1 is negative"),
                                         at(8, "2 is negative"), at(10, "3 is negative"),
                                         at(2, "5 is negative", "x.room")};
  merge_repeated(diagnostics, 0);
  ASSERT_THAT(diagnostics, SizeIs(2));
  EXPECT_EQ(diagnostics[0].problem, "5 is negative; the same in 3 more rows: lines 7 to 8, 10");
  EXPECT_EQ(diagnostics[1].path, "x.room");
}

TEST(Repeated, AFewStayApart) {
  std::vector<Diagnostic> diagnostics = {at(2, "missing"), at(3, "missing"), at(4, "missing")};
  const auto before = diagnostics;
  merge_repeated(diagnostics, 0);
  EXPECT_EQ(diagnostics, before);
}

}  // namespace
}  // namespace pishkhan::repeated_test
