#pragma once
#include <vector>

#include "sim/random/distributions/family.hpp"

namespace pishkhan {

/// A weight and a distribution; defined where all families are known, in sim/random/distribution.hpp.
struct MixturePart;

/// Amounts of another distribution, of which those above a limit are the limit. Made by limited().
struct AtMost {
  double limit = 0;
  std::vector<MixturePart> of;             ///< the other distribution alone; no AtMost, and no Mixture
  double mean = 0, squared_deviation = 0;  ///< expectation, and that of the squared deviation from it

  static constexpr std::string_view
      kName = "at_most",
      kDoc = "Times of another distribution, of which those above a limit are as long as the limit.";
  static constexpr FamilyForm kForm = FamilyForm::limited;

  /// Makes one of a single distribution, with the moments of what the limit leaves of it.
  static AtMost cut(std::vector<MixturePart> of, double limit);

  [[nodiscard]] double expectation() const { return mean; }
  [[nodiscard]] double variance() const { return squared_deviation; }
  [[nodiscard]] AtMost scaled(double factor) const;
  [[nodiscard]] double quantile(double u) const;

  bool operator==(const AtMost&) const;
};

}  // namespace pishkhan
