#pragma once
#include "sim/random/distributions/family.hpp"

namespace pishkhan {

struct Uniform {
  double low = 0;
  double high = 0;

  static constexpr std::string_view kName = "uniform", kDoc = "Uniform.";
  static constexpr FamilyForm kForm = FamilyForm::parameters;
  static constexpr Parameter kParameters[] = {{.name = "low", .doc = "Smallest time."},
                                              {.name = "high", .above = true, .doc = "Largest time."}};
  static std::optional<Problem> problem(std::span<const double> values) {
    if (values[0] >= values[1]) return Problem{"low is not below high", ""};
    return std::nullopt;
  }
  static Uniform from(std::span<const double> values) { return {values[0], values[1]}; }

  [[nodiscard]] double expectation() const { return (low + high) / 2; }
  [[nodiscard]] double variance() const { return (high - low) * (high - low) / 12; }
  [[nodiscard]] Uniform scaled(double factor) const { return {low * factor, high * factor}; }
  [[nodiscard]] double quantile(double u) const { return low + u * (high - low); }

  bool operator==(const Uniform&) const = default;
};

}  // namespace pishkhan
