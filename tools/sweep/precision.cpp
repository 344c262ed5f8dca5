#include "tools/sweep/precision.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "models/scenario/schema/quantity.hpp"
#include "models/scenario/schema/read_scalar.hpp"
#include "sim/base/contract.hpp"
#include "tools/sweep/amount.hpp"
#include "tools/sweep/responses.hpp"

namespace pishkhan {
namespace {

bool is_same(const WatchedQuantity& a, const WatchedQuantity& b) {
  return a.quantity == b.quantity && a.channel == b.channel && a.county == b.county && a.station == b.station;
}

/// The amount in the unit of a quantity; NaN where it has another unit.
double amount_in(const std::string& unit, const std::string& text) {
  const auto amount = read_amount(trim(text));
  if (!amount) return kNan;
  double value = kNan;
  if (unit == "s") return read_quantity(Quantity::duration, text, value) ? kNan : value;
  if (unit == "km") return read_quantity(Quantity::distance, text, value) ? kNan : value;
  return trim(amount->unit) == unit ? amount->number : kNan;
}

constexpr const char *kShare = "share", *kPoints = "percentage points";

/// The unit of a quantity's absolute precision.
std::string unit_of_precision(const std::string& quantity) {
  const std::string unit = unit_of(quantity);
  return unit == kShare ? kPoints : unit;
}

double amount_of(const std::string& quantity, const std::string& text) {
  const std::string unit = unit_of_precision(quantity);
  return unit == kPoints ? amount_in(kPoints, text) / 100 : amount_in(unit, text);
}

}  // namespace

void check_quantities(const Precision& precision, Diagnostics& mistakes) {
  const std::vector<std::string> names = response_quantities();
  const std::vector<std::string_view> known(names.begin(), names.end());
  for (const WatchedQuantity& one : precision.of) {
    const bool again = std::any_of(precision.of.data(), &one,
                                   [&](const WatchedQuantity& before) { return is_same(one, before); });
    if (again) {
      mistakes.push_back(mistake_at(one.mark, one.path,
                                    in_backticks(one.quantity) + " of the same stations is named twice",
                                    "leave one of them out"));
    }
    if (std::find(names.begin(), names.end(), one.quantity) == names.end()) {
      Node node;
      node.mark = one.mark;
      add_unknown(mistakes, {&node, one.path}, "quantity", one.quantity, known);
      continue;
    }
    if (precision.share > 0 || !std::isnan(amount_of(one.quantity, precision.text))) continue;
    const std::string unit = unit_of_precision(one.quantity);
    mistakes.push_back(mistake_at(
        precision.mark, precision.path,
        in_backticks(precision.text) + " is not in the unit of " + in_backticks(one.quantity) + ", " + unit,
        "write `5%` of the mean, or for example `2 " + unit + '`'));
  }
}

void check_places(const Precision& precision, const Scenario& scenario, Diagnostics& mistakes) {
  for (const WatchedQuantity& one : precision.of) {
    check_response({one.quantity, one.channel, one.county, one.station, one.mark}, one.path, scenario,
                   mistakes);
  }
}

void check_precision(const Scenario& scenario, Diagnostics& mistakes) {
  if (!scenario.run.precision) return;
  check_quantities(*scenario.run.precision, mistakes);
  if (mistakes.empty()) check_places(*scenario.run.precision, scenario, mistakes);
}

std::vector<Response> responses_of(const Precision& precision) {
  std::vector<Response> responses;
  for (const WatchedQuantity& one : precision.of)
    responses.push_back({one.quantity, one.channel, one.county, one.station, one.mark});
  return responses;
}

PrecisionGoal goal_of(const Precision& precision) {
  PrecisionGoal goal{kFirstLook, precision.at_most, precision.share, 0};
  if (precision.share > 0) return goal;
  PISHKHAN_EXPECT(!precision.of.empty());
  goal.amount = amount_of(precision.of.front().quantity, precision.text);
  return goal;
}

PrecisionLook simulate_to_precision(const Scenario& scenario,
                                    const std::function<const std::vector<TrialResult>&(int)>& simulate_to) {
  const std::vector<Response> responses = responses_of(*scenario.run.precision);
  return look_until_precise(goal_of(*scenario.run.precision), [&](int replications) {
    std::vector<Estimate> estimates;
    for (const ResponseValue& value : find_responses(responses, {scenario, simulate_to(replications)}))
      estimates.push_back(value.estimate);
    return estimates;
  });
}

AskedPrecision make_asked(const Precision& precision, const PrecisionLook& last) {
  return {precision.text, quantities_text(precision), precision.at_most, last.reached,
          reached_text(precision, worst_of(last.precision))};
}

std::string quantities_text(const Precision& precision) {
  std::string text;
  for (const WatchedQuantity& one : precision.of) {
    text += (text.empty() ? "" : "; ") + one.quantity;
    for (const std::string& place : {one.channel, one.county, one.station})
      if (!place.empty()) text += ", " + place;
  }
  return text;
}

std::string reached_text(const Precision& precision, double reached) {
  if (!std::isfinite(reached)) return "-";
  const std::string unit = unit_of_precision(precision.of.front().quantity);
  const bool of_hundred = precision.share > 0 || unit == kPoints;
  const std::string number = number_text(rounded_number(of_hundred ? 100 * reached : reached, 3));
  return precision.share > 0 ? number + '%' : number + ' ' + unit;
}

double worst_of(const std::vector<double>& reached) {
  double worst = 0;
  for (const double one : reached) worst = std::isnan(one) || std::isnan(worst) ? kNan : std::max(worst, one);
  return worst;
}

}  // namespace pishkhan
