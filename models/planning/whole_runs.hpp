#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "models/planning/month_shares.hpp"

namespace pishkhan {

/// What whole runs of a scenario show of targets, month by month; replications can be added for some of them.
class WholeRuns {
 public:
  /// The targets and months must outlive it. The scenario's run counts the months.
  WholeRuns(Scenario scenario, const std::vector<TargetAt>& targets, const std::vector<RunMonth>& months);

  /// Simulates so many replications more, and counts the targets listed. These are indices, ascending, of
  /// targets that were counted in all replications so far.
  void add(std::uint32_t replications, const std::vector<std::size_t>& targets, int threads,
           const std::function<bool()>& stop);
  /// [target * months + month], each with all replications that counted it.
  [[nodiscard]] const MonthShares& shares() const { return shares_; }
  [[nodiscard]] std::uint32_t replications() const { return static_cast<std::uint32_t>(counts_.size()); }

 private:
  void keep_only(const std::vector<std::size_t>& targets);

  Scenario scenario_;
  const std::vector<TargetAt>& targets_;
  const std::vector<RunMonth>& months_;
  std::vector<std::size_t> counted_;  ///< targets
  std::vector<DayCounts> counts_;     ///< of these, by replication
  MonthShares shares_;
};

}  // namespace pishkhan
