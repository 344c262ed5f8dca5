#pragma once
#include "sim/random/distributions/family.hpp"

namespace pishkhan {

/// Quantile of the gamma distribution of this shape and scale, the same bits on every machine.
double gamma_quantile(double shape, double scale, double u);

/// Of cv 0 it is the constant `mean`.
struct Gamma {
  double mean = 0;
  double cv = 1;

  static constexpr std::string_view kName = "gamma", kDoc = "Gamma.";
  static constexpr FamilyForm kForm = FamilyForm::parameters;
  /// Below its least value the quantile function is slow, and then fails.
  static constexpr Parameter kParameters[] = {
      kMeanParameter,
      {.name = "cv", .kind = Parameter::Kind::number, .low = 0.01, .high = 100, .doc = kCvParameter.doc}};
  static Gamma from(std::span<const double> values) { return {values[0], values[1]}; }

  [[nodiscard]] double expectation() const { return mean; }
  [[nodiscard]] double variance() const { return mean * mean * cv * cv; }
  [[nodiscard]] Gamma scaled(double factor) const { return {mean * factor, cv}; }
  [[nodiscard]] double quantile(double u) const {
    return cv == 0 ? mean : gamma_quantile(1 / (cv * cv), mean * cv * cv, u);
  }

  bool operator==(const Gamma&) const = default;
};

}  // namespace pishkhan
