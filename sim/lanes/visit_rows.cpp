#include "sim/lanes/visit_rows.hpp"

#include <algorithm>
#include <bit>

namespace pishkhan {
namespace {

using Counts = std::uint16_t __attribute__((vector_size(16)));

struct Visit {
  TickRow word, handling, patience;
};

/// Puts two visits in order, lane by lane.
PISHKHAN_INLINE void keep_earlier(Visit& stays, Visit& goes_on) {
  const TickRow swapped = stays.word > goes_on.word;
  const Visit was = stays;
  stays.word = swapped ? goes_on.word : was.word;
  stays.handling = swapped ? goes_on.handling : was.handling;
  stays.patience = swapped ? goes_on.patience : was.patience;
  goes_on.word = swapped ? was.word : goes_on.word;
  goes_on.handling = swapped ? was.handling : goes_on.handling;
  goes_on.patience = swapped ? was.patience : goes_on.patience;
}

/// Within buckets the order is still that of the citizens' numbers: bubble sort, two passes in a sweep, until
/// no lane has anything out of order.
PISHKHAN_INLINE void exchange_neighbours(VisitRows& at) {
  const std::size_t n = at.rows;
  for (bool sorted = n < 2; !sorted;) {
    const auto load = [&at](std::size_t i) { return Visit{at.words[i], at.handling[i], at.patience[i]}; };
    const auto store = [&at](std::size_t i, const Visit& visit) {
      at.words[i] = visit.word;
      at.handling[i] = visit.handling;
      at.patience[i] = visit.patience;
    };
    TickRow wrong{}, before = TickRow{} + INT32_MIN;
    Visit first = load(0), second = load(1);
    keep_earlier(first, second);
    for (std::size_t i = 2; i < n; ++i) {
      Visit next = load(i);
      keep_earlier(second, next);
      keep_earlier(first, second);
      wrong |= before > first.word;
      before = first.word;
      store(i - 2, first);
      first = second;
      second = next;
    }
    keep_earlier(first, second);
    wrong |= before > first.word;
    store(n - 2, first);
    store(n - 1, second);
    sorted = !any(wrong);
  }
}

void exchange_baseline(VisitRows& at) { exchange_neighbours(at); }
PISHKHAN_AVX2 void exchange_avx2(VisitRows& at) { exchange_neighbours(at); }
PISHKHAN_AVX512 void exchange_avx512(VisitRows& at) { exchange_neighbours(at); }
constexpr Versions<void(VisitRows&)> kExchange{exchange_baseline, exchange_avx2, exchange_avx512};

}  // namespace

void VisitSorter::sort(InstructionSet set, const std::array<LaneVisits, kLanes>& lanes, VisitRows& into) {
  std::size_t rows = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    into.count[lane] = lanes[lane].count;
    rows = std::max(rows, lanes[lane].count);
  }
  into.rows = rows;
  for (TickRows* column : {&into.words, &into.handling, &into.patience}) column->resize(rows);
  into.arrival.resize(rows + VisitRows::kRowsMore);
  for (std::size_t k = 0; k < VisitRows::kRowsMore; ++k) into.arrival[rows + k] = TickRow{} + kNeverTick;
  if (rows == 0) return;
  const auto bits = static_cast<int>(std::bit_width(rows)) + 1;
  const int shift = 32 - bits;
  first_row_.assign(kLanes << bits, 0);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const std::uint32_t* const words = lanes[lane].words.data();
    std::uint16_t* const first = first_row_.data() + lane;
    for (std::size_t i = 0; i < lanes[lane].count; ++i) ++first[(words[i] >> shift) * kLanes];
  }
  Counts sum{};
  for (std::size_t bucket = 0; bucket < first_row_.size(); bucket += kLanes) {
    Counts count;
    std::memcpy(&count, &first_row_[bucket], sizeof count);
    std::memcpy(&first_row_[bucket], &sum, sizeof sum);
    sum += count;
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const LaneVisits& visits = lanes[lane];
    const std::uint32_t* const words = visits.words.data();
    const Tick *const handling = visits.handling.data(), *const patience = visits.patience.data();
    std::uint16_t* const first = first_row_.data() + lane;
    Tick *const to_word = lanes_of(into.words[0]) + lane,
                *const to_handling = lanes_of(into.handling[0]) + lane,
                *const to_patience = lanes_of(into.patience[0]) + lane;
    for (std::size_t i = 0; i < visits.count; ++i) {
      const std::size_t at = kLanes * first[(words[i] >> shift) * kLanes]++;
      to_word[at] = static_cast<Tick>(words[i] ^ VisitRows::kHighestBit);
      to_handling[at] = handling[i];
      to_patience[at] = patience[i];
    }
    for (std::size_t at = kLanes * visits.count; at < kLanes * rows; at += kLanes) {
      to_word[at] = INT32_MAX;
      to_handling[at] = to_patience[at] = 0;
    }
  }
  kExchange.of(set)(into);
}

}  // namespace pishkhan
