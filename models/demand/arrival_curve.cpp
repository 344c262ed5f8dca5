#include "models/demand/arrival_curve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/contract.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

ArrivalCurve::ArrivalCurve(const HourProfile& profile, std::span<const Interval> doors) {
  for (const bool uniform_weight : {false, true}) {
    if (uniform_weight && !pieces_.empty()) break;
    for (const auto& door : doors) {
      for (int hour = 0; hour < kHoursPerDay; ++hour) {
        const double from = std::max(door.from_s, hour * kSecondsPerHour);
        const double to = std::min(door.to_s, (hour + 1) * kSecondsPerHour);
        const double weight = uniform_weight ? 1.0 : profile[static_cast<std::size_t>(hour)];
        if (from < to) add(from, to, weight * (to - from) / kSecondsPerHour);
      }
    }
  }
  normalise();
}

ArrivalCurve::ArrivalCurve(std::span<const std::pair<double, double>> rate,
                           std::span<const Interval> intervals) {
  for (const auto& interval : intervals) {
    const auto later = std::upper_bound(rate.begin(), rate.end(), interval.from_s,
                                        [](double t, const auto& step) { return t < step.first; });
    auto k = static_cast<std::size_t>(std::max(later - rate.begin() - 1, std::ptrdiff_t{0}));
    for (; k < rate.size() && rate[k].first < interval.to_s; ++k) {
      const double end = k + 1 < rate.size() ? rate[k + 1].first : std::numeric_limits<double>::infinity();
      const double from = std::max(interval.from_s, rate[k].first), to = std::min(interval.to_s, end);
      if (from < to) add(from, to, rate[k].second * (to - from));
    }
  }
  normalise();
}

void ArrivalCurve::add(double from_s, double to_s, double weight) {
  if (weight <= 0) return;
  pieces_.push_back({total_ + weight, total_, from_s, 0, to_s, std::nextafter(to_s, 0.0), 0});
  total_ += weight;
}

void ArrivalCurve::normalise() {
  for (auto& piece : pieces_) {
    piece.share_from /= total_;
    piece.share_to /= total_;
    piece.slope = (piece.to_s - piece.from_s) / (piece.share_to - piece.share_from);
  }
  if (!pieces_.empty()) pieces_.back().share_to = 1;
  for (auto& piece : pieces_) {
    // uniform(word) = (word + 1/2) / 2^32, exactly.
    const double word = std::floor(piece.share_to * 0x1p32 - 0.5);
    piece.last_word = word >= 0x1p32 - 1 ? UINT32_MAX : word < 0 ? 0 : static_cast<std::uint32_t>(word);
  }
}

double ArrivalCurve::time(double u) const {
  PISHKHAN_EXPECT(!pieces_.empty());
  const auto piece = std::lower_bound(pieces_.begin(), pieces_.end(), u,
                                      [](const ArrivalPiece& p, double share) { return p.share_to < share; });
  return piece->time(u);
}

void ArrivalCurve::times(const std::uint32_t* words, std::size_t n, double* out) const {
  std::size_t i = 0;
  for (const ArrivalPiece& piece : pieces_)
    for (; i < n && words[i] <= piece.last_word; ++i) out[i] = piece.time(uniform(words[i]));
  PISHKHAN_ENSURE(i == n);
}

std::uint64_t ArrivalCurve::first_word(double from_s) const {
  std::uint64_t word = 0;
  for (const ArrivalPiece& piece : pieces_)
    if (piece.to_s <= from_s) word = std::uint64_t{piece.last_word} + 1;
  return word;
}

double ArrivalCurve::share(double from_s, double to_s) const {
  double sum = 0;
  for (const auto& piece : pieces_) {
    const double from = std::max(from_s, piece.from_s), to = std::min(to_s, piece.to_s);
    if (from < to) sum += (to - from) / piece.slope;
  }
  return sum;
}

HoursOfWeek ArrivalCurve::by_hour_of_week(double from_s, double to_s, std::size_t first_hour) const {
  HoursOfWeek hours{};
  for (const auto& piece : pieces_) {
    split_by_hour_of_week(first_hour, std::max(from_s, piece.from_s), std::min(to_s, piece.to_s),
                          [&](std::size_t hour, double s) { hours[hour] += total_ * s / piece.slope; });
  }
  return hours;
}

}  // namespace pishkhan
