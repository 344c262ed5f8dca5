#include "models/trial/reuse/kept_days.hpp"

#include <algorithm>
#include <iterator>

#include "models/plan/plan_data.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {

void KeptStays::add(double from, double to, std::uint32_t of) {
  from_s.push_back(from);
  to_s.push_back(to);
  owner.push_back(of);
  longest_s = std::max(longest_s, to - from);
}

/// Sorted into slots of time first: what is left to do by exchanging neighbours is little.
void KeptStays::assign(const OwnedStays& stays) {
  const std::size_t count = stays.stays.size();
  from_s.resize(count);
  to_s.resize(count);
  owner.resize(count);
  longest_s = 0;
  double last_s = 0;
  for (const SystemStay& stay : stays.stays) last_s = std::max(last_s, stay.from_s);
  const double slots_per_second = static_cast<double>(count) / (last_s + 1);
  const auto slot = [&](double time_s) { return static_cast<std::size_t>(time_s * slots_per_second); };
  std::vector<std::uint32_t> next(count + 2);
  for (const SystemStay& stay : stays.stays) ++next[slot(stay.from_s) + 1];
  for (std::size_t k = 1; k < next.size(); ++k) next[k] += next[k - 1];
  for (std::size_t i = 0; i < count; ++i) {
    const SystemStay& stay = stays.stays[i];
    const std::uint32_t place = next[slot(stay.from_s)]++;
    from_s[place] = stay.from_s;
    to_s[place] = stay.to_s;
    owner[place] = stays.owners[i];
    longest_s = std::max(longest_s, stay.to_s - stay.from_s);
  }
  for (std::size_t i = 1; i < count; ++i) {
    for (std::size_t k = i; k > 0 && from_s[k - 1] > from_s[k]; --k) {
      std::swap(from_s[k - 1], from_s[k]);
      std::swap(to_s[k - 1], to_s[k]);
      std::swap(owner[k - 1], owner[k]);
    }
  }
}

DecidedVisits::DecidedVisits(StationIndex of, const Visits& visits)
    : station(of),
      leave_s(visits.leave_s),
      end_s(visits.end_s),
      system_s(visits.system_s),
      outcome(visits.outcome),
      clerk(visits.clerk),
      asides(visits.asides) {}

bool operator==(const DecidedVisits& a, const DecidedVisits& b) {
  const auto same_aside = [](const Aside& one, const Aside& other) {
    return one.visit == other.visit && one.parked_s == other.parked_s && one.recalled_s == other.recalled_s &&
           one.resumed_s == other.resumed_s && one.clerk == other.clerk;
  };
  return a.station == b.station && a.leave_s == b.leave_s && a.end_s == b.end_s && a.system_s == b.system_s &&
         a.outcome == b.outcome && a.clerk == b.clerk &&
         std::equal(a.asides.begin(), a.asides.end(), b.asides.begin(), b.asides.end(), same_aside);
}

KeptDays::KeptDays(const Plan::Data& data, const Run& run)
    : systems_(data.platform.systems.size()), days_(static_cast<std::size_t>(run.days)) {
  for (const System& system : data.platform.systems) cores_.push_back(system.cores);
  std::size_t link_kinds = 0;
  for (const AccessLink& link : data.platform.access_links)
    link_kinds = std::max(link_kinds, std::size_t{link.kind} + 1);
  longest_.assign(data.stations.size(), LongestDurations(systems_, link_kinds));
  of_stretch_ = longest_;
  for (KeptDay& day : days_) {
    day.stays.resize(systems_);
    day.longest_online = LongestDurations(systems_, link_kinds);
  }
}

namespace {

/// The stays of a variant: those of the base whose owners `stay`, and those of the part.
template <class StaysThere>
KeptStays merge(const KeptStays& base, const KeptStays& part, StaysThere stays_there) {
  KeptStays merged;
  merged.from_s.reserve(base.size() + part.size());
  merged.to_s.reserve(base.size() + part.size());
  merged.owner.reserve(base.size() + part.size());
  std::size_t next = 0;
  const auto add_part = [&] {
    merged.add(part.from_s[next], part.to_s[next], part.owner[next]);
    ++next;
  };
  for (std::size_t i = 0; i < base.size(); ++i) {
    if (!stays_there(base.owner[i])) continue;
    while (next < part.size() && part.from_s[next] < base.from_s[i]) add_part();
    merged.add(base.from_s[i], base.to_s[i], base.owner[i]);
  }
  while (next < part.size()) add_part();
  return merged;
}

}  // namespace

