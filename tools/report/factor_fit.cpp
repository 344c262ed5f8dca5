#include "tools/report/factor_fit.hpp"

#include <algorithm>
#include <cmath>

#include "models/scenario/assumed_numbers.hpp"
#include "sim/base/contract.hpp"
#include "tools/report/factor_search.hpp"
#include "tools/report/observed.hpp"

namespace pishkhan {
namespace {

constexpr double kBeyondBothEnds = 0.05;

ObservedRows rows_of(const std::vector<ObservedRow>& rows, ObservedQuantity quantity) {
  ObservedRows chosen;
  for (const ObservedRow& row : rows)
    if (is_compared(row.state) && row.quantity == quantity) chosen.push_back(&row);
  return chosen;
}

/// What deviations are measured in: the spread of each row of the run itself, on the scale of `predict`.
std::vector<double> spreads_of(const ObservedRows& rows) {
  std::vector<double> spreads;
  for (const ObservedRow* row : rows) {
    std::vector<double> values;
    for (const double value : row->simulated)
      if (std::isfinite(value)) values.push_back(normalised(kind_of(row->quantity), value));
    spreads.push_back(spread_of(values));
  }
  // A row in which few replications happen to be alike does not outweigh the others.
  std::vector<double> sorted = spreads;
  std::sort(sorted.begin(), sorted.end());
  const double least = sorted.empty() ? 0 : sorted[sorted.size() / 2] / 2;
  for (double& spread : spreads) spread = std::max(spread, least);
  return spreads;
}

/// Mean squared deviation of the counted visits or waits; 0 where there are none.
double misfit_of(const ObservedRows& rows, const Scenario& scenario, const std::vector<TrialResult>& trials) {
  const auto values = simulated_of(rows, scenario, trials);
  const std::vector<double> spreads = spreads_of(rows);
  double sum = 0, n = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!(spreads[i] > 0)) continue;
    const PredictedKind kind = kind_of(rows[i]->quantity);
    double mean = 0;
    for (const double value : values[i])
      mean += normalised(kind, value) / static_cast<double>(values[i].size());
    const double deviation = (normalised(kind, rows[i]->counted) - mean) / spreads[i];
    sum += deviation * deviation;
    ++n;
  }
  return n > 0 ? sum / n : 0;
}

/// Says which fit is called nearest.
void choose_best(std::vector<FactorFit>& fits) {
  const auto is_beyond = [](const FactorFit& fit) {
    return fit.state == FitState::above || fit.state == FitState::below;
  };
  FactorFit* best = &fits.front();
  for (FactorFit& fit : fits) {
    fit.is_better = fit.is_better && fit.misfit < fits.front().misfit;
    if (fit.is_better && fit.misfit < best->misfit) best = &fit;
  }
  best->is_best = std::ranges::none_of(fits, is_beyond);
}

}  // namespace

std::string_view to_string(FitState state) {
  constexpr std::string_view names[] = {"as it is",        "found",       "above the range",
                                        "below the range", "not counted", "not told"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view to_string(FittedFactor factor) {
  constexpr std::string_view names[] = {"none", "demand", "handling"};
  return names[static_cast<std::size_t>(factor)];
}

Scenario with_factor(const Scenario& scenario, FittedFactor factor, double value) {
  Scenario varied = scenario;
  const auto vary = [&](const char* file, const char* column) {
    const AssumedNumber* number = find_assumed_number(file, column);
    PISHKHAN_EXPECT(number != nullptr);
    number->vary(varied, value);
  };
  if (factor == FittedFactor::demand) vary("", "demand.growth");
  if (factor == FittedFactor::handling) {
    vary("services.csv", "handling_traditional_mean_s");
    vary("services.csv", "handling_office_mean_s");
  }
  return varied;
}

std::vector<FactorFit> fit_factors(const Scenario& scenario, const std::vector<TrialResult>& trials,
                                   const SimulateWith& simulate) {
  const std::vector<ObservedRow> rows = compare_observed(scenario, trials);
  if (std::ranges::none_of(rows, [](const ObservedRow& row) { return is_compared(row.state); })) return {};
  const ObservedRows visits = rows_of(rows, ObservedQuantity::arrived),
                     waits = rows_of(rows, ObservedQuantity::wait);
  const int fitted = (visits.empty() ? 0 : 1) + (waits.empty() ? 0 : 1);
  std::vector<FactorFit> fits;
  const auto judge = [&](FactorFit& fit, const std::vector<TrialResult>& with) {
    if (fitted > 0) fit.misfit = misfit_of(visits, scenario, with) + misfit_of(waits, scenario, with);
    const OutsideCount count = count_outside(compare_observed(scenario, with));
    fit.compared = count.compared;
    fit.outside = count.outside;
    fit.by_chance = count.by_chance;
    fit.at_most = count.at_most;
  };
  FactorFit own;
  own.value = {1, 0, trials.size()};
  judge(fits.emplace_back(own), trials);
  const auto add = [&](FittedFactor factor, const ObservedRows& of) {
    FactorFit& fit = fits.emplace_back();
    fit.factor = factor;
    fit.state = FitState::not_counted;
    if (of.empty()) return;
    const FoundFactor found =
        find_factor(FitStatistic(scenario, of), trials, factor, simulate, kBeyondBothEnds / 2 / fitted);
    fit.state = found.state;
    fit.value = found.value;
    fit.is_better = found.is_better;
    if (fit.state == FitState::found) judge(fit, found.trials.empty() ? trials : found.trials);
  };
  add(FittedFactor::demand, visits);
  add(FittedFactor::handling, waits);
  choose_best(fits);
  return fits;
}

}  // namespace pishkhan
