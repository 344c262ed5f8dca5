#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "tools/report/compared_run.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// What is wished of a quantity.
enum class Wish : std::uint8_t { neither, less, more };

/// A quantity of a whole run that a planner looks at first.
struct Headline {
  std::string_view quantity, unit, channel;
  Wish wish;
};
/// In order of importance. Bare stations have no travel, and one channel: all.
std::vector<Headline> headlines(const Scenario& scenario);

/// Of the headline, by replication.
Series headline_series(const ComparedRun& run, const Headline& headline);

/// A run's place on one headline that something is wished of.
struct Ranked {
  Headline headline;
  std::size_t rank = 0;  ///< 1: best
  const std::string* run = nullptr;
  double value = 0;
  PairedDifference to_best;  ///< its value less that of the best; exactly 0 of the best itself
  /// Of the test that it is as good as the best, by Bonferroni for the number of the other runs.
  double p_adjusted = kNan;
};
/// By headline, then rank. A run without a value is left out.
std::vector<Ranked> rank_runs(std::span<const ComparedRun> runs);

/// The table `ranking`, of three and more runs; empty for two.
Table make_ranking_table(std::span<const ComparedRun> runs);

}  // namespace pishkhan
