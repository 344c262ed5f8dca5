#include "models/planning/held_targets.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "models/planning/moved_scenario.hpp"
#include "models/planning/whole_runs.hpp"
#include "sim/statistics/share_tests.hpp"

namespace pishkhan {
namespace {

/// A plan leaves so many standard errors of a proof more than its tests need, since of many stations some
/// have bad luck; what is seen of it in the search may use up a part.
constexpr double kReserve = 3, kLeastReserve = 1;

}  // namespace

HeldTargets::HeldTargets(const Scenario& scenario, const MoveEffects& effects)
    : effects_(effects),
      by_month_(scenario),
      months_(effects.months().size()),
      targets_(targets_at(scenario, effects)) {
  for (Target& target : by_month_.targets) target.in = TargetPeriod::month;
  for (const RunMonth& month : effects.months()) {
    for (std::size_t k = 0; k < effects.stations().size(); ++k)
      days_a_month_ = std::max(days_a_month_, effects.open_days(k, month.from, month.until));
  }
  first_.assign(effects.stations().size() + 1, targets_.size());
  for (std::size_t t = targets_.size(); t-- > 0;) first_[station(t)] = t;
  for (std::size_t k = effects.stations().size(); k-- > 0;) first_[k] = std::min(first_[k], first_[k + 1]);
}

std::uint32_t HeldTargets::replications_for(std::size_t days, std::size_t fewest) const {
  const double needed = std::ceil(static_cast<double>(days) / days_a_month_);
  return static_cast<std::uint32_t>(std::max(needed, static_cast<double>(fewest)));
}

std::vector<std::size_t> HeldTargets::targets_of(const std::set<std::size_t>& stations) const {
  std::vector<std::size_t> targets;
  for (const std::size_t k : stations)
    for (std::size_t t = first_[k]; t < first_[k + 1]; ++t) targets.push_back(t);
  return targets;
}

std::uint32_t HeldTargets::look(std::uint32_t few, std::uint32_t many, double let_off_level,
                                double proof_level, const LookOptions& options) {
  const auto tell = [&](const std::string& what) {
    if (options.tell) options.tell(what);
  };
  tell("looking at the scenario without moves");
  const Moves none{std::vector<std::optional<std::size_t>>(effects_.items().size()),
                   std::vector<int>(effects_.stations().size() * effects_.rules().waves.size(), 0)};
  WholeRuns runs(moved_scenario(by_month_, effects_, none), targets_, effects_.months());
  std::vector<std::size_t> all(targets_.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  runs.add(few, all, options.threads, options.stop);
  std::set<std::size_t> low;
  const auto is_low = [&](std::size_t t, std::size_t m) {
    const ObservedShare& share = runs.shares()[cell(t, m)];
    return share.counted > 0 && is_below_goal(share.mean, 1, goal(t));
  };
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    for (std::size_t m = 0; m < months_; ++m)
      if (is_low(t, m)) low.insert(station(t));
  }
  if (!low.empty() && few < many) {
    tell("looking closer at " + std::to_string(low.size()) + " stations that miss targets without moves");
    runs.add(many - few, targets_of(low), options.threads, options.stop);
  }
  std::vector<double> p_missed;
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    for (std::size_t m = 0; m < months_; ++m)
      p_missed.push_back(is_low(t, m) ? test_share(runs.shares()[cell(t, m)], goal(t)).p_missed : 1);
  }
  let_off_ = rejected_by_holm(p_missed, let_off_level);
  without_moves_ = runs.shares();
  proof_level_ = proof_level;
  find_margins(many);
  return runs.replications();
}

void HeldTargets::find_margins(std::uint32_t many) {
  const double tests = 2 * static_cast<double>(std::max<std::size_t>(effects_.stations().size(), 1));
  // Replications alone are independent, so a test of few takes Student's t.
  const double needed = student_t_above(many - 1, proof_level_ / tests), errors = needed + kReserve;
  least_part_ = (needed + kLeastReserve) / errors;
  margin_.clear();
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    for (std::size_t m = 0; m < months_; ++m) {
      const ObservedShare& share = without_moves_[cell(t, m)];
      const RunMonth& month = effects_.months()[m];
      const double days = many * effects_.open_days(station(t), month.from, month.until);
      const double effect = share.design_effect >= 1 ? share.design_effect : 1;
      const double more = many / static_cast<double>(std::max<std::size_t>(share.replications, 1));
      // With moves there is a visit a day at least.
      const double effective = std::max({share.counted * more / effect, days, 1.0});
      margin_.push_back(errors * std::sqrt(goal(t) * (1 - goal(t)) / effective));
    }
  }
}

}  // namespace pishkhan
