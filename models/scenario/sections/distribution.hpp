#pragma once
#include "models/scenario/schema/value.hpp"
#include "sim/random/distribution.hpp"

namespace pishkhan {

/// Longest mean of times.
inline constexpr double kLongestMean_s = 100 * kSecondsPerDay;

/// What is wrong with a distribution of times: a mean that is too long or too short, or a draw that can be
/// too long.
std::optional<Misread> check_times(const Distribution& times);

/// What is wrong with clerks of this speed where handling takes so long, for messages.
std::string too_slow(double speed, double mean_s);

/// A distribution of times, in seconds, such as `{lognormal: {mean: 9 min, cv: 0.8}}`.
const Value<Distribution>& distribution_value();

/// The same, or `never`.
Value<Distribution> patience_value();

}  // namespace pishkhan
