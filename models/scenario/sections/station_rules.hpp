#pragma once
#include <array>
#include <optional>

#include "models/province/province.hpp"
#include "models/scenario/schema/value.hpp"

namespace pishkhan {

/// Doors or shifts of a week: `08:00-14:00` for every day, a list of such, or a map of weekdays.
Value<WeekHours> week_hours_value();

/// New hours of the weekdays that are named; others stay as they are.
using ChangedHours = std::array<std::optional<Intervals>, kDaysPerWeek>;
/// The same forms, but a map of weekdays changes these alone.
Value<ChangedHours> changed_hours_value();

/// `never` or `{per, points}`.
Value<Balking> balking_value();

/// Whether clerks of the group are ever on shift while the doors are open.
bool ever_works(const StationRules& rules, const ClerkGroup& group);

/// `in_addition` or `counted`: whether who finishes a citizen after the shift is one of those on duty.
Value<bool> after_shift_value();

/// `serve_out`, `send_away` or `{at_most}`.
Value<ClosingRule> closing_value();

}  // namespace pishkhan
