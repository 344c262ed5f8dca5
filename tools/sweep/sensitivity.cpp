#include "tools/sweep/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

constexpr Estimate kNothing{kNan, kNan, 0};

/// What a row adds to a mean over rows, from all replications, and from all but each.
struct RowTerm {
  double all = 0;
  std::vector<double> without;
};
using RowTerms = std::vector<RowTerm>;

double sum(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Mean of u[r] v[s] over the pairs of different replications.
RowTerm mean_product(std::span<const double> u, std::span<const double> v) {
  const double n = static_cast<double>(u.size());
  const double all_u = sum(u), all_v = sum(v);
  const double same = std::inner_product(u.begin(), u.end(), v.begin(), 0.0);
  RowTerm term{(all_u * all_v - same) / (n * (n - 1)), {}};
  for (std::size_t q = 0; q < u.size(); ++q) {
    const double rest = (all_u - u[q]) * (all_v - v[q]) - (same - u[q] * v[q]);
    term.without.push_back(rest / ((n - 1) * (n - 2)));
  }
  return term;
}

RowTerm mean_of(std::span<const double> u) {
  const double n = static_cast<double>(u.size()), all = sum(u);
  RowTerm term{all / n, {}};
  for (const double value : u) term.without.push_back((all - value) / (n - 1));
  return term;
}

/// Mean of u[r] times the sign of the other replications' sum.
RowTerm mean_size(std::span<const double> u) {
  const auto sign = [](double value) { return value > 0 ? 1.0 : value < 0 ? -1.0 : 0.0; };
  const double n = static_cast<double>(u.size()), all = sum(u);
  RowTerm term;
  for (const double value : u) term.all += value * sign(all - value) / n;
  for (std::size_t q = 0; q < u.size(); ++q) {
    double rest = 0;
    for (std::size_t r = 0; r < u.size(); ++r)
      if (r != q) rest += u[r] * sign(all - u[q] - u[r]) / (n - 1);
    term.without.push_back(rest);
  }
  return term;
}

/// The jackknife's variance of what was found without each part.
double jackknife_variance(std::span<const double> without) {
  const double n = static_cast<double>(without.size()), mean = sum(without) / n;
  double squares = 0;
  for (const double value : without) squares += (value - mean) * (value - mean);
  return squares * (n - 1) / n;
}

double total_of(const RowTerms& terms) {
  double total = 0;
  for (const RowTerm& term : terms) total += term.all;
  return total;
}

/// The ratio of the sums without each row.
std::vector<double> without_rows(const RowTerms& numerators, const RowTerms& denominators) {
  const double numerator = total_of(numerators), denominator = total_of(denominators);
  std::vector<double> ratios;
  for (std::size_t n = 0; n < numerators.size(); ++n)
    ratios.push_back((numerator - numerators[n].all) / (denominator - denominators[n].all));
  return ratios;
}

/// The ratio of the sums without each replication.
std::vector<double> without_replications(const RowTerms& numerators, const RowTerms& denominators) {
  const std::size_t replications = numerators.front().without.size();
  std::vector<double> ratios;
  for (std::size_t q = 0; q < replications; ++q) {
    double numerator = 0, denominator = 0;
    for (std::size_t n = 0; n < numerators.size(); ++n) {
      numerator += numerators[n].without[q];
      denominator += denominators[n].without[q];
    }
    ratios.push_back(numerator / denominator);
  }
  return ratios;
}

/// The variance that the replications of each row make on their own, which both jackknives have.
double variance_within_rows(const RowTerms& numerators, const RowTerms& denominators, double ratio) {
  const double denominator = total_of(denominators);
  double variance = 0;
  std::vector<double> influences;
  for (std::size_t n = 0; n < numerators.size(); ++n) {
    influences.clear();
    for (std::size_t q = 0; q < numerators[n].without.size(); ++q)
      influences.push_back((numerators[n].without[q] - ratio * denominators[n].without[q]) / denominator);
    variance += jackknife_variance(influences);
  }
  return variance;
}

/// The ratio of the sums over rows, with the interval of both jackknives.
Estimate estimate_rows(const RowTerms& numerators, const RowTerms& denominators) {
  const double denominator = total_of(denominators);
  if (numerators.size() < 2 || !(denominator > 0)) return kNothing;
  const double ratio = total_of(numerators) / denominator;
  const double of_rows = jackknife_variance(without_rows(numerators, denominators));
  const std::vector<double> without = without_replications(numerators, denominators);
  const double of_replications =
      std::max(0.0, jackknife_variance(without) - variance_within_rows(numerators, denominators, ratio));
  const double variance = of_rows + of_replications;
  const double rows = static_cast<double>(numerators.size()),
               replications = static_cast<double>(without.size());
  double degrees = rows - 1;
  if (variance > 0) {
    degrees = variance * variance /
              (of_rows * of_rows / (rows - 1) + of_replications * of_replications / (replications - 1));
  }
  const auto whole = static_cast<std::size_t>(std::max(1.0, std::floor(degrees)));
  return {ratio, student_t_975(whole) * std::sqrt(variance), without.size()};
}

RowTerms ones(const RowTerms& like) {
  RowTerms terms(like.size());
  for (std::size_t n = 0; n < like.size(); ++n)
    terms[n] = {1, std::vector<double>(like[n].without.size(), 1)};
  return terms;
}

std::vector<double> difference(std::span<const double> a, std::span<const double> b) {
  std::vector<double> values;
  for (std::size_t r = 0; r < a.size(); ++r) values.push_back(b[r] - a[r]);
  return values;
}

/// By replication, the mean over these points of all rows.
std::vector<double> means_of(const std::vector<RowOutputs>& rows, std::span<const std::size_t> points) {
  std::vector<double> means(rows.front().front().size(), 0);
  const double count = static_cast<double>(rows.size() * points.size());
  for (const RowOutputs& row : rows) {
    for (const std::size_t point : points)
      for (std::size_t r = 0; r < means.size(); ++r) means[r] += row[point][r] / count;
  }
  return means;
}

/// Both sums of products, scaled as a covariance over so many values.
RowTerm scaled_sum(const RowTerm& a, const RowTerm& b, double scale) {
  RowTerm term{(a.all + b.all) * scale, {}};
  for (std::size_t q = 0; q < a.without.size(); ++q)
    term.without.push_back((a.without[q] + b.without[q]) * scale);
  return term;
}

bool has_numbers(const std::vector<RowOutputs>& rows) {
  return rows.size() >= 2 && rows.front().front().size() >= 3;
}

/// The standard deviation of a variance, with its interval's ends where they are possible.
Estimate deviation_of(const Estimate& variance) {
  const auto root = [](double value) { return std::sqrt(std::max(0.0, value)); };
  const double low = root(variance.low), high = root(variance.high);
  if (std::isnan(variance.mean)) return kNothing;
  return {root(variance.mean), (high - low) / 2, variance.replications, low, high};
}

/// Effects of one factor, [row][replication].
using Effects = std::vector<std::vector<double>>;

ElementaryEffects effects_of(const Effects& effects) {
  const double rows = static_cast<double>(effects.size());
  std::vector<double> means(effects.front().size(), 0);
  for (const auto& row : effects)
    for (std::size_t r = 0; r < means.size(); ++r) means[r] += row[r] / rows;
  RowTerms mean, size, squares;
  for (const auto& row : effects) {
    mean.push_back(mean_of(row));
    size.push_back(mean_size(row));
    const std::vector<double> centred = difference(means, row);
    squares.push_back(mean_product(centred, centred));
    const RowTerm none{0, std::vector<double>(row.size(), 0)};
    squares.back() = scaled_sum(squares.back(), none, rows / (rows - 1));
  }
  const RowTerms one = ones(mean);
  return {estimate_rows(mean, one), estimate_rows(size, one), deviation_of(estimate_rows(squares, one))};
}

}  // namespace

