#include "models/staffing/cheaper_staffings.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace pishkhan {
namespace {

/// A best case misses surely in the search if its p-value is at most this: then fresh citizens will show it.
constexpr double kSurely = 1e-4;
/// Sets that are tried at a station; with more, not all cheaper staffings are covered.
constexpr std::size_t kMostSets = 20'000;
/// Staffings of equal hours are not cheaper, whatever rounding made of their sums.
constexpr double kNoHours = 1e-6;

bool surely_misses(const PromiseTests& tests) { return tests.any && tests.p_missed <= kSurely; }

}  // namespace

void CheaperStaffings::cover(const Staffing& best) {
  start_ = best_ = best;
  below_hours_ = space_.paid_hours(best) - kNoHours;
  stage_ = Stage::slots;
  complete_ = true;
  covering_.clear();
  beginnings_.clear();
  branches_.clear();
  tried_ = 0;
}

std::vector<StaffingSet> CheaperStaffings::unknown(const std::vector<StaffingSet>& sets) const {
  std::vector<StaffingSet> list;
  for (const StaffingSet& set : sets)
    if (!known_.contains(set)) list.push_back(set);
  return list;
}

/// So many clerks in one slot, and enough in the others.
StaffingSet CheaperStaffings::of_slot(std::size_t slot, int clerks) const {
  StaffingSet set{Staffing(space_.slots().size(), StaffingSet::kEnough), 0};
  set.staffing[slot] = clerks;
  return set;
}

std::vector<StaffingSet> CheaperStaffings::next() {
  for (;;) {
    if (stage_ == Stage::done) return {};
    if (stage_ == Stage::slots) {
      if (std::vector<StaffingSet> needed = next_of_slots(); !needed.empty()) return needed;
      beginnings_.assign(1, {});
      if (space_.by() == StaffBy::roster)
        list_rosters();
      else
        branch();
      continue;
    }
    if (std::vector<StaffingSet> needed = unknown(branches_); !needed.empty()) return needed;
    if (stage_ == Stage::rosters)
      end(branches_);
    else if (!finish_branch())
      branch();
  }
}

/// What is needed to know the least clerks of each slot.
std::vector<StaffingSet> CheaperStaffings::next_of_slots() {
  std::vector<StaffingSet> sets;
  for (std::size_t slot = 0; slot < space_.slots().size(); ++slot) {
    for (int clerks = 0; clerks < space_.clerks_in(start_, slot); ++clerks)
      sets.push_back(of_slot(slot, clerks));
  }
  if (std::vector<StaffingSet> needed = unknown(sets); !needed.empty()) return needed;
  least_.assign(space_.slots().size(), 0);
  for (std::size_t slot = 0; slot < least_.size(); ++slot) {
    for (int clerks = space_.clerks_in(start_, slot) - 1; clerks >= 0; --clerks) {
      const StaffingSet set = of_slot(slot, clerks);
      if (!surely_misses(known_.at(set))) continue;
      least_[slot] = clerks + 1;
      covering_.push_back(set);
      break;
    }
  }
  return {};
}

/// Lists what follows each beginning: one slot more, with every number of clerks that leaves enough hours for
/// the least of the later slots, and in each of these as many as the hours allow.
void CheaperStaffings::branch() {
  stage_ = Stage::beginnings;
  branches_.clear();
  const std::size_t slots = space_.slots().size(), at = beginnings_.front().size();
  double later = 0;
  for (std::size_t slot = at + 1; slot < slots; ++slot) later += least_[slot] * space_.unit_hours(slot);
  for (const Staffing& beginning : beginnings_) {
    double before = 0;
    for (std::size_t slot = 0; slot < at; ++slot) before += beginning[slot] * space_.unit_hours(slot);
    for (int clerks = least_[at];; ++clerks) {
      const double left = below_hours_ - before - clerks * space_.unit_hours(at) - later;
      if (left < 0) break;
      StaffingSet set{beginning, at + 1};
      set.staffing.push_back(clerks);
      for (std::size_t slot = at + 1; slot < slots; ++slot)
        set.staffing.push_back(least_[slot] + static_cast<int>(left / space_.unit_hours(slot)));
      if (at + 1 == slots) {
        set.exact = StaffingSet::kSingle;
        if (!space_.is_allowed(set.staffing)) continue;
      }
      branches_.push_back(std::move(set));
      if (++tried_ <= kMostSets) continue;
      complete_ = false;
      stage_ = Stage::done;
      return;
    }
  }
}

/// Keeps the branches that have to be followed. True if that is the end.
bool CheaperStaffings::finish_branch() {
  if (branches_.empty() || branches_.front().is_single()) {
    end(branches_);
    return true;
  }
  std::vector<Staffing> followed;
  for (const StaffingSet& set : branches_) {
    if (surely_misses(known_.at(set))) {
      covering_.push_back(set);
      continue;
    }
    followed.push_back(set.staffing);
    followed.back().resize(set.exact);
  }
  beginnings_ = std::move(followed);
  if (!beginnings_.empty()) return false;
  end({});
  return true;
}

/// Lists the cheaper rosters that have the least clerks of each slot.
void CheaperStaffings::list_rosters() {
  stage_ = Stage::rosters;
  branches_.clear();
  Staffing roster(space_.size(), 0);
  double hours = 0;
  for (std::size_t at = 0;;) {
    // The next in the order in which the first number changes fastest.
    bool enough = space_.is_allowed(roster);
    for (std::size_t slot = 0; slot < least_.size() && enough; ++slot)
      enough = space_.clerks_in(roster, slot) >= least_[slot];
    if (enough) branches_.push_back({roster});
    for (at = 0; at < roster.size(); ++at) {
      ++roster[at];
      hours += space_.unit_hours(at);
      if (hours < below_hours_) break;
      hours -= roster[at] * space_.unit_hours(at);
      roster[at] = 0;
    }
    if (at == roster.size()) return;
    constexpr std::size_t kMostLooked = 2'000'000;
    if (branches_.size() <= kMostSets && ++tried_ <= kMostLooked) continue;
    complete_ = false;
    stage_ = Stage::done;
    return;
  }
}

void CheaperStaffings::end(const std::vector<StaffingSet>& singles) {
  stage_ = Stage::done;
  for (const StaffingSet& set : singles) {
    covering_.push_back(set);
    const PromiseTests& tests = known_.at(set);
    if (!tests.any || !tests.meets) continue;
    const double hours = space_.paid_hours(set.staffing), least = space_.paid_hours(best_);
    const bool as_cheap = hours < least + kNoHours && best_ != start_;
    if (hours < least - kNoHours || (as_cheap && tests.margin > known_.at({best_}).margin))
      best_ = set.staffing;
  }
}

double CheaperStaffings::least_hours(const StaffingSet& set) const {
  if (set.is_single()) return space_.paid_hours(set.staffing);
  if (set.exact == 0) return 0;
  double hours = 0;
  for (std::size_t slot = 0; slot < set.staffing.size(); ++slot)
    hours += (slot < set.exact ? set.staffing[slot] : least_[slot]) * space_.unit_hours(slot);
  return hours;
}

std::vector<StaffingSet> CheaperStaffings::cheaper_than(double hours) const {
  std::vector<StaffingSet> list;
  for (const StaffingSet& set : covering_)
    if (least_hours(set) < hours - kNoHours) list.push_back(set);
  return list;
}

}  // namespace pishkhan
