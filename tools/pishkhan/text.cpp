#include "tools/pishkhan/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace pishkhan {
namespace {

/// Characters on the screen: bytes that do not continue a UTF-8 sequence.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::string grouped(double value, int decimals) {
  char digits[64];
  std::snprintf(digits, sizeof digits, "%.*f", decimals, value);
  std::string text = digits;
  const std::size_t first = text.front() == '-' ? 1 : 0;
  std::size_t at = std::min(text.find('.'), text.size());
  while (at > first + 3) {
    at -= 3;
    text.insert(at, 1, ',');
  }
  return text;
}

std::string with_half_width(const Estimate& estimate, int decimals, double scale, std::string_view suffix) {
  if (!std::isfinite(estimate.mean) || !std::isfinite(estimate.half_width)) return "-";
  const std::string unit(suffix);
  return grouped(estimate.mean * scale, decimals) + unit + " ± " +
         grouped(estimate.half_width * scale, decimals) + unit;
}

std::string percent(const Estimate& estimate) { return with_half_width(estimate, 1, 100, "%"); }

TextTable::TextTable(std::vector<std::string> header) {
  for (std::string& title : header) {
    right_.push_back(title.front() == '>');
    title.erase(0, 1);
  }
  rows_.push_back(std::move(header));
}

void TextTable::add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

std::string TextTable::text(std::string_view indent) const {
  std::vector<std::size_t> widths(right_.size());
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  std::string text;
  for (const auto& row : rows_) {
    std::string line(indent);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - width(row[i]), ' ');
      if (i > 0) line += "  ";
      line += right_[i] ? padding + row[i] : row[i] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace pishkhan
