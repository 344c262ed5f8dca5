#include "models/planning/can_plan.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/diagnostic.hpp"

namespace pishkhan {

void expect_can_plan(const Scenario& scenario, const MoveRules& rules) {
  std::vector<Diagnostic> mistakes;
  const auto refuse = [&](const std::string& path, const std::string& problem, const std::string& hint) {
    mistakes.push_back({scenario.file.generic_string(), 0, 0, path, problem, hint});
  };
  if (scenario.run.length_s > 0) refuse("run.length", "planning an unbroken run", "write a run by `days`");
  if (scenario.backbone.model == BackboneModel::simgrid)
    refuse("backbone.model", "planning with SimGrid's backbone", "write `model: shared`");
  for (std::size_t t = 0; t < scenario.targets.size(); ++t) {
    const TargetPeriod in = scenario.targets[t].in;
    if (in != TargetPeriod::whole && in != TargetPeriod::month) {
      refuse("targets[" + std::to_string(t) + "].in", "a plan keeps targets month by month",
             "write `in: month`, or leave `in` out");
    }
    if (!scenario.targets[t].is_in_time()) {
      refuse("targets[" + std::to_string(t) + "]", "a plan keeps targets of the share in time alone",
             "write `share` or `percentile`, and look at the other targets in a run of the planned scenario");
    }
  }
  constexpr std::size_t kMostMigrations = 64;
  if (scenario.migrations.size() + rules.waves.size() > kMostMigrations)
    refuse("plan.waves", "more than 64 migrations together with those of the scenario", "write fewer waves");
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
}

}  // namespace pishkhan
