#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "tools/report/headlines.hpp"

namespace pishkhan {

/// Which of a scenario's changes are made: bit i is change i. None: the first run; all: the other.
using ChangeSet = std::uint64_t;
inline constexpr std::size_t kMostChanges = 63;
inline constexpr std::size_t kMostExactChanges = 6;

/// The sets whose runs are needed to split a difference over so many changes, in ascending order: those of
/// the written order of the changes and of its reverse, or, for an exact split, all.
std::vector<ChangeSet> sets_to_simulate(std::size_t changes, bool exact);

/// One change of a scenario.
struct NamedChange {
  std::string name;  ///< such as `staffing[0]`
  std::string text;  ///< what is written, on one line
};

/// The values of all headlines in the runs of a waterfall; [headline] as headlines() gives them.
struct Waterfall {
  std::string run;  ///< name of the run whose difference from the first is split
  std::vector<NamedChange> changes;
  bool exact = false;
  std::map<ChangeSet, std::vector<Series>> runs;
};

/// What one change does to a headline.
struct WaterfallStep {
  Headline headline;
  std::size_t change = 0;  ///< index in Waterfall::changes; their number: all together
  /// The mean of the two orders. It is Shapley's value where changes influence each other at most in pairs;
  /// in an exact split it is that in any case.
  Estimate part{};
  double in_written_order = kNan;  ///< what it adds to the changes written before it
  double in_reverse_order = kNan;  ///< what it adds to the changes written behind it
};
/// By headline, then change, and last of each headline the whole difference. The parts sum to it.
std::vector<WaterfallStep> split_difference(const Waterfall& waterfall, const Scenario& scenario);

/// Parts as multiples of a unit, rounded so that they sum to the rounded total: the largest remainders are
/// rounded up.
std::vector<double> rounded_parts(const std::vector<double>& parts, double total, double unit);

/// The table `waterfall`.
Table make_waterfall_table(std::span<const Waterfall> waterfalls, const Scenario& scenario);

}  // namespace pishkhan
