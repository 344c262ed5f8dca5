#pragma once
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "models/scenario/scenario.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan::workbook {

/// What the values of text columns are called in the language of a workbook.
class CellWords {
 public:
  /// By column, of what has an id.
  using Names = std::map<std::string, std::map<std::string, std::string>, std::less<>>;

  CellWords(const Scenario& scenario, const Texts& texts);
  /// The names are in the language of the texts.
  CellWords(Names names, const Texts& texts) : texts_(texts), has_dates_(true), names_(std::move(names)) {}

  [[nodiscard]] const Texts& texts() const { return texts_; }
  [[nodiscard]] bool has_dates() const { return has_dates_; }
  /// A value of a column: the name of a county, the word for a channel. What has no word stays as it is.
  [[nodiscard]] std::string word(std::string_view column, const std::string& value) const;
  /// The name of what has the id, in columns that hold ids of counties, places, agencies and services;
  /// otherwise the id.
  [[nodiscard]] std::string name_of(std::string_view column, const std::string& id) const;

 private:
  [[nodiscard]] std::string reasons(const std::string& why) const;
  [[nodiscard]] std::string group(const std::string& value) const;

  const Texts& texts_;
  bool has_dates_;
  Names names_;
};

/// What cells with an id of a column say: of Persian and English names by id the one in the language, or the
/// id where it has none.
CellWords::Names names_of(
    std::initializer_list<
        std::pair<const char*, const std::map<std::string, std::pair<std::string, std::string>>*>>
        columns,
    Language language);

}  // namespace pishkhan::workbook
