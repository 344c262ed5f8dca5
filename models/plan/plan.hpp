#pragma once
#include <memory>

#include "models/scenario/scenario.hpp"
#include "sim/base/stop_check.hpp"

namespace pishkhan {

/// A scenario made ready for simulation, after all transfers of clerks; shared by all replications,
/// immutable.
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
  std::unique_ptr<const Scenario> own_;  ///< after transfers of clerks that were still to do
  const Scenario* scenario_;
  std::unique_ptr<const Data> data_;
};

}  // namespace pishkhan
