#pragma once
#include <limits>

#include "sim/random/distributions/family.hpp"

namespace pishkhan {

/// Never happens: the quantile is infinity at every probability (endless patience).
struct Never {
  static constexpr std::string_view kName = "never", kDoc = "Never happens.";
  static constexpr FamilyForm kForm = FamilyForm::nothing;
  static constexpr std::span<const Parameter> kParameters{};
  static Never from(std::span<const double>) { return {}; }

  [[nodiscard]] double expectation() const { return std::numeric_limits<double>::infinity(); }
  [[nodiscard]] double variance() const { return std::numeric_limits<double>::infinity(); }
  [[nodiscard]] Never scaled(double) const { return *this; }
  [[nodiscard]] Coefficients coefficients() const { return {std::numeric_limits<double>::infinity(), 0}; }
  static PISHKHAN_INLINE double of_uniform(double value, double, double) { return value; }

  bool operator==(const Never&) const = default;
};

}  // namespace pishkhan
