#pragma once
#include <limits>
#include <span>

#include "sim/statistics/estimate.hpp"

namespace pishkhan {

/// What an event takes away from a total where none was seen in any replication.
struct UnseenEvent {
  double usual = 0;                                       ///< elsewhere; 0: there is no such event
  double most = std::numeric_limits<double>::infinity();  ///< of this total
};

/// Mean of totals from which an event that may be rare takes something away, and to which something small and
/// skewed is added: of clerk time, absence and overtime. What is missing beside the replication with most,
/// additions apart, is estimated as a count is, and the additions as a skewed mean; the two intervals are
/// joined by the squares of their arms (Zou and Donner 2008). Where only one replication has most, it may
/// miss something itself, and the upper end is at least Student's. No NaN may be among them.
///
/// Where nothing is missing in any replication, the whole of all of them is pieces as large as an unseen
/// event (at most the whole of one replication), of which none was taken away: the interval is Clopper and
/// Pearson's (1934) for their share. Where no two additions differ, their usual variance stands in, as in
/// estimate_skewed_mean: the interval of the total is at least as long as that of the additions.
Estimate estimate_nearly_whole(std::span<const double> totals, std::span<const double> additions,
                               const UnseenEvent& unseen = {}, double usual_variance_of_addition = 0);
/// The variance of what is missing in a replication / its mean; NaN where nothing is.
double estimate_shortfall_dispersion(std::span<const double> totals, std::span<const double> additions);

}  // namespace pishkhan
