#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sim/statistics/prediction.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan {

/// `inputs` and `input_factors`, of a run with `inputs: sampled`: what the ranges of assumed numbers do to
/// what it found, beside what is chance, and the factors that replications drew.
std::span<const MakeTable> makers_of_input_tables();

/// A quantity with the scenario's own numbers, and over the ranges of those that are assumed.
struct InputEffect {
  std::string_view group;  ///< a channel, or the id of a station
  std::string_view quantity, unit;
  ColumnKind kind = ColumnKind::mean;
  Estimate fixed{kNan, kNan}, sampled{kNan, kNan};  ///< the means, with their intervals
  /// Where the quantity lies in one replication with 95%: by chance alone, and if assumed numbers may lie in
  /// their ranges, too.
  std::optional<PredictionInterval> by_chance, over_assumptions;
  /// 1 - the variance of replications with fixed inputs / that with sampled ones, not below 0.
  std::optional<double> assumptions_share;
};
/// Of the offices and the counters together, and with `stations` then of each. The results have `fixed`.
std::vector<InputEffect> find_input_effects(const Results& results, bool stations);

}  // namespace pishkhan
