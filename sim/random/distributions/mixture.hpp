#pragma once
#include <vector>

#include "sim/random/distributions/family.hpp"

namespace pishkhan {

/// A weight and a distribution; defined where all families are known, in sim/random/distribution.hpp.
struct MixturePart;

/// One of several distributions, with probabilities in the ratio of the weights. The uniform that picks the
/// part is used again, rescaled, for the part's own quantile, so one draw is enough.
struct Mixture {
  std::vector<MixturePart> parts;

  static constexpr std::string_view kName = "mixture", kDoc = "One of several distributions, by weight.";
  static constexpr FamilyForm kForm = FamilyForm::parts;

  [[nodiscard]] double expectation() const;
  [[nodiscard]] double variance() const;
  [[nodiscard]] Mixture scaled(double factor) const;
  [[nodiscard]] double quantile(double u) const;

  /// See part_ends() of sim/random/distribution.hpp; of parts that are mixtures, theirs too.
  [[nodiscard]] std::vector<double> part_ends() const;

  bool operator==(const Mixture&) const;

 private:
  [[nodiscard]] double total_weight() const;
};

}  // namespace pishkhan
