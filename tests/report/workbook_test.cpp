#include "tools/workbook/workbook.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "sim/base/diagnostic.hpp"
#include "tests/report/sample_results.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"
#include "tools/report/authorisation_tables.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/csv_writer.hpp"
#include "tools/report/placement_tables.hpp"
#include "tools/report/short_form.hpp"
#include "tools/report/siting_tables.hpp"
#include "tools/report/staffing_frontier.hpp"
#include "tools/report/tables.hpp"
#include "tools/report/wave_tables.hpp"
#include "tools/workbook/sheet_table.hpp"

namespace pishkhan::workbook::workbook_test {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Pair;
using tests::read_text;
using tests::ScratchFolder;

constexpr Language kLanguages[] = {Language::persian, Language::english};

const char* code_of(Language language) { return language == Language::persian ? "fa" : "en"; }

/// A run with its tables.
struct SampleRun {
  explicit SampleRun(Scenario of, std::vector<TrialResult> made)
      : scenario(std::move(of)), trials(std::move(made)) {
    std::vector<Without> without;
    std::vector<Change> changes;
    if (scenario.province) {
      without.push_back({CostOf::outages, {trials.rbegin(), trials.rend()}});
      Change& change = changes.emplace_back();
      change.verb = "migrations";
      change.item = "forms-move";
      change.quantity = "citizens moved";
      change.unit = "citizens";
      change.asked = 12;
      change.reached = 9.5;
      change.why = "3 beyond the zones' digital access";
    }
    tables = make_tables({scenario, trials, without, changes});
  }
  [[nodiscard]] page::PageSource source() const {
    page::PageSource all{scenario, record, {}};
    for (const Table& table : tables) all.tables.push_back(&table);
    return all;
  }
  [[nodiscard]] const Table& table(const std::string& name) const {
    return *std::find_if(tables.begin(), tables.end(),
                         [&](const Table& one) { return one.header.name == name; });
  }

