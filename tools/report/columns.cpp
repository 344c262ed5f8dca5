#include "tools/report/columns.hpp"

namespace pishkhan {
namespace {

std::string title_key(std::string_view quantity) { return "column." + std::string(quantity); }

}  // namespace

Column plain_column(ColumnKind kind, std::string name, std::string unit, CellType type,
                    std::string description, TableForm form) {
  std::string key = title_key(name);
  return {std::move(name), std::move(unit), type, std::move(description), kind, Bounds::none, form,
          std::move(key)};
}

std::vector<Column> estimate_columns(const Quantity& quantity) {
  const std::string name(quantity.name);
  const std::string mean = quantity.kind == ColumnKind::quantile ? name : name + "_mean";
  std::vector<Column> columns;
  const auto add = [&](const std::string& column, std::string description, ColumnKind kind, Bounds bounds) {
    columns.push_back({column, std::string(quantity.unit), CellType::real, std::move(description), kind,
                       bounds, quantity.form, title_key(name)});
  };
  add(mean, std::string(quantity.description), quantity.kind, quantity.bounds);
  switch (quantity.bounds) {
    case Bounds::none:
      break;
    case Bounds::half_width:
      add(name + "_half_width", "95% half-width of " + mean + " over replications.", ColumnKind::half_width,
          Bounds::none);
      break;
    case Bounds::low_and_high:
      add(name + "_low", "Lower end of the 95% interval of " + mean + " over replications.", ColumnKind::low,
          Bounds::none);
      add(name + "_high", "Upper end of the 95% interval of " + mean + " over replications.",
          ColumnKind::high, Bounds::none);
      break;
  }
  return columns;
}

void append_estimate(Row& row, const Estimate& estimate, Bounds bounds) {
  const bool known = std::isfinite(estimate.mean) && std::isfinite(estimate.half_width);
  const auto add = [&](double value) {
    row.emplace_back();
    if (known) row.back() = value;
  };
  add(estimate.mean);
  switch (bounds) {
    case Bounds::none:
      break;
    case Bounds::half_width:
      add(estimate.half_width);
      break;
    case Bounds::low_and_high:
      add(estimate.low);
      add(estimate.high);
      break;
  }
}

void append_value_of_one(Row& row, double value, Bounds bounds) {
  append_cell(row, value);
  constexpr std::size_t kCells[] = {0, 1, 2};  // of none, half_width, low_and_high
  row.resize(row.size() + kCells[static_cast<std::size_t>(bounds)]);
}

std::vector<TableHeader> headers_of(const std::vector<Table>& tables) {
  std::vector<TableHeader> headers;
  for (const Table& table : tables) headers.push_back(table.header);
  return headers;
}

}  // namespace pishkhan