KeptDays::KeptDays(const KeptDays& base, const KeptDays& part, std::span<const std::uint8_t> marks,
                   const std::map<int, std::vector<std::uint8_t>>& meetings)
    : systems_(base.systems_),
      cores_(part.cores_),
      days_(base.days_.size()),
      longest_(base.longest_),
      of_stretch_(part.of_stretch_) {
  for (std::size_t station = 0; station < marks.size(); ++station) {
    if (marks[station] != 0) longest_[station].clear();
    longest_[station].merge(part.longest_[station]);
  }
  for (int day = 0; day < static_cast<int>(days_.size()); ++day) {
    const KeptDay &before = base.at(day), &after = part.at(day);
    const auto found = meetings.find(day);
    const bool has_meeting = found != meetings.end();
    const KeptDay& decided = has_meeting ? after : before;
    KeptDay& merged = at(day);
    merged.citizens = before.citizens;
    merged.in_one_loop = decided.in_one_loop;
    merged.most_at_once = decided.most_at_once;
    merged.meeting = decided.meeting;
    merged.decided = decided.decided;
    merged.longest_online = decided.longest_online;
    merged.longest_of_meeting = decided.longest_of_meeting;
    for (std::size_t system = 0; system < systems_; ++system) {
      merged.stays.push_back(merge(before.stays[system], after.stays[system], [&](std::uint32_t owner) {
        if (owner >= marks.size()) return !has_meeting;  // the part has all of these
        return marks[owner] == 0 && (!has_meeting || found->second[owner] == 0);
      }));
    }
    const auto is_marked = [&](const Attempt& attempt) { return marks[attempt.station.index()] != 0; };
    std::remove_copy_if(before.returning.begin(), before.returning.end(),
                        std::back_inserter(merged.returning), is_marked);
    const auto kept = static_cast<std::ptrdiff_t>(merged.returning.size());
    std::copy_if(after.returning.begin(), after.returning.end(), std::back_inserter(merged.returning),
                 is_marked);
    std::inplace_merge(merged.returning.begin(), merged.returning.begin() + kept, merged.returning.end(),
                       [](const Attempt& a, const Attempt& b) { return a.station < b.station; });
  }
}

void KeptDays::keep_citizens(int day, const DayArrivals& arrivals, std::span<const Attempt> after_online) {
  Citizens& kept = *at(day).citizens;
  const FirstAttempt* const first = arrivals.first_attempts.data();
  kept.first_attempts.assign(first, first + arrivals.begin.back());
  kept.begin.assign(arrivals.begin.begin(), arrivals.begin.end());
  at(day).returning.clear();
  kept.after_online.assign(after_online.begin(), after_online.end());
}

void KeptDays::keep_returning(int day, std::span<const Attempt> returning) {
  at(day).returning.insert(at(day).returning.end(), returning.begin(), returning.end());
}

/// The stays that were added since the last call are the owner's.
void KeptDays::note_owner(const Day& day, std::uint32_t owner, const CoupledStations& coupled) {
  const auto of_stretch = static_cast<std::size_t>(day.index - stretch_begin_);
  if (owners_.size() < (of_stretch + 1) * systems_) owners_.resize((of_stretch + 1) * systems_);
  for (std::size_t system = 0; system < systems_; ++system)
    owners_[of_stretch * systems_ + system].resize(coupled.stays(of_stretch, system).size(), owner);
}

void KeptDays::note_calls(const Day& day, StationIndex station, const CoupledStations& coupled) {
  if (day.counted) of_stretch_[station.index()].merge(coupled.longest_of_last());
  note_owner(day, static_cast<std::uint32_t>(station.index()), coupled);
}

void KeptDays::note_online_calls(const Day& day, const CoupledStations& coupled) {
  if (day.counted) at(day.index).longest_online = coupled.longest_of_last();
  note_owner(day, kOnlineCalls, coupled);
  keep_online(day.index, coupled.online_calls_of_last(), coupled.online_failures_of_last());
}

