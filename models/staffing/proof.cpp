#include "models/staffing/proof.hpp"

#include <algorithm>
#include <utility>

namespace pishkhan {
namespace {

/// So many cheaper numbers of clerks are refuted one by one where more clerks may lengthen a wait.
constexpr int kMostRefutedOneByOne = 15;

}  // namespace

StationProof::StationProof(const StaffingSpace& space, const StaffingSearch& search,
                           const CheaperStaffings* all_cheaper)
    : space_(space),
      search_(search),
      all_cheaper_(all_cheaper),
      kept_(all_cheaper != nullptr ? all_cheaper->best() : search.found()) {}

std::vector<StaffingSet> StationProof::cheaper() const {
  std::vector<StaffingSet> list;
  if (has_all_cheaper()) return all_cheaper_->cheaper_than(space_.paid_hours(kept_));
  if (space_.size() == 1) {
    const int most = kept_.front() - 1;
    const int least = space_.is_monotone() ? most : std::max(1, most - kMostRefutedOneByOne + 1);
    for (int clerks = most; clerks >= least && clerks >= 1; --clerks) list.push_back({{clerks}});
    return list;
  }
  const bool by_time = space_.by() == StaffBy::shift || space_.by() == StaffBy::hour;
  for (Staffing& staffing : by_time ? one_clerk_fewer(space_, kept_) : cheaper_neighbours(space_, kept_))
    list.push_back({std::move(staffing)});
  return list;
}

/// Whether no other staffing is cheaper than those of cheaper(), or than what follows from them.
bool StationProof::covers_all_cheaper() const {
  if (has_all_cheaper()) return true;
  if (space_.size() > 1) {
    // Nothing is cheaper than a single clerk of the fewest hours; else two of others may be.
    double least = space_.unit_hours(0);
    for (std::size_t k = 1; k < space_.size(); ++k) least = std::min(least, space_.unit_hours(k));
    return space_.paid_hours(kept_) <= least;
  }
  return space_.is_monotone() || kept_.front() - 1 <= kMostRefutedOneByOne;
}

bool StationProof::is_refuted(const StaffingSet& set) const {
  if (missed_.contains(set)) return true;
  if (!space_.is_monotone()) return false;
  return std::any_of(missed_.begin(), missed_.end(), [&](const StaffingSet& missed) {
    return set.staffing.front() <= missed.staffing.front();
  });
}

std::vector<StaffingSet> StationProof::to_test() const {
  std::vector<StaffingSet> list;
  if (!met_.contains({kept_})) list.push_back({kept_});
  for (StaffingSet& set : cheaper())
    if (!is_refuted(set)) list.push_back(std::move(set));
  return list;
}

const SeenStaffing* StationProof::seen(const StaffingSet& set) const {
  const auto found = seen_.find(set);
  return found == seen_.end() ? nullptr : &found->second;
}

void StationProof::learn(const SeenStaffing& seen, bool met, bool missed) {
  seen_[seen.set] = seen;
  if (met && seen.set.is_single()) met_.insert(seen.set);
  if (missed) missed_.insert(seen.set);
}

/// The cheapest larger staffing that the search saw keep the promises; else one clerk more in each group.
Staffing StationProof::next_larger() const {
  if (space_.size() == 1) return {kept_.front() + 1};
  const Staffing* next = nullptr;
  const auto look_at = [&](const Staffing& staffing, const PromiseTests& tests) {
    if (!tests.meets || is_refuted({staffing}) || staffing == kept_) return;
    if (space_.paid_hours(staffing) < space_.paid_hours(kept_)) return;
    if (const SeenStaffing* before = seen({staffing}); before != nullptr && !before->tests.meets) return;
    if (next == nullptr || space_.paid_hours(staffing) < space_.paid_hours(*next)) next = &staffing;
  };
  for (const auto& [staffing, tests] : search_.known()) look_at(staffing, tests);
  if (all_cheaper_ != nullptr) {
    for (const auto& [set, tests] : all_cheaper_->known())
      if (set.is_single()) look_at(set.staffing, tests);
  }
  if (next != nullptr) return *next;
  Staffing more = kept_;
  for (int& clerks : more) ++clerks;
  return more;
}

void StationProof::end_round() {
  if (!met_.contains({kept_})) {
    const SeenStaffing* last = seen({kept_});
    if (missed_.contains({kept_}) || (last != nullptr && !last->tests.meets)) {
      kept_ = next_larger();
      return;
    }
  }
  for (const StaffingSet& set : cheaper()) {
    if (met_.contains(set) && space_.paid_hours(set.staffing) < space_.paid_hours(kept_)) {
      kept_ = set.staffing;
      return;
    }
  }
}

StaffingProof StationProof::verdict() const {
  if (!met_.contains({kept_})) return StaffingProof::undecided;
  const std::vector<StaffingSet> list = cheaper();
  const bool all =
      std::all_of(list.begin(), list.end(), [this](const StaffingSet& set) { return is_refuted(set); });
  if (!all) return StaffingProof::met;
  return covers_all_cheaper() ? StaffingProof::fewest : StaffingProof::fewest_found;
}

}  // namespace pishkhan
