#pragma once
#include <cstddef>
#include <vector>

#include "models/plan/plan.hpp"

namespace pishkhan {

/// Successive days of one month between which no change that the scenario dates begins or ends. Two equal
/// weekdays of a range have the same expected load, unless one is a special day or a migration grows by its
/// ramp, which is one change.
struct DayRange {
  DayNumber first_day, until_day;  ///< first_day <= day < until_day
};

/// The ranges of a run by days. Bare stations have no months.
class DayRanges {
 public:
  DayRanges(const Scenario& scenario, const Plan::Data& data);

  /// In which a day of the run lies. `station`: its index in Plan::Data::stations.
  [[nodiscard]] DayRange of(std::size_t station, DayNumber day) const;

 private:
  void begin_at(std::vector<DayNumber>& begins, DayNumber day) const;
  void add_of_province(const Scenario& scenario, const Plan::Data& data);

  DayNumber first_day_, until_day_;          ///< of the run
  std::vector<DayNumber> begins_;            ///< first days of ranges, of all stations; ascending
  std::vector<std::vector<DayNumber>> own_;  ///< first days of ranges of one station alone, by station
};

}  // namespace pishkhan
