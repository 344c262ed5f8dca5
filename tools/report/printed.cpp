#include "tools/report/printed.hpp"

#include <algorithm>
#include <array>

#include "sim/base/time.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan {
namespace {

constexpr std::array kInHours = {"staffed_s", "overtime_s", "busy_s"};
constexpr std::array kInSeconds = {"response_s",        "transaction_s",     "transfer_s",       "system_s",
                                   "transaction_p50_s", "transaction_p95_s", "transaction_p99_s"};

constexpr std::array kInRials = {"income_per_clerk_h_rial", "citizens_rial_per_visit",
                                 "total_rial_per_given"};

bool is_one_of(std::string_view name, const auto& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Shown shown_as(std::string_view quantity, std::string_view unit) {
  constexpr double kPerHour = 3600, kMillion = 1e6;
  if (unit == "share" || unit == "probability") return {"percent", 100};
  if (unit == "rial" && !is_one_of(quantity, kInRials)) return {"million_rial", 1 / kMillion};
  if (unit == "s" && is_one_of(quantity, kInHours)) return {"h", 1 / kPerHour};
  if (unit == "s" && !is_one_of(quantity, kInSeconds)) return {"min", 1 / kSecondsPerMinute};
  return {std::string(unit), 1};
}

PrintedEstimate print_estimate(double mean, double low, double high, bool symmetric, const Shown& shown) {
  const double half_width = (high - low) / 2 * shown.factor;
  int decimals = decimals_of(half_width);
  if (half_width == 0 && rounded(mean * shown.factor, 0) == rounded(mean * shown.factor)) decimals = 0;
  PrintedEstimate printed;
  printed.mean = rounded(mean * shown.factor, decimals);
  printed.low = rounded(low * shown.factor, decimals);
  printed.high = rounded(high * shown.factor, decimals);
  printed.half_width = rounded(half_width, decimals);
  printed.symmetric = symmetric;
  printed.unit = shown.unit;
  return printed;
}

}  // namespace pishkhan
