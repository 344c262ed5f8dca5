#include "models/staffing/placement.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

#include "models/plan/plan_data.hpp"
#include "models/staffing/separable.hpp"
#include "models/staffing/share_out.hpp"
#include "models/staffing/solve_jobs.hpp"
#include "models/staffing/staffing.hpp"
#include "models/staffing/staffing_space.hpp"
#include "models/staffing/waiting.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/time.hpp"
#include "sim/statistics/paired.hpp"

namespace pishkhan {
namespace {

/// Numbers of clerks that are shared out at once: stations times clerks.
constexpr double kMostCells = 1e8;

/// A station that may get or give clerks.
struct Candidate {
  std::size_t station = 0, pool = 0;
  ClerkCurve curve;  ///< in seconds
  std::vector<SeenClerks> seen;
  int at_most = 0;      ///< clerks that it may get
  int ahead = 1;        ///< numbers of clerks to try next, if more are needed
  int most_visits = 0;  ///< on a day: more clerks than that have nothing to do
  int to_try = 0;       ///< the curve has to be known up to so many clerks
};

class Placer {
 public:
  Placer(const Plan& plan, const PlacementOptions& options)
      : plan_(plan), scenario_(plan.scenario()), data_(plan.data()), options_(options) {
    expect_separable(scenario_, data_);
    result_.working_days = working_days(scenario_, data_);
    for (std::size_t s = 0; s < data_.stations.size(); ++s)
      spaces_.emplace_back(scenario_, data_, StationIndex(s));
    find_candidates();
    find_spare();
    result_.search_replications = replications_for(options.search_days, kFewestInSearch);
    result_.proof_replications = replications_for(options.first_days, kFewestInProof);
    result_.proof_seed = proof_seed(scenario_, 1);
    result_.stations_alone = scenario_.backbone.model != BackboneModel::ideal;
  }

