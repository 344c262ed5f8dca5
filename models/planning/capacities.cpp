#include "models/planning/capacities.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "models/planning/moved_scenario.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// Parts of all that may move, at which stations are looked at.
constexpr std::array kParts{0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0};
constexpr std::array kPartsWhenQuiet{0.0, 0.35};
/// How often the parts are halved between which a share falls steeply through its goal.
constexpr std::size_t kHalvings = 5;
/// Clerks added.
constexpr std::array kNumbers{1, 2, 4, 8, 16};
/// What is allowed or cut is so far from the work that was seen: where a program's best solution breaks a row
/// by about CBC's tolerance, CBC 2.10 may find no solution at all.
constexpr double kClearPart = 1e-6, kClear_s = 1;
/// Beyond this work no share was seen.
constexpr double kNone = std::numeric_limits<double>::infinity();

/// Shares that do not rise with the work: means of neighbours that do, weighted by visits (the pool of
/// adjacent violators).
void make_falling(std::vector<double>& shares, std::vector<double> weights) {
  std::vector<std::size_t> sizes;
  std::vector<double> means, sums;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    means.push_back(shares[i]);
    sums.push_back(weights[i]);
    sizes.push_back(1);
    while (means.size() > 1 && means[means.size() - 2] < means.back()) {
      const double sum = sums[sums.size() - 2] + sums.back();
      const double mean =
          (means[means.size() - 2] * sums[sums.size() - 2] + means.back() * sums.back()) / sum;
      sizes[sizes.size() - 2] += sizes.back();
      for (auto* list : {&means, &sums}) list->pop_back();
      sizes.pop_back();
      means.back() = mean;
      sums.back() = sum;
    }
  }
  std::size_t at = 0;
  for (std::size_t block = 0; block < means.size(); ++block)
    for (std::size_t i = 0; i < sizes[block]; ++i) shares[at++] = means[block];
}

}  // namespace

Capacities::Capacities(const Scenario& scenario, const MoveEffects& effects,
                       const std::vector<TargetAt>& targets, const CapacityOptions& options)
    : scenario_(scenario), effects_(effects), targets_(targets), numbers_{0} {
  simulate(options, 0);
  if (options.clerks) {
    for (const int clerks : kNumbers) {
      const std::size_t last = (numbers_.size() - 1) * targets.size();
      const bool binds = std::any_of(
          curves_.begin() + static_cast<std::ptrdiff_t>(last), curves_.end(), [&](const Curve& curve) {
            const auto at = static_cast<std::size_t>(&curve - &curves_[last]);
            return !curve.empty() && curve.back().share < scenario.targets[targets[at].target].goal + 0.05;
          });
      if (!binds) break;
      numbers_.push_back(clerks);
      simulate(options, clerks);
    }
  }
  for (const TargetAt& at : targets) {
    for (const RunMonth& month : effects.months())
      days_.push_back(effects.open_days(at.station, month.from, month.until));
  }
  factors_.resize(days_.size());
  cuts_.resize(days_.size());
  allowed_.resize(days_.size());
}

/// Of the months that the waves are in, the one in which all stations together have most to do a day, and the
/// one with least.
std::vector<RunMonth> Capacities::months_to_look_at() const {
  struct Load {
    RunMonth month;
    double work_s;  ///< of an open day
  };
  std::vector<Load> loads;
  for (const RunMonth& month : effects_.months()) {
    if (month.until <= effects_.rules().waves.front().starts) continue;
    double work = 0, days = 0;
    for (std::size_t k = 0; k < effects_.stations().size(); ++k) {
      work += effects_.work_s(k, month.from, month.until, 0);
      days += effects_.open_days(k, month.from, month.until);
    }
    loads.push_back({month, work / std::max(days, 1.0)});
  }
  PISHKHAN_EXPECT(!loads.empty());
  const auto [quietest, busiest] = std::minmax_element(
      loads.begin(), loads.end(), [](const Load& a, const Load& b) { return a.work_s < b.work_s; });
  if (quietest == busiest) return {busiest->month};
  return {busiest->month, quietest->month};
}

/// A part between two that were looked at, where the share falls steeply through its goal.
std::optional<double> Capacities::part_to_look_at(std::size_t target, std::vector<Look> looks) const {
  constexpr double kSteep = 0.1, kFine = 0.005, kAboveGoal = 0.02;
  const double wanted = scenario_.targets[targets_[target].target].goal + kAboveGoal;
  std::sort(looks.begin(), looks.end(), [](const Look& a, const Look& b) { return a.part < b.part; });
  for (std::size_t i = 1; i < looks.size(); ++i) {
    const Look &less = looks[i - 1], &more = looks[i];
    if (less.share < wanted || more.share >= wanted) continue;
    if (less.share - more.share < kSteep || more.part - less.part < kFine) return std::nullopt;
    return (less.part + more.part) / 2;
  }
  return std::nullopt;
}

/// Looks at targets, as indices, when a part of all has moved.
void Capacities::look(const CapacityOptions& options, int clerks, const RunMonth& month, double part,
                      const std::vector<std::size_t>& targets, std::vector<std::vector<Look>>& looks) const {
  const Scenario even = evenly_moved_scenario(scenario_, effects_, part, clerks, month.from,
                                              static_cast<int>(month.until - month.from));
  std::vector<TargetAt> list;
  for (const std::size_t t : targets) list.push_back(targets_[t]);
  const MonthShares seen = solve_alone(even, effects_.stations(), list, {month}, {0, options.replications},
                                       options.threads, options.stop);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const std::size_t station = list[i].station;
    const double open = effects_.open_days(station, month.from, month.until);
    if (seen[i].counted == 0 || open <= 0) continue;
    const double work_s = effects_.work_s(station, month.from, month.until, part) / open;
    looks[targets[i]].push_back({part, work_s, seen[i].mean, seen[i].counted});
  }
}

