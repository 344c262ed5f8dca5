#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <sstream>

#include "models/province/csv.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/sha256.hpp"
#include "sim/base/sha256_blocks.hpp"
#include "tests/report/sample_results.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tools/report/csv_writer.hpp"
#include "tools/report/sqlite_reader.hpp"
#include "tools/report/sqlite_writer.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan::writers_test {
namespace {

namespace fs = std::filesystem;
using tests::read_text;
using tests::ScratchFolder;

const Table kTable = {{"things",
                       "Things, with \"odd\" text.",
                       {{"name", "", CellType::text, "Name."},
                        {"count", "things", CellType::integer, "Count."},
                        {"size", "s", CellType::real, "Size."}}},
                      {{std::string("plain"), std::int64_t{1}, 0.1},
                       {std::string("comma, \"quote\"\nand line"), std::int64_t{-5}, 1e300},
                       {std::string("ساری"), Cell(), Cell()},
                       {std::string(), std::int64_t{0}, -0.5}}};

TEST(CsvWriter, QuotesOnlyWhatItMust) {
  const ScratchFolder folder;
  CsvWriter writer(folder.path());
  write_table(writer, kTable);
  writer.finish();
  EXPECT_EQ(read_text(folder.path() / "things.csv"),
            "name,count,size\nplain,1,0.1\n\"comma, \"\"quote\"\"\nand line\",-5,1e+300\nساری,,\n,0,-0.5\n");
}

TEST(SqliteReader, ReadsWhatWasWritten) {
  const ScratchFolder folder;
  const fs::path file = folder.path() / "results.sqlite";
  SqliteWriter writer(file);
  write_table(writer, kTable);
  writer.finish();
  EXPECT_TRUE(read_tables(file, {"others"}).empty());
  const std::vector<Table> tables = read_tables(file, {"others", "things"});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].header.description, kTable.header.description);
  ASSERT_EQ(tables[0].header.columns.size(), kTable.header.columns.size());
  for (std::size_t i = 0; i < kTable.header.columns.size(); ++i) {
    EXPECT_EQ(tables[0].header.columns[i].name, kTable.header.columns[i].name);
    EXPECT_EQ(tables[0].header.columns[i].unit, kTable.header.columns[i].unit);
    EXPECT_EQ(tables[0].header.columns[i].type, kTable.header.columns[i].type);
  }
  EXPECT_EQ(tables[0].rows, kTable.rows);
  EXPECT_THROW((void)read_tables(folder.path() / "none.sqlite", {}), EnvironmentError);
}

TEST(CsvWriter, BeginsWithAByteOrderMarkWhereAskedTo) {
  const ScratchFolder folder;
  CsvWriter writer(folder.path(), true);
  write_table(writer, kTable);
  writer.finish();
  const std::string text = read_text(folder.path() / "things.csv");
  EXPECT_TRUE(text.starts_with("\xEF\xBB\xBFname,count"));
  std::vector<Diagnostic> mistakes;
  const CsvTable read = parse_csv(text, "things.csv", mistakes);
  EXPECT_TRUE(mistakes.empty());
  EXPECT_EQ(read.header.at(0).text, "name");
  EXPECT_EQ(read.rows.size(), kTable.rows.size());
}

TEST(CsvWriter, NumbersReadBackAsTheSameDouble) {
  for (const double value :
       {0.1, 1.0 / 3, 5e-324, std::numeric_limits<double>::max(), 123456789.123456789, -0.0, 1e22}) {
    std::string text;
    append_number(text, value);
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
    EXPECT_LE(text.size(), 24U);
  }
}

