#include "sim/statistics/day_sums_lanes.hpp"

#include <bit>

#include "sim/base/lanes.hpp"
#include "sim/statistics/day_sums.hpp"

namespace pishkhan {
namespace {

constexpr std::uint64_t kOneInEachByte = 0x0101010101010101u;

/// A byte each of eight visits, the first visit's in the lowest byte.
PISHKHAN_INLINE std::uint64_t load_bytes(const void* from) {
  std::uint64_t bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
  return bytes;
}

/// 1 in each byte that holds this outcome, 0 in the others.
PISHKHAN_INLINE std::uint64_t which_are(std::uint64_t outcomes, Outcome outcome) {
  static_assert(static_cast<int>(Outcome::failed) < 8, "an outcome takes three bits");
  const std::uint64_t difference = outcomes ^ kOneInEachByte * static_cast<std::uint64_t>(outcome);
  return ~(difference | difference >> 1 | difference >> 2) & kOneInEachByte;
}

/// 1 in each byte that is not zero.
PISHKHAN_INLINE std::uint64_t which_are_nonzero(std::uint64_t bytes) {
  constexpr std::uint64_t kLowBits = kOneInEachByte * 0x7f;
  return (bytes | ((bytes & kLowBits) + kLowBits)) >> 7 & kOneInEachByte;
}

/// The sum of eight bytes that are 0 or 1.
PISHKHAN_INLINE std::uint64_t count(std::uint64_t ones) { return ones * kOneInEachByte >> 56; }

struct Counts {
  std::uint64_t served = 0, abandoned = 0, balked = 0, sent_away = 0, inside = 0, reworked = 0;
};

template <std::size_t kWidth>
struct Sums {
  using Numbers = typename Vectors<kWidth>::Numbers;
  static constexpr std::size_t kParts = Vectors<kWidth>::kParts;
  Numbers wait_s[kParts] = {}, wait_joined_s[kParts] = {}, sojourn_s[kParts] = {}, handling_s[kParts] = {},
          system_s[kParts] = {};
  typename Vectors<kWidth>::Ints in_target = {};
  Counts counts;
};

// Each of the three loops below takes n visits, a multiple of eight. They are three and not one so that their
// sums stay in the 16 registers of AVX2.

PISHKHAN_INLINE void count_outcomes(const VisitColumns& at, std::size_t n, Counts& counts) {
  for (std::size_t i = 0; i < n; i += kLanes) {
    const std::uint64_t outcomes = load_bytes(at.outcome + i), reworked = load_bytes(at.reworked + i);
    const std::uint64_t served = which_are(outcomes, Outcome::served);
    counts.served += count(served);
    counts.abandoned += count(which_are(outcomes, Outcome::abandoned));
    counts.balked += count(which_are(outcomes, Outcome::balked));
    counts.sent_away += count(which_are(outcomes, Outcome::sent_away));
    counts.inside += count(which_are(outcomes, Outcome::inside));
    counts.reworked += count(served & which_are_nonzero(reworked));
  }
}

template <std::size_t kWidth>
PISHKHAN_INLINE void sum_served_waits(const VisitColumns& at, std::size_t n, double target_s,
                                      Sums<kWidth>& sums) {
  using V = Vectors<kWidth>;
  const double *const arrival_s = at.arrival_s, *const leave_s = at.leave_s;
  double* const wait_s = at.wait_s;
  std::uint64_t* const counts = at.counts;
  for (std::size_t i = 0; i < n; i += kLanes) {
    const std::uint64_t outcomes = load_bytes(at.outcome + i);
    const std::uint64_t joined = kOneInEachByte ^ which_are(outcomes, Outcome::balked);
    const std::uint64_t flags = which_are(outcomes, Outcome::served) | joined << 1;
#pragma GCC unroll 2
    for (std::size_t part = 0; part < V::kParts; ++part) {
      const std::size_t k = i + part * kWidth;
      typename V::Numbers arrival, leave;
      V::load(arrival_s + k, arrival);
      V::load(leave_s + k, leave);
      typename V::Ints flag;
      V::spread_bytes(flags, part * kWidth, flag);
      const typename V::Ints served = flag & 1;
      const typename V::Numbers wait = leave - arrival, spare = target_s - wait;
      const auto served_wait = (typename V::Numbers)((typename V::Ints)wait & -served);
      const typename V::Ints in_target = served & ~((typename V::Ints)spare >> 63);  // by the sign
      sums.wait_s[part] += served_wait;
      sums.in_target += in_target;
      V::store(served_wait, wait_s + k);
      V::store(served | (flag & 2) << (PackedCounts::kBits - 1) | in_target << 2 * PackedCounts::kBits,
               counts + k);
    }
  }
}

template <std::size_t kWidth>
PISHKHAN_INLINE void sum_times(const VisitColumns& at, std::size_t n, Sums<kWidth>& sums) {
  using V = Vectors<kWidth>;
  for (std::size_t i = 0; i < n; i += kLanes) {
    const std::uint64_t flags = which_are(load_bytes(at.outcome + i), Outcome::served);
#pragma GCC unroll 2
    for (std::size_t part = 0; part < V::kParts; ++part) {
      const std::size_t k = i + part * kWidth;
      typename V::Numbers arrival, leave, end, system;
      V::load(at.arrival_s + k, arrival);
      V::load(at.leave_s + k, leave);
      V::load(at.end_s + k, end);
      V::load(at.system_s + k, system);
      typename V::Ints flag;
      V::spread_bytes(flags, part * kWidth, flag);
      const typename V::Ints all_if_served = -(flag & 1);
      const typename V::Numbers sojourn = end - arrival;
      sums.wait_joined_s[part] += leave - arrival;
      sums.handling_s[part] += end - leave;
      sums.sojourn_s[part] += (typename V::Numbers)((typename V::Ints)sojourn & all_if_served);
      sums.system_s[part] += (typename V::Numbers)((typename V::Ints)system & all_if_served);
    }
  }
}

template <std::size_t kWidth>
PISHKHAN_INLINE void add_visits(const VisitColumns& at, std::size_t n, double target_s, Sums<kWidth>& sums) {
  count_outcomes(at, n, sums.counts);
  sum_served_waits(at, n, target_s, sums);
  sum_times(at, n, sums);
}

/// The last of n visits, filled up to eight with visits that add nothing.
template <std::size_t kWidth>
PISHKHAN_INLINE void add_rest(const VisitColumns& at, std::size_t n, double target_s, Sums<kWidth>& sums) {
  double arrival_s[kLanes], leave_s[kLanes], end_s[kLanes], system_s[kLanes];
  Outcome outcome[kLanes];
  std::uint8_t reworked[kLanes];
  copy_rest(at.arrival_s, n, 0.0, arrival_s);
  copy_rest(at.leave_s, n, 0.0, leave_s);
  copy_rest(at.end_s, n, 0.0, end_s);
  copy_rest(at.system_s, n, 0.0, system_s);
  copy_rest(at.outcome, n, Outcome::failed, outcome);
  copy_rest(at.reworked, n, std::uint8_t{0}, reworked);
  const std::size_t whole = n - n % kLanes;
  add_visits({arrival_s, leave_s, end_s, system_s, outcome, reworked, at.wait_s + whole, at.counts + whole},
             kLanes, target_s, sums);
}

template <std::size_t kWidth>
PISHKHAN_INLINE void sum_columns(const VisitColumns& columns, std::size_t n, double target_s,
                                 VisitTally& tally) {
  Sums<kWidth> sums;
  add_visits(columns, n - n % kLanes, target_s, sums);
  if (n % kLanes != 0) add_rest(columns, n, target_s, sums);
  using V = Vectors<kWidth>;
  tally.served = sums.counts.served;
  tally.abandoned = sums.counts.abandoned;
  tally.balked = sums.counts.balked;
  tally.sent_away = sums.counts.sent_away;
  tally.inside = sums.counts.inside;
  tally.reworked = sums.counts.reworked;
  tally.in_target = 0;
  for (std::size_t k = 0; k < kWidth; ++k) tally.in_target += sums.in_target[k];
  tally.wait_s = V::sum(sums.wait_s);
  tally.wait_joined_s = V::sum(sums.wait_joined_s);
  tally.sojourn_s = V::sum(sums.sojourn_s);
  tally.handling_s = V::sum(sums.handling_s);
  tally.system_s = V::sum(sums.system_s);
}

void sum_baseline(const VisitColumns& columns, std::size_t n, double target_s, VisitTally& tally) {
  sum_columns<4>(columns, n, target_s, tally);
}
PISHKHAN_AVX2 void sum_avx2(const VisitColumns& columns, std::size_t n, double target_s, VisitTally& tally) {
  sum_columns<4>(columns, n, target_s, tally);
}
PISHKHAN_AVX512 void sum_avx512(const VisitColumns& columns, std::size_t n, double target_s,
                                VisitTally& tally) {
  sum_columns<kLanes>(columns, n, target_s, tally);
}

PISHKHAN_INLINE double sum_busy(const double* __restrict leave_s, const double* __restrict end_s,
                                std::size_t n, double until_s) {
  double lanes[kLanes] = {};
  const auto before = [=](std::size_t i) __attribute__((always_inline)) {
    return (end_s[i] < until_s ? end_s[i] : until_s) - (leave_s[i] < until_s ? leave_s[i] : until_s);
  };
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (std::size_t k = 0; k < kLanes; ++k) lanes[k] += before(i + k);
  for (std::size_t k = 0; i + k < n; ++k) lanes[k] += before(i + k);
  return total(lanes);
}

double busy_baseline(const double* leave_s, const double* end_s, std::size_t n, double until_s) {
  return sum_busy(leave_s, end_s, n, until_s);
}
PISHKHAN_AVX2 double busy_avx2(const double* leave_s, const double* end_s, std::size_t n, double until_s) {
  return sum_busy(leave_s, end_s, n, until_s);
}
PISHKHAN_AVX512 double busy_avx512(const double* leave_s, const double* end_s, std::size_t n,
                                   double until_s) {
  return sum_busy(leave_s, end_s, n, until_s);
}

}  // namespace

constinit const Versions<SumLoop> kSumLoops{sum_baseline, sum_avx2, sum_avx512};
constinit const Versions<BusyLoop> kBusyLoops{busy_baseline, busy_avx2, busy_avx512};

}  // namespace pishkhan
