#include "sim/coupling/concurrency.hpp"

#include <algorithm>
#include <tuple>

namespace pishkhan {
namespace {

/// The greatest number of transactions that have begun and not ended. Sorts the steps.
std::uint32_t most_at_once(std::vector<std::pair<double, int>>& steps) {
  std::sort(steps.begin(), steps.end());
  int now = 0, most = 0;
  for (const auto& [time_s, step] : steps) {
    now -= step;
    most = std::max(most, now);
  }
  return static_cast<std::uint32_t>(most);
}

}  // namespace

std::uint32_t Concurrency::peak(std::span<const SystemStay> stays, std::uint32_t known) {
  if (stays.size() <= known) return known;
  steps_.clear();
  if (stays.size() <= kFewStays)
    for (const SystemStay& stay : stays) add_steps(stay);
  else
    add_steps_above(stays, known);
  return std::max(known, most_at_once(steps_));
}

/// A beginning is -1 and an end 1: so beginnings sort before the ends of the same instant, and both
/// transactions are counted there.
void Concurrency::add_steps(const SystemStay& stay) {
  steps_.push_back({stay.from_s, -1});
  steps_.push_back({stay.to_s, 1});
}

/// A bound for each slot of time: every stay that has an instant in the slot counts for all of it.
void Concurrency::find_bounds(std::span<const SystemStay> stays) {
  double last_s = 0;
  for (const SystemStay& stay : stays) last_s = std::max(last_s, stay.to_s);
  slots_per_second_ = std::min(kSlotsPerSecond, kMostSlots / (last_s + 1));
  // At first bound_ holds the change of the bound from the slot before.
  bound_.assign(slot(last_s) + 2, 0);
  for (const SystemStay& stay : stays) {
    ++bound_[slot(stay.from_s)];
    --bound_[slot(stay.to_s) + 1];
  }
  std::int32_t there = 0;
  for (std::int32_t& bound : bound_) {
    there += bound;
    bound = there;
  }
}

/// Of the stays that have an instant in a slot whose bound is above the limit.
void Concurrency::add_steps_where_above(std::span<const SystemStay> stays, std::int32_t limit) {
  for (const SystemStay& stay : stays) {
    const auto from = bound_.begin() + static_cast<std::ptrdiff_t>(slot(stay.from_s));
    const auto to = bound_.begin() + static_cast<std::ptrdiff_t>(slot(stay.to_s)) + 1;
    if (std::any_of(from, to, [limit](std::int32_t bound) { return bound > limit; })) add_steps(stay);
  }
}

/// Of the stays in slots in which their number may exceed `known`.
void Concurrency::add_steps_above(std::span<const SystemStay> stays, std::uint32_t known) {
  find_bounds(stays);
  const auto greatest = std::max_element(bound_.begin(), bound_.end());
  auto limit = static_cast<std::int32_t>(std::min<std::uint32_t>(known, INT32_MAX));
  if (*greatest <= limit) return;
  // The stays of the busiest slot alone mostly tell the peak, and what is left to count are slots that may
  // have as many.
  const auto busiest = static_cast<std::size_t>(greatest - bound_.begin());
  for (const SystemStay& stay : stays)
    if (slot(stay.from_s) <= busiest && busiest <= slot(stay.to_s)) add_steps(stay);
  limit = std::max(limit, static_cast<std::int32_t>(most_at_once(steps_)) - 1);
  steps_.clear();
  add_steps_where_above(stays, limit);
}

double Concurrency::area_above(std::span<const SystemStay> stays, std::uint32_t level) {
  if (stays.size() <= level) return 0;
  steps_.clear();
  find_bounds(stays);
  add_steps_where_above(stays, static_cast<std::int32_t>(std::min<std::uint32_t>(level, INT32_MAX)));
  std::sort(steps_.begin(), steps_.end());
  double area_s = 0, before_s = 0;
  int now = 0;
  for (const auto& [time_s, step] : steps_) {
    if (const int above = now - static_cast<int>(level); above > 0) area_s += above * (time_s - before_s);
    now -= step;
    before_s = time_s;
  }
  return area_s;
}

std::vector<std::uint32_t> Concurrency::find_above(std::span<const SystemStay> stays, std::uint32_t level) {
  struct Step {
    double time_s;
    bool ends;
    std::uint32_t stay;
    bool operator<(const Step& other) const {
      return std::tie(time_s, ends, stay) < std::tie(other.time_s, other.ends, other.stay);
    }
  };
  std::vector<std::uint32_t> found;
  if (peak(stays, level) <= level) return found;
  std::vector<Step> steps;
  for (std::uint32_t i = 0; i < stays.size(); ++i) {
    steps.push_back({stays[i].from_s, false, i});
    steps.push_back({stays[i].to_s, true, i});
  }
  std::sort(steps.begin(), steps.end());
  std::vector<std::uint32_t> not_found;  // of those present: never more than the level
  std::size_t present = 0;
  for (const Step& step : steps) {
    if (step.ends) {
      --present;
      std::erase(not_found, step.stay);
      continue;
    }
    ++present;
    not_found.push_back(step.stay);
    if (present > level) {
      found.insert(found.end(), not_found.begin(), not_found.end());
      not_found.clear();
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace pishkhan
