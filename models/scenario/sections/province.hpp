#pragma once
#include <string>

#include "models/province/province.hpp"
#include "models/scenario/schema/section.hpp"

namespace pishkhan {

/// Doors, and the clerks' shifts, by kind of station.
struct KindHours {
  WeekHours urban, rural, counters;

  [[nodiscard]] const WeekHours& of_offices(Kind kind) const { return kind == Kind::rural ? rural : urban; }
};

/// What `province` says: its tables, and the hours, which are in none.
struct ProvinceKeys {
  Name counties, places, agencies, services, offices, counters;
  /// Rows that follow those of the tables; without a location: none.
  Name more_places, more_agencies, more_services, more_offices, more_counters;
  Name evidence;  ///< without a location: none
  KindHours hours;
};

/// The keys of `province`.
Section<ProvinceKeys> province_keys();

}  // namespace pishkhan
