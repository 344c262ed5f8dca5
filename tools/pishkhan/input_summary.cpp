#include "tools/pishkhan/input_summary.hpp"

#include "tools/pishkhan/text.hpp"
#include "tools/report/input_tables.hpp"
#include "tools/report/printed.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan {
namespace {

std::string with_unit(const Texts& texts, const std::string& number, const std::string& unit) {
  if (number.empty()) return "-";
  if (unit == "percent") return set_percent(number, texts.language());
  return set_number(number, texts.language());
}

/// `4.8 (4.5 to 5.1)`.
std::string mean_text(const Texts& texts, const Estimate& estimate, const Shown& shown) {
  const PrintedEstimate printed = print_estimate(estimate.mean, estimate.low, estimate.high, false, shown);
  if (printed.mean.empty()) return "-";
  return with_unit(texts, printed.mean, printed.unit) + ' ' +
         texts.fill("interval.short", {{"low", with_unit(texts, printed.low, printed.unit)},
                                       {"high", with_unit(texts, printed.high, printed.unit)}});
}

std::string range_text(const Texts& texts, const InputEffect& effect, const Shown& shown) {
  if (!effect.over_assumptions) return "-";
  const auto [low, high] = *effect.over_assumptions;
  const PrintedEstimate printed = print_estimate(effect.sampled.mean, low, high, false, shown);
  return texts.fill("terminal.inputs.range", {{"low", with_unit(texts, printed.low, printed.unit)},
                                              {"high", with_unit(texts, printed.high, printed.unit)}});
}

}  // namespace

std::string inputs_text(const Texts& texts, const Results& results) {
  if (results.fixed.size() < 2) return "";
  TextTable table(texts,
                  {"<channel", "<quantity", ">with_own_numbers", ">over_assumptions", ">of_assumptions"});
  for (const InputEffect& effect : find_input_effects(results, false)) {
    const Shown shown = shown_as(effect.quantity, effect.unit);
    const std::string unit = texts.at_or("unit." + shown.unit, "");
    const std::string title = texts.at("column." + std::string(effect.quantity)) +
                              (unit.empty() || shown.unit == "percent" ? "" : " (" + unit + ")");
    table.add({texts.at("channel." + std::string(effect.group)), title, mean_text(texts, effect.fixed, shown),
               range_text(texts, effect, shown),
               effect.assumptions_share
                   ? set_percent(rounded(100 * *effect.assumptions_share, 0), texts.language())
                   : "-"});
  }
  return '\n' + texts.at("terminal.inputs.title") + '\n' + table.text();
}

}  // namespace pishkhan
