#include "sim/statistics/level_histogram.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "sim/base/contract.hpp"

namespace pishkhan {

void LevelHistogram::grow(std::size_t level) {
  seconds_.resize(std::max<std::size_t>(16, level + 1 + level / 2));
}

LevelHistogram& LevelHistogram::operator+=(const LevelHistogram& other) {
  if (seconds_.size() < other.seconds_.size()) seconds_.resize(other.seconds_.size());
  for (std::size_t level = 0; level < other.seconds_.size(); ++level)
    seconds_[level] += other.seconds_[level];
  return *this;
}

LevelHistogram LevelHistogram::trimmed() const {
  if (!(total_s() > 0)) return {};
  return LevelHistogram({seconds_.begin(), seconds_.begin() + static_cast<std::ptrdiff_t>(max() + 1)});
}

void LevelHistogram::clear() { std::fill(seconds_.begin(), seconds_.end(), 0.0); }

double LevelHistogram::total_s() const { return std::accumulate(seconds_.begin(), seconds_.end(), 0.0); }

double LevelHistogram::area_s() const {
  double area = 0;
  for (std::size_t level = 0; level < seconds_.size(); ++level)
    area += static_cast<double>(level) * seconds_[level];
  return area;
}

double LevelHistogram::mean() const {
  const double total = total_s();
  return total > 0 ? area_s() / total : std::numeric_limits<double>::quiet_NaN();
}

double LevelHistogram::quantile(double p) const {
  PISHKHAN_EXPECT(p >= 0 && p <= 1);
  const double total = total_s();
  if (!(total > 0)) return std::numeric_limits<double>::quiet_NaN();
  double below = 0;
  for (std::size_t level = 0; level < seconds_.size(); ++level) {
    below += seconds_[level];
    if (below >= p * total && below > 0) return static_cast<double>(level);
  }
  return static_cast<double>(max());
}

std::size_t LevelHistogram::max() const {
  for (std::size_t level = seconds_.size(); level > 0; --level)
    if (seconds_[level - 1] > 0) return level - 1;
  return 0;
}

}  // namespace pishkhan
