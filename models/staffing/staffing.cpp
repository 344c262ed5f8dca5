#include "models/staffing/staffing.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/staffing/cheaper_staffings.hpp"
#include "models/staffing/first_guess.hpp"
#include "models/staffing/proof.hpp"
#include "models/staffing/search.hpp"
#include "models/staffing/separable.hpp"
#include "models/staffing/solve_jobs.hpp"
#include "sim/base/diagnostic.hpp"
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
      stations_.spaces.emplace_back(scenario_, data_, StationIndex(s), options.by, options.patterns);
      stations_.promises.emplace_back(scenario_, data_, StationIndex(s));
    }
    if (options.by == StaffBy::roster) expect_patterns_for_all_days();
    days_a_replication_ = static_cast<std::size_t>(std::max(working_days(scenario_, data_), 1));
  }

  StaffingResult find() {
    search();
    for (std::size_t s = 0; s < searches_.size(); ++s) {
      if (!has_answer(s) || !stations_.spaces[s].has_best_cases()) continue;
      all_cheaper_[s].emplace(stations_.spaces[s]);
      all_cheaper_[s]->cover(searches_[s]->found());
    }
    cover_cheaper();
    prove();
    return result();
  }

 private:
  void expect_patterns_for_all_days() const;
  [[nodiscard]] bool has_answer(std::size_t s) const {
    return searches_[s] && searches_[s]->attainable() && !searches_[s]->nobody_counted();
  }
  void tell(const std::string& what, const std::vector<StaffingJob>& jobs) const {
    if (options_.tell) options_.tell(what + ": " + std::to_string(jobs.size()) + " staffings");
  }
  [[nodiscard]] std::uint32_t replications_for(double station_days, std::size_t fewest) const {
    const double needed = std::ceil(station_days / static_cast<double>(days_a_replication_));
    return static_cast<std::uint32_t>(std::max(needed, static_cast<double>(fewest)));
  }
  void search();
  void cover_cheaper();
  SolvedJobs solve_search(const std::vector<StaffingJob>& jobs);
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
  std::vector<std::optional<CheaperStaffings>> all_cheaper_;
  std::vector<std::optional<StationProof>> proofs_;
  std::vector<std::size_t> rounds_;  ///< by station
  std::vector<std::map<Staffing, SeenStaffing>> searched_;
  std::uint32_t search_replications_ = 0;
};

/// A roster without a pattern for an open day would leave the station shut on it, and who does not come waits
/// for nobody.
void Finder::expect_patterns_for_all_days() const {
  std::size_t stations = 0, first = 0;
  for (std::size_t s = stations_.spaces.size(); s-- > 0;) {
    const StaffingSpace& space = stations_.spaces[s];
    if (stations_.promises[s].list().empty() || !space.can_vary()) continue;
    if (space.is_allowed(Staffing(space.size(), 1))) continue;
    ++stations;
    first = s;
  }
  if (stations == 0) return;
  const std::string id(station_ids(scenario_)[first]);
  const std::string more = stations > 1 ? " and " + std::to_string(stations - 1) + " others" : "";
  throw UserError({{scenario_.file.generic_string(), 0, 0, "shifts",
                    "on a day on which the doors of `" + id + "`" + more + " are open, no pattern has hours",
                    "give a pattern for every open day, or shut the doors on the others"}});
}

void Finder::search() {
  search_replications_ = replications_for(static_cast<double>(options_.search_days), kFewestInSearch);
  searches_.resize(stations_.spaces.size());
  all_cheaper_.resize(stations_.spaces.size());
  searched_.resize(stations_.spaces.size());
  constexpr std::uint32_t kGuessReplications = 2;
  const std::vector<Staffing> first =
      first_guesses(plan_, stations_, kGuessReplications, options_.threads, options_.stop);
  for (std::size_t s = 0; s < searches_.size(); ++s) {
    if (stations_.spaces[s].can_vary() && !stations_.promises[s].list().empty())
      searches_[s].emplace(stations_.spaces[s], first[s]);
  }
  for (;;) {
    std::vector<StaffingJob> jobs;
    for (std::size_t s = 0; s < searches_.size(); ++s) {
      if (!searches_[s]) continue;
      for (Staffing& staffing : searches_[s]->next())
        jobs.push_back({s, {std::move(staffing)}, search_replications_});
    }
    if (jobs.empty()) return;
    tell("search", jobs);
    SolvedJobs solved = solve_search(jobs);
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      const std::size_t s = jobs[j].station;
      searches_[s]->at_most(static_cast<int>(solved.most_citizens[s]));
      searches_[s]->learn(jobs[j].set.staffing, solved.seen[j].tests);
      searched_[s][jobs[j].set.staffing] = std::move(solved.seen[j]);
    }
  }
}

SolvedJobs Finder::solve_search(const std::vector<StaffingJob>& jobs) {
  return solve_jobs(plan_, stations_, jobs, Citizens::of_run, options_.threads, options_.stop);
}

/// Covers what is cheaper, as far as cover() was called, by sets of staffings.
void Finder::cover_cheaper() {
  for (;;) {
    std::vector<StaffingJob> jobs;
    for (std::size_t s = 0; s < all_cheaper_.size(); ++s) {
      if (!all_cheaper_[s]) continue;
      for (StaffingSet& set : all_cheaper_[s]->next())
        jobs.push_back({s, std::move(set), search_replications_});
    }
    if (jobs.empty()) return;
    tell("search of what is cheaper", jobs);
    SolvedJobs solved = solve_search(jobs);
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      const std::size_t s = jobs[j].station;
      all_cheaper_[s]->learn(jobs[j].set, solved.seen[j].tests);
      if (jobs[j].set.is_single()) searched_[s][jobs[j].set.staffing] = std::move(solved.seen[j]);
    }
  }
}

