#pragma once
#include <cmath>

#include "sim/random/distributions/family.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {

struct Lognormal {
  double mean = 0;
  double cv = 1;

  static constexpr std::string_view kName = "lognormal", kDoc = "Lognormal, as handling times mostly are.";
  static constexpr FamilyForm kForm = FamilyForm::parameters;
  static constexpr Parameter kParameters[] = {kMeanParameter, kCvParameter};
  static Lognormal from(std::span<const double> values) { return {values[0], values[1]}; }

  [[nodiscard]] double expectation() const { return mean; }
  [[nodiscard]] double variance() const { return mean * mean * cv * cv; }
  [[nodiscard]] Lognormal scaled(double factor) const { return {mean * factor, cv}; }
  /// Mean and standard deviation of the logarithm, which is normal.
  [[nodiscard]] Coefficients coefficients() const {
    const double log_variance = natural_log(1.0 + cv * cv);
    return {natural_log(mean) - 0.5 * log_variance, std::sqrt(log_variance)};
  }
  static PISHKHAN_INLINE double of_normal(double mu, double sigma, double z) {
    return exponential(mu + sigma * z);
  }

  bool operator==(const Lognormal&) const = default;
};

}  // namespace pishkhan