  Scenario scenario;
  std::vector<TrialResult> trials;
  page::RunRecord record{"0.1.0", 300, 36, {{"notice.special_days_outside_run", {text_value("id", "=1+1")}}}};
  std::vector<Table> tables;
};

SampleRun sample_run_of(std::size_t replications) {
  Scenario scenario = tests::sample_province();
  scenario.run.replications = static_cast<int>(replications);
  return SampleRun(std::move(scenario), tests::sample_trials(replications));
}

/// Names that a spreadsheet would take for a formula, a number or markup.
SampleRun hostile_run() {
  Scenario scenario = tests::sample_province();
  scenario.title = "=HYPERLINK(\"http://example.org\";\"click\") & <b>'quoted'</b>";
  Province& province = *scenario.province;
  province.counties[0].name_fa = province.counties[0].name_en = "+1, \"ساری\"";
  province.counties[1].name_fa = province.counties[1].name_en = "@SUM(A1)";
  province.offices[0].name_fa = province.offices[0].name_en = "=1+1";
  province.offices[1].name_fa = province.offices[1].name_en = "-2";
  province.offices[2].name_fa = province.offices[2].name_en = "]]><script>alert(1)</script>";
  province.services[0].name_fa = province.services[0].name_en = "{=A1}";
  province.services[1].name_fa = province.services[1].name_en = "https://example.org/?a=1&b=2";
  return SampleRun(std::move(scenario), tests::sample_trials(3));
}

SampleRun bare_run(bool by_days) {
  std::vector<TrialResult> trials;
  for (std::uint64_t i = 0; i < 2; ++i) trials.push_back(tests::sample_station_trial(i));
  return SampleRun(tests::sample_stations(by_days), std::move(trials));
}

std::optional<SheetTable> sheet_of(const Table& table, const Scenario& scenario, Language language) {
  const Texts texts(language);
  return make_sheet_table(table, CellWords(scenario, texts));
}

const SheetColumn* find(const SheetTable& table, const std::string& quantity) {
  for (const SheetColumn& column : table.columns)
    if (column.quantity == quantity) return &column;
  return nullptr;
}

/// The shown columns of a made table, which needs no texts of its own: hours.
Table made_table(std::vector<Row> rows) {
  Table table;
  table.header.name = "hours";
  table.header.columns = {
      plain_column(ColumnKind::identity, "hour", "h", CellType::integer, "", TableForm::brief),
      plain_column(ColumnKind::identity, "channel", "", CellType::text, "", TableForm::brief),
  };
  const Quantity wait{"wait_s", "s", ColumnKind::mean, "", TableForm::brief, Bounds::low_and_high};
  for (Column& column : estimate_columns(wait)) table.header.columns.push_back(std::move(column));
  table.header.columns.push_back(
      plain_column(ColumnKind::attribute, "evidence", "", CellType::text, "", TableForm::brief));
  table.header.columns.push_back(
      plain_column(ColumnKind::attribute, "note", "", CellType::text, "", TableForm::full));
  table.rows = std::move(rows);
  return table;
}

TEST(SheetTable, NumbersAreRoundedAsTheirIntervalTells) {
  const Table table = made_table({{std::int64_t{8}, "office", 90.4, 84.0, 96.0, "assumed", "x"},
                                  {std::int64_t{9}, "office", 6010.0, 4810.0, 7210.0, "assumed", "x"},
                                  {std::int64_t{10}, "office", {}, {}, {}, "assumed", "x"}});
  const auto sheet = sheet_of(table, tests::sample_province(), Language::english);
  ASSERT_TRUE(sheet);
  ASSERT_EQ(sheet->columns.size(), 4U);
  EXPECT_EQ(sheet->columns[1].title, "wait of the served (min)");
  EXPECT_EQ(sheet->columns[2].title, "wait of the served (min), from");
  EXPECT_EQ(sheet->columns[3].title, "wait of the served (min), to");
  // 1.5067 +- 0.1 minutes, and 100.17 +- 20.
  EXPECT_EQ(sheet->columns[1].cells[0], SheetCell(NumberCell{1.51, 2, false}));
  EXPECT_EQ(sheet->columns[2].cells[0], SheetCell(NumberCell{1.40, 2, false}));
  EXPECT_EQ(sheet->columns[3].cells[0], SheetCell(NumberCell{1.60, 2, false}));
  EXPECT_EQ(sheet->columns[1].cells[1], SheetCell(NumberCell{100, 0, false}));
  EXPECT_EQ(sheet->columns[3].cells[1], SheetCell(NumberCell{120, 0, false}));
  EXPECT_EQ(sheet->columns[1].cells[2], SheetCell());
}

TEST(SheetTable, WhatIsTheSameInAllRowsIsSaidOnce) {
  const Table table = made_table({{std::int64_t{8}, "office", 90.4, 84.0, 96.0, "assumed", "x"},
                                  {std::int64_t{9}, "office", 60.4, 54.0, 66.0, "assumed", "x"}});
  const auto sheet = sheet_of(table, tests::sample_province(), Language::persian);
  ASSERT_TRUE(sheet);
  EXPECT_FALSE(find(*sheet, "channel"));
  EXPECT_THAT(sheet->same_in_all_rows, Contains(Pair("کانال", "دفتر پیشخوان")));
  EXPECT_THAT(sheet->same_in_all_rows, Contains(Pair("شاهد", "فرضی")));
  // Of a single row nothing is left out.
  EXPECT_TRUE(
      find(*sheet_of(made_table({table.rows[0]}), tests::sample_province(), Language::persian), "channel"));
}

TEST(SheetTable, TablesThatSayNothingHaveNoSheet) {
  EXPECT_FALSE(sheet_of(made_table({}), tests::sample_province(), Language::persian));
  EXPECT_FALSE(sheet_of(made_table({{std::int64_t{8}, "office", {}, {}, {}, {}, "x"},
                                    {std::int64_t{9}, "online", {}, {}, {}, {}, "x"}}),
                        tests::sample_province(), Language::persian));
}

TEST(SheetTable, OneReplicationHasNamesAndNoEstimates) {
  const SampleRun run = sample_run_of(1);
  const auto offices = sheet_of(run.table("offices"), run.scenario, Language::english);
  ASSERT_TRUE(offices);
  EXPECT_TRUE(find(*offices, "office"));
  EXPECT_TRUE(find(*offices, "clerks"));
  EXPECT_FALSE(find(*offices, "arrived"));
  EXPECT_FALSE(sheet_of(run.table("office_hours"), run.scenario, Language::english));
}

TEST(SheetTable, ReasonsAndGroupsAreInTheLanguage) {
  const SampleRun run = sample_run_of(2);
  const auto changes = sheet_of(run.table("changes"), run.scenario, Language::persian);
  ASSERT_TRUE(changes);
  EXPECT_EQ(find(*changes, "quantity")->cells[0],
            SheetCell(Texts(Language::persian).at("change.citizens moved")));
  EXPECT_EQ(std::get<std::string>(find(*changes, "why")->cells[0]).find("۳"), 0U);
  const auto summary = sheet_of(run.table("summary"), run.scenario, Language::english);
  ASSERT_TRUE(summary);
  EXPECT_THAT(find(*summary, "group")->cells, Contains(SheetCell(std::string("migration forms-move"))));
  EXPECT_THAT(find(*summary, "group")->cells, Contains(SheetCell(std::string("rural offices"))));
}

TEST(SheetTable, DatesStandInBothCalendarsAndIdsBesideNames) {
  const SampleRun run = sample_run_of(3);
  const auto days = sheet_of(run.table("days"), run.scenario, Language::persian);
  ASSERT_TRUE(days);
  EXPECT_EQ(find(*days, "date_solar_hijri")->cells[0], SheetCell(std::string("۱۳۹۵/۰۱/۱۴")));
  EXPECT_EQ(find(*days, "date_gregorian")->cells[0], SheetCell(DateCell{16893}));
  const auto counties = sheet_of(run.table("counties"), run.scenario, Language::persian);
  ASSERT_TRUE(counties);
  EXPECT_EQ(find(*counties, "county")->cells[0], SheetCell(std::string("sari")));
  EXPECT_EQ(find(*counties, "name")->cells[0], SheetCell(std::string("ساری")));
  EXPECT_EQ(find(*sheet_of(run.table("offices"), run.scenario, Language::persian), "county")->cells[0],
            SheetCell(std::string("ساری")));
}

TEST(Workbook, SameRunGivesSameBytesLater) {
  const SampleRun run = sample_run_of(3);
  const ScratchFolder folder;
  for (const Language language : kLanguages) {
    write_workbook(folder.path() / "first.xlsx", run.source(), language);
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    write_workbook(folder.path() / "second.xlsx", run.source(), language);
    EXPECT_EQ(read_text(folder.path() / "first.xlsx"), read_text(folder.path() / "second.xlsx"));
    for (const char* name : {"first.xlsx", "second.xlsx"}) std::filesystem::remove(folder.path() / name);
  }
}

TEST(Workbook, FailsWithAReasonWhereNothingCanBeWritten) {
  const ScratchFolder folder;
  EXPECT_THROW(
      write_workbook(folder.path() / "none" / "workbook.xlsx", sample_run_of(2).source(), Language::english),
      EnvironmentError);
}

/// A Python that has openpyxl, which Debian gives to its own; empty if there is none.
std::string python_with_openpyxl() {
  for (const char* python : {"python3", "/usr/bin/python3"})
    if (std::system((std::string(python) + " -c 'import openpyxl' 2>/dev/null").c_str()) == 0) return python;
  return "";
}

class ReadBack : public ::testing::Test {
 protected:
  void SetUp() override {
    python_ = python_with_openpyxl();
    if (python_.empty()) GTEST_SKIP() << "python3-openpyxl is missing; tools/install installs it";
  }
  /// Writes CSV and workbook and compares them.
  void expect_agreement(const SampleRun& run) const {
    const ScratchFolder folder;
    CsvWriter csv(folder.path());
    for (const Table& table : run.tables) write_table(csv, table);
    const auto root = tests::source_dir();
    for (const Language language : kLanguages) {
      write_workbook(folder.path() / file_name(language), run.source(), language);
      const std::string code = code_of(language);
      const std::string command = python_ + " -B '" + (root / "tests/report/read_workbook.py").string() +
                                  "' '" + folder.path().string() + "' " + code + " '" +
                                  (root / "tools/texts" / (code + ".json")).string() + "'";
      EXPECT_EQ(std::system(command.c_str()), 0);
    }
  }

