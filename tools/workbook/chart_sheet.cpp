#include "tools/workbook/chart_sheet.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace pishkhan::workbook {
namespace {

constexpr lxw_row_t kRowsOfChart = 30;  // each is printed on a page of its own
constexpr lxw_col_t kColumnsOfChart = 14;

/// The library makes a formula of what begins with =.
lxw_chart_series* add_series(lxw_chart* chart, const std::string& sheet, lxw_row_t first, lxw_row_t last,
                             lxw_col_t over, lxw_col_t values) {
  lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
  chart_series_set_categories(series, sheet.c_str(), first, over, last, over);
  chart_series_set_values(series, sheet.c_str(), first, values, last, values);
  return series;
}

void paint_line(lxw_chart_series* series, const ChartNumbers::Values& values) {
  lxw_chart_line line{};
  line.color = values.colour;
  line.width = values.is_bound ? 0.75F : 1.75F;
  if (values.is_bound) line.dash_type = LXW_CHART_LINE_DASH_DASH;
  chart_series_set_line(series, &line);
  chart_series_set_marker_type(series, values.is_bound ? LXW_CHART_MARKER_NONE : LXW_CHART_MARKER_CIRCLE);
  if (values.is_bound) return;
  lxw_chart_fill fill{};
  fill.color = values.colour;
  chart_series_set_marker_fill(series, &fill);
  chart_series_set_marker_line(series, &line);
}

void paint_bar(lxw_chart_series* series, const ChartNumbers::Values& values) {
  lxw_chart_fill fill{};
  if (values.colour == 0)
    fill.none = LXW_TRUE;
  else
    fill.color = values.colour;
  chart_series_set_fill(series, &fill);
}

/// Decimals of the numbers on an axis.
int decimals_of_axis(const ChartNumbers& numbers, bool in_percent) {
  double least = INFINITY, most = -INFINITY;
  for (const ChartNumbers::Values& values : numbers.columns) {
    for (const auto& cell : values.cells) {
      if (!cell || values.colour == 0) continue;
      least = std::min(least, *cell);
      most = std::max(most, *cell);
    }
  }
  const double range = (most - least) * (in_percent ? 100 : 1);
  return range < 1 ? 2 : range < 10 ? 1 : 0;
}

/// Numbers at equal distances get a tick each.
void set_axis_of_numbers(lxw_chart_axis* axis, const std::vector<double>& numbers, Language language) {
  const bool whole =
      std::all_of(numbers.begin(), numbers.end(), [](double one) { return one == std::round(one); });
  chart_axis_set_num_format(axis, number_format(whole ? 0 : 2, false, language).c_str());
  if (numbers.size() < 2) return;
  const double step = numbers[1] - numbers[0];
  for (std::size_t i = 1; i < numbers.size(); ++i)
    if (!(step > 0) || std::abs(numbers[i] - numbers[i - 1] - step) > 1e-9 * step) return;
  chart_axis_set_min(axis, numbers.front());
  chart_axis_set_max(axis, numbers.back());
  chart_axis_set_major_unit(axis, step);
}

double largest_of(const ChartNumbers& numbers) {
  double largest = -INFINITY;
  for (const ChartNumbers::Values& values : numbers.columns) {
    for (const auto& cell : values.cells)
      if (cell) largest = std::max(largest, *cell);
  }
  return largest;
}

/// The legend names what has a colour, and no ends of intervals.
void set_legend(lxw_chart* chart, const ChartNumbers& numbers, bool has_legend) {
  if (!has_legend) return chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  std::vector<std::int16_t> unnamed;
  for (std::size_t i = 0; i < numbers.columns.size(); ++i) {
    if (numbers.columns[i].colour == 0 || numbers.columns[i].is_bound)
      unnamed.push_back(static_cast<std::int16_t>(i));
  }
  chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
  if (unnamed.empty()) return;
  unnamed.push_back(-1);  // the end
  expect_done(chart_legend_delete_series(chart, unnamed.data()));
}

}  // namespace

std::string as_text(const std::string& name) { return name.starts_with('=') ? ' ' + name : name; }

