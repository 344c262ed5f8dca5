#include "models/staffing/staffing.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "models/plan/plan_data.hpp"
#include "models/staffing/common_citizens.hpp"
#include "models/staffing/proof.hpp"
#include "models/staffing/search.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/experiment/replicate.hpp"
#include "sim/statistics/share_tests.hpp"

namespace pishkhan {
namespace {

/// Fewer replications tell too little of how much they differ.
constexpr std::size_t kFewestReplications = 20;

/// A staffing of a station that is to be solved.
struct Job {
  std::size_t station;
  Staffing staffing;
};

/// Refuses what find_staffing cannot take station by station.
void expect_separable(const Scenario& scenario, const Plan::Data& data) {
  std::vector<Diagnostic> mistakes;
  const auto refuse = [&](const std::string& path, const std::string& problem, const std::string& hint) {
    mistakes.push_back({scenario.file.generic_string(), 0, 0, path, problem, hint});
  };
  if (data.unbroken) refuse("run.length", "staffing for an unbroken run", "write a run by `days`");
  if (!scenario.outages.empty())
    refuse("outages", "staffing where systems, links or power fail", "leave outages and slow-downs out");
  if (scenario.redirect.at_most > 0)
    refuse("redirect", "staffing where citizens go on to other offices", "leave `redirect` out");
  if (scenario.backbone.model == BackboneModel::simgrid)
    refuse("backbone.model", "staffing with SimGrid's backbone", "write `model: shared`");
  const DayNumber end = scenario.run.start + scenario.run.days;
  for (const StationPlan& station : data.stations) {
    if (station.until_day >= end || station.until_day <= scenario.run.start) continue;
    refuse("close_offices", "staffing while offices close", "let the run begin after that day");
    break;
  }
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
}

class Finder {
 public:
  Finder(const Plan& plan, const StaffingOptions& options)
      : plan_(plan), scenario_(plan.scenario()), data_(plan.data()), options_(options) {
    expect_separable(scenario_, data_);
    for (std::size_t s = 0; s < data_.stations.size(); ++s) {
      spaces_.emplace_back(scenario_, data_, StationIndex(s));
      promises_.emplace_back(scenario_, data_, StationIndex(s));
    }
    int counted = 0;
    for (int k = scenario_.run.warm_up_days; k < scenario_.run.days; ++k)
      counted += !is_holiday(scenario_, day_of_run(scenario_, k));
    days_a_replication_ = std::max<std::size_t>(static_cast<std::size_t>(counted), 1);
  }

  StaffingResult find() {
    search();
    prove();
    return result();
  }

 private:
  [[nodiscard]] std::uint32_t replications_for(std::size_t station_days) const {
    const std::size_t needed = (station_days + days_a_replication_ - 1) / days_a_replication_;
    return static_cast<std::uint32_t>(std::max(needed, kFewestReplications));
  }
  [[nodiscard]] TrialOptions trial_options(std::function<bool()>& stop, const std::stop_token& token) const {
    stop = [this, token] { return token.stop_requested() || (options_.stop && options_.stop()); };
    TrialOptions options;
    options.stop = stop;
    return options;
  }

  using Solve = std::function<std::size_t(std::uint32_t replication, const Job& job, std::span<GoodCount>)>;
  [[nodiscard]] std::vector<StaffingCounts> room_for(const std::vector<Job>& jobs,
                                                     std::uint32_t replications) const;
  std::vector<SeenStaffing> seen_of(const std::vector<Job>& jobs, const std::vector<StaffingCounts>& counts,
                                    std::uint32_t replications) const;
  std::size_t solve(CommonCitizens& citizens, const Job& job, std::span<GoodCount> counts) const {
    return citizens.solve(StationIndex(job.station), spaces_[job.station].by_group(job.staffing),
                          promises_[job.station], counts);
  }
  void search();
  void prove();
  void prove_round(std::size_t round);
  [[nodiscard]] StaffingResult result() const;
  void describe(StationStaffing& station) const;

