#pragma once
#include <cmath>
#include <numbers>

#include "sim/random/distributions/family.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {

/// The logarithm is logistic, with mean log(median) and scale 1 / shape. Formulas: Johnson, Kotz and
/// Balakrishnan, Continuous Univariate Distributions 2, chapter 23.
struct LogLogistic {
  double shape = 3;  ///< above 2: the variance is finite
  double median = 1;

  static constexpr std::string_view kName = "log_logistic",
                                    kDoc = "Log-logistic: like the lognormal, with more very long times.";
  static constexpr FamilyForm kForm = FamilyForm::parameters;
  static constexpr Parameter kParameters[] = {
      {.name = "shape",
       .kind = Parameter::Kind::number,
       .low = 2,
       .high = 1000,
       .above = true,
       .doc = "Shape: the lower, the wider; above 2 the variance is finite."},
      {.name = "median", .above = true, .doc = "Median, which textbooks call the scale."}};
  static LogLogistic from(std::span<const double> values) { return {values[0], values[1]}; }

  [[nodiscard]] double expectation() const { return raw_moment(1); }
  [[nodiscard]] double variance() const { return raw_moment(2) - raw_moment(1) * raw_moment(1); }
  [[nodiscard]] LogLogistic scaled(double factor) const { return {shape, median * factor}; }
  [[nodiscard]] Coefficients coefficients() const { return {median, shape}; }
  static PISHKHAN_INLINE double of_uniform(double a, double b, double u) {
    return a * exponential(natural_log(u / (1.0 - u)) / b);
  }

  bool operator==(const LogLogistic&) const = default;

 private:
  /// Finite for order < shape.
  [[nodiscard]] double raw_moment(int order) const {
    const double angle = std::numbers::pi * order / shape;
    return std::pow(median, order) * angle / std::sin(angle);
  }
};

}  // namespace pishkhan
