#include "tools/bench/province_day.hpp"

#include <sys/resource.h>

#include <cstdio>

namespace pishkhan::bench {

std::vector<std::vector<BenchCitizen>> citizens_of_day(int day) {
  OfficeDraws draws(1395 + static_cast<std::uint64_t>(day));
  std::mt19937_64 which(static_cast<std::uint64_t>(day));
  std::vector<std::vector<BenchCitizen>> offices(OfficeDays::offices);
  for (auto& citizens : offices) {
    for (double now_min = draws.next_arrival_min(0); now_min < OfficeDays::open_min;
         now_min = draws.next_arrival_min(now_min)) {
      citizens.push_back({kOpening_s + 60 * now_min, 60 * draws.handling_min(), 60 * draws.patience_min(),
                          static_cast<std::uint32_t>(which() % ProvinceDay::systems)});
    }
  }
  return offices;
}

void print_figures(const std::string& engine, const ProvinceTotals& totals, int days, double seconds) {
  const double staffed_s = 60 * OfficeDays::open_min * OfficeDays::offices * OfficeDays::clerks * days;
  const auto visits = static_cast<double>(totals.visits), served = static_cast<double>(totals.served);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "figures engine=%s days=%d visits=%.0f transactions=%.0f wait_min=%.6f abandonment=%.6f "
      "utilization=%.6f "
      "transaction_s=%.6f seconds=%.4f us_a_transaction=%.3f peak_mb=%.0f\n",
      engine.c_str(), days, visits, served, totals.wait_s / served / 60,
      static_cast<double>(totals.abandoned) / visits, totals.busy_s / staffed_s,
      totals.transaction_s / served, seconds, seconds * 1e6 / served,
      static_cast<double>(usage.ru_maxrss) / 1024);
}

}  // namespace pishkhan::bench
