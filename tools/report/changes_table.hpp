#pragma once
#include "tools/report/tables.hpp"

namespace pishkhan {

/// The table `changes`: what each change of the scenario did.
Table make_changes_table(const Results& results);

}  // namespace pishkhan
