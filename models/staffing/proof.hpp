#pragma once
#include <map>
#include <set>
#include <vector>

#include "models/staffing/cheaper_staffings.hpp"
#include "models/staffing/search.hpp"
#include "models/staffing/staffing.hpp"

namespace pishkhan {

/// The proof of one station's staffing, round by round: which staffings have to be tested, and what follows
/// from what was rejected.
class StationProof {
 public:
  /// All must outlive it; the search has ended and found something. `all_cheaper`: covers what is cheaper
  /// than that; null where best cases are not known.
  StationProof(const StaffingSpace& space, const StaffingSearch& search, const CheaperStaffings* all_cheaper);

  /// The staffings to test in the next round: the one that is to keep the promises, and cheaper ones that are
  /// not refuted yet. Empty: all is decided.
  [[nodiscard]] std::vector<StaffingSet> to_test() const;
  /// What a round gave: `met`, `missed`: it is proven that the staffing keeps all promises, or breaks one.
  void learn(const SeenStaffing& seen, bool met, bool missed);
  /// After all of a round were learned: another staffing takes the place of one that does not keep the
  /// promises, or of one that a cheaper one is proven to match.
  void end_round();

  [[nodiscard]] StaffingProof verdict() const;
  [[nodiscard]] const Staffing& kept() const { return kept_; }
  /// As last seen; null if it was not tested.
  [[nodiscard]] const SeenStaffing* seen(const StaffingSet& set) const;
  /// The cheaper staffings, or sets of them, that have to be refuted.
  [[nodiscard]] std::vector<StaffingSet> cheaper() const;
  [[nodiscard]] bool is_refuted(const StaffingSet& set) const;

 private:
  [[nodiscard]] bool has_all_cheaper() const {
    return all_cheaper_ != nullptr && all_cheaper_->is_complete();
  }
  [[nodiscard]] bool covers_all_cheaper() const;
  [[nodiscard]] Staffing next_larger() const;

  const StaffingSpace& space_;
  const StaffingSearch& search_;
  const CheaperStaffings* all_cheaper_;
  Staffing kept_;
  std::set<StaffingSet> met_, missed_;  ///< proven; of sets, that the best case misses
  std::map<StaffingSet, SeenStaffing> seen_;
};

}  // namespace pishkhan
