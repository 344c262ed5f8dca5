#include "sim/random/distributions/at_most.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <utility>

#include "sim/random/distribution.hpp"

namespace pishkhan {
namespace {

struct Moments {
  double mean = 0, squared_deviation = 0;
};

constexpr double kLeastUniform = 0x1p-33, kMostUniform = 1 - 0x1p-33;  // of the uniforms of 32 bits

/// The share of amounts that are below the limit. The quantile function must not fall.
double share_below(const Distribution& of, double limit) {
  if (quantile(of, kMostUniform) < limit) return 1;
  if (quantile(of, kLeastUniform) >= limit) return 0;
  double below = kLeastUniform, above = kMostUniform;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = (below + above) / 2;
    (quantile(of, middle) < limit ? below : above) = middle;
  }
  return above;
}

/// Integrals of the quantile function, up to the share of amounts below the limit.
Moments moments(const Distribution& of, double limit) {
  const double share = share_below(of, limit);
  if (share >= 1) return {mean(of), variance(of)};
  const auto integral = [&](const auto& function) {
    using Rule = boost::math::quadrature::gauss_kronrod<double, 31>;
    constexpr unsigned kHalvings = 10;
    constexpr double kTolerance = 1e-9;
    if (share <= 0) return 0.0;
    return Rule::integrate(
        [&](double u) { return function(quantile(of, std::clamp(u, kLeastUniform, kMostUniform))); }, 0.0,
        share, kHalvings, kTolerance);
  };
  const double mean = integral([](double x) { return x; }) + (1 - share) * limit;
  const auto from_mean = [&](double x) { return (x - mean) * (x - mean); };
  return {mean, integral(from_mean) + (1 - share) * from_mean(limit)};
}

/// Of a piecewise linear quantile function, piece by piece.
Moments moments(const Empirical& of, double limit) {
  const std::size_t pieces = of.values.size() - 1;
  if (pieces == 0) return {std::min(of.values[0], limit), 0};
  const auto average = [&](const auto& of_piece) {
    double sum = 0;
    for (std::size_t i = 0; i < pieces; ++i) {
      const double from = of.values[i], to = of.values[i + 1];
      const double below = to <= limit ? 1 : from >= limit ? 0 : (limit - from) / (to - from);
      sum += below * of_piece(from, std::min(to, limit)) + (1 - below) * of_piece(limit, limit);
    }
    return sum / static_cast<double>(pieces);
  };
  const double mean = average([](double a, double b) { return (a + b) / 2; });
  return {mean, average([&](double a, double b) {
            const double from = a - mean, to = b - mean;
            return (from * from + from * to + to * to) / 3;
          })};
}

}  // namespace

AtMost AtMost::scaled(double factor) const {
  AtMost changed = *this;
  changed.limit *= factor;
  changed.of[0].of = pishkhan::scaled(of[0].of, factor);
  changed.mean *= factor;
  changed.squared_deviation *= factor * factor;
  return changed;
}

double AtMost::quantile(double u) const { return std::min(limit, pishkhan::quantile(of[0].of, u)); }

bool AtMost::operator==(const AtMost&) const = default;

AtMost AtMost::cut(std::vector<MixturePart> of, double limit) {
  const auto* observed = std::get_if<Empirical>(&of[0].of);
  const Moments found = observed ? moments(*observed, limit) : moments(of[0].of, limit);
  return {limit, std::move(of), found.mean, found.squared_deviation};
}

}  // namespace pishkhan
