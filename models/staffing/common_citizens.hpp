#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/staffing/call_bounds.hpp"
#include "models/staffing/drawn_visits.hpp"
#include "models/staffing/promises.hpp"
#include "models/staffing/staffing_space.hpp"
#include "models/staffing/station_demand.hpp"
#include "models/trial/accounting/follow_up.hpp"
#include "models/trial/citizens/day_arrivals.hpp"
#include "models/trial/coupling/web_calls.hpp"
#include "models/trial/replication.hpp"
#include "sim/coupling/down_times.hpp"
#include "sim/statistics/station_observer.hpp"

namespace pishkhan {

class BestCase;

/// The citizens of one replication, by station and day. A station's days can be solved for any staffing: what
/// happens is what run_trial would decide, but nothing is kept beside what targets count. The visits of new
/// citizens are drawn once for all staffings of a station that are solved one after the other; citizens who
/// come again do so as they would. Calls slow each other down on a station's own link, and not at the systems
/// that stations share. What fails in the replication fails whatever the staffing is.
class CommonCitizens {
 public:
  /// The plan must outlive it. By days, without slow-downs of systems, redirects and offices that close
  /// during the run.
  /// `wanted`: marks of the stations that will be solved, by station. `demand`, of these stations: draws the
  /// citizens station by station, others than those of a run; null: those of a run.
  CommonCitizens(const Plan& plan, std::uint32_t replication, const TrialOptions& options,
                 std::vector<std::uint8_t> wanted, const StationDemand* demand = nullptr);

  /// Told of the decided visits of each counted day. In a best case, visits that are made only if one before
  /// failed, which may happen with some staffing, are told of by themselves, as if they started at once.
  using CountDay = std::function<void(const Day& day, const Visits& visits)>;
  /// Solves the station's days with a staffing, or in the best case of a set of staffings. Returns the
  /// counted days with visits.
  std::size_t solve(StationIndex station, const StaffingSpace& space, const StaffingSet& set,
                    const CountDay& count);
  /// The same with the clerks that the station's rules say, whatever their dates.
  std::size_t solve(StationIndex station, const CountDay& count);
  /// Adds what the promises count at the station with them: by promise. Returns the counted days with visits.
  std::size_t solve(StationIndex station, const StaffingSpace& space, const StaffingSet& set,
                    const Promises& promises, std::span<RatioParts> counts);
  /// The most new citizens of the station on a day.
  [[nodiscard]] std::size_t most_citizens(StationIndex station) const;

 private:
  struct CitizenDay {
    Day day;
    bool holiday = false;                      ///< all stations are closed
    bool idle = false;                         ///< nobody comes, online either
    std::vector<FirstAttempt> first_attempts;  ///< by station
    std::vector<std::uint32_t> begin;          ///< of each station in first_attempts, and the end
    std::vector<Attempt> after_online;         ///< by station: attempts on a later day
    std::vector<std::uint32_t> after_online_begin;
    std::unique_ptr<const DayOutages> outages;  ///< null: nothing fails
  };
  void create_province_day(CitizenDay& day, CitizenSource& source, DayCitizens& citizens);
  void fail_online(const CitizenDay& day, const CitizenSource& source, DayCitizens& citizens);
  void draw_failing_online(const CitizenDay& day, StationIndex station);
  void find_outages(StationIndex station);
  void create_bare_days();
  [[nodiscard]] bool opens(const CitizenDay& day, StationIndex station) const;
  void prepare(StationIndex station);
  void list_new(std::size_t day, StationIndex station);
  void bring_together(std::size_t day);
  void follow_up(std::size_t day, const BestCase* best_case);
  void decide_best_case(std::size_t day, StationIndex station, const StaffingSet& set, BestCase& best_case);
  void draw_possible(std::size_t day);
  void count_possible(const Day& day, const BestCase& best_case, const CountDay& count);
  std::size_t solve(StationIndex station, const std::vector<ClerkGroup>* groups, BestCase* best_case,
                    const StaffingSet& set, const CountDay& count);
  ClerkTime clerk_time(const Promises& promises, const StationHours& hours);
  [[nodiscard]] const Attempt& attempt_of(std::uint32_t source) const {
    return source < drawn_.size() ? drawn_.attempt(source) : returned_.attempt(source - drawn_.size());
  }

  Replication run_;
  FollowUp follow_up_;
  std::vector<std::uint8_t> wanted_;
  std::vector<CitizenDay> days_;
  std::vector<std::vector<Attempt>> bare_;  ///< of bare stations: [day * stations + station]
  std::optional<StationSource> source_of_stations_;
  std::optional<WebCalls> web_calls_;
  // The station that is solved.
  StationIndex prepared_ = kNoStation;
  std::vector<Attempt> new_, after_online_;  ///< on all days: new attempts, and those on a later day
  std::vector<std::size_t> new_begin_, after_online_begin_;  ///< of each day, and the end
  std::vector<const DayOutages*> outages_;  ///< by day; null: none that concerns the station's calls
  DrawnVisits drawn_;                       ///< of new citizens, on all days
  std::vector<std::size_t> begin_;          ///< of each day in drawn_, and the end
  DrawnVisits returned_;                    ///< of citizens who come again, on the day
  Visits visits_;                           ///< of both
  std::vector<std::uint32_t> source_;  ///< of each visit: its place in drawn_, or after its end in returned_
  std::vector<Attempt> pending_, returning_;
  // In a best case: visits that may be made. Whether the citizen lacks papers is possible, too.
  CallBounds bounds_;
  std::vector<Attempt> possible_, possible_attempts_;  ///< on the next day; of the day, by visit
  Visits possible_visits_;                             ///< of the day
  StationObserver observer_;
  StationObservation clerk_day_;
  std::vector<std::uint8_t> nobody_reworked_;
};

}  // namespace pishkhan
