#include "tools/page/study_words.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/printable.hpp"
#include "tools/sweep/responses.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {
namespace {

constexpr int kMostDecimals = 4;

std::string isolated(const std::string& text) { return "\u2068" + printable(text) + "\u2069"; }

/// An id or a unit of the scenario language keeps its direction.
std::string code(const std::string& text) { return "\u2066" + printable(text) + "\u2069"; }

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin);
}

/// Of the estimates of a study: more decimals than of other numbers, as indices and rates are small.
PrintedEstimate print_small(double mean, double low, double high, const Shown& shown) {
  PrintedEstimate printed;
  printed.symmetric = false;
  printed.unit = shown.unit;
  if (!std::isfinite(mean) || !std::isfinite(low) || !std::isfinite(high)) return printed;
  const int decimals = decimals_of((high - low) / 2 * shown.factor, kMostDecimals);
  printed.mean = rounded(mean * shown.factor, decimals);
  printed.low = rounded(low * shown.factor, decimals);
  printed.high = rounded(high * shown.factor, decimals);
  return printed;
}

/// A sentence that begins with a quantity.
std::string as_sentence(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string unit_of_difference(const std::string& unit) { return unit == "percent" ? "points" : unit; }

class StudyVerdictWriter {
 public:
  StudyVerdictWriter(const StudySource& source, const Texts& texts) : source_(source), texts_(texts) {}

  [[nodiscard]] VerdictInWords run() const {
    VerdictInWords verdict;
    verdict.facts = facts();
    const std::vector<PrintedBest> best = printed_best(source_);
    for (std::size_t i = 0; i < study().responses.size(); ++i) {
      const auto found =
          std::find_if(best.begin(), best.end(), [i](const auto& one) { return one.response == i; });
      std::string sentence = found != best.end() ? best_sentence(*found) : sensitivity_sentence(i);
      if (sentence.empty()) sentence = range_sentence(i);
      // What is best is told first.
      const bool is_first = !best.empty() && best.front().response == i;
      verdict.sentences.insert(is_first ? verdict.sentences.begin() : verdict.sentences.end(),
                               as_sentence(std::move(sentence)));
    }
    if (source_.findings.failed > 0) {
      verdict.failed = texts_.fill("study.failed", {{"failed", number(source_.findings.failed)},
                                                    {"points", number(source_.findings.points)}});
    }
    if (source_.findings.at_limit > 0) {
      verdict.failed += (verdict.failed.empty() ? "" : " ") +
                        texts_.fill("study.at_limit", {{"n", number(source_.findings.at_limit)},
                                                       {"points", number(source_.findings.points)}});
    }
    verdict.how_sure = texts_.at("sure.interval") + ' ' + texts_.at("study.sure") + ' ' +
                       texts_.at("sure." + std::string(to_string(source_.record.evidence)));
    return verdict;
  }

 private:
  [[nodiscard]] const Study& study() const { return source_.study; }
  [[nodiscard]] std::string number(std::size_t count) const {
    return set_number(std::to_string(count), texts_.language());
  }
  [[nodiscard]] std::string name(std::size_t response) const {
    return response_name(study().responses[response], source_.record, texts_);
  }
  [[nodiscard]] std::string point(std::size_t number) const {
    return point_words(study(), source_.design.point(number), texts_);
  }

  [[nodiscard]] std::string facts() const {
    const StudyRecord& record = source_.record;
    const std::string replications =
        record.precision.empty() ? texts_.fill("study.replications",
                                               {{"n", number(static_cast<std::size_t>(record.replications))}})
                                 : texts_.fill("study.precision", {{"precision", code(record.precision)}});
    return texts_.fill("study.facts",
                       {{"title", isolated(study().title)},
                        {"scenario", isolated(record.scenario)},
                        {"design", texts_.at("design." + std::string(name_of(study().design)))},
                        {"points", number(source_.findings.points)},
                        {"replications", replications},
                        {"seed", std::to_string(record.seed)}});
  }

  [[nodiscard]] std::string best_sentence(const PrintedBest& best) const {
    const bool greatest = study().responses[best.response].best == Best::greatest;
    const std::string guarantee =
        best.loss.empty()
            ? texts_.at("study.best.sure")
            : texts_.fill("study.best.loss", {{"loss", in_words(best.loss, best.unit_of_loss, texts_)},
                                              {"candidates", number(best.candidates)},
                                              {"points", number(best.compared)}});
    return texts_.fill(greatest ? "study.greatest" : "study.least",
                       {{"quantity", name(best.response)},
                        {"point", point(best.point)},
                        {"value", in_words(best.value, best.unit, texts_)}}) +
           ' ' + guarantee;
  }

  /// On which factor a response depends most.
  [[nodiscard]] std::string sensitivity_sentence(std::size_t response) const {
    const bool of_morris = study().design == DesignKind::morris;
    const Sensitivity* most = nullptr;
    for (const Sensitivity& one : source_.findings.sensitivities) {
      if (one.response != response || one.index != (of_morris ? "mean_size" : "total")) continue;
      if (std::isnan(one.value.mean)) continue;
      if (most == nullptr || one.value.mean > most->value.mean) most = &one;
    }
    if (most == nullptr) return "";
    const PrintedEstimate printed = print_sensitivity(study(), *most);
    const auto digits = [&](const std::string& text) { return in_words(text, printed.unit, texts_); };
    return texts_.fill(of_morris ? "study.most.morris" : "study.most.sobol",
                       {{"quantity", name(response)},
                        {"factor", code(study().factors[most->factor].id)},
                        {"value", digits(printed.mean)},
                        {"low", digits(printed.low)},
                        {"high", digits(printed.high)}});
  }

  [[nodiscard]] std::string range_sentence(std::size_t response) const {
    const StudyRange& range = source_.findings.ranges[response];
    if (range.least == SIZE_MAX) return texts_.fill("study.no_number", {{"quantity", name(response)}});
    const Response& of = study().responses[response];
    const PrintedEstimate low = print_response(of, range.low), high = print_response(of, range.high);
    if (low.mean.empty() || high.mean.empty())
      return texts_.fill("study.no_number", {{"quantity", name(response)}});
    return texts_.fill("study.range", {{"quantity", name(response)},
                                       {"low", in_words(low.mean, low.unit, texts_)},
                                       {"least", point(range.least)},
                                       {"high", in_words(high.mean, high.unit, texts_)},
                                       {"greatest", point(range.greatest)}});
  }

  const StudySource& source_;
  const Texts& texts_;
};

}  // namespace

