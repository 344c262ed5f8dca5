#include "models/trial/station_day/booked_arrival.hpp"

#include <algorithm>

#include "models/trial/citizen_draw.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {

double booked_arrival(const Attempt& attempt, const Scenario& scenario, const Plan::Data& data, DrawKey key,
                      std::span<const Interval> doors) {
  const double slot_s = attempt.slot_minute * kSecondsPerMinute;
  const auto door = std::find_if(doors.begin(), doors.end(), [slot_s](const Interval& open) {
    return open.from_s <= slot_s && slot_s < open.to_s;
  });
  PISHKHAN_EXPECT(door != doors.end());
  const double most_s = scenario.appointments[attempt.appointment - 1U].early_s;
  const double early_s = most_s > 0 ? most_s * uniform(draw_appointment(attempt, data, key)[3]) : 0;
  return std::max(door->from_s, slot_s - early_s);
}

}  // namespace pishkhan
