#include "models/staffing/search.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <set>
#include <utility>

namespace pishkhan {

namespace {

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
      if (k == g) continue;
      Staffing moved = staffing;
      --moved[g];
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
  return {near.begin(), near.end()};
}

StaffingSearch::StaffingSearch(const StaffingSpace& space, const Staffing& first)
    : space_(space), best_(first.empty() ? space.now() : first) {
  // Nobody is let in where nobody is on duty, and who does not come waits for nobody: that keeps no promise.
  if (clerks_of(best_) > 0 && space.is_allowed(best_)) return;
  for (int& clerks : best_) clerks = std::max(clerks, 1);
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

std::vector<Staffing> StaffingSearch::unknown_of(const std::vector<Staffing>& list) const {
  std::vector<Staffing> unknown;
  for (const Staffing& staffing : list)
    if (!knows(staffing)) unknown.push_back(staffing);
  return unknown;
}

/// Of those that meet the one of the fewest hours; of several the one that meets best.
const Staffing* StaffingSearch::best_of(const std::vector<Staffing>& list) const {
  const Staffing* best = nullptr;
  for (const Staffing& staffing : list) {
    if (!meets(staffing)) continue;
    const double hours = space_.paid_hours(staffing);
    const double least = best != nullptr ? space_.paid_hours(*best) : hours;
    if (best == nullptr || hours < least ||
        (hours == least && known_.at(staffing).margin > known_.at(*best).margin))
      best = &staffing;
  }
  return best;
}

/// With one clerk more in one number.
std::vector<Staffing> StaffingSearch::one_clerk_more() const {
  std::vector<Staffing> list;
  for (std::size_t k = 0; k < best_.size(); ++k) ++list.emplace_back(best_)[k];
  return list;
}

/// Exchanges by shift or hour that may keep the promises, of all: those within some hours, where a clerk more
/// may spare several; and those that are the best if the effects of single clerks on the margin add up. These
/// are known.
std::vector<Staffing> StaffingSearch::likely_exchanges() const {
  constexpr std::size_t kWithin = 2, kFarther = 12;
  const double margin = known_.at(best_).margin;
  std::vector<Staffing> likely;
  std::vector<std::pair<double, Staffing>> farther;
  for (Staffing& staffing : cheaper_neighbours(space_, best_)) {
    std::size_t first = staffing.size(), last = 0;
    double sum = margin;
    for (std::size_t k = 0; k < staffing.size(); ++k) {
      const int more = staffing[k] - best_[k];
      if (more == 0) continue;
      first = std::min(first, k);
      last = k;
      Staffing alone = best_;
      alone[k] += more > 0 ? 1 : -1;
      const auto one = known_.find(alone);
      if (one != known_.end()) sum += std::abs(more) * (one->second.margin - margin);
    }
    if (last - first <= kWithin)
      likely.push_back(std::move(staffing));
    else
      farther.emplace_back(-sum, std::move(staffing));
  }
  std::sort(farther.begin(), farther.end());
  farther.resize(std::min(farther.size(), kFarther));
  for (auto& [sum, staffing] : farther) likely.push_back(std::move(staffing));
  return likely;
}

/// One clerk fewer before exchanges, which are many.
std::vector<Staffing> StaffingSearch::take_away() {
  const bool by_time = space_.by() == StaffBy::shift || space_.by() == StaffBy::hour;
  for (;;) {
    const std::vector<Staffing> one_fewer = one_clerk_fewer(space_, best_);
    if (std::vector<Staffing> needed = unknown_of(one_fewer); !needed.empty()) return needed;
    if (const Staffing* better = best_of(one_fewer)) {
      best_ = *better;
      continue;
    }
    std::vector<Staffing> alone;
    if (by_time) alone = unknown_of(one_clerk_more());
    if (!alone.empty()) return alone;
    const std::vector<Staffing> near = by_time ? likely_exchanges() : cheaper_neighbours(space_, best_);
    if (std::vector<Staffing> needed = unknown_of(near); !needed.empty()) return needed;
    const Staffing* better = best_of(near);
    if (better == nullptr) return {};
    best_ = *better;
  }
}

}  // namespace pishkhan
