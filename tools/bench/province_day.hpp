#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tools/bench/office_days.hpp"

namespace pishkhan::bench {

/// office-days with a call to an agency's system inside every handling, half of the human time before it
/// and half after it. Offices meet at the systems, and an office's calls on its line.
struct ProvinceDay {
  static constexpr int counties = 22;
  static constexpr int systems = 25;
  static constexpr int cores = 8;
  static constexpr double work_s = 1;  ///< of one core
  static constexpr std::uint64_t request_bytes = 5'000, response_bytes = 50'000;
  static constexpr double share_before = 0.5;
  // Lines, alike in both directions: of an office, of its county, of the province, of a data centre.
  static constexpr double office_bytes_s = 2.5e5, county_bytes_s = 1.25e8, province_bytes_s = 1.25e9,
                          data_centre_bytes_s = 1.25e9;
  static constexpr double office_latency_s = 0.020, county_latency_s = 0.004, province_latency_s = 0.006,
                          data_centre_latency_s = 0.001;
};

/// Times in seconds after midnight of the day; lengths in seconds.
struct BenchCitizen {
  double arrival_s = 0, human_s = 0, patience_s = 0;
  std::uint32_t system = 0;
};
inline constexpr double kOpening_s = 8 * 3600.0;

/// The citizens of one day, by office, in order of arrival: the same for every engine.
std::vector<std::vector<BenchCitizen>> citizens_of_day(int day);

struct ProvinceTotals {
  std::uint64_t visits = 0, served = 0, abandoned = 0;
  double wait_s = 0;         ///< of the served
  double busy_s = 0;         ///< clerks at work, their calls included
  double transaction_s = 0;  ///< from the request's first byte to the answer's last
};

/// Prints the one line of figures that the script `run` reads. seconds: processor time of the
/// simulation alone.
void print_figures(const std::string& engine, const ProvinceTotals& totals, int days, double seconds);

}  // namespace pishkhan::bench
