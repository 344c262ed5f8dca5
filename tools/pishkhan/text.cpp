#include "tools/pishkhan/text.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <utility>

#include "sim/base/printable.hpp"
#include "sim/base/time.hpp"
#include "tools/pishkhan/terminal.hpp"
#include "tools/texts/name_order.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kGap = 2;        ///< between columns
constexpr std::size_t kNarrowest = 8;  ///< to which a column is cut

/// Narrows the widest columns of texts until the table fits.
void fit(std::vector<std::size_t>& widths, const std::vector<bool>& right, std::size_t columns) {
  const auto total = [&] {
    return std::accumulate(widths.begin(), widths.end(), kGap * (widths.size() - 1));
  };
  while (total() > columns) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (!right[i] && (widest == widths.size() || widths[i] > widths[widest])) widest = i;
    if (widest == widths.size() || widths[widest] <= kNarrowest) return;
    --widths[widest];
  }
}

}  // namespace

const Texts& terminal_texts(const std::string& language) {
  static const Texts persian(Language::persian), english(Language::english);
  return language == "fa" ? persian : english;
}

std::string grouped(const Texts& texts, double value, int decimals) {
  char digits[400];
  std::snprintf(digits, sizeof digits, "%.*f", decimals, value);
  const bool negative = digits[0] == '-';
  const char* const minus = texts.language() == Language::persian ? "\u2212" : "-";
  return (negative ? minus : "") + set_number(digits + (negative ? 1 : 0), texts.language());
}

std::string with_interval(const Texts& texts, const Estimate& estimate, int most_decimals, double scale,
                          const std::string& unit) {
  if (!std::isfinite(estimate.mean) || !std::isfinite(estimate.half_width))
    return texts.at("terminal.no_number");
  int decimals = most_decimals;
  if (const double width = std::abs(estimate.half_width * scale); width > 0)
    decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(width))), 0, most_decimals);
  const auto text = [&](double value) {
    const std::string number = grouped(texts, value * scale, decimals);
    return unit.empty() ? number : texts.fill("terminal.with_unit." + unit, {{"n", number}});
  };
  const std::string below = text(estimate.mean - estimate.low), above = text(estimate.high - estimate.mean);
  if (below == above) return text(estimate.mean) + " ± " + above;
  return texts.fill(
      "terminal.interval",
      {{"mean", text(estimate.mean)}, {"low", text(estimate.low)}, {"high", text(estimate.high)}});
}

std::string percent(const Texts& texts, const Estimate& estimate) {
  return with_interval(texts, estimate, 2, 100, "percent");
}

std::string wait_text(const Texts& texts, const Estimate& estimate) {
  constexpr double kShort_s = 120;
  if (estimate.mean < kShort_s) return with_interval(texts, estimate, 2, 1, "s");
  return with_interval(texts, estimate, 2, 1 / kSecondsPerMinute, "min");
}

std::string word(const Texts& texts, std::string_view value) {
  const std::string text(value);
  return texts.at_or("terminal.word." + text, text);
}

std::string channel_name(const Texts& texts, Channel channel) {
  return texts.at("terminal.channel." + std::string(to_string(channel)));
}

std::string date_text(const Texts& texts, DayNumber day) {
  return texts.language() == Language::persian ? long_date(day, texts) : format_date(day);
}

nlohmann::ordered_json json_of_command(const std::string& command) {
  return {{"command", command}, {"output_version", kOutputVersion}};
}

std::string json_line(const nlohmann::ordered_json& json) {
  return printable_json(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + '\n';
}

nlohmann::ordered_json interval_json(const Estimate& estimate) {
  for (const double value : {estimate.mean, estimate.low, estimate.high})
    if (!std::isfinite(value)) return nullptr;
  return {{"mean", estimate.mean}, {"low", estimate.low}, {"high", estimate.high}};
}

nlohmann::ordered_json json_number(double value) {
  if (std::isfinite(value)) return value;
  return std::isnan(value) ? "unknown" : value > 0 ? "infinite" : "-infinite";
}

TextTable::TextTable(const Texts& texts, const std::vector<std::string>& header)
    : language_(texts.language()) {
  std::vector<std::string>& titles = rows_.emplace_back();
  for (const std::string& column : header) {
    right_.push_back(column.front() == '>');
    titles.push_back(texts.at("terminal.column." + column.substr(1)));
  }
}

void TextTable::add(std::vector<std::string> row) {
  for (std::string& cell : row) cell = printable(cell);
  rows_.push_back(std::move(row));
}

void TextTable::sort_by_name(std::size_t column) {
  if (language_ == Language::english) return;
  const NameOrder comes_before(language_);
  std::stable_sort(rows_.begin() + 1, rows_.end(),
                   [&](const auto& a, const auto& b) { return comes_before(a[column], b[column]); });
}

std::string TextTable::text(std::string_view indent) const {
  std::vector<std::size_t> widths(right_.size());
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));

  if (const std::size_t columns = terminal_columns(STDOUT_FILENO); columns > indent.size())
    fit(widths, right_, columns - indent.size());
  std::string text;
  for (const auto& row : rows_) {
    std::string line(indent);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string cell = cut_to(row[i], widths[i]);
      const std::string padding(widths[i] - width_of(cell), ' ');
      if (i > 0) line.append(kGap, ' ');
      line += right_[i] ? padding + cell : cell + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace pishkhan
