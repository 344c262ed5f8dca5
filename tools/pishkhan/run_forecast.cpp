#include "tools/pishkhan/run_forecast.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include "models/trial/run_memory.hpp"
#include "sim/base/stop_check.hpp"
#include "tools/pishkhan/available_memory.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/simulate.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/costs.hpp"

namespace pishkhan {
namespace {

using Clock = std::chrono::steady_clock;

/// A piece that takes so much processor time is long enough to be measured.
constexpr double kLongEnough_s = 0.2;
/// All pieces together: their processor time, and the time by the clock where others have the processor.
constexpr double kMostTogether_s = 0.7;
constexpr auto kMostByTheClock = std::chrono::seconds(3);
/// Where no piece came to its end: a usual visit, and one whose call SimGrid simulates.
constexpr double kVisit_s = 1.2e-7, kSimGridVisit_s = 1.5e-5;
constexpr double kFirstPieceVisits = 3'000;
/// More would not end in time, and a day of more would fill the memory.
constexpr double kMostPieceVisits = 3e6;

/// Of this process and of those that it started and that have ended.
double processor_time_s() {
  double sum = 0;
  for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    ::getrusage(who, &usage);
    for (const timeval& time : {usage.ru_utime, usage.ru_stime})
      sum += static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  }
  return sum;
}

/// A measured piece: of so many replications, each of so many visits.
struct Piece {
  double replications = 0, visits = 0, seconds = 0;
  [[nodiscard]] double each_s() const { return seconds / replications; }
};

/// Pieces of a scenario's run.
class Pieces {
 public:
  Pieces(const Scenario& scenario, double visits, const TrialFunction& trial)
      : scenario_(scenario),
        visits_(visits),
        trial_(trial),
        deadline_(Clock::now() + kMostByTheClock),
        begin_s_(processor_time_s()) {}

  /// Nothing where it did not end in time. `share` of each replication, at most 1.
  std::optional<Piece> measure(double share, int replications) {
    Scenario piece = scenario_;
    piece.run.replications = replications;
    if (share < 1) shorten(piece.run, share);
    std::vector<Scenario> all{piece};
    for (const CostOf cost : scenario_.costs) all.push_back(without(piece, cost));
    std::vector<Plan> plans;
    const std::function<bool()> interrupted = &InterruptGuard::interrupted;
    for (const Scenario& one : all) plans.emplace_back(one, StopCheck(&interrupted));
    std::vector<const Plan*> addresses;
    for (const Plan& plan : plans) addresses.push_back(&plan);
    const double expected =
        share < 1 ? forecast(plans.front(), StopCheck(&interrupted)).total_visits : visits_;
    if (expected * replications > kMostPieceVisits) return std::nullopt;
    const double begin_s = processor_time_s();
    try {
      SimulationOptions options{1, true};
      options.stop = [this] {
        return Clock::now() > deadline_ || processor_time_s() > begin_s_ + kMostTogether_s;
      };
      simulate(addresses, trial_, options);
    } catch (const Interrupted&) {
      if (InterruptGuard::interrupted()) throw;
      return std::nullopt;
    }
    return Piece{static_cast<double>(replications), expected, processor_time_s() - begin_s};
  }
  /// Processor time of all pieces, those that did not end included.
  [[nodiscard]] double spent_s() const { return processor_time_s() - begin_s_; }

 private:
  /// Takes days out of the middle of the run.
  void shorten(Run& run, double share) const {
    run.warm_up_s = 0;
    run.warm_up_days = 0;
    if (run.length_s > 0) {
      run.length_s *= share;
      return;
    }
    const int days = std::clamp(static_cast<int>(std::lround(run.days * share)), 1, run.days);
    run.start += (run.days - days) / 2;
    run.days = days;
  }

  const Scenario& scenario_;
  double visits_;
  const TrialFunction& trial_;
  Clock::time_point deadline_;
  double begin_s_;
};

/// Processor time of a replication of `visits`, by the last two pieces: one part of it for each visit, the
/// other the same whatever the length.
double whole_s(const Piece& before, const Piece& last, double visits) {
  if (last.visits >= visits || last.visits <= 0) return last.each_s();
  double visit_s = last.each_s() / last.visits, fixed_s = 0;
  if (before.visits > 0 && before.visits < last.visits) {
    const double slope_s = (last.each_s() - before.each_s()) / (last.visits - before.visits);
    if (slope_s > 0 && slope_s < visit_s) visit_s = slope_s;
    fixed_s = std::max(0.0, last.each_s() - visit_s * last.visits);
  }
  return fixed_s + visit_s * visits;
}

}  // namespace

double forecast_memory_bytes(const std::vector<const Plan*>& plans, int threads) {
  double running = 0, finished = 0;
  for (const Plan* plan : plans) {
    const RunMemory memory = expected_memory(*plan);
    running = std::max(running, memory.running);
    finished += memory.finished;
  }
  const double replications = plans.front()->scenario().run.replications;
  // What one thread or process more needs for itself.
  constexpr double kThreadBytes = 1e6;
  const double at_once = std::min<double>(threads, replications * static_cast<double>(plans.size()));
  return resident_memory_bytes() + at_once * (running + kThreadBytes) + finished * replications;
}

RunForecast forecast_run(const Scenario& scenario, double visits, int threads, const TrialFunction& trial) {
  RunForecast out;
  const double reading_s = processor_time_s();
  {
    std::vector<Scenario> all{scenario};
    for (const CostOf cost : scenario.costs) all.push_back(without(scenario, cost));
    std::vector<Plan> plans;
    for (const Scenario& one : all) plans.emplace_back(one);
    std::vector<const Plan*> addresses;
    for (const Plan& plan : plans) addresses.push_back(&plan);
    out.memory_bytes = forecast_memory_bytes(addresses, threads);
    out.available_bytes = resident_memory_bytes() + available_memory_bytes();
  }
  Pieces pieces(scenario, visits, trial);
  Piece before, last;
  double share = std::min(1.0, kFirstPieceVisits / std::max(1.0, visits));
  if (scenario.run.length_s <= 0) share = std::min(1.0, std::max(share, 2.0 / scenario.run.days));
  for (int replications = 1;;) {
    const std::optional<Piece> piece = pieces.measure(share, replications);
    if (!piece) break;
    before = last;
    last = *piece;
    if (last.seconds > kLongEnough_s) break;
    if (share < 1)
      share = std::min(1.0, 4 * share);
    else if (replications < scenario.run.replications)
      replications = std::min(4 * replications, scenario.run.replications);
    else
      break;
  }
  const double plans = 1 + static_cast<double>(scenario.costs.size());
  double each_s = 0;
  if (last.replications > 0) {
    each_s = whole_s(before, last, visits);
    out.basis = "from simulating " + grouped(last.replications * last.visits) + " visits of it now";
  } else {
    const bool simgrid = scenario.backbone.model == BackboneModel::simgrid;
    // The first piece did not end in what was spent on it.
    each_s = std::max(visits * plans * (simgrid ? kSimGridVisit_s : kVisit_s), pieces.spent_s() / share);
    out.basis = "or more: a rough guess, for even a day of it takes too long to simulate here";
  }
  const double jobs = scenario.run.replications * plans;
  out.run_s = reading_s + each_s / plans * std::ceil(jobs / threads);
  return out;
}

}  // namespace pishkhan
