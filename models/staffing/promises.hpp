#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/accounting/target_counter.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/statistics/estimate.hpp"
#include "sim/statistics/ratio_verdict.hpp"

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
  /// How many count() fills: the promises, then what is shown of every staffing, whatever is promised: over
  /// all counted days together, visits that start within the service level's time, and seconds of wait, each
  /// over those who joined.
  [[nodiscard]] std::size_t counts() const { return list_.size() + 2; }
  /// Whether count() needs the clerk time of the day.
  [[nodiscard]] bool need_clerk_time() const { return need_clerk_time_; }
  /// Adds a counted day with its decided visits.
  void count(const Day& day, const Visits& visits, const ClerkTime& time, std::span<RatioParts> counts) const;

 private:
  const Scenario& scenario_;
  const Plan::Data& data_;
  StationIndex station_;
  bool need_clerk_time_ = false;
  std::vector<Promise> list_;
  std::vector<std::size_t> first_;  ///< of the list, by target; SIZE_MAX: not at the station
  std::vector<std::size_t> slots_;  ///< by target: into how many periods a day is parted
  std::vector<std::vector<std::size_t>>
      period_;  ///< by target, then counted day: its period, of those of days
};

/// What was seen of a staffing: [replication * promises + promise]. Of a target that counts visits, the good
/// ones over all.
struct StaffingCounts {
  std::size_t promises = 0;
  std::vector<RatioParts> counts;  ///< without what is shown beside
  std::size_t station_days = 0;    ///< days with visits, over all replications
};

/// What the counts say of a station's promises together. Promises of which nobody was counted say nothing.
struct PromiseTests {
  bool any = false;     ///< somebody was counted
  bool meets = true;    ///< no value is on the wrong side of its goal
  double p_met = 1;     ///< of the test that all are met, against that one is not: the largest of all
  double p_missed = 1;  ///< that one is missed, against that all are met: the least of all, by Bonferroni
  /// The promise of which the least is left of what its target allows.
  std::size_t hardest = 0;
  double margin = kNan;        ///< of the hardest: margin_of its value
  Estimate value{kNan, kNan};  ///< of the hardest, with its 95% interval
};
/// How far a value is on the good side of its goal: of shares the difference, of times as a share of the
/// goal.
double margin_of(const Target& target, double value);
/// Replications alone count as independent. A target that counts visits is tested by test_share, others by
/// test_ratio.
PromiseTests test_promises(const Scenario& scenario, const Promises& promises, const StaffingCounts& seen);

/// Whether every promise's value is on the good side of its goal; `sums`, as Promises::count fills them, of
/// all replications. Nothing where nobody was counted.
std::optional<bool> keeps_promises(const Scenario& scenario, const Promises& promises,
                                   std::span<const RatioParts> sums);

}  // namespace pishkhan
