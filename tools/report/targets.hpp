#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/statistics/verdict.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan {

/// One station, in one period, against one target.
struct TargetResult {
  std::size_t target;   ///< index in Scenario::targets
  std::size_t station;  ///< offices before counters; or of the bare stations
  std::string period;   ///< `whole`, a month, a date, the number of a shift, or an hour
  double counted;       ///< a replication: visits; of utilization, clerk seconds on shift; of overtime, days
  Judgement judgement;
  /// Days of the period on which the target was missed / those on which somebody was counted; no estimate in
  /// an unbroken run.
  Estimate missed_days;
};

/// By target, then station, then period. Where nobody was counted there is nothing to judge and no result.
std::vector<TargetResult> judge_targets(const Results& results);
/// The same, judged once: valid as long as the results. From any thread.
const std::vector<TargetResult>& judged_targets(const Results& results);

std::string_view to_string(TargetPeriod period);
std::string_view to_string(TargetKind kind);
/// Of a target's value and goal, as tables say it: `share` or `s`.
std::string_view unit_of(const Target& target);
std::string_view to_string(Verdict verdict);

/// Of fewer replications, how many would decide is not told for many stations together: it says too little.
inline constexpr std::size_t kFewestToTellNeeded = 5;

/// How many stations and periods got each verdict.
struct VerdictCounts {
  std::array<std::size_t, 4> of{};  ///< index as Verdict
  /// Replications that would decide half of the undecided; without a value more than
  /// kMostReplicationsNeeded, or none are undecided, or the run has fewer than kFewestToTellNeeded.
  std::optional<int> replications_needed;

  [[nodiscard]] std::size_t operator[](Verdict verdict) const {
    return of[static_cast<std::size_t>(verdict)];
  }
  [[nodiscard]] std::size_t all() const { return of[0] + of[1] + of[2] + of[3]; }
};

/// The counts of one target at a kind of stations.
struct TargetSummary {
  std::size_t target;
  std::string_view stations;  ///< `offices`, `counters`, or `stations`
  VerdictCounts counts;
  Estimate missed_days;  ///< as TargetResult::missed_days, of all these stations together
};
/// None of a single replication, which decides nothing.
std::vector<TargetSummary> count_verdicts(const Results& results, const std::vector<TargetResult>& judged);

/// What the targets say of one station in all their periods.
struct StationVerdict {
  std::string targets;                ///< ids of those that judge it, with spaces between
  std::optional<Verdict> worst = {};  ///< missed, else undecided, else at_target, else met; of none: nothing
};
/// By station, offices before counters; or of the bare stations. A single replication decides nothing.
std::vector<StationVerdict> verdicts_of_stations(const Results& results);

/// The table `targets`.
Table make_targets_table(const Results& results);

}  // namespace pishkhan
