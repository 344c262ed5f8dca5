#include "sim/statistics/pooled_quantile.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/statistics/exact_interval.hpp"

namespace pishkhan {
namespace {

/// The bins that hold a quantile and the ends of its interval.
struct QuantileBins {
  std::size_t low, at, high;
  double share_before;  ///< of all, before the bin `at`
  double share_of_bin;  ///< of all, in it
};

/// Bins of several replications, walked through from the lowest up or from somewhere down.
template <class Weight>
class Walk {
 public:
  /// weights[i][bin]; a replication may have fewer bins than others.
  explicit Walk(const std::vector<std::span<const Weight>>& weights)
      : weights_(weights), below_(weights.size(), 0.0), totals_(weights.size(), 0.0) {
    for (std::size_t i = 0; i < weights.size(); ++i) {
      for (const Weight weight : weights[i]) totals_[i] += static_cast<double>(weight);
      bins_ = std::max(bins_, weights[i].size());
    }
    total_ = std::accumulate(totals_.begin(), totals_.end(), 0.0);
  }

  [[nodiscard]] double total() const { return total_; }
  [[nodiscard]] double pooled(std::size_t bin) const {
    double sum = 0;
    for (std::size_t i = 0; i < weights_.size(); ++i) sum += weight(i, bin);
    return sum;
  }
  [[nodiscard]] std::size_t last() const { return bins_ - 1; }
  /// The interval of the share in bins 0 to `bin`. Of the shares below and above, the smaller one's is taken,
  /// as that is the one with a tail to the right.
  const Ends& share_up_to(std::size_t bin) {
    while (end_ <= bin) step(end_++, +1);
    while (end_ > bin + 1) step(--end_, -1);
    if (moved_) share_ = estimate_share();
    moved_ = false;
    return share_;
  }

 private:
  [[nodiscard]] double weight(std::size_t i, std::size_t bin) const {
    return bin < weights_[i].size() ? static_cast<double>(weights_[i][bin]) : 0.0;
  }
  void step(std::size_t bin, int sign) {
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      const double here = weight(i, bin);
      below_[i] += sign * here;
      moved_ |= here != 0;
    }
  }
  Ends estimate_share() {
    const double below = std::accumulate(below_.begin(), below_.end(), 0.0);
    if (2 * below <= total_) return bounded_share(below_);
    above_.resize(below_.size());
    for (std::size_t i = 0; i < below_.size(); ++i) above_[i] = std::max(0.0, totals_[i] - below_[i]);
    const Ends rest = bounded_share(above_);
    return {1 - rest.high, 1 - rest.low};
  }
  /// Of one part of the totals. Where few replications have any of it, Hall's transformation may turn almost
  /// level and the arm above be five times Student's, so that values far out are not excluded: it is bounded.
  [[nodiscard]] Ends bounded_share(const std::vector<double>& part) const {
    constexpr double kLongestArm = 3;
    const Estimate share = estimate_skewed_ratio(part, totals_, 0, {0, 1});
    if (share.high - share.mean <= kLongestArm * (share.mean - share.low)) return {share.low, share.high};
    const double student = estimate_ratio(part, totals_).half_width;
    return {share.low, std::min(share.high, share.mean + kLongestArm * student)};
  }

  const std::vector<std::span<const Weight>>& weights_;
  std::vector<double> below_;   ///< weight in bins 0 to end_ - 1, by replication
  std::vector<double> above_;   ///< the rest, where it was asked for
  std::vector<double> totals_;  ///< by replication
  double total_ = 0;
  std::size_t bins_ = 0, end_ = 0;
  bool moved_ = true;  ///< since share_ was estimated; most bins are empty
  Ends share_;
};

template <class Weight>
QuantileBins find_bins(Walk<Weight>& walk, double p) {
  double before = 0, here = walk.pooled(0);
  std::size_t at = 0;
  while (at < walk.last() && (before + here < p * walk.total() || before + here <= 0)) {
    before += here;
    here = walk.pooled(++at);
  }
  const auto surely_below = [&](std::size_t bin) { return walk.share_up_to(bin).high <= p; };
  const auto surely_not_below = [&](std::size_t bin) { return walk.share_up_to(bin).low >= p; };
  // From the ends inwards: a value may be excluded although one farther out is not.
  std::size_t low = 0, high = walk.last();
  while (low < at && surely_below(low)) ++low;
  while (high > at && surely_not_below(high - 1)) --high;
  return {low, at, high, before / walk.total(), here / walk.total()};
}

/// How many replications saw anything.
template <class Histograms, class Total>
std::size_t count_observed(const Histograms& histograms, Total total) {
  return static_cast<std::size_t>(std::count_if(histograms.begin(), histograms.end(),
                                                [&](const auto& histogram) { return total(histogram) > 0; }));
}

Estimate with_ends(double value, double low, double high, std::size_t replications) {
  return {value, (high - low) / 2, replications, low, high};
}

}  // namespace

Estimate pooled_quantile(std::span<const WaitHistogram> waits, double p) {
  PISHKHAN_EXPECT(p > 0 && p < 1);
  const std::size_t observed = count_observed(waits, [](const WaitHistogram& one) { return one.count(); });
  if (observed < 2) return {kNan, kNan, observed};
  std::vector<std::span<const std::uint32_t>> counts;
  for (const WaitHistogram& histogram : waits) counts.emplace_back(histogram.counts());
  Walk walk(counts);
  const QuantileBins bins = find_bins(walk, p);
  const double from = WaitHistogram::lower_edge(bins.at), to = WaitHistogram::upper_edge(bins.at);
  const double value = from + (to - from) * std::max(0.0, p - bins.share_before) / bins.share_of_bin;
  return with_ends(value, WaitHistogram::lower_edge(bins.low), WaitHistogram::upper_edge(bins.high),
                   observed);
}

Estimate pooled_quantile(std::span<const LevelHistogram> levels, double p) {
  PISHKHAN_EXPECT(p > 0 && p < 1);
  const std::size_t observed =
      count_observed(levels, [](const LevelHistogram& one) { return one.total_s(); });
  if (observed < 2) return {kNan, kNan, observed};
  std::vector<std::span<const double>> seconds;
  for (const LevelHistogram& histogram : levels) seconds.emplace_back(histogram.seconds());
  Walk walk(seconds);
  const QuantileBins bins = find_bins(walk, p);
  return with_ends(static_cast<double>(bins.at), static_cast<double>(bins.low),
                   static_cast<double>(bins.high), observed);
}

}  // namespace pishkhan
