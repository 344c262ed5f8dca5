#pragma once
#include "sim/backbone/backbone.hpp"
#include "sim/queues/schedule.hpp"

namespace pishkhan {

/// Every transaction takes its unloaded time (unloaded() in platform.hpp), whatever else is in
/// flight: it ends exactly at start + total_s(). Systems have as many cores as they need, so
/// set_cores changes nothing but the tallies; outages are felt as everywhere.
class IdealBackbone final : public Backbone {
 public:
  explicit IdealBackbone(Platform platform) : Backbone(std::move(platform)) {}

 private:
  void begin(std::uint32_t slot, double time_s) override;
  double find_next_s() override { return schedule_.first_s(); }
  void run(double until_s) override;
  void drop(std::span<const std::uint32_t> slots, double time_s) override;

  Schedule schedule_;  ///< by slot: end of the current phase
  std::vector<UnloadedTimes> times_;
};

}  // namespace pishkhan
