// The short form of tables, for people.
#include "tools/report/short_form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <variant>
#include <vector>

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

TEST(ShortForm, NamesOfQuantitiesFollowTheUnit) {
  Table table;
  table.header = {"summary", "", {}};
  auto& columns = table.header.columns;
  const auto text = [&](ColumnKind kind, const char* name) {
    columns.push_back(plain_column(kind, name, "", CellType::text, "", TableForm::brief));
  };
  text(ColumnKind::identity, "quantity");
  text(ColumnKind::attribute, "unit");
  for (Column& column : estimate_columns(
           Quantity{"value", "see unit", ColumnKind::mean, "", TableForm::brief, Bounds::low_and_high}))
    columns.push_back(std::move(column));
  const auto row = [](const char* quantity, const char* unit, double value) {
    return Row{std::string(quantity), std::string(unit), value, value, value};
  };
  table.rows = {row("wait_s", "s", 120), row("wait_p95_s", "s", 600), row("staffed_s", "s", 7200),
                row("service_level", "share", 0.5), row("queue_length", "visits", 2)};
  std::vector<std::string> names;
  const std::optional<Table> brief = short_form(table);
  for (const Row& shown : brief->rows)
    names.push_back(std::get<std::string>(shown[0]) + ' ' + std::get<std::string>(shown[1]));
  EXPECT_THAT(names, ElementsAre("wait_min min", "wait_p95_min min", "staffed_h h", "service_level share",
                                 "queue_length visits"));
}

TEST(ShortForm, OfManyColumnsLeavesOutWhatIsLeastRead) {
  Table table;
  table.header = {"offices", "", {}};
  const auto attribute = [&](const char* name) {
    table.header.columns.push_back(
        plain_column(ColumnKind::attribute, name, "", CellType::text, "", TableForm::brief));
  };
  for (const char* name : {"office", "name_en", "name_fa", "county", "rank", "clerks"}) attribute(name);
  for (const char* quantity : {"arrived", "served", "service_level"}) {
    for (Column& column : estimate_columns(
             Quantity{quantity, "", ColumnKind::count, "", TableForm::brief, Bounds::low_and_high}))
      table.header.columns.push_back(std::move(column));
  }
  for (double value : {1.0, 2.0}) {
    Row row(6, std::to_string(value));
    row.resize(table.header.columns.size(), value);
    table.rows.push_back(std::move(row));
  }
  std::vector<std::string> names;
  const std::optional<Table> brief = short_form(table);
  for (const Column& column : brief->header.columns) names.push_back(column.name);
  EXPECT_THAT(names, ElementsAre("office", "name_fa", "county", "clerks", "arrived_mean", "arrived_low",
                                 "arrived_high", "served_mean", "served_low", "served_high",
                                 "service_level_mean", "service_level_low", "service_level_high"));
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
    std::string names = table.header.name + ':';
    for (const Column& column : brief->header.columns) names += ' ' + column.name;
    EXPECT_LE(brief->header.columns.size(), 13U) << names;
    EXPECT_EQ(brief->header.columns.front().kind, ColumnKind::identity) << table.header.name;
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
