#pragma once
#include <cstddef>
#include <vector>

#include "models/staffing/staffing_space.hpp"
#include "sim/station/station.hpp"

namespace pishkhan {

/// Decides a day's visits so that no staffing of a set lets anybody start earlier, where the space says that
/// best cases are known.
///
/// Until the first slot in which they differ, what happens is the same with all of the set. From then on, who
/// is still inside starts at once; and the citizens of each slot find all its clerks free, have them to
/// themselves, and start at its end at the latest. That is a bound because at no time do more of a slot's
/// citizens stand at desks, within the slot, than clerks are on duty in it; by induction over the order of
/// arrival, each starts no later than in truth. It needs no comparison of one staffing with another: a clerk
/// more in one hour may well lengthen a wait in the next, where who finishes does so beside those on duty.
class BestCase {
 public:
  explicit BestCase(const StaffingSpace& space) : space_(space) {}

  /// The clerks until the staffings differ.
  [[nodiscard]] Staffing exact_part(const StaffingSet& set) const;
  /// `station`: the day with these clerks.
  void decide(const StaffingSet& set, std::size_t weekday, const StationDay& station, Visits& visits);

 private:
  std::size_t decide_exactly(double until_s, const StationDay& station, Visits& visits);
  void decide_slot(int clerks, double until_s, std::size_t begin, std::size_t end, Visits& visits);

  const StaffingSpace& space_;
  Visits exact_;
  std::vector<double> free_s_;  ///< of the clerks of a slot, a heap
};

}  // namespace pishkhan
