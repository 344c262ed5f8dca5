#include <algorithm>

#include "models/plan/plan_data.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// Kept clerks have fewer to serve, so that who booked takes one of them first where both are idle.
KeptClerks keep_clerks(const StationPlan& station, std::size_t services) {
  KeptClerks kept;
  const std::size_t sets = std::max<std::size_t>(station.breadth.size(), 1);
  PISHKHAN_EXPECT(2 * sets <= kMostSkillSets);
  kept.first_set = static_cast<std::uint8_t>(sets);
  const SkillMask own = (SkillMask{1} << sets) - 1;
  kept.mask = own << sets;
  for (std::size_t s = 0; s < services; ++s) {
    const SkillMask able = station.able.empty() ? own : station.able[s];
    kept.able.push_back(able | able << sets);
  }
  std::vector<std::uint8_t> breadth = station.breadth;
  if (breadth.empty()) breadth.push_back(0);
  const std::uint8_t most = *std::max_element(breadth.begin(), breadth.end());
  for (const std::uint8_t rank : breadth) kept.breadth.push_back(static_cast<std::uint8_t>(rank + most + 1));
  kept.breadth.insert(kept.breadth.end(), breadth.begin(), breadth.end());
  return kept;
}

}  // namespace

void plan_appointments(const Scenario& scenario, Plan::Data& data) {
  for (std::uint32_t item = 0; item < scenario.appointments.size(); ++item) {
    const Appointments& appointments = scenario.appointments[item];
    for (const std::uint32_t number : appointments.stations) {
      StationPlan& station = data.stations[number];
      station.appointments.push_back({item, static_cast<std::uint32_t>(data.appointments.size())});
      data.appointments.push_back({item, number});
      if (appointments.clerks > 0 && !station.kept) station.kept = keep_clerks(station, data.services);
    }
  }
}

}  // namespace pishkhan
