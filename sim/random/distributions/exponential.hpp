#pragma once
#include "sim/random/distributions/family.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {

struct Exponential {
  double mean = 0;

  static constexpr std::string_view kName = "exponential", kDoc = "Exponential.";
  static constexpr FamilyForm kForm = FamilyForm::parameters;
  static constexpr Parameter kParameters[] = {kMeanParameter};
  static Exponential from(std::span<const double> values) { return {values[0]}; }

  [[nodiscard]] double expectation() const { return mean; }
  [[nodiscard]] double variance() const { return mean * mean; }
  [[nodiscard]] Exponential scaled(double factor) const { return {mean * factor}; }
  [[nodiscard]] Coefficients coefficients() const { return {mean, 0}; }
  static PISHKHAN_INLINE double of_uniform(double expected, double, double u) {
    return -expected * natural_log(1.0 - u);
  }

  bool operator==(const Exponential&) const = default;
};

}  // namespace pishkhan
