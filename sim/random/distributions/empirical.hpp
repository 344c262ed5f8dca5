#pragma once
#include <algorithm>
#include <vector>

#include "sim/random/distributions/family.hpp"

namespace pishkhan {

/// Piecewise linear quantile function through the sorted observations.
struct Empirical {
  std::vector<double> values;  ///< at least one, ascending

  static constexpr std::string_view
      kName = "empirical",
      kDoc = "Observed times; the quantile function is piecewise linear through them.";
  static constexpr FamilyForm kForm = FamilyForm::values;
  static constexpr Parameter kParameters[] = {{.name = "value", .doc = "An observed value."}};
  static Empirical from(std::span<const double> observed) {
    Empirical empirical{{observed.begin(), observed.end()}};
    std::sort(empirical.values.begin(), empirical.values.end());
    return empirical;
  }

  /// Of a piecewise linear quantile function the trapezoidal rule is exact.
  [[nodiscard]] double expectation() const {
    if (values.size() == 1) return values[0];
    double sum = 0;
    for (std::size_t i = 0; i + 1 < values.size(); ++i) sum += (values[i] + values[i + 1]) / 2;
    return sum / static_cast<double>(values.size() - 1);
  }
  [[nodiscard]] double variance() const {
    if (values.size() == 1) return 0;
    double square = 0;
    for (std::size_t i = 0; i + 1 < values.size(); ++i) {
      const double a = values[i], b = values[i + 1];
      square += (a * a + a * b + b * b) / 3;
    }
    const double mean = expectation();
    return square / static_cast<double>(values.size() - 1) - mean * mean;
  }
  [[nodiscard]] Empirical scaled(double factor) const {
    Empirical of = *this;
    for (double& value : of.values) value *= factor;
    return of;
  }
  [[nodiscard]] double quantile(double u) const {
    const double position = u * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    if (below + 1 >= values.size()) return values.back();
    return values[below] + (position - static_cast<double>(below)) * (values[below + 1] - values[below]);
  }

  bool operator==(const Empirical&) const = default;
};

}  // namespace pishkhan
