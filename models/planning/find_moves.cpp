#include "models/planning/find_moves.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "models/planning/capacities.hpp"
#include "models/planning/choose_moves.hpp"
#include "models/planning/held_targets.hpp"
#include "models/planning/month_shares.hpp"
#include "models/planning/moved_scenario.hpp"
#include "models/planning/proposal.hpp"
#include "models/planning/whole_runs.hpp"
#include "models/staffing/staffing.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/statistics/share_tests.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kFewestInSearch = 4, kFewestInProof = 20;
constexpr std::size_t kMostProposals = 60, kMostRounds = 12, kMoreRounds = 6;
/// So many margins from its goal, a share is looked at with more citizens before a proof.
constexpr double kNear = 2;
constexpr std::size_t kMostFills = 2;
/// Later ones of a large program only take moves back: each that is chosen anew has other stations at the
/// edge of what was seen of them.
constexpr std::size_t kFreshProposals = 1;
/// Of all rounds together: half of what may be wrong; the other half is of the months that are let off.
double level_of(std::size_t round) { return kProofLevel / 2 / static_cast<double>(std::size_t{1} << round); }

class Finder {
 public:
  Finder(const Plan& plan, const MoveEffects& effects, const FindMovesOptions& options)
      : scenario_(plan.scenario()),
        rules_(effects.rules()),
        effects_(effects),
        options_(options),
        held_(scenario_, effects),
        few_(held_.replications_for(options.search_days, kFewestInSearch)),
        many_(held_.replications_for(options.first_days, kFewestInProof)),
        look_(few_),
        proposal_(effects, {{std::vector<std::optional<std::size_t>>(effects.items().size()),
                             std::vector<int>(effects.stations().size() * rules_.waves.size(), 0)},
                            0,
                            false}) {}

  FoundMoves find();

 private:
  [[nodiscard]] Scenario with(const Moves& moves) const {
    return moved_scenario(held_.by_month(), effects_, moves);
  }
  void tell(const std::string& what) const {
    if (options_.tell) options_.tell(what);
  }
  [[nodiscard]] MoveLimits limits() const;
  void propose(Rechoose how);
  void take(Proposal proposal);
  bool can_add();
  bool find_proven(double more_than);
  [[nodiscard]] bool narrow_margins();
  [[nodiscard]] bool is_held(std::size_t target, std::size_t month) const {
    return !held_.is_let_off(target, month) && proposal_.adds_work(held_.station(target), month);
  }
  [[nodiscard]] double work_s(std::size_t target, std::size_t month) const {
    return proposal_.work_s(held_.station(target), month);
  }
  [[nodiscard]] double clerks_at(std::size_t target, std::size_t month) const {
    return proposal_.clerks_at(held_.station(target), month);
  }
  /// The share with which a proof very likely shows that the target holds.
  [[nodiscard]] double wanted(std::size_t target, std::size_t month) const {
    return std::min(held_.goal(target) + held_.margin(target, month), 1.0);
  }
  void learn(const MonthShares& seen, Capacities::Seen how);
  MonthShares look_alone(const std::vector<std::size_t>& targets, std::uint32_t replications);
  bool refute_too_much(const MonthShares& seen);
  bool holds_in_search();
  [[nodiscard]] bool has_margins(std::size_t station, const MonthShares& seen) const;
  void take_clerks_away();
  bool prove();
  bool test_open();
  void refute(std::size_t target, std::size_t month);
  void refute_missed();
  void refute_least_sure(std::size_t station);

  const Scenario& scenario_;
  const MoveRules& rules_;
  const MoveEffects& effects_;
  const FindMovesOptions& options_;
  HeldTargets held_;
  std::uint32_t few_, many_;            ///< replications of the search, and of the first round of a proof
  std::uint32_t look_;                  ///< replications of a proposal's first look
  std::uint32_t next_replication_ = 0;  ///< of the search
  std::optional<Capacities> capacities_;
  Proposal proposal_;
  /// What is known of the proposal.
  struct Proof {
    MonthShares shares;          ///< of all its rounds so far; empty: none
    std::set<std::size_t> open;  ///< stations that are not proven
    std::uint32_t replications = 0;
    std::uint64_t seed = 0;
  };
  std::size_t rounds_ = 0, most_rounds_ = kMostRounds;
  std::size_t proposals_ = 0, proofs_ = 0, refuted_ = 0;
  Proof proof_;
};

