#pragma once
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/totals/attempt.hpp"
#include "models/trial/totals/totals.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// Decides what a citizen does after a visit: is done, gives up for good, or makes another attempt. Counts
/// citizens in totals.result.citizens, but not those who first came on a warm-up day.
class FollowUp {
 public:
  /// All must outlive it.
  FollowUp(const Scenario& scenario, const Plan::Data& data, DrawKey key, Totals& totals)
      : scenario_(scenario), data_(data), key_(key), totals_(totals) {}

  /// Counts the citizen as one who gave up for good.
  void count_lost(const Attempt& attempt) { count(attempt, &CitizenTally::lost); }
  /// Counts the citizen as one whose need is open when the run ends.
  void count_pending(const Attempt& attempt) { count(attempt, &CitizenTally::pending); }
  /// Takes back that BareCitizens counted the citizen, who came in the warm-up of an unbroken run.
  void leave_out(const Attempt& attempt) { --tally_of(attempt)->created; }
  /// Counts the citizen of a decided visit, or adds the citizen's next attempt to `pending`. A citizen who
  /// lacked papers comes back to the same station, one who failed or retries to `first_office`: the station
  /// of today's first visit, `date`.
  void after_visit(const Attempt& attempt, DayNumber date, Outcome outcome, bool reworked,
                   StationIndex first_office, std::vector<Attempt>& pending);
  /// Adds the next attempt of a citizen who found nobody on duty, and no other office to go on to.
  void after_shut(const Attempt& attempt, StationIndex first_office, std::vector<Attempt>& pending);

 private:
  /// Of the citizen's service and first channel; null where the citizen is not counted.
  [[nodiscard]] CitizenTally* tally_of(const Attempt& attempt) const;
  void count(const Attempt& attempt, std::uint64_t CitizenTally::*member);
  void count_completed(const Attempt& attempt, DayNumber date);
  [[nodiscard]] bool retries(const Attempt& attempt) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  Totals& totals_;
};

}  // namespace pishkhan
