#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/province/province.hpp"
#include "models/scenario/schema/quantity.hpp"

namespace pishkhan {

enum class ClerkCount : unsigned char { possible, too_few, too_many };

/// Splits the groups that work on both sides of a day.
void split_groups(std::vector<ClerkGroup>& groups, DayNumber day);

/// Changes the number of clerks of a station on days from_day <= day < until_day, all its groups
/// together; groups that work on other days too are split. A change takes from, and gives to, the first
/// groups. Nothing is changed when fewer than no clerks would be left, or more than kMostClerks.
ClerkCount change_clerks(StationRules& rules, const CountChange& change, DayNumber from_day,
                         DayNumber until_day);

/// The same, where clerks whom only their breaks tell apart stay as equally shared among their groups as
/// whole numbers allow. `more` may be negative.
ClerkCount add_clerks_evenly(StationRules& rules, int more, DayNumber from_day, DayNumber until_day);
/// The fewest clerks that a station has on a day from_day <= day < until_day.
std::int64_t fewest_clerks(const StationRules& rules, DayNumber from_day, DayNumber until_day);

/// Gives a station other groups on days from_day <= day < until_day; groups that work on other days too are
/// split.
void replace_clerks(StationRules& rules, const std::vector<ClerkGroup>& groups, DayNumber from_day,
                    DayNumber until_day);

/// A station whose clerks are changed together with those of others.
struct StationClerks {
  std::string id;
  StationRules* rules = nullptr;
};

/// Clerks of all the stations together on some days.
struct ClerksReached {
  DayNumber from_day = 0;
  std::int64_t before = 0, after = 0;
};

struct SharedClerks {
  ClerkCount count = ClerkCount::possible;
  std::string station;                 ///< where it is not possible
  std::vector<ClerksReached> reached;  ///< by stretch of days in which no group starts or ends
};

/// Changes the number of clerks by a share of those of all the stations together, as change_clerks does for
/// one. Whole clerks are shared out by largest remainder (Hamilton): each station gets its share rounded
/// down, and those with the largest rests one more, of equal rests the lower ids, until the sum is the share
/// of the sum, rounded half up.
SharedClerks scale_clerks(const std::vector<StationClerks>& stations, double share, DayNumber from_day,
                          DayNumber until_day);

}  // namespace pishkhan
