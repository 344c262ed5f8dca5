#include "models/trial/unbroken_run.hpp"

#include "models/trial/citizens/bare_citizens.hpp"

namespace pishkhan {

void simulate_unbroken_run(Replication& run) {
  const Day day;
  BareCitizens citizens(run.data, run.key, run.stop);
  std::vector<Attempt> attempts;
  const auto account = [&](const DecidedStationDay& decided) {
    run.accounting.bare_station_day(day, decided, run.totals.pending);
  };
  if (run.coupled) run.coupled->begin(day);
  for (std::size_t s = 0; s < run.data.stations.size(); ++s) {
    run.stop.now();
    const StationIndex station(s);
    citizens.create(day, station, run.totals, attempts);
    if (run.coupled) {
      run.coupled->add(station, attempts);
      continue;
    }
    run.runner.prepare(day, station, attempts);
    run.runner.simulate();
    account({station, attempts, run.runner, {}, {}});
  }
  if (!run.coupled) return;
  run.coupled->simulate({});
  run.coupled->for_each_station(account);
}

}  // namespace pishkhan
