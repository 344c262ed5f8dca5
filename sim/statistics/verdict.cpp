#include "sim/statistics/verdict.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/statistics/discovery.hpp"
#include "sim/statistics/exact_interval.hpp"
#include "sim/statistics/share_tests.hpp"

namespace pishkhan {
namespace {

/// What rounding may add to the difference of two shares: 79% is within 1% of 80%.
constexpr double kShareRounding = 4 * std::numeric_limits<double>::epsilon();

/// Below it, a variance may be far too small by chance: no busy day was among the few seen.
constexpr double kFewDegreesOfFreedom = 10;

/// Variance of a sum, and its degrees of freedom.
struct Variance {
  double value = 0, degrees_of_freedom = 0;
};

/// Of the sum of all residuals, where only replications are independent.
Variance variance_of_replications(std::span<const GoodCount> counts, std::size_t replications, double mean) {
  double squares = 0;  // the residuals of all replications add up to 0
  for (std::size_t r = 0; r < replications; ++r) {
    double residual = 0;
    for (std::size_t at = r; at < counts.size(); at += replications)
      residual += counts[at].good - mean * counts[at].counted;
    squares += residual * residual;
  }
  const double count = static_cast<double>(replications);
  return {squares * count / (count - 1), count - 1};
}

/// The same where days are independent, or influence their neighbours at most. A day on which nobody was
/// counted is no day.
Variance variance_of_days(std::span<const GoodCount> counts, std::size_t replications, double mean,
                          bool neighbours) {
  const double count = static_cast<double>(replications);
  std::vector<double> before, deviations(replications);
  double sum = 0, squares = 0, covariances = 0;
  for (std::size_t at = 0; at < counts.size(); at += replications) {
    const auto day = counts.subspan(at, replications);
    double residuals = 0;
    bool seen = false;
    for (std::size_t r = 0; r < replications; ++r) {
      deviations[r] = day[r].good - mean * day[r].counted;
      residuals += deviations[r];
      seen |= day[r].counted > 0;
    }
    if (!seen) continue;
    double variance = 0;
    for (double& deviation : deviations) {
      deviation -= residuals / count;
      variance += deviation * deviation;
    }
    variance *= count / (count - 1);
    sum += variance;
    squares += variance * variance;
    if (!neighbours) continue;
    for (std::size_t r = 0; r < before.size(); ++r) covariances += before[r] * deviations[r];
    before = deviations;
  }
  if (sum == 0) return {0, count - 1};
  return {sum + std::max(0.0, 2 * count / (count - 1) * covariances), sum * sum / squares * (count - 1)};
}

/// A share as a binomial one: of how many independent visits, and of them how many good.
struct EffectiveCount {
  double visits = 0, good = 0;
};

EffectiveCount effective_count(const ObservedShare& share, double usual_design_effect) {
  double effect = share.design_effect;
  if (std::isnan(effect)) effect = usual_design_effect;
  if (share.degrees_of_freedom < kFewDegreesOfFreedom) effect = std::max(effect, usual_design_effect);
  const auto t = [](double degrees_of_freedom) {
    return student_t_975(static_cast<std::size_t>(std::max(1.0, degrees_of_freedom)));
  };
  const double t_ratio = t(share.counted - 1) / t(share.degrees_of_freedom);
  const double visits = share.counted / effect * std::min(1.0, t_ratio * t_ratio);
  return {visits, visits * share.mean};
}

/// Probability that so few (or fewer) are good where the goal is the true share.
double p_of_so_few(const EffectiveCount& seen, double goal) {
  const double rest = seen.visits - seen.good;
  return rest > 0 ? boost::math::ibeta(rest, seen.good + 1, 1 - goal) : 1;
}

/// Probability that so many (or more) are.
double p_of_so_many(const EffectiveCount& seen, double goal) {
  return seen.good > 0 ? boost::math::ibeta(seen.good, seen.visits - seen.good + 1, goal) : 1;
}

Estimate with_interval(const ObservedShare& share, const EffectiveCount& seen) {
  Estimate estimate{share.mean, kNan, share.replications};
  const double rest = seen.visits - seen.good;
  const Ends ends = binomial_interval(seen.good, rest);
  estimate.low = ends.low;
  estimate.high = ends.high;
  estimate.half_width = (estimate.high - estimate.low) / 2;
  return estimate;
}

double usual_effect_of(std::span<const ObservedShare> shares) {
  std::vector<double> effects;
  for (const ObservedShare& share : shares)
    if (share.degrees_of_freedom > 0 && share.design_effect >= 1) effects.push_back(share.design_effect);
  return usual_design_effect(std::move(effects));
}

/// The p-value at which a family would reject one hypothesis more.
double next_level(std::span<const double> adjusted) {
  double tests = 0, rejected = 0;
  for (const double p : adjusted) {
    tests += std::isnan(p) ? 0 : 1;
    rejected += p <= kFalseDiscoveryRate ? 1 : 0;
  }
  return kFalseDiscoveryRate * std::min(1.0, (rejected + 1) / std::max(1.0, tests));
}

/// A test's normal score grows with the root of the number of replications.
std::optional<int> replications_needed(std::size_t replications, double p, double level) {
  if (!(p > 0 && p < 0.5)) return std::nullopt;
  const boost::math::normal normal;
  const double ratio = boost::math::quantile(normal, level) / boost::math::quantile(normal, p);
  const double needed = std::ceil(static_cast<double>(replications) * ratio * ratio);
  if (needed > kMostReplicationsNeeded) return std::nullopt;
  return std::max(static_cast<int>(needed), static_cast<int>(replications) + 1);
}

/// Whether an interval lies within the margin of the goal.
bool is_at(const Estimate& value, double goal, double margin) {
  const double rounding = kShareRounding * std::max(1.0, goal);
  return value.low >= goal - margin - rounding && value.high <= goal + margin + rounding;
}

/// Replications after which the interval would; each of its sides shrinks with the root of their number.
std::optional<int> replications_needed_within(const Estimate& share, double goal, double margin) {
  const double below = share.mean - (goal - margin), above = goal + margin - share.mean;
  if (!(below > 0 && above > 0)) return std::nullopt;
  const double ratio = std::max((share.mean - share.low) / below, (share.high - share.mean) / above);
  const double needed = std::ceil(static_cast<double>(share.replications) * ratio * ratio);
  if (needed > kMostReplicationsNeeded) return std::nullopt;
  return std::max(static_cast<int>(needed), static_cast<int>(share.replications) + 1);
}

/// The lesser of two numbers of which either may be missing.
std::optional<int> lesser(std::optional<int> a, std::optional<int> b) {
  return a && b ? std::min(*a, *b) : a ? a : b;
}

}  // namespace

ObservedShare observe_share(std::span<const GoodCount> counts, std::size_t replications, DaysAre days) {
  PISHKHAN_EXPECT(replications >= 1 && counts.size() % replications == 0);
  ObservedShare share;
  share.replications = replications;
  double good = 0;
  for (const GoodCount& count : counts) {
    share.counted += count.counted;
    good += count.good;
  }
  share.mean = share.counted > 0 ? good / share.counted : kNan;
  share.days =
      days == DaysAre::one_run
          ? static_cast<double>(replications)
          : static_cast<double>(std::count_if(counts.begin(), counts.end(),
                                              [](const GoodCount& count) { return count.counted > 0; }));
  share.design_effect = kNan;
  if (replications < 2 || share.counted == 0) return share;
  const Variance variance =
      days == DaysAre::one_run
          ? variance_of_replications(counts, replications, share.mean)
          : variance_of_days(counts, replications, share.mean, days == DaysAre::neighbours);
  share.degrees_of_freedom = variance.degrees_of_freedom;
  if (variance.value > 0 && good > 0 && good < share.counted)
    share.design_effect = std::max(1.0, variance.value / (share.counted * share.mean * (1 - share.mean)));
  return share;
}

ShareTests test_share(const ObservedShare& share, double goal) {
  ShareTests tests;
  if (share.degrees_of_freedom <= 0 || share.counted == 0) return tests;
  const double of_a_day = std::max(1.0, share.counted / std::max(1.0, share.days));
  const EffectiveCount seen = effective_count(share, std::isnan(share.design_effect) ? of_a_day : 1);
  tests.share = with_interval(share, seen);
  tests.p_met = p_of_so_many(seen, goal);
  tests.p_missed = p_of_so_few(seen, goal);
  return tests;
}

double times_as_many(double p_value, double level) {
  PISHKHAN_EXPECT(p_value >= 0 && p_value <= 1 && level > 0 && level < 1);
  constexpr double kLeast = 1e-300;
  if (p_value >= 0.5) return std::numeric_limits<double>::infinity();
  const boost::math::normal normal;
  const double seen = quantile(complement(normal, std::max(p_value, kLeast)));
  const double needed = quantile(complement(normal, level)) / seen;
  return needed * needed;
}

std::vector<bool> rejected_by_holm(std::span<const double> p_values, double level) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return p_values[a] != p_values[b] ? p_values[a] < p_values[b] : a < b;
  });
  std::vector<bool> rejected(p_values.size(), false);
  for (std::size_t k = 0; k < order.size(); ++k) {
    const double p = p_values[order[k]];
    PISHKHAN_EXPECT(p >= 0 && p <= 1);
    if (p > level / static_cast<double>(order.size() - k)) break;
    rejected[order[k]] = true;
  }
  return rejected;
}

