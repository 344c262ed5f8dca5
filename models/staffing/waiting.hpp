#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/staffing/staffing_space.hpp"

namespace pishkhan {

/// What the visits of a station's counted days came to in one replication.
struct WaitingSums {
  double wait_s = 0;              ///< of all who joined: from joining to the start of handling, or to leaving
  std::uint64_t unserved = 0;     ///< balked, left, were sent away or failed
  std::uint64_t most_visits = 0;  ///< on a day

  /// In seconds, a visit without service counted as so many.
  [[nodiscard]] double cost_s(double unserved_s) const {
    return wait_s + static_cast<double>(unserved) * unserved_s;
  }
};

/// A station with a staffing.
struct WaitingJob {
  std::size_t station = 0;
  Staffing staffing;
};

/// Solves the jobs, of which those of one station stand together, with the citizens of a run, in as many
/// replications: [job][replication]. `spaces` by station. Throws Interrupted when told to stop.
std::vector<std::vector<WaitingSums>> solve_waiting(const Plan& plan, std::span<const StaffingSpace> spaces,
                                                    std::span<const WaitingJob> jobs,
                                                    std::uint32_t replications, int threads,
                                                    const std::function<bool()>& stop);

}  // namespace pishkhan
