#include "models/planning/find_moves.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <stop_token>
#include <string>
#include <utility>

#include "models/planning/capacities.hpp"
#include "models/planning/whole_runs.hpp"
#include "models/staffing/staffing.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/stop_check.hpp"
#include "sim/experiment/replicate.hpp"
#include "sim/statistics/share_tests.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kFewestInSearch = 4, kFewestInProof = 20;
constexpr std::size_t kMostProposals = 60, kMostRounds = 12;
/// So many margins from its goal, a share is looked at with more citizens before a proof.
constexpr double kNear = 2;
/// Later ones of a large program only take moves back: each that is chosen anew has other stations at the
/// edge of what was seen of them.
constexpr std::size_t kFreshProposals = 1;
/// A plan leaves so many standard errors of a proof more than its tests need, since of many stations some
/// have bad luck; what is seen of it in the search may use up a part.
constexpr double kReserve = 3, kLeastReserve = 1;
double level_of(std::size_t round) { return kProofLevel / static_cast<double>(std::size_t{1} << round); }

class Finder {
 public:
  Finder(const Plan& plan, const MoveEffects& effects, const FindMovesOptions& options)
      : scenario_(plan.scenario()),
        rules_(effects.rules()),
        effects_(effects),
        options_(options),
        by_month_(scenario_),
        months_(effects.months().size()),
        targets_(targets_at(scenario_, effects)) {
    for (Target& target : by_month_.targets) target.in = TargetPeriod::month;
    double open = 0;
    for (const RunMonth& month : effects.months()) {
      for (std::size_t k = 0; k < effects.stations().size(); ++k)
        open = std::max(open, effects.open_days(k, month.from, month.until));
    }
    days_a_month_ = std::max(open, 1.0);
    first_target_.assign(effects.stations().size() + 1, targets_.size());
    for (std::size_t t = targets_.size(); t-- > 0;) first_target_[targets_[t].station] = t;
    for (std::size_t k = effects.stations().size(); k-- > 0;)
      first_target_[k] = std::min(first_target_[k], first_target_[k + 1]);
  }

  FoundMoves find();

 private:
  [[nodiscard]] std::uint32_t replications_for(double days, std::size_t fewest) const {
    return static_cast<std::uint32_t>(std::max(std::ceil(days / days_a_month_), static_cast<double>(fewest)));
  }
  [[nodiscard]] std::size_t cell(std::size_t target, std::size_t month) const {
    return target * months_ + month;
  }
  [[nodiscard]] double goal(std::size_t target) const {
    return scenario_.targets[targets_[target].target].goal;
  }
  [[nodiscard]] Scenario with(const Moves& moves) const { return moved_scenario(by_month_, effects_, moves); }
  void tell(const std::string& what) const {
    if (options_.tell) options_.tell(what);
  }
  void look_at_no_moves();
  [[nodiscard]] MoveLimits limits() const;
  void propose();
  [[nodiscard]] bool adds_work(std::size_t target, std::size_t month) const;
  [[nodiscard]] bool is_held(std::size_t target, std::size_t month) const {
    return held_[cell(target, month)] && adds_work(target, month);
  }
  [[nodiscard]] int clerks_at(std::size_t target, std::size_t month) const;
  void learn(const MonthShares& seen, Capacities::Seen how);
  [[nodiscard]] std::vector<std::size_t> targets_of(const std::set<std::size_t>& stations) const;
  MonthShares look_alone(const std::vector<std::size_t>& targets, std::uint32_t replications);
  bool refute_too_much(const MonthShares& seen);
  bool holds_in_search();
  bool prove();
  bool test_open();
  void refute(std::size_t target, std::size_t month);
  void refute_least_sure(std::size_t station);
  [[nodiscard]] FoundMoves result();
  [[nodiscard]] MovedStation describe(std::size_t station) const;
  void refute_missed();
  [[nodiscard]] double citizens_of(const Moves& moves) const;
  void add_frontier(FoundMoves& found) const;

