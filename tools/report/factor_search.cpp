#include "tools/report/factor_search.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kMostTries = 8;
constexpr double kNearEnough = 0.1;   ///< of a replication's spread
constexpr double kLeastSlope = 0.05;  ///< below it the counted numbers do not tell the factor
constexpr double kFirstStep = 1.1;
constexpr double kWidestSimulated = 2;  ///< ends of intervals at most so many times the factor are simulated
constexpr double kBeyondEachEnd = 0.025;

double mean_of_all(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

std::vector<double> logs_of(const std::vector<double>& values) {
  std::vector<double> logs;
  for (const double value : values) logs.push_back(std::log(value));
  return logs;
}

/// How far one more value lies from the mean of n.
double arm_of_one(double spread, std::size_t n, double beyond) {
  return student_t_above(n - 1, beyond) * spread * std::sqrt(1 + 1 / static_cast<double>(n));
}

/// A factor that was tried.
struct Tried {
  double x = 0;                     ///< logarithm of the factor
  std::vector<TrialResult> trials;  ///< of factor 1 none: they are the run's own
  FitStatistic::Sums sums;

  [[nodiscard]] double mean() const { return sums.mean; }
};

double slope(const Tried& a, const Tried& b) { return (a.mean() - b.mean()) / (a.x - b.x); }

class FactorSearch {
 public:
  FactorSearch(const FitStatistic& statistic, const std::vector<TrialResult>& own, FittedFactor factor,
               const SimulateWith& simulate)
      : statistic_(statistic), factor_(factor), simulate_(simulate), counted_(statistic.counted()) {
    least_ = std::log(range_of(factor).least);
    most_ = std::log(range_of(factor).most);
    tried_.push_back({0, {}, statistic.sums(own)});
  }

  [[nodiscard]] FoundFactor find(double beyond) {
    FoundFactor found;
    const FitStatistic::Sums own = tried_.front().sums;
    if (!std::isfinite(own.mean)) return found;
    found.state = look(first_guess(counted_ - own.mean));
    if (found.state != FitState::found) return found;
    found.value = estimate();
    const bool holds_own = found.value.low <= 1 && found.value.high >= 1;
    found.is_better = !holds_own && std::abs(counted_ - own.mean) > statistic_.arm(own, beyond);
    found.trials = std::move(tried_.front().trials);
    return found;
  }

 private:
  /// The ratio itself for demand; a step for handling. Never so near to 1 that the slope would be noise.
  [[nodiscard]] double first_guess(double difference) const {
    const double step = std::log(kFirstStep);
    const double size = factor_ == FittedFactor::demand ? std::max(std::abs(difference), step) : step;
    return std::clamp(std::copysign(size, difference), least_, most_);
  }

  /// Tries factors, from one on, until one is near enough; then it is the first of tried_.
  [[nodiscard]] FitState look(double x) {
    for (std::size_t tries = 0; tries < kMostTries; ++tries) {
      tried_.push_back(simulated(x));
      if (!std::isfinite(tried_.back().mean())) return FitState::not_told;
      order();
      if (std::abs(nearest().mean() - counted_) <= kNearEnough * nearest().sums.spread) return known_slope();
      if (const auto around = bracket()) {
        x = on_line(*around->first, *around->second);
        continue;
      }
      // All tried are on one side of what was counted.
      const bool is_above = counted_ > nearest().mean();
      const double end = is_above ? most_ : least_;
      if (std::ranges::any_of(tried_, [end](const Tried& one) { return one.x == end; }))
        return is_above ? FitState::above : FitState::below;
      const bool rises = slope(tried_[0], tried_[1]) > kLeastSlope;
      x = rises ? std::clamp(on_line(tried_[0], tried_[1]), least_, most_) : end;
      if (std::ranges::any_of(tried_, [x](const Tried& one) { return one.x == x; })) x = end;
    }
    return bracket() ? known_slope() : FitState::not_told;
  }

  [[nodiscard]] FitState known_slope() const {
    return slope_here() > kLeastSlope ? FitState::found : FitState::not_told;
  }

  [[nodiscard]] Tried simulated(double x) const {
    std::vector<TrialResult> trials = simulate_(factor_, std::exp(x));
    FitStatistic::Sums sums = statistic_.sums(trials);
    return {x, std::move(trials), std::move(sums)};
  }
  [[nodiscard]] const Tried& nearest() const { return tried_.front(); }
  void order() {
    std::stable_sort(tried_.begin(), tried_.end(), [this](const Tried& a, const Tried& b) {
      return std::abs(a.mean() - counted_) < std::abs(b.mean() - counted_);
    });
  }
  /// The nearest tried below what was counted and the nearest above.
  [[nodiscard]] std::optional<std::pair<const Tried*, const Tried*>> bracket() const {
    const auto below =
        std::ranges::find_if(tried_, [this](const Tried& one) { return one.mean() < counted_; });
    const auto above =
        std::ranges::find_if(tried_, [this](const Tried& one) { return one.mean() >= counted_; });
    if (below == tried_.end() || above == tried_.end() || above->x <= below->x) return std::nullopt;
    return std::pair(&*below, &*above);
  }
  [[nodiscard]] double on_line(const Tried& a, const Tried& b) const {
    return a.x + (counted_ - a.mean()) / slope(a, b);
  }
  /// Of the line through the nearest on both sides, or through the two nearest.
  [[nodiscard]] double slope_here() const {
    const auto around = bracket();
    return around ? slope(*around->first, *around->second) : slope(tried_[0], tried_[1]);
  }

  [[nodiscard]] Estimate estimate() const {
    const double at = nearest().x + (counted_ - nearest().mean()) / slope_here();
    const double arm = statistic_.arm(nearest().sums, kBeyondEachEnd);
    const double low = std::exp(end_of_interval(at, -arm)), high = std::exp(end_of_interval(at, arm));
    return {std::exp(at), (high - low) / 2, nearest().sums.all.size(), low, high};
  }

  /// Where the statistic is so far from what was counted: on the line to a factor simulated near there.
  [[nodiscard]] double end_of_interval(double at, double arm) const {
    double x = at + arm / slope_here();
    if (x > least_ && x < most_ && std::abs(x - at) <= std::log(kWidestSimulated)) {
      const Tried there = simulated(x);
      const double rise = slope(nearest(), there);
      if (rise > kLeastSlope) x = nearest().x + (counted_ + arm - nearest().mean()) / rise;
    }
    return std::clamp(x, least_, most_);
  }

  const FitStatistic& statistic_;
  FittedFactor factor_;
  const SimulateWith& simulate_;
  double counted_, least_ = 0, most_ = 0;
  std::vector<Tried> tried_;
};

}  // namespace

