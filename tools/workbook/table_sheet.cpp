#include <algorithm>
#include <array>
#include <cmath>

#include "sim/base/contract.hpp"
#include "tools/workbook/sheets.hpp"

namespace pishkhan::workbook {
namespace {

constexpr std::uint32_t kGroundOfHeadings = 0xE9E6DF;
constexpr std::uint32_t kLettersOfIntervals = 0x55534E;
constexpr double kHeightOfHeadings = 48;  // points: three lines

/// The ramp of the page, worst first.
struct Shade {
  std::uint32_t ground, letters;
};
constexpr std::array<Shade, 5> kShades{{{0x8C2D04, 0xFFFFFF},
                                        {0xD95F0E, 0x111111},
                                        {0xFDBE85, 0x111111},
                                        {0xA6CEE3, 0x111111},
                                        {0x1C6AA0, 0xFFFFFF}}};

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

bool is_number(const SheetColumn& column) {
  return std::any_of(column.cells.begin(), column.cells.end(),
                     [](const SheetCell& cell) { return std::holds_alternative<NumberCell>(cell); });
}

/// In characters.
double width_of(const SheetColumn& column) {
  if (is_number(column)) return is_bound(column.kind) ? 11 : 13;
  std::size_t longest = 10;
  for (const SheetCell& cell : column.cells)
    longest = std::max(longest, characters(cell_text(cell, Language::english)));
  return static_cast<double>(std::min<std::size_t>(longest + 2, 34));
}

class TableSheetWriter {
 public:
  TableSheetWriter(Book& book, const SheetTable& table, const Texts& texts, const LevelGoals& goals)
      : book_(book), table_(table), texts_(texts), goals_(goals), sheet_(book.add_sheet(table.title)) {}

  void run() {
    write_headings();
    for (std::uint16_t column = 0; column < columns(); ++column) write_cells(column);
    freeze();
    expect_done(worksheet_autofilter(sheet_, 0, 0, last_row(), last_column()));
    expect_done(worksheet_repeat_rows(sheet_, 0, 0));
    expect_done(worksheet_print_area(sheet_, 0, 0, last_row(), last_column()));
    expect_done(worksheet_set_header(sheet_, ("&C&\"-,Bold\"" + table_.title).c_str()));
    for (std::uint16_t column = 0; column < columns(); ++column) colour(column);
  }

 private:
  [[nodiscard]] std::uint16_t columns() const { return static_cast<std::uint16_t>(table_.columns.size()); }
  [[nodiscard]] std::uint16_t last_column() const { return static_cast<std::uint16_t>(columns() - 1); }
  [[nodiscard]] std::uint32_t last_row() const { return static_cast<std::uint32_t>(table_.rows); }

  void write_headings() {
    expect_done(worksheet_set_row(sheet_, 0, kHeightOfHeadings, nullptr));
    Style style;
    style.bold = style.wrap = style.border = true;
    style.ground = kGroundOfHeadings;
    for (std::uint16_t column = 0; column < columns(); ++column) {
      const SheetColumn& one = table_.columns[column];
      book_.write(sheet_, 0, column, one.title, style);
      // One click on the outline hides the intervals.
      lxw_row_col_options outline{};
      outline.level = is_bound(one.kind) ? 1 : 0;
      expect_done(worksheet_set_column_opt(sheet_, column, column, width_of(one), nullptr, &outline));
    }
  }

  void write_cells(std::uint16_t column) {
    const SheetColumn& one = table_.columns[column];
    for (std::size_t row = 0; row < one.cells.size(); ++row) {
      const auto at = static_cast<std::uint32_t>(row + kFirstRow);
      const SheetCell& cell = one.cells[row];
      if (const auto* text = std::get_if<std::string>(&cell)) {
        book_.write(sheet_, at, column, *text);
      } else if (const auto* date = std::get_if<DateCell>(&cell)) {
        book_.write_date(sheet_, at, column, date->day);
      } else if (const auto* number = std::get_if<NumberCell>(&cell)) {
        Style style;
        style.number_format = number_format(number->decimals, number->percent, book_.language());
        if (is_bound(one.kind)) style.letters = kLettersOfIntervals;
        book_.write(sheet_, at, column, number->value, style);
      }
    }
  }

