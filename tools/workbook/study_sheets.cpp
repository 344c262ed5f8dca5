#include "tools/workbook/study_sheets.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tools/page/study_words.hpp"
#include "tools/workbook/sheet_maker.hpp"

namespace pishkhan::workbook {
namespace {

/// Digits without the plus that the scenario language writes before what is added.
std::string without_plus(const std::string& digits) {
  return digits.starts_with('+') ? digits.substr(1) : digits;
}

bool never(std::size_t) { return false; }

class StudySheets {
 public:
  StudySheets(const page::StudySource& source, const Texts& texts) : source_(source), texts_(texts) {}

  std::vector<SheetTable> run() {
    std::vector<SheetTable> sheets{factors()};
    for (auto&& sheet : {best(), sensitivities(), points()})
      if (sheet) sheets.push_back(*sheet);
    return sheets;
  }

 private:
  [[nodiscard]] const Study& study() const { return source_.study; }
  [[nodiscard]] std::string factor_title(const Factor& factor) const {
    const std::string unit = page::factor_unit(factor, texts_);
    return unit.empty() ? factor.id : texts_.fill("heading.unit", {{"title", factor.id}, {"unit", unit}});
  }
  [[nodiscard]] std::string name(const Response& response) const {
    return page::response_name(response, source_.record, texts_);
  }
  [[nodiscard]] std::string title(const Response& response) const {
    return title_with_unit(name(response), page::shown_of(response).unit, texts_);
  }

  SheetTable factors() {
    const auto& all = study().factors;
    SheetMaker maker("factors", all.size(), texts_);
    maker.add_text(
        texts_.at("study.factor"), "factor", [&](std::size_t f) { return all[f].id; }, ColumnKind::identity);
    maker.add_text(texts_.at("study.path"), "path", [&](std::size_t f) {
      return all[f].path.empty() ? texts_.at("study.variants") : all[f].path;
    });
    // Its marks of direction are the program's own; what users wrote in it is printable.
    maker.add_cells(texts_.at("study.values"), "values", ColumnKind::attribute,
                    [&](std::size_t f) { return SheetCell(values_of(all[f])); });
    return maker.take();
  }
  [[nodiscard]] std::string values_of(const Factor& factor) const {
    const auto words = [&](double number) {
      Level level;
      level.number = number;
      return page::factor_value(factor, level, texts_);
    };
    if (factor.levels.empty())
      return texts_.fill("interval", {{"low", words(factor.low)}, {"high", words(factor.high)}});
    std::string text;
    for (const Level& level : factor.levels)
      text += (text.empty() ? "" : texts_.at("list.comma")) + page::factor_value(factor, level, texts_);
    return text;
  }

  /// Number of the point, and the value of every factor there.
  void add_point(SheetMaker& maker, const std::vector<std::size_t>& numbers) const {
    maker.add_number(
        texts_.at("points.point"), "point", [&](std::size_t row) { return std::to_string(numbers[row]); },
        never);
    for (std::size_t f = 0; f < study().factors.size(); ++f) {
      const Factor& factor = study().factors[f];
      const auto digits = [&](std::size_t row) {
        return page::factor_digits(factor, source_.design.point(numbers[row])[f]);
      };
      if (factor.is_numeric) {
        maker.add_number(
            factor_title(factor), factor.id, [&](std::size_t row) { return without_plus(digits(row)); },
            never);
      } else {
        maker.add_text(factor_title(factor), factor.id, digits);
      }
    }
  }

  std::optional<SheetTable> points() {
    const auto& shown = source_.findings.shown;
    if (shown.empty()) return std::nullopt;
    std::vector<std::size_t> numbers;
    for (const PointResult& result : shown) numbers.push_back(result.point);
    SheetMaker maker("points", shown.size(), texts_);
    add_point(maker, numbers);
    for (std::size_t i = 0; i < study().responses.size(); ++i) {
      const Response& response = study().responses[i];
      maker.add_estimate(title(response), "r" + std::to_string(i), [&](std::size_t row) {
        const bool has = i < shown[row].responses.size();
        return page::print_response(response,
                                    has ? shown[row].responses[i].estimate : Estimate{kNan, kNan, 0});
      });
    }
    maker.add_text(texts_.at("points.failure"), "failure",
                   [&](std::size_t row) { return shown[row].failure; });
    return maker.take();
  }

