#include "models/trial/totals/totals.hpp"

namespace pishkhan {

Totals::Totals(const Scenario& scenario, const Plan::Data& data)
    : stations(data.stations.size()), moved(scenario.migrations.size() * data.services) {
  result.services.resize(data.services * kChannels);
  result.citizens.resize(data.services * kChannels);
  if (!data.unbroken) result.days.resize(static_cast<std::size_t>(scenario.run.days) * kChannels);
  if (!data.unbroken) week_hours.resize(stations.size() * kDaysPerWeek);
  if (data.bare) return;
  service_waits.resize(data.services * kStationChannels);
  classes.resize(scenario.classes.size() * kStationChannels);
}

void Totals::add_services() {
  for (ServiceTotals& day : services) day.move_to(result.services, result.citizens);
}

}  // namespace pishkhan
