#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tools/texts/texts.hpp"
#include "tools/workbook/book.hpp"

namespace pishkhan::workbook {

/// Numbers that a chart draws, which stand beside it: a column of labels or of numbers, and columns of
/// values.
struct ChartNumbers {
  struct Values {
    std::string title;
    std::vector<std::optional<double>> cells;
    std::uint32_t colour = 0;  ///< 0xRRGGBB; 0: not drawn, only room
    bool is_bound = false;     ///< an end of the interval: a thin line that the legend does not name
  };
  std::string over;                 ///< title of the first column
  std::vector<std::string> labels;  ///< of the rows; empty where they have numbers
  std::vector<double> numbers;
  std::vector<Values> columns;
};

/// A chart as it is drawn.
struct ChartForm {
  lxw_chart_type type = LXW_CHART_COLUMN_STACKED;
  std::string title;
  std::string axis;  ///< what the values are, with the unit
  bool in_percent = false;
  std::optional<double> least;  ///< where the axis of values begins
  bool has_legend = false;      ///< of what has a colour
};

/// The sheet of charts, one below the other, with their numbers beside them, which are not printed.
class ChartSheet {
 public:
  ChartSheet(Book& book, const Texts& texts);
  void add(const ChartNumbers& numbers, const ChartForm& form);
  /// Nothing may be added after it.
  void close();

 private:
  void write_numbers(const ChartNumbers& numbers, bool in_percent);

  Book& book_;
  std::string name_;
  lxw_worksheet* sheet_;
  lxw_row_t row_ = 0;
  std::vector<lxw_row_t> breaks_;  ///< rows with which a printed page begins
};

/// A text that is no formula, as names in charts have to be.
std::string as_text(const std::string& name);

}  // namespace pishkhan::workbook
