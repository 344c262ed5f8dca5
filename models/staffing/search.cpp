#include "models/staffing/search.hpp"

#include <algorithm>
#include <numeric>

namespace pishkhan {
namespace {

int clerks_of(const Staffing& staffing) { return std::accumulate(staffing.begin(), staffing.end(), 0); }

}  // namespace

StaffingSearch::StaffingSearch(const StaffingSpace& space, int most)
    : space_(space), most_(std::max(most, 1)), best_(space.now()) {
  // Nobody is let in where nobody is on duty, and who does not come waits for nobody: that keeps no promise.
  if (clerks_of(best_) == 0) std::fill(best_.begin(), best_.end(), 1);
}

Staffing StaffingSearch::grown(const Staffing& staffing) const {
  Staffing more = staffing;
  for (int& clerks : more) clerks = std::max(clerks, std::min(most_, std::max(clerks + 1, clerks * 3 / 2)));
  return more;
}

std::vector<Staffing> StaffingSearch::next() {
  if (nobody_counted_ || !attainable_) return {};
  if (growing_) {
    if (std::vector<Staffing> needed = grow(); !needed.empty()) return needed;
    if (nobody_counted_ || !attainable_) return {};
  }
  return space_.size() == 1 ? halve() : take_away();
}

std::vector<Staffing> StaffingSearch::grow() {
  for (;;) {
    if (!knows(best_)) return {best_};
    if (!known_.at(best_).any) {
      nobody_counted_ = true;
      return {};
    }
    if (meets(best_)) break;
    fails_ = std::max(fails_, best_.front());
    const Staffing more = grown(best_);
    if (more == best_) {
      attainable_ = false;
      return {};
    }
    best_ = more;
  }
  growing_ = false;
  return {};
}

std::vector<Staffing> StaffingSearch::halve() {
  while (best_.front() - fails_ > 1) {
    const Staffing middle{fails_ + (best_.front() - fails_) / 2};
    if (!knows(middle)) return {middle};
    if (meets(middle))
      best_ = middle;
    else
      fails_ = middle.front();
  }
  return {};
}

/// Staffings of fewer paid hours next to the best: one clerk fewer; then exchanges.
std::vector<Staffing> StaffingSearch::cheaper_near() const {
  std::vector<Staffing> near;
  const double hours = space_.paid_hours(best_);
  const auto add = [&](const Staffing& staffing) {
    if (clerks_of(staffing) > 0 && space_.paid_hours(staffing) < hours &&
        std::find(near.begin(), near.end(), staffing) == near.end())
      near.push_back(staffing);
  };
  const std::size_t groups = best_.size();
  for (std::size_t g = 0; g < groups; ++g) {
    if (best_[g] == 0) continue;
    Staffing fewer = best_;
    --fewer[g];
    add(fewer);
    for (std::size_t k = 0; k < groups; ++k) {
      if (k == g) continue;
      Staffing moved = fewer;
      ++moved[k];
      add(moved);
      for (std::size_t h = g; h < groups; ++h) {
        if (h == k || moved[h] == 0) continue;
        Staffing exchanged = moved;
        --exchanged[h];
        add(exchanged);
      }
    }
  }
  return near;
}

std::vector<Staffing> StaffingSearch::take_away() {
  for (;;) {
    std::vector<Staffing> near = cheaper_near();
    // The fewest hours first, so that of those that meet the cheapest is taken; one clerk fewer before
    // exchanges, which are many.
    std::vector<Staffing> one_fewer, needed;
    for (const Staffing& staffing : near)
      if (clerks_of(staffing) < clerks_of(best_)) one_fewer.push_back(staffing);
    const auto best_of = [&](const std::vector<Staffing>& list) -> const Staffing* {
      const Staffing* best = nullptr;
      for (const Staffing& staffing : list) {
        if (!meets(staffing)) continue;
        if (best == nullptr || space_.paid_hours(staffing) < space_.paid_hours(*best)) best = &staffing;
      }
      return best;
    };
    const auto unknown_of = [&](const std::vector<Staffing>& list) {
      std::vector<Staffing> unknown;
      for (const Staffing& staffing : list)
        if (!knows(staffing)) unknown.push_back(staffing);
      return unknown;
    };
    for (const std::vector<Staffing>* list : {&one_fewer, &near}) {
      if (needed = unknown_of(*list); !needed.empty()) return needed;
      if (const Staffing* better = best_of(*list)) {
        best_ = *better;
        break;
      }
      if (list == &near) return {};
    }
  }
}

}  // namespace pishkhan
