#pragma once
#include <cstddef>
#include <cstdint>

#include "sim/base/simd.hpp"
#include "sim/station/outcome.hpp"
#include "sim/statistics/tally.hpp"

namespace pishkhan {

/// Columns of visits, as Visits and VisitParts have them. The last two are written, up to whole vectors.
struct VisitColumns {
  const double *arrival_s, *leave_s, *end_s, *system_s;
  const Outcome* outcome;
  const std::uint8_t* reworked;
  double* wait_s;
  std::uint64_t* counts;
};

using SumLoop = void(const VisitColumns& columns, std::size_t n, double target_s, VisitTally& tally);

/// The vector loops behind sum_visits, without `arrived` and `failed`. Every sum is that of eight partial
/// sums, of which visit i belongs to number i mod 8: their scalar twin is in the test.
extern const Versions<SumLoop> kSumLoops;

}  // namespace pishkhan
