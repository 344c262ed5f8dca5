#pragma once
#include <optional>

#include "models/plan/plan_data.hpp"
#include "models/trial/accounting/accounting.hpp"
#include "models/trial/coupling/coupled_stations.hpp"
#include "models/trial/run_trial.hpp"
#include "models/trial/station_day/station_runner.hpp"
#include "models/trial/totals/totals.hpp"

namespace pishkhan {

/// The parts of a replication that all forms of run share.
struct Replication {
  Replication(const Plan& plan, std::uint32_t number, const TrialOptions& trial_options);
  Replication(const Replication&) = delete;
  Replication& operator=(const Replication&) = delete;

  void report_progress(int day) const;

  const Scenario& scenario;
  const Plan::Data& data;
  const TrialOptions& options;
  DrawKey key;
  StopCheck stop;  ///< as the options say
  Totals totals;
  StationRunner runner;                    ///< for stations that are simulated one by one
  std::optional<CoupledStations> coupled;  ///< where stations are coupled
  Accounting accounting;
};

}  // namespace pishkhan
