#pragma once
#include "models/province/province.hpp"
#include "models/scenario/schema/quantity.hpp"

namespace pishkhan {

enum class ClerkCount : unsigned char { possible, too_few, too_many };

/// Changes the number of clerks of a station on days from_day <= day < until_day, all its groups
/// together; groups that work on other days too are split. A change takes from, and gives to, the first
/// groups. Nothing is changed when fewer than no clerks would be left, or more than kMostClerks.
ClerkCount change_clerks(StationRules& rules, const CountChange& change, DayNumber from_day,
                         DayNumber until_day);

}  // namespace pishkhan
