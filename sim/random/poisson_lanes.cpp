#include "sim/random/poisson_lanes.hpp"

#include <bit>

#include "sim/random/elementary.hpp"

namespace pishkhan {
namespace {

PISHKHAN_INLINE void search_together(const double* __restrict means, const std::uint32_t* __restrict high,
                                     const std::uint32_t* __restrict low, std::size_t n, double* __restrict u,
                                     double* __restrict probability, double* __restrict cumulative,
                                     std::uint32_t* __restrict found) {
  for (std::size_t i = 0; i < n; ++i) {
    // 52 bits as the mantissa of a number in [1, 2): what uniform(high, low) is, exactly.
    const std::uint64_t bits = (std::uint64_t{high[i]} << 32 | low[i]) >> 12;
    u[i] = (std::bit_cast<double>(0x3ff0000000000000ull | bits) - 1.0) + 0x1p-53;
    const double mean = means[i] < kPoissonSearchBelow ? means[i] : kPoissonSearchBelow;
    double p = exponential(-mean), sum = p;
    std::uint64_t k = u[i] > sum;
    for (std::size_t step = 1; step < kPoissonSteps; ++step) {
      p *= mean * kPoissonReciprocals[step];
      sum += p;
      k += u[i] > sum;
    }
    probability[i] = p;
    cumulative[i] = sum;
    found[i] = means[i] < kPoissonSearchBelow ? static_cast<std::uint32_t>(k)
                                              : static_cast<std::uint32_t>(kPoissonSteps);
  }
}

void search_baseline(const double* means, const std::uint32_t* high, const std::uint32_t* low, std::size_t n,
                     const PoissonSearches& to) {
  search_together(means, high, low, n, to.u, to.probability, to.cumulative, to.found);
}
PISHKHAN_AVX2 void search_avx2(const double* means, const std::uint32_t* high, const std::uint32_t* low,
                               std::size_t n, const PoissonSearches& to) {
  search_together(means, high, low, n, to.u, to.probability, to.cumulative, to.found);
}
PISHKHAN_AVX512 void search_avx512(const double* means, const std::uint32_t* high, const std::uint32_t* low,
                                   std::size_t n, const PoissonSearches& to) {
  search_together(means, high, low, n, to.u, to.probability, to.cumulative, to.found);
}

}  // namespace

constinit const Versions<PoissonLoop> kPoissonLoops{search_baseline, search_avx2, search_avx512};

}  // namespace pishkhan