void KeptDays::keep_online(int day, std::span<const WebCall> calls, std::span<const std::uint8_t> failures) {
  Citizens& kept = *at(day).citizens;
  kept.online_calls.assign(calls.begin(), calls.end());
  kept.online_failures.assign(failures.begin(), failures.end());
  kept.online_failures.resize(calls.size());
}

void KeptDays::end_stretch(int begin, int end, const CoupledStations& coupled) {
  for (std::size_t i = 0; i < longest_.size(); ++i) {
    if (begin < end) longest_[i].merge(of_stretch_[i]);
    of_stretch_[i].clear();
  }
  OwnedStays owned;
  for (int day = begin; day < end; ++day) {
    const auto of_stretch = static_cast<std::size_t>(day - begin);
    for (std::size_t system = 0; system < systems_; ++system) {
      const auto stays = coupled.stays(of_stretch, system);
      owned.stays.assign(stays.begin(), stays.end());
      if (of_stretch * systems_ + system < owners_.size())
        owned.owners.swap(owners_[of_stretch * systems_ + system]);
      at(day).stays[system].assign(owned);
    }
  }
  for (auto& owners : owners_) owners.clear();
}

void KeptDays::keep_exact_day(const Day& day, const CoupledStations& coupled) {
  KeptDay& kept = at(day.index);
  keep_online(day.index, coupled.online_calls_of_last(), coupled.online_failures());
  kept.decided.clear();
  kept.meeting = {};
  kept.in_one_loop = coupled.was_in_one_loop();
  if (kept.in_one_loop) {
    kept.meeting = {std::vector<std::uint8_t>(longest_.size(), 1), std::vector<std::uint8_t>(systems_, 1)};
    kept.longest_of_meeting = LongestDurations(coupled.tallies_of_day());
    kept.most_at_once.clear();
    for (const SystemTally& system : coupled.tallies_of_day().systems)
      kept.most_at_once.push_back(system.concurrency_max);
    return;
  }
  if (coupled.meeting().count() > 0) {
    kept.meeting = coupled.meeting().meeting();
    kept.longest_of_meeting = coupled.longest(kMeetingCalls);
  }
  OwnedStays owned;
  for (std::size_t system = 0; system < systems_; ++system) {
    owned = {};
    coupled.for_each_stay(system, [&](const SystemStay& stay, std::uint32_t owner) {
      owned.stays.push_back(stay);
      owned.owners.push_back(owner);
    });
    kept.stays[system].assign(owned);
  }
  if (day.counted) kept.longest_online = coupled.longest(kOnlineCalls);
}

void KeptDays::keep_decided(const Day& day, const DecidedStationDay& decided,
                            const CoupledStations& coupled) {
  if (coupled.was_in_one_loop() || coupled.meeting().meets(decided.station)) {
    at(day.index).decided.emplace_back(decided.station, decided.runner.visits());
  } else if (day.counted) {
    longest_[decided.station.index()].merge(
        coupled.longest(static_cast<std::uint32_t>(decided.station.index())));
  }
}

std::span<const FirstAttempt> KeptDays::first_attempts(int day, StationIndex station) const {
  const Citizens& kept = *at(day).citizens;
  if (kept.begin.empty()) return {};
  const std::size_t begin = kept.begin[station.index()];
  return {kept.first_attempts.data() + begin, kept.begin[station.index() + 1] - begin};
}

std::span<const Attempt> KeptDays::returning(int day, StationIndex station) const {
  struct ByStation {
    bool operator()(const Attempt& attempt, StationIndex of) const { return attempt.station < of; }
    bool operator()(StationIndex of, const Attempt& attempt) const { return of < attempt.station; }
  };
  const auto [begin, end] =
      std::equal_range(at(day).returning.begin(), at(day).returning.end(), station, ByStation());
  return {begin, end};
}

LongestDurations KeptDays::longest_without(std::span<const std::uint8_t> marks) const {
  LongestDurations longest = longest_.front();
  longest.clear();
  for (std::size_t station = 0; station < marks.size(); ++station)
    if (marks[station] == 0) longest.merge(longest_[station]);
  return longest;
}

}  // namespace pishkhan
