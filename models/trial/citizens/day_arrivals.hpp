#pragma once
#include <algorithm>
#include <span>
#include <vector>

#include "models/trial/citizens/citizen_source.hpp"

namespace pishkhan {

/// A day's new citizens, grouped by the station they go to.
struct DayArrivals {
  std::vector<FirstAttempt> first_attempts;  ///< by station; may be longer than what is in use
  std::vector<std::size_t> begin;            ///< of each station in first_attempts, and the end
  std::vector<Attempt> online;               ///< online attempts, if they are kept
  [[nodiscard]] std::span<const FirstAttempt> of(std::size_t station) const {
    return {first_attempts.data() + begin[station], begin[station + 1] - begin[station]};
  }
  /// Brings a station's attempts into the cache shortly before they are read: the attempts of several days do
  /// not fit there, and the processor cannot predict where the next station's are.
  void prefetch(std::size_t station) const {
    for (const FirstAttempt& first : of(station)) __builtin_prefetch(&first);
  }
};

/// Replaces `attempts` by those made at a station on a day: first the new ones, then the pending ones of
/// citizens who first came on an earlier day, ordered by citizen, which are pending no more. Others failed
/// online later in the stretch.
inline void list_attempts(std::span<const FirstAttempt> first_attempts, DayNumber date,
                          std::vector<Attempt>& pending, std::vector<Attempt>& attempts) {
  attempts.resize(first_attempts.size());
  for (std::size_t i = 0; i < first_attempts.size(); ++i) attempts[i] = first_attempts[i].attempt(date);
  if (pending.empty()) return;
  const auto returning = std::partition(pending.begin(), pending.end(),
                                        [date](const Attempt& attempt) { return attempt.origin >= date; });
  std::sort(returning, pending.end(), by_citizen);
  attempts.insert(attempts.end(), returning, pending.end());
  pending.erase(returning, pending.end());
}

/// Groups attempts by station. Attempts of one station stay in the order of the list.
class StationGrouper {
 public:
  /// begin[s] becomes the position in `grouped` of station s's first; `grouped` may be longer than the list.
  template <class AnyAttempt>
  void operator()(std::size_t stations, std::span<const AnyAttempt> list, std::vector<AnyAttempt>& grouped,
                  std::vector<std::size_t>& begin) {
    begin.assign(stations + 1, 0);
    for (const AnyAttempt& attempt : list) ++begin[attempt.station.index() + 1];
    for (std::size_t s = 0; s < stations; ++s) begin[s + 1] += begin[s];
    make_room(grouped, list.size());
    next_.assign(begin.begin(), begin.end() - 1);
    for (const AnyAttempt& attempt : list) grouped[next_[attempt.station.index()]++] = attempt;
  }

 private:
  std::vector<std::size_t> next_;
};

}  // namespace pishkhan