  const Scenario& scenario_;
  const MoveRules& rules_;
  const MoveEffects& effects_;
  const FindMovesOptions& options_;
  Scenario by_month_;  ///< every target in each month
  std::size_t months_;
  std::vector<TargetAt> targets_;
  std::vector<std::size_t> first_target_;  ///< by station, and the end
  double days_a_month_ = 1;
  std::uint32_t search_replications_ = 0, proof_replications_ = 0;
  std::uint32_t next_replication_ = 0;  ///< of the search
  std::vector<bool> held_;      ///< by cell: the target holds without moves
  std::vector<double> margin_;  ///< by cell: how far above the goal the program wants the share, to be proven
  double needed_part_ = 1;      ///< of a margin, without what may be used up of the reserve
  std::optional<Capacities> capacities_;
  ChosenMoves chosen_;
  std::vector<double> work_;    ///< of the chosen moves: [station * months + month]
  MonthShares proof_;           ///< of the last round
  std::set<std::size_t> open_;  ///< stations of the chosen moves that are not proven
  std::size_t rounds_ = 0, proposals_ = 0, proofs_ = 0, refuted_ = 0;
  std::uint64_t proof_seed_ = 0;
};

/// Which targets hold without moves, and how much of a margin the days of a proof take.
void Finder::look_at_no_moves() {
  const Moves none{std::vector<std::optional<std::size_t>>(effects_.items().size()),
                   std::vector<int>(effects_.stations().size() * rules_.waves.size(), 0)};
  tell("looking at the scenario without moves");
  const MonthShares seen = simulate_months(with(none), targets_, effects_.months(), {0, search_replications_},
                                           options_.threads, options_.stop);
  next_replication_ = search_replications_;
  const double tests = 2 * static_cast<double>(std::max<std::size_t>(effects_.stations().size(), 1));
  const std::uint32_t in_proof = replications_for(static_cast<double>(options_.first_days), kFewestInProof);
  // Replications alone are independent, so a test of few takes Student's t.
  const double needed = student_t_above(in_proof - 1, level_of(1) / tests), z = needed + kReserve;
  needed_part_ = (needed + kLeastReserve) / z;
  const double more = static_cast<double>(in_proof) / search_replications_;
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    for (std::size_t m = 0; m < months_; ++m) {
      const ObservedShare& share = seen[cell(t, m)];
      held_.push_back(share.counted > 0 && !is_below_goal(share.mean, 1, goal(t)));
      const double effect = share.design_effect == share.design_effect ? share.design_effect : 1;
      const double effective = std::max(share.counted * more / effect, 1.0);
      margin_.push_back(z * std::sqrt(goal(t) * (1 - goal(t)) / effective));
    }
  }
}

MoveLimits Finder::limits() const {
  MoveLimits limits;
  const std::size_t numbers = static_cast<std::size_t>(capacities_->most_clerks()) + 1;
  for (std::size_t k = 0; k < effects_.stations().size(); ++k) {
    for (std::size_t m = 0; m < months_; ++m) {
      std::vector<double>& most =
          limits.most_s.emplace_back(numbers, std::numeric_limits<double>::infinity());
      for (std::size_t t = first_target_[k]; t < first_target_[k + 1]; ++t) {
        if (!held_[cell(t, m)]) continue;
        for (std::size_t c = 0; c < numbers; ++c)
          most[c] = std::min(most[c], capacities_->most_s(t, m, static_cast<int>(c), margin_[cell(t, m)]));
      }
      // More clerks never do less.
      for (std::size_t c = 1; c < numbers; ++c) most[c] = std::max(most[c], most[c - 1]);
    }
  }
  double sum = 0;
  for (const Wave& wave : rules_.waves) limits.clerks.push_back(sum += wave.clerks);
  return limits;
}

void Finder::propose() {
  const ChosenMoves before = std::move(chosen_);
  chosen_ = choose_moves(scenario_, effects_, limits(), proposals_ >= kFreshProposals ? &before : nullptr);
  work_ = work_of(effects_, chosen_.moves);
  tell("proposal " + std::to_string(++proposals_));
  proof_.clear();
  open_.clear();
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    for (std::size_t m = 0; m < months_; ++m)
      if (is_held(t, m)) open_.insert(targets_[t].station);
  }
}

bool Finder::adds_work(std::size_t target, std::size_t month) const {
  const std::size_t k = targets_[target].station;
  const double now = effects_.now_s(k, month);
  return work_[k * months_ + month] > now * (1 + kNoWork) + kNoWork;
}

