// The workbook of a comparison and that of a study, from results made by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>
#include <variant>
#include <vector>

#include "tests/report/sample_results.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tools/page/comparison.hpp"
#include "tools/page/study_words.hpp"
#include "tools/page/table_view.hpp"
#include "tools/report/cell_names.hpp"
#include "tools/report/changed_table.hpp"
#include "tools/report/differences_table.hpp"
#include "tools/report/headlines.hpp"
#include "tools/report/waterfall_table.hpp"
#include "tools/texts/name_order.hpp"
#include "tools/workbook/comparison_book.hpp"
#include "tools/workbook/comparison_sheets.hpp"
#include "tools/workbook/study_book.hpp"
#include "tools/workbook/study_sheets.hpp"
#include "tools/workbook/workbook.hpp"

namespace pishkhan::workbook::comparison_workbook_test {
namespace {

using tests::read_text;
using tests::ScratchFolder;

constexpr Language kLanguages[] = {Language::persian, Language::english};

/// Three runs of the sample province: in `b` some wait longer, in `c` shorter; `b` makes two changes.
struct ThreeRuns {
  ThreeRuns() {
    scenario.title = "=1+1";
    for (std::size_t i = 0; i < 3; ++i) {
      const auto add = [i](std::vector<TrialResult>& trials, std::size_t station, double wait_s) {
        StationResult& result = trials[i].stations[station];
        result.wait_joined_s += wait_s * static_cast<double>(result.arrived - result.balked);
      };
      add(trials_b, 0, 40 + 0.1 * static_cast<double>(i));
      add(trials_b, 1, -10 - 0.1 * static_cast<double>(i));
      add(trials_c, 1, -20 - 0.1 * static_cast<double>(i));
    }
    runs.push_back(make_compared_run("a", scenario, trials_a));
    runs.push_back(make_compared_run("b", scenario, trials_b));
    runs.push_back(make_compared_run("c", scenario, trials_c));
    const std::span<const ComparedRun> others = std::span(runs).subspan(1);
    std::vector<Changed> changed;
    for (const ComparedRun& other : others)
      for (const Changed& one : find_changed(runs[0], other)) changed.push_back(one);
    Waterfall waterfall{"b", {{"staffing[0]", "{clerks: +1}"}, {"migrations[0]", "=2+2"}}, false, {}};
    const auto values = [&](const ComparedRun& run) {
      std::vector<Series> all;
      for (const Headline& headline : headlines(scenario)) all.push_back(headline_series(run, headline));
      return all;
    };
    waterfall.runs = {{0, values(runs[0])}, {1, values(runs[2])}, {2, values(runs[0])}, {3, values(runs[1])}};
    tables = {make_differences_table(runs[0], others),
              make_changed_table(changed, CellNames(runs), scenario.evidence),
              make_waterfall_table(std::span(&waterfall, 1), scenario), make_ranking_table(runs)};
    record = page::make_record("0.1.0", runs);
  }
  [[nodiscard]] page::ComparisonSource source() const {
    page::ComparisonSource all{record, {}};
    for (const Table& table : tables) all.tables.push_back(&table);
    return all;
  }
  [[nodiscard]] page::TableView table(const std::string& name) const {
    return page::TableView(*std::find_if(tables.begin(), tables.end(),
                                         [&](const Table& one) { return one.header.name == name; }));
  }

