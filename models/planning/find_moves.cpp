#include "models/planning/find_moves.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
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
constexpr std::size_t kMostFills = 2;
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
  void propose(Rechoose how);
  void find_margins(const MonthShares& seen, std::uint32_t in_proof);
  [[nodiscard]] bool adds_work(std::size_t station, std::size_t month) const;
  [[nodiscard]] bool adds_work(std::size_t station) const;
  [[nodiscard]] bool is_held(std::size_t target, std::size_t month) const {
    return !let_off_[cell(target, month)] && adds_work(targets_[target].station, month);
  }
  [[nodiscard]] double clerks_at(std::size_t target, std::size_t month) const;
  void learn(const MonthShares& seen, Capacities::Seen how);
  [[nodiscard]] std::vector<std::size_t> targets_of(const std::set<std::size_t>& stations) const;
  MonthShares look_alone(const std::vector<std::size_t>& targets, std::uint32_t replications);
  bool refute_too_much(const MonthShares& seen);
  bool holds_in_search();
  [[nodiscard]] bool has_margins(std::size_t station, const MonthShares& seen) const;
  void take_clerks_away();
  bool prove();
  bool test_open();
  void refute(std::size_t target, std::size_t month);
  void refute_least_sure(std::size_t station);
  [[nodiscard]] FoundMoves result();
  [[nodiscard]] MovedStation describe(std::size_t station) const;
  [[nodiscard]] std::optional<MovedStation> describe_full(std::size_t station,
                                                          const MoveLimits& limits) const;
  void refute_missed();
  [[nodiscard]] double citizens_of(const Moves& moves) const;
  void add_frontier(const MoveLimits& limit, FoundMoves& found) const;

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
  std::vector<bool> let_off_;           ///< by cell: the target is missed without moves
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

/// Which months are let off, as a target is proven to be missed without moves, and how much of a margin the
/// days of a proof take.
void Finder::look_at_no_moves() {
  tell("looking at the scenario without moves");
  const std::uint32_t in_proof = replications_for(static_cast<double>(options_.first_days), kFewestInProof);
  const Moves none{std::vector<std::optional<std::size_t>>(effects_.items().size()),
                   std::vector<int>(effects_.stations().size() * rules_.waves.size(), 0)};
  WholeRuns runs(with(none), targets_, effects_.months());
  std::vector<std::size_t> all(targets_.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  runs.add(search_replications_, all, options_.threads, options_.stop);
  std::set<std::size_t> low;
  const auto is_low = [&](std::size_t t, std::size_t m) {
    const ObservedShare& share = runs.shares()[cell(t, m)];
    return share.counted > 0 && is_below_goal(share.mean, 1, goal(t));
  };
  for (std::size_t t = 0; t < targets_.size(); ++t)
    for (std::size_t m = 0; m < months_; ++m)
      if (is_low(t, m)) low.insert(targets_[t].station);
  if (!low.empty() && search_replications_ < in_proof) {
    tell("looking closer at " + std::to_string(low.size()) + " stations that miss targets without moves");
    runs.add(in_proof - search_replications_, targets_of(low), options_.threads, options_.stop);
  }
  next_replication_ = runs.replications();
  std::vector<double> p_missed;
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    for (std::size_t m = 0; m < months_; ++m)
      p_missed.push_back(is_low(t, m) ? test_share(runs.shares()[cell(t, m)], goal(t)).p_missed : 1);
  }
  let_off_ = rejected_by_holm(p_missed, kProofLevel);
  find_margins(runs.shares(), in_proof);
}

