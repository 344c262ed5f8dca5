#include "models/province/province.hpp"

#include <gtest/gtest.h>

#include "models/province/province_columns.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::province_test {
namespace {

TEST(MayGive, DependsOnRankAndKind) {
  Office office;
  Service service;
  service.lowest_rank = 2;
  service.at_rural_offices = false;
  for (const auto& [kind, rank, expected] :
       {std::tuple(Kind::urban, 1, true), std::tuple(Kind::urban, 2, true), std::tuple(Kind::urban, 3, false),
        std::tuple(Kind::rural, 1, false)}) {
    office.kind = kind;
    office.rank = rank;
    EXPECT_EQ(may_give(office, service, ServiceId(3)), expected) << to_string(kind) << ' ' << rank;
  }
  service.at_rural_offices = true;
  EXPECT_TRUE(may_give(Kind::rural, 2, service));
  EXPECT_FALSE(may_give(Kind::rural, 3, service));
}

TEST(MayGive, OfficesThatAreNamedMayWhateverTheirRankAndKind) {
  Office office;
  office.kind = Kind::rural;
  office.rank = 3;
  Service service;
  service.lowest_rank = 1;
  service.at_rural_offices = false;
  office.also_gives = {ServiceId(2), ServiceId(5)};
  EXPECT_TRUE(may_give(office, service, ServiceId(5)));
  EXPECT_FALSE(may_give(office, service, ServiceId(3)));
}

struct Thing {
  std::string id;
  int size = 7;
  double weight = 0;
};

InputTable<Thing> things(IdTable& ids) {
  InputTable<Thing> table("things", "Things.");
  table.required("id", &Thing::id, cell::new_id(ids), "Id of the thing.");
  table.optional("size", &Thing::size, cell::whole(1, 9, "m"), 3, "How long.");
  table.required("weight", &Thing::weight, cell::number(0, 10), "How heavy.");
  return table;
}

std::vector<Thing> read_things(const std::string& text, std::vector<Diagnostic>& mistakes) {
  IdTable ids("thing");
  const InputTable<Thing> table = things(ids);
  TableReader reader = table.open(parse_csv(text, "things.csv", mistakes), mistakes);
  std::vector<Thing> rows;
  while (reader.next()) rows.push_back(table.read(reader));
  return rows;
}

TEST(InputTable, ReadsColumnsInAnyOrder) {
  std::vector<Diagnostic> mistakes;
  const auto rows = read_things("weight,size,id\n2.5,4,a\n1,,b\n", mistakes);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].size, 4);
  EXPECT_EQ(rows[0].weight, 2.5);
  EXPECT_EQ(rows[1].id, "b");
  EXPECT_EQ(rows[1].size, 3) << "an empty cell has the preset";
  EXPECT_TRUE(mistakes.empty());
}

TEST(InputTable, PresetStandsInForAColumnLeftOut) {
  std::vector<Diagnostic> mistakes;
  const auto rows = read_things("id,weight\na,1\n", mistakes);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].size, 3);
  EXPECT_TRUE(mistakes.empty());
}

TEST(InputTable, ARequiredColumnIsRequired) {
  std::vector<Diagnostic> mistakes;
  EXPECT_EQ(read_things("id,size\na,1\n", mistakes).size(), 1u) << "its other mistakes are told too";
  ASSERT_EQ(mistakes.size(), 1u);
  EXPECT_EQ(mistakes[0].path, "weight");
}

TEST(InputTable, ChecksOptionalCellsToo) {
  std::vector<Diagnostic> mistakes;
  (void)read_things("id,size,weight\na,10,1\n", mistakes);
  ASSERT_EQ(mistakes.size(), 1u);
  EXPECT_EQ(mistakes[0].path, "a.size");
  EXPECT_EQ(mistakes[0].hint, "from 1 to 9");
}

TEST(InputTable, WritesAllColumnsAndDocumentsThem) {
  IdTable ids("thing");
  EXPECT_EQ(things(ids).write({{"a", 2, 0.123456}, {"b", 3, 1e6}}),
            "id,size,weight\na,2,0.12346\nb,3,1000000\n");
  EXPECT_EQ(markdown({things(ids).description()}),
            "\n## things.csv\n\nThings.\n\n"
            "| column | values | unit | if left out | meaning |\n|---|---|---|---|---|\n"
            "| id | id, once only |  | required | Id of the thing. |\n"
            "| size | 1 to 9, whole | m | 3 | How long. |\n"
            "| weight | 0 to 10 |  | required | How heavy. |\n");
}

}  // namespace
}  // namespace pishkhan::province_test
