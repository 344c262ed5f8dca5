#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "models/province/calendar.hpp"
#include "models/province/province.hpp"
#include "sim/statistics/estimate.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// The texts of a language as `--lang` names it: `fa`, else English.
const Texts& terminal_texts(const std::string& language);

/// 1,234,567 with the given decimals, as the language writes it.
std::string grouped(const Texts& texts, double value, int decimals = 0);
/// `1,234 ± 5`, or `1,234 (1,228 to 1,251)` where the interval's ends are not equally far, or `-` where there
/// is no number. The value is multiplied by `scale` first. The half-width has two digits, but at most
/// `most_decimals` of them behind the point: more would say nothing. `unit`: `percent`, `s`, `min` or none.
std::string with_interval(const Texts& texts, const Estimate& estimate, int most_decimals = 0,
                          double scale = 1, const std::string& unit = "");
/// `81.2% ± 1.5%`.
std::string percent(const Texts& texts, const Estimate& estimate);
/// `12.3 s ± 1.5 s`, in minutes from two on.
std::string wait_text(const Texts& texts, const Estimate& estimate);
/// A word that tables use for a kind, a grade, a cause; the word itself where the catalogue has none.
std::string word(const Texts& texts, std::string_view value);
std::string channel_name(const Texts& texts, Channel channel);
/// `1395-02-01`, in Persian «۱ اردیبهشت ۱۳۹۵».
std::string date_text(const Texts& texts, DayNumber day);
/// `name_fa` in Persian, else `name_en`.
const std::string& name_of(const Texts& texts, const auto& thing) {
  return texts.language() == Language::persian ? thing.name_fa : thing.name_en;
}

/// The version of what --json prints; results/output.schema.json describes it. It grows when a key changes
/// its meaning or goes, and not when one is added.
inline constexpr int kOutputVersion = 1;
/// An object with what every one begins with that --json prints.
nlohmann::ordered_json json_of_command(const std::string& command);

/// One JSON object in a line, ending in a newline. Characters that a terminal obeys are escaped.
std::string json_line(const nlohmann::ordered_json& json);
/// A number for JSON, which has none for infinity: the word `infinite`.
nlohmann::ordered_json json_number(double value);
/// Mean, low and high; null where there is no interval.
nlohmann::ordered_json interval_json(const Estimate& estimate);

/// Lines of aligned columns. The header has keys of titles (`terminal.column.<key>`); its first characters
/// say to which side a column is aligned (`<` left, `>` right). On a terminal that is too narrow the widest
/// texts are cut. Cells are made printable.
class TextTable {
 public:
  TextTable(const Texts& texts, const std::vector<std::string>& header);
  void add(std::vector<std::string> row);
  /// In Persian by the names in a column; in English the rows keep the order of the data, mostly of the ids.
  void sort_by_name(std::size_t column);
  [[nodiscard]] std::string text(std::string_view indent = "  ") const;

 private:
  Language language_;
  std::vector<std::vector<std::string>> rows_;  ///< the header first
  std::vector<bool> right_;
};

}  // namespace pishkhan
