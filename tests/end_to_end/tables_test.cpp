// From the command line to the tables, for a province and for bare stations.
#include "tools/report/tables.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "models/province/csv.hpp"
#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::tables_test {
namespace {

namespace fs = std::filesystem;
using tests::read_text;
using tests::run_program;
using tests::ScratchFolder;
using tests::small_run;

CsvTable read_table(const fs::path& file) {
  std::vector<Diagnostic> mistakes;
  CsvTable table = read_csv(file, mistakes);
  EXPECT_TRUE(mistakes.empty()) << (mistakes.empty() ? "" : to_string(mistakes.front()));
  return table;
}

std::vector<std::string> column_names(const TableHeader& header) {
  std::vector<std::string> names;
  for (const Column& column : header.columns) names.push_back(column.name);
  return names;
}

/// A database cell as the CSV file should have it; numbers are compared as numbers.
void expect_same(const std::string& text, const SQLite::Column& cell, const std::string& where) {
  if (cell.isNull())
    EXPECT_EQ(text, "") << where;
  else if (cell.isInteger())
    EXPECT_EQ(text, std::to_string(cell.getInt64())) << where;
  else if (cell.isFloat())
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), cell.getDouble()) << where;
  else
    EXPECT_EQ(text, cell.getString()) << where;
}

void expect_table(const fs::path& folder, SQLite::Database& database, const TableHeader& header,
                  std::size_t rows) {
  const CsvTable csv = read_table(folder / (header.name + ".csv"));
  std::vector<std::string> names;
  for (const CsvCell& cell : csv.header) names.push_back(cell.text);
  EXPECT_EQ(names, column_names(header)) << header.name;
  EXPECT_EQ(csv.rows.size(), rows) << header.name;

  SQLite::Statement documented(
      database, "SELECT name, unit, description FROM columns WHERE table_name = ? ORDER BY position");
  documented.bind(1, header.name);
  for (const Column& column : header.columns) {
    ASSERT_TRUE(documented.executeStep()) << header.name;
    EXPECT_EQ(documented.getColumn(0).getString(), column.name);
    EXPECT_EQ(documented.getColumn(1).getString(), column.unit);
    EXPECT_EQ(documented.getColumn(2).getString(), column.description);
  }
  SQLite::Statement select(database, "SELECT * FROM \"" + header.name + "\" ORDER BY rowid");
  ASSERT_EQ(static_cast<std::size_t>(select.getColumnCount()), header.columns.size());
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    ASSERT_TRUE(select.executeStep()) << header.name << ", row " << i;
    for (std::size_t j = 0; j < header.columns.size(); ++j) {
      expect_same(csv.rows[i][j].text, select.getColumn(static_cast<int>(j)),
                  header.name + '.' + header.columns[j].name + ", row " + std::to_string(i));
    }
  }
  EXPECT_FALSE(select.executeStep()) << header.name;
}

void expect_tables(const fs::path& folder, const DictionaryPart& part,
                   const std::vector<InputFile>& inputs = {}) {
  const auto manifest = nlohmann::json::parse(read_text(folder / "manifest.json"));
  SQLite::Database database((folder / "results.sqlite").string());
  ASSERT_EQ(manifest["tables"].size(), part.tables.size());
  std::vector<std::string> files{"manifest.json", "results.sqlite"};
  for (std::size_t i = 0; i < part.tables.size(); ++i) {
    EXPECT_EQ(manifest["tables"][i]["name"], part.tables[i].name);
    files.push_back(part.tables[i].name + ".csv");
    expect_table(folder, database, part.tables[i], manifest["tables"][i]["rows"]);
  }
  for (const InputFile& table : inputs) files.push_back("input_" + table.key + ".csv");
  std::sort(files.begin(), files.end());
  EXPECT_EQ(ScratchFolder::names(folder), files);
}

TEST(Tables, OfAProvinceAreAsTheDictionarySays) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  // A run with all that some runs have tables of.
  const std::string observed = "observed=scenarios/examples/counted-offices.csv";
  const std::string appointments =
      "appointments=[{services: [civil-registration-smart-id-change], at: {agency: civil-registration}, "
      "share: 20%, slots: [{hours: '08:00-12:00', number: 20}]}]";
  const auto finished =
      run_program(small_run(out, {"--visits=2%", "--set", observed, "--set", "run.inputs=sampled", "--set",
                                  "output.queues=true", "--set", appointments}));
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  expect_tables(out, dictionary()[0],
                *load_scenario(tests::source_dir() / "scenarios/quickstart.yaml", {observed}).inputs);
  const auto manifest = nlohmann::json::parse(read_text(out / "manifest.json"));
  EXPECT_EQ(manifest["replications"], 2);
  EXPECT_EQ(manifest["scenario"]["file"], "quickstart.yaml");
  EXPECT_TRUE(manifest["audit"]["passed"]);
  EXPECT_GT(manifest["audit"]["checks"], 0);
  EXPECT_EQ(manifest["tables"].back()["name"], "visits");
  EXPECT_GT(manifest["tables"].back()["rows"], 1000);
}

