#include "sim/random/distribution.hpp"

#include <algorithm>
#include <array>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {
namespace {

template <class F>
double quantile_of(const F& family, double u) {
  if constexpr (ClosedFormOfUniform<F>) {
    const auto [a, b] = family.coefficients();
    return F::of_uniform(a, b, u);
  } else if constexpr (ClosedFormOfNormal<F>) {
    const auto [a, b] = family.coefficients();
    return F::of_normal(a, b, normal_quantile(u));
  } else {
    return family.quantile(u);
  }
}

template <class F>
std::optional<Problem> problem_of(std::span<const double> values) {
  if constexpr (requires { F::problem(values); })
    return F::problem(values);
  else
    return std::nullopt;
}

template <class F>
constexpr DistributionFamily describe() {
  if constexpr (F::kForm == FamilyForm::parts || F::kForm == FamilyForm::limited) {
    return {F::kName, F::kDoc, F::kForm, {}, problem_of<F>, nullptr};
  } else {
    return {F::kName,      F::kDoc,
            F::kForm,      F::kParameters,
            problem_of<F>, [](std::span<const double> values) -> Distribution { return F::from(values); }};
  }
}

constexpr auto kFamilies = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array{describe<std::variant_alternative_t<I, Distribution>>()...};
}
(std::make_index_sequence<std::variant_size_v<Distribution>>());

constexpr double kLeastUniform = 0x1p-33, kMostUniform = 1 - 0x1p-33;  // of the uniforms of 32 bits

/// The share of amounts that are below the limit.
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

}  // namespace

double mean(const Distribution& distribution) {
  return std::visit([](const auto& d) { return d.expectation(); }, distribution);
}

double variance(const Distribution& distribution) {
  return std::visit([](const auto& d) { return d.variance(); }, distribution);
}

double quantile(const Distribution& distribution, double u) {
  PISHKHAN_EXPECT(u > 0 && u < 1);
  return std::visit([u](const auto& d) { return quantile_of(d, u); }, distribution);
}

Distribution scaled(const Distribution& distribution, double factor) {
  return std::visit([factor](const auto& d) { return Distribution(d.scaled(factor)); }, distribution);
}

/// The moments are integrals of the quantile function, up to the share of amounts below the limit.
Distribution limited(const Distribution& of, double limit) {
  PISHKHAN_EXPECT(limit > 0);
  if (const auto* limited_already = std::get_if<AtMost>(&of))
    return limited(limited_already->of[0].of, std::min(limited_already->limit, limit));
  AtMost made{limit, {{1, of}}};
  const double share = share_below(of, limit);
  if (share >= 1) {
    made.mean = mean(of);
    made.squared_deviation = variance(of);
    return made;
  }
  const auto integral = [&](const auto& function) {
    using Rule = boost::math::quadrature::gauss_kronrod<double, 31>;
    constexpr unsigned kHalvings = 10;
    constexpr double kTolerance = 1e-9;
    if (share <= 0) return 0.0;
    return Rule::integrate(
        [&](double u) { return function(quantile(of, std::clamp(u, kLeastUniform, kMostUniform))); }, 0.0,
        share, kHalvings, kTolerance);
  };
  made.mean = integral([](double x) { return x; }) + (1 - share) * limit;
  const auto from_mean = [&](double x) { return (x - made.mean) * (x - made.mean); };
  made.squared_deviation = integral(from_mean) + (1 - share) * from_mean(limit);
  return made;
}

Coefficients coefficients(const Distribution& distribution) {
  return std::visit(
      [](const auto& d) {
        if constexpr (requires { d.coefficients(); })
          return d.coefficients();
        else
          return Coefficients{};
      },
      distribution);
}

std::span<const DistributionFamily> distribution_families() { return kFamilies; }

}  // namespace pishkhan
