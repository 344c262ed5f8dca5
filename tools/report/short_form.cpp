#include "tools/report/short_form.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "tools/report/printed.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan {
namespace {

constexpr const char* kUnitOfRow = "see unit";
/// A sheet of paper has no room for more.
constexpr std::size_t kMostColumns = 13;

bool is_empty(const Cell& cell) { return std::holds_alternative<std::monostate>(cell); }

std::optional<double> number(const Cell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  return std::nullopt;
}

/// `84.6` of a percentage as the share `0.846`.
std::string as_share(const std::string& percent) {
  const std::size_t point = percent.find('.');
  const std::size_t decimals = point == std::string::npos ? 0 : percent.size() - point - 1;
  return rounded(std::strtod((percent + "e-2").c_str(), nullptr), static_cast<int>(decimals) + 2);
}

Cell digits_cell(const std::string& digits, const Shown& shown) {
  if (digits.empty()) return {};
  return shown.unit == "percent" ? as_share(digits) : digits;
}

/// `wait_min_mean` of `wait_s_mean`, which begins with the quantity `wait_s` in `s`.
std::string name_in_unit(const std::string& name, const std::string& quantity, const std::string& own_unit,
                         const std::string& unit) {
  const std::string ending = '_' + own_unit;
  if (unit == own_unit || unit == "percent" || !quantity.ends_with(ending)) return name;
  const std::string stem = quantity.substr(0, quantity.size() - ending.size());
  return stem + '_' + unit + name.substr(quantity.size());
}

/// What is left out, in this order, of a table that has more columns than people look through: where things
/// are, the other language, a second calendar, and what another quantity almost says.
constexpr std::array<std::string_view, 25> kLeastRead = {"latitude",
                                                         "targets",
                                                         "longitude",
                                                         "rank",
                                                         "name_en",
                                                         "station_name_en",
                                                         "date_gregorian",
                                                         "served",
                                                         "citizens_created",
                                                         "citizens_completed",
                                                         "days",
                                                         "place",
                                                         "priority",
                                                         "response_s",
                                                         "transactions",
                                                         "transaction_p99_s",
                                                         "out_of_county_share",
                                                         "citizens_lost",
                                                         "utilization",
                                                         "weekday",
                                                         "date_solar_hijri",
                                                         "kind",
                                                         "stations",
                                                         "evidence",
                                                         "agency"};

class ShortFormMaker {
 public:
  explicit ShortFormMaker(const Table& table) : table_(table) {
    const auto& columns = table.header.columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].name == "unit") unit_ = i;
      if (columns[i].name == "measure" || (columns[i].name == "quantity" && !quantity_)) quantity_ = i;
    }
  }

  std::optional<Table> run() {
    if (table_.rows.empty()) return std::nullopt;
    const auto& columns = table_.header.columns;
    for (std::size_t first = 0; first < columns.size();) {
      std::size_t end = first + 1;
      while (end < columns.size() && is_bound(columns[end].kind)) ++end;
      if (columns[first].form == TableForm::brief) add_group(first, end);
      first = end;
    }
    leave_out_least_read();
    Table brief{{table_.header.name, table_.header.description, {}}, std::vector<Row>(table_.rows.size())};
    for (Group& group : groups_) {
      for (std::size_t i = 0; i < group.cells.size(); ++i) {
        brief.header.columns.push_back(column_of(group.first + i, group.first));
        for (std::size_t row = 0; row < brief.rows.size(); ++row)
          brief.rows[row].push_back(std::move(group.cells[i][row]));
      }
    }
    return brief;
  }

 private:
  /// A column and those of its interval.
  struct Group {
    std::size_t first;                     ///< column
    std::vector<std::vector<Cell>> cells;  ///< [column of the group][row]
  };

  void add_group(std::size_t first, std::size_t end) {
    Group group{first, std::vector<std::vector<Cell>>(end - first)};
    for (const Row& row : table_.rows) {
      const std::vector<Cell> shown = end - first > 1 ? estimate(row, first, end) : plain(row, first);
      for (std::size_t i = 0; i < group.cells.size(); ++i) group.cells[i].push_back(shown[i]);
    }
    if (!std::all_of(group.cells.begin(), group.cells.end(), is_left_out))
      groups_.push_back(std::move(group));
  }

  void leave_out_least_read() {
    const auto columns = [this] {
      std::size_t sum = 0;
      for (const Group& group : groups_) sum += group.cells.size();
      return sum;
    };
    for (const std::string_view quantity : kLeastRead) {
      if (columns() <= kMostColumns) return;
      std::erase_if(groups_, [&](const Group& group) {
        const Column& column = table_.header.columns[group.first];
        if (column.kind == ColumnKind::identity) return false;
        return column.name == quantity || (group.cells.size() > 1 && quantity_of(column) == quantity);
      });
    }
  }

  /// Of a single row nothing can be said to be the same in all.
  static bool is_left_out(const std::vector<Cell>& cells) {
    if (cells.size() == 1) return is_empty(cells.front());
    return std::all_of(cells.begin(), cells.end(), [&](const Cell& cell) { return cell == cells.front(); });
  }

  [[nodiscard]] static std::string quantity_of(const Column& column) {
    return column.title_key.substr(column.title_key.find('.') + 1);
  }

  [[nodiscard]] Column column_of(std::size_t index, std::size_t first) const {
    Column column = table_.header.columns[index];
    const std::string quantity = quantity_of(table_.header.columns[first]);
    const std::string unit = shown_as(quantity, column.unit).unit;
    column.name = name_in_unit(column.name, quantity, column.unit, unit);
    if (unit != "percent") column.unit = unit;
    return column;
  }

  /// How the numbers of a column are shown in a row: some tables have a quantity a row.
  [[nodiscard]] Shown shown_in(const Row& row, const Column& column) const {
    if (column.unit != kUnitOfRow) return shown_as(quantity_of(column), column.unit);
    return shown_as(text(row, quantity_), text(row, unit_));
  }

  static std::string text(const Row& row, std::optional<std::size_t> column) {
    const auto* value = column ? std::get_if<std::string>(&row[*column]) : nullptr;
    return value ? *value : std::string();
  }

  /// The number of a kind in a group of columns.
  [[nodiscard]] std::optional<double> number_of(const Row& row, ColumnKind kind, std::size_t first,
                                                std::size_t end) const {
    for (std::size_t i = first; i < end; ++i)
      if (table_.header.columns[i].kind == kind) return number(row[i]);
    return std::nullopt;
  }

  [[nodiscard]] std::vector<Cell> estimate(const Row& row, std::size_t first, std::size_t end) const {
    std::vector<Cell> cells(end - first);
    const Shown shown = shown_in(row, table_.header.columns[first]);
    const auto mean = number(row[first]);
    const auto half_width = number_of(row, ColumnKind::half_width, first, end);
    const auto low = number_of(row, ColumnKind::low, first, end);
    const auto high = number_of(row, ColumnKind::high, first, end);
    if (!mean || (!half_width && !(low && high))) return cells;
    const PrintedEstimate printed =
        low && high ? print_estimate(*mean, *low, *high, false, shown)
                    : print_estimate(*mean, *mean - *half_width, *mean + *half_width, true, shown);
    cells.front() = digits_cell(printed.mean, shown);
    for (std::size_t i = first + 1; i < end; ++i) {
      const ColumnKind kind = table_.header.columns[i].kind;
      cells[i - first] = digits_cell(kind == ColumnKind::low    ? printed.low
                                     : kind == ColumnKind::high ? printed.high
                                                                : printed.half_width,
                                     shown);
    }
    return cells;
  }

  [[nodiscard]] std::vector<Cell> plain(const Row& row, std::size_t index) const {
    constexpr int kDecimalsOfDegrees = 4;
    const Column& column = table_.header.columns[index];
    if (index == unit_) {
      const std::string unit = shown_as(text(row, quantity_), text(row, unit_)).unit;
      return {unit == "percent" ? row[index] : Cell(unit)};
    }
    if (index == quantity_ && unit_) {
      const std::string quantity = text(row, index), unit = text(row, unit_);
      return {name_in_unit(quantity, quantity, unit, shown_as(quantity, unit).unit)};
    }
    const auto value = number(row[index]);
    if (!value) return {row[index]};
    const Shown shown = shown_in(row, column);
    const double scaled = *value * shown.factor;
    return {
        digits_cell(shown.unit == "degrees" ? rounded(scaled, kDecimalsOfDegrees) : rounded(scaled), shown)};
  }

  const Table& table_;
  std::optional<std::size_t> unit_, quantity_;  ///< of tables with a quantity a row
  std::vector<Group> groups_;
};

}  // namespace

std::optional<Table> short_form(const Table& table) {
  // A formula is not read right without what it leaves out.
  if (table.header.name == "theory") return std::nullopt;
  return ShortFormMaker(table).run();
}

}  // namespace pishkhan
