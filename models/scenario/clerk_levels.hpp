#pragma once
#include <vector>

#include "models/province/province.hpp"

namespace pishkhan {

/// So many clerks during some hours of the week.
struct HoursClerks {
  WeekHours hours;
  int clerks = 0;
};

/// The hours that are in both.
WeekHours common_hours(const WeekHours& some, const WeekHours& others);

/// Groups by level: the k-th clerk works wherever at least k are asked for, so that a clerk who is asked for
/// on both sides of a boundary stays at the desk. The hours do not overlap and stand in the order of time.
/// Each group works on all days of the run.
std::vector<ClerkGroup> groups_by_level(const std::vector<HoursClerks>& asked);

}  // namespace pishkhan
