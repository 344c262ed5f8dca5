#pragma once
#include <span>

#include "tools/report/measures.hpp"
#include "tools/report/sums.hpp"
#include "tools/report/tables.hpp"

// What a run's visits, clerks and ways are worth by the scenario's economics, which must be there.
namespace pishkhan {

/// Of one replication, over the counted days. Money in rials, times in hours of persons.
struct MoneyTally {
  double visits = 0;                      ///< arrived
  double given = 0;                       ///< at which the service was given
  double given_of_unknown_tariff = 0;     ///< of them, whose service has no tariff in its table
  double tariff = 0, income = 0;          ///< what citizens paid; what offices keep of it
  double staffed_h = 0, expenses = 0;     ///< clerks on shift; their pay and their desks
  double travel_km = 0, travel_h = 0;     ///< by road, there and back
  double wait_h = 0, handling_h = 0;      ///< of all who joined; at the desk and aside
  double travel_rial = 0, time_rial = 0;  ///< what citizens' travel costs, and their time is worth

  MoneyTally& operator+=(const MoneyTally& other);
};

/// By office.
Sums<MoneyTally> money_of_offices(const Results& results);
/// [service * kChannels + channel]. The expenses of all offices together are shared out over their services
/// by clerk time, and those of an agency's counters over its services alike; online there are none.
Sums<MoneyTally> money_of_services(const Results& results);
/// By channel. Online has visits and tariffs alone.
Sums<MoneyTally> money_of_channels(const Results& results);
/// By county, of the visits of its residents to stations. What is known of a station's visits together
/// (waits, handling, tariffs) is shared out over the places they come from by visits.
Sums<MoneyTally> money_of_counties(const Results& results);

/// Visits at which the service was given, and what was paid for them.
std::span<const Measure<MoneyTally>> tariff_measures();
/// What offices keep of it.
std::span<const Measure<MoneyTally>> income_measures();
/// What stations take.
std::span<const Measure<MoneyTally>> expense_measures();
/// The one less the other.
std::span<const Measure<MoneyTally>> balance_measures();
/// Citizens' travel, time and money; the hours of travel first.
std::span<const Measure<MoneyTally>> citizen_money_measures();
/// What station and citizens take together.
std::span<const Measure<MoneyTally>> total_measures();

}  // namespace pishkhan
