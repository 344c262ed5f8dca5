#pragma once
#include <nlohmann/json.hpp>

#include "tools/page/page_source.hpp"

namespace pishkhan::page {

/// Hours of the week of each office, in the order of the table `offices`: `patterns` are lists of (weekday
/// from Saturday, hour), `of` says which of them an office has (-1: none); `wait` (min), `queue` (visits
/// waiting) and `utilization` (%) have a number for each hour of each office, one after the other. Null
/// without the table office_week_hours.
nlohmann::ordered_json office_week_json(const PageSource& source);

/// The same by county and channel, which `rows` names: `wait` (min), `level` (%) and `utilization` (%).
/// Weekday 7 is all days together: waits weighted by the served, shares by the joined, utilization by the
/// staffed time.
nlohmann::ordered_json county_week_json(const PageSource& source);

}  // namespace pishkhan::page
