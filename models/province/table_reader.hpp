#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/province/csv.hpp"

namespace pishkhan {

/// Whether the text is made of lower-case letters, digits and hyphens, none of them at its ends.
bool is_id(std::string_view text);

/// The ids of one kind of thing in the order of their rows.
class IdTable {
 public:
  explicit IdTable(std::string kind) : kind_(std::move(kind)) {}

  /// False when the id, or one that folds to the same, is there already.
  bool add(const std::string& id, int line = 0);
  /// Where an id stands that is there, for a hint.
  [[nodiscard]] std::string place_of(const std::string& id) const;
  /// The ids to come are of another file than those before.
  void begin_file() { of_earlier_files_ = names_.size(); }
  /// Whether ids of another file come before those of this one.
  [[nodiscard]] bool follows_a_file() const { return of_earlier_files_ > 0; }
  [[nodiscard]] std::optional<std::size_t> find(const std::string& id) const;
  [[nodiscard]] const std::string& name(std::size_t index) const { return names_.at(index); }
  [[nodiscard]] std::size_t size() const { return names_.size(); }
  [[nodiscard]] std::string nearest(std::string_view id) const;
  [[nodiscard]] const std::string& kind() const { return kind_; }  ///< `county`, for messages
  /// Whether all ids could be read, so that another one is a mistake.
  [[nodiscard]] bool complete() const { return complete_; }
  void set_incomplete() { complete_ = false; }

 private:
  bool complete_ = true;
  std::string kind_;
  std::vector<std::string> names_;
  std::vector<int> lines_;
  std::size_t of_earlier_files_ = 0;
  std::unordered_map<std::string, std::size_t> index_;  ///< by the folded id
};

/// Reads the rows of a table with known columns, cell by cell in any order; what is wrong with a
/// cell is reported with its place and read as the lower bound, an empty text or index 0. So is every cell of
/// a required column that is missing, which was reported once. Such values are not to be judged further.
class TableReader {
 public:
  /// What the names of the columns refer to must outlive the reader.
  TableReader(CsvTable table, std::vector<std::string_view> columns, std::vector<Diagnostic>& diagnostics,
              std::vector<std::string_view> optional = {});

  /// Steps to the next row; false after the last one or when no column is known. A total, a remark or another
  /// heading is reported and left out.
  bool next();

  /// Whether the table has the column: false for an optional one that is left out.
  [[nodiscard]] bool has(std::string_view column) const { return index(column) != kNoColumn; }

  /// Any text; empty only if may_be_empty.
  std::string text(std::string_view column, bool may_be_empty = false);
  /// A lower-case ASCII id of letters, digits and hyphens that ids does not hold yet. Folded, as are those
  /// that refer to it.
  std::string new_id(std::string_view column, IdTable& ids);
  /// Reports the cell if `id`, which was read from it, is none.
  void expect_id(std::string_view column, std::string_view id);
  /// Index of the thing the cell names. Not reported when it may be one of those that could not be read.
  std::size_t reference(std::string_view column, const IdTable& ids);
  /// In digits of any script; the decimal point may be a comma where none separates columns.
  double number(std::string_view column, double least, double most);
  /// A number from 0 to 1.
  double share(std::string_view column);
  int whole(std::string_view column, int least, int most);
  bool yes_or_no(std::string_view column);
  /// Index among the words.
  std::size_t word(std::string_view column, const std::vector<std::string_view>& words);

  /// Reports a mistake at a cell of the current row.
  void report(std::string_view column, std::string problem, std::string hint);
  [[nodiscard]] const std::string& raw(std::string_view column) const { return cell(column).text; }
  /// Where in its line a cell of the current row begins.
  [[nodiscard]] int place(std::string_view column) const { return cell(column).column; }
  /// Line of the current row.
  [[nodiscard]] int line() const { return table_.rows[row_ - 1][0].line; }
  /// Whether nothing was wrong with a cell of the current row so far.
  [[nodiscard]] bool is_good(std::string_view column) const { return !bad_[place_of(column)]; }
  /// Whether there are rows, none was left out, and no required column is missing.
  [[nodiscard]] bool complete() const { return complete_; }
  /// Whether all rows can be read by the name in their first column, whatever else is missing.
  [[nodiscard]] bool knows_names() const { return knows_names_; }

 private:
  /// Reports the current row if it is none of the table.
  bool report_if_no_row();
  [[nodiscard]] std::size_t place_of(std::string_view column) const;
  [[nodiscard]] std::size_t index(std::string_view column) const;
  [[nodiscard]] const CsvCell& cell(std::string_view column) const;

  CsvTable table_;
  std::size_t required_;
  std::vector<std::string_view> columns_;  ///< the optional ones last
  std::vector<std::size_t> indices_;       ///< in the table, or kNoColumn; empty when none is known
  std::vector<bool> bad_;                  ///< cells of the current row, in the order of columns_
  bool knows_names_, complete_;
  bool decimal_commas_;  ///< a comma in a number is its decimal point
  std::vector<Diagnostic>& diagnostics_;
  std::size_t first_;    ///< of the table's own diagnostics
  std::size_t row_ = 0;  ///< counts from 1 while reading
};

}  // namespace pishkhan
