#pragma once
#include <cstddef>
#include <vector>

#include "models/staffing/call_bounds.hpp"
#include "models/staffing/staffing_space.hpp"
#include "models/trial/coupling/coupled_stations.hpp"
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
///
/// Of calls to systems no more is used than what CallBounds says of a visit that starts no earlier than this
/// one does here: no clerk is free of a visit sooner than after its handling, or than an outage that may meet
/// its call lets the clerk give up. The same induction holds with that, since each visit of the slot occupies
/// a clerk from its start until then. Whether a visit fails is not known, because it may start later in
/// truth; may_fail() tells for which visits it is not excluded.
class BestCase {
 public:
  explicit BestCase(const StaffingSpace& space) : space_(space) {}
  /// Where visits call systems: `coupled` decides what is the same with all of the set. Both must outlive it.
  BestCase(const StaffingSpace& space, CoupledStations& coupled, CallBounds& bounds)
      : space_(space), coupled_(&coupled), bounds_(&bounds) {}

  /// The clerks until the staffings differ.
  [[nodiscard]] Staffing exact_part(const StaffingSet& set) const;
  /// `day`: that of the station with these clerks. `outages`: null: none concerns its calls. `others`: visits
  /// beside these that may be made on the day, and the slowest unloaded call of all.
  void decide(const StaffingSet& set, std::size_t weekday, StationIndex station, const StationDay& day,
              const DayOutages* outages, std::size_t others, double slowest_call_s, Visits& visits);
  /// Of a visit of the day that does not start before start_s.
  [[nodiscard]] bool may_fail(const Visits& visits, std::size_t i, double start_s) const {
    return bounds_ != nullptr && bounds_->may_fail(visits, i, start_s, space_.speed());
  }

 private:
  std::size_t decide_exactly(double until_s, StationIndex station, const StationDay& day,
                             const DayOutages* outages, Visits& visits);
  void decide_slot(int clerks, double until_s, std::size_t begin, std::size_t end, Visits& visits);

  [[nodiscard]] double frees_s(const Visits& visits, std::size_t i, double start_s) const;

  const StaffingSpace& space_;
  CoupledStations* coupled_ = nullptr;
  CallBounds* bounds_ = nullptr;
  Visits exact_;
  std::vector<double> free_s_;  ///< of the clerks of a slot, a heap
};

}  // namespace pishkhan
