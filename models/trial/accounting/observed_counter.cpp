#include "models/trial/accounting/observed_counter.hpp"

#include <algorithm>

namespace pishkhan {

ObservedCounter::ObservedCounter(const Scenario& scenario, std::size_t stations, Totals& totals)
    : scenario_(scenario), totals_(totals) {
  if (scenario.observations.empty()) return;
  begin_.assign(stations + 1, 0);
  for (const Observation& observation : scenario.observations) ++begin_[observation.station + 1];
  for (std::size_t station = 0; station < stations; ++station) begin_[station + 1] += begin_[station];
}

void ObservedCounter::station_day(DayNumber date, const DecidedStationDay& decided, const VisitTally& tally,
                                  bool open) {
  if (begin_.empty()) return;
  const std::size_t station = decided.station.index();
  const auto all = scenario_.observations.begin();
  const auto begin = all + begin_[station], end = all + begin_[station + 1];
  const auto after = std::upper_bound(begin, end, date,
                                      [](DayNumber day, const Observation& one) { return day < one.first; });
  if (after == begin) return;
  const auto at = after - 1;
  if (date >= at->first + at->days) return;
  ObservedTally& sum = totals_.observed[static_cast<std::size_t>(at - all)];
  sum.open_days += open ? 1 : 0;
  sum.clerk_days += static_cast<std::uint32_t>(decided.runner.station_day().clerks.size());
  sum.arrived += static_cast<std::uint32_t>(tally.arrived);
  sum.served += static_cast<std::uint32_t>(tally.served);
  sum.abandoned += static_cast<std::uint32_t>(tally.abandoned);
  sum.wait_s += tally.wait_s;
}

}  // namespace pishkhan
