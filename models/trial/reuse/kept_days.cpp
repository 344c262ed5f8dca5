#include "models/trial/reuse/kept_days.hpp"

#include <algorithm>

#include "models/plan/plan_data.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {

bool operator==(const DecidedDay::DecidedVisits& a, const DecidedDay::DecidedVisits& b) {
  const auto same_aside = [](const Aside& one, const Aside& other) {
    return one.visit == other.visit && one.parked_s == other.parked_s && one.recalled_s == other.recalled_s &&
           one.resumed_s == other.resumed_s && one.clerk == other.clerk;
  };
  return a.station == b.station && a.leave_s == b.leave_s && a.end_s == b.end_s && a.system_s == b.system_s &&
         a.outcome == b.outcome && a.clerk == b.clerk &&
         std::equal(a.asides.begin(), a.asides.end(), b.asides.begin(), b.asides.end(), same_aside);
}

void DecidedDay::add(StationIndex station, const Visits& visits) {
  stations.push_back(
      {station, visits.leave_s, visits.end_s, visits.system_s, visits.outcome, visits.clerk, visits.asides});
}

void DecidedDay::decide(StationIndex station, Visits& visits) const {
  const auto decided =
      std::lower_bound(stations.begin(), stations.end(), station,
                       [](const DecidedVisits& one, StationIndex other) { return one.station < other; });
  PISHKHAN_EXPECT(decided != stations.end() && decided->station == station &&
                  decided->end_s.size() == visits.size());
  visits.leave_s = decided->leave_s;
  visits.end_s = decided->end_s;
  visits.system_s = decided->system_s;
  visits.outcome = decided->outcome;
  visits.clerk = decided->clerk;
  visits.asides = decided->asides;
}

KeptDays::KeptDays(const Plan::Data& data, const Run& run)
    : days_(static_cast<std::size_t>(run.days)),
      first_counted_(run.warm_up_days),
      peaks_(data.platform.systems.size()) {
  std::size_t link_kinds = 0;
  for (const AccessLink& link : data.platform.access_links)
    link_kinds = std::max(link_kinds, std::size_t{link.kind} + 1);
  longest_.assign(data.stations.size() + 1, LongestDurations(peaks_.size(), link_kinds));
  of_stretch_ = longest_;
}

void KeptDays::keep_citizens(int day, const DayArrivals& arrivals, std::span<const Attempt> after_online) {
  KeptDay& kept = days_[static_cast<std::size_t>(day)];
  const FirstAttempt* const first = arrivals.first_attempts.data();
  kept.first_attempts.assign(first, first + arrivals.begin.back());
  kept.begin.clear();
  kept.begin.reserve(arrivals.begin.size());
  for (const std::size_t begin : arrivals.begin) kept.begin.push_back(static_cast<std::uint32_t>(begin));
  kept.after_online.assign(after_online.begin(), after_online.end());
}

void KeptDays::note_calls(const Day& day, StationIndex station, const CoupledStations& coupled) {
  if (day.counted) of_stretch_[station.index()].merge(coupled.longest_of_last());
}

void KeptDays::note_online_calls(const Day& day, const CoupledStations& coupled) {
  if (day.counted) of_stretch_.back().merge(coupled.longest_of_last());
}

void KeptDays::end_stretch(int begin, int end, const CoupledStations& coupled) {
  for (std::size_t i = 0; i < longest_.size(); ++i) {
    if (begin < end) longest_[i].merge(of_stretch_[i]);
    of_stretch_[i].clear();
  }
  for (int day = begin; day < end; ++day) {
    auto& by_system = days_[static_cast<std::size_t>(day)].stays;
    by_system.assign(peaks_.size(), {});
    for (std::size_t system = 0; system < by_system.size(); ++system) {
      const auto stays = coupled.stays(static_cast<std::size_t>(day - begin), system);
      by_system[system].reserve(stays.size());
      for (const SystemStay& stay : stays) by_system[system].push_back({stay.from_s, stay.to_s});
    }
  }
  if (first_counted_ <= begin && begin < end) peaks_.assign(coupled.peaks().begin(), coupled.peaks().end());
}

void KeptDays::keep_pending(int day, std::span<const Attempt> pending) {
  KeptDay& kept = days_[static_cast<std::size_t>(day)];
  kept.is_joint = true;
  kept.joint = {};
  kept.pending.assign(pending.begin(), pending.end());
}

void KeptDays::keep_online(int day, std::span<const Attempt> online) {
  days_[static_cast<std::size_t>(day)].online.assign(online.begin(), online.end());
}

void KeptDays::keep_joint(int day, const DecidedStationDay& decided) {
  days_[static_cast<std::size_t>(day)].joint.add(decided.station, decided.runner.visits());
}

void KeptDays::keep_joint_calls(int day, const CallTally& calls) {
  days_[static_cast<std::size_t>(day)].joint.calls = calls;
}

std::span<const FirstAttempt> KeptDays::first_attempts(int day, StationIndex station) const {
  const KeptDay& kept = days_[static_cast<std::size_t>(day)];
  if (kept.begin.empty()) return {};
  const std::size_t begin = kept.begin[station.index()];
  return {kept.first_attempts.data() + begin, kept.begin[station.index() + 1] - begin};
}

LongestDurations KeptDays::longest_without(std::span<const std::uint8_t> marks) const {
  LongestDurations longest = longest_.back();
  for (std::size_t station = 0; station < marks.size(); ++station)
    if (marks[station] == 0) longest.merge(longest_[station]);
  return longest;
}

}  // namespace pishkhan