int Finder::clerks_at(std::size_t target, std::size_t month) const {
  const std::size_t wave = wave_in_month(rules_, effects_.months()[month]);
  return wave == SIZE_MAX ? 0 : chosen_.moves.clerks[targets_[target].station * rules_.waves.size() + wave];
}

/// The chosen moves are too much there, and no later proposal may have as much as what was seen allows now.
void Finder::refute(std::size_t target, std::size_t month) {
  const double work = work_[targets_[target].station * months_ + month];
  const int clerks = clerks_at(target, month);
  const double most = capacities_->most_s(target, month, clerks, margin_[cell(target, month)]);
  capacities_->cut(target, month, clerks, std::min(work, most));
}

/// Learns what the chosen moves showed.
void Finder::learn(const MonthShares& seen, Capacities::Seen how) {
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    for (std::size_t m = 0; m < months_; ++m) {
      const ObservedShare& share = seen[cell(t, m)];
      if (is_held(t, m) && share.counted > 0)
        capacities_->learn(t, m, clerks_at(t, m), work_[targets_[t].station * months_ + m], share, how);
    }
  }
}

/// The targets of some stations, as indices.
std::vector<std::size_t> Finder::targets_of(const std::set<std::size_t>& stations) const {
  std::vector<std::size_t> targets;
  for (const std::size_t k : stations)
    for (std::size_t t = first_target_[k]; t < first_target_[k + 1]; ++t) targets.push_back(t);
  return targets;
}

/// Simulates the chosen moves with the targets' stations alone and citizens whom nothing before had, and
/// learns from them. What is too much is refuted.
MonthShares Finder::look_alone(const std::vector<std::size_t>& targets, std::uint32_t replications) {
  std::vector<TargetAt> list;
  for (const std::size_t t : targets) list.push_back(targets_[t]);
  const MonthShares of_list =
      solve_alone(with(chosen_.moves), effects_.stations(), list, effects_.months(),
                  {next_replication_, replications}, options_.threads, options_.stop);
  next_replication_ += replications;
  MonthShares seen(targets_.size() * months_);
  for (std::size_t i = 0; i < targets.size(); ++i)
    std::copy_n(&of_list[i * months_], months_, &seen[cell(targets[i], 0)]);
  learn(seen, Capacities::Seen::alone);
  return seen;
}

/// Refutes what misses a target in the search or is more work than all that was seen lets expect to be
/// possible. Whether there was nothing.
bool Finder::refute_too_much(const MonthShares& seen) {
  bool holds = true;
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    for (std::size_t m = 0; m < months_; ++m) {
      const ObservedShare& share = seen[cell(t, m)];
      if (!is_held(t, m) || share.counted == 0) continue;
      const double work = work_[targets_[t].station * months_ + m];
      const double most = capacities_->most_s(t, m, clerks_at(t, m), needed_part_ * margin_[cell(t, m)]);
      if (work <= most && !is_below_goal(share.mean, 1, goal(t))) continue;
      holds = false;
      refute(t, m);
    }
  }
  return holds;
}

/// Whether no target is missed and no work is too much: first with few citizens, then with many at the
/// stations that come near to their goals.
bool Finder::holds_in_search() {
  const MonthShares seen = look_alone(targets_of(open_), search_replications_);
  if (!refute_too_much(seen)) return false;
  std::set<std::size_t> near;
  for (const std::size_t t : targets_of(open_)) {
    for (std::size_t m = 0; m < months_; ++m) {
      const ObservedShare& share = seen[cell(t, m)];
      if (is_held(t, m) && share.counted > 0 && share.mean < goal(t) + kNear * margin_[cell(t, m)])
        near.insert(targets_[t].station);
    }
  }
  if (near.empty()) return true;
  tell("looking closer at " + std::to_string(near.size()) + " stations near to their goals");
  const std::uint32_t replications =
      replications_for(static_cast<double>(options_.first_days), kFewestInProof);
  return refute_too_much(look_alone(targets_of(near), replications));
}

