#pragma once
#include <string>

#include "models/plan/forecast.hpp"
#include "tools/pishkhan/options.hpp"

namespace pishkhan {

/// What a run will take on this machine.
struct RunForecast {
  double run_s = 0;
  std::string basis;  ///< what the time is reckoned from, in words
  double memory_bytes = 0, available_bytes = 0;
  /// Processor time of the forecast: for reading the scenario and laying out its demand; for the pieces.
  double reading_s = 0, pieces_s = 0;
};

/// Memory that the run of the plans, made by this process, will hold at most, on so many threads.
double forecast_memory_bytes(const std::vector<const Plan*>& plans, int threads);

/// Simulates pieces of the run now, each larger than the one before, until one takes long enough to be
/// measured or a second is nearly over. Measures processor time, which others on the machine do not change.
RunForecast forecast_run(const Scenario& scenario, double visits, int threads, const TrialFunction& trial);

}  // namespace pishkhan
