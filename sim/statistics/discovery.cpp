#include "sim/statistics/discovery.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "sim/base/contract.hpp"

namespace pishkhan {

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
