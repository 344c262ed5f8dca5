#include "tools/workbook/sheet_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "sim/base/contract.hpp"
#include "sim/base/printable.hpp"
#include "tools/page/table_view.hpp"

namespace pishkhan::workbook {
namespace {

constexpr const char* kUnitOfRow = "see unit";
constexpr std::string_view kKeyOfTitles = "column.";

/// Units that a heading names.
constexpr std::array<std::string_view, 7> kNamedUnits{"min",    "h",    "s",           "km",
                                                      "points", "rial", "million_rial"};

std::string quantity_of(const Column& column) {
  PISHKHAN_EXPECT(column.title_key.starts_with(kKeyOfTitles));
  return column.title_key.substr(kKeyOfTitles.size());
}

/// A column with the columns of its interval.
struct ColumnGroup {
  std::size_t value = 0;
  std::optional<std::size_t> half_width, low, high;
  [[nodiscard]] bool has_interval() const { return half_width || (low && high); }
};

class SheetTableMaker {
 public:
  SheetTableMaker(const Table& table, const CellWords& words, const std::vector<std::string_view>& kept)
      : table_(table), view_(table), words_(words), texts_(words.texts()), kept_(kept) {
    shown_.name = table.header.name;
    shown_.title = texts_.at("table." + table.header.name);
    shown_.rows = table.rows.size();
  }

  std::optional<SheetTable> run() {
    const bool always = std::any_of(table_.header.columns.begin(), table_.header.columns.end(),
                                    [&](const Column& column) { return is_kept(column); });
    if (shown_.rows == 0 && !always) return std::nullopt;
    for (const ColumnGroup& group : groups()) {
      if (group.has_interval())
        add_estimate(group);
      else
        add_plain(group.value);
    }
    const bool says_something =
        std::any_of(shown_.columns.begin(), shown_.columns.end(), [](const SheetColumn& column) {
          return column.kind != ColumnKind::identity && column.quantity != "name";
        });
    if (!says_something && !always) return std::nullopt;
    return std::move(shown_);
  }

 private:
  [[nodiscard]] const Column& column(std::size_t index) const { return table_.header.columns[index]; }
  [[nodiscard]] bool is_kept(const Column& column) const {
    return std::find(kept_.begin(), kept_.end(), column.name) != kept_.end();
  }
  [[nodiscard]] bool has_column(std::string_view name) const { return view_.find(name).has_value(); }

  /// The brief columns, and not the names in the other language, nor dates that nobody gave.
  [[nodiscard]] std::vector<ColumnGroup> groups() const {
    const std::string other_name = texts_.language() == Language::persian ? "name_en" : "name_fa";
    std::vector<ColumnGroup> groups;
    for (std::size_t i = 0; i < table_.header.columns.size(); ++i) {
      const Column& one = column(i);
      if (one.form != TableForm::brief || one.name.ends_with(other_name)) continue;
      if (!words_.has_dates() && one.name.starts_with("date_")) continue;
      if (!is_bound(one.kind)) {
        groups.push_back({i, {}, {}, {}});
        continue;
      }
      PISHKHAN_EXPECT(!groups.empty());
      ColumnGroup& group = groups.back();
      (one.kind == ColumnKind::low    ? group.low
       : one.kind == ColumnKind::high ? group.high
                                      : group.half_width) = i;
    }
    return groups;
  }

  /// How the numbers of a column are shown in a row: some tables have a quantity a row.
  [[nodiscard]] Shown shown_as(const Column& of, std::size_t row) const {
    if (of.unit != kUnitOfRow) return pishkhan::shown_as(quantity_of(of), of.unit);
    return pishkhan::shown_as(quantity_of_row(row), view_.text(row, "unit"));
  }
  [[nodiscard]] std::string quantity_of_row(std::size_t row) const {
    return view_.text(row, has_column("measure") ? "measure" : "quantity");
  }

  [[nodiscard]] std::string title(const Column& of) const {
    const std::string title =
        texts_.at(of.name == "name_fa" || of.name == "name_en" ? "column.name" : of.title_key);
    const Shown shown = pishkhan::shown_as(quantity_of(of), of.unit);
    const bool counts_time = of.kind != ColumnKind::identity && of.unit != kUnitOfRow;
    return counts_time ? title_with_unit(title, shown.unit, texts_) : title;
  }

  void add_estimate(const ColumnGroup& group) {
    const Column& of = column(group.value);
    const bool symmetric = !(group.low && group.high);
    SheetColumn value{title(of), quantity_of(of), of.kind, {}};
    SheetColumn low{
        texts_.fill("heading.low", {{"title", value.title}}), value.quantity, ColumnKind::low, {}};
    SheetColumn high{
        texts_.fill("heading.high", {{"title", value.title}}), value.quantity, ColumnKind::high, {}};
    for (std::size_t row = 0; row < shown_.rows; ++row) {
      const Shown shown = shown_as(of, row);
      const auto printed = print(row, group, symmetric, shown);
      const bool percent = shown.unit == "percent";
      value.cells.push_back(number_cell(printed.mean, percent));
      low.cells.push_back(number_cell(printed.low, percent));
      high.cells.push_back(number_cell(printed.high, percent));
    }
    if (is_same_in_all(value) && is_same_in_all(low) && is_same_in_all(high)) {
      leave_out(value);
      return;
    }
    for (SheetColumn* one : {&value, &low, &high}) shown_.columns.push_back(std::move(*one));
  }

