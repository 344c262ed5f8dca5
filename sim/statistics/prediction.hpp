#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace pishkhan {

/// What one more value is like: how values are brought nearer to a normal distribution.
enum class PredictedKind : std::uint8_t {
  count,   ///< of events: the root of the count + 3/8 (Anscombe 1948)
  time,    ///< a mean time, not negative: the cube root (Wilson and Hilferty 1931)
  number,  ///< not negative, hardly skewed: as it is
};

/// The value on that scale.
double normalised(PredictedKind kind, double value);

/// Where one more value lies with 95%, of the distribution from which replications drew theirs: no interval
/// of the mean, which more replications make as short as one likes.
struct PredictionInterval {
  double low = 0, high = 0;

  [[nodiscard]] bool holds(double value) const { return value >= low && value <= high; }
};

/// Prediction interval for a single value, of a day or a month, from `values` of independent replications
/// alike. Nothing with fewer than two. A NaN is a replication that observed nothing, and is left out.
///
/// Up to 38 replications it is, on the scale of `normalised`, mean +- t(n - 1) s sqrt(1 + 1/n): the spread of
/// one value and the error of the mean (Hahn and Meeker 1991, 4.8; of gamma times on cube roots
/// Krishnamoorthy, Mathew and Mukherjee 2008). A count's t s is at least that of independent events, 1.96
/// / 2. Ends are rounded outwards where values are whole, since no value lies between; the interval is not
/// below 0 and always holds all replications, which a value exceeds with 2 / (n + 1) at most, whatever the
/// distribution.
///
/// From 39 replications on it is [k-th least, k-th greatest] with k = floor(0.025 (n + 1)), which holds the
/// next value with 95% at least, whatever the distribution (Wilks 1941).
std::optional<PredictionInterval> predict(std::span<const double> values, PredictedKind kind);

/// Independent things that each happen or not: so many, each with the probability.
struct Chances {
  int number = 0;
  double probability = 0;
};

/// The probabilities that 0, 1, ... of them all happen, exactly.
std::vector<double> distribution_of(std::span<const Chances> chances);

/// The same where the distribution is known: as short as may be with 2.5% at most beyond each end.
PredictionInterval predict_known(std::span<const double> distribution);

}  // namespace pishkhan
