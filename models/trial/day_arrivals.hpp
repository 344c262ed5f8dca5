#pragma once
#include <span>
#include <vector>

#include "models/trial/citizens.hpp"

namespace pishkhan {

/// A day's new citizens at the stations.
struct DayArrivals {
  std::vector<FirstAttempt> fresh;  ///< by station
  std::vector<std::size_t> first;   ///< of each station
  std::vector<Attempt> online;      ///< only if somebody asks for them
  [[nodiscard]] std::span<const FirstAttempt> of(std::size_t station) const {
    return {fresh.data() + first[station], first[station + 1] - first[station]};
  }
  /// Soon to be read: no cache holds several days, and no processor foresees where the next is.
  void fetch(std::size_t station) const {
    for (const FirstAttempt& who : of(station)) __builtin_prefetch(&who);
  }
};

/// Groups citizens by station, each group in the order of the list.
class StationGrouper {
 public:
  /// `first` becomes the place of each station's first in `grouped`, which may be longer than the list.
  template <class Who>
  void operator()(std::size_t stations, std::span<const Who> list, std::vector<Who>& grouped,
                  std::vector<std::size_t>& first) {
    first.assign(stations + 1, 0);
    for (const Who& who : list) ++first[who.station + 1];
    for (std::size_t s = 0; s < stations; ++s) first[s + 1] += first[s];
    make_room(grouped, list.size());
    next_.assign(first.begin(), first.end() - 1);
    for (const Who& who : list) grouped[next_[who.station]++] = who;
  }

 private:
  std::vector<std::size_t> next_;
};

}  // namespace pishkhan
