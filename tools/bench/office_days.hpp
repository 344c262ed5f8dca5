#pragma once
#include <array>
#include <cstdint>
#include <random>
#include <string>

namespace pishkhan::bench {

/// The job every engine of the comparison does: independent offices, one queue each, first come,
/// first served; Poisson arrivals at hourly rates, lognormal handling, exponential patience of the
/// waiting; whoever is inside at closing is served. Times in minutes after opening.
struct OfficeDays {
  static constexpr int offices = 858;
  static constexpr int clerks = 3;
  static constexpr double open_min = 480;
  static constexpr double arrivals_a_day = 130;
  static constexpr std::array<double, 8> hour_weights{0.8, 1.4, 1.5, 1.3, 1.0, 0.9, 0.7, 0.4};  ///< adds to 8
  static constexpr double handling_mean_min = 9;
  static constexpr double handling_cv = 0.8;
  static constexpr double patience_mean_min = 60;
};

/// The whole number above 0 that a benchmark was given, or `otherwise` if there is no such argument. Ends the
/// process with code 2 if it is something else.
int number_of(int argc, char** argv, int place, int otherwise);

/// The draws of the engines that bring none of their own.
class OfficeDraws {
 public:
  explicit OfficeDraws(std::uint64_t seed) : engine_(seed) {}
  /// Next arrival after now_min, or infinity when the doors close earlier.
  double next_arrival_min(double now_min);
  double handling_min() { return handling_(engine_); }
  double patience_min() { return patience_(engine_); }

 private:
  std::mt19937_64 engine_;
  std::exponential_distribution<double> unit_{1.0};
  std::exponential_distribution<double> patience_{1 / OfficeDays::patience_mean_min};
  std::lognormal_distribution<double> handling_ = lognormal_of_moments();

  static std::lognormal_distribution<double> lognormal_of_moments();
};

/// What every engine measures, summed over all offices and days.
struct OfficeTotals {
  std::uint64_t visits = 0, served = 0, abandoned = 0;
  double wait_min = 0;        ///< of the served
  double queue_area_min = 0;  ///< integral of the number waiting
  double busy_min = 0;        ///< clerks at work

  /// A citizen reached a desk after wait_min, there for handling_min.
  void serve(double wait_min_of_one, double handling_min);
  /// A citizen's patience ran out.
  void abandon(double patience_min);
};

/// Prints the one line of figures that the script `run` reads. seconds: processor time of
/// the simulation alone.
void print_figures(const std::string& engine, const OfficeTotals& totals, int days, double seconds);

/// Processor time of this process so far, seconds: what else the machine does is not in it.
double processor_s();

}  // namespace pishkhan::bench