  /// The best first, by response.
  std::optional<SheetTable> best() {
    std::vector<RankedPoint> ranked = source_.findings.best;
    if (ranked.empty()) return std::nullopt;
    std::stable_sort(ranked.begin(), ranked.end(), [](const RankedPoint& a, const RankedPoint& b) {
      return a.response != b.response ? a.response < b.response : a.contender.mean < b.contender.mean;
    });
    std::vector<std::size_t> numbers;
    std::vector<page::PrintedContender> printed;
    for (const RankedPoint& one : ranked) {
      numbers.push_back(one.point);
      printed.push_back(page::print_contender(study(), one));
    }
    const auto response = [&](std::size_t row) -> const Response& {
      return study().responses[ranked[row].response];
    };
    SheetMaker maker("best", ranked.size(), texts_);
    maker.add_text(
        texts_.at("asked.quantity"), "quantity", [&](std::size_t row) { return title(response(row)); },
        ColumnKind::identity);
    add_point(maker, numbers);
    maker.add_number(
        texts_.at("ranking.value"), "value", [&](std::size_t row) { return printed[row].value; },
        [&](std::size_t row) { return page::shown_of(response(row)).unit == "percent"; });
    maker.add_estimate(texts_.at("best.behind"), "behind",
                       [&](std::size_t row) { return printed[row].behind; });
    maker.add_text(texts_.at("heading.unit_of_difference"), "unit",
                   [&](std::size_t row) { return texts_.at_or("unit." + printed[row].behind.unit, ""); });
    maker.add_text(texts_.at("best.may"), "may_be_best", [&](std::size_t row) {
      return texts_.at(ranked[row].contender.may_be_best ? "best.yes" : "best.no");
    });
    return maker.take();
  }

  /// A row a response and factor.
  std::optional<SheetTable> sensitivities() {
    std::map<std::pair<std::size_t, std::size_t>, std::map<std::string, const Sensitivity*>> found;
    for (const Sensitivity& one : source_.findings.sensitivities)
      found[{one.response, one.factor}][one.index] = &one;
    if (found.empty()) return std::nullopt;
    const std::vector<
        std::pair<std::pair<std::size_t, std::size_t>, std::map<std::string, const Sensitivity*>>>
        rows(found.begin(), found.end());
    SheetMaker maker("sensitivities", rows.size(), texts_);
    maker.add_text(
        texts_.at("asked.quantity"), "quantity",
        [&](std::size_t row) {
          const Response& response = study().responses[rows[row].first.first];
          return study().design == DesignKind::morris ? title(response) : name(response);
        },
        ColumnKind::identity);
    maker.add_text(
        texts_.at("study.factor"), "factor",
        [&](std::size_t row) { return study().factors[rows[row].first.second].id; }, ColumnKind::identity);
    for (const char* index : {"first_order", "total", "mean_effect", "mean_size", "deviation"}) {
      if (!rows.front().second.contains(index)) continue;
      maker.add_estimate(texts_.at(std::string("index.") + index), index, [&](std::size_t row) {
        return page::print_sensitivity(study(), *rows[row].second.at(index));
      });
    }
    maker.add_number(
        texts_.at("index.rows"), "rows",
        [&](std::size_t row) { return std::to_string(rows[row].second.begin()->second->rows); }, never);
    return maker.take();
  }

  const page::StudySource& source_;
  const Texts& texts_;
};

}  // namespace

std::vector<SheetTable> make_study_sheets(const page::StudySource& source, const Texts& texts) {
  return StudySheets(source, texts).run();
}

}  // namespace pishkhan::workbook
