#pragma once
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace pishkhan {

// Distributions of times (seconds) and other non-negative amounts. Parameters are those of the
// lexicon: a mean and a coefficient of variation wherever two moments fix the distribution.
struct Constant {
  double value = 0;
};
struct Exponential {
  double mean = 0;
};
struct Erlang {
  double mean = 0;
  int shape = 1;
};
struct Gamma {
  double mean = 0;
  double cv = 1;
};
struct Weibull {
  double shape = 1;
  double scale = 1;
};
struct Lognormal {
  double mean = 0;
  double cv = 1;
};
struct Uniform {
  double low = 0;
  double high = 0;
};
struct Triangular {
  double low = 0;
  double mode = 0;
  double high = 0;
};
/// Piecewise linear quantile function through the sorted observations.
struct Empirical {
  std::vector<double> values;
};
/// Never happens: the quantile is infinity at every probability (a citizen of endless patience).
struct Never {};
struct Mixture;

using Distribution = std::variant<Never, Constant, Exponential, Erlang, Gamma, Weibull, Lognormal, Uniform,
                                  Triangular, Empirical, Mixture>;

/// Probabilities need not be normalised; they are on use. The uniform that picks the part is
/// reused, rescaled, for the part's own quantile, so one draw serves.
struct Mixture {
  std::vector<std::pair<double, Distribution>> parts;
};

/// Mean in the distribution's unit; infinity for Never.
double mean(const Distribution& distribution);
/// Variance in the squared unit; infinity for Never.
double variance(const Distribution& distribution);
/// Smallest value whose distribution function reaches u, 0 < u < 1. The same bits on every machine.
double quantile(const Distribution& distribution, double u);

}  // namespace pishkhan
