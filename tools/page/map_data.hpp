#pragma once
#include <nlohmann/json.hpp>

#include "tools/page/page_source.hpp"
#include "tools/page/station_verdicts.hpp"

namespace pishkhan::page {

/// The schematic map of a province: width and height; of each place the outline of its cell, as the `d` of an
/// SVG path, its centre, names, county, offices and the share of the visits at its offices that were in
/// time, by the target that offices are judged by; the borders of the counties; where each county's name may
/// stand. Null where there are fewer than two places, or no table `offices`.
nlohmann::ordered_json make_map(const PageSource& source, const StationVerdicts& verdicts);

}  // namespace pishkhan::page