/// Tests the open stations with all that the proof has seen, and takes those that are proven out. Returns
/// false if a target is missed.
bool Finder::test_open() {
  ++rounds_;
  const std::vector<std::size_t> tested(open_.begin(), open_.end());
  std::vector<double> p_values;
  bool holds = true;
  for (const std::size_t k : tested) {
    double p_met = 0, p_missed = 1, tests = 0;
    for (std::size_t t = first_target_[k]; t < first_target_[k + 1]; ++t) {
      for (std::size_t m = 0; m < months_; ++m) {
        const ObservedShare& share = proof_[cell(t, m)];
        if (!is_held(t, m) || share.counted == 0) continue;
        const ShareTests test = test_share(share, goal(t));
        p_met = std::max(p_met, test.p_met);
        p_missed = std::min(p_missed, test.p_missed);
        ++tests;
        holds = holds && !is_below_goal(share.mean, 1, goal(t));
      }
    }
    p_values.push_back(p_met);
    p_values.push_back(std::min(1.0, p_missed * tests));
  }
  const std::vector<bool> rejected = rejected_by_holm(p_values, level_of(rounds_));
  for (std::size_t i = 0; i < tested.size(); ++i)
    if (rejected[2 * i]) open_.erase(tested[i]);
  return holds;
}

void Finder::refute_missed() {
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    for (std::size_t m = 0; m < months_; ++m) {
      const ObservedShare& share = proof_[cell(t, m)];
      if (is_held(t, m) && share.counted > 0 && is_below_goal(share.mean, 1, goal(t))) refute(t, m);
    }
  }
}

/// Refutes the station's target and month of which the proof says the least.
void Finder::refute_least_sure(std::size_t station) {
  double largest = -1;
  std::pair<std::size_t, std::size_t> at;
  for (std::size_t t = first_target_[station]; t < first_target_[station + 1]; ++t) {
    for (std::size_t m = 0; m < months_; ++m) {
      const ObservedShare& share = proof_[cell(t, m)];
      if (!is_held(t, m) || share.counted == 0) continue;
      const double p_met = test_share(share, goal(t)).p_met;
      if (p_met <= largest) continue;
      largest = p_met;
      at = {t, m};
    }
  }
  if (largest >= 0) refute(at.first, at.second);
}

/// Whether every station keeps its targets, in whole runs with citizens of this proposal's own; else what is
/// too much is cut. A round has as many replications more as there are already, for what is open.
bool Finder::prove() {
  const std::uint32_t most = replications_for(static_cast<double>(options_.most_days), kFewestInProof);
  std::uint32_t more = replications_for(static_cast<double>(options_.first_days), kFewestInProof);
  proof_seed_ = proof_seed(scenario_, ++proofs_);
  Scenario moved = with(chosen_.moves);
  moved.run.seed = proof_seed_;
  WholeRuns runs(std::move(moved), targets_, effects_.months());
  bool holds = true;
  while (holds && !open_.empty() && more > 0) {
    if (rounds_ == kMostRounds) return false;
    tell("proof " + std::to_string(proofs_) + ": " + std::to_string(more) + " whole runs for " +
         std::to_string(open_.size()) + " stations");
    runs.add(more, targets_of(open_), options_.threads, options_.stop);
    proof_ = runs.shares();
    proof_replications_ = runs.replications();
    holds = test_open();
    more = std::min(proof_replications_, most - std::min(proof_replications_, most));
  }
  if (open_.empty()) return true;
  learn(proof_, Capacities::Seen::whole);
  if (!holds) {
    refute_missed();
  } else {
    // With the most days it is still open, so the work there is too much to be proven.
    for (const std::size_t k : open_) refute_least_sure(k);
  }
  return false;
}

FoundMoves Finder::find() {
  search_replications_ = replications_for(static_cast<double>(options_.search_days), kFewestInSearch);
  look_at_no_moves();
  CapacityOptions how;
  how.replications = search_replications_;
  how.threads = options_.threads;
  how.stop = options_.stop;
  how.clerks =
      std::any_of(rules_.waves.begin(), rules_.waves.end(), [](const Wave& wave) { return wave.clerks > 0; });
  tell("looking at how much work stations can do");
  capacities_.emplace(by_month_, effects_, targets_, how);
  bool proven = false;
  while (proposals_ < kMostProposals && rounds_ < kMostRounds) {
    propose();
    if (holds_in_search()) {
      proven = prove();
      if (proven) break;
    }
    ++refuted_;
  }
  FoundMoves found = result();
  found.proven = proven;
  return found;
}