MoveLimits Finder::limits() const {
  MoveLimits limits;
  const std::size_t numbers = static_cast<std::size_t>(capacities_->most_clerks()) + 1;
  for (std::size_t k = 0; k < effects_.stations().size(); ++k) {
    for (std::size_t m = 0; m < held_.months(); ++m) {
      std::vector<double>& most =
          limits.most_s.emplace_back(numbers, std::numeric_limits<double>::infinity());
      for (std::size_t t = held_.first(k); t < held_.first(k + 1); ++t) {
        if (held_.is_let_off(t, m)) continue;
        for (std::size_t c = 0; c < numbers; ++c)
          most[c] = std::min(most[c], capacities_->most_s(t, m, static_cast<int>(c), held_.margin(t, m)));
      }
      // More clerks never do less.
      for (std::size_t c = 1; c < numbers; ++c) most[c] = std::max(most[c], most[c - 1]);
    }
  }
  double sum = 0;
  for (const Wave& wave : rules_.waves) limits.clerks.push_back(sum += wave.clerks);
  return limits;
}

void Finder::propose(Rechoose how) {
  std::optional<ChosenMoves> again;
  if (proposals_ >= kFreshProposals) again = choose_again(effects_, limits(), proposal_.moves(), how);
  tell("proposal " + std::to_string(++proposals_));
  take(Proposal(effects_, again ? *std::move(again) : choose_moves(scenario_, effects_, limits())));
}

void Finder::take(Proposal proposal) {
  proposal_ = std::move(proposal);
  proof_ = {};
  for (std::size_t t = 0; t < held_.targets().size(); ++t) {
    for (std::size_t m = 0; m < held_.months(); ++m)
      if (is_held(t, m)) proof_.open.insert(held_.station(t));
  }
}

/// The chosen moves are too much there, and no later proposal may have as much as what was seen allows now:
/// not with so many clerks as there are on any day of the month, since those of a month are of its days
/// together.
void Finder::refute(std::size_t target, std::size_t month) {
  const double most =
      capacities_->most_s(target, month, clerks_at(target, month), held_.margin(target, month));
  capacities_->cut(target, month, proposal_.most_clerks_in(held_.station(target), month),
                   std::min(work_s(target, month), most));
}

/// Learns what the chosen moves showed.
void Finder::learn(const MonthShares& seen, Capacities::Seen how) {
  for (std::size_t t = 0; t < held_.targets().size(); ++t) {
    for (std::size_t m = 0; m < held_.months(); ++m) {
      const ObservedShare& share = seen[held_.cell(t, m)];
      if (is_held(t, m) && share.counted > 0)
        capacities_->learn(t, m, clerks_at(t, m), work_s(t, m), share, how);
    }
  }
}

/// Simulates the chosen moves with the targets' stations alone and citizens whom nothing before had, and
/// learns from them. What is too much is refuted.
MonthShares Finder::look_alone(const std::vector<std::size_t>& targets, std::uint32_t replications) {
  std::vector<TargetAt> list;
  for (const std::size_t t : targets) list.push_back(held_.targets()[t]);
  const MonthShares of_list =
      solve_alone(with(proposal_.moves()), effects_.stations(), list, effects_.months(),
                  {next_replication_, replications}, options_.threads, options_.stop);
  next_replication_ += replications;
  MonthShares seen(held_.targets().size() * held_.months());
  for (std::size_t i = 0; i < targets.size(); ++i)
    std::copy_n(&of_list[i * held_.months()], held_.months(), &seen[held_.cell(targets[i], 0)]);
  learn(seen, Capacities::Seen::alone);
  return seen;
}

/// Refutes what misses a target in the search or is more work than all that was seen lets expect to be
/// possible. Whether there was nothing.
bool Finder::refute_too_much(const MonthShares& seen) {
  bool holds = true;
  for (std::size_t t = 0; t < held_.targets().size(); ++t) {
    for (std::size_t m = 0; m < held_.months(); ++m) {
      const ObservedShare& share = seen[held_.cell(t, m)];
      if (!is_held(t, m) || share.counted == 0) continue;
      const double work = work_s(t, m);
      const double most = capacities_->most_s(t, m, clerks_at(t, m), held_.least_part() * held_.margin(t, m));
      if (work <= most && !is_below_goal(share.mean, 1, held_.goal(t))) continue;
      holds = false;
      refute(t, m);
    }
  }
  return holds;
}

