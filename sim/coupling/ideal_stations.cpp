#include "sim/coupling/ideal_stations.hpp"

#include "sim/station/station.hpp"

namespace pishkhan {

/// Of visits that are decided as if nothing failed: whether the event loop may decide otherwise.
bool IdealStations::is_decided_by_events(const JointStation& station, const DayOutages* outages) {
  // If all human time passes before the call, the end of handling that simulate_station adds up may differ
  // from the answer in the last bit.
  if (calls_.share_before >= 1) return true;
  for (const Clerk& clerk : station.day->clerks) {
    if (clerk.number >= speed_.size()) speed_.resize(clerk.number + 1);
    speed_[clerk.number] = clerk.speed;
  }
  const Visits& visits = *station.visits;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const double call_s = visits.system_s[i];
    if (visits.clerk[i] == kNoClerk || call_s <= 0) continue;
    if (call_s * (1 + 1e-9) >= calls_.policy.limit_s) return true;
    if (outages == nullptr) continue;
    const double human_s = visits.human_s[i] / speed_[visits.clerk[i]];
    const double called_s = visits.leave_s[i] + calls_.share_before * human_s;
    const std::size_t system = calls_.transactions[visits.service[i]].to.index();
    if (outages->down.meet(station.link.index(), system, called_s, called_s + call_s)) return true;
  }
  return false;
}

void IdealStations::decide(JointStation& station, const DayOutages* outages) {
  station.former_positions.clear();
  simulate_station(*station.day, *station.visits, stop_);
  if (!is_decided_by_events(station, outages)) return;
  CallsOverBackbone own = calls_;
  own.switches = switches_.find(calls_.backbone->platform(), station, calls_.transactions, outages);
  own.web = {};
  simulate_joint_day({&station, 1}, {}, own, stop_);
}

}  // namespace pishkhan