  PlacementResult place() {
    search();
    describe();
    prove();
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::uint32_t replications_for(std::size_t station_days, std::size_t fewest) const {
    const auto days = static_cast<std::size_t>(std::max(result_.working_days, 1));
    return static_cast<std::uint32_t>(std::max((station_days + days - 1) / days, fewest));
  }
  [[nodiscard]] bool is_chosen(std::size_t station) const;
  [[nodiscard]] std::string pool_of(std::size_t station) const;
  void find_candidates();
  void find_spare();
  void search();
  void solve_more();
  void share_out_pool(std::size_t pool);
  void follow(const SharedOut& shared, std::span<const std::size_t> members);
  void describe();
  void prove();

  const Plan& plan_;
  const Scenario& scenario_;
  const Plan::Data& data_;
  const PlacementOptions& options_;
  std::vector<StaffingSpace> spaces_;
  std::vector<Candidate> candidates_;
  std::vector<std::size_t> spare_;  ///< by pool: clerks above the fewest of its stations
  std::vector<int> placed_;         ///< by candidate
  PlacementResult result_;
};

bool Placer::is_chosen(std::size_t station) const {
  if (options_.stations.empty())
    return data_.bare || options_.budget != 0 || data_.stations[station].channel == Channel::traditional;
  return std::binary_search(options_.stations.begin(), options_.stations.end(),
                            static_cast<std::uint32_t>(station));
}

std::string Placer::pool_of(std::size_t station) const {
  if (data_.bare) return "stations";
  if (options_.budget != 0) return "all";
  if (station < data_.offices) return "offices";
  const Province& province = *scenario_.province;
  return province.agencies[province.counters[station - data_.offices].agency.index()].id;
}

void Placer::find_candidates() {
  std::map<std::string, std::size_t> pools;
  for (std::size_t s = 0; s < data_.stations.size(); ++s) {
    const StaffingSpace& space = spaces_[s];
    if (!is_chosen(s)) continue;
    if (!space.can_vary() || space.size() != 1 || space.now().front() == 0) {
      ++result_.left_alone;
      continue;
    }
    const auto [pool, is_new] = pools.emplace(pool_of(s), result_.pools.size());
    if (is_new) result_.pools.push_back({pool->first});
    ++result_.pools[pool->second].stations;
    Candidate one;
    one.station = s;
    one.pool = pool->second;
    const int now = one.curve.now = space.now().front();
    // Who goes may be the only one who gives a service, and then citizens choose other offices.
    const bool may_give = options_.budget <= 0 && data_.stations[s].able.empty();
    one.curve.fewest = may_give ? 1 : now;
    if (options_.budget < 0) one.curve.fewest = std::max(one.curve.fewest, now + options_.budget);
    one.at_most = options_.budget < 0 ? now : std::numeric_limits<int>::max();
    one.to_try = std::min(one.at_most, now + 1);
    candidates_.push_back(std::move(one));
  }
  if (candidates_.empty()) {
    throw UserError({{scenario_.file.generic_string(), 0, 0, "", "no station whose clerks can be placed",
                      "choose stations that have a fixed number of clerks"}});
  }
}

void Placer::find_spare() {
  std::vector<std::int64_t> spare(result_.pools.size(), 0);
  std::vector<std::size_t> stations(result_.pools.size(), 0);
  for (const Candidate& one : candidates_) {
    spare[one.pool] += one.curve.now - one.curve.fewest;
    ++stations[one.pool];
  }
  for (std::size_t p = 0; p < spare.size(); ++p) {
    spare[p] += options_.budget;
    const std::int64_t taken = -static_cast<std::int64_t>(options_.budget);
    if (spare[p] < 0) {
      throw UserError(
          {{"--budget", 0, 0, "", std::to_string(taken) + " clerks fewer, where each station keeps one",
            "at most " + std::to_string(spare[p] + taken) + " can go"}});
    }
    if (static_cast<double>(spare[p]) * static_cast<double>(stations[p]) > kMostCells) {
      throw UserError({{"--budget", 0, 0, "",
                        std::to_string(spare[p]) + " clerks to share out among " +
                            std::to_string(stations[p]) + " stations",
                        "choose fewer stations with --at, or a smaller budget"}});
    }
    spare_.push_back(static_cast<std::size_t>(spare[p]));
  }
  for (Candidate& one : candidates_) {
    const auto most =
        static_cast<std::int64_t>(one.curve.fewest) + static_cast<std::int64_t>(spare_[one.pool]);
    one.at_most = std::max(one.curve.now, static_cast<int>(std::min<std::int64_t>(one.at_most, most)));
    one.to_try = std::min(one.to_try, one.at_most);
  }
}

void Placer::search() {
  placed_.resize(candidates_.size());
  for (;;) {
    solve_more();
    for (std::size_t p = 0; p < spare_.size(); ++p) share_out_pool(p);
    const bool all_known = std::all_of(candidates_.begin(), candidates_.end(),
                                       [](const Candidate& one) { return one.to_try <= one.curve.most(); });
    if (all_known) return;
  }
}

/// Solves the numbers of clerks up to Candidate::to_try.
void Placer::solve_more() {
  std::vector<WaitingJob> jobs;
  std::vector<std::size_t> of;
  for (std::size_t c = 0; c < candidates_.size(); ++c) {
    const Candidate& one = candidates_[c];
    for (int clerks = one.curve.most() + 1; clerks <= one.to_try; ++clerks) {
      jobs.push_back({one.station, {clerks}});
      of.push_back(c);
    }
  }
  const auto solved =
      solve_waiting(plan_, spaces_, jobs, result_.search_replications, options_.threads, options_.stop);
  const double replications = result_.search_replications;
  for (std::size_t j = 0; j < jobs.size(); ++j) {
    Candidate& one = candidates_[of[j]];
    double cost_s = 0, wait_s = 0, unserved = 0;
    for (const WaitingSums& sums : solved[j]) {
      cost_s += sums.cost_s(options_.unserved_s);
      wait_s += sums.wait_s;
      unserved += static_cast<double>(sums.unserved);
      one.most_visits = std::max(one.most_visits, static_cast<int>(sums.most_visits));
    }
    one.curve.cost.push_back(cost_s / replications);
    one.seen.push_back(
        {jobs[j].staffing.front(), wait_s / replications / kSecondsPerHour, unserved / replications});
  }
}

void Placer::share_out_pool(std::size_t pool) {
  std::vector<std::size_t> members;
  std::vector<ClerkCurve> curves;
  for (std::size_t c = 0; c < candidates_.size(); ++c) {
    if (candidates_[c].pool != pool) continue;
    members.push_back(c);
    curves.push_back(candidates_[c].curve);
  }
  const SharedOut shared = share_out(curves, spare_[pool]);
  double now_s = 0;
  for (const ClerkCurve& curve : curves) now_s += curve.at(curve.now);
  for (std::size_t m = 0; m < members.size(); ++m) placed_[members[m]] = shared.clerks[m];
  PlacementPool& told = result_.pools[pool];
  told.saved_in_search_h = (now_s - shared.cost) / kSecondsPerHour;
  // What is left of rounding is no gap.
  constexpr double kRounding = 1e-9;
  const double gap_s = shared.cost - shared.bound;
  told.gap_h = gap_s > kRounding * shared.cost ? gap_s / kSecondsPerHour : 0;
  if (spare_.size() == 1) {
    result_.fewest_clerks = options_.budget - static_cast<int>(spare_[pool]);
    result_.saved_by_clerks_h.clear();
    for (const double cost_s : shared.least)
      result_.saved_by_clerks_h.push_back((now_s - cost_s) / kSecondsPerHour);
  }
  follow(shared, members);
}

/// Asks for more of the curves on which the best placement may lie farther out than they are known. There
/// waiting is at least 0, so that at the price of a clerk a station gains at most what it waits at its best
/// number, and pays for the clerks beyond; what the placement is above the bound, it may also gain.
void Placer::follow(const SharedOut& shared, std::span<const std::size_t> members) {
  const double gap_s = std::max(0.0, shared.cost - shared.bound);
  for (const std::size_t c : members) {
    Candidate& one = candidates_[c];
    const int most = one.curve.most();
    if (most >= std::min(one.at_most, std::max(one.curve.now, one.most_visits))) continue;
    const int best = best_at_price(one.curve, shared.price);
    const double at_best_s = one.curve.at(best);
    const bool may_be_beyond =
        at_best_s > 0 && at_best_s + gap_s >= shared.price * (most + 1 - best) && one.curve.cost.back() > 0;
    if (!may_be_beyond) continue;
    one.to_try = static_cast<int>(std::min<std::int64_t>(one.at_most, std::int64_t{most} + one.ahead));
    one.ahead *= 2;
  }
}

void Placer::describe() {
  for (std::size_t c = 0; c < candidates_.size(); ++c) {
    Candidate& one = candidates_[c];
    StationPlacement& station = result_.stations.emplace_back();
    station.station = StationIndex(one.station);
    station.pool = one.pool;
    station.clerks_now = one.curve.now;
    station.clerks_placed = placed_[c];
    station.saved_in_search_h = (one.curve.at(one.curve.now) - one.curve.at(placed_[c])) / kSecondsPerHour;
    station.curve = std::move(one.seen);
    result_.saved_in_search_h += station.saved_in_search_h;
    result_.clerks_placed += placed_[c] - one.curve.now;
    result_.clerks_moved += std::max(0, one.curve.now - placed_[c]);
  }
  if (options_.budget != 0) result_.clerks_moved = 0;
}

/// Sums of one staffing by replication.
struct ByReplication {
  std::vector<double> wait_h, cost_h, unserved;
  explicit ByReplication(std::size_t n) : wait_h(n), cost_h(n), unserved(n) {}
  void add(const std::vector<WaitingSums>& sums, double unserved_s) {
    for (std::size_t i = 0; i < sums.size(); ++i) {
      wait_h[i] += sums[i].wait_s / kSecondsPerHour;
      cost_h[i] += sums[i].cost_s(unserved_s) / kSecondsPerHour;
      unserved[i] += static_cast<double>(sums[i].unserved);
    }
  }
};

/// Fills in what was seen of the staffing as it is, and of that with placed clerks.
template <class Placement>
void estimate_placement(const ByReplication& now, const ByReplication& placed, Placement& into) {
  const std::vector<double> ones(now.cost_h.size(), 1);
  into.wait_now_h = estimate_skewed_mean(now.wait_h);
  into.wait_placed_h = estimate_skewed_mean(placed.wait_h);
  into.unserved_now = estimate_count(now.unserved);
  into.unserved_placed = estimate_count(placed.unserved);
  into.saved_h = estimate_paired({placed.cost_h, ones}, {now.cost_h, ones}).difference;
}

void Placer::prove() {
  Scenario fresh = scenario_;
  fresh.run.seed = result_.proof_seed;
  const Plan plan(fresh);
  std::vector<WaitingJob> jobs;
  std::vector<std::size_t> changed;
  for (std::size_t c = 0; c < result_.stations.size(); ++c) {
    const StationPlacement& station = result_.stations[c];
    if (station.clerks_now == station.clerks_placed) continue;
    changed.push_back(c);
    jobs.push_back({station.station.index(), {station.clerks_now}});
    jobs.push_back({station.station.index(), {station.clerks_placed}});
  }
  if (jobs.empty()) return;
  const auto solved =
      solve_waiting(plan, spaces_, jobs, result_.proof_replications, options_.threads, options_.stop);
  ByReplication now(result_.proof_replications), placed(result_.proof_replications);
  for (std::size_t k = 0; k < changed.size(); ++k) {
    ByReplication one_now(result_.proof_replications), one_placed(result_.proof_replications);
    one_now.add(solved[2 * k], options_.unserved_s);
    one_placed.add(solved[2 * k + 1], options_.unserved_s);
    now.add(solved[2 * k], options_.unserved_s);
    placed.add(solved[2 * k + 1], options_.unserved_s);
    estimate_placement(one_now, one_placed, result_.stations[changed[k]]);
  }
  estimate_placement(now, placed, result_);
}

}  // namespace

PlacementResult place_clerks(const Plan& plan, const PlacementOptions& options) {
  return Placer(plan, options).place();
}

}  // namespace pishkhan