/// Whether no target is missed and no work is too much: first with few citizens, then with many at the
/// stations that come near to their goals.
bool Finder::holds_in_search() {
  const MonthShares seen = look_alone(held_.targets_of(proof_.open), look_);
  if (!refute_too_much(seen)) return false;
  std::set<std::size_t> near;
  for (const std::size_t t : held_.targets_of(proof_.open)) {
    for (std::size_t m = 0; m < held_.months(); ++m) {
      const ObservedShare& share = seen[held_.cell(t, m)];
      if (is_held(t, m) && share.counted > 0 && share.mean < held_.goal(t) + kNear * held_.margin(t, m))
        near.insert(held_.station(t));
    }
  }
  if (near.empty()) return true;
  tell("looking closer at " + std::to_string(near.size()) + " stations near to their goals");
  return refute_too_much(look_alone(held_.targets_of(near), many_));
}

/// Whether the held targets of a station were seen with their whole margins.
bool Finder::has_margins(std::size_t station, const MonthShares& seen) const {
  for (std::size_t t = held_.first(station); t < held_.first(station + 1); ++t) {
    for (std::size_t m = 0; m < held_.months(); ++m) {
      const ObservedShare& share = seen[held_.cell(t, m)];
      if (is_held(t, m) && share.counted > 0 && share.mean < wanted(t, m)) return false;
    }
  }
  return true;
}

/// Takes added clerks away, one by one, from stations that keep their margins without them: what the program
/// knows of a number of clerks is rough.
void Finder::take_clerks_away() {
  const std::size_t waves = rules_.waves.size();
  std::vector<int>& clerks = proposal_.clerks();
  std::set<std::size_t> stations;
  for (std::size_t at = 0; at < clerks.size(); ++at)
    if (clerks[at] > 0) stations.insert(at / waves);
  while (!stations.empty()) {
    tell("fewer clerks at " + std::to_string(stations.size()) + " stations");
    const std::vector<int> before = clerks;
    for (const std::size_t k : stations)
      for (std::size_t w = 0; w < waves; ++w) clerks[k * waves + w] = std::max(clerks[k * waves + w] - 1, 0);
    const MonthShares seen = look_alone(held_.targets_of(stations), many_);
    std::set<std::size_t> again;
    for (const std::size_t k : stations) {
      const auto begin = static_cast<std::ptrdiff_t>(k * waves),
                 end = static_cast<std::ptrdiff_t>((k + 1) * waves);
      if (!has_margins(k, seen)) {
        std::copy(before.begin() + begin, before.begin() + end, clerks.begin() + begin);
        continue;
      }
      for (std::size_t t = held_.first(k); t < held_.first(k + 1); ++t) {
        for (std::size_t m = 0; m < held_.months(); ++m)
          if (is_held(t, m)) capacities_->allow(t, m, clerks_at(t, m), proposal_.work_s(k, m));
      }
      if (std::any_of(clerks.begin() + begin, clerks.begin() + end, [](int n) { return n > 0; }))
        again.insert(k);
    }
    stations = std::move(again);
  }
}

/// Tests the open stations with all that the proof has seen, and takes those that are proven out. Returns
/// false if a target is missed.
bool Finder::test_open() {
  ++rounds_;
  const std::vector<std::size_t> tested(proof_.open.begin(), proof_.open.end());
  std::vector<double> p_values;
  bool holds = true;
  for (const std::size_t k : tested) {
    double p_met = 0, p_missed = 1, tests = 0;
    for (std::size_t t = held_.first(k); t < held_.first(k + 1); ++t) {
      for (std::size_t m = 0; m < held_.months(); ++m) {
        const ObservedShare& share = proof_.shares[held_.cell(t, m)];
        if (!is_held(t, m) || share.counted == 0) continue;
        const ShareTests test = test_share(share, held_.goal(t));
        p_met = std::max(p_met, test.p_met);
        p_missed = std::min(p_missed, test.p_missed);
        ++tests;
        holds = holds && !is_below_goal(share.mean, 1, held_.goal(t));
      }
    }
    p_values.push_back(p_met);
    p_values.push_back(std::min(1.0, p_missed * tests));
  }
  const std::vector<bool> rejected = rejected_by_holm(p_values, level_of(rounds_));
  for (std::size_t i = 0; i < tested.size(); ++i)
    if (rejected[2 * i]) proof_.open.erase(tested[i]);
  return holds;
}

void Finder::refute_missed() {
  for (std::size_t t = 0; t < held_.targets().size(); ++t) {
    for (std::size_t m = 0; m < held_.months(); ++m) {
      const ObservedShare& share = proof_.shares[held_.cell(t, m)];
      if (is_held(t, m) && share.counted > 0 && is_below_goal(share.mean, 1, held_.goal(t))) refute(t, m);
    }
  }
}

