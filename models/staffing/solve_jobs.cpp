#include "models/staffing/solve_jobs.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "models/staffing/common_citizens.hpp"
#include "models/staffing/station_demand.hpp"
#include "sim/experiment/replicate.hpp"

namespace pishkhan {
namespace {

/// What one replication counts of the jobs that it has.
struct Counted {
  std::vector<RatioParts> counts;  ///< by job, then promise
  std::vector<std::size_t> days;   ///< by job
  std::vector<std::size_t> most_citizens;
};

/// What is shown beside the promises, by replication.
struct ShownSums {
  std::vector<double> in_time, wait_s, joined;

  void add(std::span<const RatioParts> of_replication) {
    in_time.push_back(of_replication[0].numerator);
    joined.push_back(of_replication[0].denominator);
    wait_s.push_back(of_replication[1].numerator);
  }
  void estimate(SeenStaffing& seen) const {
    for (const double visits : joined) seen.visits += visits / static_cast<double>(joined.size());
    seen.service_level = estimate_proportion(in_time, joined);
    seen.wait_s = estimate_skewed_ratio(wait_s, joined);
  }
};

SolvedJobs solve_batch(const Plan& plan, const StaffedStations& stations,
                       const std::vector<StaffingJob>& jobs, Citizens whose, int threads,
                       const std::function<bool()>& stop) {
  std::uint32_t replications = 0;
  std::vector<std::size_t> begin(1, 0);
  for (const StaffingJob& job : jobs) {
    replications = std::max(replications, job.replications);
    begin.push_back(begin.back() + stations.promises[job.station].counts());
  }
  std::optional<StationDemand> demand;
  if (whose == Citizens::by_station && StationDemand::is_possible(plan.scenario(), plan.data())) {
    std::vector<std::uint8_t> all(stations.spaces.size(), 0);
    for (const StaffingJob& job : jobs) all[job.station] = 1;
    demand.emplace(plan.scenario(), plan.data(), all);
  }
  std::vector<Counted> counted(replications);
  run_tasks(replications, threads, [&](std::uint32_t i, const std::stop_token& token) {
    const std::function<bool()> told = [&stop, token] { return token.stop_requested() || (stop && stop()); };
    TrialOptions options;
    options.stop = told;
    std::vector<std::uint8_t> wanted(stations.spaces.size(), 0);
    for (const StaffingJob& job : jobs)
      if (i < job.replications) wanted[job.station] = 1;
    CommonCitizens citizens(plan, i, options, wanted, demand ? &*demand : nullptr);
    Counted& here = counted[i];
    here.counts.resize(begin.back());
    here.days.resize(jobs.size());
    here.most_citizens.resize(wanted.size());
    for (std::size_t s = 0; s < wanted.size() && whose == Citizens::of_run; ++s)
      if (wanted[s] != 0) here.most_citizens[s] = citizens.most_citizens(StationIndex(s));
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      const StaffingJob& job = jobs[j];
      if (i >= job.replications) continue;
      here.days[j] = citizens.solve(StationIndex(job.station), stations.spaces[job.station], job.set,
                                    stations.promises[job.station],
                                    std::span(here.counts).subspan(begin[j], begin[j + 1] - begin[j]));
    }
  });
  SolvedJobs solved{std::vector<SeenStaffing>(jobs.size()), std::vector<std::size_t>(stations.spaces.size())};
  for (const Counted& here : counted) {
    for (std::size_t s = 0; s < here.most_citizens.size(); ++s)
      solved.most_citizens[s] = std::max(solved.most_citizens[s], here.most_citizens[s]);
  }
  run_tasks(static_cast<std::uint32_t>(jobs.size()), threads, [&](std::uint32_t j, const std::stop_token&) {
    const StaffingJob& job = jobs[j];
    StaffingCounts sum;
    sum.promises = stations.promises[job.station].list().size();
    ShownSums shown;
    for (std::uint32_t i = 0; i < job.replications; ++i) {
      const auto of_job = std::span(counted[i].counts).subspan(begin[j], begin[j + 1] - begin[j]);
      sum.counts.insert(sum.counts.end(), of_job.begin(), of_job.end() - 2);
      shown.add(of_job.last(2));
      sum.station_days += counted[i].days[j];
    }
    SeenStaffing& seen = solved.seen[j];
    seen.set = job.set;
    seen.tests = test_promises(plan.scenario(), stations.promises[job.station], sum);
    seen.station_days = sum.station_days;
    seen.replications = job.replications;
    shown.estimate(seen);
  });
  return solved;
}

}  // namespace

SolvedJobs solve_jobs(const Plan& plan, const StaffedStations& stations, const std::vector<StaffingJob>& jobs,
                      Citizens whose, int threads, const std::function<bool()>& stop) {
  // Some 500 MB of counts at once; the citizens of a batch are drawn again for the next.
  constexpr std::size_t kMostCounts = 30'000'000;
  SolvedJobs solved{{}, std::vector<std::size_t>(stations.spaces.size())};
  for (std::size_t begin = 0, end = 0; begin < jobs.size(); begin = end) {
    // Every replication keeps counts of all jobs of the batch.
    std::size_t counts = 0, replications = 0;
    for (; end < jobs.size(); ++end) {
      counts += stations.promises[jobs[end].station].counts();
      replications = std::max<std::size_t>(replications, jobs[end].replications);
      if (end > begin && counts * replications > kMostCounts) break;
    }
    const std::vector<StaffingJob> batch(jobs.begin() + static_cast<std::ptrdiff_t>(begin),
                                         jobs.begin() + static_cast<std::ptrdiff_t>(end));
    SolvedJobs of_batch = solve_batch(plan, stations, batch, whose, threads, stop);
    std::move(of_batch.seen.begin(), of_batch.seen.end(), std::back_inserter(solved.seen));
    for (std::size_t s = 0; s < solved.most_citizens.size(); ++s)
      solved.most_citizens[s] = std::max(solved.most_citizens[s], of_batch.most_citizens[s]);
  }
  return solved;
}

}  // namespace pishkhan
