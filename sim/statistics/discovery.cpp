#include "sim/statistics/discovery.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <limits>

#include "sim/base/contract.hpp"

namespace pishkhan {

double p_value_exceeds(std::span<const double> values, double threshold) {
  double sum = 0;
  double n = 0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    n += 1;
  }
  if (n < 2) return std::numeric_limits<double>::quiet_NaN();
  const double mean = sum / n;
  double squares = 0;
  for (const double value : values)
    if (!std::isnan(value)) squares += (value - mean) * (value - mean);
  const double standard_error = std::sqrt(squares / (n - 1) / n);
  // Equal values are coarse (a share of few visits), not certain: they prove nothing.
  if (standard_error == 0) return 1;
  const double t = (mean - threshold) / standard_error;
  return boost::math::cdf(boost::math::complement(boost::math::students_t(n - 1), t));
}

double p_value_falls_below(std::span<const double> values, double threshold) {
  std::vector<double> mirrored(values.begin(), values.end());
  for (double& value : mirrored) value = -value;
  return p_value_exceeds(mirrored, -threshold);
}

std::vector<double> adjust_p_values(std::span<const double> p_values) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    if (std::isnan(p_values[i])) continue;
    PISHKHAN_EXPECT(p_values[i] >= 0 && p_values[i] <= 1);
    order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return p_values[a] != p_values[b] ? p_values[a] < p_values[b] : a < b;
  });
  std::vector<double> adjusted(p_values.begin(), p_values.end());
  const double tests = static_cast<double>(order.size());
  double least = 1;
  for (std::size_t rank = order.size(); rank > 0; --rank) {
    const std::size_t i = order[rank - 1];
    least = std::min(least, p_values[i] * tests / static_cast<double>(rank));
    adjusted[i] = least;
  }
  return adjusted;
}

std::vector<bool> discoveries(std::span<const double> p_values, double false_discovery_rate) {
  PISHKHAN_EXPECT(false_discovery_rate > 0 && false_discovery_rate < 1);
  const std::vector<double> adjusted = adjust_p_values(p_values);
  std::vector<bool> found(adjusted.size());
  for (std::size_t i = 0; i < adjusted.size(); ++i) found[i] = adjusted[i] <= false_discovery_rate;
  return found;
}

}  // namespace pishkhan
