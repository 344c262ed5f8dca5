#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "models/province/calendar.hpp"
#include "tools/report/table.hpp"
#include "tools/workbook/cell_words.hpp"

namespace pishkhan::workbook {

/// A number rounded as its interval tells. In per cent the value is a share: 0.846 is shown as 84.6%.
struct NumberCell {
  double value = 0;
  int decimals = 0;  ///< that are shown
  bool percent = false;
  bool operator==(const NumberCell&) const = default;
};

struct DateCell {
  DayNumber day = 0;
  bool operator==(const DateCell&) const = default;
};

/// monostate: an empty cell.
using SheetCell = std::variant<std::monostate, std::string, NumberCell, DateCell>;

struct SheetColumn {
  std::string title;
  std::string quantity;  ///< `wait_s` of the columns `wait_s_mean`, `wait_s_low` and `wait_s_high`
  ColumnKind kind = ColumnKind::attribute;  ///< low and high: ends of the interval of the column before
  std::vector<SheetCell> cells;             ///< one a row
};

/// A table as a sheet shows it: brief columns, in the language of the sheet; of every estimate the value and
/// both ends of its interval, in minutes, hours or per cent where the page shows these.
struct SheetTable {
  std::string name;
  std::string title;
  std::size_t rows = 0;
  std::vector<SheetColumn> columns;
  /// Title and value of the columns that are left out because all rows have the same.
  std::vector<std::pair<std::string, std::string>> same_in_all_rows;
};

/// Nothing where there is nothing to show: no row, or only names. `kept`: names of columns that say what the
/// sheet is about, and stand in it even where all rows have the same; a table with such a column has a sheet.
std::optional<SheetTable> make_sheet_table(const Table& table, const CellWords& words,
                                           const std::vector<std::string_view>& kept = {});

/// Whether a column says nothing that could not be said once. Of a single row nothing can be said to be
/// always so, unless its cell is empty.
bool is_same_in_all(const SheetColumn& column);

/// A cell of printed digits, `84.6`; empty where there are none.
SheetCell number_cell(const std::string& digits, bool percent);

/// The title of a column with its unit, where people need it: per cent stands beside each number, and of a
/// count the title says what it counts.
std::string title_with_unit(const std::string& title, std::string_view unit, const Texts& texts);

/// A cell as text, for a list of values; empty for an empty cell.
std::string cell_text(const SheetCell& cell, Language language);

}  // namespace pishkhan::workbook