  [[nodiscard]] PrintedEstimate print(std::size_t row, const ColumnGroup& group, bool symmetric,
                                      const Shown& shown) const {
    const auto at = [&](std::size_t index) { return view_.number(row, column(index).name); };
    const auto mean = at(group.value);
    if (symmetric) {
      const auto half_width = at(*group.half_width);
      if (!mean || !half_width) return {};
      return print_estimate(*mean, *mean - *half_width, *mean + *half_width, true, shown);
    }
    const auto low = at(*group.low), high = at(*group.high);
    if (!mean || !low || !high) return {};
    return print_estimate(*mean, *low, *high, false, shown);
  }

  void add_plain(std::size_t index) {
    const Column& of = column(index);
    const bool is_name = of.name == "name_fa" || of.name == "name_en";
    SheetColumn added{title(of), is_name ? "name" : of.name, of.kind, {}};
    for (std::size_t row = 0; row < shown_.rows; ++row) added.cells.push_back(plain_cell(row, index));
    const bool is_first = index == 0 && of.kind == ColumnKind::identity;
    if (!is_first && !is_kept(of) && is_same_in_all(added))
      leave_out(added);
    else
      shown_.columns.push_back(std::move(added));
  }

  [[nodiscard]] SheetCell plain_cell(std::size_t row, std::size_t index) const {
    const Column& of = column(index);
    if (of.name == "unit") {
      const std::string unit = pishkhan::shown_as(quantity_of_row(row), view_.text(row, "unit")).unit;
      return texts_.at_or("unit." + unit, unit);
    }
    if (of.type == CellType::text) return text_cell(of.name, view_.text(row, of.name));
    const auto number = view_.number(row, of.name);
    if (!number) return {};
    const Shown shown = shown_as(of, row);
    constexpr int kDecimalsOfDegrees = 4;
    const double value = *number * shown.factor;
    return number_cell(shown.unit == "degrees" ? rounded(value, kDecimalsOfDegrees) : rounded(value),
                       shown.unit == "percent");
  }

  [[nodiscard]] SheetCell text_cell(const std::string& name, const std::string& value) const {
    if (value.empty()) return {};
    if (name == "date_gregorian")
      if (const auto day = parse_gregorian(value)) return DateCell{*day};
    // Where a table has ids and names, both stay.
    const bool is_id_of_row = name == column(0).name && has_column("name_fa");
    return is_id_of_row ? printable(value) : words_.word(name, printable(words_.name_of(name, value)));
  }

  /// Of `2016-04-03`.
  static std::optional<DayNumber> parse_gregorian(const std::string& text) {
    Date date;
    const char* const end = text.data() + text.size();
    const auto year = std::from_chars(text.data(), end, date.year);
    if (year.ec != std::errc() || year.ptr == end) return std::nullopt;
    const auto month = std::from_chars(year.ptr + 1, end, date.month);
    if (month.ec != std::errc() || month.ptr == end) return std::nullopt;
    const auto day = std::from_chars(month.ptr + 1, end, date.day);
    if (day.ec != std::errc() || day.ptr != end) return std::nullopt;
    return from_gregorian(date);
  }

  void leave_out(const SheetColumn& column) {
    if (column.cells.empty()) return;
    const std::string value = cell_text(column.cells.front(), texts_.language());
    if (!value.empty()) shown_.same_in_all_rows.emplace_back(column.title, value);
  }

  const Table& table_;
  page::TableView view_;
  const CellWords& words_;
  const Texts& texts_;
  const std::vector<std::string_view>& kept_;
  SheetTable shown_;
};

}  // namespace

std::optional<SheetTable> make_sheet_table(const Table& table, const CellWords& words,
                                           const std::vector<std::string_view>& kept) {
  return SheetTableMaker(table, words, kept).run();
}

bool is_same_in_all(const SheetColumn& column) {
  if (column.cells.empty()) return true;
  const bool is_empty = std::holds_alternative<std::monostate>(column.cells.front());
  if (column.cells.size() == 1) return is_empty;
  return std::all_of(column.cells.begin(), column.cells.end(),
                     [&](const SheetCell& cell) { return cell == column.cells.front(); });
}

SheetCell number_cell(const std::string& digits, bool percent) {
  if (digits.empty()) return {};
  const std::string text = digits + (percent ? "e-2" : "");
  NumberCell cell;
  cell.percent = percent;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), cell.value);
  PISHKHAN_ENSURE(error == std::errc() && end == text.data() + text.size());
  const std::size_t point = digits.find('.');
  if (point != std::string::npos) cell.decimals = static_cast<int>(digits.size() - point - 1);
  return cell;
}

std::string title_with_unit(const std::string& title, std::string_view unit, const Texts& texts) {
  if (std::find(kNamedUnits.begin(), kNamedUnits.end(), unit) == kNamedUnits.end()) return title;
  return texts.fill("heading.unit", {{"title", title}, {"unit", texts.at("unit." + std::string(unit))}});
}

std::string cell_text(const SheetCell& cell, Language language) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* date = std::get_if<DateCell>(&cell)) return format_date(date->day, CalendarKind::gregorian);
  const auto* number = std::get_if<NumberCell>(&cell);
  if (!number) return "";
  const std::string digits = rounded(number->percent ? 100 * number->value : number->value, number->decimals);
  return number->percent ? set_percent(digits, language) : set_number(digits, language);
}

}  // namespace pishkhan::workbook