void Finder::prove() {
  proofs_.resize(stations_.spaces.size());
  rounds_.resize(stations_.spaces.size());
  for (std::size_t s = 0; s < proofs_.size(); ++s) {
    if (!has_answer(s)) continue;
    const CheaperStaffings* cheaper = all_cheaper_[s] ? &*all_cheaper_[s] : nullptr;
    proofs_[s].emplace(stations_.spaces[s], *searches_[s], cheaper);
  }
  for (std::size_t round = 1; round <= kMostRounds; ++round) {
    for (std::size_t s = 0; s < proofs_.size(); ++s) {
      if (!all_cheaper_[s]) continue;
      const Staffing& kept = proofs_[s]->kept();
      if (stations_.spaces[s].paid_hours(kept) > all_cheaper_[s]->covered_hours() + 1e-3)
        all_cheaper_[s]->cover(kept);
    }
    cover_cheaper();
    const std::vector<StaffingJob> jobs = jobs_of(round);
    if (jobs.empty()) return;
    tell("proof, round " + std::to_string(round), jobs);
    prove_round(round, jobs);
  }
}

double level_of(std::size_t round) { return kProofLevel / static_cast<double>(std::size_t{1} << round); }

/// What is open, each with as many days as what was seen of it in the round before lets expect. What was
/// tested with the most days is left open.
std::vector<StaffingJob> Finder::jobs_of(std::size_t round) const {
  std::vector<std::pair<std::size_t, StaffingSet>> open;
  for (std::size_t s = 0; s < proofs_.size(); ++s) {
    if (!proofs_[s]) continue;
    for (StaffingSet& set : proofs_[s]->to_test()) open.emplace_back(s, std::move(set));
  }
  const double first = static_cast<double>(options_.first_days),
               most = static_cast<double>(options_.most_days);
  const std::uint32_t all = replications_for(most, kFewestInProof);
  const double level = level_of(round) / (2 * static_cast<double>(std::max<std::size_t>(open.size(), 1)));
  std::vector<StaffingJob> jobs;
  for (auto& [s, set] : open) {
    double days = first;
    if (const SeenStaffing* seen = proofs_[s]->seen(set)) {
      if (seen->replications >= all) continue;
      const double so_far = static_cast<double>(seen->replications * days_a_replication_);
      const double p = std::min(seen->tests.p_met, seen->tests.p_missed);
      days = std::clamp(so_far * kReserve * times_as_many(p, level), first, most);
    }
    jobs.push_back({s, std::move(set), replications_for(days, kFewestInProof)});
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
    // The best case of a set says nothing of whether one of it keeps them.
    p_values.push_back(one.set.is_single() ? one.tests.p_met : 1);
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
  if (stations_.spaces[s].by() != StaffBy::station) station.groups = stations_.spaces[s].groups(proof.kept());
  station.monotone = stations_.spaces[s].is_monotone();
  station.all_cheaper_covered = all_cheaper_[s] && all_cheaper_[s]->is_complete();
  if (const SeenStaffing* seen = proof.seen({proof.kept()})) station.kept = *seen;
  for (const StaffingSet& set : proof.cheaper()) {
    ++(proof.is_refuted(set) ? station.cheaper_refuted : station.cheaper_open);
    const SeenStaffing* seen = proof.seen(set);
    if (seen == nullptr || !seen->tests.any || !set.is_single()) continue;
    if (!station.fewer || seen->tests.margin > station.fewer->tests.margin) station.fewer = *seen;
  }
}

StaffingResult Finder::result() const {
  StaffingResult result;
  result.by = options_.by;
  result.search_replications = search_replications_;
  result.proof_replications = replications_for(static_cast<double>(options_.first_days), kFewestInProof);
  result.proof_seed = proof_seed(scenario_, 1);
  result.stations_alone = scenario_.backbone.model != BackboneModel::ideal;
  for (std::size_t s = 0; s < stations_.spaces.size(); ++s) {
    StationStaffing& station = result.stations.emplace_back();
    station.station = StationIndex(s);
    station.promises = stations_.promises[s].list();
    station.clerks_now = station.clerks_needed = stations_.spaces[s].clerks_now();
    station.paid_hours_now = station.paid_hours_needed = stations_.spaces[s].paid_hours_now();
    station.proof = StaffingProof::not_varied;
    if (!stations_.spaces[s].can_vary()) continue;
    station.slots = stations_.spaces[s].number_names();
    station.slot_times = stations_.spaces[s].slot_times();
    if (!searches_[s]) {  // no target is about it
      station.proof = StaffingProof::nobody_comes;
      continue;
    }
    for (const auto& [staffing, seen] : searched_[s]) station.curve.push_back(seen);
    std::stable_sort(station.curve.begin(), station.curve.end(),
                     [&](const SeenStaffing& a, const SeenStaffing& b) {
                       return stations_.spaces[s].paid_hours(a.set.staffing) <
                              stations_.spaces[s].paid_hours(b.set.staffing);
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
    station.clerks_needed = clerks_of(station.staffing);
    if (stations_.spaces[s].by() != StaffBy::station) {
      station.clerks_needed = 0;
      for (const ClerkGroup& group : station.groups) station.clerks_needed += group.clerks;
    }
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
