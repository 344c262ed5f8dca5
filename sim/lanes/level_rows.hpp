#pragma once
#include <array>
#include <vector>

#include "sim/lanes/queue_rows.hpp"

namespace pishkhan {

/// How long at least so many waited while the doors were open.
class LevelTimes {
 public:
  /// Of eight days. `closes` is when the doors close.
  void measure(InstructionSet set, const VisitRows& visits, const QueueRows& queue, Tick closes);
  /// Ticks with `level` waiting or more, of all days together; level 1 stands first.
  [[nodiscard]] const std::vector<std::int64_t>& at_least() const { return at_least_; }
  /// Integral of the number waiting, in ticks.
  [[nodiscard]] std::int64_t integral(std::size_t lane) const { return integral_[lane]; }

 private:
  void add_level(const TickRow& ticks);
  void measure_higher_levels(const VisitRows& visits);

  TickRows leaves_;
  std::vector<std::int64_t> at_least_;
  std::array<std::int64_t, kLanes> integral_{};
};

}  // namespace pishkhan
