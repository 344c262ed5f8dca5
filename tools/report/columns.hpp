#pragma once
#include <cmath>
#include <concepts>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/province/province.hpp"
#include "sim/statistics/estimate.hpp"
#include "tools/report/measures.hpp"
#include "tools/report/table.hpp"
#include "tools/report/tables.hpp"

// A table is described once: a list of columns, each with its name, unit, kind, meaning and value. Header,
// rows, data dictionary and SQL types are made from the list.
namespace pishkhan {

/// What a table says of an estimated quantity, its value apart.
struct Quantity {
  std::string_view name, unit;
  ColumnKind kind;
  std::string_view description;
  TableForm form = TableForm::full;
  Bounds bounds = Bounds::half_width;
};

template <class Tally>
Quantity quantity_of(const Measure<Tally>& measure) {
  return {measure.name, measure.unit, measure.kind, measure.description, measure.form, measure.bounds};
}

/// A column that is not an estimate.
Column plain_column(ColumnKind kind, std::string name, std::string unit, CellType type,
                    std::string description, TableForm form);
/// `<name>_mean` (of a quantile `<name>`) and the columns of its interval: `<name>_half_width`, or
/// `<name>_low` and `<name>_high`.
std::vector<Column> estimate_columns(const Quantity& quantity);
/// The cells of estimate_columns. All empty unless mean and half-width are finite: no interval, no number.
void append_estimate(Row& row, const Estimate& estimate, Bounds bounds);

/// The same cells for what one replication had: the value, and no interval. Empty for a NaN.
void append_value_of_one(Row& row, double value, Bounds bounds);

/// The type of the cells that hold a T: text, a whole number, a real number, or an optional of these.
template <class T>
constexpr CellType cell_type() {
  if constexpr (requires {
                  typename T::value_type;
                  T().has_value();
                }) {
    return cell_type<typename T::value_type>();
  } else if constexpr (std::is_integral_v<T>) {
    return CellType::integer;
  } else if constexpr (std::is_floating_point_v<T>) {
    return CellType::real;
  } else {
    static_assert(std::is_convertible_v<T, std::string_view>);
    return CellType::text;
  }
}

/// Adds the cell of a value: empty for a NaN, an infinity and an optional without a value.
template <class T>
void append_cell(Row& row, T&& value) {
  using Type = std::remove_cvref_t<T>;
  if constexpr (requires { value.has_value(); }) {
    if (value)
      append_cell(row, *std::forward<T>(value));
    else
      row.emplace_back();
  } else if constexpr (std::is_integral_v<Type>) {
    row.emplace_back(static_cast<std::int64_t>(value));
  } else if constexpr (std::is_floating_point_v<Type>) {
    if (std::isfinite(value))
      row.emplace_back(static_cast<double>(value));
    else
      row.emplace_back();
  } else {
    row.emplace_back(std::in_place_type<std::string>, std::forward<T>(value));
  }
}

/// The columns of a table whose rows are about a Source each.
template <class Source>
class ColumnList {
 public:
  /// `value(source)` gives what cell_type and append_cell take; its type is the column's.
  template <std::invocable<const Source&> Value>
  ColumnList& add(ColumnKind kind, std::string name, std::string unit, std::string description, Value value,
                  TableForm form = TableForm::brief) {
    using Type = std::remove_cvref_t<std::invoke_result_t<Value, const Source&>>;
    columns_.push_back(plain_column(kind, std::move(name), std::move(unit), cell_type<Type>(),
                                    std::move(description), form));
    cells_.push_back([value = std::move(value)](const Source& source, Row& row, bool) {
      append_cell(row, value(source));
    });
    return *this;
  }

  template <std::invocable<const Source&> Value>
  ColumnList& add_identity(std::string name, std::string description, Value value) {
    return add(ColumnKind::identity, std::move(name), "", std::move(description), std::move(value));
  }

  template <std::invocable<const Source&> Value>
  ColumnList& add_attribute(std::string name, std::string description, Value value) {
    return add(ColumnKind::attribute, std::move(name), "", std::move(description), std::move(value));
  }

