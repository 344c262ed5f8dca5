#include "sim/statistics/selection.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Systems, and how far apart two of them may look by chance.
class Pairs {
 public:
  explicit Pairs(std::span<const std::vector<double>> values) : values_(values) {
    for (const std::vector<double>& one : values) means_.push_back(mean_of(one));
    const double n = static_cast<double>(values.front().size()),
                 others = static_cast<double>(values.size() - 1);
    const boost::math::students_t student(n - 1);
    factor_ = boost::math::quantile(boost::math::complement(student, 0.05 / others)) / std::sqrt(n * (n - 1));
  }

  [[nodiscard]] double mean(std::size_t a) const { return means_[a]; }
  /// Mean of a less mean of b.
  [[nodiscard]] double difference(std::size_t a, std::size_t b) const { return means_[a] - means_[b]; }
  [[nodiscard]] double allowance(std::size_t a, std::size_t b) const {
    const double middle = difference(a, b);
    double squares = 0;
    for (std::size_t r = 0; r < values_[a].size(); ++r) {
      const double deviation = values_[a][r] - values_[b][r] - middle;
      squares += deviation * deviation;
    }
    return factor_ * std::sqrt(squares);
  }

 private:
  std::span<const std::vector<double>> values_;
  std::vector<double> means_;
  double factor_ = 0;  ///< of the root of the sum of squares
};

}  // namespace

std::vector<Contender> compare_with_least(std::span<const std::vector<double>> values) {
  std::vector<Contender> contenders(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    PISHKHAN_EXPECT(values[i].size() == values.front().size());
    if (!values[i].empty()) contenders[i].mean = mean_of(values[i]);
  }
  if (values.size() < 2 || values.front().size() < 2) return contenders;
  const Pairs pairs(values);
  for (std::size_t i = 0; i < values.size(); ++i) {
    double lead = std::numeric_limits<double>::infinity();  // over the others, at most
    double middle = -lead;
    for (std::size_t j = 0; j < values.size(); ++j) {
      if (j == i) continue;
      lead = std::min(lead, pairs.difference(j, i) + pairs.allowance(i, j));
      middle = std::max(middle, pairs.difference(i, j));
    }
    contenders[i].may_be_best = lead >= 0;
    contenders[i].behind = {middle, 0, values.front().size(), std::min(0.0, -lead), 0};
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    Estimate& behind = contenders[i].behind;
    for (std::size_t j = 0; j < values.size(); ++j) {
      if (j != i && contenders[j].may_be_best)
        behind.high = std::max(behind.high, pairs.difference(i, j) + pairs.allowance(i, j));
    }
    behind.half_width = (behind.high - behind.low) / 2;
  }
  return contenders;
}

}  // namespace pishkhan
