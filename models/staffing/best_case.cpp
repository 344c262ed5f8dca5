#include "models/staffing/best_case.hpp"

#include <algorithm>
#include <functional>

namespace pishkhan {
namespace {

void start(Visits& visits, std::size_t i, double start_s) {
  visits.leave_s[i] = visits.end_s[i] = start_s;
  visits.outcome[i] = Outcome::served;
  visits.clerk[i] = kNoClerk;
}

}  // namespace

Staffing BestCase::exact_part(const StaffingSet& set) const {
  Staffing part = set.staffing;
  std::fill(part.begin() + static_cast<std::ptrdiff_t>(set.exact), part.end(), 0);
  return part;
}

/// Decides who arrives before the time, and returns how many they are.
std::size_t BestCase::decide_exactly(double until_s, StationIndex station, const StationDay& day,
                                     const DayOutages* outages, Visits& visits) {
  const auto first = visits.arrival_s.begin();
  const auto n = static_cast<std::size_t>(std::lower_bound(first, visits.arrival_s.end(), until_s) - first);
  if (n == 0) return 0;
  if (day.clerks.empty()) {
    for (std::size_t i = 0; i < n; ++i) start(visits, i, until_s);
    return n;
  }
  const auto copy = [n](const auto& from, auto& to) { to.assign(from.begin(), from.begin() + n); };
  copy(visits.arrival_s, exact_.arrival_s);
  copy(visits.human_s, exact_.human_s);
  copy(visits.system_s, exact_.system_s);
  copy(visits.patience_s, exact_.patience_s);
  copy(visits.balk, exact_.balk);
  copy(visits.priority, exact_.priority);
  copy(visits.service, exact_.service);
  exact_.resize(n);
  exact_.asides.clear();
  if (coupled_ != nullptr)
    coupled_->decide_alone(station, day, exact_, outages);
  else
    simulate_station(day, exact_);
  for (std::size_t i = 0; i < n; ++i) {
    const bool at_desk = exact_.outcome[i] == Outcome::served || exact_.outcome[i] == Outcome::failed;
    const bool started = at_desk && exact_.leave_s[i] < until_s;
    start(visits, i, started ? exact_.leave_s[i] : until_s);
  }
  return n;
}

double BestCase::frees_s(const Visits& visits, std::size_t i, double start_s) const {
  if (bounds_ != nullptr) return bounds_->frees_s(visits, i, start_s, space_.speed());
  return start_s + visits.human_s[i] / space_.speed() + visits.system_s[i];
}

/// Decides the visits [begin, end), which arrive in one slot.
void BestCase::decide_slot(int clerks, double until_s, std::size_t begin, std::size_t end, Visits& visits) {
  if (clerks == StaffingSet::kEnough) {
    for (std::size_t i = begin; i < end; ++i) start(visits, i, visits.arrival_s[i]);
    return;
  }
  free_s_.assign(static_cast<std::size_t>(clerks), -kForever);
  for (std::size_t i = begin; i < end; ++i) {
    if (free_s_.empty() || free_s_.front() >= until_s) {
      start(visits, i, until_s);
      continue;
    }
    const double start_s = std::max(visits.arrival_s[i], free_s_.front());
    start(visits, i, start_s);
    std::pop_heap(free_s_.begin(), free_s_.end(), std::greater<>{});
    free_s_.back() = frees_s(visits, i, start_s);
    std::push_heap(free_s_.begin(), free_s_.end(), std::greater<>{});
  }
}

void BestCase::decide(const StaffingSet& set, std::size_t weekday, StationIndex station,
                      const StationDay& day, const DayOutages* outages, std::size_t others,
                      double slowest_call_s, Visits& visits) {
  if (bounds_ != nullptr) bounds_->begin(station, outages, day, visits.size() + others, slowest_call_s);
  const std::vector<WeekHours>& slots = space_.slots();
  double until_s = set.exact == 0 ? -kForever : kForever;
  for (std::size_t slot = set.exact; slot < slots.size() && set.exact > 0; ++slot) {
    if (slots[slot][weekday].empty()) continue;
    until_s = slots[slot][weekday].front().from_s;
    break;
  }
  std::size_t next = decide_exactly(until_s, station, day, outages, visits);
  for (std::size_t slot = set.exact; slot < slots.size(); ++slot) {
    if (slots[slot][weekday].empty()) continue;
    const double ends_s = slots[slot][weekday].back().to_s;
    const std::size_t begin = next;
    while (next < visits.size() && visits.arrival_s[next] < ends_s) ++next;
    decide_slot(set.staffing[slot], ends_s, begin, next, visits);
  }
}

}  // namespace pishkhan
