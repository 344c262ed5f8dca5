#include "models/scenario/stream_arrivals.hpp"

#include "sim/random/elementary.hpp"

namespace pishkhan {

double ArrivalDeviation::at(double u) const {
  if (size_s <= 0) return 0;
  return is_normal ? size_s * normal_quantile(u) : size_s * (2 * u - 1);
}

double ArrivalDeviation::most_s() const { return at(1 - 0x1p-33); }

}  // namespace pishkhan
