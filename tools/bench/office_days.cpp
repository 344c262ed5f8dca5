#include "tools/bench/office_days.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <string_view>

namespace pishkhan::bench {

int number_of(int argc, char** argv, int place, int otherwise) {
  if (place >= argc) return otherwise;
  const std::string_view text = argv[place];
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number > 0) return number;
  std::fprintf(stderr, "%s: `%s` is no whole number above 0\n", argv[0], argv[place]);
  std::exit(2);
}

std::lognormal_distribution<double> OfficeDraws::lognormal_of_moments() {
  const double variance = std::log1p(OfficeDays::handling_cv * OfficeDays::handling_cv);
  return std::lognormal_distribution<double>(std::log(OfficeDays::handling_mean_min) - variance / 2,
                                             std::sqrt(variance));
}

// A unit-rate exponential is spent at each hour's rate until it is used up.
double OfficeDraws::next_arrival_min(double now_min) {
  constexpr double hour_min = OfficeDays::open_min / OfficeDays::hour_weights.size();
  double left = unit_(engine_);
  for (auto hour = static_cast<std::size_t>(now_min / hour_min); hour < OfficeDays::hour_weights.size();
       ++hour) {
    const double rate = OfficeDays::arrivals_a_day / OfficeDays::open_min * OfficeDays::hour_weights[hour];
    const double end_min = hour_min * static_cast<double>(hour + 1);
    if (now_min + left / rate < end_min) return now_min + left / rate;
    left -= (end_min - now_min) * rate;
    now_min = end_min;
  }
  return std::numeric_limits<double>::infinity();
}

void OfficeTotals::serve(double wait_min_of_one, double handling_min) {
  ++visits;
  ++served;
  wait_min += wait_min_of_one;
  queue_area_min += wait_min_of_one;
  busy_min += handling_min;
}

void OfficeTotals::abandon(double patience_min) {
  ++visits;
  ++abandoned;
  queue_area_min += patience_min;
}

void print_figures(const std::string& engine, const OfficeTotals& totals, int days, double seconds) {
  const double open_min = OfficeDays::open_min * OfficeDays::offices * days;
  const auto visits = static_cast<double>(totals.visits);
  std::printf(
      "figures engine=%s days=%d visits=%.0f wait_min=%.4f abandonment=%.5f queue_length=%.4f "
      "utilization=%.4f "
      "seconds=%.4f\n",
      engine.c_str(), days, visits, totals.wait_min / static_cast<double>(totals.served),
      static_cast<double>(totals.abandoned) / visits, totals.queue_area_min / open_min,
      totals.busy_min / (open_min * OfficeDays::clerks), seconds);
}

double processor_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace pishkhan::bench
