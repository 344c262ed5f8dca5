#include "models/trial/totals/totals.hpp"

namespace pishkhan {

Totals::Totals(const Scenario& scenario, const Plan::Data& data)
    : stations(data.stations.size()),
      services(data.bare ? 0 : data.services),
      moved(scenario.migrations.size() * data.services) {
  result.services.resize(data.services * kChannels);
  result.citizens.resize(data.services * kChannels);
  if (!data.unbroken) days.resize(static_cast<std::size_t>(scenario.run.days) * kChannels);
}

}  // namespace pishkhan
