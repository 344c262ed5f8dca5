#include "models/trial/accounting/todays_returns.hpp"

#include <algorithm>

namespace pishkhan {

void TodaysReturns::begin() {
  for (auto* lists : {&from_, &to_})
    for (auto& list : *lists) list.clear();
}

void TodaysReturns::find(const Day& day, const DecidedStationDay& decided) {
  std::vector<Attempt>& from = from_[decided.station.index()];
  from.clear();
  const StationRunner& runner = decided.runner;
  if (runner.is_shut()) return;
  for (std::size_t i = 0; i < runner.visits().size(); ++i) {
    if (runner.visits().outcome[i] == Outcome::served || decided.was_redirected(runner.attempt(i))) continue;
    if (const std::optional<Attempt> again = follow_up_.later_today(decided.visit(i, day)))
      from.push_back(*again);
  }
}

std::vector<StationIndex> TodaysReturns::bring() {
  std::vector<std::vector<Attempt>> to(to_.size());
  for (const auto& from : from_)
    for (const Attempt& attempt : from) to[attempt.station.index()].push_back(attempt);
  std::vector<StationIndex> changed;
  for (std::size_t s = 0; s < to.size(); ++s) {
    std::sort(to[s].begin(), to[s].end(), [](const Attempt& a, const Attempt& b) {
      return by_citizen(a, b) || (!by_citizen(b, a) && a.number < b.number);
    });
    if (to[s] != to_[s]) changed.emplace_back(s);
  }
  to_.swap(to);
  return changed;
}

}  // namespace pishkhan