  Scenario scenario = tests::sample_province();
  std::vector<TrialResult> trials_a = tests::sample_trials(3), trials_b = trials_a, trials_c = trials_a;
  std::vector<ComparedRun> runs;
  std::vector<Table> tables;
  page::ComparisonRecord record;
};

const SheetTable& sheet_of(const std::vector<SheetTable>& sheets, const std::string& name) {
  for (const SheetTable& sheet : sheets)
    if (sheet.name == name) return sheet;
  throw std::out_of_range(name);
}

const std::vector<SheetCell>& cells_of(const SheetTable& sheet, const std::string& quantity,
                                       ColumnKind kind = ColumnKind::mean) {
  for (const SheetColumn& column : sheet.columns) {
    if (column.quantity == quantity && (column.kind == kind || !is_bound(kind)) &&
        is_bound(column.kind) == is_bound(kind))
      return column.cells;
  }
  throw std::out_of_range(quantity);
}

std::string text_of(const SheetCell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text ? *text : "";
}

/// A cell is a number rounded to the decimals that it shows.
void expect_rounded(const SheetCell& cell, std::optional<double> value, const std::string& what) {
  const auto* number = std::get_if<NumberCell>(&cell);
  ASSERT_EQ(number != nullptr, value.has_value()) << what;
  if (!number) return;
  const double unit = std::pow(10, -number->decimals) / (number->percent ? 100 : 1);
  EXPECT_NEAR(number->value, *value, 0.5000001 * unit) << what;
}

std::vector<SheetTable> sheets_of(const ThreeRuns& runs, Language language) {
  const Texts texts(language);
  CellWords::Names names;
  for (const auto& [id, both] : runs.record.counties)
    names["county"].emplace(id, language == Language::persian ? both.first : both.second);
  return make_comparison_sheets(runs.source(), CellWords(names, texts));
}

TEST(ComparisonSheets, HaveTheNumbersOfTheTables) {
  const ThreeRuns runs;
  const auto sheets = sheets_of(runs, Language::english);
  const page::TableView changed = runs.table("changed");
  const SheetTable& shown = sheet_of(sheets, "changed");
  std::size_t compared = 0;
  for (std::size_t i = 0; i < shown.rows; ++i) {
    for (std::size_t row = 0; row < changed.rows(); ++row) {
      const std::string run = changed.text(row, "run"), level = changed.text(row, "level");
      if (changed.text(row, "id") != text_of(cells_of(shown, "id")[i]) || level == "service") continue;
      if (i < shown.rows / 2 ? run != "b" : run != "c") continue;  // the sheet has one run after the other
      EXPECT_EQ(text_of(cells_of(shown, "result")[i]), changed.text(row, "result"));
      for (const auto& [kind, end] :
           {std::pair(ColumnKind::mean, "_mean"), {ColumnKind::low, "_low"}, {ColumnKind::high, "_high"}}) {
        const auto value = changed.number(row, std::string("wait_joined_difference_s") + end);
        expect_rounded(cells_of(shown, "wait_joined_difference_s", kind)[i],
                       value ? std::optional(*value / 60) : std::nullopt,
                       run + changed.text(row, "id") + end);
        ++compared;
      }
    }
  }
  EXPECT_EQ(compared, 3 * shown.rows);
  EXPECT_EQ(shown.rows, 8U) << "four stations, two runs";
}

TEST(ComparisonSheets, PartsOfTheWaterfallSumToTheTotal) {
  const ThreeRuns runs;
  for (const Language language : kLanguages) {
    const auto sheets = sheets_of(runs, language);
    const SheetTable& shown = sheet_of(sheets, "waterfall");
    const Texts texts(language);
    double sum = 0;
    std::size_t totals = 0;
    for (std::size_t i = 0; i < shown.rows; ++i) {
      const double part = std::get<NumberCell>(cells_of(shown, "part")[i]).value;
      if (text_of(cells_of(shown, "change")[i]) != texts.at("waterfall.total")) {
        sum += part;
        continue;
      }
      EXPECT_NEAR(sum, part, 1e-9);
      sum = 0;
      ++totals;
    }
    EXPECT_GT(totals, 0U);
    EXPECT_EQ(text_of(cells_of(shown, "change")[0]), language == Language::persian ? "نیرو ۰" : "staffing 0");
  }
}

TEST(ComparisonSheets, ListsAreInTheOrderOfTheNames) {
  const ThreeRuns runs;
  for (const Language language : kLanguages) {
    const auto sheets = sheets_of(runs, language);
    const SheetTable& shown = sheet_of(sheets, "changed");
    const NameOrder comes_before(language);
    std::size_t untouched = 0;
    for (std::size_t i = 1; i < shown.rows; ++i) {
      const auto is_untouched = [&](std::size_t row) {
        return text_of(cells_of(shown, "result")[row]) == Texts(language).at("result.untouched");
      };
      if (!is_untouched(i) || !is_untouched(i - 1)) continue;
      EXPECT_FALSE(
          comes_before(text_of(cells_of(shown, "name")[i]), text_of(cells_of(shown, "name")[i - 1])));
      ++untouched;
    }
    EXPECT_GT(untouched, 1U);
  }
}

TEST(ComparisonWorkbook, IsTheSameAgainAndHasNoFormulas) {
  const ThreeRuns runs;
  const ScratchFolder folder;
  for (const Language language : kLanguages) {
    const auto first = folder.path() / file_name(language), second = folder.path() / "second.xlsx";
    write_comparison_workbook(first, runs.source(), language);
    write_comparison_workbook(second, runs.source(), language);
    EXPECT_EQ(read_text(first), read_text(second));
    std::filesystem::remove(second);
    const std::string program =
        "import openpyxl, sys\n"
        "book = openpyxl.load_workbook(sys.argv[1])\n"
        "cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]\n"
        "bad = [cell for cell in cells if cell.data_type == 'f']\n"
        "wrong = [sheet for sheet in book if bool(sheet.sheet_view.rightToLeft) != (sys.argv[2] == 'fa')]\n"
        "charts = sum(len(sheet._charts) for sheet in book)\n"
        "sys.exit(bool(bad or wrong) or len(book.worksheets) < 8 or charts < 1 or len(cells) < 100)\n";
    for (const char* python : {"python3", "/usr/bin/python3"}) {
      if (std::system((std::string(python) + " -c 'import openpyxl' 2>/dev/null").c_str()) != 0) continue;
      const std::string code = language == Language::persian ? "fa" : "en";
      const std::string command =
          std::string(python) + " -B -c \"" + program + "\" '" + first.string() + "' " + code;
      EXPECT_EQ(std::system(command.c_str()), 0);
      break;
    }
  }
}

/// A study of two factors whose points have numbers made by hand; one point failed.
struct SampleStudy {
  SampleStudy() {
    study.title = "=1+1";
    const auto level = [](const std::string& text, double number) {
      Level one;
      one.text = text;
      one.number = number;
      return one;
    };
    Factor clerks, mean;
    clerks.id = "clerks";
    clerks.path = "stations.0.clerks";
    clerks.is_numeric = true;
    clerks.levels = {level("1", 1), level("2", 2), level("3", 3)};
    mean.id = "mean";
    mean.is_numeric = true;
    mean.unit = " min";
    mean.levels = {level("0.5 min", 0.5), level("0.8 min", 0.8)};
    study.factors = {clerks, mean};
    study.responses.resize(2);
    study.responses[0].quantity = "wait_joined_s";
    study.responses[0].best = Best::least;
    study.responses[1].quantity = "utilization";
    {
      PointFile file(folder.path() / "points.txt", header);
      for (std::size_t point = 0; point < 6; ++point) file.add(result(point));
    }
  }
  static PointResult result(std::size_t point) {
    PointResult result{point, "hash", "", {}};
    if (point == 5) {
      result.failure = "=3+3";
      return result;
    }
    const double wait = 600.0 / static_cast<double>(point + 1);
    result.responses.push_back({{wait, 12, 3}, {wait - 5, wait, wait + 5}});
    result.responses.push_back({{0.5, 0.01, 3}, {0.49, 0.5, 0.51}});
    return result;
  }

