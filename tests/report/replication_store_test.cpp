#include "tools/report/replication_store.hpp"

#include <gtest/gtest.h>

#include "models/trial/result_bytes.hpp"
#include "sim/base/diagnostic.hpp"
#include "tests/report/read_table.hpp"
#include "tests/report/sample_results.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/replication_table.hpp"

namespace pishkhan::replication_store_test {
namespace {

TEST(ReplicationStore, GivesBackAllReplicationsOrOne) {
  const tests::ScratchFolder scratch;
  const auto file = scratch.path() / kStoreFile;
  const auto trials = tests::sample_trials(3);
  write_store(file, {"0.1.0", "abc", 7}, trials);
  const auto all = read_store(file, "abc");
  ASSERT_EQ(all.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(to_bytes(all[i]), to_bytes(trials[i])) << i;
  const auto one = read_store(file, "abc", 1);
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(to_bytes(one[0]), to_bytes(trials[1]));
  const std::string text = tests::read_text(file);
  EXPECT_EQ(text.substr(0, text.find('\n')), "pishkhan replications " + std::to_string(kResultLayout));
  EXPECT_NE(text.find("\"seed\":7"), std::string::npos);
}

TEST(ReplicationStore, RefusesWhatIsNotOfTheRun) {
  const tests::ScratchFolder scratch;
  const auto file = scratch.path() / kStoreFile;
  EXPECT_THROW(read_store(file, "abc"), EnvironmentError);
  write_store(file, {"0.1.0", "abc", 7}, tests::sample_trials(2));
  EXPECT_THROW(read_store(file, "other"), UserError);
  EXPECT_THROW(read_store(file, "abc", 2), UserError);
  const std::string bytes = tests::read_text(file);
  std::filesystem::remove(file);
  write_file(file, bytes.substr(0, bytes.size() - 1));
  EXPECT_THROW(read_store(file, "abc"), EnvironmentError);
  std::filesystem::remove(file);
  write_file(file, "pishkhan replications 0\n" + bytes.substr(bytes.find('\n') + 1));
  EXPECT_THROW(read_store(file, "abc"), UserError);
}

TEST(ReplicationStore, NoticesEveryDamagedByte) {
  const tests::ScratchFolder scratch;
  const auto file = scratch.path() / kStoreFile;
  write_store(file, {"0.1.0", "abc", 7}, tests::sample_trials(2));
  const std::string bytes = tests::read_text(file);
  const std::size_t step = 1 + bytes.size() / 300;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 1 << at % 8);
    std::filesystem::remove(file);
    write_file(file, damaged);
    EXPECT_ANY_THROW(read_store(file, "abc")) << at;
    EXPECT_ANY_THROW(read_store(file, "abc", 0)) << at;
  }
  for (const std::string& damaged : {bytes + '\n', std::string("pishkhan"), std::string()}) {
    std::filesystem::remove(file);
    write_file(file, damaged);
    EXPECT_ANY_THROW(read_store(file, "abc"));
  }
}

TEST(ReplicationTable, HasNumbersOfOneReplication) {
  const Scenario scenario = tests::sample_province();
  const auto trials = tests::sample_trials(3);
  const Table table = make_replication_table(scenario, std::span(trials).last(1), 2, "offices");
  ASSERT_EQ(table.rows.size(), scenario.province->offices.size());
  EXPECT_EQ(tests::cell(table, 0, "replication"), Cell(std::int64_t{2}));
  EXPECT_DOUBLE_EQ(tests::number(table, 1, "arrived_mean"), 10 * 6);
  EXPECT_DOUBLE_EQ(tests::number(table, 1, "wait_s_mean"), 100);
  for (const Column& column : table.header.columns) EXPECT_FALSE(is_bound(column.kind)) << column.name;
}

/// Counts add up over replications to what the table of all of them says, in all tables that can be made.
TEST(ReplicationTable, AgreesWithTheTablesOfAllReplications) {
  const Scenario scenario = tests::sample_province();
  const auto trials = tests::sample_trials(3);
  const std::vector<std::string> names = find_names_by_replication(scenario);
  EXPECT_EQ(names.size(), 21U);
  for (const std::string& name : names) {
    const Table all = maker_of_table(scenario, name)({scenario, trials});
    const Table each = make_replication_table(scenario, trials, 0, name);
    for (std::size_t c = 0; c < all.header.columns.size(); ++c) {
      const Column& column = all.header.columns[c];
      if (column.kind != ColumnKind::count || column.bounds == Bounds::none) continue;
      double of_all = 0, of_each = 0;
      for (const Row& row : all.rows)
        if (const double* mean = std::get_if<double>(&row[c])) of_all += 3 * *mean;
      for (std::size_t row = 0; row < each.rows.size(); ++row) {
        const Cell& cell = tests::cell(each, row, column.name);
        if (const double* value = std::get_if<double>(&cell)) of_each += *value;
      }
      EXPECT_NEAR(of_each, of_all, 1e-9 * of_all) << name << ": " << column.name;
    }
  }
}

}  // namespace
}  // namespace pishkhan::replication_store_test
