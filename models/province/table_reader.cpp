#include "models/province/table_reader.hpp"

#include <algorithm>
#include <charconv>

#include "models/province/folding.hpp"
#include "models/province/number_text.hpp"
#include "models/province/repeated.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string written(double value) {
  char text[32];
  const auto result = std::to_chars(text, text + sizeof text, value);
  return {text, result.ptr};
}

bool is_id(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), fits);
}

std::string did_you_mean(std::string_view nearest) {
  return nearest.empty() ? "" : "did you mean " + in_quotes(nearest) + "?";
}

/// Whether a spreadsheet wrote the table with decimal commas: semicolons stand between the values then, and
/// no number has a decimal point.
bool has_decimal_commas(const CsvTable& table) {
  const auto has_point = [](const CsvCell& cell) {
    const std::string number = plain_digits(cell.text);
    const std::size_t point = number.find('.');
    return point != number.npos && point == number.rfind('.') && number.find(',') == number.npos &&
           parse_number(number).has_value();
  };
  return table.separator == ';' && std::none_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
           return std::any_of(row.begin(), row.end(), has_point);
         });
}

}  // namespace

bool IdTable::add(const std::string& id, int line) {
  if (!index_.emplace(folded(id), index_.size()).second) return false;
  names_.push_back(id);
  lines_.push_back(line);
  return true;
}

std::optional<std::size_t> IdTable::find(const std::string& id) const {
  const auto found = index_.find(folded(id));
  return found == index_.end() ? std::nullopt : std::optional(found->second);
}

std::string IdTable::nearest(std::string_view id) const {
  return std::string(nearest_name(id, {names_.begin(), names_.end()}));
}

TableReader::TableReader(CsvTable table, std::vector<std::string_view> columns,
                         std::vector<Diagnostic>& diagnostics, std::vector<std::string_view> optional)
    : table_(std::move(table)),
      columns_(std::move(columns)),
      indices_(match_columns(table_, columns_, diagnostics, optional)),
      decimal_commas_(has_decimal_commas(table_)),
      diagnostics_(diagnostics),
      first_(diagnostics.size()) {
  columns_.insert(columns_.end(), optional.begin(), optional.end());
  if (!indices_.empty() && table_.rows.empty())
    diagnostics_.push_back({table_.file, 1, 0, "", "the table has no rows", ""});
}

bool TableReader::next() {
  if (indices_.empty()) return false;
  if (row_ == table_.rows.size()) {
    merge_repeated(diagnostics_, first_);
    first_ = diagnostics_.size();
    return false;
  }
  ++row_;
  return true;
}

std::size_t TableReader::index(std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column);
  PISHKHAN_EXPECT(found != columns_.end());
  return indices_[static_cast<std::size_t>(found - columns_.begin())];
}

const CsvCell& TableReader::cell(std::string_view column) const {
  const std::size_t index_in_row = index(column);
  PISHKHAN_EXPECT(index_in_row != kNoColumn && row_ > 0);
  return table_.rows[row_ - 1][index_in_row];
}

void TableReader::report(std::string_view column, std::string problem, std::string hint) {
  const CsvCell& at = cell(column);
  if (is_damaged(table_, at.text)) return;
  const std::string& row_name = table_.rows[row_ - 1][indices_[0]].text;
  const std::string path = row_name.empty() ? std::string(column) : row_name + "." + std::string(column);
  diagnostics_.push_back({table_.file, at.line, at.column, path, std::move(problem), std::move(hint)});
}

std::string TableReader::text(std::string_view column, bool may_be_empty) {
  const std::string& value = cell(column).text;
  if (value.empty() && !may_be_empty) report(column, "the value is missing", "");
  return value;
}

std::string TableReader::new_id(std::string_view column, IdTable& ids) {
  const std::string id = folded(cell(column).text);
  if (!is_id(id)) {
    report(column, in_quotes(id) + " is not an id",
           "ids are lower-case letters, digits and hyphens, e.g. qaem-shahr");
  }
  if (!ids.add(id, cell(column).line)) {
    report(column, "the " + ids.kind() + " " + in_quotes(id) + " stands here twice",
           "the first is in line " + std::to_string(ids.line_of(id)));
  }
  return id;
}

std::size_t TableReader::reference(std::string_view column, const IdTable& ids) {
  const std::string& id = cell(column).text;
  if (const auto index = ids.find(id)) return *index;
  report(column, "unknown " + ids.kind() + " " + in_quotes(id), did_you_mean(ids.nearest(id)));
  return 0;
}

double TableReader::number(std::string_view column, double least, double most) {
  const std::string& value = cell(column).text;
  const std::string plain = plain_digits(value);
  const std::string number = with_point(plain, decimal_commas_);
  const auto parsed = parse_number(number);
  if (!parsed) {
    const std::string readings = thousands_readings(number);
    report(column, value.empty() ? "the value is missing" : in_quotes(value) + " is not a finite number",
           readings.empty() ? "write digits with a point, e.g. 12.5" : "is it " + readings);
    return least;
  }
  if (*parsed >= least && *parsed <= most) return *parsed;
  const bool negative = *parsed < 0 && least >= 0;
  report(column, negative ? value + " is negative" : value + " is out of range",
         "from " + written(least) + " to " + written(most));
  return least;
}

double TableReader::share(std::string_view column) { return number(column, 0, 1); }

int TableReader::whole(std::string_view column, int least, int most) {
  const std::string& value = cell(column).text;
  const std::string number = plain_digits(value);
  const auto parsed = parse_whole(number);
  if (!parsed) {
    const std::string readings = thousands_readings(number);
    report(column, value.empty() ? "the value is missing" : in_quotes(value) + " is not a whole number",
           readings.empty() ? "" : "is it " + readings + " Write it without separators");
    return least;
  }
  if (*parsed >= least && *parsed <= most) return static_cast<int>(*parsed);
  report(column, value + (*parsed < 0 ? " is negative" : " is out of range"),
         "from " + std::to_string(least) + " to " + std::to_string(most));
  return least;
}

bool TableReader::yes_or_no(std::string_view column) { return word(column, {"no", "yes"}) == 1; }

std::size_t TableReader::word(std::string_view column, const std::vector<std::string_view>& words) {
  const std::string value = folded(cell(column).text);
  const auto found = std::find(words.begin(), words.end(), value);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string choice;
  for (const std::string_view known : words) choice += (choice.empty() ? "" : ", ") + std::string(known);
  report(column, value.empty() ? "the value is missing" : "unknown word " + in_quotes(value),
         "one of " + choice);
  return 0;
}

}  // namespace pishkhan
