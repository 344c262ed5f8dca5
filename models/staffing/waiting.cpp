#include "models/staffing/waiting.hpp"

#include <algorithm>
#include <cstddef>
#include <stop_token>

#include "models/staffing/common_citizens.hpp"
#include "sim/experiment/replicate.hpp"

namespace pishkhan {
namespace {

void add(const Visits& visits, WaitingSums& sums) {
  for (std::size_t i = 0; i < visits.size(); ++i) {
    sums.wait_s += visits.leave_s[i] - visits.arrival_s[i];
    sums.unserved += visits.outcome[i] != Outcome::served;
  }
  sums.most_visits = std::max<std::uint64_t>(sums.most_visits, visits.size());
}

}  // namespace

std::vector<std::vector<WaitingSums>> solve_waiting(const Plan& plan, std::span<const StaffingSpace> spaces,
                                                    std::span<const WaitingJob> jobs,
                                                    std::uint32_t replications, int threads,
                                                    const std::function<bool()>& stop) {
  std::vector<std::vector<WaitingSums>> sums(jobs.size(), std::vector<WaitingSums>(replications));
  std::vector<std::uint8_t> wanted(spaces.size(), 0);
  for (const WaitingJob& job : jobs) wanted[job.station] = 1;
  run_tasks(replications, threads, [&](std::uint32_t i, const std::stop_token& token) {
    const std::function<bool()> told = [&stop, token] { return token.stop_requested() || (stop && stop()); };
    TrialOptions options;
    options.stop = told;
    CommonCitizens citizens(plan, i, options, wanted);
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      const WaitingJob& job = jobs[j];
      citizens.solve(StationIndex(job.station), spaces[job.station], {job.staffing},
                     [&](const Day&, const Visits& visits) { add(visits, sums[j][i]); });
    }
  });
  return sums;
}

}  // namespace pishkhan
