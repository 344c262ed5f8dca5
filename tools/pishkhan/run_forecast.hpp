#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "models/plan/forecast.hpp"
#include "tools/pishkhan/options.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// What a run will take on this machine.
struct RunForecast {
  double run_s = 0;
  std::string basis;  ///< what the time is reckoned from, in words
  /// Processor time of the forecast: for reading the scenario and laying out its demand; for the pieces.
  double reading_s = 0, pieces_s = 0;
};

/// A scenario and, for what it costs, the same without; with sampled inputs the same with fixed ones, too:
/// what a run plans and simulates together.
class CostPlans {
 public:
  /// How many there are of a scenario.
  static double count(const Scenario& scenario);

  explicit CostPlans(const Scenario& scenario, StopCheck stop = {});

  [[nodiscard]] const Plan& with_all() const { return plans_.front(); }
  [[nodiscard]] std::vector<const Plan*> all() const;

 private:
  std::vector<Scenario> scenarios_;
  std::vector<Plan> plans_;
};

/// The forecast of memory is right within this factor.
inline constexpr double kMemoryError = 1.25;

/// Memory that a run of plans will hold at most, and what there is for it.
struct MemoryForecast {
  double needed_bytes = 0, available_bytes = 0;
};
/// For this process, which has made the plans and little else, on so many threads.
/// `replications`: to be simulated of each plan; 0: all of the scenario.
MemoryForecast forecast_memory(const std::vector<const Plan*>& plans, int threads,
                               std::size_t replications = 0);
/// The same of the points of a study that are like the plan, so many at once, each with all its replications.
MemoryForecast forecast_memory_of_points(const Plan& plan, int at_once);
/// What is taken at least: of what is short or differs at few stations, half of the forecast was measured.
[[nodiscard]] MemoryForecast at_least(const MemoryForecast& memory);
/// Throws EnvironmentError where there is less than needed. `advice`: what to take fewer of.
void expect_memory(const MemoryForecast& memory, std::string_view what = "the run",
                   std::string_view advice = "take fewer --threads or --replications, or a shorter run");

/// Why a run cannot have so many threads or processes at a time here; empty where it can.
std::string find_thread_problem(const Texts& texts, int threads);

/// Simulates pieces of the run now, each larger than the one before, until one takes long enough to be
/// measured or a second is nearly over. Measures processor time, which others on the machine do not change.
RunForecast forecast_run(const Scenario& scenario, double visits, int threads, const TrialFunction& trial,
                         const Texts& texts);

}  // namespace pishkhan
