#pragma once
#include <optional>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/station_day/decided_station_day.hpp"
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
  /// Counts the citizen of a decided visit, or adds the attempt that the citizen makes on a later day to
  /// `pending`. A citizen who lacked papers comes back to the same station; others by the scenario's rules
  /// for the unserved, or else to the first office. Nothing is done for who comes again today.
  void after_visit(const DecidedVisit& visit, std::vector<Attempt>& pending);
  /// The attempt that the citizen of a decided visit makes later on the same day; nothing if there is none.
  [[nodiscard]] std::optional<Attempt> later_today(const DecidedVisit& visit) const;
  /// Adds the next attempt of a citizen who found nobody on duty, and no other office to go on to.
  void after_shut(const Attempt& attempt, StationIndex first_office, std::vector<Attempt>& pending);

 private:
  /// Of the citizen's service and first channel; null where the citizen is not counted.
  [[nodiscard]] CitizenTally* tally_of(const Attempt& attempt) const;
  void count(const Attempt& attempt, std::uint64_t CitizenTally::*member);
  void count_completed(const Attempt& attempt, DayNumber date);
  struct Next {
    Attempt attempt;
    bool today = false;
  };
  /// Of a citizen who was not served; nothing if the citizen is lost.
  [[nodiscard]] std::optional<Next> after_unserved(const DecidedVisit& visit) const;
  [[nodiscard]] bool retries(const Attempt& attempt) const;
  [[nodiscard]] NextStep step_after(const DecidedVisit& visit) const;
  [[nodiscard]] StationIndex other_office(const DecidedVisit& visit) const;
  [[nodiscard]] std::optional<std::uint8_t> next_opening(StationIndex station,
                                                         const DecidedVisit& visit) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  Totals& totals_;
};

}  // namespace pishkhan
