#include "models/planning/can_plan.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "models/demand/channel_map.hpp"
#include "models/plan/changing_offices.hpp"
#include "models/plan/dated_changes.hpp"
#include "models/planning/month_shares.hpp"
#include "models/planning/move_effects.hpp"
#include "models/province/calendar.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

class Refusals {
 public:
  Refusals(const Scenario& scenario, const MoveRules& rules)
      : scenario_(scenario),
        rules_(rules),
        first_(scenario.run.start + scenario.run.warm_up_days),
        end_(scenario.run.start + scenario.run.days) {}

  std::vector<Diagnostic> find() {
    if (scenario_.run.length_s > 0) refuse("run.length", "planning an unbroken run", "write a run by `days`");
    if (scenario_.backbone.model == BackboneModel::simgrid)
      refuse("backbone.model", "planning with SimGrid's backbone", "write `model: shared`");
    if (!scenario_.unserved.empty())
      refuse("unserved", "planning with rules for the unserved", "leave `unserved` out");
    refuse_targets();
    refuse_short_months();
    refuse_migrations();
    add_changing_offices(scenario_, "planning", mistakes_);
    add_dated_changes(scenario_, "planning", mistakes_);
    add_breaks(scenario_, "planning", mistakes_);
    return std::move(mistakes_);
  }

 private:
  void refuse(const std::string& path, const std::string& problem, const std::string& hint) {
    mistakes_.push_back({scenario_.file.generic_string(), 0, 0, path, problem, hint});
  }

  void refuse_targets() {
    for (std::size_t t = 0; t < scenario_.targets.size(); ++t) {
      const TargetPeriod in = scenario_.targets[t].in;
      if (in != TargetPeriod::whole && in != TargetPeriod::month) {
        refuse("targets[" + std::to_string(t) + "].in", "a plan keeps targets month by month",
               "write `in: month`, or leave `in` out");
      }
      if (!scenario_.targets[t].is_in_time()) {
        refuse(
            "targets[" + std::to_string(t) + "]", "a plan keeps targets of the share in time alone",
            "write `share` or `percentile`, and look at the other targets in a run of the planned scenario");
      }
    }
  }

  /// A target of a few days could only be proven where it is kept by far.
  void refuse_short_months() {
    constexpr DayNumber kFewest = 10;
    if (scenario_.run.length_s > 0) return;
    for (const RunMonth& month : months_of(scenario_.run)) {
      if (month.until - month.from >= kFewest) continue;
      refuse("run.days",
             "planning where of " + month.name + " only " + std::to_string(month.until - month.from) +
                 " days are counted",
             "let the counted days begin and end with a month, or have ten days of it at least");
    }
  }

  void refuse_migrations() {
    constexpr std::size_t kMostMigrations = 64;
    if (scenario_.migrations.size() + rules_.waves.size() > kMostMigrations) {
      refuse("plan.waves", "more than 64 migrations together with those of the scenario",
             "write fewer waves");
    }
    for (std::size_t m = 0; m < scenario_.migrations.size(); ++m) {
      const Migration& migration = scenario_.migrations[m];
      const bool ends = migration.until_day > first_ && migration.until_day < end_;
      if (!ends && migrated_share(migration, first_) == migrated_share(migration, end_ - 1)) continue;
      const auto moved = std::find_first_of(migration.services.begin(), migration.services.end(),
                                            rules_.services.begin(), rules_.services.end());
      if (moved == migration.services.end()) continue;
      refuse("migrations[" + std::to_string(m) + ']',
             "planning for `" + scenario_.province->services[moved->index()].id +
                 "`, which this migration moves on some of the counted days and not on others",
             "let all of it begin before them, or leave the service out of the plan");
    }
  }

  const Scenario& scenario_;
  const MoveRules& rules_;
  DayNumber first_, end_;  ///< of the counted days
  std::vector<Diagnostic> mistakes_;
};

}  // namespace

void expect_can_plan(const Scenario& scenario, const MoveRules& rules) {
  std::vector<Diagnostic> mistakes = Refusals(scenario, rules).find();
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
}

void expect_targets(const Scenario& scenario, const MoveEffects& effects) {
  if (effects.stations().empty() || !targets_at(scenario, effects).empty()) return;
  const std::string first{station_ids(scenario)[effects.stations().front().index()]};
  const std::size_t number = effects.stations().size();
  throw UserError({{scenario.file.generic_string(), 0, 0, "targets",
                    "none is of a station that gets work from the moves, such as `" + first + "` (" +
                        std::to_string(number) + (number == 1 ? " station)" : " stations)"),
                    "write a target `at` these stations: a plan is as large as targets allow"}});
}

}  // namespace pishkhan
