#include "models/scenario/batch_size.hpp"

#include <algorithm>
#include <cmath>

#include "sim/random/elementary.hpp"

namespace pishkhan {

double BatchSize::mean() const {
  if (shares.empty()) return geometric_mean;
  double sum = 0;
  for (const auto& [size, share] : shares) sum += size * share;
  return sum;
}

std::uint32_t BatchSize::size(double u) const {
  if (!shares.empty()) {
    double below = 0;
    for (const auto& [size, share] : shares) {
      below += share;
      if (u <= below) return static_cast<std::uint32_t>(size);
    }
    return static_cast<std::uint32_t>(shares.back().first);
  }
  if (geometric_mean == 1) return 1;
  const double steps = natural_log(1 - u) / natural_log(1 - 1 / geometric_mean);
  return static_cast<std::uint32_t>(std::max(1.0, std::ceil(steps)));
}

}  // namespace pishkhan
