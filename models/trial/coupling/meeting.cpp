#include "models/trial/coupling/meeting.hpp"

#include <algorithm>

namespace pishkhan {

MeetingFinder::MeetingFinder(const Plan::Data& data)
    : systems_(data.platform.systems), stations_(data.stations.size()) {
  begin();
}

void MeetingFinder::begin() {
  meeting_.stations.assign(stations_, 0);
  meeting_.online.assign(systems_.size(), 0);
  count_ = 0;
  anybody_met_ = false;
}

void MeetingFinder::begin_round() {
  owners_.clear();
  ends_.clear();
}

void MeetingFinder::note(const IndependentStations& stations, std::uint32_t owner) {
  owners_.push_back(owner);
  for (std::size_t system = 0; system < systems_.size(); ++system)
    ends_.push_back(stations.stays(0, system).size());
}

bool MeetingFinder::find(const IndependentStations& stations, std::span<const OwnedStays> others) {
  const std::size_t before = count_;
  anybody_met_ = false;
  for (std::size_t system = 0; system < systems_.size(); ++system) {
    std::span<const SystemStay> stays = stations.stays(0, system);
    const std::size_t own = stays.size();
    if (!others.empty()) {
      all_stays_.assign(stays.begin(), stays.end());
      all_stays_.insert(all_stays_.end(), others[system].stays.begin(), others[system].stays.end());
      stays = all_stays_;
    }
    std::size_t next = 0;
    for (const std::uint32_t stay : concurrency_.find_above(stays, systems_[system].cores)) {
      anybody_met_ = true;
      while (stay < own && stay >= end(next, system)) ++next;
      const std::uint32_t owner = stay < own ? owners_[next] : others[system].owners[stay - own];
      if (owner == kMeetingCalls) continue;
      std::uint8_t& meets = owner == kOnlineCalls ? meeting_.online[system] : meeting_.stations[owner];
      count_ += meets == 0 ? 1 : 0;
      meets = 1;
    }
  }
  return count_ == before;
}

}  // namespace pishkhan
