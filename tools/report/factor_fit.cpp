#include "tools/report/factor_fit.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "models/scenario/assumed_numbers.hpp"
#include "sim/base/contract.hpp"
#include "tools/report/observed.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kMostTries = 6;
constexpr double kNearEnough = 0.1;   ///< of a replication's spread
constexpr double kLeastSlope = 0.05;  ///< below it the counted numbers do not tell the factor
constexpr double kFirstStep = 1.1;
constexpr std::size_t kFewestStations = 3;

using Rows = std::vector<const ObservedRow*>;
/// [row][replication]
using Values = std::vector<std::vector<double>>;

Rows rows_of(const std::vector<ObservedRow>& rows, ObservedQuantity quantity) {
  Rows chosen;
  for (const ObservedRow& row : rows)
    if (is_compared(row.state) && row.quantity == quantity) chosen.push_back(&row);
  return chosen;
}

/// What stands beside the rows in other trials. Where a replication observed nothing, the mean of the others.
Values values_of(const Rows& rows, const Scenario& scenario, const std::vector<TrialResult>& trials) {
  Values values;
  for (const ObservedRow* row : rows) {
    std::vector<double>& of_row = values.emplace_back();
    double sum = 0, n = 0;
    for (const TrialResult& trial : trials) {
      of_row.push_back(simulated_of(trial.observed[row->observation], scenario.observations[row->observation],
                                    row->quantity));
      if (std::isfinite(of_row.back())) sum += of_row.back(), ++n;
    }
    for (double& value : of_row)
      if (!std::isfinite(value)) value = n > 0 ? sum / n : 0;
  }
  return values;
}

/// Logarithm of the sum of visits, or of the mean cube root of waits, over the rows of all stations but one.
class Statistic {
 public:
  Statistic(const Scenario& scenario, Rows rows, PredictedKind kind)
      : scenario_(scenario), rows_(std::move(rows)), is_time_(kind == PredictedKind::time) {
    for (const ObservedRow* row : rows_) stations_.insert(station(*row));
  }

  static constexpr std::uint32_t kAll = UINT32_MAX;

  [[nodiscard]] double of_counted(std::uint32_t without = kAll) const {
    return of([this](std::size_t i) { return rows_[i]->counted; }, without);
  }
  [[nodiscard]] std::vector<double> of_simulated(const Values& values, std::uint32_t without = kAll) const {
    std::vector<double> statistics;
    for (std::size_t r = 0; r < values.front().size(); ++r)
      statistics.push_back(of([&values, r](std::size_t i) { return values[i][r]; }, without));
    return statistics;
  }
  [[nodiscard]] const Rows& rows() const { return rows_; }
  [[nodiscard]] const std::set<std::uint32_t>& stations() const { return stations_; }

 private:
  [[nodiscard]] std::uint32_t station(const ObservedRow& row) const {
    return scenario_.observations[row.observation].station;
  }
  template <class ValueOf>
  [[nodiscard]] double of(ValueOf value_of, std::uint32_t without) const {
    double sum = 0, n = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (station(*rows_[i]) == without) continue;
      sum += is_time_ ? normalised(PredictedKind::time, value_of(i)) : value_of(i);
      ++n;
    }
    return std::log(is_time_ ? sum / n : sum);
  }

  const Scenario& scenario_;
  Rows rows_;
  bool is_time_;
  std::set<std::uint32_t> stations_;
};

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double spread_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

/// A factor that was tried.
struct Tried {
  double x = 0;                     ///< logarithm of the factor
  std::vector<TrialResult> trials;  ///< of factor 1 none: they are the run's own
  Values values;
  double mean = 0, spread = 0;  ///< of the statistic
};

/// Looks for the factor with which the statistic is that of what was counted.
class FactorSearch {
 public:
  FactorSearch(const Scenario& scenario, const std::vector<TrialResult>& trials, const Statistic& statistic,
               FittedFactor factor, const SimulateWith& simulate)
      : scenario_(scenario), statistic_(statistic), factor_(factor), simulate_(simulate) {
    add(0, {}, trials);
  }

  /// The trials of the factor tried that is nearest to the one found; null for those of the run itself.
  [[nodiscard]] const std::vector<TrialResult>* nearest() const {
    return tried_.front().trials.empty() ? nullptr : &tried_.front().trials;
  }

  [[nodiscard]] Estimate find() {
    const double counted = statistic_.of_counted();
    if (!std::isfinite(counted) || !std::isfinite(tried_.front().mean)) return {kNan, kNan};
    double x = first_guess(counted - tried_.front().mean);
    for (std::size_t tries = 0; tries < kMostTries; ++tries) {
      std::vector<TrialResult> trials = simulate_(factor_, std::exp(x));
      add(x, std::move(trials), {});
      order(counted);
      if (!(slope() > kLeastSlope)) return {kNan, kNan};
      if (std::abs(tried_.front().mean - counted) <= kNearEnough * tried_.front().spread) break;
      x = found(counted);
      if (x < std::log(kLeastFactor) || x > std::log(kMostFactor)) return {kNan, kNan};
    }
    const double arm = std::max(arm_of_replications(), arm_of_stations()) / slope();
    const double at = found(counted);
    const double low = std::exp(at - arm), high = std::exp(at + arm);
    return {std::exp(at), (high - low) / 2, tried_.front().values.front().size(), low, high};
  }

