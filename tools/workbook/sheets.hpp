#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tools/page/page_source.hpp"
#include "tools/texts/texts.hpp"
#include "tools/workbook/book.hpp"
#include "tools/workbook/front_sheet.hpp"
#include "tools/workbook/sheet_table.hpp"

namespace pishkhan::workbook {

/// What was run, found and written: title, verdict, figures, dates, seed, version, how to read the sheets,
/// and a list of them.
void write_first_sheet(Book& book, const page::PageSource& source, const Texts& texts,
                       const std::vector<SheetTable>& tables);

/// Charts of tables that have sheets: waits by hour, shares in time by channel. None if there is none to
/// draw.
void write_charts(Book& book, const std::vector<SheetTable>& tables, const Texts& texts);

/// The shares that divide the colours of shares in time.
struct LevelGoals {
  double service_level = 0;
  std::optional<double> in_time;  ///< without a value there are no colours
};

/// A table, its headings frozen and repeated on every printed page, with filters and colours.
void write_table(Book& book, const SheetTable& table, const Texts& texts, const LevelGoals& goals);

/// Where a table stands in its sheet: row 0 has the headings.
inline constexpr std::uint32_t kFirstRow = 1;

/// The column of a quantity's values, or of an attribute.
std::optional<std::uint16_t> find_column(const SheetTable& table, std::string_view quantity);

/// Whether there is something for write_charts.
bool has_charts(const std::vector<SheetTable>& tables, const Texts& texts);

}  // namespace pishkhan::workbook
