#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/statistics/share_tests.hpp"

namespace pishkhan {

/// A target that a station has to meet in one period.
struct Promise {
  std::size_t target = 0;  ///< index in Scenario::targets
  std::string period;      ///< `whole`, a month, a date, the number of a shift, or an hour, as in `targets`
};

/// What is promised at a station: every target that it has, in every period.
class Promises {
 public:
  Promises(const Scenario& scenario, const Plan::Data& data, StationIndex station);

  [[nodiscard]] const std::vector<Promise>& list() const { return list_; }
  /// Adds the decided visits of a counted day to counts[promise].
  void count(const Day& day, const Visits& visits, std::span<GoodCount> counts) const;

 private:
  const Scenario& scenario_;
  const Plan::Data& data_;
  StationIndex station_;
  std::vector<Promise> list_;
  std::vector<std::size_t> first_;  ///< of the list, by target; SIZE_MAX: not at the station
  std::vector<std::vector<std::size_t>>
      period_;  ///< by target, then counted day: its period, of those of days
};

/// What was seen of a staffing: [replication * promises + promise].
struct StaffingCounts {
  std::size_t promises = 0;
  std::vector<GoodCount> counts;
  std::size_t station_days = 0;  ///< days with visits, over all replications
};

/// What the counts say of a station's promises together. Promises of which nobody was counted say nothing.
struct PromiseTests {
  bool any = false;         ///< somebody was counted
  bool meets = true;        ///< no share is below its goal
  double p_met = 1;         ///< of the test that all are met, against that one is not: the largest of all
  double p_missed = 1;      ///< that one is missed, against that all are met: the least of all, by Bonferroni
  double margin = 0;        ///< share of the hardest less its goal
  std::size_t hardest = 0;  ///< the promise whose share is least above its goal
  Estimate share{kNan, kNan};  ///< of the hardest, with its 95% interval
};
/// Replications alone count as independent.
PromiseTests test_promises(const Scenario& scenario, const Promises& promises, const StaffingCounts& seen);

}  // namespace pishkhan
