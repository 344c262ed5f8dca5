#include "sim/random/tick_table.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <numbers>

#include "sim/base/contract.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {
namespace {

using Piece = TickTable::Piece;

/// A polynomial closer than this to the middle between two ticks, in ticks, does not tell which is nearer.
constexpr double kMargin = 0x1p-10;
/// The greatest error of a piece that is used. It is found at some points, between which the error of a
/// cubic may be somewhat greater.
constexpr double kErrorAtMost = kMargin / 8;

constexpr int kMantissaBits = 52;
constexpr int kShift = kMantissaBits - TickTable::kPieceBits;
constexpr std::size_t kPiecesOfHalf = TickTable::kPiecesOfSide + 1;
/// The distance to the nearer end is told in units of 2^-32. Of its bits as a double the highest number the
/// pieces; the first piece begins here.
constexpr double kLeastDistance = 0x1p31 / (std::uint64_t{1} << TickTable::kHalvings);
constexpr auto kBeforeFirst =
    static_cast<std::int32_t>(std::bit_cast<std::uint64_t>(kLeastDistance) >> kShift) - 1;
constexpr std::uint64_t kWithinPiece = (std::uint64_t{1} << kShift) - 1;
constexpr auto kOne = std::bit_cast<std::uint64_t>(1.0);
constexpr double kTicksOfLongest = kTicksAtMost_s / kTick_s;

/// Of the piece with this number: the distances at which it begins and ends.
double begin_of(std::size_t piece) {
  return std::bit_cast<double>((static_cast<std::uint64_t>(kBeforeFirst) + piece) << kShift);
}

constexpr Piece no_polynomial() {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  return {{kNaN, 0, 0, 0}};
}

double value(const Piece& piece, double x) {
  return ((piece.c[3] * x + piece.c[2]) * x + piece.c[1]) * x + piece.c[0];
}

/// The cubic through four points: Newton's divided differences, multiplied out.
Piece interpolate(const std::array<double, 4>& x, std::array<double, 4> y) {
  for (std::size_t order = 1; order < 4; ++order)
    for (std::size_t i = 3; i >= order; --i) y[i] = (y[i] - y[i - 1]) / (x[i] - x[i - order]);
  Piece piece{{y[3], 0, 0, 0}};
  for (std::size_t k = 3; k-- > 0;) {
    for (std::size_t power = 3; power > 0; --power)
      piece.c[power] = piece.c[power - 1] - x[k] * piece.c[power];
    piece.c[0] = y[k] - x[k] * piece.c[0];
  }
  return piece;
}

/// A uniform this close to the end of a mixture's part may belong to either side.
constexpr double kNearEnd = 0x1p-45;

/// The piece over distances [from, from + length) in units of 2^-32, or no polynomial if that is too coarse.
template <class Quantile>
Piece fit(const Quantile& ticks_at, double from, double length) {
  std::array<double, 4> x, y;
  for (std::size_t k = 0; k < 4; ++k) {
    x[k] = 0.5 - 0.5 * std::cos((2.0 * static_cast<double>(k) + 1) * std::numbers::pi / 8);
    y[k] = ticks_at(from + x[k] * length);
    if (!(y[k] >= 0.5 && y[k] < kTicksOfLongest - 1)) return no_polynomial();
  }
  const Piece piece = interpolate(x, y);
  constexpr int kChecks = 7;
  for (int k = 0; k <= kChecks; ++k) {
    const double at = static_cast<double>(k) / kChecks;
    const double ticks = ticks_at(from + at * length);
    if (!(std::abs(value(piece, at) - ticks) <= kErrorAtMost) || ticks > kTicksOfLongest - 1)
      return no_polynomial();
  }
  return piece;
}

using Four = double __attribute__((vector_size(32), aligned(32)));
using FourWords = std::int32_t __attribute__((vector_size(16), aligned(16)));
using FourBits = std::uint64_t __attribute__((vector_size(32), aligned(32)));
using EightWords = std::int32_t __attribute__((vector_size(32), aligned(32)));

PISHKHAN_INLINE FourWords low_words(const FourBits& bits) {
  const auto words = (EightWords)bits;
  return __builtin_shufflevector(words, words, 0, 2, 4, 6);
}

constexpr Tick kUntold = -1;

/// Sets ticks[i], or kUntold where the pieces do not tell them, n a multiple of 4. Returns whether all are
/// told.
PISHKHAN_INLINE bool evaluate(const Piece* pieces, const std::uint32_t* __restrict words, std::size_t n,
                              Tick* __restrict ticks) {
  FourBits all = ~FourBits{};
  for (std::size_t i = 0; i < n; i += 4) {
    FourWords word;
    std::memcpy(&word, words + i, sizeof word);
    const FourWords above = word >> 31;
    const auto distance = (FourBits)(__builtin_convertvector(word ^ above, Four) + 0.5);
    FourWords number = low_words(distance >> kShift) - kBeforeFirst;
    number = number > 0 ? number : FourWords{};
    number += above & static_cast<std::int32_t>(kPiecesOfHalf);
    Four of[4];
    for (std::size_t k = 0; k < 4; ++k) of[k] = *reinterpret_cast<const Four*>(pieces[number[k]].c);
    const Four low01 = __builtin_shufflevector(of[0], of[1], 0, 4, 2, 6),
               low23 = __builtin_shufflevector(of[2], of[3], 0, 4, 2, 6),
               high01 = __builtin_shufflevector(of[0], of[1], 1, 5, 3, 7),
               high23 = __builtin_shufflevector(of[2], of[3], 1, 5, 3, 7);
    const Four c0 = __builtin_shufflevector(low01, low23, 0, 1, 4, 5),
               c1 = __builtin_shufflevector(high01, high23, 0, 1, 4, 5),
               c2 = __builtin_shufflevector(low01, low23, 2, 3, 6, 7),
               c3 = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
    const Four x = (Four)((distance & kWithinPiece) << TickTable::kPieceBits | kOne) - 1;
    const Four exact = ((c3 * x + c2) * x + c1) * x + c0;
    constexpr double kLastPlaceIsOne = 0x1.8p52, kNear = 0.5 - kMargin;
    const Four nearest = (exact + kLastPlaceIsOne) - kLastPlaceIsOne, off = exact - nearest;
    const auto told = off * off < kNear * kNear;
    const FourWords tick = __builtin_convertvector(told ? nearest : Four{} + kUntold, FourWords);
    std::memcpy(ticks + i, &tick, sizeof tick);
    all &= (FourBits)told;
  }
  return (all[0] & all[1] & all[2] & all[3]) != 0;
}

using Loop = bool(const Piece*, const std::uint32_t*, std::size_t, Tick*);
bool evaluate_baseline(const Piece* pieces, const std::uint32_t* words, std::size_t n, Tick* ticks) {
  return evaluate(pieces, words, n, ticks);
}
PISHKHAN_AVX2 bool evaluate_avx2(const Piece* pieces, const std::uint32_t* words, std::size_t n,
                                 Tick* ticks) {
  return evaluate(pieces, words, n, ticks);
}
PISHKHAN_AVX512 bool evaluate_avx512(const Piece* pieces, const std::uint32_t* words, std::size_t n,
                                     Tick* ticks) {
  return evaluate(pieces, words, n, ticks);
}
constexpr Versions<Loop> kEvaluate{evaluate_baseline, evaluate_avx2, evaluate_avx512};

/// One chunk in five has a value that is not told.
constexpr std::size_t kChunk = 64;

}  // namespace