  const Plan& plan_;
  const Scenario& scenario_;
  const Plan::Data& data_;
  const StaffingOptions& options_;
  std::size_t days_a_replication_ = 1;
  std::vector<StaffingSpace> spaces_;
  std::vector<Promises> promises_;
  std::vector<std::optional<StaffingSearch>> searches_;  ///< by station, where there is something to choose
  std::vector<std::optional<StationProof>> proofs_;
  std::vector<std::size_t> rounds_;  ///< by station
  std::vector<std::map<Staffing, SeenStaffing>> searched_;
  std::uint32_t search_replications_ = 0;
};

std::vector<StaffingCounts> Finder::room_for(const std::vector<Job>& jobs, std::uint32_t replications) const {
  std::vector<StaffingCounts> counts(jobs.size());
  for (std::size_t j = 0; j < jobs.size(); ++j) {
    counts[j].promises = promises_[jobs[j].station].list().size();
    counts[j].counts.resize(counts[j].promises * replications);
  }
  return counts;
}

std::vector<SeenStaffing> Finder::seen_of(const std::vector<Job>& jobs,
                                          const std::vector<StaffingCounts>& counts,
                                          std::uint32_t replications) const {
  std::vector<SeenStaffing> seen(jobs.size());
  run_tasks(static_cast<std::uint32_t>(jobs.size()), options_.threads,
            [&](std::uint32_t j, const std::stop_token&) {
              seen[j] = {jobs[j].staffing,
                         test_promises(scenario_, promises_[jobs[j].station], counts[j]),
                         counts[j].station_days, replications};
            });
  return seen;
}

/// The same citizens for all candidates: they are drawn once and kept.
void Finder::search() {
  search_replications_ = replications_for(options_.search_days);
  std::vector<std::unique_ptr<CommonCitizens>> citizens(search_replications_);
  std::vector<std::function<bool()>> stops(search_replications_);
  std::vector<TrialOptions> trial_options(search_replications_);
  run_tasks(search_replications_, options_.threads, [&](std::uint32_t i, const std::stop_token& token) {
    trial_options[i] = this->trial_options(stops[i], token);
    citizens[i] = std::make_unique<CommonCitizens>(plan_, i, trial_options[i]);
  });
  searches_.resize(spaces_.size());
  searched_.resize(spaces_.size());
  for (std::size_t s = 0; s < spaces_.size(); ++s) {
    if (!spaces_[s].can_vary() || promises_[s].list().empty()) continue;
    std::size_t most = 0;
    for (const auto& of_replication : citizens)
      most = std::max(most, of_replication->most_citizens(StationIndex(s)));
    searches_[s].emplace(spaces_[s], static_cast<int>(most));
  }
  for (;;) {
    std::vector<Job> jobs;
    for (std::size_t s = 0; s < searches_.size(); ++s) {
      if (!searches_[s]) continue;
      for (Staffing& staffing : searches_[s]->next()) jobs.push_back({s, std::move(staffing)});
    }
    if (jobs.empty()) return;
    std::vector<StaffingCounts> counts = room_for(jobs, search_replications_);
    std::vector<std::size_t> days(jobs.size() * search_replications_);
    run_tasks(search_replications_, options_.threads, [&](std::uint32_t i, const std::stop_token&) {
      for (std::size_t j = 0; j < jobs.size(); ++j) {
        const std::size_t promises = counts[j].promises;
        days[j * search_replications_ + i] = solve(
            *citizens[i], jobs[j], std::span(counts[j].counts).subspan(i * promises, promises));
      }
    });
    for (std::size_t j = 0; j < jobs.size(); ++j)
      for (std::size_t i = 0; i < search_replications_; ++i)
        counts[j].station_days += days[j * search_replications_ + i];
    std::vector<SeenStaffing> seen = seen_of(jobs, counts, search_replications_);
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      searches_[jobs[j].station]->learn(jobs[j].staffing, seen[j].tests);
      searched_[jobs[j].station][jobs[j].staffing] = std::move(seen[j]);
    }
  }
}

void Finder::prove() {
  proofs_.resize(spaces_.size());
  rounds_.resize(spaces_.size());
  for (std::size_t s = 0; s < spaces_.size(); ++s) {
    if (searches_[s] && searches_[s]->attainable() && !searches_[s]->nobody_counted())
      proofs_[s].emplace(spaces_[s], *searches_[s]);
  }
  std::size_t station_days = options_.first_days;
  for (std::size_t round = 1; round == 1 || station_days <= options_.most_days; ++round) {
    const bool open = std::any_of(proofs_.begin(), proofs_.end(), [](const std::optional<StationProof>& proof) {
      return proof && !proof->to_test().empty();
    });
    if (!open) return;
    prove_round(round);
    station_days *= 2;
  }
}

void Finder::prove_round(std::size_t round) {
  Scenario fresh = scenario_;
  fresh.run.seed = proof_seed(scenario_, round);
  const Plan plan(fresh);
  std::vector<Job> jobs;
  for (std::size_t s = 0; s < proofs_.size(); ++s) {
    if (!proofs_[s]) continue;
    std::vector<Staffing> to_test = proofs_[s]->to_test();
    if (!to_test.empty()) rounds_[s] = round;
    for (Staffing& staffing : to_test) jobs.push_back({s, std::move(staffing)});
  }
  const std::uint32_t replications = replications_for(options_.first_days << (round - 1));
  std::vector<StaffingCounts> counts = room_for(jobs, replications);
  std::vector<std::size_t> days(jobs.size() * replications);
  run_tasks(replications, options_.threads, [&](std::uint32_t i, const std::stop_token& token) {
    std::function<bool()> stop;
    const TrialOptions trial = trial_options(stop, token);
    CommonCitizens citizens(plan, i, trial);
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      const std::size_t promises = counts[j].promises;
      days[j * replications + i] =
          solve(citizens, jobs[j], std::span(counts[j].counts).subspan(i * promises, promises));
    }
  });
  for (std::size_t j = 0; j < jobs.size(); ++j)
    for (std::size_t i = 0; i < replications; ++i) counts[j].station_days += days[j * replications + i];
  const std::vector<SeenStaffing> seen = seen_of(jobs, counts, replications);
  // Two hypotheses of each staffing: that it does not keep all promises, and that it does.
  std::vector<double> p_values;
  for (const SeenStaffing& one : seen) {
    p_values.push_back(one.tests.p_met);
    p_values.push_back(one.tests.p_missed);
  }
  const double level = kProofLevel / static_cast<double>(std::size_t{1} << round);
  const std::vector<bool> rejected = rejected_by_holm(p_values, level);
  for (std::size_t j = 0; j < jobs.size(); ++j)
    proofs_[jobs[j].station]->learn(seen[j], rejected[2 * j], rejected[2 * j + 1]);
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
    if (!station.fewer || seen->tests.share.mean > station.fewer->tests.share.mean) station.fewer = *seen;
  }
}

