#include "sim/base/ticks.hpp"

namespace pishkhan {

PISHKHAN_VECTORISED
void round_to_ticks(double* times_s, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) times_s[i] = round_to_tick(times_s[i]);
}

PISHKHAN_VECTORISED
void round_down_to_ticks(double* times_s, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) times_s[i] = to_seconds(static_cast<Tick>(times_s[i] / kTick_s));
}

}  // namespace pishkhan
