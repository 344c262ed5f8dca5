#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tools/page/study.hpp"
#include "tools/page/verdict_in_words.hpp"
#include "tools/report/printed.hpp"
#include "tools/texts/texts.hpp"

// A study in words and printed numbers, as page and workbook have them.
namespace pishkhan::page {

/// `wait of all who joined, Sari`.
std::string response_name(const Response& response, const StudyRecord& record, const Texts& texts);
/// How its numbers are shown.
Shown shown_of(const Response& response);
PrintedEstimate print_response(const Response& response, const Estimate& estimate);
/// Digits with their unit in words.
std::string in_words(const std::string& digits, const std::string& unit, const Texts& texts);

/// Unit of a numeric factor in words: `per min`; empty where there is none.
std::string factor_unit(const Factor& factor, const Texts& texts);
/// Digits of a numeric factor's value, `+0.5` where a plus is written; its text where it has no numbers.
std::string factor_digits(const Factor& factor, const Level& level);
/// The value with its unit.
std::string factor_value(const Factor& factor, const Level& level, const Texts& texts);
/// The values of all factors.
std::string point_words(const Study& study, const std::vector<Level>& values, const Texts& texts);

/// `full_factorial`, the name of a design in study files.
const char* name_of(DesignKind design);
/// Whether points are all those of some levels, so that curves can be drawn through them.
bool has_curves(const Study& study);
/// Over which factor curves are drawn first, and of which each level has a line.
struct CurveAxes {
  std::size_t over = 0;
  std::optional<std::size_t> lines;
};
CurveAxes curve_axes(const Study& study);

/// The best point of a response as printed, and its guarantee.
struct PrintedBest {
  std::size_t response = 0, point = 0;
  std::string value;  ///< of the best
  std::string loss;   ///< at most so much worse than another; empty: it is the best for sure
  std::string unit, unit_of_loss;
  std::size_t candidates = 0, compared = 0;
};
/// Of each response of which a value is best, where points could be compared.
std::vector<PrintedBest> printed_best(const StudySource& source);
/// How a point stands beside the best: value and `behind`, rounded alike.
struct PrintedContender {
  std::string value;
  PrintedEstimate behind;
};
PrintedContender print_contender(const Study& study, const RankedPoint& point);
/// An index of a factor, rounded; indices are shares without a sign of per cent.
PrintedEstimate print_sensitivity(const Study& study, const Sensitivity& one);

/// A sentence a response, the first first.
VerdictInWords study_verdict_of(const StudySource& source, const Texts& texts);

}  // namespace pishkhan::page
