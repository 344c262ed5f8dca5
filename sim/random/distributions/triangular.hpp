#pragma once
#include <cmath>

#include "sim/random/distributions/family.hpp"

namespace pishkhan {

struct Triangular {
  double low = 0;
  double mode = 0;
  double high = 0;

  static constexpr std::string_view kName = "triangular", kDoc = "Triangular.";
  static constexpr FamilyForm kForm = FamilyForm::parameters;
  static constexpr Parameter kParameters[] = {{.name = "low", .doc = "Smallest time."},
                                              {.name = "mode", .doc = "Most likely time."},
                                              {.name = "high", .above = true, .doc = "Largest time."}};
  static std::optional<Problem> problem(std::span<const double> values) {
    const double low = values[0], mode = values[1], high = values[2];
    if (low >= high) return Problem{"low is not below high", ""};
    if (mode < low || mode > high) return Problem{"mode is not between low and high", ""};
    return std::nullopt;
  }
  static Triangular from(std::span<const double> values) { return {values[0], values[1], values[2]}; }

  [[nodiscard]] double expectation() const { return (low + mode + high) / 3; }
  [[nodiscard]] double variance() const {
    return (low * low + mode * mode + high * high - low * mode - low * high - mode * high) / 18;
  }
  [[nodiscard]] Triangular scaled(double factor) const {
    return {low * factor, mode * factor, high * factor};
  }
  [[nodiscard]] double quantile(double u) const {
    const double width = high - low;
    if (width == 0) return low;
    const double peak = (mode - low) / width;
    return u < peak ? low + std::sqrt(u * width * (mode - low))
                    : high - std::sqrt((1 - u) * width * (high - mode));
  }

  bool operator==(const Triangular&) const = default;
};

}  // namespace pishkhan
