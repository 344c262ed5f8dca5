#include "models/staffing/staffing.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/staffing/proof.hpp"
#include "models/staffing/search.hpp"
#include "models/staffing/separable.hpp"
#include "models/staffing/solve_jobs.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/statistics/share_tests.hpp"

namespace pishkhan {
namespace {

/// More rounds have error probabilities too small to be of use.
constexpr std::size_t kMostRounds = 6;
/// A round takes so many times the days that are expected to be needed.
constexpr double kReserve = 1.5;

class Finder {
 public:
  Finder(const Plan& plan, const StaffingOptions& options)
      : plan_(plan), scenario_(plan.scenario()), data_(plan.data()), options_(options) {
    expect_separable(scenario_, data_);
    for (std::size_t s = 0; s < data_.stations.size(); ++s) {
      stations_.spaces.emplace_back(scenario_, data_, StationIndex(s));
      stations_.promises.emplace_back(scenario_, data_, StationIndex(s));
    }
    days_a_replication_ = static_cast<std::size_t>(std::max(working_days(scenario_, data_), 1));
  }

  StaffingResult find() {
    search();
    prove();
    return result();
  }

 private:
  [[nodiscard]] std::uint32_t replications_for(double station_days, std::size_t fewest) const {
    const double needed = std::ceil(station_days / static_cast<double>(days_a_replication_));
    return static_cast<std::uint32_t>(std::max(needed, static_cast<double>(fewest)));
  }
  void search();
  void prove();
  [[nodiscard]] std::vector<StaffingJob> jobs_of(std::size_t round) const;
  void prove_round(std::size_t round, const std::vector<StaffingJob>& jobs);
  [[nodiscard]] StaffingResult result() const;
  void describe(StationStaffing& station) const;

