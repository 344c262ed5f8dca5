#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/totals/trial_result.hpp"

namespace pishkhan {

/// What the hours of each weekday saw at the stations of a run by days. A station has room for the hours in
/// which it is open or staffed and a little later; what is later still is rare and listed.
class HourBook {
 public:
  /// `only`: marks of the stations that are added, by station; empty: all.
  explicit HourBook(const Plan::Data& data, std::span<const std::uint8_t> only = {});

  /// Adds the hours of a station's day, kHoursOfWork of them.
  void add(std::size_t station, std::size_t weekday, std::span<const HourTally> day);
  /// Adds all to week_hours and station_hours of the result, which has neither yet. `only` as above.
  void close(std::span<const std::uint8_t> only, TrialResult& result);

 private:
  struct Room {
    std::size_t at = 0;  ///< of Saturday's first hour; the other days follow
    std::size_t first = 0, end = 0;
  };
  std::vector<Room> rooms_;
  std::vector<HourTally> hours_;
  std::vector<WeekHour> late_;
};

}  // namespace pishkhan
