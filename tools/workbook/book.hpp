#pragma once
#include <xlsxwriter.h>

#include <compare>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "models/province/calendar.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::workbook {

/// How a cell looks.
struct Style {
  std::string number_format = {};         ///< as spreadsheets write it; empty: general
  double size = 0;                        ///< of the letters; 0: the usual
  std::uint32_t letters = 0, ground = 0;  ///< colours, 0xRRGGBB; 0: the usual
  bool bold = false;
  bool wrap = false;    ///< long text goes on in the next line of its cell
  bool border = false;  ///< below
  auto operator<=>(const Style&) const = default;
};

/// Number with so many decimals, in the digits of the language.
std::string number_format(int decimals, bool percent, Language language);

/// Frees a workbook that was not closed.
struct FreeWorkbook {
  void operator()(lxw_workbook* workbook) const { lxw_workbook_free(workbook); }
};

/// A workbook that is being written. Its texts are texts: none becomes a formula, whatever it begins with.
class Book {
 public:
  Book(std::filesystem::path file, Language language, const std::string& title, DayNumber created);

  /// A sheet, right to left in Persian, that prints on A4 across, as wide as one page. Expects a name that
  /// spreadsheets allow, and no other sheet that has it.
  lxw_worksheet* add_sheet(const std::string& name);
  void write(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, const std::string& text,
             const Style& style = {});
  void write(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, double value, const Style& style);
  /// A date of the Gregorian calendar.
  void write_date(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, DayNumber day);
  /// A text that leads to the first cell of a sheet.
  void write_link(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, const std::string& to);
  lxw_format* format(const Style& style);
  /// For a rule by which cells are coloured.
  lxw_format* conditional_format(std::uint32_t ground, std::uint32_t letters);
  [[nodiscard]] Language language() const { return language_; }
  [[nodiscard]] bool is_persian() const { return language_ == Language::persian; }
  lxw_workbook* get() { return workbook_.get(); }

  /// Writes the file. Throws EnvironmentError when that fails, and leaves no part of it.
  void close();

 private:
  std::filesystem::path file_;
  Language language_;
  std::unique_ptr<lxw_workbook, FreeWorkbook> workbook_;
  std::map<Style, lxw_format*> formats_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, lxw_format*> conditional_formats_;
};

/// A contract: what is asked of the library is what it allows.
void expect_done(lxw_error error);

}  // namespace pishkhan::workbook
