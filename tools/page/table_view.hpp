#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "tools/report/printed.hpp"
#include "tools/report/table.hpp"

namespace pishkhan::page {

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

/// The table of the name, if the source has it among its `tables`.
template <class Source>
std::optional<TableView> find_table(const Source& source, std::string_view name) {
  for (const Table* table : source.tables)
    if (table->header.name == name) return TableView(*table);
  return std::nullopt;
}

}  // namespace pishkhan::page