  /// The headings stay in sight, and what tells the row from the others.
  void freeze() {
    constexpr std::uint16_t kMost = 2;
    std::uint16_t names = 0;
    while (names < std::min(columns(), kMost) &&
           (table_.columns[names].kind == ColumnKind::identity || table_.columns[names].quantity == "name"))
      ++names;
    worksheet_freeze_panes(sheet_, kFirstRow, names);
  }

  void add_rule(std::uint16_t column, lxw_conditional_format& rule) {
    expect_done(worksheet_conditional_format_range(sheet_, kFirstRow, column, last_row(), column, &rule));
  }

  void colour(std::uint16_t column) {
    const SheetColumn& one = table_.columns[column];
    if (is_bound(one.kind)) return;
    if (one.quantity == "service_level")
      colour_levels(column, goals_.service_level);
    else if ((one.quantity == "in_time" || is_share_of_targets(one)) && goals_.in_time)
      colour_levels(column, *goals_.in_time);
    else if (one.quantity == "in_time")
      return;
    else if (one.quantity == "verdict")
      colour_verdicts(column);
    else if (one.kind == ColumnKind::share && one.quantity != "goal")
      colour_shares(column);
  }

  /// The values of the table `targets`, where all are shares in time: with `goals_.in_time`.
  [[nodiscard]] bool is_share_of_targets(const SheetColumn& one) const {
    return table_.name == "targets" && one.quantity == "value";
  }

  /// The classes of the page's map: worse than 20 and 10 points below the goal, below it, above, far above.
  void colour_levels(std::uint16_t column, double goal) {
    lxw_conditional_format empty{};  // which would count as 0
    empty.type = LXW_CONDITIONAL_TYPE_BLANKS;
    empty.stop_if_true = LXW_TRUE;
    add_rule(column, empty);
    // To thousandths, as 0.8 - 0.2 is a little above 0.6.
    const auto limit = [](double share) { return std::nearbyint(1000 * share) / 1000; };
    const std::array<double, 5> limits{limit(goal - 0.2), limit(goal - 0.1), goal,
                                       limit(goal + (1 - goal) / 2), 2};
    for (std::size_t i = 0; i < limits.size(); ++i) {
      lxw_conditional_format rule{};
      rule.type = LXW_CONDITIONAL_TYPE_CELL;
      rule.criteria = LXW_CONDITIONAL_CRITERIA_LESS_THAN;
      rule.value = limits[i];
      rule.format = shade(kShades[i]);
      rule.stop_if_true = LXW_TRUE;
      add_rule(column, rule);
    }
  }

  void colour_verdicts(std::uint16_t column) {
    constexpr Shade kNeither{0xE9E6DF, 0x111111};
    const std::array<std::pair<const char*, Shade>, 4> verdicts{
        {{"missed", kShades[0]}, {"undecided", kNeither}, {"at_target", kShades[3]}, {"met", kShades[4]}}};
    for (const auto& [verdict, colours] : verdicts) {
      std::string word = '"' + texts_.at("standing." + std::string(verdict)) + '"';
      lxw_conditional_format rule{};
      rule.type = LXW_CONDITIONAL_TYPE_CELL;
      rule.criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO;
      rule.value_string = word.data();
      rule.format = shade(colours);
      add_rule(column, rule);
    }
  }

  void colour_shares(std::uint16_t column) {
    lxw_conditional_format rule{};
    rule.type = LXW_CONDITIONAL_2_COLOR_SCALE;
    rule.min_rule_type = rule.max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
    rule.min_value = 0;
    rule.max_value = 1;
    rule.min_color = 0xFFFFFF;
    rule.max_color = kShades[3].ground;
    add_rule(column, rule);
  }

  lxw_format* shade(const Shade& shade) { return book_.conditional_format(shade.ground, shade.letters); }

  Book& book_;
  const SheetTable& table_;
  const Texts& texts_;
  const LevelGoals& goals_;
  lxw_worksheet* sheet_;
};

}  // namespace

void write_table(Book& book, const SheetTable& table, const Texts& texts, const LevelGoals& goals) {
  TableSheetWriter(book, table, texts, goals).run();
}

std::optional<std::uint16_t> find_column(const SheetTable& table, std::string_view quantity) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].quantity == quantity && !is_bound(table.columns[i].kind))
      return static_cast<std::uint16_t>(i);
  }
  return std::nullopt;
}

}  // namespace pishkhan::workbook
