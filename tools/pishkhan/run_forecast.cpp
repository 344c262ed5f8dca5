#include "tools/pishkhan/run_forecast.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <latch>
#include <new>
#include <optional>
#include <system_error>
#include <thread>

#include "models/trial/run_memory.hpp"
#include "sim/base/stop_check.hpp"
#include "tools/pishkhan/available_memory.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/simulate.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/pishkhan/visits_size.hpp"
#include "tools/report/costs.hpp"

namespace pishkhan {
namespace {

using Clock = std::chrono::steady_clock;

/// A piece that takes so much processor time is long enough to be measured.
constexpr double kLongEnough_s = 0.2;
/// All pieces together: their processor time, and the time by the clock where others have the processor.
constexpr double kMostTogether_s = 0.7;
/// A day on which something fails, of that time.
constexpr double kMostOfADay_s = 0.45;
constexpr auto kMostByTheClock = std::chrono::seconds(3);
/// Where no piece came to its end: a usual visit, and one whose call SimGrid simulates.
constexpr double kVisit_s = 1.2e-7, kSimGridVisit_s = 1.5e-5;
constexpr double kFirstPieceVisits = 3'000;
/// Making and writing the tables, for each station, each station and replication, and each day.
constexpr double kStationTables_s = 4e-4, kStationReplication_s = 4.5e-5, kDayTables_s = 1e-4;
/// Simulations of all replications that find which factor fits what was observed, as many as is usual.
constexpr double kSimulationsOfFits = 8;
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
  Pieces(const Scenario& scenario, double visits, const TrialFunction& trial, double most_s)
      : scenario_(scenario),
        visits_(visits),
        trial_(trial),
        most_s_(most_s),
        deadline_(Clock::now() + kMostByTheClock),
        begin_s_(processor_time_s()) {}

  /// Nothing where it did not end in time. `share` of each replication, at most 1.
  std::optional<Piece> measure(double share, int replications) {
    Scenario piece = scenario_;
    piece.run.replications = replications;
    if (share < 1) shorten(piece, share);
    return measure(piece, share < 1);
  }
  /// One day of the run.
  std::optional<Piece> measure_day(int day) {
    Scenario piece = scenario_;
    piece.run.replications = 1;
    take_days(piece, day, 1);
    return measure(piece, true);
  }
  /// Processor time of all pieces, those that did not end included.
  [[nodiscard]] double spent_s() const { return processor_time_s() - begin_s_; }

 private:
  std::optional<Piece> measure(const Scenario& piece, bool is_part) {
    const int replications = piece.run.replications;
    const std::function<bool()> interrupted = &InterruptGuard::interrupted;
    const CostPlans plans(piece, StopCheck(&interrupted));
    const double expected =
        is_part ? forecast(plans.with_all(), StopCheck(&interrupted)).total_visits : visits_;
    if (expected * replications > kMostPieceVisits) return std::nullopt;
    const double begin_s = processor_time_s();
    try {
      SimulationOptions options{1, true};
      options.stop = [this] { return Clock::now() > deadline_ || processor_time_s() > begin_s_ + most_s_; };
      simulate(plans.all(), trial_, options);
    } catch (const Interrupted&) {
      if (InterruptGuard::interrupted()) throw;
      return std::nullopt;
    } catch (const std::bad_alloc&) {
      return std::nullopt;  // the forecast of memory says so
    }
    return Piece{static_cast<double>(replications), expected, processor_time_s() - begin_s};
  }
  /// Takes days out of the middle of the run.
  static void shorten(Scenario& piece, double share) {
    Run& run = piece.run;
    if (run.length_s > 0) {
      run.warm_up_s = 0;
      run.length_s *= share;
      return;
    }
    const int days = std::clamp(static_cast<int>(std::lround(run.days * share)), 1, run.days);
    take_days(piece, (run.days - days) / 2, days);
  }

  static void take_days(Scenario& piece, int first, int days) {
    piece.run.warm_up_days = 0;
    piece.run.start += first;
    piece.run.days = days;
    for (Outage& outage : piece.outages) outage.from_s -= first * kSecondsPerDay;
  }

