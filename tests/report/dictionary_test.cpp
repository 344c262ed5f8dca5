#include <gtest/gtest.h>

#include <map>

#include "tests/report/sample_results.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"
#include "tools/report/tables.hpp"
#include "tools/report/visits.hpp"
#include "tools/sweep/sweep_tables.hpp"

namespace pishkhan::dictionary_test {
namespace {

TEST(Dictionary, IsWhatTheResultsFolderSays) {
  EXPECT_TRUE(tests::read_text(tests::source_dir() / "results/README.md") ==
              dictionary_markdown({study_dictionary()}))
      << "write it again: pishkhan dictionary > results/README.md";
}

void expect_documented(const std::vector<Table>& tables, const DictionaryPart& part) {
  ASSERT_EQ(tables.size() + 1, part.tables.size()) << "every table and the visits";
  for (std::size_t i = 0; i < tables.size(); ++i) {
    EXPECT_EQ(tables[i].header.name, part.tables[i].name);
    ASSERT_EQ(tables[i].header.columns.size(), part.tables[i].columns.size()) << part.tables[i].name;
    for (std::size_t j = 0; j < tables[i].header.columns.size(); ++j) {
      const Column& written = tables[i].header.columns[j];
      const Column& documented = part.tables[i].columns[j];
      EXPECT_EQ(written.name, documented.name);
      EXPECT_EQ(written.unit, documented.unit) << written.name;
      EXPECT_EQ(written.type, documented.type) << written.name;
      EXPECT_EQ(written.description, documented.description) << written.name;
      EXPECT_EQ(written.kind, documented.kind) << written.name;
    }
  }
}

TEST(Dictionary, CoversWhatIsWritten) {
  Scenario stations = tests::sample_stations(true), province = tests::sample_province();
  stations.queues = province.queues = true;
  stations.stations.front().name_en = "name";
  province.appointments.emplace_back();
  province.economics.emplace().office_share.assign(province.province->services.size(), 0.5);
  province.observations.emplace_back();
  province.run.inputs = RunInputs::sampled;
  const auto parts = dictionary();
  expect_documented(make_tables({province, tests::sample_trials(2)}), parts[0]);
  expect_documented(make_tables({stations, {tests::sample_station_trial(0)}}), parts[1]);
}

TEST(Dictionary, GivesEveryColumnOneMeaning) {
  // The same column name has the same unit wherever it stands.
  std::map<std::string, std::string> units;
  for (const auto& part : dictionary()) {
    for (const auto& table : part.tables) {
      EXPECT_FALSE(table.description.empty()) << table.name;
      for (const auto& column : table.columns) {
        const auto [known, fresh] = units.emplace(column.name, column.unit);
        EXPECT_EQ(known->second, column.unit) << table.name << '.' << column.name;
        EXPECT_EQ(column.description.find('|'), std::string::npos) << "breaks the Markdown table";
      }
    }
  }
}

}  // namespace
}  // namespace pishkhan::dictionary_test
