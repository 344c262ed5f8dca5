#include "models/staffing/under_assumptions.hpp"

#include <algorithm>
#include <climits>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "models/plan/plan.hpp"
#include "models/plan/plan_data.hpp"
#include "models/staffing/common_citizens.hpp"
#include "models/staffing/promises.hpp"
#include "models/staffing/staffing_space.hpp"
#include "models/trial/run_trial.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/stop_check.hpp"
#include "sim/experiment/replicate.hpp"

namespace pishkhan {
namespace {

/// Stands for more clerks than there are citizens on any day.
constexpr int kNoNumber = INT_MAX;
/// Numbers of clerks that are tried one after the other for a share of the points; beyond, none is named.
constexpr int kMostRobustTries = 8;

std::uint64_t assumption_seed(const Scenario& scenario) { return scenario.run.seed + 2'000'000; }

/// What is seen of a station at a point.
struct SeenAtPoint {
  bool counted = false;       ///< somebody was
  int needed = kNoNumber;     ///< the fewest clerks found that keep the promises
  std::map<int, bool> keeps;  ///< by clerks
};

/// A set of assumptions with its citizens: asks for any station whether so many clerks keep its promises.
class Point {
 public:
  Point(const Scenario& scenario, std::uint32_t replications, const std::vector<std::uint8_t>& wanted,
        std::function<bool()> stop)
      : scenario_(scenario), stop_(std::move(stop)), plan_(scenario_, StopCheck(&stop_)) {
    options_.stop = stop_;
    for (std::uint32_t i = 0; i < replications; ++i)
      citizens_.push_back(std::make_unique<CommonCitizens>(plan_, i, options_, wanted));
  }

  /// Solves the station with so many clerks, unless that is known.
  bool keeps(std::size_t station, int clerks, SeenAtPoint& seen);
  /// Looks for the fewest clerks that keep the promises, from a number near them.
  void search(std::size_t station, int near, SeenAtPoint& seen);

 private:
  [[nodiscard]] int most_useful(std::size_t station) const;

  const Scenario& scenario_;
  std::function<bool()> stop_;
  TrialOptions options_;
  Plan plan_;
  std::vector<std::unique_ptr<CommonCitizens>> citizens_;
};

bool Point::keeps(std::size_t station, int clerks, SeenAtPoint& seen) {
  if (const auto known = seen.keeps.find(clerks); known != seen.keeps.end()) return known->second;
  const StationIndex index(station);
  const Promises promises(scenario_, plan_.data(), index);
  const StaffingSpace space(scenario_, plan_.data(), index);
  std::vector<RatioParts> sums(promises.counts());
  for (const auto& one : citizens_) one->solve(index, space, {{clerks}}, promises, sums);
  const std::optional<bool> kept = keeps_promises(scenario_, promises, sums);
  seen.counted |= kept.has_value();
  return seen.keeps[clerks] = kept.value_or(true);
}

int Point::most_useful(std::size_t station) const {
  std::size_t most = 1;
  for (const auto& one : citizens_) most = std::max(most, one->most_citizens(StationIndex(station)));
  return static_cast<int>(most);
}

/// Steps that double lead to a number that fails below one that keeps them; those between are halved.
void Point::search(std::size_t station, int near, SeenAtPoint& seen) {
  int fails = 0, keeps_them = kNoNumber;
  const auto try_number = [&](int clerks) { (keeps(station, clerks, seen) ? keeps_them : fails) = clerks; };
  try_number(near);
  if (!seen.counted) return;
  const int most = std::max(most_useful(station), near);
  for (int step = 1; keeps_them == kNoNumber && fails < most; step *= 2)
    try_number(std::min(fails + step, most));
  if (keeps_them == kNoNumber) return;
  for (int step = 1; fails == 0 && keeps_them > 1; step *= 2) try_number(std::max(keeps_them - step, 1));
  while (keeps_them - fails > 1) try_number(fails + (keeps_them - fails) / 2);
  seen.needed = keeps_them;
}

/// What is wrong only with the numbers of a point, not with the scenario's own.
UserError at_point(const UserError& error, std::size_t point) {
  std::vector<Diagnostic> mistakes = error.diagnostics();
  for (Diagnostic& one : mistakes) {
    one.problem += ", at point " + std::to_string(point) + " of the sets of assumptions";
    one.hint += (one.hint.empty() ? "" : "; or ") + std::string("narrow the range in the table of evidence");
  }
  return UserError(std::move(mistakes));
}

class Repeater {
 public:
  Repeater(const Scenario& scenario, const StaffingResult& staffed, const AssumptionOptions& options);
  StaffingUnderAssumptions repeat();

 private:
  template <class Solve>
  void at_every_point(const std::vector<std::uint8_t>& wanted, Solve solve);
  void find_robust();
  [[nodiscard]] std::size_t kept_at(std::size_t station, int clerks) const;
  void sum_up();
  /// Nobody is let in where nobody is on duty: one clerk is the fewest that are tried.
  [[nodiscard]] int clerks_found(std::size_t station) const {
    return std::max(staffed_.stations[station].clerks_needed, 1);
  }

