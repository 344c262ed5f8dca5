#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/totals/appointment_book.hpp"
#include "models/trial/totals/attempt.hpp"
#include "models/trial/totals/day.hpp"
#include "models/trial/totals/hour_book.hpp"
#include "models/trial/totals/queue_book.hpp"
#include "models/trial/totals/service_totals.hpp"
#include "models/trial/totals/travel_totals.hpp"
#include "models/trial/totals/trial_result.hpp"
#include "sim/statistics/station_observer.hpp"
#include "sim/statistics/visit_sum.hpp"

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

/// Into how many shifts or hours a target's counts of a day are parted.
std::size_t slots_of(const Target& target, const Plan::Data& data);

/// Everything a replication has added up so far, and the attempts that are still to come. Other members of a
/// replication are constants and working memory, so assigning an earlier copy takes back all that happened
/// since.
///
/// `stations` is kept by station, and so are the streams of bare stations (result.services). What is summed
/// over stations of a province (days, services, citizens) and over its systems and links (result.calls) is
/// counts and times in whole ticks: it does not depend on the order, and one station's part can be taken away
/// and another put in its place, as models/trial/reuse does.
struct Totals {
  /// `only_these`: marks of the stations whose visits are added, by station; empty: all.
  Totals(const Scenario& scenario, const Plan::Data& data, std::span<const std::uint8_t> only_these = {});

  std::vector<std::uint8_t> only;            ///< as above
  std::vector<StationObservation> stations;  ///< on the counted days; by days without `hours`
  std::optional<HourBook> hour_book;         ///< of a run by days
  std::optional<QueueBook> queue_book;       ///< with Scenario::queues
  // Of a province, on the counted days.
  std::vector<WaitHistogram> service_waits;  ///< [service * kStationChannels + channel]: those above 0
  struct OfClass {
    VisitSum visits;
    WaitHistogram waits;
  };
  std::vector<OfClass> classes;  ///< [class * kStationChannels + channel]
  struct OfAppointments {
    AppointmentCounts counts;
    OfClass booked, walk_ins;
  };
  std::vector<OfAppointments> appointments;  ///< as Plan::Data::appointments, and so the books
  std::vector<AppointmentBook> appointment_books;
  TravelTotals travel;
  /// Of citizens who first came on a counted day, by (office, station).
  std::map<std::pair<StationIndex, StationIndex>, Diversion> diversions;
  /// What stands above, days, ledger and a province's visits to stations by service are filled in when the
  /// replication ends.
  TrialResult result;
  std::vector<VisitSum> days;         ///< as result.days
  ServiceTotals services;             ///< of a province, on the counted days
  std::vector<std::uint32_t> given;   ///< the same: [station * services + service], as GivenCount
  std::vector<Attempt> pending;       ///< to be made on a later day, in no particular order
  std::vector<Attempt> after_online;  ///< the same, after the day of a failed online attempt
  std::vector<Attempt> online_again;  ///< the same, online
  std::vector<std::uint64_t> moved;   ///< citizens moved: [migration * services + service]
  CallCounts calls;
  std::vector<ObservedTally> observed;  ///< as Scenario::observations
  std::uint64_t redirects = 0;          ///< citizens who were sent on to another office
  std::uint64_t redirect_arrivals = 0;  ///< visits of citizens who came from another office

  /// Whether the visits to a station are added.
  [[nodiscard]] bool adds(std::size_t station) const { return only.empty() || only[station] != 0; }
  /// Adds a citizen who would have chosen `office`, if it were open, and goes to `station`; kNoStation if
  /// none gives the service.
  void add_diversion(const Plan::Data& data, std::size_t place, StationIndex office, StationIndex station);
  /// Not for an unbroken run, which has no days.
  [[nodiscard]] VisitSum& of_day(const Day& day, Channel channel) {
    return days[static_cast<std::size_t>(day.index) * kChannels + static_cast<std::size_t>(channel)];
  }
};

}  // namespace pishkhan