void Finder::find_margins(const MonthShares& seen, std::uint32_t in_proof) {
  const double tests = 2 * static_cast<double>(std::max<std::size_t>(effects_.stations().size(), 1));
  // Replications alone are independent, so a test of few takes Student's t.
  const double needed = student_t_above(in_proof - 1, level_of(1) / tests), z = needed + kReserve;
  needed_part_ = (needed + kLeastReserve) / z;
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    for (std::size_t m = 0; m < months_; ++m) {
      const ObservedShare& share = seen[cell(t, m)];
      const RunMonth& month = effects_.months()[m];
      const double days = in_proof * effects_.open_days(targets_[t].station, month.from, month.until);
      const double effect = share.design_effect >= 1 ? share.design_effect : 1;
      const double more =
          static_cast<double>(in_proof) / static_cast<double>(std::max<std::size_t>(share.replications, 1));
      // With moves there is a visit a day at least.
      const double effective = std::max({share.counted * more / effect, days, 1.0});
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
        if (let_off_[cell(t, m)]) continue;
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

void Finder::propose(Rechoose how) {
  std::optional<ChosenMoves> again;
  if (proposals_ >= kFreshProposals) again = choose_again(effects_, limits(), chosen_.moves, how);
  tell("proposal " + std::to_string(++proposals_));
  chosen_ = again ? *std::move(again) : choose_moves(scenario_, effects_, limits());
  work_ = work_of(effects_, chosen_.moves);
  proof_.clear();
  proof_replications_ = 0;
  open_.clear();
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    for (std::size_t m = 0; m < months_; ++m)
      if (is_held(t, m)) open_.insert(targets_[t].station);
  }
}

bool Finder::adds_work(std::size_t station, std::size_t month) const {
  const double now = effects_.now_s(station, month);
  return work_[station * months_ + month] > now * (1 + kNoWork) + kNoWork;
}

bool Finder::adds_work(std::size_t station) const {
  for (std::size_t m = 0; m < months_; ++m)
    if (adds_work(station, m)) return true;
  return false;
}

/// Clerks added at the target's station in a month, on average.
double Finder::clerks_at(std::size_t target, std::size_t month) const {
  const std::vector<double> parts = waves_in_month(rules_, effects_.months()[month]);
  double clerks = 0;
  for (std::size_t wave = 0; wave < parts.size(); ++wave)
    clerks += parts[wave] * chosen_.moves.clerks[targets_[target].station * parts.size() + wave];
  return clerks;
}

/// The chosen moves are too much there, and no later proposal may have as much as what was seen allows now.
void Finder::refute(std::size_t target, std::size_t month) {
  const double work = work_[targets_[target].station * months_ + month];
  const double clerks = clerks_at(target, month);
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
  const MonthShares of_list = solve_alone(with(chosen_.moves), effects_.stations(), list, effects_.months(),
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

/// Whether the held targets of a station were seen with their whole margins.
bool Finder::has_margins(std::size_t station, const MonthShares& seen) const {
  for (std::size_t t = first_target_[station]; t < first_target_[station + 1]; ++t) {
    for (std::size_t m = 0; m < months_; ++m) {
      const ObservedShare& share = seen[cell(t, m)];
      if (is_held(t, m) && share.counted > 0 && share.mean < std::min(goal(t) + margin_[cell(t, m)], 1.0))
        return false;
    }
  }
  return true;
}

/// Takes added clerks away, one by one, from stations that keep their margins without them: what the program
/// knows of a number of clerks is rough.
void Finder::take_clerks_away() {
  const std::size_t waves = rules_.waves.size();
  std::vector<int>& clerks = chosen_.moves.clerks;
  std::set<std::size_t> stations;
  for (std::size_t at = 0; at < clerks.size(); ++at)
    if (clerks[at] > 0) stations.insert(at / waves);
  const std::uint32_t replications =
      replications_for(static_cast<double>(options_.first_days), kFewestInProof);
  while (!stations.empty()) {
    tell("fewer clerks at " + std::to_string(stations.size()) + " stations");
    const std::vector<int> before = clerks;
    for (const std::size_t k : stations)
      for (std::size_t w = 0; w < waves; ++w) clerks[k * waves + w] = std::max(clerks[k * waves + w] - 1, 0);
    const MonthShares seen = look_alone(targets_of(stations), replications);
    std::set<std::size_t> again;
    for (const std::size_t k : stations) {
      const auto begin = static_cast<std::ptrdiff_t>(k * waves),
                 end = static_cast<std::ptrdiff_t>((k + 1) * waves);
      if (!has_margins(k, seen)) {
        std::copy(before.begin() + begin, before.begin() + end, clerks.begin() + begin);
        continue;
      }
      for (std::size_t t = first_target_[k]; t < first_target_[k + 1]; ++t) {
        for (std::size_t m = 0; m < months_; ++m)
          if (is_held(t, m)) capacities_->allow(t, m, clerks_at(t, m), work_[k * months_ + m]);
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
  std::vector<std::size_t> all(targets_.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  bool holds = true;
  while (holds && !open_.empty() && more > 0) {
    if (rounds_ == kMostRounds) return false;
    tell("proof " + std::to_string(proofs_) + ": " + std::to_string(more) + " whole runs for " +
         std::to_string(open_.size()) + " stations");
    // At first all are counted, as those that are let off are told of too.
    runs.add(more, runs.replications() == 0 ? all : targets_of(open_), options_.threads, options_.stop);
    proof_ = runs.shares();
    proof_replications_ = runs.replications();
    holds = test_open();
    more = std::min(proof_replications_, most - std::min(proof_replications_, most));
  }
  if (holds && open_.empty()) return true;
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
  propose(Rechoose::take_back);
  for (std::size_t fills = 0; proposals_ < kMostProposals && rounds_ < kMostRounds; ++refuted_) {
    if (holds_in_search()) {
      take_clerks_away();
      if (fills < kMostFills) {
        // What was taken back may fit elsewhere, and with the clerks that are not needed.
        ++fills;
        const double gain = chosen_.gain;
        propose(Rechoose::fill);
        if (chosen_.gain > gain * (1 + kNoWork)) continue;
      }
      proven = prove();
      if (proven) break;
    }
    propose(Rechoose::take_back);
  }
  FoundMoves found = result();
  found.proven = proven;
  return found;
}

/// Of a station to which the moves add work.
MovedStation Finder::describe(std::size_t station) const {
  MovedStation moved;
  moved.station = station;
  double least = std::numeric_limits<double>::infinity();
  bool held = false;
  for (std::size_t m = 0; m < months_; ++m) {
    if (!adds_work(station, m)) continue;
    bool let_off = false;
    for (std::size_t t = first_target_[station]; t < first_target_[station + 1]; ++t) {
      const bool was_seen = !proof_.empty() && proof_[cell(t, m)].counted > 0;
      if (let_off_[cell(t, m)]) {
        let_off = true;
        if (was_seen) moved.let_off_share = std::fmin(moved.let_off_share, proof_[cell(t, m)].mean);
        continue;
      }
      held = true;
      const double above = was_seen ? proof_[cell(t, m)].mean - goal(t) : 1;
      if (above >= least) continue;
      least = above;
      moved.target = t;
      moved.month = m;
      if (was_seen) moved.share = test_share(proof_[cell(t, m)], goal(t)).share;
      moved.work_h = work_[station * months_ + m] / kSecondsPerHour;
      moved.most_h = capacities_->most_s(t, m, clerks_at(t, m), margin_[cell(t, m)]) / kSecondsPerHour;
    }
    moved.let_off += let_off;
  }
  if (held) {
    moved.state = moved.let_off > 0 ? StationUnderMoves::part_kept : StationUnderMoves::kept;
    if (open_.contains(station)) moved.state = StationUnderMoves::open;
  } else if (moved.let_off > 0) {
    moved.state = StationUnderMoves::unheld;
  }
  return moved;
}

/// Of a station without added work: whether it can take none in some month.
std::optional<MovedStation> Finder::describe_full(std::size_t station, const MoveLimits& limits) const {
  const double clerks = std::min(limits.clerks.back(), static_cast<double>(capacities_->most_clerks()));
  for (std::size_t m = 0; m < months_; ++m) {
    if (effects_.months()[m].until <= rules_.waves.front().starts) continue;
    const double now = effects_.now_s(station, m);
    for (std::size_t t = first_target_[station]; t < first_target_[station + 1]; ++t) {
      const double most = capacities_->most_s(t, m, clerks, margin_[cell(t, m)]);
      if (let_off_[cell(t, m)] || most > now) continue;
      MovedStation full;
      full.station = station;
      full.state = StationUnderMoves::full;
      full.target = t;
      full.month = m;
      full.work_h = now / kSecondsPerHour;
      full.most_h = most / kSecondsPerHour;
      return full;
    }
  }
  return std::nullopt;
}

double Finder::citizens_of(const Moves& moves) const {
  double citizens = 0;
  for (std::size_t item = 0; item < moves.wave.size(); ++item)
    if (moves.wave[item]) citizens += effects_.citizens(item, *moves.wave[item]);
  return citizens;
}

void Finder::add_frontier(const MoveLimits& limit, FoundMoves& found) const {
  constexpr double kBudgets[] = {0, 0.25, 0.5, 0.75, 1, 1.5, 2};
  std::vector<std::vector<double>> budgets;
  for (const double part : kBudgets) {
    std::vector<double> clerks = limit.clerks;
    for (double& number : clerks) number = std::floor(number * part);
    // The plan itself stands for its number of clerks.
    if (clerks.back() == limit.clerks.back()) clerks = limit.clerks;
    if (budgets.empty() || budgets.back().back() < clerks.back()) budgets.push_back(std::move(clerks));
  }
  std::vector<std::optional<FrontierPoint>> points(budgets.size());
  run_tasks(
      static_cast<std::uint32_t>(points.size()), options_.threads,
      [&](std::uint32_t i, const std::stop_token& token) {
        if (token.stop_requested() || (options_.stop && options_.stop())) throw Interrupted();
        MoveLimits less = limit;
        less.clerks = budgets[i];
        try {
          const ChosenMoves chosen =
              less.clerks == limit.clerks ? chosen_ : choose_moves(scenario_, effects_, less);
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
  const MoveLimits limit = limits();
  found.bound = std::max(chosen_.gain, bound_of(scenario_, effects_, limit));
  found.is_best = chosen_.is_best;
  found.citizens = citizens_of(chosen_.moves);
  for (std::size_t item = 0; item < effects_.items().size(); ++item)
    found.all_citizens += effects_.citizens(item, 0);
  for (std::size_t k = 0; k < effects_.stations().size(); ++k) {
    if (adds_work(k))
      found.stations.push_back(describe(k));
    else if (const std::optional<MovedStation> full = describe_full(k, limit))
      found.stations.push_back(*full);
  }
  tell("other numbers of clerks");
  add_frontier(limit, found);
  found.search_replications = search_replications_;
  found.proof_replications = proof_replications_;
  found.proof_seed = proof_seed_;
  found.proposals = proposals_;
  found.refuted = refuted_;
  found.rounds = rounds_;
  return found;
}

}  // namespace

void expect_can_plan(const Scenario& scenario, const MoveRules& rules) {
  std::vector<Diagnostic> mistakes;
  const auto refuse = [&](const std::string& path, const std::string& problem, const std::string& hint) {
    mistakes.push_back({scenario.file.generic_string(), 0, 0, path, problem, hint});
  };
  if (scenario.run.length_s > 0) refuse("run.length", "planning an unbroken run", "write a run by `days`");
  if (scenario.backbone.model == BackboneModel::simgrid)
    refuse("backbone.model", "planning with SimGrid's backbone", "write `model: shared`");
  for (std::size_t t = 0; t < scenario.targets.size(); ++t) {
    const TargetPeriod in = scenario.targets[t].in;
    if (in != TargetPeriod::whole && in != TargetPeriod::month) {
      refuse("targets[" + std::to_string(t) + "].in", "a plan keeps targets month by month",
             "write `in: month`, or leave `in` out");
    }
    if (!scenario.targets[t].is_in_time()) {
      refuse("targets[" + std::to_string(t) + "]", "a plan keeps targets of the share in time alone",
             "write `share` or `percentile`, and look at the other targets in a run of the planned scenario");
    }
  }
  constexpr std::size_t kMostMigrations = 64;
  if (scenario.migrations.size() + rules.waves.size() > kMostMigrations)
    refuse("plan.waves", "more than 64 migrations together with those of the scenario", "write fewer waves");
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
}

FoundMoves find_moves(const Plan& plan, const MoveEffects& effects, const FindMovesOptions& options) {
  return Finder(plan, effects, options).find();
}

}  // namespace pishkhan