  Scenario scenario_;  ///< with other citizens
  const StaffingResult& staffed_;
  const AssumptionOptions& options_;
  std::vector<std::uint8_t> wanted_;            ///< by station
  std::vector<std::vector<SeenAtPoint>> seen_;  ///< [point][station]
  StaffingUnderAssumptions result_;
};

Repeater::Repeater(const Scenario& scenario, const StaffingResult& staffed, const AssumptionOptions& options)
    : scenario_(scenario), staffed_(staffed), options_(options) {
  result_.drawn = draw_assumption_points(scenario, options.points);
  result_.robust = options.robust;
  result_.seed = scenario_.run.seed = assumption_seed(scenario);
  int days = 0;
  for (int k = scenario.run.warm_up_days; k < scenario.run.days; ++k)
    days += !is_holiday(scenario, day_of_run(scenario, k));
  const auto a_replication = static_cast<std::size_t>(std::max(days, 1));
  result_.replications =
      static_cast<std::uint32_t>((options.station_days + a_replication - 1) / a_replication);
  for (const StationStaffing& station : staffed.stations) {
    wanted_.push_back(station.proof != StaffingProof::not_varied &&
                      station.proof != StaffingProof::nobody_comes);
    result_.stations.emplace_back().station = station.station;
  }
  seen_.assign(options.points, std::vector<SeenAtPoint>(wanted_.size()));
}

/// solve(point, station, seen) for all wanted stations, the points in parallel.
template <class Solve>
void Repeater::at_every_point(const std::vector<std::uint8_t>& wanted, Solve solve) {
  run_tasks(static_cast<std::uint32_t>(options_.points), options_.threads,
            [&](std::uint32_t p, const std::stop_token& token) {
              const auto stop = [&] { return token.stop_requested() || (options_.stop && options_.stop()); };
              const Scenario varied = at_assumption_point(scenario_, result_.drawn, p);
              try {
                Point point(varied, result_.replications, wanted, stop);
                for (std::size_t s = 0; s < wanted.size(); ++s)
                  if (wanted[s] != 0) solve(point, s, seen_[p][s]);
              } catch (const UserError& error) {
                throw at_point(error, p);
              }
            });
}

std::size_t Repeater::kept_at(std::size_t station, int clerks) const {
  std::size_t points = 0;
  for (const auto& point : seen_) {
    const auto known = point[station].keeps.find(clerks);
    points += point[station].counted && known != point[station].keeps.end() && known->second;
  }
  return points;
}

/// A number that suffices at the share of points by what each needs is tried at all points; where patience
/// makes it fall short, the next is.
void Repeater::find_robust() {
  std::vector<std::size_t> goal(wanted_.size());
  std::vector<int> tried(wanted_.size(), kNoNumber);
  std::vector<std::uint8_t> open(wanted_.size(), 0);
  for (std::size_t s = 0; s < wanted_.size(); ++s) {
    std::vector<int> needed;
    for (const auto& point : seen_)
      if (point[s].counted) needed.push_back(point[s].needed);
    if (needed.empty()) continue;
    std::sort(needed.begin(), needed.end());
    constexpr double kRounding = 1e-9;
    goal[s] = static_cast<std::size_t>(
        std::ceil(*options_.robust * static_cast<double>(needed.size()) - kRounding));
    goal[s] = std::max<std::size_t>(goal[s], 1);
    if (needed[goal[s] - 1] == kNoNumber) continue;
    tried[s] = std::max(needed[goal[s] - 1], clerks_found(s));
    open[s] = 1;
  }
  for (int k = 0; k < kMostRobustTries && std::find(open.begin(), open.end(), 1) != open.end(); ++k) {
    at_every_point(open,
                   [&](Point& point, std::size_t s, SeenAtPoint& seen) { point.keeps(s, tried[s], seen); });
    for (std::size_t s = 0; s < open.size(); ++s) {
      if (open[s] == 0) continue;
      open[s] = kept_at(s, tried[s]) < goal[s];
      if (open[s] != 0) {
        ++tried[s];
        continue;
      }
      result_.stations[s].robust = tried[s];
      result_.stations[s].robust_met = kept_at(s, tried[s]);
    }
  }
}

void Repeater::sum_up() {
  for (std::size_t s = 0; s < wanted_.size(); ++s) {
    StationUnderAssumptions& station = result_.stations[s];
    std::vector<int> needed;
    for (const auto& point : seen_)
      if (point[s].counted) needed.push_back(point[s].needed);
    station.points = needed.size();
    if (needed.empty()) continue;
    std::sort(needed.begin(), needed.end());
    const auto number = [](int clerks) { return clerks == kNoNumber ? std::nullopt : std::optional(clerks); };
    station.met = kept_at(s, clerks_found(s));
    station.low = number(needed.front());
    station.middle = number(needed[(needed.size() - 1) / 2]);
    station.high = number(needed.back());
    station.unattainable = static_cast<std::size_t>(std::count(needed.begin(), needed.end(), kNoNumber));
  }
  for (const auto& point : seen_) {
    StaffingAtPoint& sum = result_.points.emplace_back();
    for (std::size_t s = 0; s < wanted_.size(); ++s) {
      if (!point[s].counted) continue;
      ++sum.stations;
      sum.met += point[s].keeps.at(clerks_found(s));
      if (point[s].needed == kNoNumber)
        ++sum.unattainable;
      else
        sum.clerks += static_cast<std::size_t>(point[s].needed);
    }
  }
}

StaffingUnderAssumptions Repeater::repeat() {
  at_every_point(wanted_, [&](Point& point, std::size_t s, SeenAtPoint& seen) {
    point.search(s, clerks_found(s), seen);
  });
  if (options_.robust) find_robust();
  sum_up();
  return std::move(result_);
}

}  // namespace

StaffingUnderAssumptions staff_under_assumptions(const Scenario& scenario, const StaffingResult& staffed,
                                                 const AssumptionOptions& options) {
  return Repeater(scenario, staffed, options).repeat();
}

}  // namespace pishkhan
