#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "models/plan/handling_times.hpp"
#include "models/plan/plan_data.hpp"

namespace pishkhan {
namespace {

/// Indices of the changes of handling that hold at a station on a day, in their order.
std::vector<std::size_t> changes_at(const Scenario& scenario, std::size_t station, DayNumber day) {
  std::vector<std::size_t> held;
  for (std::size_t k = 0; k < scenario.handling.size(); ++k) {
    const HandlingChange& change = scenario.handling[k];
    if (change.from_day <= day && day < change.until_day &&
        std::binary_search(change.stations.begin(), change.stations.end(),
                           static_cast<std::uint32_t>(station)))
      held.push_back(k);
  }
  return held;
}

Distribution handling_after(const Scenario& scenario, const std::vector<std::size_t>& changes,
                            Channel channel, std::size_t service) {
  Distribution handling = scenario.province->services[service].handling[static_cast<std::size_t>(channel)];
  for (const std::size_t k : changes) {
    const HandlingChange& change = scenario.handling[k];
    if (!std::binary_search(change.services.begin(), change.services.end(), ServiceId(service))) continue;
    handling = change.distribution ? *change.distribution : scaled(handling, change.factor);
    if (change.at_most_s) handling = limited(handling, *change.at_most_s);
  }
  return handling;
}

}  // namespace

Distribution handling_on(const Scenario& scenario, const Plan::Data& data, std::size_t station,
                         std::size_t service, DayNumber day) {
  return handling_after(scenario, changes_at(scenario, station, day), data.stations[station].channel,
                        service);
}

/// Stations of one channel at which the same changes hold share the times.
void plan_handling(const Scenario& scenario, Plan::Data& data) {
  const DayNumber begin = scenario.run.start, end = begin + scenario.run.days;
  std::set<DayNumber> days{begin};
  for (const HandlingChange& change : scenario.handling) {
    for (const DayNumber day : {change.from_day, change.until_day})
      if (begin < day && day < end) days.insert(day);
  }
  std::map<std::pair<Channel, std::vector<std::size_t>>, const Sampler*> known;
  for (std::size_t s = 0; s < data.stations.size(); ++s) {
    StationPlan& station = data.stations[s];
    for (const DayNumber day : days) {
      std::vector<std::size_t> changes = changes_at(scenario, s, day);
      const Sampler*& sampler = known[{station.channel, changes}];
      if (sampler == nullptr) {
        std::vector<Distribution> times;
        for (std::size_t service = 0; service < data.services; ++service)
          times.push_back(handling_after(scenario, changes, station.channel, service));
        data.samplers.push_back(std::make_unique<Sampler>(times));
        sampler = data.samplers.back().get();
      }
      if (station.handling.empty() || station.handling.back().sampler != sampler)
        station.handling.push_back({day, sampler});
    }
  }
}

}  // namespace pishkhan