  const Scenario& scenario_;
  double visits_;
  const TrialFunction& trial_;
  double most_s_;
  Clock::time_point deadline_;
  double begin_s_;
};

/// Processor time of a replication of `visits`, by the last two pieces: one part of it for each visit, the
/// other the same whatever the length. Where a queue grows without end, a visit takes the longer the more
/// come before it: then the time grows as a power of their number.
double whole_s(const Piece& before, const Piece& last, double visits, bool unbroken) {
  if (last.visits >= visits || last.visits <= 0) return last.each_s();
  const double visit_s = last.each_s() / last.visits, more = visits / last.visits;
  if (before.visits <= 0 || before.visits >= last.visits || before.each_s() <= 0) return visit_s * visits;
  const double slope_s = (last.each_s() - before.each_s()) / (last.visits - before.visits);
  // The part that is always the same is between nothing and what two pieces say: the first is slowed down by
  // cold memory.
  if (slope_s > 0 && slope_s < visit_s)
    return last.each_s() + (slope_s + visit_s) / 2 * (visits - last.visits);
  constexpr double kGrows = 1.3, kMostPower = 2;
  const double power = std::log(last.each_s() / before.each_s()) / std::log(last.visits / before.visits);
  return last.each_s() * (unbroken && power > kGrows ? std::pow(more, std::min(power, kMostPower)) : more);
}

/// What simulating pieces tells of a replication.
struct Measured {
  double each_s = 0;              ///< of a replication with all its plans
  double simulated_visits = 0;    ///< 0: no piece came to its end
  bool is_least = false;          ///< a day of trouble did not come to its end
  double spent_s = 0, share = 1;  ///< then: what was spent on the first piece, and its share of a replication
};

/// Simulates pieces, each larger than the one before, until one takes long enough or the time is over.
Measured measure_replication(const Scenario& scenario, double visits, const TrialFunction& trial,
                             double most_s) {
  Pieces pieces(scenario, visits, trial, most_s);
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
  if (last.replications <= 0) return {0, 0, false, pieces.spent_s(), share};
  return {whole_s(before, last, visits, scenario.run.length_s > 0), last.replications * last.visits, false,
          pieces.spent_s(), share};
}

/// The days of the run on which something fails by schedule.
std::vector<int> days_of_trouble(const Scenario& scenario) {
  std::vector<bool> in_trouble(static_cast<std::size_t>(std::max(0, scenario.run.days)), false);
  for (const Outage& outage : scenario.outages) {
    if (outage.for_s <= 0) continue;
    const double last = std::min(std::floor((outage.from_s + outage.for_s) / kSecondsPerDay),
                                 static_cast<double>(scenario.run.days - 1));
    for (double day = std::max(0.0, std::floor(outage.from_s / kSecondsPerDay)); day <= last; ++day)
      in_trouble[static_cast<std::size_t>(day)] = true;
  }
  std::vector<int> days;
  for (int day = 0; day < scenario.run.days; ++day)
    if (in_trouble[static_cast<std::size_t>(day)]) days.push_back(day);
  return days;
}

/// The same where something fails by schedule: a day on which it does, and pieces of the run without.
Measured measure_with_trouble(const Scenario& scenario, double visits, const TrialFunction& trial) {
  const std::vector<int> trouble = days_of_trouble(scenario);
  if (trouble.empty() || trouble.size() == static_cast<std::size_t>(scenario.run.days))
    return measure_replication(scenario, visits, trial, kMostTogether_s);
  Scenario alone = scenario;
  alone.costs.clear();  // whose plans have no trouble, or less of it
  Pieces days(alone, visits, trial, kMostOfADay_s);
  const std::optional<Piece> day = days.measure_day(trouble[trouble.size() / 2]);
  const double day_s = day ? day->each_s() : days.spent_s();
  Scenario quiet = scenario;
  std::erase_if(quiet.outages, [](const Outage& outage) { return outage.for_s > 0; });
  Measured measured = measure_replication(quiet, visits, trial, kMostTogether_s - kMostOfADay_s);
  if (measured.simulated_visits <= 0) return measured;
  const double days_of_plans = scenario.run.days * CostPlans::count(scenario);
  const auto of_trouble = static_cast<double>(trouble.size());
  measured.each_s = measured.each_s * (1 - of_trouble / days_of_plans) + day_s * of_trouble;
  measured.simulated_visits += day ? day->visits : 0;
  measured.is_least = !day;
  return measured;
}

/// The processor time of making and writing the tables.
double tables_s(const Scenario& scenario) {
  const auto stations = static_cast<double>(station_ids(scenario).size());
  return stations * (kStationTables_s + kStationReplication_s * scenario.run.replications) +
         kDayTables_s * std::max(0, scenario.run.days);
}

}  // namespace