std::vector<Judgement> judge_shares(std::span<const ObservedShare> shares, double goal, double margin) {
  PISHKHAN_EXPECT(goal > 0 && goal <= 1 && margin >= 0);
  const double usual = usual_effect_of(shares);
  std::vector<Tested> tested;
  for (const ObservedShare& share : shares) {
    Tested& one = tested.emplace_back(
        Tested{{kNan, kNan, share.replications}, kNan, kNan, is_below_goal(share.mean, 1, goal)});
    if (share.degrees_of_freedom <= 0) continue;
    const EffectiveCount seen = effective_count(share, usual);
    one.value = with_interval(share, seen);
    one.p_missed = p_of_so_few(seen, goal);
    one.p_met = p_of_so_many(seen, goal);
  }
  return judge_tested(tested, goal, margin);
}

std::vector<Judgement> judge_tested(std::span<const Tested> tested, double goal, double margin) {
  std::vector<double> p_missed, p_met;
  for (const Tested& one : tested) {
    p_missed.push_back(one.p_missed);
    p_met.push_back(one.p_met);
  }
  const std::vector<double> missed = adjust_p_values(p_missed), met = adjust_p_values(p_met);
  const double level_missed = next_level(missed), level_met = next_level(met);
  std::vector<Judgement> judgements(tested.size());
  for (std::size_t i = 0; i < tested.size(); ++i) {
    Judgement& judgement = judgements[i];
    judgement.value = tested[i].value;
    judgement.p_missed = missed[i];
    judgement.p_met = met[i];
    const bool is_missed = tested[i].is_missed;
    if (missed[i] <= kFalseDiscoveryRate) {
      judgement.verdict = Verdict::missed;
    } else if (met[i] <= kFalseDiscoveryRate) {
      judgement.verdict = Verdict::met;
    } else if (is_at(judgement.value, goal, margin)) {
      judgement.verdict = Verdict::at_target;
    } else {
      judgement.replications_needed =
          lesser(replications_needed(tested[i].value.replications, is_missed ? p_missed[i] : p_met[i],
                                     is_missed ? level_missed : level_met),
                 replications_needed_within(judgement.value, goal, margin));
    }
  }
  return judgements;
}

}  // namespace pishkhan
