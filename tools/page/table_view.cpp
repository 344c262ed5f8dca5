#include "tools/page/table_view.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"

namespace pishkhan::page {

std::optional<std::size_t> TableView::find(std::string_view column) const {
  const auto& columns = table_->header.columns;
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& one) { return one.name == column; });
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

const Cell& TableView::cell(std::size_t row, std::string_view column) const {
  static const Cell nothing;
  const auto index = find(column);
  return index ? table_->rows[row][*index] : nothing;
}

std::string TableView::text(std::size_t row, std::string_view column) const {
  const auto* value = std::get_if<std::string>(&cell(row, column));
  return value ? *value : std::string();
}

std::optional<double> TableView::number(std::size_t row, std::string_view column) const {
  const Cell& value = cell(row, column);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return std::nullopt;
}

bool TableView::has_estimate(const std::string& quantity) const {
  return find(quantity + "_half_width") || find(quantity + "_low");
}

PrintedEstimate TableView::estimate(std::size_t row, const std::string& quantity) const {
  const bool symmetric = find(quantity + "_half_width").has_value();
  const std::string mean_name = find(quantity + "_mean") ? quantity + "_mean" : quantity;
  const auto index = find(mean_name);
  PISHKHAN_EXPECT(index);
  const Shown shown = shown_as(quantity, table_->header.columns[*index].unit);
  PrintedEstimate nothing;
  nothing.unit = shown.unit;
  nothing.symmetric = symmetric;
  const auto mean = number(row, mean_name);
  if (symmetric) {
    const auto half_width = number(row, quantity + "_half_width");
    if (!mean || !half_width) return nothing;
    return print_estimate(*mean, *mean - *half_width, *mean + *half_width, true, shown);
  }
  const auto low = number(row, quantity + "_low"), high = number(row, quantity + "_high");
  if (!mean || !low || !high) return nothing;
  return print_estimate(*mean, *low, *high, false, shown);
}

}  // namespace pishkhan::page
