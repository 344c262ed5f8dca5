#include "tools/workbook/waterfall_charts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "tools/page/comparison_parts.hpp"
#include "tools/workbook/chart_sheet.hpp"
#include "tools/workbook/sheet_table.hpp"

namespace pishkhan::workbook {
namespace {

constexpr std::uint32_t kOfRun = 0x0E5A6B, kOfMore = 0xD95F0E, kOfLess = 0x1C6AA0;

/// What planners ask first; the sheet of the waterfall has the others.
constexpr std::array<std::string_view, 4> kDrawn{"wait_joined_s", "service_level", "citizens_lost",
                                                 "staffed_s"};

double number_of(const std::string& digits) {
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

struct Bar {
  std::string label;
  double from = 0, to = 0;
  bool is_run = false;
};

/// From the first run's value over each change to the other's. Shares change by points.
std::vector<Bar> bars_of(const page::PrintedSplit& split, const page::PrintedPair* ends,
                         const std::string& first, const std::string& other, const Texts& texts) {
  const bool has_ends = ends && !ends->a.empty() && !ends->b.empty();
  const double scale = split.unit == "percent" ? 0.01 : 1;
  double at = has_ends ? scale * number_of(ends->a) : 0;
  std::vector<Bar> bars;
  if (has_ends) bars.push_back({first, 0, at, true});
  for (const page::PrintedStep& step : split.steps) {
    if (step.change == "total") continue;
    const double to = at + scale * number_of(step.mean);
    bars.push_back({change_name(step.change, texts), at, to, false});
    at = to;
  }
  if (has_ends) bars.push_back({other, 0, scale * number_of(ends->b), true});
  return bars;
}

/// A bar from one number to another as parts that are stacked: the room below it, and what is above and below
/// zero.
struct Stacked {
  double room = 0, above = 0, below = 0;
};
Stacked stacked(double from, double to) {
  const double low = std::min(from, to), high = std::max(from, to);
  if (low >= 0) return {low, high - low, 0};
  if (high <= 0) return {high, 0, low - high};
  return {0, high, low};
}

ChartNumbers numbers_of(const std::vector<Bar>& bars, const Texts& texts) {
  ChartNumbers numbers{texts.at("asked.change"), {}, {}, {}};
  using Values = ChartNumbers::Values;
  Values room{texts.at("chart.room"), {}, 0, false};
  std::array<Values, 3> above{Values{texts.at("compare.run"), {}, kOfRun, false},
                              Values{texts.at("chart.more"), {}, kOfMore, false},
                              Values{texts.at("chart.less"), {}, kOfLess, false}};
  std::array<Values, 3> below = above;
  bool any_below = false;
  for (const Bar& bar : bars) {
    const Stacked parts = stacked(bar.from, bar.to);
    const std::size_t kind = bar.is_run ? 0 : bar.to >= bar.from ? 1 : 2;
    numbers.labels.push_back(bar.label);
    room.cells.emplace_back(parts.room);
    for (std::size_t i = 0; i < above.size(); ++i) {
      above[i].cells.push_back(i == kind ? std::optional(parts.above) : std::nullopt);
      below[i].cells.push_back(i == kind && parts.below != 0 ? std::optional(parts.below) : std::nullopt);
    }
    any_below = any_below || parts.below != 0;
  }
  numbers.columns.push_back(std::move(room));
  for (Values& values : above) numbers.columns.push_back(std::move(values));
  for (Values& values : below)
    if (any_below) numbers.columns.push_back(std::move(values));
  return numbers;
}

/// Where the axis may begin, so that small changes of a large number are seen: nothing where it is zero.
std::optional<double> least_of(const std::vector<Bar>& bars) {
  double low = INFINITY, high = -INFINITY;
  for (const Bar& bar : bars) {
    for (const double end : {bar.is_run ? bar.to : bar.from, bar.to}) {
      low = std::min(low, end);
      high = std::max(high, end);
    }
  }
  const double room = (high - low) / 2;
  if (!(low > room) || room <= 0) return std::nullopt;
  const double step = std::pow(10, std::floor(std::log10(room)));
  return std::max(0.0, std::floor((low - room) / step) * step);
}

std::string axis_of(const page::PrintedSplit& split, const Texts& texts) {
  const std::string& name = texts.at("compare.quantity." + split.quantity);
  return split.unit == "percent" ? name : title_with_unit(name, split.unit, texts);
}

}  // namespace

bool has_waterfall_charts(const page::ComparisonSource& source) {
  return std::any_of(source.record.runs.begin(), source.record.runs.end(),
                     [&](const auto& run) { return !printed_splits(source, run.first).empty(); });
}

void write_waterfall_charts(Book& book, const page::ComparisonSource& source, const Texts& texts) {
  if (!has_waterfall_charts(source)) return;
  ChartSheet sheet(book, texts);
  const std::string& first = source.record.runs.front().second;
  for (const auto& [name, title] : source.record.runs) {
    const auto ends = headline_differences(source, name);
    for (const page::PrintedSplit& split : printed_splits(source, name)) {
      if (split.channel != "all" || std::find(kDrawn.begin(), kDrawn.end(), split.quantity) == kDrawn.end())
        continue;
      const auto of_split = std::find_if(ends.begin(), ends.end(), [&](const auto& one) {
        return one.quantity == split.quantity && one.channel == split.channel;
      });
      const std::vector<Bar> bars =
          bars_of(split, of_split == ends.end() ? nullptr : &of_split->printed, first, title, texts);
      ChartForm form;
      form.title = texts.fill("waterfall.of", {{"quantity", texts.at("compare.quantity." + split.quantity)}});
      form.axis = axis_of(split, texts);
      form.in_percent = split.unit == "percent";
      form.least = least_of(bars);
      form.has_legend = true;
      sheet.add(numbers_of(bars, texts), form);
    }
  }
  sheet.close();
}

}  // namespace pishkhan::workbook
