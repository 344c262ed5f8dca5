#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/staffing/promises.hpp"
#include "models/trial/accounting/follow_up.hpp"
#include "models/trial/citizens/day_arrivals.hpp"
#include "models/trial/replication.hpp"

namespace pishkhan {

/// The citizens of one replication, by station and day, drawn once. A station's days can be solved for any
/// staffing: what happens is what run_trial would decide, but nothing is kept beside what targets count.
/// Citizens who come again do so as they would; calls slow each other down on a station's own link, and not
/// at the systems that stations share.
class CommonCitizens {
 public:
  /// The plan must outlive it. By days, without outages, redirects and offices that close during the run.
  CommonCitizens(const Plan& plan, std::uint32_t replication, const TrialOptions& options);

  /// Adds what the promises count at the station, if its groups have so many clerks: by promise. Returns the
  /// counted days with visits.
  std::size_t solve(StationIndex station, std::span<const int> by_group, const Promises& promises,
                    std::span<GoodCount> counts);
  /// The most new citizens of the station on a day.
  [[nodiscard]] std::size_t most_citizens(StationIndex station) const;

 private:
  struct CitizenDay {
    Day day;
    bool holiday = false;
    std::vector<FirstAttempt> first_attempts;   ///< by station
    std::vector<std::uint32_t> begin;           ///< of each station in first_attempts, and the end
    std::vector<Attempt> after_online;          ///< by station: attempts on a later day
    std::vector<std::uint32_t> after_online_begin;
  };
  void create_province_day(CitizenDay& day, CitizenSource& source);
  void create_bare_days();
  void list(const CitizenDay& day, StationIndex station);
  void follow_up(const CitizenDay& day);

  Replication run_;
  FollowUp follow_up_;
  std::vector<CitizenDay> days_;
  std::vector<std::vector<Attempt>> bare_;  ///< of bare stations: [day * stations + station]
  std::vector<Attempt> attempts_, pending_;
};

}  // namespace pishkhan
