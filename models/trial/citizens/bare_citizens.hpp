#pragma once
#include <vector>

#include "models/plan/plan_data.hpp"
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
  /// How many citizens of a stream come on a station's day. They are added to the totals as above.
  std::uint32_t count(const Day& day, StationIndex station, std::uint32_t stream, Totals& totals);
  [[nodiscard]] static Attempt first_attempt(const Day& day, StationIndex station, std::uint32_t stream,
                                             std::uint32_t index) {
    return {station.value << 16 | stream, index, day.date, station, 0, 0, 0, false, Channel::office, 0};
  }
  /// The same as create() for a piece of an unbroken run.
  void create(const RunPiece& piece, StationIndex station, Totals& totals, std::vector<Attempt>& attempts);

 private:
  /// The day's factor on all arrivals of a station.
  [[nodiscard]] double busyness(const Day& day, StationIndex station) const;
  std::uint32_t count(const Day& day, StationIndex station, std::uint32_t stream, double expected,
                      Totals& totals);
  void append(const Day& day, StationIndex station, std::uint32_t stream, double expected, Totals& totals,
              std::vector<Attempt>& attempts);

  const Plan::Data& data_;
  DrawKey key_;
  StopCheck stop_;
  PoissonQuantile poisson_;
};

}  // namespace pishkhan
