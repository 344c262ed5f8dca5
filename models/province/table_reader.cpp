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

/// The nearest known id, or all if they are few.
std::string hint_of(const IdTable& ids, std::string_view id) {
  constexpr std::size_t kFew = 6;
  if (const std::string nearest = ids.nearest(id); !nearest.empty())
    return "did you mean " + in_quotes(nearest) + "?";
  std::string known;
  for (std::size_t i = 0; i < ids.size() && ids.size() <= kFew; ++i)
    known += (i > 0 ? ", " : "") + ids.name(i);
  return known.empty() ? "" : "one of " + known;
}

/// Whether a spreadsheet wrote the table with decimal commas: semicolons or tabs stand between the values
/// then, and no number has a decimal point.
bool has_decimal_commas(const CsvTable& table) {
  const auto has_point = [](const CsvCell& cell) {
    const std::string number = plain_digits(cell.text);
    const std::size_t point = number.find('.');
    return point != number.npos && point == number.rfind('.') && number.find(',') == number.npos &&
           parse_number(number).has_value();
  };
  return table.separator != ',' && std::none_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
           return std::any_of(row.begin(), row.end(), has_point);
         });
}

/// Whether a row is named as one that sums up the others.
bool is_total(const std::string& name) {
  const std::string word = folded_for_search(name);
  for (const std::string_view total : {"total", "grand total", "sum", "جمع", "مجموع"})
    if (word.starts_with(folded_for_search(total))) return true;
  return false;
}

}  // namespace

bool is_id(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), fits);
}

bool IdTable::add(const std::string& id, int line) {
  if (!index_.emplace(folded(id), index_.size()).second) return false;
  names_.push_back(id);
  lines_.push_back(line);
  return true;
}

std::string IdTable::place_of(const std::string& id) const {
  const std::size_t at = *find(id);
  if (at < of_earlier_files_) return "the first is in the table that this one extends";
  return "the first is in line " + std::to_string(lines_.at(at));
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
      required_(columns.size()),
      columns_(std::move(columns)),
      indices_(match_columns(table_, columns_, diagnostics, optional)),
      decimal_commas_(has_decimal_commas(table_)),
      diagnostics_(diagnostics),
      first_(diagnostics.size()) {
  columns_.insert(columns_.end(), optional.begin(), optional.end());
  const auto end_of_required =
      indices_.begin() + static_cast<std::ptrdiff_t>(std::min(required_, indices_.size()));
  knows_names_ = table_.complete && !table_.rows.empty() && !indices_.empty() && indices_[0] != kNoColumn;
  complete_ = knows_names_ && std::find(indices_.begin(), end_of_required, kNoColumn) == end_of_required;
  if (!indices_.empty() && table_.rows.empty())
    diagnostics_.push_back({table_.file, 1, 1, "", "the table has no rows", ""});
}

bool TableReader::next() {
  if (indices_.empty()) return false;
  while (row_ < table_.rows.size()) {
    ++row_;
    bad_.assign(columns_.size(), false);
    for (std::size_t i = 0; i < required_; ++i) bad_[i] = indices_[i] == kNoColumn;
    if (!report_if_no_row()) return true;
  }
  merge_repeated(diagnostics_, first_);
  first_ = diagnostics_.size();
  return false;
}

bool TableReader::report_if_no_row() {
  const std::vector<CsvCell>& row = table_.rows[row_ - 1];
  const auto report_row = [&](std::string problem) {
    diagnostics_.push_back({table_.file, row[0].line, row[0].column, "", std::move(problem),
                            "a total, remark or second heading is no row of the table: leave it out"});
    return true;
  };
  const auto same = [](const CsvCell& a, const CsvCell& b) { return folded(a.text) == b.text; };
  if (std::equal(row.begin(), row.end(), table_.header.begin(), same))
    return report_row("the heading stands here again");
  std::size_t there = 0, empty = 0;
  for (std::size_t i = 0; i < required_; ++i) {
    if (indices_[i] == kNoColumn) continue;
    ++there;
    if (row[indices_[i]].text.empty()) ++empty;
  }
  const auto name =
      std::find_if(row.begin(), row.end(), [](const CsvCell& value) { return !value.text.empty(); });
  if (empty > 0 && is_total(name->text)) return report_row("a row of totals");
  if (there < 3 || 2 * empty < there) return false;
  // A row that has an id may be meant, by the rows of other tables too.
  if (indices_[0] != kNoColumn && is_id(folded(row[indices_[0]].text))) knows_names_ = complete_ = false;
  return report_row(std::to_string(empty) + " of " + std::to_string(there) + " values are missing");
}

std::size_t TableReader::place_of(std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column);
  PISHKHAN_EXPECT(found != columns_.end());
  return static_cast<std::size_t>(found - columns_.begin());
}

std::size_t TableReader::index(std::string_view column) const { return indices_[place_of(column)]; }

const CsvCell& TableReader::cell(std::string_view column) const {
  static const CsvCell missing;
  const std::size_t index_in_row = index(column);
  PISHKHAN_EXPECT(row_ > 0);
  return index_in_row == kNoColumn ? missing : table_.rows[row_ - 1][index_in_row];
}

void TableReader::report(std::string_view column, std::string problem, std::string hint) {
  bad_[place_of(column)] = true;
  const CsvCell& at = cell(column);
  if (!has(column) || is_damaged(table_, at.text)) return;
  const std::string row_name = indices_[0] == kNoColumn ? "" : table_.rows[row_ - 1][indices_[0]].text;
  const std::string path = row_name.empty() ? std::string(column) : row_name + "." + std::string(column);
  diagnostics_.push_back({table_.file, at.line, at.column, path, std::move(problem), std::move(hint)});
}

std::string TableReader::text(std::string_view column, bool may_be_empty) {
  const std::string& value = cell(column).text;
  if (value.empty() && !may_be_empty) report(column, "the value is missing", "");
  return value;
}

void TableReader::expect_id(std::string_view column, std::string_view id) {
  if (is_id(id)) return;
  report(column, in_quotes(id) + " is not an id",
         "ids are lower-case letters, digits and hyphens, e.g. qaem-shahr");
}

std::string TableReader::new_id(std::string_view column, IdTable& ids) {
  const std::string id = folded(cell(column).text);
  if (id.empty()) {
    ids.set_incomplete();
    report(column, "the value is missing", "");
    return id;
  }
  expect_id(column, id);
  if (!ids.add(id, cell(column).line))
    report(column, "the " + ids.kind() + " " + in_quotes(id) + " stands here twice", ids.place_of(id));
  return id;
}

std::size_t TableReader::reference(std::string_view column, const IdTable& ids) {
  const std::string& id = cell(column).text;
  if (const auto index = ids.find(id)) return *index;
  if (id.empty())
    report(column, "the value is missing", "");
  else if (ids.complete())
    report(column, "unknown " + ids.kind() + " " + in_quotes(id), hint_of(ids, id));
  bad_[place_of(column)] = true;
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
