#include "sim/statistics/nearly_whole.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/statistics/exact_interval.hpp"

namespace pishkhan {
namespace {

/// What each total without its addition is less than the largest of them, but for rounding.
std::vector<double> find_shortfalls(std::span<const double> totals, std::span<const double> additions) {
  PISHKHAN_EXPECT(totals.size() == additions.size());
  constexpr double kRounding = 1e-6;
  double most = 0;
  for (std::size_t i = 0; i < totals.size(); ++i) most = std::max(most, totals[i] - additions[i]);
  std::vector<double> shortfalls;
  shortfalls.reserve(totals.size());
  for (std::size_t i = 0; i < totals.size(); ++i) {
    const double shortfall = most - (totals[i] - additions[i]);
    shortfalls.push_back(shortfall > kRounding * (1 + most) ? shortfall : 0);
  }
  return shortfalls;
}

double dispersion_of(std::span<const double> shortfalls) {
  return estimate_variance(shortfalls) / estimate_mean(shortfalls).mean;
}

/// Of what is missing, where something is.
Estimate of_seen_events(const std::vector<double>& shortfalls, double dispersion) {
  std::vector<double> events = shortfalls;
  for (double& event : events) event /= dispersion;
  const Estimate count = estimate_count(events);
  double low = count.low * dispersion;
  const double high = count.high * dispersion;
  // Where one replication alone has most, it may well miss something, too.
  if (std::count(shortfalls.begin(), shortfalls.end(), 0.0) == 1)
    low = std::min(low, estimate_mean(shortfalls).low);
  return {count.mean * dispersion, (high - low) / 2, count.replications, low, high};
}

/// Of what is missing, where nothing is.
Estimate of_no_event(double whole, std::size_t replications, const UnseenEvent& unseen) {
  const double event = std::min({unseen.usual, unseen.most, whole});
  const double pieces = event > 0 ? static_cast<double>(replications) * whole / event : 0;
  const double high = pieces > 0 ? binomial_interval(0, pieces).high * whole : 0;
  return {0, high / 2, replications, 0, high};
}

}  // namespace

double estimate_shortfall_dispersion(std::span<const double> totals, std::span<const double> additions) {
  return dispersion_of(find_shortfalls(totals, additions));
}

Estimate estimate_nearly_whole(std::span<const double> totals, std::span<const double> additions,
                               const UnseenEvent& unseen, double usual_variance_of_addition) {
  PISHKHAN_EXPECT(unseen.usual >= 0);
  const double mean = estimate_mean(totals).mean;
  if (std::isnan(mean)) return {kNan, kNan, totals.size()};
  const Estimate addition = estimate_skewed_mean(additions, usual_variance_of_addition);
  const std::vector<double> shortfalls = find_shortfalls(totals, additions);
  const double missing = estimate_mean(shortfalls).mean, whole = mean - addition.mean + missing;
  const double dispersion = dispersion_of(shortfalls);
  const Estimate shortfall = std::isnan(dispersion) ? of_no_event(whole, totals.size(), unseen)
                                                    : of_seen_events(shortfalls, dispersion);
  const double below = std::hypot(std::min(shortfall.high, whole) - missing, addition.mean - addition.low);
  const double above = std::hypot(missing - shortfall.low, addition.high - addition.mean);
  const double low = std::max(0.0, mean - below), high = mean + above;
  return {mean, (high - low) / 2, totals.size(), low, high};
}

}  // namespace pishkhan
