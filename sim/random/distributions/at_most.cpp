#include "sim/random/distributions/at_most.hpp"

#include <algorithm>

#include "sim/random/distribution.hpp"

namespace pishkhan {

AtMost AtMost::scaled(double factor) const {
  AtMost changed = *this;
  changed.limit *= factor;
  changed.of[0].of = pishkhan::scaled(of[0].of, factor);
  changed.mean *= factor;
  changed.squared_deviation *= factor * factor;
  return changed;
}

double AtMost::quantile(double u) const { return std::min(limit, pishkhan::quantile(of[0].of, u)); }

bool AtMost::operator==(const AtMost&) const = default;

}  // namespace pishkhan
