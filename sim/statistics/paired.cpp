#include "sim/statistics/paired.hpp"

#include <cmath>
#include <cstddef>

#include "sim/statistics/jackknife.hpp"

namespace pishkhan {
namespace {

double ratio_of(const RatioSums& sums) {
  double numerator = 0, denominator = 0;
  for (std::size_t i = 0; i < sums.numerators.size(); ++i) {
    if (sums.denominators[i] == 0) continue;
    numerator += sums.numerators[i];
    denominator += sums.denominators[i];
  }
  return denominator == 0 ? kNan : numerator / denominator;
}

}  // namespace

PairedDifference estimate_paired(const RatioSums& a, const RatioSums& b, const DifferenceRules& rules) {
  const RatioSums both[] = {a, b};
  constexpr double kDifference[] = {-1, 1}, kOfA[] = {1, 0}, kOfB[] = {0, 1};
  const Jackknifed difference = jackknife(both, kDifference);
  PairedDifference paired{ratio_of(a),
                          ratio_of(b),
                          estimate_jackknifed_difference(difference, rules),
                          estimate_ratio_correlation(a, b),
                          test_of_zero(difference),
                          kNan};
  if (difference.varies()) {
    const double apart = jackknife(both, kOfA).variance() + jackknife(both, kOfB).variance();
    paired.unpaired_replications = std::ceil(difference.n() * apart / difference.variance());
  }
  return paired;
}

Combination estimate_combination(std::span<const RatioSums> ratios, std::span<const double> weights,
                                 const DifferenceRules& rules) {
  const Jackknifed jackknifed = jackknife(ratios, weights);
  return {estimate_jackknifed(jackknifed, rules), test_of_zero(jackknifed)};
}

}  // namespace pishkhan