std::string response_name(const Response& response, const StudyRecord& record, const Texts& texts) {
  std::string name = texts.at_or("column." + response.quantity, response.quantity);
  const std::string comma = texts.at("list.comma");
  if (!response.channel.empty()) name += comma + texts.at_or("channel." + response.channel, response.channel);
  for (const std::string& id : {response.county, response.station}) {
    if (id.empty()) continue;
    const auto found = record.names.find(id);
    const bool persian = texts.language() == Language::persian;
    name += comma + (found == record.names.end() ? code(id)
                     : persian                   ? found->second.first
                                                 : found->second.second);
  }
  return name;
}

Shown shown_of(const Response& response) {
  return pishkhan::shown_as(response.quantity, unit_of(response.quantity));
}

PrintedEstimate print_response(const Response& response, const Estimate& estimate) {
  const Shown shown = shown_of(response);
  if (std::isfinite(estimate.mean) && std::isfinite(estimate.low) && std::isfinite(estimate.high))
    return print_estimate(estimate.mean, estimate.low, estimate.high, false, shown);
  PrintedEstimate none;
  none.symmetric = false;
  none.unit = shown.unit;
  return none;
}

std::string in_words(const std::string& digits, const std::string& unit, const Texts& texts) {
  if (digits.empty()) return texts.at("no_value");
  if (unit == "percent") return set_percent(digits, texts.language());
  const std::string number = set_number(digits, texts.language()), &word = texts.at_or("unit." + unit, "");
  return word.empty() ? number : number + ' ' + word;
}

std::string factor_unit(const Factor& factor, const Texts& texts) {
  const std::string unit = trimmed(factor.unit);
  if (unit.empty()) return "";
  if (unit == "%") return texts.at("unit.percent");
  if (!unit.starts_with('/')) return texts.at_or("unit." + unit, code(unit));
  const std::string of = trimmed(unit.substr(1));
  return texts.fill("study.per", {{"unit", texts.at_or("unit." + of, code(of))}});
}

std::string factor_digits(const Factor& factor, const Level& level) {
  if (!factor.is_numeric) return level.text;
  const std::string digits = rounded(level.number, kMostDecimals);
  std::string short_digits = digits;
  if (short_digits.find('.') != std::string::npos) {
    short_digits.erase(short_digits.find_last_not_of('0') + 1);
    if (short_digits.ends_with('.')) short_digits.pop_back();
  }
  return (factor.has_plus && level.number >= 0 ? "+" : "") + short_digits;
}

