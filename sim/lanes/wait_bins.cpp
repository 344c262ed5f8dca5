#include "sim/lanes/wait_bins.hpp"

#include <algorithm>

namespace pishkhan {
namespace {

// Bin 0 is that of the zeros, 1 that of a tick, and the others follow as in WaitHistogram: an exponent and
// the first five places behind it.
constexpr int kShift = 47;
constexpr std::int64_t kBeforeOneTick = (std::int64_t{1023} << 5) - 1;
constexpr std::size_t kBins = 1024;

/// Bins of a row's waits; who is not served counts as a zero.
PISHKHAN_INLINE void find_bins(const TickRow& waits, std::int64_t* bins) {
  using Half = Tick __attribute__((vector_size(16)));
  using Numbers = double __attribute__((vector_size(32)));
  TickRow shown = waits;
  take_most(shown, TickRow{});
  const Half halves[2] = {__builtin_shufflevector(shown, shown, 0, 1, 2, 3),
                          __builtin_shufflevector(shown, shown, 4, 5, 6, 7)};
  for (int k = 0; k < 2; ++k) {
    const WideHalf bits = (WideHalf) __builtin_convertvector(halves[k], Numbers) >> kShift;
    const WideHalf bin = bits - kBeforeOneTick;
    const WideHalf positive = bin > 0 ? bin : WideHalf{};
    std::memcpy(bins + 4 * k, &positive, sizeof positive);
  }
}

PISHKHAN_INLINE void count(const TickRows& waits, std::uint32_t* const* tables) {
  for (std::size_t i = 0; i < waits.size(); ++i) {
    std::int64_t bins[kLanes];
    find_bins(waits[i], bins);
    for (std::size_t lane = 0; lane < kLanes; ++lane) ++tables[lane % 4][bins[lane]];
  }
}

using BinLoop = void(const TickRows&, std::uint32_t* const*);
void bins_baseline(const TickRows& waits, std::uint32_t* const* tables) { count(waits, tables); }
PISHKHAN_AVX2 void bins_avx2(const TickRows& waits, std::uint32_t* const* tables) { count(waits, tables); }
PISHKHAN_AVX512 void bins_avx512(const TickRows& waits, std::uint32_t* const* tables) {
  count(waits, tables);
}
constexpr Versions<BinLoop> kBinLoops{bins_baseline, bins_avx2, bins_avx512};

}  // namespace

void WaitBins::add(InstructionSet set, const QueueRows& queue) {
  std::array<std::uint32_t*, kTables> tables;
  for (std::size_t k = 0; k < kTables; ++k) {
    counts_[k].resize(kBins);
    tables[k] = counts_[k].data();
  }
  const std::size_t rows = queue.served_wait.size();
  kBinLoops.of(set)(queue.served_wait, tables.data());
  std::uint32_t served = 0;
  if (rows > 0) {
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      served += static_cast<std::uint32_t>(lanes_of(queue.counts[rows - 1])[lane]) & 0xffff;
  }
  counts_[0][0] -= static_cast<std::uint32_t>(rows * kLanes) - served;  // those not served
}

void WaitBins::move_to(WaitHistogram& histogram) {
  const std::size_t before_one_tick = WaitHistogram::bin_of(kTick_s) - 1;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    std::uint32_t times = 0;
    for (auto& table : counts_) {
      if (table.empty()) continue;
      times += table[bin];
      table[bin] = 0;
    }
    if (times > 0) histogram.add_to_bin(bin == 0 ? 0 : before_one_tick + bin, times);
  }
}

}  // namespace pishkhan
