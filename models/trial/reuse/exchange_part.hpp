#pragma once
#include <cstdint>
#include <span>

#include "models/trial/totals/trial_result.hpp"

namespace pishkhan {

/// Takes away from a result what some stations of a province added, and adds what stands in its place.
/// `before` and `after` are those parts as PartialRun gives them, `marks` the stations. The sums are the same
/// numbers as if all had been added up anew. False if that is not sure: `result` is void then. The greatest
/// of calls are not sums: SystemTally::concurrency_max and DurationSums::max_s become those of `after`.
bool exchange_part(TrialResult& result, const TrialResult& before, const TrialResult& after,
                   std::span<const std::uint8_t> marks);

}  // namespace pishkhan
