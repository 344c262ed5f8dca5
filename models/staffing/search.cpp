#include "models/staffing/search.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace pishkhan {

namespace {

/// Numbers that clerks are exchanged between by shift or hour are so near to each other.
constexpr std::size_t kNear = 2;

bool is_near(const StaffingSpace& space, std::size_t a, std::size_t b) {
  const bool in_order_of_time = space.by() == StaffBy::shift || space.by() == StaffBy::hour;
  return !in_order_of_time || (a < b ? b - a : a - b) <= kNear;
}

bool is_cheaper(const StaffingSpace& space, const Staffing& staffing, const Staffing& than) {
  return space.is_allowed(staffing) && space.paid_hours(staffing) < space.paid_hours(than);
}

}  // namespace

std::vector<Staffing> one_clerk_fewer(const StaffingSpace& space, const Staffing& staffing) {
  std::vector<Staffing> list;
  for (std::size_t g = 0; g < staffing.size(); ++g) {
    if (staffing[g] == 0) continue;
    Staffing fewer = staffing;
    --fewer[g];
    if (is_cheaper(space, fewer, staffing)) list.push_back(std::move(fewer));
  }
  return list;
}

std::vector<Staffing> cheaper_neighbours(const StaffingSpace& space, const Staffing& staffing) {
  const std::vector<Staffing> one_fewer = one_clerk_fewer(space, staffing);
  std::set<Staffing> near(one_fewer.begin(), one_fewer.end());
  const auto add = [&](const Staffing& other) {
    if (is_cheaper(space, other, staffing)) near.insert(other);
  };
  const std::size_t groups = staffing.size();
  for (std::size_t g = 0; g < groups; ++g) {
    if (staffing[g] == 0) continue;
    for (std::size_t k = 0; k < groups; ++k) {
      if (k == g || !is_near(space, k, g)) continue;
      Staffing moved = staffing;
      --moved[g];
      ++moved[k];
      add(moved);
      for (std::size_t h = g; h < groups; ++h) {
        if (h == k || moved[h] == 0 || !is_near(space, k, h)) continue;
        Staffing exchanged = moved;
        --exchanged[h];
        add(exchanged);
      }
    }
  }
  return {near.begin(), near.end()};
}

StaffingSearch::StaffingSearch(const StaffingSpace& space, const Staffing& first)
    : space_(space), best_(first.empty() ? space.now() : first) {
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
  if (space_.size() == 1) return next_numbers();
  if (growing_) {
    if (std::vector<Staffing> needed = grow(); !needed.empty()) return needed;
    if (nobody_counted_ || !attainable_) return {};
  }
  return take_away();
}

/// Of one number. Among those known, what counts is the fewest that meet, and the most below that fail.
std::vector<Staffing> StaffingSearch::next_numbers() {
  if (known_.empty()) {
    const int now = best_.front();
    return numbers_between(std::max(0, now - 2), now + 2);
  }
  if (std::none_of(known_.begin(), known_.end(), [](const auto& one) { return one.second.any; })) {
    nobody_counted_ = true;
    return {};
  }
  const auto meets =
      std::find_if(known_.begin(), known_.end(), [](const auto& one) { return one.second.meets; });
  if (meets == known_.end()) {
    best_ = std::prev(meets)->first;
    const Staffing more = grown(best_);
    attainable_ = more != best_;
    return attainable_ ? numbers_between(best_.front(), more.front() + 1) : std::vector<Staffing>{};
  }
  best_ = meets->first;
  return numbers_between(meets == known_.begin() ? 0 : std::prev(meets)->first.front(), best_.front());
}

/// All numbers between the two, if they are few; else some, evenly spread, the last among them.
std::vector<Staffing> StaffingSearch::numbers_between(int fails, int meets) const {
  constexpr int kMostAtOnce = 3;
  const int between = meets - fails - 1, n = std::min(between, kMostAtOnce);
  std::vector<Staffing> numbers;
  for (int k = 1; k <= n; ++k) {
    Staffing number{between <= kMostAtOnce ? fails + k : fails + between * k / n};
    if (!knows(number)) numbers.push_back(std::move(number));
  }
  return numbers;
}

std::vector<Staffing> StaffingSearch::grow() {
  for (;;) {
    if (!knows(best_)) return {best_};
    if (!known_.at(best_).any) {
      nobody_counted_ = true;
      return {};
    }
    if (meets(best_)) break;
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

std::vector<Staffing> StaffingSearch::take_away() {
  for (;;) {
    // The fewest hours first, so that of those that meet the cheapest is taken; one clerk fewer before
    // exchanges, which are many.
    const std::vector<Staffing> one_fewer = one_clerk_fewer(space_, best_),
                                near = cheaper_neighbours(space_, best_);
    std::vector<Staffing> needed;
    const auto is_better = [&](const Staffing& a, const Staffing& b) {
      const double hours_a = space_.paid_hours(a), hours_b = space_.paid_hours(b);
      return hours_a < hours_b || (hours_a == hours_b && known_.at(a).margin > known_.at(b).margin);
    };
    const auto best_of = [&](const std::vector<Staffing>& list) -> const Staffing* {
      const Staffing* best = nullptr;
      for (const Staffing& staffing : list) {
        if (!meets(staffing)) continue;
        if (best == nullptr || is_better(staffing, *best)) best = &staffing;
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
