#pragma once
#include "tools/report/tables.hpp"

// One function a table. Each gives the header whatever the results, so the data dictionary is made by running
// them on none.
namespace pishkhan {

Table make_services_table(const Results& results);
Table make_agencies_table(const Results& results);
Table make_channels_table(const Results& results);
Table make_classes_table(const Results& results);
Table make_days_table(const Results& results);
Table make_ledger_table(const Results& results);

}  // namespace pishkhan
