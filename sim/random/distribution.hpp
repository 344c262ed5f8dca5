#pragma once
#include <span>
#include <variant>
#include <vector>

#include "sim/random/distributions/at_most.hpp"
#include "sim/random/distributions/constant.hpp"
#include "sim/random/distributions/empirical.hpp"
#include "sim/random/distributions/erlang.hpp"
#include "sim/random/distributions/exponential.hpp"
#include "sim/random/distributions/gamma.hpp"
#include "sim/random/distributions/log_logistic.hpp"
#include "sim/random/distributions/lognormal.hpp"
#include "sim/random/distributions/mixture.hpp"
#include "sim/random/distributions/never.hpp"
#include "sim/random/distributions/triangular.hpp"
#include "sim/random/distributions/uniform.hpp"
#include "sim/random/distributions/weibull.hpp"

namespace pishkhan {

/// A distribution of times (seconds) or other non-negative amounts. This list of families is the only one:
/// the functions below, the sampler and the scenario language follow it.
using Distribution = std::variant<Never, Constant, Exponential, Erlang, Gamma, Weibull, Lognormal,
                                  LogLogistic, Uniform, Triangular, Empirical, Mixture, AtMost>;

struct MixturePart {
  double weight = 0;
  Distribution of;

  bool operator==(const MixturePart&) const = default;
};

/// Mean in the distribution's unit; infinity for Never.
double mean(const Distribution& distribution);
/// Variance in the squared unit; infinity for Never.
double variance(const Distribution& distribution);
/// Smallest value whose distribution function reaches u, 0 < u < 1. The same bits on every machine.
double quantile(const Distribution& distribution, double u);
/// The distribution of factor times the amount, factor > 0.
Distribution scaled(const Distribution& distribution, double factor);
/// Amounts of the distribution, of which those above the limit are the limit, > 0. Of a mixture, a mixture of
/// its limited parts.
Distribution limited(const Distribution& of, double limit);
/// The uniforms at which one part of a mixture ends and the next begins, ascending: between two of them the
/// quantile function does not fall. Empty of other distributions.
std::vector<double> part_ends(const Distribution& distribution);
/// Two numbers for the closed form of the distribution's family; both 0 where it has none.
Coefficients coefficients(const Distribution& distribution);

/// A family as data, for those who read or describe distributions. See sim/random/distributions/family.hpp.
struct DistributionFamily {
  std::string_view name, doc;
  FamilyForm form;
  std::span<const Parameter> parameters;
  /// What is wrong with these values, in the order of the parameters; NaN stands for one that is not given.
  std::optional<Problem> (*problem)(std::span<const double> values);
  /// The distribution of these values, where there is no problem; null for FamilyForm::parts and limited.
  Distribution (*make)(std::span<const double> values);
};

/// All families, in the order of the list: distribution_families()[distribution.index()] is a distribution's
/// own.
std::span<const DistributionFamily> distribution_families();

}  // namespace pishkhan
