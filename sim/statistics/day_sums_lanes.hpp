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

/// Sum of the parts of all [leave_s, end_s) before a moment.
using BusyLoop = double(const double* leave_s, const double* end_s, std::size_t n, double until_s);

/// The vector loops behind sum_visits, without `arrived` and `failed`. Every sum is that of eight partial
/// sums, of which visit i belongs to number i mod 8. Their scalar twin is in the test.
extern const Versions<SumLoop> kSumLoops;

/// The vector loops behind busy_before. They sum in the same order.
extern const Versions<BusyLoop> kBusyLoops;

}  // namespace pishkhan