/// Adds the curves of a number of clerks.
void Capacities::simulate(const CapacityOptions& options, int clerks) {
  std::vector<std::size_t> all(targets_.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::vector<std::vector<Look>> looks(targets_.size());
  const std::vector<RunMonth> months = months_to_look_at();
  for (const double part : kParts) look(options, clerks, months.front(), part, all, looks);
  for (std::size_t halving = 0; halving < kHalvings; ++halving) {
    std::map<double, std::vector<std::size_t>> targets_by_part;
    for (const std::size_t t : all) {
      if (const std::optional<double> part = part_to_look_at(t, looks[t]))
        targets_by_part[*part].push_back(t);
    }
    for (const auto& [part, targets] : targets_by_part)
      look(options, clerks, months.front(), part, targets, looks);
  }
  if (months.size() > 1)
    for (const double part : kPartsWhenQuiet) look(options, clerks, months.back(), part, all, looks);
  for (std::vector<Look>& of_target : looks) {
    std::sort(of_target.begin(), of_target.end(),
              [](const Look& a, const Look& b) { return a.work_s < b.work_s; });
    std::vector<double> shares, weights;
    for (const Look& one : of_target) {
      shares.push_back(one.share);
      weights.push_back(one.weight);
    }
    make_falling(shares, weights);
    Curve& curve = curves_.emplace_back();
    for (std::size_t i = 0; i < shares.size(); ++i) curve.push_back({of_target[i].work_s, shares[i]});
  }
}

/// Work of a day at which the curve falls to the share, between numbers of clerks in proportion.
double Capacities::most_a_day(std::size_t target, double clerks, double share) const {
  const auto of_number = [&](std::size_t number) {
    const Curve& points = curve(target, number);
    if (points.empty()) return kNone;
    // With less work than was seen, the share is taken to rise evenly to 1 for none.
    if (const Point& least = points.front(); least.share < share)
      return least.work_s * (1 - share) / (1 - least.share);
    for (std::size_t i = 1; i < points.size(); ++i) {
      const Point &before = points[i - 1], &after = points[i];
      if (after.share >= share) continue;
      return before.work_s +
             (after.work_s - before.work_s) * (before.share - share) / (before.share - after.share);
    }
    return kNone;
  };
  const auto above = std::lower_bound(numbers_.begin(), numbers_.end(), clerks);
  if (above == numbers_.end()) return of_number(numbers_.size() - 1);
  const auto number = static_cast<std::size_t>(above - numbers_.begin());
  const double high = of_number(number);
  if (*above == clerks) return high;
  const double low = of_number(number - 1);
  if (low == kNone) return kNone;
  const double part = (clerks - numbers_[number - 1]) / (numbers_[number] - numbers_[number - 1]);
  // Where the larger number is never too few, the smaller is taken as if it were.
  if (high == kNone) return low + part * (2 * curve(target, number).back().work_s - low);
  return low + part * (high - low);
}

double Capacities::most_s(std::size_t target, std::size_t month, double clerks, double margin) const {
  const std::size_t at = target * effects_.months().size() + month;
  const double goal = scenario_.targets[targets_[target].target].goal;
  double most = most_a_day(target, clerks, std::min(goal + margin, 1.0)) * days_[at] * factors_[at].mean();
  for (const SeenWork& allowed : allowed_[at])
    if (clerks >= allowed.clerks) most = std::max(most, allowed.work_s);
  for (const SeenWork& cut : cuts_[at])
    if (clerks <= cut.clerks) most = std::min(most, cut.work_s);
  return most;
}

void Capacities::learn(std::size_t target, std::size_t month, double clerks, double work_s,
                       const ObservedShare& seen, Seen how) {
  const std::size_t at = target * effects_.months().size() + month;
  const double goal = scenario_.targets[targets_[target].target].goal;
  constexpr double kTelling = 0.1;  // Far from the goal a curve is level, and says little of the work.
  if (std::abs(seen.mean - goal) > kTelling || days_[at] <= 0) return;
  const double expected = most_a_day(target, clerks, seen.mean) * days_[at];
  if (expected <= 0 || expected == kNone) return;
  Factor& factor = factors_[at];
  if (how < factor.how) return;
  if (how > factor.how) factor = {0, 0, how};
  factor.sum += seen.counted * work_s / expected;
  factor.visits += seen.counted;
}

void Capacities::allow(std::size_t target, std::size_t month, double clerks, double work_s) {
  allowed_[target * effects_.months().size() + month].push_back(
      {clerks, work_s * (1 + kClearPart) + kClear_s});
}

void Capacities::cut(std::size_t target, std::size_t month, double clerks, double work_s) {
  cuts_[target * effects_.months().size() + month].push_back({clerks, work_s * (1 - kClearPart) - kClear_s});
}

void Capacities::forget_cuts() {
  for (std::vector<SeenWork>& cuts : cuts_) cuts.clear();
}

}  // namespace pishkhan
