#pragma once
#include <optional>
#include <span>

#include "models/plan/plan_data.hpp"
#include "models/trial/accounting/accounting.hpp"
#include "models/trial/coupling/coupled_stations.hpp"
#include "models/trial/run_trial.hpp"
#include "models/trial/station_day/station_runner.hpp"
#include "models/trial/totals/totals.hpp"

namespace pishkhan {

class KeptDays;

/// The parts of a replication that all forms of run share.
struct Replication {
  /// `only`: marks of the stations that are simulated, by station; empty: all.
  Replication(const Plan& plan, std::uint32_t number, const TrialOptions& trial_options,
              std::span<const std::uint8_t> only = {});
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
  KeptDays* kept = nullptr;  ///< of a province: keeps what its days were made of
};

}  // namespace pishkhan
