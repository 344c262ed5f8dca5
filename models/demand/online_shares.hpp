#pragma once
#include "models/scenario/scenario.hpp"

namespace pishkhan {

/// What follows from the online attempts of citizens, as shares of all citizens of a service and zone.
struct OnlineShares {
  double attempts = 0;    ///< online attempts, further ones too
  double to_office = 0;   ///< who go to an office after a failed one; where there is none, to a counter
  double to_counter = 0;  ///< the same the other way round
};

struct OnlineWhere {
  ServiceId service;
  ZoneId zone;
  DayNumber day = 0;
};

/// `first`: the share of citizens whose first attempt is online. `failure`: probability that an attempt
/// fails.
OnlineShares online_shares(const Scenario& scenario, double first, double failure, const OnlineWhere& where);

}  // namespace pishkhan
