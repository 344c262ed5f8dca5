#include "sim/station/by_events.hpp"

#include "sim/station/station_events.hpp"

namespace pishkhan {

void simulate_by_events(const StationDay& station, Visits& visits, StopCheck stop) {
  if (visits.size() == 0) return;
  StationEvents events(station, visits);
  while (events.unsettled()) {
    stop.after(1);
    events.step(events.next_time());
  }
  events.close();
}

}  // namespace pishkhan
