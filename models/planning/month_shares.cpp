#include "models/planning/month_shares.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <stop_token>

#include "models/plan/plan.hpp"
#include "models/plan/plan_data.hpp"
#include "models/staffing/common_citizens.hpp"
#include "models/staffing/promises.hpp"
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

MonthShares simulate_months(const Scenario& scenario, const std::vector<TargetAt>& targets,
                            const std::vector<RunMonth>& months, const Replications& replications,
                            int threads, const std::function<bool()>& stop) {
  const Plan plan(scenario, StopCheck(&stop));
  const std::size_t days = static_cast<std::size_t>(scenario.run.days - scenario.run.warm_up_days);
  // Of each replication: [target at a station * days + day].
  const auto trials = replicate(replications.number, threads, [&](std::uint32_t i, const std::stop_token& token) {
    TrialOptions options;
    options.stop = [&stop, token] { return token.stop_requested() || (stop && stop()); };
    const TrialResult result = run_trial(plan, replications.first + i, options);
    PISHKHAN_EXPECT(result.audit.passed());
    std::vector<GoodCount> counts;
    counts.reserve(targets.size() * days);
    for (const TargetAt& at : targets) {
      for (std::size_t day = 0; day < days; ++day)
        counts.push_back(result.targets[at.target].at(at.place, day, 0));
    }
    return counts;
  });
  const DayNumber first = scenario.run.start + scenario.run.warm_up_days;
  MonthShares shares;
  std::vector<GoodCount> counts;
  for (std::size_t k = 0; k < targets.size(); ++k) {
    for (const RunMonth& month : months) {
      counts.clear();
      for (DayNumber day = month.from; day < month.until; ++day) {
        for (const auto& trial : trials)
          counts.push_back(trial[k * days + static_cast<std::size_t>(day - first)]);
      }
      shares.push_back(observe_share(counts, replications.number, DaysAre::neighbours));
    }
  }
  return shares;
}

std::vector<RatioParts> solve_alone(const Scenario& scenario, const MoveEffects& effects,
                                    const std::vector<TargetAt>& targets, std::uint32_t replications,
                                    int threads, const std::function<bool()>& stop) {
  Scenario alone = scenario;
  alone.outages.clear();
  alone.redirect.at_most = 0;
  for (Target& target : alone.targets) target.in = TargetPeriod::whole;
  const Plan plan(alone, StopCheck(&stop));
  std::vector<Promises> promises;  // of each station: its targets in their order, as in `targets`
  std::vector<std::uint8_t> wanted(plan.data().stations.size(), 0);
  for (const StationIndex station : effects.stations()) {
    promises.emplace_back(alone, plan.data(), station);
    if (!promises.back().list().empty()) wanted[station.index()] = 1;
  }
  const auto trials = replicate(replications, threads, [&](std::uint32_t i, const std::stop_token& token) {
    TrialOptions options;
    options.stop = [&stop, token] { return token.stop_requested() || (stop && stop()); };
    CommonCitizens citizens(plan, i, options, wanted);
    std::vector<RatioParts> counts;
    counts.reserve(targets.size());
    for (std::size_t k = 0; k < promises.size(); ++k) {
      const std::size_t number = promises[k].list().size();
      if (number == 0) continue;
      std::vector<RatioParts> of_station(promises[k].counts());
      citizens.solve(effects.stations()[k], {}, promises[k], of_station);
      counts.insert(counts.end(), of_station.begin(),
                    of_station.begin() + static_cast<std::ptrdiff_t>(number));
    }
    PISHKHAN_EXPECT(counts.size() == targets.size());
    return counts;
  });
  std::vector<RatioParts> sums(targets.size());
  for (const std::vector<RatioParts>& trial : trials)
    for (std::size_t t = 0; t < sums.size(); ++t) sums[t] += trial[t];
  return sums;
}

}  // namespace pishkhan
