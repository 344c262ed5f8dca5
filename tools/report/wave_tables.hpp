#pragma once
#include <string_view>

#include "models/planning/find_moves.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

std::string_view to_string(StationUnderMoves state);

/// What the tables of `plan` are made of.
struct FoundPlan {
  const Scenario& scenario;
  const MoveRules& rules;
  const MoveEffects& effects;
  const FoundMoves& found;
};

/// The table `plan`: every service that may move, with its wave.
Table make_plan_table(const FoundPlan& plan);
/// The table `plan_offices`: every station to which the moves add work.
Table make_plan_offices_table(const FoundPlan& plan);
/// The table `plan_frontier`: clerks against what may move with them.
Table make_plan_frontier_table(const FoundPlan& plan);
/// The headers of the three, for the data dictionary.
std::vector<TableHeader> plan_headers();

}  // namespace pishkhan
