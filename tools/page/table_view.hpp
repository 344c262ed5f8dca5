#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "tools/page/page_source.hpp"
#include "tools/report/table.hpp"

namespace pishkhan::page {

/// The value of an estimate with its interval, rounded as its interval tells and in the unit in which it is
/// shown.
struct PrintedEstimate {
  std::string mean, low, high, half_width;  ///< all empty where there is no number
  bool symmetric = true;                    ///< the interval is mean +- half_width
  std::string unit;                         ///< percent, min, h, or as the column has it
};

/// How a quantity is shown: shares in per cent, waits in minutes, sums of clerk time in hours.
struct Shown {
  std::string unit;
  double factor = 1;
};
Shown shown_as(std::string_view quantity, std::string_view unit);

/// Rounds mean and interval.
PrintedEstimate print_estimate(double mean, double low, double high, bool symmetric, const Shown& shown);

/// A table of a run by the names of its columns.
class TableView {
 public:
  explicit TableView(const Table& table) : table_(&table) {}

  [[nodiscard]] const std::string& name() const { return table_->header.name; }
  [[nodiscard]] std::size_t rows() const { return table_->rows.size(); }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view column) const;
  [[nodiscard]] const Cell& cell(std::size_t row, std::string_view column) const;
  /// Empty where there is no text.
  [[nodiscard]] std::string text(std::size_t row, std::string_view column) const;
  /// A whole or real number, or nothing.
  [[nodiscard]] std::optional<double> number(std::size_t row, std::string_view column) const;
  [[nodiscard]] bool has_estimate(const std::string& quantity) const;
  [[nodiscard]] PrintedEstimate estimate(std::size_t row, const std::string& quantity) const;

 private:
  const Table* table_;
};

/// The table of the name, if the run wrote it.
std::optional<TableView> find_table(const PageSource& source, std::string_view name);

}  // namespace pishkhan::page
