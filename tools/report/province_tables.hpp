#pragma once
#include "tools/report/tables.hpp"

// One function a table of a province. Each gives the header whatever the results, so the data
// dictionary is made by running them on none.
namespace pishkhan {

Table make_offices_table(const Results& results);
Table make_counters_table(const Results& results);
Table make_counties_table(const Results& results);
Table make_hours_table(const Results& results);
Table make_office_hours_table(const Results& results);
Table make_breaches_table(const Results& results);

Table make_services_table(const Results& results);
Table make_agencies_table(const Results& results);
Table make_channels_table(const Results& results);
Table make_days_table(const Results& results);
Table make_ledger_table(const Results& results);

Table make_agency_systems_table(const Results& results);
Table make_links_table(const Results& results);
Table make_lost_clerk_hours_table(const Results& results);
Table make_costs_table(const Results& results);

}  // namespace pishkhan
