#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/province/province.hpp"
#include "models/scenario/clerk_breaks.hpp"
#include "models/scenario/clerk_levels.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"

namespace pishkhan {

/// A group of clerks, or how many clerks there are in an interval.
struct ClerksKeys {
  int clerks = 0;
  double from_s = 0, to_s = 0;  ///< by interval
  std::optional<std::string> id;
  std::vector<Name> skills;
  double speed = 1;
  double absence = 0;
  WeekHours shifts;
  Written<ClerkBreak> pause;
};

/// The `clerks` of a bare station: a number, `unlimited`, or a list.
struct StationClerksKeys {
  std::optional<int> number;
  bool unlimited = false;
  std::vector<Written<ClerksKeys>> list;
};
Value<StationClerksKeys> station_clerks_value();

/// A speed that handling times are divided by.
inline Scalar clerk_speed() { return value::within(Quantity::number, {.low = 0.01, .high = 100}); }

/// Adds an interval of every day, at which so many clerks work, to those before it; out of order it is a
/// mistake.
void add_interval(Interval interval, int clerks, const Location& location, std::vector<HoursClerks>& staffed,
                  Diagnostics& mistakes);

/// What is wrong with the groups of a station together: too many clerks, or too many kinds of them by skills.
/// Clerks of different days are counted together.
std::optional<Misread> check_groups(const StationRules& rules, const std::string& station);

/// Adds the groups of clerks to a station that has its doors and streams. `unbroken`: the run has no days.
void add_clerks(const StationClerksKeys& clerks, const Location& location, bool unbroken,
                BareStation& station, Diagnostics& mistakes);

}  // namespace pishkhan