bool TickTable::is_quicker(const Distribution& distribution) {
  return !std::holds_alternative<Never>(distribution) && !std::holds_alternative<Constant>(distribution) &&
         !std::holds_alternative<Exponential>(distribution);
}

TickTable::TickTable(const Distribution& distribution) : distribution_(distribution) {
  const std::vector<double> ends = part_ends(distribution_);
  // Where a part of a mixture ends the function may fall, and rise again, unseen between the points of a
  // piece.
  const auto has_end = [&](double from, double to) {
    const auto next = std::lower_bound(ends.begin(), ends.end(), from - kNearEnd);
    return next != ends.end() && *next <= to + kNearEnd;
  };
  pieces_.reserve(2 * kPiecesOfHalf);
  for (const bool above : {false, true}) {
    const auto uniform_at = [above](double distance) {
      return above ? 1 - distance * 0x1p-32 : distance * 0x1p-32;
    };
    const auto ticks_at = [&](double distance) {
      return quantile(distribution_, uniform_at(distance)) / kTick_s;
    };
    pieces_.push_back(no_polynomial());
    coarse_share_ += kLeastDistance * 0x1p-32;
    for (std::size_t piece = 1; piece <= kPiecesOfSide; ++piece) {
      const double from = begin_of(piece), to = begin_of(piece + 1);
      const auto [low, high] = std::minmax({uniform_at(from), uniform_at(to)});
      pieces_.push_back(has_end(low, high) ? no_polynomial() : fit(ticks_at, from, to - from));
      if (std::isnan(pieces_.back().c[0])) coarse_share_ += (to - from) * 0x1p-32;
    }
  }
}

Tick TickTable::exact(std::uint32_t word) const {
  return to_tick(round_to_tick(quantile(distribution_, uniform(word))));
}

void TickTable::draw(InstructionSet set, const std::uint32_t* words, std::size_t n, Tick* ticks) const {
  PISHKHAN_EXPECT(n % kTogether == 0);
  Loop* const evaluate_pieces = kEvaluate.of(set);
  for (std::size_t begin = 0; begin < n; begin += kChunk) {
    const std::size_t end = std::min(begin + kChunk, n);
    if (evaluate_pieces(pieces_.data(), words + begin, end - begin, ticks + begin)) continue;
    for (std::size_t i = begin; i < end; ++i)
      if (ticks[i] == kUntold) ticks[i] = exact(words[i]);
  }
}

}  // namespace pishkhan
