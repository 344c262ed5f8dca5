#include "sim/random/distribution.hpp"

#include <algorithm>
#include <array>
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

Distribution limited(const Distribution& of, double limit) {
  PISHKHAN_EXPECT(limit > 0);
  if (const auto* already = std::get_if<AtMost>(&of))
    return limited(already->of[0].of, std::min(already->limit, limit));
  if (const auto* mixture = std::get_if<Mixture>(&of)) {
    Mixture parts = *mixture;
    for (MixturePart& part : parts.parts) part.of = limited(part.of, limit);
    return parts;
  }
  return AtMost::cut({{1, of}}, limit);
}

std::vector<double> part_ends(const Distribution& distribution) {
  const auto* mixture = std::get_if<Mixture>(&distribution);
  return mixture ? mixture->part_ends() : std::vector<double>();
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
