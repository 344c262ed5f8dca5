#pragma once
#include <cstddef>
#include <cstdint>
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
  /// If there is any: whether one of the marked systems is down at some time, or the line, as above.
  [[nodiscard]] bool concern(std::size_t link, std::span<const std::uint8_t> systems) const;
  /// If there is any: the first time from from_s on at which the system, or the line as above, is down;
  /// kForever if it never is. A moment before counts too, as above.
  [[nodiscard]] double first_from(std::size_t link, std::size_t system, double from_s) const;
  /// If there is any: when the system is down.
  [[nodiscard]] const Intervals& of_system(std::size_t system) const { return system_[system]; }

 private:
  bool any_ = false;
  std::vector<Intervals> system_;  ///< by system
  std::vector<Intervals> line_;    ///< by access link
};

/// What fails on a day, found once for many stations and many ways to staff them.
struct DayOutages {
  std::vector<Switch> switches;  ///< failures and repairs, ordered by time
  DownTimes down;                ///< of these
};

/// Finds, of what fails on a day, what concerns a station's calls: the systems that its visits call, and the
/// line, the power and the county's link of its access link.
class StationSwitches {
 public:
  /// Valid until the next call. `transactions` by service; `outages` null: nothing fails.
  std::span<const Switch> find(const Platform& platform, const JointStation& station,
                               std::span<const Transaction> transactions, const DayOutages* outages);

 private:
  std::vector<std::uint8_t> called_;  ///< by system
  std::vector<Switch> own_;
};

}  // namespace pishkhan