  ScratchFolder folder;
  Study study;
  PointsHeader header{"study", "0.1.0", 6, 1, 1};
  page::StudyRecord record{"0.1.0", "A queue", 5, 3, "", Evidence::assumed, {}};
};

TEST(StudyWorkbook, HasTheNumbersOfThePoints) {
  const SampleStudy sample;
  const Design design(sample.study);
  const PointReader points({sample.folder.path() / "points.txt"});
  const page::StudyFindings findings =
      page::find_in_study(sample.study, design, points, 0, [] { return false; });
  EXPECT_EQ(findings.failed, 1U);
  const page::StudySource source{sample.study, design, sample.record, findings};
  for (const Language language : kLanguages) {
    const Texts texts(language);
    const auto sheets = make_study_sheets(source, texts);
    for (const SheetCell& values : cells_of(sheet_of(sheets, "factors"), "values"))
      EXPECT_THAT(text_of(values), ::testing::Not(::testing::HasSubstr("<U+"))) << "marks shown as text";
    const SheetTable& shown = sheet_of(sheets, "points");
    ASSERT_EQ(shown.rows, 6U);
    for (std::size_t point = 0; point < 6; ++point) {
      const PointResult result = SampleStudy::result(point);
      const bool has = result.failure.empty();
      expect_rounded(cells_of(shown, "clerks")[point], static_cast<double>(point / 2 + 1), "clerks");
      expect_rounded(cells_of(shown, "mean")[point], point % 2 == 0 ? 0.5 : 0.8, "mean");
      expect_rounded(cells_of(shown, "r0")[point],
                     has ? std::optional(result.responses[0].estimate.mean / 60) : std::nullopt, "wait");
      expect_rounded(cells_of(shown, "r1", ColumnKind::high)[point], has ? std::optional(0.51) : std::nullopt,
                     "utilization");
      EXPECT_EQ(text_of(cells_of(shown, "failure")[point]), result.failure);
    }
    // The fifth point waits least of those that have a number.
    const SheetTable& best = sheet_of(sheets, "best");
    ASSERT_EQ(best.rows, 5U);
    expect_rounded(cells_of(best, "point")[0], 4.0, "best");
    EXPECT_EQ(text_of(cells_of(best, "may_be_best")[0]), texts.at("best.yes"));
    const page::VerdictInWords verdict = page::study_verdict_of(source, texts);
    EXPECT_THAT(verdict.sentences.front(), ::testing::HasSubstr("clerks"));
    EXPECT_FALSE(verdict.failed.empty());
    const auto first = sample.folder.path() / "first.xlsx", second = sample.folder.path() / "second.xlsx";
    write_study_workbook(first, source, language);
    write_study_workbook(second, source, language);
    EXPECT_EQ(read_text(first), read_text(second));
    std::filesystem::remove(first);
    std::filesystem::remove(second);
    EXPECT_EQ(page::study_html(source), page::study_html(source));
  }
}

}  // namespace
}  // namespace pishkhan::workbook::comparison_workbook_test
