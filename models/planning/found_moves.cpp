#include "models/planning/found_moves.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stop_token>
#include <utility>

#include "sim/base/diagnostic.hpp"
#include "sim/base/stop_check.hpp"
#include "sim/experiment/replicate.hpp"
#include "sim/statistics/share_tests.hpp"

namespace pishkhan {
namespace {

/// Of a station to which the moves add work.
MovedStation describe(const KnownMoves& known, std::size_t station) {
  const HeldTargets& held_targets = known.held;
  const Proposal& proposal = known.proposal;
  MovedStation moved;
  moved.station = station;
  double least = std::numeric_limits<double>::infinity();
  bool held = false;
  for (std::size_t m = 0; m < held_targets.months(); ++m) {
    if (!proposal.adds_work(station, m)) continue;
    bool let_off = false;
    for (std::size_t t = held_targets.first(station); t < held_targets.first(station + 1); ++t) {
      const bool was_seen = !known.proof.empty() && known.proof[held_targets.cell(t, m)].counted > 0;
      if (held_targets.is_let_off(t, m)) {
        let_off = true;
        if (was_seen)
          moved.let_off_share = std::fmin(moved.let_off_share, known.proof[held_targets.cell(t, m)].mean);
        continue;
      }
      held = true;
      const double above = was_seen ? known.proof[held_targets.cell(t, m)].mean - held_targets.goal(t) : 1;
      if (above >= least) continue;
      least = above;
      moved.target = t;
      moved.month = m;
      if (was_seen)
        moved.share = test_share(known.proof[held_targets.cell(t, m)], held_targets.goal(t)).share;
      moved.work_h = proposal.work_s(station, m) / kSecondsPerHour;
      moved.most_h = known.capacities.most_s(t, m, proposal.clerks_at(held_targets.station(t), m),
                                             held_targets.margin(t, m)) /
                     kSecondsPerHour;
    }
    moved.let_off += let_off;
  }
  if (held) {
    moved.state = moved.let_off > 0 ? StationUnderMoves::part_kept : StationUnderMoves::kept;
    if (known.open.contains(station)) moved.state = StationUnderMoves::open;
  } else if (moved.let_off > 0) {
    moved.state = StationUnderMoves::unheld;
  }
  return moved;
}

/// Of a station without added work: whether it can take none in some month.
std::optional<MovedStation> describe_full(const KnownMoves& known, std::size_t station) {
  const HeldTargets& held_targets = known.held;
  const double clerks =
      std::min(known.limits.clerks.back(), static_cast<double>(known.capacities.most_clerks()));
  for (std::size_t m = 0; m < held_targets.months(); ++m) {
    if (known.effects.months()[m].until <= known.effects.rules().waves.front().starts) continue;
    const double now = known.effects.now_s(station, m);
    for (std::size_t t = held_targets.first(station); t < held_targets.first(station + 1); ++t) {
      const double most = known.capacities.most_s(t, m, clerks, held_targets.margin(t, m));
      if (held_targets.is_let_off(t, m) || most > now) continue;
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

double citizens_of(const MoveEffects& effects, const Moves& moves) {
  double citizens = 0;
  for (std::size_t item = 0; item < moves.wave.size(); ++item)
    if (moves.wave[item]) citizens += effects.citizens(item, *moves.wave[item]);
  return citizens;
}

void add_frontier(const KnownMoves& known, int threads, const std::function<bool()>& stop,
                  FoundMoves& found) {
  const MoveLimits& limit = known.limits;
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
  run_tasks(static_cast<std::uint32_t>(points.size()), threads,
            [&](std::uint32_t i, const std::stop_token& token) {
              if (token.stop_requested() || (stop && stop())) throw Interrupted();
              MoveLimits less = limit;
              less.clerks = budgets[i];
              try {
                const ChosenMoves chosen = less.clerks == limit.clerks
                                               ? known.proposal.chosen()
                                               : choose_moves(known.scenario, known.effects, less);
                points[i] = FrontierPoint{less.clerks.back(), chosen.moves, chosen.gain,
                                          citizens_of(known.effects, chosen.moves)};
              } catch (const UserError&) {
                return;  // the fixed moves are not possible with so few clerks
              }
            });
  for (std::optional<FrontierPoint>& point : points)
    if (point) found.frontier.push_back(*std::move(point));
}

}  // namespace

FoundMoves describe_moves(const KnownMoves& known, int threads, const std::function<bool()>& stop) {
  const Proposal& proposal = known.proposal;
  FoundMoves found;
  found.targets = known.held.targets();
  found.moves = proposal.moves();
  found.gain = proposal.gain();
  found.bound = std::max(proposal.gain(), bound_of(known.scenario, known.effects, known.limits));
  found.is_best = proposal.chosen().is_best;
  found.citizens = citizens_of(known.effects, proposal.moves());
  for (std::size_t item = 0; item < known.effects.items().size(); ++item)
    found.all_citizens += known.effects.citizens(item, 0);
  for (std::size_t k = 0; k < known.effects.stations().size(); ++k) {
    if (proposal.adds_work(k))
      found.stations.push_back(describe(known, k));
    else if (const std::optional<MovedStation> full = describe_full(known, k))
      found.stations.push_back(*full);
  }
  add_frontier(known, threads, stop, found);
  return found;
}

}  // namespace pishkhan
