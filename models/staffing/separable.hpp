#pragma once
#include "models/plan/plan_data.hpp"

namespace pishkhan {

/// Throws UserError for a scenario whose stations cannot be taken one by one: unbroken runs, slow-downs,
/// redirects, SimGrid's backbone, offices that close during the run.
void expect_separable(const Scenario& scenario, const Plan::Data& data);

/// Counted days of a replication on which some station opens.
int working_days(const Scenario& scenario, const Plan::Data& data);

}  // namespace pishkhan
