#include "tools/interval_coverage/printed.hpp"

#include <cstddef>
#include <vector>

#include "sim/statistics/estimate.hpp"

namespace pishkhan::interval_coverage {
namespace {

/// Where the cells of an estimate stand.
struct Places {
  std::size_t value, half_width = SIZE_MAX, low = SIZE_MAX, high = SIZE_MAX;
};

std::size_t find(const std::vector<Column>& columns, std::string_view name) {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].name == name) return i;
  return SIZE_MAX;
}

/// Estimates are followed by the columns of their interval; the summary has one in columns of its own.
std::vector<Places> places_of(const std::vector<Column>& columns) {
  std::vector<Places> places;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].bounds == Bounds::half_width) places.push_back({i, i + 1});
    if (columns[i].bounds == Bounds::low_and_high) places.push_back({i, SIZE_MAX, i + 1, i + 2});
  }
  const std::size_t mean = find(columns, "mean"), low = find(columns, "low");
  if (mean != SIZE_MAX && low != SIZE_MAX) places.push_back({mean, SIZE_MAX, low, find(columns, "high")});
  return places;
}

double number(const Row& row, std::size_t column) {
  if (column >= row.size()) return kNan;
  const double* value = std::get_if<double>(&row[column]);
  return value ? *value : kNan;
}

std::string text(const Cell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) return *words;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
  return "";
}

}  // namespace

void read_estimates(const Table& table, const std::function<void(const Printed&)>& use) {
  const std::vector<Column>& columns = table.header.columns;
  std::size_t quantity = find(columns, "quantity");
  if (quantity == SIZE_MAX) quantity = find(columns, "measure");
  const std::vector<Places> places = places_of(columns);
  for (const Row& row : table.rows) {
    std::string name;
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (columns[i].kind == ColumnKind::identity) name += (name.empty() ? "" : " ") + text(row[i]);
    for (const Places& at : places) {
      const Column& column = columns[at.value];
      const Family family{table.header.name,
                          column.name + (quantity == SIZE_MAX ? "" : " " + text(row[quantity])), column.kind};
      const double value = number(row, at.value);
      const bool symmetric = at.half_width != SIZE_MAX;
      const double half_width = number(row, at.half_width);
      use({family, name, value, symmetric ? value - half_width : number(row, at.low),
           symmetric ? value + half_width : number(row, at.high)});
    }
  }
}

}  // namespace pishkhan::interval_coverage
