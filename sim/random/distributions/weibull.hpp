#pragma once
#include <cmath>

#include "sim/random/distributions/family.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {

struct Weibull {
  double shape = 1;
  double scale = 1;

  static constexpr std::string_view kName = "weibull", kDoc = "Weibull.";
  static constexpr FamilyForm kForm = FamilyForm::parameters;
  static constexpr Parameter kParameters[] = {
      {.name = "shape",
       .kind = Parameter::Kind::number,
       .low = 0.1,
       .high = 1000,
       .doc = "Shape: below 1 the hazard falls, above 1 it rises."},
      {.name = "scale", .above = true, .required = false, .doc = "Scale; give it or the median."},
      {.name = "median", .above = true, .required = false, .doc = "Median; give it or the scale."}};
  static std::optional<Problem> problem(std::span<const double> values) {
    if (std::isnan(values[1]) != std::isnan(values[2])) return std::nullopt;
    return Problem{"a Weibull has a scale or a median", "give exactly one of `scale` and `median`"};
  }
  static Weibull from(std::span<const double> values) {
    const double shape = values[0], scale = values[1], median = values[2];
    // The median is scale (ln 2)^(1/shape).
    return {shape, std::isnan(scale) ? median / std::pow(std::log(2.0), 1 / shape) : scale};
  }

  [[nodiscard]] double expectation() const { return raw_moment(1); }
  [[nodiscard]] double variance() const { return raw_moment(2) - raw_moment(1) * raw_moment(1); }
  [[nodiscard]] Weibull scaled(double factor) const { return {shape, scale * factor}; }
  [[nodiscard]] Coefficients coefficients() const { return {scale, shape}; }
  static PISHKHAN_INLINE double of_uniform(double a, double b, double u) {
    return a * exponential(natural_log(-natural_log(1.0 - u)) / b);
  }

  bool operator==(const Weibull&) const = default;

 private:
  [[nodiscard]] double raw_moment(int order) const {
    return std::pow(scale, order) * std::tgamma(1.0 + order / shape);
  }
};

}  // namespace pishkhan
