#include "models/demand/plan.hpp"

#include <algorithm>

#include "models/province/calendar.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {

Plan::Plan(const Scenario& scenario) : scenario_(&scenario) {
  auto data = std::make_unique<Data>();
  if (scenario.province)
    plan_province(scenario, *data);
  else
    plan_bare_stations(scenario, *data);
  data_ = std::move(data);
}
Plan::~Plan() = default;
Plan::Plan(Plan&&) noexcept = default;
Plan& Plan::operator=(Plan&&) noexcept = default;

const OfficeChooser& Plan::Data::chooser(DayNumber day) const {
  auto epoch = std::upper_bound(epochs.begin(), epochs.end(), day,
                                [](DayNumber d, const ChoiceEpoch& e) { return d < e.from_day; });
  PISHKHAN_EXPECT(epoch != epochs.begin());
  return std::prev(epoch)->chooser;
}

bool DayChannels::differ(const Scenario& scenario, DayNumber a, DayNumber b) {
  return std::any_of(scenario.migrations.begin(), scenario.migrations.end(), [a, b](const Migration& migration) {
    return migrated_share(migration, a) != migrated_share(migration, b);
  });
}

DayChannels::DayChannels(const Scenario& scenario, DayNumber day) {
  const Province& province = *scenario.province;
  const std::size_t services = province.services.size();
  maps_.reserve(province.zones.size() * services);
  for (const auto& zone : province.zones)
    for (const auto& service : province.services)
      maps_.emplace_back(service.shares[static_cast<std::size_t>(zone.kind)], zone.digital_access);
  PISHKHAN_EXPECT(scenario.migrations.size() <= 64);
  for (std::size_t m = 0; m < scenario.migrations.size(); ++m) {
    const Migration& migration = scenario.migrations[m];
    const double share = migrated_share(migration, day);
    if (share <= 0) continue;
    for (std::size_t z = 0; z < province.zones.size(); ++z)
      for (const ServiceId service : migration.services)
        maps_[z * services + service.index()].migrate(migration.from, migration.to, share, m);
  }
  first_.reserve(maps_.size() + 1);
  for (const auto& map : maps_) {
    first_.push_back(segments_.size());
    map.append_segments(segments_);
  }
  first_.push_back(segments_.size());
}

}  // namespace pishkhan
