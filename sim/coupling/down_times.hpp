#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "sim/backbone/platform.hpp"
#include "sim/base/time.hpp"
#include "sim/coupling/joint_day.hpp"

namespace pishkhan {

/// When systems and lines are down on a day.
class DownTimes {
 public:
  /// `switches`: failures and repairs, ordered by time.
  void set(const Platform& platform, std::span<const Switch> switches);
  [[nodiscard]] bool any() const { return any_; }
  /// If there is any: whether the system, or the line of the access link, its power or its county's link is
  /// down at some time of a call from from_s to to_s. What only touches in time counts too, so that rounding
  /// does not matter.
  [[nodiscard]] bool meet(std::size_t link, std::size_t system, double from_s, double to_s) const;

 private:
  bool any_ = false;
  std::vector<Intervals> system_;  ///< by system
  std::vector<Intervals> line_;    ///< by access link
};

}  // namespace pishkhan
