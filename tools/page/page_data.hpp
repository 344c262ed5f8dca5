#pragma once
#include <span>
#include <string>
#include <vector>

#include "tools/page/page_source.hpp"
#include "tools/page/station_verdicts.hpp"

namespace pishkhan::page {

/// What the page shows of a table.
struct ShownTable {
  std::string table;
  std::vector<std::string> attributes;  ///< columns taken as they are
  std::vector<std::string> quantities;  ///< estimates, with their intervals
};
std::span<const ShownTable> shown_tables();

/// What the script of a page draws, as JSON: the run, its tables by column, the map, the hours of the week,
/// the texts of both languages. Numbers stand in one text a column, separated by spaces, rounded; `-` where
/// there is none. Of an estimate `m` is the mean, `h` the half-width, or `l` and `u` the ends of the
/// interval.
std::string make_page_data(const PageSource& source, const StationVerdicts& verdicts);

}  // namespace pishkhan::page