  /// The columns of an Estimate, which `value(source)` gives.
  template <std::invocable<const Source&> Value>
  ColumnList& add_estimate(const Quantity& quantity, Value value) {
    add_estimate(quantity, std::move(value), [](const Source&) { return kNan; });
    return *this;
  }

  /// The columns of every measure. `tallies(source)` points to a vector of tallies, one of each replication;
  /// null leaves the cells empty. `usual(source)` refers to the row's design effects, which outlive the list.
  template <class Tally, std::invocable<const Source&> Tallies, std::invocable<const Source&> Usual>
  ColumnList& add_measures(std::span<const Measure<Tally>> measures, Tallies tallies, Usual usual) {
    for (const Measure<Tally>& measure : measures) {
      add_estimate(
          quantity_of(measure),
          [measure, tallies, usual](const Source& source) {
            const auto* by_replication = tallies(source);
            return by_replication ? estimate(measure, *by_replication, usual(source)) : kNoEstimate;
          },
          [measure, tallies](const Source& source) {
            const auto* by_replication = tallies(source);
            return by_replication ? value_of(measure, by_replication->front()) : kNan;
          });
    }
    return *this;
  }
  /// The same where all rows have the same design effects.
  template <class Tally, std::invocable<const Source&> Tallies>
  ColumnList& add_measures(std::span<const Measure<Tally>> measures, Tallies tallies,
                           const DesignEffects& usual) {
    return add_measures(measures, std::move(tallies),
                        [&usual](const Source&) -> const DesignEffects& { return usual; });
  }
  /// The columns refer to the design effects.
  template <class Tally, std::invocable<const Source&> Tallies>
  ColumnList& add_measures(std::span<const Measure<Tally>> measures, Tallies tallies,
                           const DesignEffects&& usual) = delete;

  /// The column every table ends with.
  ColumnList& add_evidence(Evidence evidence) {
    return add_attribute("evidence",
                         "Weakest grade of the numbers the row rests on: measured, stated or assumed.",
                         [evidence](const Source&) { return to_string(evidence); });
  }

  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }

  /// A cell for every column; of a single replication the measures' values, and no other estimate.
  void append_cells(const Source& source, Row& row, bool by_replication = false) const {
    for (const auto& append : cells_) append(source, row, by_replication);
  }

 private:
  template <class Value, class ValueOfOne>
  void add_estimate(const Quantity& quantity, Value value, ValueOfOne value_of_one) {
    for (Column& column : estimate_columns(quantity)) columns_.push_back(std::move(column));
    cells_.push_back([bounds = quantity.bounds, value = std::move(value),
                      value_of_one = std::move(value_of_one)](const Source& source, Row& row, bool one) {
      if (one)
        append_value_of_one(row, value_of_one(source), bounds);
      else
        append_estimate(row, value(source), bounds);
    });
  }

  std::vector<Column> columns_;
  std::vector<std::function<void(const Source&, Row&, bool)>>
      cells_;  ///< of a column or of an estimate's columns
};

/// A table made row by row from its columns and, after them, `evidence`.
template <class Source>
class TableOf {
 public:
  TableOf(std::string name, std::string description, ColumnList<Source> columns, Evidence evidence)
      : columns_(std::move(columns)) {
    columns_.add_evidence(evidence);
    table_.header = {std::move(name), std::move(description), columns_.columns()};
  }

  /// A table that may be made of a single replication.
  TableOf(std::string name, std::string description, ColumnList<Source> columns, const Results& results,
          std::optional<Evidence> evidence = {})
      : TableOf(std::move(name), std::move(description), std::move(columns),
                evidence.value_or(results.scenario.evidence)) {
    by_replication_ = results.by_replication;
  }

  void add(const Source& source) {
    Row& row = table_.rows.emplace_back();
    row.reserve(columns_.columns().size());
    columns_.append_cells(source, row, by_replication_);
  }

  /// The table; nothing is left.
  [[nodiscard]] Table take() { return std::move(table_); }

 private:
  ColumnList<Source> columns_;
  Table table_;
  bool by_replication_ = false;
};

/// What a data dictionary says of tables.
std::vector<TableHeader> headers_of(const std::vector<Table>& tables);

}  // namespace pishkhan