std::string factor_value(const Factor& factor, const Level& level, const Texts& texts) {
  const std::string digits = factor_digits(factor, level);
  if (!factor.is_numeric) return isolated(digits);
  const bool has_plus = digits.starts_with('+'), in_percent = trimmed(factor.unit) == "%";
  const std::string bare = has_plus ? digits.substr(1) : digits;
  // As a minus, the plus stands to the left of a Persian number.
  const std::string plus = !has_plus ? "" : texts.language() == Language::persian ? "\u200e+" : "+";
  const std::string unit = factor_unit(factor, texts);
  const std::string number =
      plus + (in_percent ? set_percent(bare, texts.language()) : set_number(bare, texts.language()));
  return unit.empty() || in_percent ? number : number + ' ' + unit;
}

std::string point_words(const Study& study, const std::vector<Level>& values, const Texts& texts) {
  std::string text;
  for (std::size_t f = 0; f < values.size(); ++f) {
    text += (f == 0 ? "" : texts.at("list.comma")) + code(study.factors[f].id) + ' ' +
            factor_value(study.factors[f], values[f], texts);
  }
  return text;
}

const char* name_of(DesignKind design) {
  constexpr const char* names[] = {"full_factorial", "one_at_a_time", "latin_hypercube",
                                   "sobol",          "sobol_indices", "morris"};
  return names[static_cast<std::size_t>(design)];
}

bool has_curves(const Study& study) {
  return study.design == DesignKind::full_factorial || study.design == DesignKind::one_at_a_time;
}

CurveAxes curve_axes(const Study& study) {
  constexpr std::size_t kMostLines = 6;
  CurveAxes axes;
  const auto& factors = study.factors;
  const auto find = [&](auto fits) {
    for (std::size_t f = 0; f < factors.size(); ++f)
      if (fits(factors[f], f)) return std::optional(f);
    return std::optional<std::size_t>();
  };
  // What is continuous first.
  auto over = find([](const Factor& one, std::size_t) { return one.levels.empty(); });
  if (!over)
    over = find([](const Factor& one, std::size_t) { return one.is_numeric && one.levels.size() > 1; });
  if (!over) over = find([](const Factor& one, std::size_t) { return one.levels.size() > 1; });
  axes.over = over.value_or(0);
  if (study.design == DesignKind::full_factorial) {
    axes.lines = find([&](const Factor& one, std::size_t f) {
      return f != axes.over && one.levels.size() > 1 && one.levels.size() <= kMostLines;
    });
  }
  return axes;
}

PrintedContender print_contender(const Study& study, const RankedPoint& point) {
  const Response& response = study.responses[point.response];
  const Shown shown = shown_of(response);
  const double sign = response.best == Best::greatest ? -1 : 1;
  const Estimate& behind = point.contender.behind;
  PrintedContender printed;
  printed.behind = print_small(behind.mean, behind.low, behind.high, shown);
  printed.behind.unit = unit_of_difference(shown.unit);
  const double half_width = (behind.high - behind.low) / 2 * shown.factor;
  printed.value = rounded(sign * point.contender.mean * shown.factor, decimals_of(half_width, kMostDecimals));
  return printed;
}

std::vector<PrintedBest> printed_best(const StudySource& source) {
  std::vector<PrintedBest> all;
  for (std::size_t response = 0; response < source.study.responses.size(); ++response) {
    const RankedPoint* best = nullptr;
    PrintedBest printed;
    for (const RankedPoint& one : source.findings.best) {
      if (one.response != response) continue;
      ++printed.compared;
      printed.candidates += one.contender.may_be_best;
      if (best == nullptr || one.contender.mean < best->contender.mean) best = &one;
    }
    if (best == nullptr || std::isnan(best->contender.behind.mean)) continue;
    const PrintedContender contender = print_contender(source.study, *best);
    printed.response = response;
    printed.point = best->point;
    printed.value = contender.value;
    printed.unit = shown_of(source.study.responses[response]).unit;
    printed.unit_of_loss = contender.behind.unit;
    if (printed.candidates > 1 && best->contender.behind.high > 0) printed.loss = contender.behind.high;
    all.push_back(std::move(printed));
  }
  return all;
}

PrintedEstimate print_sensitivity(const Study& study, const Sensitivity& one) {
  const bool is_index = one.index == "first_order" || one.index == "total";
  const Shown shown = is_index ? Shown{"", 1} : shown_of(study.responses[one.response]);
  PrintedEstimate printed = print_small(one.value.mean, one.value.low, one.value.high, shown);
  printed.unit = unit_of_difference(shown.unit);
  return printed;
}

VerdictInWords study_verdict_of(const StudySource& source, const Texts& texts) {
  return StudyVerdictWriter(source, texts).run();
}

}  // namespace pishkhan::page
