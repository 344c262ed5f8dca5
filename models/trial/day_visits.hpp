#pragma once
#include <span>
#include <vector>

#include "sim/kernel/station.hpp"

namespace pishkhan {

/// What the services' tallies need of a day's visits. Where several days are simulated at once, these sums are
/// made afterwards, day by day, as they are otherwise, or they would differ in the last place.
struct DayVisits {
  Visits visits;  ///< only what tally_visit reads
  std::vector<std::uint8_t> reworked;
  std::vector<std::uint32_t> cell;  ///< of the services' tallies

  /// But for the cells.
  void add(const Visits& more, std::span<const std::uint8_t> more_reworked) {
    const auto append = [](auto& column, const auto& from) { column.insert(column.end(), from.begin(), from.end()); };
    append(visits.arrival, more.arrival);
    append(visits.leave, more.leave);
    append(visits.end, more.end);
    append(visits.system, more.system);
    append(visits.outcome, more.outcome);
    append(reworked, more_reworked);
  }
  void clear() {
    for (auto* column : {&visits.arrival, &visits.leave, &visits.end, &visits.system}) column->clear();
    visits.outcome.clear();
    reworked.clear();
    cell.clear();
  }
};

}  // namespace pishkhan
