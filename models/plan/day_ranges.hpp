#pragma once
#include <cstddef>
#include <vector>

#include "models/plan/plan.hpp"

namespace pishkhan {

/// Days on which the same is to be expected of a station on one weekday as on the same weekday a week later,
/// but for special days: days of a month in which no change that the scenario dates begins or ends. A ramp of
/// a migration is one change, however its share grows.
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
  std::vector<DayNumber> begins_;            ///< of ranges of all stations, ascending
  std::vector<std::vector<DayNumber>> own_;  ///< the same of one station's alone, by station
};

}  // namespace pishkhan
