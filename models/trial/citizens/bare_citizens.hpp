#pragma once
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/station_day/given_arrivals.hpp"
#include "models/trial/station_day/run_pieces.hpp"
#include "models/trial/totals/attempt.hpp"
#include "models/trial/totals/day.hpp"
#include "models/trial/totals/totals.hpp"
#include "sim/random/philox.hpp"
#include "sim/random/poisson.hpp"

namespace pishkhan {

/// Creates the new citizens of bare stations.
class BareCitizens {
 public:
  BareCitizens(const Plan::Data& data, DrawKey key, StopCheck stop) : data_(data), key_(key), stop_(stop) {}

  /// Replaces `attempts` by the first attempts of a station's day. On a counted day citizens are added to
  /// totals.result.citizens.
  void create(const Day& day, StationIndex station, Totals& totals, std::vector<Attempt>& attempts);
  /// How many citizens of a stream of plain arrivals come on a station's day. They are added to the totals as
  /// above.
  std::uint32_t count(const Day& day, StationIndex station, std::uint32_t stream, Totals& totals);
  [[nodiscard]] static Attempt first_attempt(const Day& day, StationIndex station, std::uint32_t stream,
                                             std::uint32_t index) {
    return {station.value << 16 | stream, index, day.date, station, 0, 0, 0, false, Channel::office, 0};
  }
  /// The same as create() for a piece of an unbroken run.
  void create(const RunPiece& piece, StationIndex station, Totals& totals, std::vector<Attempt>& attempts);
  /// What the attempts created last bring, and after them others, up to `all`, that bring nothing. Valid
  /// until the next create().
  [[nodiscard]] GivenArrivals given(std::size_t all);

 private:
  /// What new citizens of a stream come of.
  struct Source {
    Day day;  ///< of a piece of an unbroken run, its number stands for the date
    StationIndex station;
    std::uint32_t stream = 0;
    const ArrivalCurve* curve = nullptr;
    double busyness = 1;
    std::span<const Interval> doors = {};
    double from_s = 0, until_s = kForever;  ///< the piece; of a day: all
  };
  /// The day's factor on all arrivals of a station.
  [[nodiscard]] double busyness(const Day& day, StationIndex station) const;
  [[nodiscard]] std::uint32_t draw_count(const Source& from, double expected);
  void add_created(const Source& from, std::size_t count, Totals& totals);
  void append(const Source& from, Totals& totals, std::vector<Attempt>& attempts);
  void append_batches(const Source& from, std::vector<Attempt>& attempts);
  void append_scheduled(const Source& from, std::vector<Attempt>& attempts);
  void append_recorded(const Source& from, std::vector<Attempt>& attempts);
  /// Those who wait when the doors open, at `opening_s`.
  void append_at_start(const Day& day, StationIndex station, double opening_s, Totals& totals,
                       std::vector<Attempt>& attempts);
  /// `handling_s` is 0 where it is drawn.
  void append_one(const Source& from, std::uint32_t index, double arrival_s, double handling_s,
                  std::vector<Attempt>& attempts);
  [[nodiscard]] const ArrivalStream& rules_of(const Source& from) const;

  const Plan::Data& data_;
  DrawKey key_;
  StopCheck stop_;
  PoissonQuantile poisson_;
  std::vector<double> arrival_s_, handling_s_;  ///< by attempt, where a stream of the station is not plain
};

}  // namespace pishkhan
