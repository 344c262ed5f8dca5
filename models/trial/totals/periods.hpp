#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "sim/statistics/tally.hpp"

namespace pishkhan {

/// Counted days of a run that are of the same Solar Hijri month and of the same week. Months and weeks both
/// are whole cells added up.
struct PeriodCell {
  DayNumber first = 0;
  int days = 0;
  int month = 0;       ///< 12 * year + month of the year (0 = Farvardin)
  DayNumber week = 0;  ///< its Saturday
};

/// The cells of a run, in order. An unbroken run has none.
std::vector<PeriodCell> period_cells(const Run& run);

/// Sums of a station over a cell: the part of a StationTally that is kept for each.
struct PeriodTally {
  std::uint32_t arrived = 0, served = 0, abandoned = 0, balked = 0, sent_away = 0, inside = 0, failed = 0,
                in_target = 0, days = 0, missed_days = 0;
  double wait_s = 0, wait_joined_s = 0, busy_s = 0, staffed_s = 0, overtime_s = 0, open_s = 0,
         queue_area_s = 0;
};

/// Adds a cell to a station's tally; other members stay.
void add_to(StationTally& sum, const PeriodTally& tally);

/// Cuts the growing tallies of stations into cells. It notes each tally before the first day of a cell, so
/// that nothing is added up twice; when days are simulated again, the note is written again.
class PeriodBook {
 public:
  PeriodBook(const Run& run, std::size_t stations);

  /// To be called before a counted day is added to a station's tally; days counted from 0.
  void before_day(int day, std::size_t station, const StationTally& tally) {
    Note& note = notes_[station * cells_ + cell_of_day_[static_cast<std::size_t>(day)]];
    if (day <= note.day) note = {day, cut(tally)};
  }
  /// A station's cells, given its tally of all of them.
  void close(std::size_t station, const StationTally& tally, std::vector<PeriodTally>& cells) const;

 private:
  struct Note {
    int day = INT32_MAX;  ///< first day of the cell on which the station was observed
    PeriodTally before;
  };
  static PeriodTally cut(const StationTally& tally);

  std::size_t cells_;
  std::vector<std::uint32_t> cell_of_day_;
  std::vector<Note> notes_;  ///< [station * cells + cell]
};

}  // namespace pishkhan
