#include "sim/random/distribution.hpp"

#include <bit>
#include <boost/math/distributions/gamma.hpp>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/base/contract.hpp"
#include "sim/random/closed_forms.hpp"

namespace pishkhan {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

// Boost computes with the C library, whose last bits differ from machine to machine. Rounding to
// 40 bits keeps them out of the results.
double rounded_to_40_bits(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return std::bit_cast<double>((bits + 0x800) & ~std::uint64_t{0xfff});
}

double gamma_quantile(double shape, double scale, double u) {
  return rounded_to_40_bits(boost::math::quantile(boost::math::gamma_distribution<>(shape, scale), u));
}

double empirical_quantile(const std::vector<double>& values, double u) {
  const double position = u * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  if (below + 1 >= values.size()) return values.back();
  return values[below] + (position - static_cast<double>(below)) * (values[below + 1] - values[below]);
}

double total_weight(const Mixture& mixture) {
  double total = 0;
  for (const auto& part : mixture.parts) total += part.first;
  return total;
}

double mixture_quantile(const Mixture& mixture, double u) {
  double left = u * total_weight(mixture);
  for (std::size_t i = 0; i < mixture.parts.size(); ++i) {
    const auto& [weight, distribution] = mixture.parts[i];
    if (left < weight || i + 1 == mixture.parts.size()) {
      const double within = left / weight;
      return quantile(distribution, within < 0x1p-33 ? 0x1p-33 : within > 1 - 0x1p-33 ? 1 - 0x1p-33 : within);
    }
    left -= weight;
  }
  return 0;
}

double raw_weibull_moment(const Weibull& weibull, int order) {
  return std::pow(weibull.scale, order) * std::tgamma(1.0 + order / weibull.shape);
}

double mixture_second_moment(const Mixture& mixture) {
  double sum = 0;
  for (const auto& [weight, part] : mixture.parts) sum += weight * (variance(part) + mean(part) * mean(part));
  return sum / total_weight(mixture);
}

}  // namespace

double mean(const Distribution& distribution) {
  return std::visit(Overloaded{
                        [](const Never&) { return kInfinity; },
                        [](const Constant& d) { return d.value; },
                        [](const Uniform& d) { return (d.low + d.high) / 2; },
                        [](const Triangular& d) { return (d.low + d.mode + d.high) / 3; },
                        [](const Weibull& d) { return raw_weibull_moment(d, 1); },
                        [](const Empirical& d) {
                          // Mean of the piecewise linear quantile function: the trapezoidal rule is exact.
                          double sum = 0;
                          for (std::size_t i = 0; i + 1 < d.values.size(); ++i)
                            sum += (d.values[i] + d.values[i + 1]) / 2;
                          return d.values.size() == 1 ? d.values[0]
                                                      : sum / static_cast<double>(d.values.size() - 1);
                        },
                        [](const Mixture& d) {
                          double sum = 0;
                          for (const auto& [weight, part] : d.parts) sum += weight * mean(part);
                          return sum / total_weight(d);
                        },
                        [](const auto& d) { return d.mean; },
                    },
                    distribution);
}

double variance(const Distribution& distribution) {
  return std::visit(Overloaded{
                        [](const Never&) { return kInfinity; },
                        [](const Constant&) { return 0.0; },
                        [](const Exponential& d) { return d.mean * d.mean; },
                        [](const Erlang& d) { return d.mean * d.mean / d.shape; },
                        [](const Gamma& d) { return d.mean * d.mean * d.cv * d.cv; },
                        [](const Lognormal& d) { return d.mean * d.mean * d.cv * d.cv; },
                        [](const Weibull& d) {
                          const double first = raw_weibull_moment(d, 1);
                          return raw_weibull_moment(d, 2) - first * first;
                        },
                        [](const Uniform& d) { return (d.high - d.low) * (d.high - d.low) / 12; },
                        [](const Triangular& d) {
                          return (d.low * d.low + d.mode * d.mode + d.high * d.high - d.low * d.mode -
                                  d.low * d.high - d.mode * d.high) /
                                 18;
                        },
                        [](const Empirical& d) {
                          double square = 0;
                          for (std::size_t i = 0; i + 1 < d.values.size(); ++i) {
                            const double a = d.values[i], b = d.values[i + 1];
                            square += (a * a + a * b + b * b) / 3;
                          }
                          const double first = mean(d);
                          return d.values.size() == 1
                                     ? 0
                                     : square / static_cast<double>(d.values.size() - 1) - first * first;
                        },
                        [](const Mixture& d) {
                          const double first = mean(d);
                          return mixture_second_moment(d) - first * first;
                        },
                    },
                    distribution);
}

double quantile(const Distribution& distribution, double u) {
  PISHKHAN_EXPECT(u > 0 && u < 1);
  return std::visit(Overloaded{
                        [](const Never&) { return kInfinity; },
                        [](const Constant& d) { return d.value; },
                        [u](const Exponential& d) { return exponential_value(d.mean, u); },
                        [u](const Erlang& d) { return gamma_quantile(d.shape, d.mean / d.shape, u); },
                        [u](const Gamma& d) {
                          return d.cv == 0 ? d.mean
                                           : gamma_quantile(1 / (d.cv * d.cv), d.mean * d.cv * d.cv, u);
                        },
                        [u](const Weibull& d) { return weibull_value(d.scale, d.shape, u); },
                        [u](const Lognormal& d) {
                          const LognormalShape shape = lognormal_shape(d);
                          return lognormal_value(shape.mu, shape.sigma, u);
                        },
                        [u](const Uniform& d) { return d.low + u * (d.high - d.low); },
                        [u](const Triangular& d) {
                          const double width = d.high - d.low;
                          if (width == 0) return d.low;
                          const double peak = (d.mode - d.low) / width;
                          return u < peak ? d.low + std::sqrt(u * width * (d.mode - d.low))
                                          : d.high - std::sqrt((1 - u) * width * (d.high - d.mode));
                        },
                        [u](const Empirical& d) { return empirical_quantile(d.values, u); },
                        [u](const Mixture& d) { return mixture_quantile(d, u); },
                    },
                    distribution);
}

}  // namespace pishkhan