  const Plan& plan_;
  const Scenario& scenario_;
  const Plan::Data& data_;
  const StaffingOptions& options_;
  std::size_t days_a_replication_ = 1;
  StaffedStations stations_;
  std::vector<std::optional<StaffingSearch>> searches_;  ///< by station, where there is something to choose
  std::vector<std::optional<StationProof>> proofs_;
  std::vector<std::size_t> rounds_;  ///< by station
  std::vector<std::map<Staffing, SeenStaffing>> searched_;
  std::uint32_t search_replications_ = 0;
};

void Finder::search() {
  search_replications_ = replications_for(static_cast<double>(options_.search_days), kFewestInSearch);
  searches_.resize(stations_.spaces.size());
  searched_.resize(stations_.spaces.size());
  for (std::size_t s = 0; s < searches_.size(); ++s) {
    if (stations_.spaces[s].can_vary() && !stations_.promises[s].list().empty())
      searches_[s].emplace(stations_.spaces[s]);
  }
  for (;;) {
    std::vector<StaffingJob> jobs;
    for (std::size_t s = 0; s < searches_.size(); ++s) {
      if (!searches_[s]) continue;
      for (Staffing& staffing : searches_[s]->next())
        jobs.push_back({s, std::move(staffing), search_replications_});
    }
    if (jobs.empty()) return;
    SolvedJobs solved = solve_jobs(plan_, stations_, jobs, Citizens::of_run, options_.threads, options_.stop);
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      const std::size_t s = jobs[j].station;
      searches_[s]->at_most(static_cast<int>(solved.most_citizens[s]));
      searches_[s]->learn(jobs[j].staffing, solved.seen[j].tests);
      searched_[s][jobs[j].staffing] = std::move(solved.seen[j]);
    }
  }
}

void Finder::prove() {
  proofs_.resize(stations_.spaces.size());
  rounds_.resize(stations_.spaces.size());
  for (std::size_t s = 0; s < proofs_.size(); ++s) {
    if (searches_[s] && searches_[s]->attainable() && !searches_[s]->nobody_counted())
      proofs_[s].emplace(stations_.spaces[s], *searches_[s]);
  }
  for (std::size_t round = 1; round <= kMostRounds; ++round) {
    const std::vector<StaffingJob> jobs = jobs_of(round);
    if (jobs.empty()) return;
    prove_round(round, jobs);
  }
}

double level_of(std::size_t round) { return kProofLevel / static_cast<double>(std::size_t{1} << round); }

/// What is open, each with as many days as what was seen of it in the round before lets expect. What was
/// tested with the most days is left open.
std::vector<StaffingJob> Finder::jobs_of(std::size_t round) const {
  std::vector<std::pair<std::size_t, Staffing>> open;
  for (std::size_t s = 0; s < proofs_.size(); ++s) {
    if (!proofs_[s]) continue;
    for (Staffing& staffing : proofs_[s]->to_test()) open.emplace_back(s, std::move(staffing));
  }
  const double first = static_cast<double>(options_.first_days),
               most = static_cast<double>(options_.most_days);
  const std::uint32_t all = replications_for(most, kFewestInProof);
  const double level = level_of(round) / (2 * static_cast<double>(std::max<std::size_t>(open.size(), 1)));
  std::vector<StaffingJob> jobs;
  for (auto& [s, staffing] : open) {
    double days = first;
    if (const SeenStaffing* seen = proofs_[s]->seen(staffing)) {
      if (seen->replications >= all) continue;
      const double so_far = static_cast<double>(seen->replications * days_a_replication_);
      const double p = std::min(seen->tests.p_met, seen->tests.p_missed);
      days = std::clamp(so_far * kReserve * times_as_many(p, level), first, most);
    }
    jobs.push_back({s, std::move(staffing), replications_for(days, kFewestInProof)});
  }
  return jobs;
}

void Finder::prove_round(std::size_t round, const std::vector<StaffingJob>& jobs) {
  Scenario fresh = scenario_;
  fresh.run.seed = proof_seed(scenario_, round);
  const Plan plan(fresh);
  for (const StaffingJob& job : jobs) rounds_[job.station] = round;
  const SolvedJobs solved =
      solve_jobs(plan, stations_, jobs, round == 1 ? Citizens::of_run : Citizens::by_station,
                 options_.threads, options_.stop);
  // Two hypotheses of each staffing: that it does not keep all promises, and that it does.
  std::vector<double> p_values;
  for (const SeenStaffing& one : solved.seen) {
    p_values.push_back(one.tests.p_met);
    p_values.push_back(one.tests.p_missed);
  }
  const std::vector<bool> rejected = rejected_by_holm(p_values, level_of(round));
  for (std::size_t j = 0; j < jobs.size(); ++j)
    proofs_[jobs[j].station]->learn(solved.seen[j], rejected[2 * j], rejected[2 * j + 1]);
  for (auto& proof : proofs_)
    if (proof) proof->end_round();
}

void Finder::describe(StationStaffing& station) const {
  const std::size_t s = station.station.index();
  const StationProof& proof = *proofs_[s];
  station.staffing = proof.kept();
  station.proof = proof.verdict();
  station.rounds = rounds_[s];
  if (const SeenStaffing* seen = proof.seen(proof.kept())) station.kept = *seen;
  for (const Staffing& staffing : proof.cheaper()) {
    ++(proof.is_refuted(staffing) ? station.cheaper_refuted : station.cheaper_open);
    const SeenStaffing* seen = proof.seen(staffing);
    if (seen == nullptr || !seen->tests.any) continue;
    if (!station.fewer || seen->tests.margin > station.fewer->tests.margin) station.fewer = *seen;
  }
}

StaffingResult Finder::result() const {
  StaffingResult result;
  result.search_replications = search_replications_;
  result.proof_replications = replications_for(static_cast<double>(options_.first_days), kFewestInProof);
  result.proof_seed = proof_seed(scenario_, 1);
  result.stations_alone = is_coupled(scenario_);
  for (std::size_t s = 0; s < stations_.spaces.size(); ++s) {
    StationStaffing& station = result.stations.emplace_back();
    station.station = StationIndex(s);
    station.promises = stations_.promises[s].list();
    station.clerks_now = station.clerks_needed = stations_.spaces[s].clerks_now();
    station.paid_hours_now = station.paid_hours_needed = stations_.spaces[s].paid_hours_now();
    station.proof = StaffingProof::not_varied;
    if (!stations_.spaces[s].can_vary()) continue;
    if (!searches_[s]) {  // no target is about it
      station.proof = StaffingProof::nobody_comes;
      continue;
    }
    for (const auto& [staffing, seen] : searched_[s]) station.curve.push_back(seen);
    std::stable_sort(
        station.curve.begin(), station.curve.end(), [&](const SeenStaffing& a, const SeenStaffing& b) {
          return stations_.spaces[s].paid_hours(a.staffing) < stations_.spaces[s].paid_hours(b.staffing);
        });
    if (searches_[s]->nobody_counted()) {
      station.proof = StaffingProof::nobody_comes;
      continue;
    }
    if (!searches_[s]->attainable()) {
      station.proof = StaffingProof::unattainable;
      station.kept = searched_[s].at(searches_[s]->found());
      continue;
    }
    describe(station);
    station.clerks_needed = std::accumulate(station.staffing.begin(), station.staffing.end(), 0);
    station.paid_hours_needed = stations_.spaces[s].paid_hours(station.staffing);
  }
  return result;
}

}  // namespace

std::uint64_t proof_seed(const Scenario& scenario, std::size_t round) {
  return scenario.run.seed + 1'000'000 + round;
}

StaffingResult find_staffing(const Plan& plan, const StaffingOptions& options) {
  return Finder(plan, options).find();
}

}  // namespace pishkhan
