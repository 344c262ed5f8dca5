#pragma once
#include <cstddef>
#include <utility>
#include <vector>

namespace pishkhan {

/// Whole numbers that make a sum as large as possible within limits.
struct IntegerProgram {
  struct Column {
    double gain = 0;
    double low = 0, high = 1;
  };
  /// The sum of value * column over the entries is at most the limit.
  struct Row {
    double limit = 0;
    std::vector<std::pair<std::size_t, double>> entries;  ///< column, value; each column once
  };
  std::vector<Column> columns;
  std::vector<Row> rows;
};

struct ProgramAnswer {
  std::vector<double> values;  ///< by column; empty: there is no answer, or none was found
  double bound = 0;            ///< no answer gains more
  bool is_best = false;        ///< proven, but for one part in 100,000
};

/// Solves a program with CBC, on one thread and with a limit on nodes and not on time, so that the answer is
/// the same on every machine. `whole`: false solves the relaxation, in which columns need not be whole. There
/// is no answer to begin with: CBC 2.10 fails on one, and writes so to stdout, where its preprocessing adds
/// columns.
ProgramAnswer solve(const IntegerProgram& program, bool whole, int most_nodes);

}  // namespace pishkhan
