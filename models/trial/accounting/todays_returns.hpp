#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "models/trial/accounting/follow_up.hpp"

namespace pishkhan {

/// Who comes again on the day of a visit in vain, when doors open again.
///
/// A day with such citizens depends on itself: who comes in the afternoon hangs on what became of the
/// morning. But what comes later changes nothing before it. So the day is decided without them, then with
/// those who are found, and so on, until the same are found twice: each time at least one more opening of the
/// doors is as it will stay.
class TodaysReturns {
 public:
  /// `follow_up` must outlive it.
  TodaysReturns(const FollowUp& follow_up, std::size_t stations)
      : follow_up_(follow_up), from_(stations), to_(stations) {}

  /// Begins a day.
  void begin();
  /// Finds who comes again of a decided station-day, in place of whom was found there before.
  void find(const Day& day, const DecidedStationDay& decided);
  /// Brings those found to their stations. The stations at which others come than before, ascending.
  std::vector<StationIndex> bring();
  /// After bring(): who comes again to a station, ordered by citizen and attempt.
  [[nodiscard]] std::span<const Attempt> at(StationIndex station) const { return to_[station.index()]; }

 private:
  const FollowUp& follow_up_;
  std::vector<std::vector<Attempt>> from_, to_;  ///< by station
};

}  // namespace pishkhan
