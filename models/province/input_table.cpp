#include "models/province/input_table.hpp"

#include <charconv>

#include "models/province/calendar.hpp"
#include "models/province/number_text.hpp"

namespace pishkhan {
namespace {

/// At most five decimals, none that says nothing.
std::string decimal(double value) {
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 5).ptr;
  std::string text(digits, end);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

namespace cell {

CellFormat<std::string> text() {
  return {"text", "", [](TableReader& row, std::string_view column) { return row.text(column); },
          [](const std::string& value) { return value; }};
}

CellFormat<std::string> text_or_empty() {
  return {"text, or empty", "",
          [](TableReader& row, std::string_view column) { return row.text(column, true); },
          [](const std::string& value) { return value; }};
}

CellFormat<std::string> new_id(IdTable& ids) {
  return {"id, once only", "",
          [&ids](TableReader& row, std::string_view column) { return row.new_id(column, ids); },
          [](const std::string& value) { return value; }};
}

CellFormat<double> number(double least, double most, std::string unit) {
  return {
      decimal(least) + " to " + decimal(most), std::move(unit),
      [least, most](TableReader& row, std::string_view column) { return row.number(column, least, most); },
      decimal};
}

CellFormat<double> count(int least, int most, std::string unit) {
  return {std::to_string(least) + " to " + std::to_string(most) + ", whole", std::move(unit),
          [least, most](TableReader& row, std::string_view column) -> double {
            return row.whole(column, least, most);
          },
          decimal};
}

CellFormat<double> share() { return number(0, 1); }

CellFormat<bool> yes_or_no() {
  return {"yes, no", "", [](TableReader& row, std::string_view column) { return row.yes_or_no(column); },
          [](const bool& value) { return std::string(value ? "yes" : "no"); }};
}

CellFormat<std::optional<DayNumber>> date(bool gregorian) {
  const CalendarKind calendar = gregorian ? CalendarKind::gregorian : CalendarKind::solar_hijri;
  return {"date, year-month-day", "",
          [](TableReader& row, std::string_view column) {
            ParsedDate date = parse_date(plain_digits(row.raw(column)));
            if (!date.day) row.report(column, std::move(date.problem), std::move(date.hint));
            return date.day;
          },
          [calendar](const std::optional<DayNumber>& day) { return day ? format_date(*day, calendar) : ""; }};
}

}  // namespace cell

std::string markdown(const std::vector<InputTableDescription>& tables) {
  std::string text;
  for (const InputTableDescription& table : tables) {
    text += "\n## " + table.name + ".csv\n\n" + table.description + "\n\n";
    text += "| column | values | unit | if left out | meaning |\n|---|---|---|---|---|\n";
    for (const InputColumn& column : table.columns) {
      std::string preset = "required";
      if (column.preset) preset = column.preset->empty() ? "empty" : *column.preset;
      text += "| " + column.name + " | " + column.values + " | " + column.unit + " | " + preset + " | " +
              column.description + " |\n";
    }
  }
  return text;
}

}  // namespace pishkhan
