#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "tools/pishkhan/options.hpp"
#include "tools/report/visits.hpp"

namespace pishkhan {

struct SimulationOptions {
  int threads = 1;                  ///< replications at a time
  bool quiet = false;               ///< no progress bar
  VisitSpool* spool = nullptr;      ///< takes the visits of the first plan
  std::uint32_t known = 0;          ///< first replications of the first plan that are not simulated
  std::function<bool()> stop = {};  ///< true ends it with Interrupted, as an interrupt does
  std::uint32_t from = 0;           ///< first replication simulated
  int to = -1;                      ///< and the one after the last; -1: as many as the scenario says
};

/// [plan][replication]: every replication of every plan, but for those that are known; all have the same run.
/// Where a scenario asks for `simgrid`, each replication is a process of its own, and those that crash are
/// told together, with their reasons, in one EnvironmentError after the others have finished. Throws
/// Interrupted.
std::vector<std::vector<TrialResult>> simulate(const std::vector<const Plan*>& plans,
                                               const TrialFunction& trial, const SimulationOptions& options);

}  // namespace pishkhan
