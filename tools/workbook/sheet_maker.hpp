#pragma once
#include <functional>
#include <string>
#include <utility>

#include "tools/report/printed.hpp"
#include "tools/texts/texts.hpp"
#include "tools/workbook/sheet_table.hpp"

namespace pishkhan::workbook {

/// Makes a sheet of printed numbers, column by column. Functions of a row are called for each row in turn.
class SheetMaker {
 public:
  /// Its title is the text `sheet.<name>`.
  SheetMaker(const std::string& name, std::size_t rows, const Texts& texts);

  void add_cells(std::string title, std::string quantity, ColumnKind kind,
                 const std::function<SheetCell(std::size_t)>& cell);
  void add_text(std::string title, std::string quantity, const std::function<std::string(std::size_t)>& text,
                ColumnKind kind = ColumnKind::attribute);
  /// Digits; `in_percent(row)` where a row's number is in per cent.
  void add_number(std::string title, std::string quantity,
                  const std::function<std::string(std::size_t)>& digits,
                  const std::function<bool(std::size_t)>& in_percent);
  /// Mean and both ends of the interval.
  void add_estimate(const std::string& title, const std::string& quantity,
                    const std::function<PrintedEstimate(std::size_t)>& estimate);

  /// The sheet without the columns that are the same in all rows, of which it notes the value. Nothing is
  /// left.
  SheetTable take();

 private:
  const Texts& texts_;
  SheetTable table_;
};

}  // namespace pishkhan::workbook