/// Refutes the station's target and month of which the proof says the least.
void Finder::refute_least_sure(std::size_t station) {
  double largest = -1;
  std::pair<std::size_t, std::size_t> at;
  for (std::size_t t = held_.first(station); t < held_.first(station + 1); ++t) {
    for (std::size_t m = 0; m < held_.months(); ++m) {
      const ObservedShare& share = proof_.shares[held_.cell(t, m)];
      if (!is_held(t, m) || share.counted == 0) continue;
      const double p_met = test_share(share, held_.goal(t)).p_met;
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
  const std::uint32_t most = held_.replications_for(options_.most_days, kFewestInProof);
  std::uint32_t more = many_;
  proof_.seed = proof_seed(scenario_, ++proofs_);
  Scenario moved = with(proposal_.moves());
  moved.run.seed = proof_.seed;
  WholeRuns runs(std::move(moved), held_.targets(), effects_.months());
  std::vector<std::size_t> all(held_.targets().size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  bool holds = true;
  while (holds && !proof_.open.empty() && more > 0) {
    if (rounds_ == most_rounds_) return false;
    tell("proof " + std::to_string(proofs_) + ": " + std::to_string(more) + " whole runs for " +
         std::to_string(proof_.open.size()) + " stations");
    // At first all are counted, as those that are let off are told of too.
    runs.add(more, runs.replications() == 0 ? all : held_.targets_of(proof_.open), options_.threads,
             options_.stop);
    proof_.shares = runs.shares();
    proof_.replications = runs.replications();
    holds = test_open();
    more = std::min(proof_.replications, most - std::min(proof_.replications, most));
  }
  if (holds && proof_.open.empty()) return true;
  learn(proof_.shares, Capacities::Seen::whole);
  if (!holds) {
    refute_missed();
  } else {
    // With the most days it is still open, so the work there is too much to be proven.
    for (const std::size_t k : proof_.open) refute_least_sure(k);
  }
  return false;
}

/// Proposes what gains more than the proposal that holds in the search: what was taken back before may fit
/// elsewhere, and with the clerks that are not needed. Returns whether there is such.
bool Finder::can_add() {
  Proposal before = proposal_;
  propose(Rechoose::fill);
  if (proposal_.gain() > before.gain() * (1 + kNoWork)) return true;
  take(std::move(before));
  return false;
}

/// Looks for moves that gain more than so much, and proves them.
bool Finder::find_proven(double more_than) {
  propose(Rechoose::take_back);
  for (std::size_t fills = 0; proposals_ < kMostProposals && rounds_ < most_rounds_;) {
    if (proposal_.gain() <= more_than) return false;
    if (holds_in_search()) {
      take_clerks_away();
      if (fills++ < kMostFills && can_add()) continue;
      if (prove()) return true;
    }
    ++refuted_;
    propose(Rechoose::take_back);
  }
  return false;
}

/// Takes the margins that all rounds of a proof need, no longer those of its first, where this is less and
/// the program is solved to its end: in a large one every proof takes minutes.
bool Finder::narrow_margins() {
  const std::uint32_t most = held_.replications_for(options_.most_days, kFewestInProof);
  if (most <= many_ || !proposal_.chosen().is_best) return false;
  tell("smaller margins");
  held_.find_margins(most);
  look_ = most;
  // What was cut was more than the larger margins let expect.
  capacities_->forget_cuts();
  most_rounds_ += kMoreRounds;
  return true;
}

FoundMoves Finder::find() {
  next_replication_ =
      held_.look(few_, many_, kProofLevel / 2, level_of(1), {options_.threads, options_.stop, options_.tell});
  CapacityOptions how;
  how.replications = few_;
  how.threads = options_.threads;
  how.stop = options_.stop;
  how.clerks =
      std::any_of(rules_.waves.begin(), rules_.waves.end(), [](const Wave& wave) { return wave.clerks > 0; });
  tell("looking at how much work stations can do");
  capacities_.emplace(held_.by_month(), effects_, held_.targets(), how);
  const bool proven = find_proven(-std::numeric_limits<double>::infinity());
  if (proven && narrow_margins()) {
    const Proposal best = proposal_;
    const Proof proof_of_best = proof_;
    if (!find_proven(best.gain() * (1 + kNoWork))) {
      proposal_ = best;
      proof_ = proof_of_best;
      look_ = few_;
    }
  }
  tell("other numbers of clerks");
  const MoveLimits limits = this->limits();
  FoundMoves found = describe_moves(
      {scenario_, effects_, held_, *capacities_, limits, proposal_, proof_.shares, proof_.open},
      options_.threads, options_.stop);
  found.proven = proven;
  found.search_replications = look_;
  found.proof_replications = proof_.replications;
  found.proof_seed = proof_.seed;
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
