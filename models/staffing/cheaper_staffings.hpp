#pragma once
#include <cstddef>
#include <map>
#include <vector>

#include "models/staffing/promises.hpp"
#include "models/staffing/staffing_space.hpp"

namespace pishkhan {

/// Covers all staffings of a station that are cheaper than one by sets of which each can be refuted: branch
/// and bound over the slots of the day, in order of time (as Defraeye and Van Nieuwenhuyse 2016), with the
/// best cases of BestCase in the mean of common citizens as bounds. First come the clerks without which a
/// slot by itself misses a promise; then the beginnings of the day, and those whose best case surely misses
/// one are not followed further. Of a roster, whatever has enough clerks in each slot is tried by itself.
///
/// It asks for the sets whose counts it needs, and goes on when it has them.
class CheaperStaffings {
 public:
  /// The space must outlive it, and knows best cases.
  explicit CheaperStaffings(const StaffingSpace& space) : space_(space) {}

  /// Begins to cover all staffings cheaper than this one.
  void cover(const Staffing& best);
  [[nodiscard]] double covered_hours() const { return below_hours_; }
  /// The sets whose counts are needed to go on; empty at the end.
  std::vector<StaffingSet> next();
  void learn(const StaffingSet& set, const PromiseTests& tests) { known_[set] = tests; }

  /// After the end: whether they were few enough to be covered.
  [[nodiscard]] bool is_complete() const { return complete_; }
  /// The cheapest that keeps the promises in the mean, if it is cheaper than that of cover().
  [[nodiscard]] const Staffing& best() const { return best_; }
  /// What covers all staffings of fewer paid hours, themselves or sets of them.
  [[nodiscard]] std::vector<StaffingSet> cheaper_than(double hours) const;
  /// All single staffings tried.
  [[nodiscard]] const std::map<StaffingSet, PromiseTests>& known() const { return known_; }

 private:
  enum class Stage { slots, beginnings, rosters, done };

  std::vector<StaffingSet> unknown(const std::vector<StaffingSet>& sets) const;
  [[nodiscard]] StaffingSet of_slot(std::size_t slot, int clerks) const;
  std::vector<StaffingSet> next_of_slots();
  void branch();
  bool finish_branch();
  void list_rosters();
  void end(const std::vector<StaffingSet>& singles);
  [[nodiscard]] double least_hours(const StaffingSet& set) const;

  const StaffingSpace& space_;
  Stage stage_ = Stage::done;
  bool complete_ = true;
  double below_hours_ = 0;
  Staffing start_, best_;
  std::map<StaffingSet, PromiseTests> known_;
  std::vector<int> least_;  ///< by slot: fewer are refuted by themselves
  std::vector<StaffingSet> covering_;
  std::vector<Staffing> beginnings_;  ///< that are followed, all of one length
  std::vector<StaffingSet> branches_;
  std::size_t tried_ = 0;
};

}  // namespace pishkhan
