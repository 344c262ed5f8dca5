#include "tools/workbook/study_charts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "tools/page/study_words.hpp"
#include "tools/workbook/chart_sheet.hpp"
#include "tools/workbook/sheet_table.hpp"

namespace pishkhan::workbook {
namespace {

constexpr std::array<std::uint32_t, 6> kColours{0x0E5A6B, 0xA23C07, 0x6D4A9C, 0x4D6B0A, 0x8A5A00, 0x55534E};

class StudyCharts {
 public:
  StudyCharts(ChartSheet& sheet, const page::StudySource& source, const Texts& texts)
      : sheet_(sheet), source_(source), texts_(texts), axes_(page::curve_axes(source.study)) {}

  void run() {
    for (std::size_t i = 0; i < study().responses.size(); ++i) {
      if (page::has_curves(study())) draw_curves(i);
      if (!source_.findings.sensitivities.empty()) draw_sensitivities(i);
    }
  }

 private:
  using Values = ChartNumbers::Values;

  [[nodiscard]] const Study& study() const { return source_.study; }
  [[nodiscard]] std::string name(std::size_t response) const {
    return page::response_name(study().responses[response], source_.record, texts_);
  }

  /// The point of which the two factors of the axes have these levels, and all others their first.
  [[nodiscard]] const PointResult* point_at(std::size_t level, std::optional<std::size_t> line) const {
    for (const PointResult& result : source_.findings.shown) {
      bool fits = true;
      for (std::size_t f = 0; f < study().factors.size() && fits; ++f) {
        const std::size_t wanted = f == axes_.over                    ? level
                                   : axes_.lines && f == *axes_.lines ? line.value_or(0)
                                                                      : 0;
        fits = source_.design.level_at(result.point, f) == wanted;
      }
      if (fits) return &result;
    }
    return nullptr;
  }

  /// A line with the ends of its intervals.
  [[nodiscard]] std::array<Values, 3> line_of(std::size_t response, std::optional<std::size_t> line) const {
    const Factor& over = study().factors[axes_.over];
    std::array<Values, 3> values;
    for (std::size_t level = 0; level < over.levels.size(); ++level) {
      const PointResult* point = point_at(level, line);
      const bool has = point && response < point->responses.size() &&
                       std::isfinite(point->responses[response].estimate.half_width);
      const Shown shown = page::shown_of(study().responses[response]);
      const double factor = shown.unit == "percent" ? 1 : shown.factor;
      const auto add = [&](Values& into, double Estimate::*member) {
        into.cells.push_back(has ? std::optional(factor * (point->responses[response].estimate.*member))
                                 : std::nullopt);
      };
      add(values[0], &Estimate::mean);
      add(values[1], &Estimate::low);
      add(values[2], &Estimate::high);
    }
    return values;
  }

  void draw_curves(std::size_t response) {
    const Factor& over = study().factors[axes_.over];
    ChartNumbers numbers;
    const std::string unit = page::factor_unit(over, texts_);
    numbers.over = unit.empty() ? over.id : texts_.fill("heading.unit", {{"title", over.id}, {"unit", unit}});
    for (const Level& level : over.levels) {
      if (over.is_numeric)
        numbers.numbers.push_back(level.number);
      else
        numbers.labels.push_back(level.text);
    }
    const std::size_t lines = axes_.lines ? study().factors[*axes_.lines].levels.size() : 1;
    for (std::size_t line = 0; line < lines; ++line) {
      std::array<Values, 3> values = line_of(response, line);
      values[0].title = name(response);
      if (axes_.lines) {
        const Factor& factor = study().factors[*axes_.lines];
        values[0].title = factor.id + ' ' + page::factor_value(factor, factor.levels[line], texts_);
      }
      values[1].title = texts_.fill("heading.low", {{"title", values[0].title}});
      values[2].title = texts_.fill("heading.high", {{"title", values[0].title}});
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0 && !over.is_numeric) continue;  // bars show no ends of intervals
        values[i].colour = kColours[line % kColours.size()];
        values[i].is_bound = i > 0;
        numbers.columns.push_back(std::move(values[i]));
      }
    }
    const Shown shown = page::shown_of(study().responses[response]);
    ChartForm form;
    form.type = over.is_numeric ? LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS : LXW_CHART_COLUMN;
    form.title = name(response);
    form.axis = title_with_unit(name(response), shown.unit, texts_);
    form.in_percent = shown.unit == "percent";
    form.has_legend = axes_.lines.has_value();
    sheet_.add(numbers, form);
  }

  /// The two indices of each factor that are read first.
  void draw_sensitivities(std::size_t response) {
    const bool of_morris = study().design == DesignKind::morris;
    const std::array<const char*, 2> indices{of_morris ? "mean_size" : "first_order",
                                             of_morris ? "deviation" : "total"};
    const Shown shown = page::shown_of(study().responses[response]);
    // Effects of shares are shown in points.
    const double factor = of_morris ? shown.factor : 1;
    ChartNumbers numbers;
    numbers.over = texts_.at("study.factor");
    for (const Factor& one : study().factors) numbers.labels.push_back(one.id);
    for (std::size_t i = 0; i < indices.size(); ++i) {
      Values values{texts_.at(std::string("index.") + indices[i]), {}, kColours[i], false};
      values.cells.resize(study().factors.size());
      for (const Sensitivity& one : source_.findings.sensitivities) {
        if (one.response == response && one.index == indices[i] && std::isfinite(one.value.mean))
          values.cells[one.factor] = factor * one.value.mean;
      }
      numbers.columns.push_back(std::move(values));
    }
    ChartForm form;
    form.type = LXW_CHART_COLUMN;
    form.title = texts_.at("sensitivities.title") + texts_.at("list.colon") + name(response);
    form.axis = of_morris
                    ? title_with_unit(name(response), shown.unit == "percent" ? "points" : shown.unit, texts_)
                    : texts_.at("index.axis");
    form.has_legend = true;
    sheet_.add(numbers, form);
  }

  ChartSheet& sheet_;
  const page::StudySource& source_;
  const Texts& texts_;
  page::CurveAxes axes_;
};

}  // namespace

bool has_study_charts(const page::StudySource& source) {
  return !source.findings.shown.empty() &&
         (page::has_curves(source.study) || !source.findings.sensitivities.empty());
}

void write_study_charts(Book& book, const page::StudySource& source, const Texts& texts) {
  if (!has_study_charts(source)) return;
  ChartSheet sheet(book, texts);
  StudyCharts(sheet, source, texts).run();
  sheet.close();
}

}  // namespace pishkhan::workbook
