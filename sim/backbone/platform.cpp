#include "sim/backbone/platform.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

void expect_possible(const Link& link) {
  PISHKHAN_EXPECT(std::isfinite(link.up_bytes_s) && link.up_bytes_s > 0);
  PISHKHAN_EXPECT(std::isfinite(link.down_bytes_s) && link.down_bytes_s > 0);
  PISHKHAN_EXPECT(std::isfinite(link.latency_s) && link.latency_s >= 0);
}

/// What can arrive at a link at most, in each direction, bytes a second.
struct Inflow {
  double up_bytes_s = 0, down_bytes_s = 0;
  void add(double up, double down) {
    up_bytes_s += up;
    down_bytes_s += down;
  }
  /// Rounding of the sum must not make a link narrow that is exactly wide enough.
  [[nodiscard]] bool overfills(const Link& link) const {
    constexpr double kSlack = 1 + 1e-12;
    return up_bytes_s > link.up_bytes_s * kSlack || down_bytes_s > link.down_bytes_s * kSlack;
  }
};

}  // namespace

void expect_possible(const Platform& platform) {
  for (const AccessLink& link : platform.access_links) {
    expect_possible(static_cast<const Link&>(link));
    PISHKHAN_EXPECT(link.county.index() < platform.county_links.size());
  }
  for (const Link& link : platform.county_links) expect_possible(link);
  expect_possible(platform.province_link);
  for (const System& system : platform.systems) {
    expect_possible(system.data_centre);
    PISHKHAN_EXPECT(system.cores >= 1);
    PISHKHAN_EXPECT(std::isfinite(system.speed) && system.speed > 0);
  }
}

double latency_s(const Platform& platform, AccessLinkId from, SystemId to) {
  const AccessLink& access = platform.access_links[from.index()];
  return access.latency_s + platform.county_links[access.county.index()].latency_s +
         platform.province_link.latency_s + platform.systems[to.index()].data_centre.latency_s;
}

Link way_of(const Platform& platform, const AccessLink& access) {
  const Link &county = platform.county_links[access.county.index()], &province = platform.province_link;
  double up_bytes_s = 0, down_bytes_s = 0;  // of the widest data centre
  for (const System& system : platform.systems) {
    up_bytes_s = std::max(up_bytes_s, system.data_centre.up_bytes_s);
    down_bytes_s = std::max(down_bytes_s, system.data_centre.down_bytes_s);
  }
  return {std::min({access.up_bytes_s, county.up_bytes_s, province.up_bytes_s, up_bytes_s}),
          std::min({access.down_bytes_s, county.down_bytes_s, province.down_bytes_s, down_bytes_s}),
          access.latency_s + county.latency_s + province.latency_s};
}

UnloadedTimes unloaded(const Platform& platform, const Transaction& transaction) {
  const AccessLink& access = platform.access_links[transaction.from.index()];
  const Link& county = platform.county_links[access.county.index()];
  const System& system = platform.systems[transaction.to.index()];
  const double latency = latency_s(platform, transaction.from, transaction.to);
  const double up = std::min({access.up_bytes_s, county.up_bytes_s, platform.province_link.up_bytes_s,
                              system.data_centre.up_bytes_s});
  const double down = std::min({access.down_bytes_s, county.down_bytes_s, platform.province_link.down_bytes_s,
                                system.data_centre.down_bytes_s});
  return {latency + static_cast<double>(transaction.request_bytes) / up, transaction.work_s / system.speed,
          latency + static_cast<double>(transaction.response_bytes) / down};
}

NarrowLinks narrow_links(const Platform& platform) {
  std::vector<Inflow> into_county(platform.county_links.size());
  for (const AccessLink& link : platform.access_links)
    into_county[link.county.index()].add(link.up_bytes_s, link.down_bytes_s);

  NarrowLinks narrow;
  Inflow into_province;
  for (std::size_t i = 0; i < into_county.size(); ++i) {
    const Link& county = platform.county_links[i];
    if (into_county[i].overfills(county)) narrow.counties.emplace_back(i);
    into_province.add(std::min(into_county[i].up_bytes_s, county.up_bytes_s),
                      std::min(into_county[i].down_bytes_s, county.down_bytes_s));
  }
  narrow.province = into_province.overfills(platform.province_link);
  const Inflow into_systems{std::min(into_province.up_bytes_s, platform.province_link.up_bytes_s),
                            std::min(into_province.down_bytes_s, platform.province_link.down_bytes_s)};
  for (std::size_t i = 0; i < platform.systems.size(); ++i)
    if (into_systems.overfills(platform.systems[i].data_centre)) narrow.data_centres.emplace_back(i);
  return narrow;
}

}  // namespace pishkhan
