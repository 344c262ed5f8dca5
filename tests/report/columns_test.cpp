// How a table is made from its list of columns.
#include "tools/report/columns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tools/report/tables.hpp"

namespace pishkhan::columns_test {
namespace {

using ::testing::ElementsAre;

struct Thing {
  std::string id;
  std::optional<int> size;
  double weight;
  Estimate length;
};

std::vector<std::string> names(const Table& table) {
  std::vector<std::string> all;
  for (const Column& column : table.header.columns) all.push_back(column.name);
  return all;
}

Table things(Bounds bounds, const std::vector<Thing>& rows) {
  ColumnList<Thing> list;
  list.add_identity("thing", "Id of the thing.", [](const Thing& thing) { return thing.id; });
  list.add(ColumnKind::count, "size", "m", "Size.", [](const Thing& thing) { return thing.size; });
  list.add(
      ColumnKind::ratio, "weight", "kg", "Weight.", [](const Thing& thing) { return thing.weight; },
      TableForm::full);
  list.add_estimate({"length", "s", ColumnKind::mean, "Length.", TableForm::full, bounds},
                    [](const Thing& thing) { return thing.length; });
  TableOf<Thing> table("things", "Things.", std::move(list), Evidence::stated);
  for (const Thing& thing : rows) table.add(thing);
  return table.take();
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Columns, GiveHeaderAndRowsInStep) {
  const Table table = things(Bounds::half_width, {{"a", 3, 0.5, {10, 2, 4}}, {"b", {}, kNan, {10, kNan, 1}}});
  EXPECT_THAT(names(table),
              ElementsAre("thing", "size", "weight", "length_mean", "length_half_width", "evidence"));
  EXPECT_THAT(table.rows.at(0), ElementsAre(Cell(std::string("a")), Cell(std::int64_t{3}), Cell(0.5),
                                            Cell(10.0), Cell(2.0), Cell(std::string("stated"))));
  EXPECT_THAT(table.rows.at(1), ElementsAre(Cell(std::string("b")), Cell(), Cell(), Cell(), Cell(),
                                            Cell(std::string("stated"))));
  const std::vector<Column>& columns = table.header.columns;
  EXPECT_EQ(columns[0].type, CellType::text);
  EXPECT_EQ(columns[1].type, CellType::integer);
  EXPECT_EQ(columns[2].type, CellType::real);
  EXPECT_EQ(columns[3].kind, ColumnKind::mean);
  EXPECT_EQ(columns[4].kind, ColumnKind::half_width);
  EXPECT_EQ(columns[4].description, "95% half-width of length_mean over replications.");
  EXPECT_EQ(columns[4].title_key, columns[3].title_key);
}

TEST(Columns, GiveBoundsAsTheyAreAskedFor) {
  const Thing thing{"a", 3, 0.5, {10, 2, 4}};
  const Table ends = things(Bounds::low_and_high, {thing});
  EXPECT_THAT(names(ends),
              ElementsAre("thing", "size", "weight", "length_mean", "length_low", "length_high", "evidence"));
  EXPECT_EQ(ends.rows.at(0).at(4), Cell(8.0));
  EXPECT_EQ(ends.rows.at(0).at(5), Cell(12.0));
  EXPECT_THAT(names(things(Bounds::none, {thing})),
              ElementsAre("thing", "size", "weight", "length_mean", "evidence"));
}

TEST(Columns, OfAllTablesAreOfOneMind) {
  for (const DictionaryPart& part : dictionary()) {
    for (const TableHeader& table : part.tables) {
      const Column* before = nullptr;
      std::size_t identities = 0;
      for (const Column& column : table.columns) {
        const std::string where = table.name + '.' + column.name;
        EXPECT_FALSE(column.title_key.empty()) << where;
        const bool words = column.kind == ColumnKind::identity || column.kind == ColumnKind::attribute;
        EXPECT_TRUE(words || column.type != CellType::text) << where;
        EXPECT_EQ(column.kind == ColumnKind::share,
                  !is_bound(column.kind) && (column.unit == "share" || column.unit == "probability"))
            << where;
        identities += column.kind == ColumnKind::identity;
        if (column.kind == ColumnKind::identity) {
          EXPECT_EQ(column.form, TableForm::brief)
              << where << ": a row of the short form is still told from others";
        }
        if (is_bound(column.kind)) {
          ASSERT_NE(before, nullptr) << where;
          EXPECT_EQ(column.unit, before->unit) << where;
          EXPECT_EQ(column.form, before->form) << where;
        }
        before = &column;
      }
      EXPECT_GT(identities, 0U) << table.name;
      EXPECT_EQ(table.columns.front().kind, ColumnKind::identity) << table.name;
    }
  }
}

}  // namespace
}  // namespace pishkhan::columns_test
