#pragma once
#include <span>

#include "models/trial/station_day/station_runner.hpp"
#include "models/trial/totals/attempt.hpp"

namespace pishkhan {

/// A visit that is decided.
struct DecidedVisit {
  const Attempt& attempt;
  const Day& day;
  Outcome outcome;
  bool reworked;
  StationIndex first_office;  ///< the station of the citizen's first visit of those since the last return
  double left_s;              ///< when the citizen left
};

/// A station-day whose visits are decided, ready to be accounted for.
struct DecidedStationDay {
  StationIndex station;
  std::span<const Attempt> attempts;  ///< those that the runner was given, then the redirected
  StationRunner& runner;
  // Empty where nobody is redirected.
  std::span<const std::uint8_t> redirected;  ///< by attempt: whether it was redirected from here
  std::span<const StationIndex>
      first_offices;  ///< of the attempts redirected to here, the last in `attempts`

  /// Visit i, in order of arrival, of the station-day's day.
  [[nodiscard]] DecidedVisit visit(std::size_t i, const Day& day) const {
    const Visits& visits = runner.visits();
    const std::size_t number = runner.attempt(i);
    const bool failed = visits.outcome[i] == Outcome::failed;
    return {attempts[number],     day,
            visits.outcome[i],    runner.reworked()[i] != 0,
            first_office(number), failed ? visits.end_s[i] : visits.leave_s[i]};
  }

  [[nodiscard]] bool was_redirected(std::size_t attempt) const {
    return !redirected.empty() && redirected[attempt] != 0;
  }
  /// The station to which the citizen of an attempt went first today.
  [[nodiscard]] StationIndex first_office(std::size_t attempt) const {
    const std::size_t own = attempts.size() - first_offices.size();
    return attempt < own ? station : first_offices[attempt - own];
  }
};

}  // namespace pishkhan
