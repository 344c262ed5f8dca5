#include "sim/statistics/visit_sum.hpp"

#include <cmath>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

constexpr double kTicksPerSecond = 65536;
constexpr double kTimeBelow_s = 0x1p80;

constexpr std::array kCountMembers{
    &VisitTally::arrived,   &VisitTally::served,           &VisitTally::abandoned, &VisitTally::balked,
    &VisitTally::sent_away, &VisitTally::inside,           &VisitTally::failed,    &VisitTally::reworked,
    &VisitTally::in_target, &VisitTally::waiting_in_target};
constexpr std::array kTimeMembers{&VisitTally::wait_s,     &VisitTally::wait_joined_s, &VisitTally::sojourn_s,
                                  &VisitTally::handling_s, &VisitTally::system_s,      &VisitTally::failed_s,
                                  &VisitTally::aside_s};

/// A time in whole ticks.
template <class Ticks>
Ticks in_ticks(double time_s) {
  const double ticks = time_s * kTicksPerSecond;
  // Below 2^51 the sum with this number has no digits after the point, so the addition rounds to whole ticks.
  constexpr double kToWhole = 0x1.8p52;
  if (std::abs(ticks) < 0x1p51) return static_cast<std::int64_t>(ticks + kToWhole - kToWhole);
  PISHKHAN_EXPECT(std::abs(time_s) < kTimeBelow_s);
  return static_cast<Ticks>(std::nearbyint(ticks));
}

}  // namespace

VisitSum& VisitSum::operator+=(const VisitTally& tally) {
  static_assert(kCountMembers.size() == kCounts && kTimeMembers.size() == kTimes);
  for (std::size_t i = 0; i < kCounts; ++i) counts_[i] += tally.*kCountMembers[i];
  for (std::size_t i = 0; i < kTimes; ++i) times_[i] += in_ticks<Ticks>(tally.*kTimeMembers[i]);
  return *this;
}

VisitSum& VisitSum::operator-=(const VisitTally& tally) {
  for (std::size_t i = 0; i < kCounts; ++i) counts_[i] -= tally.*kCountMembers[i];
  for (std::size_t i = 0; i < kTimes; ++i) times_[i] -= in_ticks<Ticks>(tally.*kTimeMembers[i]);
  return *this;
}

VisitTally VisitSum::tally() const {
  VisitTally tally;
  for (std::size_t i = 0; i < kCounts; ++i) tally.*kCountMembers[i] = counts_[i];
  for (std::size_t i = 0; i < kTimes; ++i)
    tally.*kTimeMembers[i] = static_cast<double>(times_[i]) / kTicksPerSecond;
  return tally;
}

}  // namespace pishkhan
