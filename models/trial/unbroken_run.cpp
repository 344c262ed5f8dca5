#include "models/trial/unbroken_run.hpp"

#include <algorithm>

#include "models/trial/citizens/bare_citizens.hpp"
#include "sim/base/room.hpp"

namespace pishkhan {
namespace {

/// One station after the other, piece by piece.
void simulate_apart(Replication& run, BareCitizens& citizens) {
  std::vector<Attempt> attempts, carried, created;
  for (std::size_t s = 0; s < run.data.stations.size(); ++s) {
    const StationIndex station(s);
    const RunPieces pieces(run.scenario, run.data, station);
    carried.clear();
    for (std::size_t k = 0; k < pieces.count(); ++k) {
      run.stop.now();
      const RunPiece piece = pieces.piece(k);
      citizens.create(piece, station, run.totals, created);
      resize_with_room(attempts, carried.size() + created.size());
      std::ranges::copy(created, std::ranges::copy(carried, attempts.begin()).out);
      run.runner.prepare(piece, station, attempts, citizens.given(created.size()));
      run.runner.simulate();
      carried.clear();
      for (const std::uint32_t attempt : run.runner.carried()) carried.push_back(attempts[attempt]);
      run.accounting.bare_station_day({}, {station, attempts, run.runner, {}, {}}, run.totals.pending);
      run.accounting.count_pending();
    }
  }
}

}  // namespace

void simulate_unbroken_run(Replication& run) {
  BareCitizens citizens(run.data, run.key, run.stop);
  if (!run.coupled) return simulate_apart(run, citizens);
  const Day day;
  std::vector<Attempt> attempts;
  run.coupled->begin(day);
  for (std::size_t s = 0; s < run.data.stations.size(); ++s) {
    run.stop.now();
    citizens.create(day, StationIndex(s), run.totals, attempts);
    run.coupled->add(StationIndex(s), attempts, citizens.given(attempts.size()));
  }
  run.coupled->simulate({});
  run.coupled->for_each_station([&](const DecidedStationDay& decided) {
    run.accounting.bare_station_day(day, decided, run.totals.pending);
  });
}

}  // namespace pishkhan
