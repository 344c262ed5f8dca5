#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/staffing/promises.hpp"
#include "models/staffing/staffing_space.hpp"
#include "sim/statistics/estimate.hpp"

namespace pishkhan {

/// Fewer replications tell too little of how much they differ.
inline constexpr std::size_t kFewestInSearch = 10, kFewestInProof = 20;

/// A staffing, or a set of them, and what was seen of it: of a set, in its best case.
struct SeenStaffing {
  StaffingSet set;
  PromiseTests tests;
  double visits = 0;                                       ///< that joined, a replication
  Estimate service_level{kNan, kNan}, wait_s{kNan, kNan};  ///< of those who joined
  std::size_t station_days = 0;
  std::size_t replications = 0;
};

/// A staffing of a station, or a set of them, that is to be solved in so many replications, from the first.
struct StaffingJob {
  std::size_t station = 0;
  StaffingSet set;
  std::uint32_t replications = 0;
};

/// What solve_jobs needs to know of the stations: by station.
struct StaffedStations {
  std::vector<StaffingSpace> spaces;
  std::vector<Promises> promises;
};

/// Whose visits are solved.
enum class Citizens : std::uint8_t { of_run, by_station };

struct SolvedJobs {
  std::vector<SeenStaffing> seen;          ///< by job
  std::vector<std::size_t> most_citizens;  ///< by station: new on a day; 0 where there was no job
};

/// Solves the jobs, of which those of one station stand together, in replications of the plan. All staffings
/// of a station have the same citizens: those of a run, or, where that is possible, drawn by station, which
/// is the quicker the fewer stations there are. Throws Interrupted when told to stop.
SolvedJobs solve_jobs(const Plan& plan, const StaffedStations& stations, const std::vector<StaffingJob>& jobs,
                      Citizens citizens, int threads, const std::function<bool()>& stop);

}  // namespace pishkhan
