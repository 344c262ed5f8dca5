#pragma once
#include <cstddef>

#include "models/plan/plan_data.hpp"
#include "sim/random/distribution.hpp"

namespace pishkhan {

/// What clerks do at speed 1, and what they wait for, which takes as long at any speed; in seconds.
struct VisitWork {
  double human_s = 0, calls_s = 0;
};

/// Expected for a citizen who comes to a station for a service, or for one of a bare station's stream. Who
/// lacks papers is handled for a share of the time, and later again in full.
inline VisitWork work_of_visit(const Scenario& scenario, const Plan::Data& data, std::size_t station,
                               std::size_t service) {
  const StationPlan& plan = data.stations[station];
  if (data.bare) return {mean(scenario.stations[station].streams[service].handling), 0};
  const Service& what = scenario.province->services[service];
  const double human = mean(what.handling[static_cast<std::size_t>(plan.channel)]);
  const double calls = plan.channel == Channel::traditional ? scenario.backbone.counter_calls : 1;
  return {human * (1 + what.rework * scenario.rework_handling_share),
          calls * data.transaction_s(station, service) * (1 + what.rework)};
}

}  // namespace pishkhan