StaffingResult Finder::result() const {
  StaffingResult result;
  result.search_replications = search_replications_;
  result.proof_replications = replications_for(options_.first_days);
  result.proof_seed = proof_seed(scenario_, 1);
  result.stations_alone = is_coupled(scenario_);
  for (std::size_t s = 0; s < spaces_.size(); ++s) {
    StationStaffing& station = result.stations.emplace_back();
    station.station = StationIndex(s);
    station.promises = promises_[s].list();
    for (const ClerkGroup& group : data_.stations[s].rules->groups) station.clerks_now += group.clerks;
    station.clerks_needed = station.clerks_now;
    station.proof = StaffingProof::not_varied;
    if (!spaces_[s].can_vary()) continue;
    station.paid_hours_now = station.paid_hours_needed = spaces_[s].paid_hours(spaces_[s].now());
    if (!searches_[s]) continue;
    for (const auto& [staffing, seen] : searched_[s]) station.curve.push_back(seen);
    std::stable_sort(station.curve.begin(), station.curve.end(),
                     [&](const SeenStaffing& a, const SeenStaffing& b) {
                       return spaces_[s].paid_hours(a.staffing) < spaces_[s].paid_hours(b.staffing);
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
    station.paid_hours_needed = spaces_[s].paid_hours(station.staffing);
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
