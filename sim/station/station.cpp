#include "sim/station/station.hpp"

#include <algorithm>

#include "sim/base/room.hpp"
#include "sim/station/by_arrival_order.hpp"
#include "sim/station/by_events.hpp"
#include "sim/station/common_shift.hpp"
#include "sim/station/station_rules.hpp"

namespace pishkhan {

void Visits::resize(std::size_t n) {
  for (auto* column : {&arrival_s, &human_s, &system_s, &patience_s, &balk, &leave_s, &end_s})
    resize_with_room(*column, n);
  for (auto* column : {&service, &clerk}) resize_with_room(*column, n);
  resize_with_room(priority, n);
  resize_with_room(outcome, n);
}

namespace {

/// Nobody waits, so patience, room, balking and closing have no effect.
void simulate_unlimited(const StationDay& station, Visits& visits) {
  for (std::size_t i = 0; i < visits.size(); ++i) {
    visits.leave_s[i] = visits.arrival_s[i];
    visits.end_s[i] = visits.arrival_s[i] + visits.human_s[i] + visits.system_s[i];
    visits.outcome[i] = Outcome::served;
    visits.clerk[i] = kNoClerk;
  }
  mark_inside(station, visits);
}

}  // namespace

void simulate_station(const StationDay& station, Visits& visits, StopCheck stop) {
  if (station.unlimited)
    simulate_unlimited(station, visits);
  else if (!station.room_for_all && is_common_shift(station))
    simulate_common_shift(station, visits, stop);
  else if (station.priorities || !station.able.empty() || station.finishing_counts || station.room_for_all)
    simulate_by_events(station, visits, stop);
  else
    simulate_by_arrival_order(station, visits, stop);
}

double overtime(std::span<const Interval> shifts, double start, double end) {
  double on_shift = 0;
  for (const auto& shift : shifts)
    on_shift += std::max(0.0, std::min(end, shift.to_s) - std::max(start, shift.from_s));
  return std::max(0.0, (end - start) - on_shift);
}

}  // namespace pishkhan