double spread_of(std::span<const double> values) {
  const double mean = mean_of_all(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

std::vector<std::vector<double>> simulated_of(const ObservedRows& rows, const Scenario& scenario,
                                              const std::vector<TrialResult>& trials) {
  std::vector<std::vector<double>> values;
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

FitStatistic::FitStatistic(const Scenario& scenario, ObservedRows rows)
    : scenario_(scenario), rows_(std::move(rows)) {
  PISHKHAN_EXPECT(!rows_.empty());
  is_time_ = kind_of(rows_.front()->quantity) == PredictedKind::time;
  for (const ObservedRow* row : rows_) all_counted_ += scaled(row->counted);
  counted_ = std::log(all_counted_);
  stations_ = group_by(3, [](const Observation& one) { return static_cast<std::int64_t>(one.station); });
  days_ = group_by(6, [](const Observation& one) { return static_cast<std::int64_t>(one.first); });
}

double FitStatistic::scaled(double value) const {
  return is_time_ ? normalised(PredictedKind::time, value) : value;
}

template <class KeyOf>
FitStatistic::Groups FitStatistic::group_by(std::size_t fewest, KeyOf key_of) const {
  Groups groups{fewest, {}, {}};
  std::map<std::int64_t, std::size_t> number_of;
  for (const ObservedRow* row : rows_) {
    const auto key = key_of(scenario_.observations[row->observation]);
    const std::size_t number = number_of.try_emplace(key, number_of.size()).first->second;
    groups.of_row.push_back(number);
    groups.counted.resize(number_of.size(), 0);
    groups.counted[number] += scaled(row->counted);
  }
  return groups;
}

FitStatistic::Sums FitStatistic::sums(const std::vector<TrialResult>& trials) const {
  const auto values = simulated_of(rows_, scenario_, trials);
  const std::vector<double> none(trials.size(), 0);
  Sums sums{none, std::vector(stations_.counted.size(), none), std::vector(days_.counted.size(), none)};
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t r = 0; r < trials.size(); ++r) {
      const double value = scaled(values[i][r]);
      sums.all[r] += value;
      sums.of_stations[stations_.of_row[i]][r] += value;
      sums.of_days[days_.of_row[i]][r] += value;
    }
  }
  const std::vector<double> logs = logs_of(sums.all);
  sums.mean = mean_of_all(logs);
  sums.spread = spread_of(logs);
  return sums;
}

double FitStatistic::arm(const Sums& sums, double beyond) const {
  return std::max({arm_of_one(sums.spread, sums.all.size(), beyond),
                   arm_of_groups(stations_, sums.of_stations, sums.all, beyond),
                   arm_of_groups(days_, sums.of_days, sums.all, beyond)});
}

double FitStatistic::arm_of_groups(const Groups& groups, const std::vector<std::vector<double>>& of_groups,
                                   const std::vector<double>& all, double beyond) const {
  // Deviations of all but one group from their mean: of what was counted, and of each replication.
  std::vector<double> counted;
  std::vector<std::vector<double>> simulated(all.size());
  for (std::size_t g = 0; g < groups.counted.size(); ++g) {
    std::vector<double> others;
    for (std::size_t r = 0; r < all.size(); ++r) others.push_back(std::log(all[r] - of_groups[g][r]));
    const double mean = mean_of_all(others), deviation = std::log(all_counted_ - groups.counted[g]) - mean;
    if (!std::isfinite(deviation)) continue;
    counted.push_back(deviation);
    for (std::size_t r = 0; r < all.size(); ++r) simulated[r].push_back(others[r] - mean);
  }
  if (counted.size() < 2) return 0;
  const double spread = spread_of(counted);
  if (counted.size() < groups.fewest) {
    const auto replications = static_cast<double>(all.size());
    const double as_new = std::sqrt((replications + 1) / (replications - 1));
    std::vector<double> by_chance;
    for (const std::vector<double>& one : simulated) by_chance.push_back(spread_of(one) * as_new);
    if (spread <= predict(by_chance, PredictedKind::time)->high) return 0;
  }
  const auto n = static_cast<double>(counted.size());
  return student_t_above(counted.size() - 1, beyond) * spread * (n - 1) / std::sqrt(n);
}

FoundFactor find_factor(const FitStatistic& statistic, const std::vector<TrialResult>& own,
                        FittedFactor factor, const SimulateWith& simulate, double beyond) {
  return FactorSearch(statistic, own, factor, simulate).find(beyond);
}

}  // namespace pishkhan
