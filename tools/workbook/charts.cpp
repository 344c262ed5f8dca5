#include <algorithm>

#include "tools/workbook/chart_sheet.hpp"
#include "tools/workbook/sheets.hpp"

namespace pishkhan::workbook {
namespace {

constexpr std::size_t kMostLines = 8;

/// A chart of a table: a quantity over a column.
struct ChartOf {
  const char* table;
  const char* over;
  const char* quantity;
  lxw_chart_type type;
  /// Rows that follow each other and differ in `over` alone, which is a number, make a line.
  bool has_lines;
};

constexpr ChartOf kCharts[] = {
    {"hours", "hour", "wait_s", LXW_CHART_SCATTER_STRAIGHT, true},
    {"channels", "channel", "service_level", LXW_CHART_COLUMN, false},
    {"channels", "channel", "wait_s", LXW_CHART_COLUMN, false},
};

struct Rows {
  std::size_t first = 0, last = 0;
};

/// What tells the rows of one line from those of another: `agency's counter, urban`.
std::string line_name(const SheetTable& table, std::size_t row, const ChartOf& chart, const Texts& texts) {
  std::string name;
  for (const SheetColumn& column : table.columns) {
    if (column.kind != ColumnKind::identity || column.quantity == chart.over) continue;
    const std::string part = cell_text(column.cells[row], texts.language());
    if (!part.empty()) name += (name.empty() ? "" : texts.at("list.comma")) + part;
  }
  return name;
}

std::vector<Rows> lines_of(const SheetTable& table, const ChartOf& chart, const Texts& texts) {
  if (!chart.has_lines) return {{0, table.rows - 1}};
  std::vector<Rows> lines;
  for (std::size_t row = 0; row < table.rows; ++row) {
    const bool goes_on =
        row > 0 && line_name(table, row, chart, texts) == line_name(table, row - 1, chart, texts);
    if (goes_on)
      lines.back().last = row;
    else
      lines.push_back({row, row});
  }
  return lines;
}

/// The table of a chart that can be drawn: with more lines nobody could tell them apart.
const SheetTable* find(const std::vector<SheetTable>& tables, const ChartOf& chart, const Texts& texts) {
  for (const SheetTable& table : tables) {
    const bool has_both = find_column(table, chart.over) && find_column(table, chart.quantity);
    if (table.name == chart.table && table.rows <= kMostRows && has_both &&
        lines_of(table, chart, texts).size() <= kMostLines)
      return &table;
  }
  return nullptr;
}

/// Lines need not cover the same numbers: those of all that have a value make the axis.
void set_range(lxw_chart_axis* axis, const SheetColumn& over, const SheetColumn& quantity) {
  std::vector<double> values;
  for (std::size_t row = 0; row < over.cells.size(); ++row) {
    const auto* number = std::get_if<NumberCell>(&over.cells[row]);
    if (number && std::holds_alternative<NumberCell>(quantity.cells[row])) values.push_back(number->value);
  }
  if (values.empty()) return;
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  if (*least == *most) return;
  chart_axis_set_min(axis, *least);
  chart_axis_set_max(axis, *most);
  chart_axis_set_major_unit(axis, 1);
}

bool is_in_percent(const SheetColumn& column) {
  return std::any_of(column.cells.begin(), column.cells.end(), [](const SheetCell& cell) {
    const auto* number = std::get_if<NumberCell>(&cell);
    return number && number->percent;
  });
}

lxw_chart* make_chart(Book& book, const SheetTable& table, const ChartOf& of, const Texts& texts) {
  lxw_chart* chart = workbook_add_chart(book.get(), of.type);
  const std::uint16_t over = *find_column(table, of.over), values = *find_column(table, of.quantity);
  const std::vector<Rows> lines = lines_of(table, of, texts);
  for (const Rows& rows : lines) {
    const auto first = static_cast<lxw_row_t>(rows.first + kFirstRow);
    const auto last = static_cast<lxw_row_t>(rows.last + kFirstRow);
    lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
    chart_series_set_categories(series, table.title.c_str(), first, over, last, over);
    chart_series_set_values(series, table.title.c_str(), first, values, last, values);
    const std::string name = of.has_lines ? line_name(table, rows.first, of, texts) : "";
    chart_series_set_name(series, as_text(name.empty() ? table.columns[values].title : name).c_str());
  }
  if (lines.size() == 1) chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  chart_title_set_name(chart, (table.title + texts.at("list.colon") + table.columns[values].title).c_str());
  chart_axis_set_name(chart->x_axis, table.columns[over].title.c_str());
  chart_axis_set_min(chart->y_axis, 0);
  if (is_in_percent(table.columns[values])) {
    chart_axis_set_num_format(chart->y_axis, number_format(0, true, texts.language()).c_str());
    chart_axis_set_max(chart->y_axis, 1);
  }
  if (of.has_lines) set_range(chart->x_axis, table.columns[over], table.columns[values]);
  return chart;
}

}  // namespace

bool has_charts(const std::vector<SheetTable>& tables, const Texts& texts) {
  return std::any_of(std::begin(kCharts), std::end(kCharts),
                     [&](const ChartOf& chart) { return find(tables, chart, texts) != nullptr; });
}

void write_charts(Book& book, const std::vector<SheetTable>& tables, const Texts& texts) {
  if (!has_charts(tables, texts)) return;
  lxw_worksheet* sheet = book.add_sheet(texts.at("book.charts"));
  worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
  constexpr lxw_row_t kRowsOfChart = 21;
  lxw_row_t row = 0;
  for (const ChartOf& of : kCharts) {
    const SheetTable* table = find(tables, of, texts);
    if (!table) continue;
    lxw_chart_options options{};
    options.x_scale = 1.8;
    options.y_scale = 1.35;
    expect_done(worksheet_insert_chart_opt(sheet, row, 0, make_chart(book, *table, of, texts), &options));
    row += kRowsOfChart;
  }
  constexpr lxw_col_t kColumnsOfChart = 14;
  expect_done(worksheet_print_area(sheet, 0, 0, row, kColumnsOfChart));
}

}  // namespace pishkhan::workbook