 private:
  std::string python_;
};

TEST_F(ReadBack, NumbersAndLayoutAgreeWithCsv) { expect_agreement(sample_run_of(3)); }
TEST_F(ReadBack, HostileNamesAreTexts) { expect_agreement(hostile_run()); }
TEST_F(ReadBack, OneReplication) { expect_agreement(sample_run_of(1)); }
TEST_F(ReadBack, BareStations) {
  for (const bool by_days : {true, false}) expect_agreement(bare_run(by_days));
}

/// Numbers of the columns of a quantity: its values, or the ends of its interval.
using Numbers = std::map<std::pair<std::string, ColumnKind>, std::vector<std::optional<double>>>;

Numbers numbers_of_sheet(const SheetTable& sheet) {
  Numbers numbers;
  for (const SheetColumn& column : sheet.columns) {
    auto& of = numbers[{column.quantity, column.kind}];
    for (const SheetCell& cell : column.cells) {
      const auto* number = std::get_if<NumberCell>(&cell);
      of.push_back(number ? std::optional(number->value) : std::nullopt);
    }
  }
  return numbers;
}

/// The short form of CSV and the workbook have the same numbers.
TEST(ShortForm, AgreesWithTheWorkbook) {
  std::size_t compared = 0;
  for (const SampleRun& run : {sample_run_of(3), bare_run(true)}) {
    for (const Table& table : run.tables) {
      const auto sheet = sheet_of(table, run.scenario, Language::persian);
      const auto brief = short_form(table);
      if (!sheet || !brief) continue;
      const Numbers of_sheet = numbers_of_sheet(*sheet);
      for (std::size_t i = 0; i < brief->header.columns.size(); ++i) {
        const Column& column = brief->header.columns[i];
        const auto found = of_sheet.find({column.title_key.substr(7), column.kind});
        if (column.type == CellType::text || found == of_sheet.end()) continue;
        for (std::size_t row = 0; row < brief->rows.size(); ++row) {
          const auto* digits = std::get_if<std::string>(&brief->rows[row][i]);
          ASSERT_EQ(digits != nullptr, found->second[row].has_value()) << table.header.name << column.name;
          if (!digits) continue;
          EXPECT_EQ(std::strtod(digits->c_str(), nullptr), *found->second[row])
              << table.header.name << ' ' << column.name;
          ++compared;
        }
      }
    }
  }
  EXPECT_GT(compared, 300U);
}

/// Keys of a catalogue that begin with a text, without it.
std::set<std::string> keys_of(Language language, const std::string& beginning) {
  const Texts texts(language);
  std::set<std::string> keys;
  for (const auto& [key, text] : texts.all())
    if (key.starts_with(beginning)) keys.insert(key.substr(beginning.size()));
  return keys;
}

/// Quantities that the tables summary and costs name in their rows, and titles that only the page has.
std::set<std::string> titles_of_no_column(const std::vector<Table>& tables) {
  // in_time: the value of the target by which stations are judged, in their tables.
  std::set<std::string> names{"name", "date", "in_time"};
  for (const Table& table : tables) {
    for (std::size_t i = 0; i < table.header.columns.size(); ++i) {
      const std::string& column = table.header.columns[i].name;
      if (column != "quantity" && column != "measure") continue;
      for (const Row& row : table.rows) names.insert(std::get<std::string>(row[i]));
    }
  }
  return names;
}

/// Of runs, staffings, decisions and plans, which have a sheet for each.
std::vector<TableHeader> tables_of_sheets() {
  std::vector<TableHeader> tables = staffing_headers();
  for (const auto& more : {plan_headers(), placement_headers(), siting_headers(), authorisation_headers()})
    tables.insert(tables.end(), more.begin(), more.end());
  for (const DictionaryPart& part : dictionary())
    tables.insert(tables.end(), part.tables.begin(), part.tables.end());
  return tables;
}

TEST(TextsOfTables, EveryBriefColumnHasATitleAndNoTitleIsStale) {
  std::set<std::string> brief, all = titles_of_no_column(sample_run_of(2).tables);
  for (const TableHeader& table : tables_of_sheets()) {
    for (const Column& column : table.columns) {
      ASSERT_TRUE(column.title_key.starts_with("column."));
      all.insert(column.title_key.substr(7));
      if (column.form == TableForm::brief) brief.insert(column.title_key.substr(7));
    }
  }
  // Which pages show, and no workbook.
  for (const TableHeader& table : comparison_dictionary().tables)
    for (const Column& column : table.columns) all.insert(column.title_key.substr(7));
  for (const Language language : kLanguages) {
    const std::set<std::string> titles = keys_of(language, "column.");
    std::vector<std::string> missing, stale;
    std::ranges::set_difference(brief, titles, std::back_inserter(missing));
    std::ranges::set_difference(titles, all, std::back_inserter(stale));
    EXPECT_THAT(missing, IsEmpty()) << code_of(language);
    EXPECT_THAT(stale, IsEmpty()) << code_of(language);
  }
}

TEST(TextsOfTables, TitlesOfTablesAreNamesOfSheets) {
  std::set<std::string> tables;
  for (const TableHeader& table : tables_of_sheets())
    if (table.name != "visits") tables.insert(table.name);
  for (const Language language : kLanguages) {
    EXPECT_EQ(keys_of(language, "table."), tables) << code_of(language);
    const Texts texts(language);
    std::set<std::string> titles{texts.at("book.first"), texts.at("book.charts")};
    for (const std::string& table : tables) {
      const std::string& title = texts.at("table." + table);
      EXPECT_EQ(title.find_first_of("[]:*?/\\&'"), std::string::npos) << title;
      const auto characters = std::ranges::count_if(
          title, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; });
      EXPECT_LE(characters, 31) << title;
      EXPECT_TRUE(titles.insert(title).second) << title;
    }
  }
}

TEST(TextsOfTables, TitlesOfOtherSheetsAreNamesOfSheetsToo) {
  for (const Language language : kLanguages) {
    const Texts texts(language);
    std::set<std::string> titles;
    for (const char* first : {"book.first_of_comparison", "book.first_of_study", "book.charts"})
      titles.insert(texts.at(first));
    for (const std::string& sheet : keys_of(language, "sheet.")) {
      const std::string& title = texts.at("sheet." + sheet);
      EXPECT_EQ(title.find_first_of("[]:*?/\\&'"), std::string::npos) << title;
      EXPECT_TRUE(titles.insert(title).second) << title;
    }
    EXPECT_EQ(titles.size(), 13U);
    for (const std::string& title : titles) {
      const auto characters = std::ranges::count_if(
          title, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; });
      EXPECT_LE(characters, 31) << title;
    }
  }
}

}  // namespace
}  // namespace pishkhan::workbook::workbook_test
