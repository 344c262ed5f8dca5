#pragma once
#include "sim/random/distributions/gamma.hpp"

namespace pishkhan {

/// The sum of `shape` exponential phases of equal means.
struct Erlang {
  double mean = 0;  ///< of the sum
  int shape = 1;

  static constexpr std::string_view kName = "erlang", kDoc = "Erlang.";
  static constexpr FamilyForm kForm = FamilyForm::parameters;
  static constexpr Parameter kParameters[] = {{.name = "mean", .above = true, .doc = "Mean of the sum."},
                                              {.name = "shape",
                                               .kind = Parameter::Kind::whole,
                                               .low = 1,
                                               .high = 1000,
                                               .doc = "Number of exponential phases."}};
  static Erlang from(std::span<const double> values) { return {values[0], static_cast<int>(values[1])}; }

  [[nodiscard]] double expectation() const { return mean; }
  [[nodiscard]] double variance() const { return mean * mean / shape; }
  [[nodiscard]] Erlang scaled(double factor) const { return {mean * factor, shape}; }
  [[nodiscard]] double quantile(double u) const { return gamma_quantile(shape, mean / shape, u); }

  bool operator==(const Erlang&) const = default;
};

}  // namespace pishkhan
