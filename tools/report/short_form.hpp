#pragma once
#include <optional>

#include "tools/report/table.hpp"

namespace pishkhan {

/// The short form of a table, for people: its brief columns, each number in the digits and the unit in which
/// page and workbook show it (tools/report/printed.hpp). A column whose unit is another is named after that
/// one: `wait_s_mean` becomes `wait_min_mean`. Shares stay shares: 0.846 where the page has 84.6%. Left out
/// are columns that are empty or, of several rows, the same in all; and of a table of more than 13 columns
/// those that are least read, until it has no more or none of them. Names of quantities in cells follow the
/// unit too. Cells of numbers are texts, as they have their digits. Nothing for a table without
/// rows, and for `theory`, whose numbers need all its columns.
std::optional<Table> short_form(const Table& table);

}  // namespace pishkhan