ChartSheet::ChartSheet(Book& book, const Texts& texts)
    : book_(book), name_(texts.at("book.charts")), sheet_(book.add_sheet(name_)) {
  worksheet_gridlines(sheet_, LXW_HIDE_ALL_GRIDLINES);
}

void ChartSheet::write_numbers(const ChartNumbers& numbers, bool in_percent) {
  Style heading, value;
  heading.bold = heading.border = true;
  value.number_format = number_format(in_percent ? 1 : 2, in_percent, book_.language());
  lxw_col_t column = kColumnsOfChart + 1;
  book_.write(sheet_, row_, column, numbers.over, heading);
  for (std::size_t i = 0; i < numbers.labels.size(); ++i)
    book_.write(sheet_, row_ + 1 + static_cast<lxw_row_t>(i), column, numbers.labels[i]);
  Style plain;
  plain.number_format = number_format(2, false, book_.language());
  for (std::size_t i = 0; i < numbers.numbers.size(); ++i)
    book_.write(sheet_, row_ + 1 + static_cast<lxw_row_t>(i), column, numbers.numbers[i], plain);
  for (const ChartNumbers::Values& values : numbers.columns) {
    book_.write(sheet_, row_, ++column, values.title, heading);
    for (std::size_t i = 0; i < values.cells.size(); ++i) {
      if (values.cells[i])
        book_.write(sheet_, row_ + 1 + static_cast<lxw_row_t>(i), column, *values.cells[i], value);
    }
  }
}

void ChartSheet::add(const ChartNumbers& numbers, const ChartForm& form) {
  if (row_ > 0) breaks_.push_back(row_);
  write_numbers(numbers, form.in_percent);
  const lxw_col_t over = kColumnsOfChart + 1;
  const std::size_t rows = std::max(numbers.labels.size(), numbers.numbers.size());
  const lxw_row_t first = row_ + 1, last = row_ + static_cast<lxw_row_t>(rows);
  const bool is_line = form.type == LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS;
  lxw_chart* chart = workbook_add_chart(book_.get(), static_cast<std::uint8_t>(form.type));
  for (std::size_t i = 0; i < numbers.columns.size(); ++i) {
    const auto values = static_cast<lxw_col_t>(over + 1 + i);
    lxw_chart_series* series = add_series(chart, name_, first, last, over, values);
    chart_series_set_name(series, as_text(numbers.columns[i].title).c_str());
    is_line ? paint_line(series, numbers.columns[i]) : paint_bar(series, numbers.columns[i]);
  }
  if (!is_line) chart_set_series_gap(chart, 60);
  set_legend(chart, numbers, form.has_legend);
  chart_title_set_name(chart, as_text(form.title).c_str());
  chart_axis_set_name(chart->x_axis, as_text(numbers.over).c_str());
  chart_axis_set_name(chart->y_axis, as_text(form.axis).c_str());
  const int decimals = decimals_of_axis(numbers, form.in_percent);
  chart_axis_set_num_format(chart->y_axis,
                            number_format(decimals, form.in_percent, book_.language()).c_str());
  if (is_line) set_axis_of_numbers(chart->x_axis, numbers.numbers, book_.language());
  const bool reaches_all = form.in_percent && is_line && largest_of(numbers) > 0.8;
  if (reaches_all) chart_axis_set_max(chart->y_axis, 1);
  if (form.least) chart_axis_set_min(chart->y_axis, *form.least);
  lxw_chart_options options{};
  options.x_scale = 1.95;
  options.y_scale = 1.85;
  expect_done(worksheet_insert_chart_opt(sheet_, row_, 0, chart, &options));
  row_ += std::max(kRowsOfChart, static_cast<lxw_row_t>(rows + 2));
}

void ChartSheet::close() {
  expect_done(worksheet_print_area(sheet_, 0, 0, row_, kColumnsOfChart));
  worksheet_set_print_scale(sheet_, 100);  // breaks do not hold where sheets are fitted to pages
  if (breaks_.empty()) return;
  breaks_.push_back(0);  // the end
  expect_done(worksheet_set_h_pagebreaks(sheet_, breaks_.data()));
}

}  // namespace pishkhan::workbook
