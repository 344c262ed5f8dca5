#pragma once
#include <cstddef>
#include <cstdint>

#include "models/plan/handling_times.hpp"
#include "models/plan/plan_data.hpp"
#include "sim/random/distribution.hpp"

namespace pishkhan {

/// What clerks do at speed 1, and what they wait for, which takes as long at any speed; in seconds.
struct VisitWork {
  double human_s = 0, calls_s = 0;
};

/// Of who failed online they are complete.
enum class Papers : std::uint8_t { may_lack, complete };

/// Expected for a citizen who comes to a station for a service, or for one of a bare station's stream. Who
/// lacks papers is handled for a share of the time, and later again in full. As on a day.
inline VisitWork work_of_visit(const Scenario& scenario, const Plan::Data& data, std::size_t station,
                               std::size_t service, DayNumber day, Papers papers = Papers::may_lack) {
  const StationPlan& plan = data.stations[station];
  if (data.bare) return {mean(scenario.stations[station].streams[service].handling), 0};
  const Service& what = scenario.province->services[service];
  const double human = scenario.handling.empty() ? mean(what.handling[static_cast<std::size_t>(plan.channel)])
                                                 : mean(handling_on(scenario, data, station, service, day));
  const double calls = plan.channel == Channel::traditional ? scenario.backbone.counter_calls : 1;
  const double rework = papers == Papers::may_lack ? what.rework : 0;
  return {human * (1 + rework * scenario.rework_handling_share),
          calls * data.transaction_s(station, service) * (1 + rework)};
}

}  // namespace pishkhan
