#include "models/planning/month_shares.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <stop_token>

#include "models/plan/plan.hpp"
#include "models/plan/plan_data.hpp"
#include "models/staffing/common_citizens.hpp"
#include "models/staffing/station_demand.hpp"
#include "models/trial/accounting/target_counter.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/stop_check.hpp"
#include "sim/experiment/replicate.hpp"

namespace pishkhan {

std::vector<TargetAt> targets_at(const Scenario& scenario, const MoveEffects& effects) {
  std::vector<TargetAt> list;
  for (std::size_t k = 0; k < effects.stations().size(); ++k) {
    const std::uint32_t station = effects.stations()[k].value;
    for (std::size_t t = 0; t < scenario.targets.size(); ++t) {
      const std::vector<std::uint32_t>& of = scenario.targets[t].stations;
      const auto found = std::lower_bound(of.begin(), of.end(), station);
      if (of.empty())
        list.push_back({t, station, k});
      else if (found != of.end() && *found == station)
        list.push_back({t, static_cast<std::size_t>(found - of.begin()), k});
    }
  }
  return list;
}

namespace {

std::size_t counted_days(const Scenario& scenario) {
  return static_cast<std::size_t>(scenario.run.days - scenario.run.warm_up_days);
}

}  // namespace

MonthShares month_shares(const Scenario& scenario, const std::vector<RunMonth>& months,
                         const std::vector<DayCounts>& replications) {
  MonthShares shares;
  if (replications.empty()) return shares;
  const DayNumber first = scenario.run.start + scenario.run.warm_up_days;
  const std::size_t days = counted_days(scenario), targets = replications.front().size() / days;
  std::vector<GoodCount> counts;
  for (std::size_t t = 0; t < targets; ++t) {
    for (const RunMonth& month : months) {
      counts.clear();
      for (DayNumber day = month.from; day < month.until; ++day) {
        for (const DayCounts& one : replications)
          counts.push_back(one[t * days + static_cast<std::size_t>(day - first)]);
      }
      shares.push_back(observe_share(counts, replications.size(), DaysAre::neighbours));
    }
  }
  return shares;
}

std::vector<DayCounts> count_days(const Scenario& scenario, const std::vector<TargetAt>& targets,
                                  const Replications& replications, int threads,
                                  const std::function<bool()>& stop) {
  const Plan plan(scenario, StopCheck(&stop));
  const std::size_t days = counted_days(scenario);
  return replicate(replications.number, threads, [&](std::uint32_t i, const std::stop_token& token) {
    TrialOptions options;
    options.stop = [&stop, token] { return token.stop_requested() || (stop && stop()); };
    const TrialResult result = run_trial(plan, replications.first + i, options);
    PISHKHAN_EXPECT(result.audit.passed());
    DayCounts counts;
    counts.reserve(targets.size() * days);
    for (const TargetAt& at : targets) {
      for (std::size_t day = 0; day < days; ++day)
        counts.push_back(result.targets[at.target].at(at.place, day, 0));
    }
    return counts;
  });
}

MonthShares simulate_months(const Scenario& scenario, const std::vector<TargetAt>& targets,
                            const std::vector<RunMonth>& months, const Replications& replications,
                            int threads, const std::function<bool()>& stop) {
  return month_shares(scenario, months, count_days(scenario, targets, replications, threads, stop));
}

MonthShares solve_alone(const Scenario& scenario, const std::vector<StationIndex>& stations,
                        const std::vector<TargetAt>& targets, const std::vector<RunMonth>& months,
                        const Replications& replications, int threads, const std::function<bool()>& stop) {
  Scenario alone = scenario;
  std::erase_if(alone.outages, [](const Outage& outage) { return outage.is_slow_down(); });
  alone.redirect.at_most = 0;
  const Plan plan(alone, StopCheck(&stop));
  const Plan::Data& data = plan.data();
  const std::size_t days = counted_days(alone);
  std::vector<std::uint8_t> wanted(data.stations.size(), 0);
  for (const TargetAt& at : targets) wanted[stations[at.station].index()] = 1;
  // Few stations are sooner drawn one by one than with the citizens of the whole province.
  std::optional<StationDemand> demand;
  const auto few = static_cast<std::ptrdiff_t>(wanted.size() / 4);
  if (std::count(wanted.begin(), wanted.end(), 1) <= few && StationDemand::is_possible(alone, data))
    demand.emplace(alone, data, wanted);
  const auto trials =
      replicate(replications.number, threads, [&](std::uint32_t i, const std::stop_token& token) {
        TrialOptions options;
        options.stop = [&stop, token] { return token.stop_requested() || (stop && stop()); };
        CommonCitizens citizens(plan, replications.first + i, options, wanted, demand ? &*demand : nullptr);
        DayCounts counts(targets.size() * days);
        for (std::size_t begin = 0, end = 0; begin < targets.size(); begin = end) {
          while (end < targets.size() && targets[end].station == targets[begin].station) ++end;
          const StationIndex station = stations[targets[begin].station];
          citizens.solve(station, [&](const Day& day, const Visits& visits) {
            const Intervals& doors = data.stations[station.index()].hours(day.date, day.weekday).doors;
            const auto at = static_cast<std::size_t>(day.index - alone.run.warm_up_days);
            for (std::size_t t = begin; t < end; ++t)
              count_visits(alone.targets[targets[t].target], visits, doors, 0, &counts[t * days + at]);
          });
        }
        return counts;
      });
  return month_shares(alone, months, trials);
}

}  // namespace pishkhan
