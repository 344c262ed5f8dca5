#include <cmath>
#include <utility>

#include "tools/page/comparison_parts.hpp"
#include "tools/report/headlines.hpp"
#include "tools/report/waterfall_table.hpp"
#include "tools/texts/numbers.hpp"

// The numbers of a comparison, rounded as people see them.
namespace pishkhan::page {
namespace {

/// The rows of one run and quantity: the changes, and last the total.
using RowNumbers = std::vector<std::size_t>;

/// Two at most, as of other numbers, unless none would be left of the interval.
int decimals_of_difference(double half_width) {
  constexpr int kMostDecimals = 4;
  constexpr double kSmall = 0.01;
  return half_width > 0 && half_width < kSmall ? decimals_of(half_width, kMostDecimals)
                                               : decimals_of(half_width);
}

/// Rounded alike, and so that the parts sum to the total.
std::vector<PrintedStep> print_steps(const TableView& table, const RowNumbers& rows, const Shown& shown) {
  const std::size_t total = rows.back();
  const double low = table.number(total, "part_low").value_or(kNan),
               high = table.number(total, "part_high").value_or(kNan);
  const int decimals = decimals_of_difference((high - low) / 2 * shown.factor);
  const double unit = std::pow(10.0, -decimals);
  std::vector<double> parts;
  for (const std::size_t row : rows)
    if (row != total) parts.push_back(table.number(row, "part_mean").value_or(0) * shown.factor);
  const double whole = table.number(total, "part_mean").value_or(0) * shown.factor;
  std::vector<double> means = rounded_parts(parts, whole, unit);
  means.push_back(std::round(whole / unit) * unit);
  std::vector<PrintedStep> steps;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto digits = [&](const char* column) {
      const auto value = table.number(rows[i], column);
      return value ? rounded(*value * shown.factor, decimals) : std::string();
    };
    steps.push_back({table.text(rows[i], "change"), table.text(rows[i], "text"), rounded(means[i], decimals),
                     digits("part_low"), digits("part_high"), digits("in_written_order"),
                     digits("in_reverse_order"), digits("shared")});
  }
  return steps;
}

}  // namespace

PrintedPair print_pair(const TableView& table, std::size_t row, const std::string& quantity,
                       std::string_view unit, const std::string& a, const std::string& b,
                       const std::string& difference) {
  PrintedPair pair;
  const Shown shown = shown_as(quantity, unit);
  pair.unit = shown.unit;
  pair.difference.symmetric = false;
  pair.difference.unit = shown.unit == "percent" ? "points" : shown.unit;
  int decimals = 2;
  const auto mean = table.number(row, difference + "_mean"), low = table.number(row, difference + "_low"),
             high = table.number(row, difference + "_high");
  if (mean && low && high) {
    const double half_width = (*high - *low) / 2 * shown.factor;
    decimals = decimals_of_difference(half_width);
    if (half_width == 0 && rounded(*mean * shown.factor, 0) == rounded(*mean * shown.factor)) decimals = 0;
    pair.difference.mean = rounded(*mean * shown.factor, decimals);
    pair.difference.low = rounded(*low * shown.factor, decimals);
    pair.difference.high = rounded(*high * shown.factor, decimals);
  }
  if (const auto value = table.number(row, a)) pair.a = rounded(*value * shown.factor, decimals);
  if (const auto value = table.number(row, b)) pair.b = rounded(*value * shown.factor, decimals);
  return pair;
}

std::vector<std::string> headline_quantities() {
  std::vector<std::string> quantities;
  for (const Headline& headline : headlines(Scenario{})) quantities.emplace_back(headline.quantity);
  return quantities;
}

std::vector<HeadlineDifference> headline_differences(const ComparisonSource& source, const std::string& run) {
  std::vector<HeadlineDifference> found;
  const auto table = find_table(source, "differences");
  if (!table) return found;
  for (const std::string& quantity : headline_quantities()) {
    for (const char* channel : {"all", "office", "traditional"}) {
      if (quantity != "wait_joined_s" && channel != std::string_view("all")) continue;
      for (std::size_t row = 0; row < table->rows(); ++row) {
        if (table->text(row, "run") != run || table->text(row, "level") != "all" ||
            table->text(row, "period") != "whole" || table->text(row, "channel") != channel ||
            table->text(row, "quantity") != quantity)
          continue;
        found.push_back({quantity, channel, table->number(row, "difference_low").value_or(kNan),
                         table->number(row, "difference_high").value_or(kNan),
                         print_pair(*table, row, quantity, table->text(row, "unit"), "a", "b", "difference"),
                         table->number(row, "unpaired_replications")});
        break;
      }
    }
  }
  return found;
}

std::vector<PrintedSplit> printed_splits(const ComparisonSource& source, const std::string& run) {
  const auto table = find_table(source, "waterfall");
  std::vector<PrintedSplit> all;
  RowNumbers rows;
  for (std::size_t row = 0; table && row < table->rows(); ++row) {
    if (table->text(row, "run") != run) continue;
    rows.push_back(row);
    if (table->text(row, "change") != "total") continue;
    const std::string quantity = table->text(row, "quantity");
    const Shown shown = shown_as(quantity, table->text(row, "unit"));
    if (table->number(row, "part_mean")) {
      all.push_back({quantity, table->text(row, "channel"), shown.unit,
                     shown.unit == "percent" ? "points" : shown.unit, print_steps(*table, rows, shown)});
    }
    rows.clear();
  }
  return all;
}

std::vector<PrintedRank> printed_ranking(const ComparisonSource& source) {
  const auto table = find_table(source, "ranking");
  std::vector<PrintedRank> all;
  for (std::size_t row = 0; table && row < table->rows(); ++row) {
    const std::string quantity = table->text(row, "quantity");
    const double rank = table->number(row, "rank").value_or(0);
    const auto p = table->number(row, "p_adjusted");
    all.push_back({quantity, table->text(row, "channel"), static_cast<int>(rank), table->text(row, "run"),
                   print_pair(*table, row, quantity, table->text(row, "unit"), "value", "value", "to_best"),
                   rank != 1 && !(p && *p <= 0.05)});
  }
  return all;
}

}  // namespace pishkhan::page
