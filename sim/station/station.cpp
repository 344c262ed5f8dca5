#include "sim/station/station.hpp"

#include <algorithm>

#include "sim/station/by_arrival_order.hpp"
#include "sim/station/by_events.hpp"
#include "sim/station/common_shift.hpp"

namespace pishkhan {

void Visits::resize(std::size_t n) {
  for (auto* column : {&arrival_s, &human_s, &system_s, &patience_s, &balk, &leave_s, &end_s})
    column->resize(n);
  priority.resize(n);
  service.resize(n);
  outcome.resize(n);
  clerk.resize(n);
}

void simulate_station(const StationDay& station, Visits& visits) {
  if (is_common_shift(station))
    simulate_common_shift(station, visits);
  else if (station.priorities || !station.able.empty())
    simulate_by_events(station, visits);
  else
    simulate_by_arrival_order(station, visits);
}

double overtime(std::span<const Interval> shifts, double start, double end) {
  double on_shift = 0;
  for (const auto& shift : shifts)
    on_shift += std::max(0.0, std::min(end, shift.to_s) - std::max(start, shift.from_s));
  return std::max(0.0, (end - start) - on_shift);
}

}  // namespace pishkhan