double CostPlans::count(const Scenario& scenario) {
  const bool is_sampled = scenario.run.inputs == RunInputs::sampled;
  return 1 + static_cast<double>(scenario.costs.size()) + (is_sampled ? 1 : 0);
}

CostPlans::CostPlans(const Scenario& scenario, StopCheck stop) : scenarios_{scenario} {
  for (const CostOf cost : scenario.costs) scenarios_.push_back(without(scenario, cost));
  if (scenario.run.inputs == RunInputs::sampled)
    scenarios_.emplace_back(scenario).run.inputs = RunInputs::fixed;
  for (const Scenario& one : scenarios_) plans_.emplace_back(one, stop);
}

std::vector<const Plan*> CostPlans::all() const {
  std::vector<const Plan*> addresses;
  for (const Plan& plan : plans_) addresses.push_back(&plan);
  return addresses;
}

/// What one thread or process more needs for itself.
constexpr double kThreadBytes = 1e6;

MemoryForecast forecast_memory(const std::vector<const Plan*>& plans, int threads, std::size_t replications) {
  double running = 0, finished = 0;
  for (const Plan* plan : plans) {
    const RunMemory memory = expected_memory(*plan);
    running = std::max(running, memory.running);
    finished += memory.finished;
  }
  const double of_each =
      replications > 0 ? static_cast<double>(replications) : plans.front()->scenario().run.replications;
  const double at_once = std::min<double>(threads, of_each * static_cast<double>(plans.size()));
  const double resident = resident_memory_bytes();
  return {resident + at_once * (running + kThreadBytes) + finished * of_each,
          resident + available_memory_bytes()};
}

MemoryForecast forecast_memory_of_points(const Plan& plan, int at_once) {
  const RunMemory memory = expected_memory(plan);
  const double resident = resident_memory_bytes();
  return {resident +
              at_once * (memory.running + kThreadBytes + memory.finished * plan.scenario().run.replications),
          resident + available_memory_bytes()};
}

MemoryForecast at_least(const MemoryForecast& memory) {
  constexpr double kLeastShare = 0.5;
  return {kLeastShare * memory.needed_bytes, memory.available_bytes};
}

void expect_memory(const MemoryForecast& memory, std::string_view what, std::string_view advice) {
  if (memory.needed_bytes <= memory.available_bytes) return;
  throw EnvironmentError(std::string(what) + " needs " + bytes_text(memory.needed_bytes) +
                         " of memory, and " + bytes_text(memory.available_bytes) + " are available; " +
                         std::string(advice));
}

std::string find_thread_problem(const Texts& texts, int threads) {
  std::latch all_started(1);
  std::string problem;
  std::vector<std::jthread> others;
  try {
    while (static_cast<int>(others.size()) + 1 < threads)
      others.emplace_back([&all_started] { all_started.wait(); });
  } catch (const std::system_error& error) {
    problem =
        texts.fill("terminal.check.threads", {{"n", grouped(texts, 1 + static_cast<double>(others.size()))},
                                              {"threads", grouped(texts, threads)},
                                              {"why", error.code().message()}});
  }
  all_started.count_down();
  return problem;
}

RunForecast forecast_run(const Scenario& scenario, double visits, int threads, const TrialFunction& trial,
                         const Texts& texts) {
  RunForecast out;
  const double reading_s = processor_time_s();
  out.reading_s = reading_s;
  const double pieces_begin_s = processor_time_s();
  const Measured measured = measure_with_trouble(scenario, visits, trial);
  const double plans = CostPlans::count(scenario);
  double each_s = 0;
  if (measured.simulated_visits > 0) {
    each_s = measured.each_s;
    out.basis = texts.fill(measured.is_least ? "terminal.basis.measured_least" : "terminal.basis.measured",
                           {{"n", grouped(texts, measured.simulated_visits)}});
  } else {
    const bool simgrid = scenario.backbone.model == BackboneModel::simgrid;
    // The first piece did not end in what was spent on it.
    each_s =
        std::max(visits * plans * (simgrid ? kSimGridVisit_s : kVisit_s), measured.spent_s / measured.share);
    out.basis = texts.at("terminal.basis.guess");
  }
  const double of_fits = scenario.observations.empty() ? 0 : kSimulationsOfFits;
  const double jobs = scenario.run.replications * (plans + of_fits);
  out.pieces_s = processor_time_s() - pieces_begin_s;
  out.run_s = reading_s + tables_s(scenario) + each_s / plans * std::ceil(jobs / threads);
  return out;
}

}  // namespace pishkhan