std::vector<SobolIndices> estimate_sobol_indices(const std::vector<RowOutputs>& rows) {
  PISHKHAN_EXPECT(!rows.empty() && rows.front().size() >= 3);
  const std::size_t factors = rows.front().size() - 2;
  if (!has_numbers(rows)) return std::vector<SobolIndices>(factors, {kNothing, kNothing});
  constexpr std::size_t kBoth[] = {0, 1};
  const std::vector<double> means = means_of(rows, kBoth);
  const double values = 2 * static_cast<double>(rows.size());
  RowTerms variance;
  for (const RowOutputs& row : rows) {
    const std::vector<double> a = difference(means, row[0]), b = difference(means, row[1]);
    variance.push_back(scaled_sum(mean_product(a, a), mean_product(b, b), values / (values - 1) / 2));
  }
  std::vector<SobolIndices> indices;
  for (std::size_t f = 0; f < factors; ++f) {
    RowTerms first_order, total;
    for (const RowOutputs& row : rows) {
      const std::vector<double> b = difference(means, row[1]), change = difference(row[0], row[2 + f]);
      first_order.push_back(mean_product(b, change));
      const RowTerm squares = mean_product(change, change);
      total.push_back(scaled_sum(squares, squares, 0.25));
    }
    indices.push_back({estimate_rows(first_order, variance), estimate_rows(total, variance)});
  }
  return indices;
}

std::vector<ElementaryEffects> estimate_elementary_effects(const std::vector<RowOutputs>& rows,
                                                           const std::vector<std::vector<Move>>& moves) {
  PISHKHAN_EXPECT(!rows.empty() && rows.size() == moves.size());
  const std::size_t factors = moves.front().size();
  if (!has_numbers(rows)) return std::vector<ElementaryEffects>(factors, {kNothing, kNothing, kNothing});
  std::vector<Effects> effects(factors);
  for (std::size_t t = 0; t < rows.size(); ++t) {
    for (std::size_t s = 0; s < factors; ++s) {
      const Move& move = moves[t][s];
      PISHKHAN_EXPECT(move.share != 0);
      std::vector<double> effect = difference(rows[t][s], rows[t][s + 1]);
      for (double& value : effect) value /= move.share;
      effects[move.factor].push_back(std::move(effect));
    }
  }
  std::vector<ElementaryEffects> all;
  for (const Effects& one : effects) all.push_back(effects_of(one));
  return all;
}

}  // namespace pishkhan
