#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "sim/statistics/estimate.hpp"

namespace pishkhan {

/// 1,234,567 with the given decimals.
std::string grouped(double value, int decimals = 0);
/// `1,234 ± 5`, or `1,234 (1,228 to 1,251)` where the interval's ends are not equally far, or `-` where there
/// is no number. The value is multiplied by `scale` first. The half-width has two digits, but at most
/// `most_decimals` of them behind the point: more would say nothing.
std::string with_interval(const Estimate& estimate, int most_decimals = 0, double scale = 1,
                          std::string_view suffix = "");
/// `81.2% ± 1.5%`.
std::string percent(const Estimate& estimate);
/// `12.3 s ± 1.5 s`, in minutes from two on.
std::string wait_text(const Estimate& estimate);

/// One JSON object in a line, ending in a newline. Characters that a terminal obeys are escaped.
std::string json_line(const nlohmann::ordered_json& json);
/// A number for JSON, which has none for infinity: the word `infinite`.
nlohmann::ordered_json json_number(double value);

/// Lines of aligned columns, to the left or right as told by the header's first character (`<` left, `>`
/// right). On a terminal that is too narrow the widest texts are cut. Cells are made printable.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> header);
  void add(std::vector<std::string> row);
  [[nodiscard]] std::string text(std::string_view indent = "  ") const;

 private:
  std::vector<std::vector<std::string>> rows_;
  std::vector<bool> right_;
};

}  // namespace pishkhan
