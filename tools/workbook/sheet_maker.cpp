#include "tools/workbook/sheet_maker.hpp"

#include <vector>

#include "sim/base/printable.hpp"

namespace pishkhan::workbook {

SheetMaker::SheetMaker(const std::string& name, std::size_t rows, const Texts& texts) : texts_(texts) {
  table_.name = name;
  table_.title = texts.at("sheet." + name);
  table_.rows = rows;
}

void SheetMaker::add_cells(std::string title, std::string quantity, ColumnKind kind,
                           const std::function<SheetCell(std::size_t)>& cell) {
  SheetColumn column{std::move(title), std::move(quantity), kind, {}};
  for (std::size_t row = 0; row < table_.rows; ++row) column.cells.push_back(cell(row));
  table_.columns.push_back(std::move(column));
}

void SheetMaker::add_text(std::string title, std::string quantity,
                          const std::function<std::string(std::size_t)>& text, ColumnKind kind) {
  add_cells(std::move(title), std::move(quantity), kind, [&](std::size_t row) -> SheetCell {
    std::string value = printable(text(row));
    if (value.empty()) return {};
    return value;
  });
}

void SheetMaker::add_number(std::string title, std::string quantity,
                            const std::function<std::string(std::size_t)>& digits,
                            const std::function<bool(std::size_t)>& in_percent) {
  add_cells(std::move(title), std::move(quantity), ColumnKind::mean,
            [&](std::size_t row) { return number_cell(digits(row), in_percent(row)); });
}

void SheetMaker::add_estimate(const std::string& title, const std::string& quantity,
                              const std::function<PrintedEstimate(std::size_t)>& estimate) {
  SheetColumn value{title, quantity, ColumnKind::mean, {}};
  SheetColumn low{texts_.fill("heading.low", {{"title", title}}), quantity, ColumnKind::low, {}};
  SheetColumn high{texts_.fill("heading.high", {{"title", title}}), quantity, ColumnKind::high, {}};
  for (std::size_t row = 0; row < table_.rows; ++row) {
    const PrintedEstimate printed = estimate(row);
    const bool percent = printed.unit == "percent";
    value.cells.push_back(number_cell(printed.mean, percent));
    low.cells.push_back(number_cell(printed.low, percent));
    high.cells.push_back(number_cell(printed.high, percent));
  }
  for (SheetColumn* one : {&value, &low, &high}) table_.columns.push_back(std::move(*one));
}

SheetTable SheetMaker::take() {
  std::vector<SheetColumn> kept;
  for (std::size_t i = 0; i < table_.columns.size();) {
    // An estimate stays or goes with its interval.
    std::size_t end = i + 1;
    while (end < table_.columns.size() && is_bound(table_.columns[end].kind)) ++end;
    bool all_same = true;
    for (std::size_t k = i; k < end; ++k) all_same = all_same && is_same_in_all(table_.columns[k]);
    if (all_same) {
      const std::string value = cell_text(table_.columns[i].cells.front(), texts_.language());
      if (!value.empty()) table_.same_in_all_rows.emplace_back(table_.columns[i].title, value);
    }
    for (; i < end; ++i)
      if (!all_same) kept.push_back(std::move(table_.columns[i]));
  }
  table_.columns = std::move(kept);
  return std::move(table_);
}

}  // namespace pishkhan::workbook