TEST(SqliteWriter, HoldsTheTablesAndTheirDictionary) {
  const ScratchFolder folder;
  const fs::path file = folder.path() / "results.sqlite";
  SqliteWriter writer(file);
  write_table(writer, kTable);
  writer.finish();
  const SQLite::Database database(file.string());
  SQLite::Statement rows(database,
                         "SELECT name, count, size, typeof(count), typeof(size) FROM things ORDER BY rowid");
  for (const Row& row : kTable.rows) {
    ASSERT_TRUE(rows.executeStep());
    EXPECT_EQ(rows.getColumn(0).getString(), std::get<std::string>(row[0]));
    EXPECT_EQ(rows.getColumn(3).getString(), row[1].index() == 0 ? "null" : "integer");
    EXPECT_EQ(rows.getColumn(4).getString(), row[2].index() == 0 ? "null" : "real");
    EXPECT_TRUE(row[2].index() == 0 || rows.getColumn(2).getDouble() == std::get<double>(row[2]));
  }
  EXPECT_FALSE(rows.executeStep());
  SQLite::Statement columns(
      database,
      "SELECT name, unit, type, description FROM columns WHERE table_name = 'things' ORDER BY position");
  for (const Column& column : kTable.header.columns) {
    ASSERT_TRUE(columns.executeStep());
    EXPECT_EQ(columns.getColumn(0).getString(), column.name);
    EXPECT_EQ(columns.getColumn(1).getString(), column.unit);
    EXPECT_EQ(columns.getColumn(3).getString(), column.description);
  }
  SQLite::Statement table(database, "SELECT description, rows FROM tables WHERE name = 'things'");
  ASSERT_TRUE(table.executeStep());
  EXPECT_EQ(table.getColumn(0).getString(), kTable.header.description);
  EXPECT_EQ(table.getColumn(1).getInt(), 4);
}

TEST(SqliteWriter, GivesTheSameBytesForTheSameTables) {
  const ScratchFolder folder;
  const Scenario scenario = tests::sample_province();
  const auto trials = tests::sample_trials(3);
  for (const char* name : {"a.sqlite", "b.sqlite"}) {
    SqliteWriter writer(folder.path() / name);
    for (const Table& table : make_tables({scenario, trials})) write_table(writer, table);
    writer.finish();
  }
  EXPECT_EQ(read_text(folder.path() / "a.sqlite"), read_text(folder.path() / "b.sqlite"));
}

/// Files may not grow past some bytes while one lives: how a full disk looks to a writer.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = SIG_DFL;
};

TEST(Writers, ReportAFullDisk) {
  const ScratchFolder folder;
  const Scenario scenario = tests::sample_province();
  const auto tables = make_tables({scenario, tests::sample_trials(3)});
  const auto write_all = [&](Writer& writer) {
    for (const Table& table : tables) write_table(writer, table);
    writer.finish();
  };
  const FileSizeLimit limit(4096);
  CsvWriter csv(folder.path());
  EXPECT_THROW(write_all(csv), EnvironmentError);
  EXPECT_THROW(
      {
        SqliteWriter sqlite(folder.path() / "results.sqlite");
        write_all(sqlite);
      },
      EnvironmentError);
}

TEST(Sha256, AgreesWithThePublishedExamples) {
  // FIPS 180-4 examples of NIST.
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, TheInstructionsDoAsThePlainCode) {
  AddSha256Blocks* const by_instructions = find_sha256_instructions();
  if (by_instructions == nullptr) GTEST_SKIP() << "this processor has none";
  std::string bytes;
  std::mt19937 random(1);
  for (std::size_t i = 0; i < 20 * kSha256BlockBytes; ++i) bytes += static_cast<char>(random() & 0xff);
  Sha256State plain{1, 2, 3, 4, 5, 6, 7, 8}, state = plain;
  add_sha256_blocks_plainly(plain, bytes.data(), 20);
  by_instructions(state, bytes.data(), 20);
  EXPECT_EQ(state, plain);
}

TEST(Sha256, OfPiecesIsThatOfTheWhole) {
  const std::string text(1000, 'a');
  for (const std::size_t piece : {1U, 63U, 64U, 65U, 130U}) {
    Sha256 hash;
    for (std::size_t at = 0; at < text.size(); at += piece)
      hash.add(std::string_view(text).substr(at, piece));
    EXPECT_EQ(hash.finish(), sha256(text)) << piece;
  }
}

}  // namespace
}  // namespace pishkhan::writers_test
