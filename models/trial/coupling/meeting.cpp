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
  owners_.clear();
  ends_.clear();
}

void MeetingFinder::note(const IndependentStations& stations, std::uint32_t owner) {
  owners_.push_back(owner);
  for (std::size_t system = 0; system < systems_.size(); ++system)
    ends_.push_back(stations.stays(0, system).size());
}

bool MeetingFinder::find(const IndependentStations& apart, const IndependentStations* together,
                         std::span<const OwnedStays> others) {
  anybody_met_ = false;
  peaks_.assign(systems_.size(), 0);
  Meeting found = meeting_;
  std::size_t added = 0;
  for (std::size_t system = 0; system < systems_.size(); ++system) {
    all_.stays.clear();
    all_.owners.clear();
    for_each_stay(apart, together, system, [this](const SystemStay& stay, std::uint32_t owner) {
      all_.stays.push_back(stay);
      all_.owners.push_back(owner);
    });
    if (!others.empty()) {
      const OwnedStays& more = others[system];
      all_.stays.insert(all_.stays.end(), more.stays.begin(), more.stays.end());
      all_.owners.insert(all_.owners.end(), more.owners.begin(), more.owners.end());
    }
    peaks_[system] = concurrency_.peak(all_.stays, 0);
    if (peaks_[system] <= systems_[system].cores) continue;
    anybody_met_ = true;
    for (const std::uint32_t stay : concurrency_.find_above(all_.stays, systems_[system].cores)) {
      const std::uint32_t owner = all_.owners[stay];
      if (owner == kMeetingCalls) continue;
      std::uint8_t& meets = owner == kOnlineCalls ? found.online[system] : found.stations[owner];
      added += meets == 0 ? 1 : 0;
      meets = 1;
    }
  }
  meeting_ = std::move(found);
  count_ += added;
  return added == 0;
}

}  // namespace pishkhan
