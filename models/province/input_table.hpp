#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/province/table_reader.hpp"
#include "sim/base/id.hpp"
#include "sim/base/time.hpp"

// An input table is described once: a list of columns, each with its name, values, meaning and the member it
// is read into. Reading, writing and documentation are made from the list.
namespace pishkhan {

/// What the cells of a column hold, and how they are read and written.
template <class T>
struct CellFormat {
  std::string values;  ///< in words: `0 to 1`, `id of a county`
  std::string unit;    ///< empty: none
  std::function<T(TableReader&, std::string_view column)> read;
  std::function<std::string(const T&)> write;
};

namespace cell {

CellFormat<std::string> text();
CellFormat<std::string> text_or_empty();
/// An id that `ids` does not hold yet; reading adds it. `ids` must outlive the format.
CellFormat<std::string> new_id(IdTable& ids);
/// Written with at most five decimals.
CellFormat<double> number(double least, double most, std::string unit = {});
CellFormat<double> share();
CellFormat<bool> yes_or_no();
/// Written in the calendar given; either is read. Nothing where the date is wrong.
CellFormat<std::optional<DayNumber>> date(bool gregorian);

template <class T = int>
CellFormat<T> whole(int least, int most, std::string unit = {}) {
  return {std::to_string(least) + " to " + std::to_string(most) + ", whole", std::move(unit),
          [least, most](TableReader& row, std::string_view column) {
            return static_cast<T>(row.whole(column, least, most));
          },
          [](const T& value) { return std::to_string(value); }};
}

/// A whole number kept as a double, such as people.
CellFormat<double> count(int least, int most, std::string unit);

/// The words of an enumeration, as to_string gives them for the values 0 .. count - 1.
template <class E>
CellFormat<E> word(std::size_t count) {
  std::vector<std::string_view> words;
  std::string values;
  for (std::size_t i = 0; i < count; ++i) {
    words.push_back(to_string(static_cast<E>(i)));
    values += (values.empty() ? "" : ", ") + std::string(words.back());
  }
  return {
      values, "",
      [words](TableReader& row, std::string_view column) { return static_cast<E>(row.word(column, words)); },
      [](const E& value) { return std::string(to_string(value)); }};
}

/// The index of a thing, by its id. `ids` must outlive the format.
template <class Tag>
CellFormat<Id<Tag>> reference(const IdTable& ids) {
  return {ids.kind() + " id", "",
          [&ids](TableReader& row, std::string_view column) { return Id<Tag>(row.reference(column, ids)); },
          [&ids](const Id<Tag>& id) { return ids.name(id.index()); }};
}

/// The same, or nothing for an empty cell.
template <class T>
CellFormat<std::optional<T>> or_empty(CellFormat<T> format) {
  return {format.values + ", or empty", format.unit,
          [read = format.read](TableReader& row, std::string_view column) {
            return row.raw(column).empty() ? std::nullopt : std::optional<T>(read(row, column));
          },
          [write = format.write](const std::optional<T>& value) { return value ? write(*value) : ""; }};
}

}  // namespace cell

/// What the documentation says of a column.
struct InputColumn {
  std::string name, values, unit, description;
  std::optional<std::string>
      preset;  ///< stands in for a column left out and for an empty cell; none: required
};

struct InputTableDescription {
  std::string name;  ///< of the file, without `.csv`
  std::string description;
  std::vector<InputColumn> columns;
};

/// The documentation of tables in Markdown, a section each.
std::string markdown(const std::vector<InputTableDescription>& tables);

/// The columns of a table whose rows are read into a Row each. A member is a pointer to a member of Row, or a
/// function from Row& to a reference. The first column, which is required, names the row in messages.
template <class Row>
class InputTable {
 public:
  template <class Member>
  using Type = std::remove_reference_t<std::invoke_result_t<Member, Row&>>;

  InputTable(std::string name, std::string description)
      : description_{std::move(name), std::move(description), {}} {}

  template <class Member>
  InputTable& required(std::string name, Member member, std::type_identity_t<CellFormat<Type<Member>>> format,
                       std::string description) {
    return add(std::move(name), member, std::move(format), std::nullopt, std::move(description));
  }

  /// A column that may be left out or have empty cells: then the preset stands in.
  template <class Member>
  InputTable& optional(std::string name, Member member, std::type_identity_t<CellFormat<Type<Member>>> format,
                       std::type_identity_t<Type<Member>> preset, std::string description) {
    return add(std::move(name), member, std::move(format), std::optional(std::move(preset)),
               std::move(description));
  }

  [[nodiscard]] const InputTableDescription& description() const { return description_; }

  /// A reader of a file's rows; the table must outlive it.
  [[nodiscard]] TableReader open(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics,
                                 const SourceFiles& files = {}) const {
    return open(read_csv(file, diagnostics, names(true), files), diagnostics);
  }
  [[nodiscard]] TableReader open(CsvTable table, std::vector<Diagnostic>& diagnostics) const {
    return {std::move(table), names(true), diagnostics, names(false)};
  }

  /// The reader's current row, column by column; mistakes are reported as TableReader does.
  [[nodiscard]] Row read(TableReader& reader) const {
    Row row;
    for (const Access& access : access_) access.read(reader, row);
    return row;
  }

  /// The CSV text of the rows, all columns written.
  [[nodiscard]] std::string write(std::vector<Row> rows) const {
    std::string text;
    for (const InputColumn& column : description_.columns) {
      if (!text.empty()) text += ',';
      append_csv_text(text, column.name);
    }
    text += '\n';
    for (Row& row : rows) {
      for (std::size_t i = 0; i < access_.size(); ++i) {
        if (i > 0) text += ',';
        append_csv_text(text, access_[i].write(row));
      }
      text += '\n';
    }
    return text;
  }

 private:
  [[nodiscard]] std::vector<std::string_view> names(bool required) const {
    std::vector<std::string_view> found;
    for (const InputColumn& column : description_.columns)
      if (column.preset.has_value() != required) found.push_back(column.name);
    return found;
  }

  struct Access {
    std::function<void(TableReader&, Row&)> read;
    std::function<std::string(Row&)> write;
  };

  template <class Member, class T = Type<Member>>
  InputTable& add(std::string name, Member member, CellFormat<T> format,
                  std::type_identity_t<std::optional<T>> preset, std::string description) {
    access_.push_back({[name, member, read = format.read, preset](TableReader& reader, Row& row) {
                         const bool left_out = preset && (!reader.has(name) || reader.raw(name).empty());
                         std::invoke(member, row) = left_out ? *preset : read(reader, name);
                       },
                       [member, write = format.write](Row& row) { return write(std::invoke(member, row)); }});
    description_.columns.push_back({std::move(name), std::move(format.values), std::move(format.unit),
                                    std::move(description), std::nullopt});
    if (preset) description_.columns.back().preset = format.write(*preset);
    return *this;
  }

  InputTableDescription description_;
  std::vector<Access> access_;  ///< by column
};

}  // namespace pishkhan
