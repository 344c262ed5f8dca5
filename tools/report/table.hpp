#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace pishkhan {

/// One value of a table; monostate is "no number" (an empty field, NULL). Never a NaN.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;
using Row = std::vector<Cell>;

enum class CellType : std::uint8_t { integer, real, text };

/// `integer`, `real` or `text`, as the dictionaries say it.
inline const char* type_name(CellType type) {
  constexpr const char* names[] = {"integer", "real", "text"};
  return names[static_cast<std::size_t>(type)];
}

/// What the values of a column are, for whoever shows, adds or compares them.
enum class ColumnKind : std::uint8_t {
  identity,    ///< tells the row from the others
  attribute,   ///< a property or a name of what the row is about
  count,       ///< how many or how much: adds up over rows
  mean,        ///< per visit, transaction or transfer, or an average over time
  ratio,       ///< a number without unit that may leave 0 to 1
  share,       ///< between 0 and 1: a part of a whole, or a probability
  quantile,    ///< of a distribution
  half_width,  ///< of the confidence interval round the mean before it
  low,         ///< lower end of the confidence interval of the mean before it
  high,        ///< upper end of the same
};

inline bool is_bound(ColumnKind kind) { return kind >= ColumnKind::half_width; }

/// How the uncertainty of an estimate is given, in the columns that follow it.
enum class Bounds : std::uint8_t { none, half_width, low_and_high };

/// The short form of a table has its brief columns, the full form has all.
enum class TableForm : std::uint8_t { brief, full };

struct Column {
  std::string name;
  std::string unit;  ///< empty for names and ids
  CellType type = CellType::text;
  std::string description;
  ColumnKind kind = ColumnKind::attribute;
  Bounds bounds = Bounds::none;
  TableForm form = TableForm::full;
  /// Key of the column's title in a catalogue of texts. The same in all tables; a mean and its bounds share
  /// the key of their quantity.
  std::string title_key = {};
};

/// What a table is, apart from its rows: the data dictionary's entry.
struct TableHeader {
  std::string name;
  std::string description;
  std::vector<Column> columns;
};

struct Table {
  TableHeader header;
  std::vector<Row> rows;
};

}  // namespace pishkhan
