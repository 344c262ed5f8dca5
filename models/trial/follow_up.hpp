#pragma once
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/attempt.hpp"
#include "models/trial/trial_result.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// What becomes of citizens after a visit: done, lost, or on the way back.
class FollowUp {
 public:
  /// `citizens` as in TrialResult, at the same place for as long as this lives.
  FollowUp(const Scenario& scenario, const Plan::Data& data, DrawKey key, std::vector<CitizenTally>& citizens)
      : scenario_(scenario), data_(data), key_(key), citizens_(citizens) {}

  /// Null for a citizen of the warm-up days, who is not counted.
  [[nodiscard]] CitizenTally* cell(const Attempt& guest);
  void lose(const Attempt& guest) {
    if (auto* tally = cell(guest)) ++tally->lost;
  }
  /// Who was not served returns to the office of their choice, who lacked papers where they were handled.
  void after_visit(const Attempt& guest, Outcome outcome, bool reworked, std::uint32_t first_office,
                   std::vector<Attempt>& pending);

 private:
  [[nodiscard]] bool returns(const Attempt& guest) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  std::vector<CitizenTally>& citizens_;
};

}  // namespace pishkhan
