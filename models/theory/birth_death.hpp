#pragma once
#include <functional>
#include <vector>

namespace pishkhan::theory {

// Everything in this folder is in any one unit of time: rates per unit, times in the same unit.

/// Stationary probabilities of a birth-death chain on 0, 1, ..., last: birth(n) is the rate from n
/// to n + 1, death(n) > 0 from n to n - 1. Balance of flows across each cut (Kleinrock, Queueing
/// Systems I, 1975, section 3.1), rescaled on the way so that nothing overflows.
std::vector<double> stationary(int last, const std::function<double(int)>& birth,
                               const std::function<double(int)>& death);

/// The same on 0, 1, 2, ... without end, cut where what is left is far below rounding; births must
/// fall and stay below deaths in the end.
std::vector<double> stationary_unbounded(const std::function<double(int)>& birth,
                                         const std::function<double(int)>& death);

/// Mean of a distribution over 0, 1, 2, ...
double mean_of(const std::vector<double>& probabilities);

/// Mean of max(0, n - servers).
double mean_waiting(const std::vector<double>& probabilities, int servers);

}  // namespace pishkhan::theory
