#pragma once
#include <functional>
#include <string>

#include "tools/report/table.hpp"

namespace pishkhan::interval_coverage {

/// Cells that are the same quantity of alike things.
struct Family {
  std::string table;
  std::string column;  ///< of the estimate; followed by the row's `quantity` or `measure` where it has one
  ColumnKind kind = ColumnKind::mean;
};

/// An estimate of a table as it is printed. All numbers are NaN where none is printed.
struct Printed {
  const Family& family;
  std::string row;  ///< the cells that tell the row from the others
  double value, low, high;
};

/// Calls `use` with every estimate of a table, row by row.
void read_estimates(const Table& table, const std::function<void(const Printed&)>& use);

}  // namespace pishkhan::interval_coverage
