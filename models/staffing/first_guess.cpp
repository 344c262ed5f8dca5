#include "models/staffing/first_guess.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stop_token>

#include "models/plan/plan_data.hpp"
#include "models/staffing/common_citizens.hpp"
#include "models/theory/multi_server.hpp"
#include "sim/experiment/replicate.hpp"

namespace pishkhan {
namespace {

/// What was seen of a station in a replication, if everybody started at once.
struct AtOnce {
  std::vector<double> inside_s, open_s;  ///< by slot: of all citizens, and of the slot itself
  double handling_s = 0;
  std::size_t visits = 0;
};

double common_s(const Intervals& intervals, double from_s, double to_s) {
  double seconds = 0;
  for (const Interval& one : intervals)
    seconds += std::max(0.0, std::min(to_s, one.to_s) - std::max(from_s, one.from_s));
  return seconds;
}

void add(const StaffingSpace& space, const Day& day, const Visits& visits, AtOnce& sums) {
  const std::vector<WeekHours>& slots = space.slots();
  sums.inside_s.resize(slots.size());
  sums.open_s.resize(slots.size());
  for (std::size_t k = 0; k < slots.size(); ++k)
    sums.open_s[k] += common_s(slots[k][day.weekday], -kForever, kForever);
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const double handling_s = visits.human_s[i] / space.speed() + visits.system_s[i];
    const double from_s = visits.arrival_s[i];
    sums.handling_s += handling_s;
    ++sums.visits;
    for (std::size_t k = 0; k < slots.size(); ++k)
      sums.inside_s[k] += common_s(slots[k][day.weekday], from_s, from_s + handling_s);
  }
}

bool has_guess(const StaffingSpace& space) {
  return space.can_vary() && (space.by() == StaffBy::hour || space.by() == StaffBy::shift);
}

}  // namespace

int guess_clerks(double load, double handling_s, const std::vector<Target>& targets) {
  if (!(load > 0)) return 0;
  int clerks = 0;
  for (const Target& target : targets) {
    if (!target.is_in_time()) continue;
    // What is asked for nearly always is asked for often here: it is a first guess.
    const double may_wait = std::max(1 - target.goal, 1e-3);
    int enough = static_cast<int>(std::floor(load)) + 1;
    while (theory::erlang_c(enough, load) * std::exp(-(enough - load) * target.within_s / handling_s) >
           may_wait)
      ++enough;
    clerks = std::max(clerks, enough);
  }
  return clerks > 0 ? clerks : static_cast<int>(std::ceil(load + std::sqrt(load)));
}

std::vector<Staffing> first_guesses(const Plan& plan, const StaffedStations& stations,
                                    std::uint32_t replications, int threads,
                                    const std::function<bool()>& stop) {
  const std::size_t n = stations.spaces.size();
  std::vector<Staffing> guesses(n);
  std::vector<std::uint8_t> wanted(n, 0);
  for (std::size_t s = 0; s < n; ++s)
    wanted[s] = has_guess(stations.spaces[s]) && !stations.promises[s].list().empty();
  if (std::find(wanted.begin(), wanted.end(), 1) == wanted.end()) return guesses;
  std::vector<std::vector<AtOnce>> seen(replications, std::vector<AtOnce>(n));
  run_tasks(replications, threads, [&](std::uint32_t i, const std::stop_token& token) {
    TrialOptions options;
    options.stop = [&stop, token] { return token.stop_requested() || (stop && stop()); };
    CommonCitizens citizens(plan, i, options, wanted);
    for (std::size_t s = 0; s < n; ++s) {
      if (wanted[s] == 0) continue;
      const StaffingSpace& space = stations.spaces[s];
      citizens.solve(StationIndex(s), space, {Staffing(space.slots().size(), StaffingSet::kEnough), 0},
                     [&](const Day& day, const Visits& visits) { add(space, day, visits, seen[i][s]); });
    }
  });
  for (std::size_t s = 0; s < n; ++s) {
    if (wanted[s] == 0) continue;
    AtOnce all;
    all.inside_s.resize(stations.spaces[s].slots().size());
    all.open_s = all.inside_s;
    for (const std::vector<AtOnce>& one : seen) {
      all.handling_s += one[s].handling_s;
      all.visits += one[s].visits;
      for (std::size_t k = 0; k < one[s].inside_s.size(); ++k) {
        all.inside_s[k] += one[s].inside_s[k];
        all.open_s[k] += one[s].open_s[k];
      }
    }
    if (all.visits == 0) continue;
    std::vector<Target> targets;
    for (const Promise& promise : stations.promises[s].list())
      targets.push_back(plan.scenario().targets[promise.target]);
    const double handling_s = all.handling_s / static_cast<double>(all.visits);
    Staffing& guess = guesses[s];
    for (std::size_t k = 0; k < all.inside_s.size(); ++k) {
      const double load = all.open_s[k] > 0 ? all.inside_s[k] / all.open_s[k] : 0;
      guess.push_back(guess_clerks(load, handling_s, targets));
    }
    if (!stations.spaces[s].is_allowed(guess)) guess.clear();
  }
  return guesses;
}

}  // namespace pishkhan
