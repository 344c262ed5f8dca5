#pragma once
#include <memory>

#include "models/scenario/scenario.hpp"
#include "sim/base/stop_check.hpp"

namespace pishkhan {

/// A scenario made ready for simulation; shared by all replications, immutable.
class Plan {
 public:
  /// Throws Interrupted when told to stop.
  explicit Plan(const Scenario& scenario, StopCheck stop = {});
  ~Plan();
  Plan(Plan&&) noexcept;
  Plan& operator=(Plan&&) noexcept;
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  [[nodiscard]] const Scenario& scenario() const { return *scenario_; }
  struct Data;
  [[nodiscard]] const Data& data() const { return *data_; }

 private:
  const Scenario* scenario_;
  std::unique_ptr<const Data> data_;
};

}  // namespace pishkhan
