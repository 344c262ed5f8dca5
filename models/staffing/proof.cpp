#include "models/staffing/proof.hpp"

#include <algorithm>

namespace pishkhan {
namespace {

/// So many cheaper numbers of clerks are refuted one by one where more clerks may lengthen a wait.
constexpr int kMostRefutedOneByOne = 15;

}  // namespace

StationProof::StationProof(const StaffingSpace& space, const StaffingSearch& search)
    : space_(space), search_(search), kept_(search.found()) {}

std::vector<Staffing> StationProof::cheaper() const {
  std::vector<Staffing> list;
  if (space_.size() == 1) {
    const int most = kept_.front() - 1;
    const int least = space_.is_monotone() ? most : std::max(1, most - kMostRefutedOneByOne + 1);
    for (int clerks = most; clerks >= least && clerks >= 1; --clerks) list.push_back({clerks});
    return list;
  }
  for (std::size_t g = 0; g < kept_.size(); ++g) {
    if (kept_[g] == 0) continue;
    Staffing fewer = kept_;
    --fewer[g];
    if (clerks_of(fewer) > 0) list.push_back(fewer);
  }
  return list;
}

/// Whether no other staffing is cheaper than those of cheaper(), or than what follows from them.
bool StationProof::covers_all_cheaper() const {
  if (space_.size() > 1) return clerks_of(kept_) == 1;
  return space_.is_monotone() || kept_.front() - 1 <= kMostRefutedOneByOne;
}

bool StationProof::is_refuted(const Staffing& staffing) const {
  if (missed_.contains(staffing)) return true;
  if (!space_.is_monotone()) return false;
  return std::any_of(missed_.begin(), missed_.end(),
                     [&](const Staffing& missed) { return staffing.front() <= missed.front(); });
}

std::vector<Staffing> StationProof::to_test() const {
  std::vector<Staffing> list;
  if (!met_.contains(kept_)) list.push_back(kept_);
  for (const Staffing& staffing : cheaper())
    if (!is_refuted(staffing)) list.push_back(staffing);
  return list;
}

const SeenStaffing* StationProof::seen(const Staffing& staffing) const {
  const auto found = seen_.find(staffing);
  return found == seen_.end() ? nullptr : &found->second;
}

void StationProof::learn(const SeenStaffing& seen, bool met, bool missed) {
  seen_[seen.staffing] = seen;
  if (met) met_.insert(seen.staffing);
  if (missed) missed_.insert(seen.staffing);
}

/// The cheapest larger staffing that the search saw keep the promises; else one clerk more in each group.
Staffing StationProof::next_larger() const {
  if (space_.size() == 1) return {kept_.front() + 1};
  const Staffing* next = nullptr;
  for (const auto& [staffing, tests] : search_.known()) {
    if (!tests.meets || is_refuted(staffing) || staffing == kept_) continue;
    if (space_.paid_hours(staffing) < space_.paid_hours(kept_)) continue;
    if (const SeenStaffing* before = seen(staffing); before != nullptr && !before->tests.meets) continue;
    if (next == nullptr || space_.paid_hours(staffing) < space_.paid_hours(*next)) next = &staffing;
  }
  if (next != nullptr) return *next;
  Staffing more = kept_;
  for (int& clerks : more) ++clerks;
  return more;
}

void StationProof::end_round() {
  if (!met_.contains(kept_)) {
    const SeenStaffing* last = seen(kept_);
    if (missed_.contains(kept_) || (last != nullptr && !last->tests.meets)) {
      kept_ = next_larger();
      return;
    }
  }
  for (const Staffing& staffing : cheaper()) {
    if (met_.contains(staffing) && space_.paid_hours(staffing) < space_.paid_hours(kept_)) {
      kept_ = staffing;
      return;
    }
  }
}

StaffingProof StationProof::verdict() const {
  if (!met_.contains(kept_)) return StaffingProof::undecided;
  const std::vector<Staffing> list = cheaper();
  const bool all = std::all_of(list.begin(), list.end(),
                               [this](const Staffing& staffing) { return is_refuted(staffing); });
  if (!all) return StaffingProof::met;
  return covers_all_cheaper() ? StaffingProof::fewest : StaffingProof::fewest_found;
}

}  // namespace pishkhan