TEST(Tables, OfBareStationsAreAsTheDictionarySays) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const auto finished = run_program({"run", "tests/scenarios/valid/bare-by-days.yaml", "--set", "run.days=3",
                                     "--set", "output.queues=true", "--set", "stations.bank.name=Named",
                                     "--replications", "3", "--visits", "--out", out.string()});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  expect_tables(out, dictionary()[1]);
}

TEST(Tables, AddUp) {
  // The same visits, seen as offices, counties and channels.
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  ASSERT_EQ(run_program(small_run(out, {"--format", "csv"})).exit_code, 0);
  EXPECT_FALSE(fs::exists(out / "results.sqlite"));
  const auto total = [&](const std::string& name, const std::string& channel, const std::string& column) {
    const CsvTable table = read_table(out / (name + ".csv"));
    const std::size_t at = table.find(column).value();
    double sum = 0;
    for (const auto& row : table.rows) {
      if (!channel.empty() && row[table.find("channel").value()].text != channel) continue;
      if (table.find("warm_up") && row[*table.find("warm_up")].text == "1") continue;
      sum += std::strtod(row[at].text.c_str(), nullptr);
    }
    return sum;
  };
  for (const std::string column : {"arrived_mean", "served_mean", "balked_mean", "abandoned_mean"}) {
    const double offices = total("offices", "", column);
    EXPECT_GT(offices, 0) << column;
    for (const std::string table : {"counties", "channels", "services", "agencies", "days"})
      EXPECT_NEAR(total(table, "office", column), offices, 1e-6 * (1 + offices)) << table << '.' << column;
    const double counters = total("counters", "", column);
    EXPECT_NEAR(total("channels", "traditional", column), counters, 1e-6 * (1 + counters)) << column;
  }
  double outcomes = 0;
  for (const char* column : {"served", "abandoned", "balked", "sent_away", "inside", "failed"})
    outcomes += total("channels", "", std::string(column) + "_mean");
  EXPECT_NEAR(outcomes, total("channels", "", "arrived_mean"), 1e-6 * outcomes);
  EXPECT_NEAR(total("office_hours", "", "arrived_mean"), total("offices", "", "arrived_mean"), 1e-3);
  EXPECT_NEAR(total("hours", "office", "staffed_s_mean"), total("offices", "", "staffed_s_mean"), 1);
}

TEST(Tables, UtilizationIsHandlingAndWaiting) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const auto finished = run_program({"run", "tests/scenarios/valid/backbone-in-trouble.yaml", "--quiet",
                                     "--format", "csv", "--out", out.string()});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  for (const char* name : {"offices", "counters"}) {
    const CsvTable table = read_table(out / (std::string(name) + ".csv"));
    for (const auto& row : table.rows) {
      const auto value = [&](const char* column) {
        return std::strtod(row[table.find(column).value()].text.c_str(), nullptr);
      };
      EXPECT_NEAR(value("handling_share_mean") + value("waiting_share_mean"), value("utilization_mean"),
                  1e-12);
      double outcomes = 0;
      for (const char* column :
           {"served_mean", "abandoned_mean", "balked_mean", "sent_away_mean", "inside_mean", "failed_mean"})
        outcomes += value(column);
      EXPECT_NEAR(outcomes, value("arrived_mean"), 1e-9 * (1 + outcomes));
    }
  }
  // Both kinds of trouble are there, so that the above says something.
  const CsvTable lost = read_table(out / "lost_clerk_hours.csv");
  for (const auto& row : lost.rows) {
    if (row[lost.find("agency").value()].text != "all") continue;
    EXPECT_GT(std::strtod(row[lost.find("lost_clerk_h_mean").value()].text.c_str(), nullptr), 0)
        << row[lost.find("cause").value()].text;
  }
}

TEST(Tables, AreTheSameBytesOnAnyNumberOfThreads) {
  const ScratchFolder scratch;
  std::map<std::string, std::string> first;
  for (const char* threads : {"1", "2", "7"}) {
    const fs::path out = scratch.path() / threads;
    const auto finished =
        run_program(small_run(out, {"--threads", threads, "--replications", "5", "--visits=1%"}));
    ASSERT_EQ(finished.exit_code, 0) << finished.error;
    const auto files = tests::read_folder(out);
    if (first.empty()) first = files;
    ASSERT_EQ(files.size(), first.size());
    for (const auto& [name, bytes] : files)
      EXPECT_TRUE(bytes == first[name]) << name << " differs on " << threads;
  }
  EXPECT_TRUE(first.contains("visits.csv"));
  for (const auto& [name, bytes] : first)
    EXPECT_EQ(bytes.find(scratch.path().string()), std::string::npos) << name << " tells where it was made";
}

}  // namespace
}  // namespace pishkhan::tables_test
