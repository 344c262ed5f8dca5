#pragma once
#include <span>
#include <vector>

namespace pishkhan {

// Lists drawn from many stations ("which offices miss a target") test as many hypotheses as there are
// stations. Testing each at 5% would list some forty of 858 sound offices; these functions keep the
// expected share of sound offices in the list below a rate instead.

/// Adjusted p-values of Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57:289-300: hypothesis i
/// is rejected at false discovery rate q if and only if the i-th adjusted value is at most q. Holds
/// for independent and for positively dependent tests (Benjamini and Yekutieli 2001), which
/// stations sharing a busy day are. NaN stays NaN and does not count as a test.
std::vector<double> adjust_p_values(std::span<const double> p_values);

/// Whether each hypothesis is rejected at the given false discovery rate; false where the p-value is NaN.
std::vector<bool> discoveries(std::span<const double> p_values, double false_discovery_rate = 0.05);

}  // namespace pishkhan
