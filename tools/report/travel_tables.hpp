#pragma once
#include "tools/report/tables.hpp"

// How far citizens travel, and where those of closed offices went. One function a table. Each gives the
// header whatever the results, so the data dictionary is made by running them on none.
namespace pishkhan {

Table make_county_travel_table(const Results& results);
Table make_place_travel_table(const Results& results);
Table make_service_travel_table(const Results& results);
Table make_closed_offices_table(const Results& results);

}  // namespace pishkhan
