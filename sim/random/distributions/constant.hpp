#pragma once
#include "sim/random/distributions/family.hpp"

namespace pishkhan {

struct Constant {
  double value = 0;

  static constexpr std::string_view kName = "constant", kDoc = "Always the same time.";
  static constexpr FamilyForm kForm = FamilyForm::value;
  static constexpr Parameter kParameters[] = {{.name = "value", .doc = "The value."}};
  static Constant from(std::span<const double> values) { return {values[0]}; }

  [[nodiscard]] double expectation() const { return value; }
  [[nodiscard]] double variance() const { return 0; }
  [[nodiscard]] Constant scaled(double factor) const { return {value * factor}; }
  [[nodiscard]] Coefficients coefficients() const { return {value, 0}; }
  static PISHKHAN_INLINE double of_uniform(double constant, double, double) { return constant; }

  bool operator==(const Constant&) const = default;
};

}  // namespace pishkhan
