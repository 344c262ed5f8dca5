#pragma once
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/totals/attempt.hpp"
#include "models/trial/totals/day.hpp"
#include "models/trial/totals/service_totals.hpp"
#include "models/trial/totals/trial_result.hpp"
#include "sim/statistics/station_observer.hpp"

namespace pishkhan {

/// Calls to agency systems over a replication, warm-up included: two counts of the same, for the audit.
struct CallCounts {
  TransactionCounts transactions;
  std::uint64_t visits = 0;    ///< visits that began their call, as the simulation of the calls counted them
  std::uint64_t answered = 0;  ///< of them
  std::uint64_t too_late = 0;  ///< answered when no clerk was left to continue the visit
  std::uint64_t called = 0;    ///< visits that began their call, as the decided visits show
  std::uint64_t failed = 0;    ///< visits, as the decided visits show
  std::uint64_t web = 0;       ///< calls of online attempts
};

/// Everything a replication has added up so far, and the attempts that are still to come. Other members of a
/// replication are constants and working memory, so assigning an earlier copy takes back all that happened
/// since.
///
/// `stations` is kept by station. What is summed over stations (result, services) is integer counts, which
/// can be added in any order, and sums of times in floating point: the times in result.days, in services and
/// result.services, and in result.calls. The latter are added in the order of days and stations, and another
/// order would change their last digits.
struct Totals {
  Totals(const Scenario& scenario, const Plan::Data& data);

  std::vector<StationObservation> stations;  ///< on the counted days; by days the hours are in week_hours
  std::vector<std::array<HourTally, kHoursPerDay>> week_hours;  ///< [station * 7 + weekday]; of runs by days
  // Of a province, on the counted days.
  std::vector<WaitHistogram> service_waits;  ///< [service * kStationChannels + channel]
  struct OfClass {
    VisitTally visits;
    WaitHistogram waits;
  };
  std::vector<OfClass> classes;  ///< [class * kStationChannels + channel]
  /// What stands above, and the ledger, enter the result when the replication ends.
  TrialResult result;
  /// Visits by service that are not in `result` yet: of a province, of the days simulated together.
  std::vector<ServiceTotals> services;
  std::vector<Attempt> pending;      ///< to be made on a later day, in no particular order
  std::vector<std::uint64_t> moved;  ///< citizens moved: [migration * services + service]
  CallCounts calls;
  std::uint64_t redirects = 0;          ///< citizens who were sent on to another office
  std::uint64_t redirect_arrivals = 0;  ///< visits of citizens who came from another office

  /// Not for an unbroken run, which has no days.
  [[nodiscard]] VisitTally& of_day(const Day& day, Channel channel) {
    return result.days[static_cast<std::size_t>(day.index) * kChannels + static_cast<std::size_t>(channel)];
  }
  /// Adds `services` to the result, day by day, and empties it.
  void add_services();
};

}  // namespace pishkhan
