#include "models/staffing/separable.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "models/plan/dated_changes.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {

void expect_separable(const Scenario& scenario, const Plan::Data& data) {
  std::vector<Diagnostic> mistakes;
  const auto refuse = [&](const std::string& path, const std::string& problem, const std::string& hint) {
    mistakes.push_back({scenario.file.generic_string(), 0, 0, path, problem, hint});
  };
  if (data.unbroken) refuse("run.length", "staffing for an unbroken run", "write a run by `days`");
  if (std::any_of(scenario.outages.begin(), scenario.outages.end(),
                  [](const Outage& outage) { return outage.is_slow_down(); })) {
    refuse("slow_downs", "staffing where systems slow down",
           "write `without: [slow_downs]` beside `base`, or run it with `--set 'slow_downs=[]'`");
  }
  if (scenario.redirect.at_most > 0)
    refuse("redirect", "staffing where citizens go on to other offices", "leave `redirect` out");
  if (joins_stations(scenario.unserved)) {
    refuse("unserved", "staffing where the unserved go to other offices, online again, or come again today",
           "write `same_later`, `office` or `counter` for `same_today`, `other_today`, `other_later` and "
           "`online`, or leave `unserved` out");
  }
  if (scenario.backbone.model == BackboneModel::simgrid)
    refuse("backbone.model", "staffing with SimGrid's backbone", "write `model: shared`");
  const DayNumber end = scenario.run.start + scenario.run.days;
  for (const StationPlan& station : data.stations) {
    if (station.until_day >= end || station.until_day <= scenario.run.start) continue;
    refuse("close_offices", "staffing while offices close", "let the run begin after that day");
    break;
  }
  for (std::size_t s = 0; s < scenario.stations.size(); ++s) {
    if (data.stations[s].plain_arrivals) continue;
    refuse("stations." + std::to_string(s), "staffing where citizens do not come one by one at random times",
           "leave `batch`, `at_start`, `scheduled` and `recorded` arrivals out");
    break;
  }
  add_appointments(scenario, "staffing", mistakes);
  add_transfers(scenario, "staffing", mistakes);
  add_breaks(scenario, "staffing", mistakes);
  add_dated_doors(scenario, "staffing", mistakes);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
}

int working_days(const Scenario& scenario, const Plan::Data& data) {
  int days = 0;
  for (int k = scenario.run.warm_up_days; k < scenario.run.days; ++k) {
    const Day day = day_of_run(scenario, k);
    days += !is_holiday(scenario, day) &&
            std::any_of(data.stations.begin(), data.stations.end(),
                        [&](const StationPlan& station) { return station.is_open(day.date, day.weekday); });
  }
  return days;
}

}  // namespace pishkhan
