#pragma once
#include "tools/report/tables.hpp"

// One function a table. Each gives the header whatever the results, so the data dictionary is made by running
// them on none.
namespace pishkhan {

Table make_agency_systems_table(const Results& results);
Table make_links_table(const Results& results);
Table make_lost_clerk_hours_table(const Results& results);

}  // namespace pishkhan