 private:
  void add(double x, std::vector<TrialResult> trials, const std::vector<TrialResult>& own) {
    const Values values = values_of(statistic_.rows(), scenario_, trials.empty() ? own : trials);
    const std::vector<double> statistics = statistic_.of_simulated(values);
    tried_.push_back({x, std::move(trials), values, mean_of(statistics), spread_of(statistics)});
  }
  /// The ratio itself for demand; a step for handling. Never so near to 1 that the slope would be noise.
  [[nodiscard]] double first_guess(double difference) const {
    const double step = std::log(kFirstStep);
    const double size = factor_ == FittedFactor::demand ? std::max(std::abs(difference), step) : step;
    return std::copysign(std::min(size, std::log(kMostFactor)), difference);
  }
  /// The nearest first.
  void order(double counted) {
    std::stable_sort(tried_.begin(), tried_.end(), [counted](const Tried& a, const Tried& b) {
      return std::abs(a.mean - counted) < std::abs(b.mean - counted);
    });
  }
  /// Of the line through the two nearest.
  [[nodiscard]] double slope() const {
    return (tried_[0].mean - tried_[1].mean) / (tried_[0].x - tried_[1].x);
  }
  [[nodiscard]] double found(double counted) const {
    return tried_[0].x + (counted - tried_[0].mean) / slope();
  }
  [[nodiscard]] double arm_of_replications() const {
    const std::size_t n = tried_.front().values.front().size();
    return student_t_975(n - 1) * tried_.front().spread * std::sqrt(1 + 1 / static_cast<double>(n));
  }
  [[nodiscard]] double arm_of_stations() const {
    const std::set<std::uint32_t>& stations = statistic_.stations();
    if (stations.size() < kFewestStations) return 0;
    std::vector<double> without;
    for (const std::uint32_t station : stations) {
      without.push_back(statistic_.of_counted(station) -
                        mean_of(statistic_.of_simulated(tried_.front().values, station)));
    }
    const auto n = static_cast<double>(stations.size());
    const double error = spread_of(without) * (n - 1) / std::sqrt(n);
    return std::isfinite(error) ? student_t_975(stations.size() - 1) * error : 0;
  }

  const Scenario& scenario_;
  const Statistic& statistic_;
  FittedFactor factor_;
  const SimulateWith& simulate_;
  std::vector<Tried> tried_;
};

/// What deviations are measured in: the spread of each row of the run itself, on the scale of `predict`.
std::vector<double> spreads_of(const Rows& rows) {
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
double misfit_of(const Rows& rows, const Scenario& scenario, const std::vector<TrialResult>& trials) {
  const Values values = values_of(rows, scenario, trials);
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

}  // namespace

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
  const Rows visits = rows_of(rows, ObservedQuantity::arrived), waits = rows_of(rows, ObservedQuantity::wait);
  if (visits.empty() && waits.empty()) return {};
  std::vector<FactorFit> fits;
  const auto add = [&](FittedFactor factor, const Estimate& value, const std::vector<TrialResult>& with) {
    FactorFit& fit = fits.emplace_back();
    fit.factor = factor;
    fit.value = value;
    if (!std::isfinite(value.mean)) return;
    fit.misfit = misfit_of(visits, scenario, with) + misfit_of(waits, scenario, with);
    const OutsideCount count = count_outside(compare_observed(scenario, with));
    fit.compared = count.compared;
    fit.outside = count.outside;
    fit.by_chance = count.by_chance;
    fit.at_most = count.at_most;
  };
  add(FittedFactor::none, {1, 0, trials.size()}, trials);
  const auto search = [&](FittedFactor factor, const Rows& of, PredictedKind kind) {
    if (of.empty()) return add(factor, {kNan, kNan}, trials);
    const Statistic statistic(scenario, of, kind);
    FactorSearch found(scenario, trials, statistic, factor, simulate);
    const Estimate value = found.find();
    const std::vector<TrialResult>* with = found.nearest();
    add(factor, value, with != nullptr ? *with : trials);
  };
  search(FittedFactor::demand, visits, PredictedKind::count);
  search(FittedFactor::handling, waits, PredictedKind::time);
  FactorFit* best = &fits.front();
  for (FactorFit& fit : fits)
    if (fit.misfit < best->misfit) best = &fit;
  best->is_best = true;
  return fits;
}

}  // namespace pishkhan