MovedStation Finder::describe(std::size_t station) const {
  MovedStation moved;
  moved.station = station;
  double least = std::numeric_limits<double>::infinity();
  bool held = false;
  for (std::size_t m = 0; m < months_; ++m) {
    bool missed = false;
    for (std::size_t t = first_target_[station]; t < first_target_[station + 1]; ++t) {
      if (!adds_work(t, m)) continue;
      missed |= !held_[cell(t, m)];
      if (!is_held(t, m)) continue;
      held = true;
      const bool was_proven = !proof_.empty() && proof_[cell(t, m)].counted > 0;
      const double above = was_proven ? proof_[cell(t, m)].mean - goal(t) : 1;
      if (above >= least) continue;
      least = above;
      moved.target = t;
      moved.month = m;
      if (was_proven) moved.share = test_share(proof_[cell(t, m)], goal(t)).share;
      moved.work_h = work_[station * months_ + m] / kSecondsPerHour;
      moved.most_h = capacities_->most_s(t, m, clerks_at(t, m), margin_[cell(t, m)]) / kSecondsPerHour;
    }
    moved.missed_before += missed;
  }
  if (held) moved.state = open_.contains(station) ? StationUnderMoves::open : StationUnderMoves::kept;
  return moved;
}

double Finder::citizens_of(const Moves& moves) const {
  double citizens = 0;
  for (std::size_t item = 0; item < moves.wave.size(); ++item)
    if (moves.wave[item]) citizens += effects_.citizens(item, *moves.wave[item]);
  return citizens;
}

void Finder::add_frontier(FoundMoves& found) const {
  const MoveLimits limit = limits();
  const double all = limit.clerks.back();
  constexpr double kBudgets[] = {0, 0.25, 0.5, 0.75, 1, 1.5, 2};
  const std::size_t number = all == 0 ? 1 : std::size(kBudgets);
  std::vector<std::optional<FrontierPoint>> points(number);
  run_tasks(
      static_cast<std::uint32_t>(number), options_.threads,
      [&](std::uint32_t i, const std::stop_token& token) {
        if (token.stop_requested() || (options_.stop && options_.stop())) throw Interrupted();
        MoveLimits less = limit;
        for (double& clerks : less.clerks) clerks = std::floor(clerks * kBudgets[i]);
        try {
          const ChosenMoves chosen = kBudgets[i] == 1 ? chosen_ : choose_moves(scenario_, effects_, less);
          points[i] = FrontierPoint{less.clerks.back(), chosen.moves, chosen.gain, citizens_of(chosen.moves)};
        } catch (const UserError&) {
          return;  // the fixed moves are not possible with so few clerks
        }
      });
  for (std::optional<FrontierPoint>& point : points)
    if (point) found.frontier.push_back(*std::move(point));
}

FoundMoves Finder::result() {
  FoundMoves found;
  found.targets = targets_;
  found.moves = chosen_.moves;
  found.gain = chosen_.gain;
  found.bound = chosen_.bound;
  found.is_best = chosen_.is_best;
  found.citizens = citizens_of(chosen_.moves);
  for (std::size_t item = 0; item < effects_.items().size(); ++item)
    found.all_citizens += effects_.citizens(item, 0);
  for (std::size_t k = 0; k < effects_.stations().size(); ++k) {
    bool gets_work = false;
    for (std::size_t t = first_target_[k]; t < first_target_[k + 1]; ++t)
      for (std::size_t m = 0; m < months_; ++m) gets_work |= adds_work(t, m);
    if (gets_work) found.stations.push_back(describe(k));
  }
  add_frontier(found);
  found.search_replications = search_replications_;
  found.proof_replications = proof_replications_;
  found.proof_seed = proof_seed_;
  found.proposals = proposals_;
  found.refuted = refuted_;
  found.rounds = rounds_;
  return found;
}

}  // namespace

FoundMoves find_moves(const Plan& plan, const MoveEffects& effects, const FindMovesOptions& options) {
  return Finder(plan, effects, options).find();
}

}  // namespace pishkhan
