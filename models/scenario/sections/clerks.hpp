#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/province/province.hpp"
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
};

/// The `clerks` of a bare station: a number, or a list.
struct StationClerksKeys {
  std::optional<int> number;
  std::vector<Written<ClerksKeys>> list;
};
Value<StationClerksKeys> station_clerks_value();

/// Adds the groups of clerks to a station that has its doors and streams. `unbroken`: it has no days.
void add_clerks(const StationClerksKeys& clerks, const Location& location, bool unbroken,
                BareStation& station, Diagnostics& mistakes);

}  // namespace pishkhan
