#include <algorithm>

#include "models/plan/clerk_transfers.hpp"
#include "models/plan/plan_data.hpp"
#include "models/province/calendar.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {

Plan::Plan(const Scenario& written, StopCheck stop)
    : own_(has_open_transfers(written) ? std::make_unique<const Scenario>(with_transfers(written, stop))
                                       : nullptr),
      scenario_(own_ ? own_.get() : &written) {
  const Scenario& scenario = *scenario_;
  auto data = std::make_unique<Data>();
  if (scenario.province) {
    plan_province(scenario, *data, stop);
  } else {
    plan_bare_stations(scenario, *data, stop);
    plan_tick_tables(scenario, *data);
  }
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

const std::vector<double>& Plan::Data::visits_a_year(DayNumber day) const {
  PISHKHAN_EXPECT(!demand.empty());
  std::size_t at = demand.size() - 1;
  while (at > 0 && demand[at].from_day > day) --at;
  return demand[at].visits_a_year;
}

DayChannels::DayChannels(const Scenario& scenario)
    : scenario_(scenario), migrations_of_(scenario.province->services.size()) {
  PISHKHAN_EXPECT(scenario.migrations.size() <= 64);
  for (std::uint32_t m = 0; m < scenario.migrations.size(); ++m) {
    for (const ServiceId service : scenario.migrations[m].services)
      migrations_of_[service.index()].push_back(m);
  }
}

void DayChannels::rebuild(std::uint32_t service) {
  const Province& province = *scenario_.province;
  for (std::size_t z = 0; z < province.zones.size(); ++z) {
    const Zone& zone = province.zones[z];
    const std::size_t cell = z * province.services.size() + service;
    maps_[cell] = ChannelMap(province.services[service].shares[static_cast<std::size_t>(zone.kind)],
                             zone.digital_access);
    failure_[cell] = online_failure_on(scenario_, ServiceId(service), ZoneId(z), day_);
    for (const std::uint32_t m : migrations_of_[service]) {
      if (!scenario_.migrations[m].is_of(ZoneId(z))) continue;
      maps_[cell].migrate(scenario_.migrations[m].from, scenario_.migrations[m].to, shares_[m], m);
    }
  }
}

const std::vector<std::uint32_t>& DayChannels::move_to(DayNumber day) {
  const Province& province = *scenario_.province;
  std::vector<double> shares;
  for (const auto& migration : scenario_.migrations) shares.push_back(migrated_share(migration, day));
  const bool first = maps_.empty();
  if (first) {
    maps_.resize(province.zones.size() * province.services.size());
    failure_.resize(maps_.size());
  }
  day_ = day;
  std::vector<bool> fails;
  for (const OnlineFailure& failure : scenario_.online_failures)
    fails.push_back(failure.from_day <= day && day < failure.until_day);
  const std::vector<bool> failed = first ? fails : fails_;
  fails_ = fails;
  const auto old = first ? shares : shares_;
  shares_ = std::move(shares);
  changed_.clear();
  for (std::uint32_t s = 0; s < province.services.size(); ++s) {
    const bool moved = std::any_of(migrations_of_[s].begin(), migrations_of_[s].end(),
                                   [&](std::uint32_t m) { return old[m] != shares_[m]; });
    bool fails_otherwise = false;
    for (std::size_t f = 0; f < fails.size(); ++f) {
      const std::vector<ServiceId>& services = scenario_.online_failures[f].services;
      fails_otherwise |=
          failed[f] != fails[f] && std::binary_search(services.begin(), services.end(), ServiceId(s));
    }
    if (first || moved || fails_otherwise) changed_.push_back(s);
  }
  for (const std::uint32_t service : changed_) rebuild(service);
  if (changed_.empty()) return changed_;
  segments_.clear();
  first_.clear();
  for (const auto& map : maps_) {
    first_.push_back(static_cast<std::uint32_t>(segments_.size()));
    map.append_segments(segments_);
  }
  return changed_;
}

}  // namespace pishkhan
