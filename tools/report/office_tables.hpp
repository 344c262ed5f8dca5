#pragma once
#include "tools/report/tables.hpp"

// One function a table. Each gives the header whatever the results, so the data dictionary is made by running
// them on none.
namespace pishkhan {

Table make_offices_table(const Results& results);
Table make_counters_table(const Results& results);
Table make_counties_table(const Results& results);
Table make_hours_table(const Results& results);
Table make_office_hours_table(const Results& results);

}  // namespace pishkhan
