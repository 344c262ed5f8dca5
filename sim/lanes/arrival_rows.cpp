#include "sim/lanes/arrival_rows.hpp"

namespace pishkhan {
namespace {

using Quarter = Tick __attribute__((vector_size(16)));
using Times = double __attribute__((vector_size(32), aligned(32)));

/// What a piece says, of four lanes.
struct Pieces {
  Times share_from, from_s, slope, last_s;
};

/// The pieces in which the lanes are.
class CurrentPieces {
 public:
  explicit CurrentPieces(const std::array<std::span<const ArrivalPiece>, kLanes>& curves) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      next_[lane] = curves[lane].empty() ? &kNobody : curves[lane].data();
      take_next(lane);
    }
  }

  /// Whether a word lies behind the piece of its lane.
  PISHKHAN_INLINE bool end_before(const TickRow& words) const { return any(words > last_word_); }
  void move_to(const TickRow& words) {
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      while (lanes_of(words)[lane] > lanes_of(last_word_)[lane]) take_next(lane);
  }
  PISHKHAN_INLINE void find_ticks(const TickRow& words, TickRow& ticks) const {
    Quarter low = __builtin_shufflevector(words, words, 0, 1, 2, 3);
    Quarter high = __builtin_shufflevector(words, words, 4, 5, 6, 7);
    to_ticks(halves_[0], low);
    to_ticks(halves_[1], high);
    ticks = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7);
  }

 private:
  static constexpr ArrivalPiece kNobody{1, 0, 0, 0, 0, 0, UINT32_MAX};

  void take_next(std::size_t lane) {
    const ArrivalPiece& piece = *next_[lane]++;
    Pieces& half = halves_[lane / 4];
    half.share_from[lane % 4] = piece.share_from;
    half.from_s[lane % 4] = piece.from_s;
    half.slope[lane % 4] = piece.slope;
    half.last_s[lane % 4] = piece.last_s;
    lanes_of(last_word_)[lane] = static_cast<Tick>(piece.last_word ^ VisitRows::kHighestBit);
  }
  /// Four words become to_tick(piece.time(uniform(word))).
  static PISHKHAN_INLINE void to_ticks(const Pieces& at, Quarter& words) {
    constexpr double kOfHighestBit = 0x1p31;
    const Times u = (__builtin_convertvector(words, Times) + (kOfHighestBit + 0.5)) * 0x1p-32;
    const Times in_piece_s = at.from_s + (u - at.share_from) * at.slope;
    const Times time_s = at.last_s < in_piece_s ? at.last_s : in_piece_s;
    words = __builtin_convertvector(time_s / kTick_s, Quarter);
  }

  std::array<const ArrivalPiece*, kLanes> next_;
  Pieces halves_[2] = {};
  TickRow last_word_{};
};

PISHKHAN_INLINE void set_rows(CurrentPieces& pieces, VisitRows& at) {
  for (std::size_t i = 0; i < at.rows; ++i) {
    const TickRow words = at.words[i];
    if (pieces.end_before(words)) pieces.move_to(words);
    pieces.find_ticks(words, at.arrival[i]);
  }
}

void set_baseline(CurrentPieces& pieces, VisitRows& at) { set_rows(pieces, at); }
PISHKHAN_AVX2 void set_avx2(CurrentPieces& pieces, VisitRows& at) { set_rows(pieces, at); }
PISHKHAN_AVX512 void set_avx512(CurrentPieces& pieces, VisitRows& at) { set_rows(pieces, at); }
constexpr Versions<void(CurrentPieces&, VisitRows&)> kSet{set_baseline, set_avx2, set_avx512};

}  // namespace

void set_arrivals(InstructionSet set, const std::array<std::span<const ArrivalPiece>, kLanes>& curves,
                  VisitRows& rows) {
  CurrentPieces pieces(curves);
  kSet.of(set)(pieces, rows);
  for (std::size_t lane = 0; lane < kLanes; ++lane)
    for (std::size_t i = rows.count[lane]; i < rows.rows; ++i) lanes_of(rows.arrival[i])[lane] = kNeverTick;
}

}  // namespace pishkhan
