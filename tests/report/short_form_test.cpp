// The short form of tables, for people.
#include "tools/report/short_form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "tests/report/sample_results.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/csv_writer.hpp"
#include "tools/report/printed.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan::short_form_test {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::SizeIs;

/// Two rows of a place with what it has.
Table places() {
  Table table;
  table.header = {"places", "", {}};
  auto& columns = table.header.columns;
  const auto plain = [&](ColumnKind kind, const char* name, const char* unit, CellType type, TableForm form) {
    columns.push_back(plain_column(kind, name, unit, type, "", form));
  };
  plain(ColumnKind::identity, "place", "", CellType::text, TableForm::brief);
  plain(ColumnKind::attribute, "rank", "", CellType::integer, TableForm::brief);
  plain(ColumnKind::attribute, "clerks", "", CellType::integer, TableForm::full);
  for (const Quantity& quantity :
       {Quantity{"wait_s", "s", ColumnKind::mean, "", TableForm::brief, Bounds::half_width},
        Quantity{"service_level", "share", ColumnKind::share, "", TableForm::brief, Bounds::low_and_high},
        Quantity{"busy_s", "s", ColumnKind::count, "", TableForm::brief, Bounds::half_width}})
    for (Column& column : estimate_columns(quantity)) columns.push_back(std::move(column));
  const std::int64_t rank = 2;
  table.rows = {{std::string("sari"), rank, std::int64_t{3}, 125.6789, 8.4, 0.84567, 0.8, 0.88, 7200.0, 36.0},
                {std::string("amol"), rank, std::int64_t{4}, Cell(), Cell(), 0.9, 0.9, 0.9, 3600.0, 0.0}};
  return table;
}

TEST(ShortForm, RoundsAsIntervalsTellInTheUnitsOfPeople) {
  EXPECT_EQ(csv_text(*short_form(places())),
            "place,wait_min_mean,wait_min_half_width,service_level_mean,service_level_low,service_level_high,"
            "busy_h_mean,busy_h_half_width\n"
            "sari,2.09,0.14,0.846,0.800,0.880,2.00,0.01\n"
            "amol,,,0.90,0.90,0.90,1,0\n");
}

TEST(ShortForm, OfOneRowOnlyWhatIsEmptyIsLeftOut) {
  Table table = places();
  table.rows.erase(table.rows.begin());
  EXPECT_EQ(
      csv_text(*short_form(table)),
      "place,rank,service_level_mean,service_level_low,service_level_high,busy_h_mean,busy_h_half_width\n"
      "amol,2,0.90,0.90,0.90,1,0\n");
}

TEST(ShortForm, OfNoRowThereIsNone) {
  Table table = places();
  table.rows.clear();
  EXPECT_FALSE(short_form(table));
}

TEST(ShortForm, OfEveryTableHasFewColumns) {
  const Scenario scenario = tests::sample_province();
  const std::vector<TrialResult> trials = tests::sample_trials(3);
  for (const Table& table : make_tables(Results{scenario, trials})) {
    const std::optional<Table> brief = short_form(table);
    EXPECT_EQ(brief.has_value(), !table.rows.empty()) << table.header.name;
    if (!brief) continue;
    EXPECT_EQ(brief->rows.size(), table.rows.size());
    EXPECT_THAT(brief->rows, Each(SizeIs(brief->header.columns.size())));
    EXPECT_LE(brief->header.columns.size(), 24U) << table.header.name;
    EXPECT_EQ(brief->header.columns.front().name, table.header.columns.front().name);
  }
}

TEST(Csv, NoTextBecomesAFormula) {
  const std::pair<const char*, const char*> fields[] = {
      {"=1+1", "'=1+1"}, {"+cmd", "'+cmd"}, {"-2+3", "'-2+3"},
      {"@sum", "'@sum"}, {"\tx", "'\tx"},   {"-3.25", "-3.25"},
      {"a=b", "a=b"},    {"", ""},          {"=\"a,b\"", "\"'=\"\"a,b\"\"\""}};
  for (const auto& [value, field] : fields) {
    std::string text;
    append_text_cell(text, value);
    EXPECT_EQ(text, field);
  }
}

}  // namespace
}  // namespace pishkhan::short_form_test
