#include "models/staffing/share_out.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// Clerks that save alike, each.
struct Step {
  double saving = 0;  ///< of a clerk
  std::size_t clerks = 0;
};

/// The steps down the lower convex hull of a curve.
void add_steps(const ClerkCurve& curve, std::vector<Step>& steps) {
  std::vector<std::size_t> hull;
  const auto slope = [&](std::size_t a, std::size_t b) {
    return (curve.cost[b] - curve.cost[a]) / static_cast<double>(b - a);
  };
  for (std::size_t k = 0; k < curve.cost.size(); ++k) {
    while (hull.size() >= 2 && slope(hull[hull.size() - 2], hull.back()) >= slope(hull.back(), k))
      hull.pop_back();
    hull.push_back(k);
  }
  for (std::size_t i = 0; i + 1 < hull.size(); ++i) {
    const double saving = -slope(hull[i], hull[i + 1]);
    if (saving > 0) steps.push_back({saving, hull[i + 1] - hull[i]});
  }
}

/// What the last of the clerks saves.
double price_of(std::span<const ClerkCurve> curves, std::size_t spare) {
  std::vector<Step> steps;
  for (const ClerkCurve& curve : curves) add_steps(curve, steps);
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.saving > b.saving; });
  std::size_t used = 0;
  for (const Step& step : steps) {
    used += step.clerks;
    if (used >= spare) return step.saving;
  }
  return 0;
}

}  // namespace

int best_at_price(const ClerkCurve& curve, double price) {
  std::size_t best = 0;
  for (std::size_t k = 1; k < curve.cost.size(); ++k) {
    if (curve.cost[k] + price * static_cast<double>(k) < curve.cost[best] + price * static_cast<double>(best))
      best = k;
  }
  return curve.fewest + static_cast<int>(best);
}

SharedOut share_out(std::span<const ClerkCurve> curves, std::size_t spare) {
  std::size_t range = 0;
  for (const ClerkCurve& curve : curves) {
    PISHKHAN_EXPECT(!curve.cost.empty() && curve.fewest <= curve.now && curve.now <= curve.most());
    range += curve.cost.size() - 1;
  }
  spare = std::min(spare, range);
  SharedOut out;
  out.price = price_of(curves, spare);
  out.bound = -out.price * static_cast<double>(spare);
  for (const ClerkCurve& curve : curves) {
    const int best = best_at_price(curve, out.price);
    out.bound += curve.at(best) + out.price * (best - curve.fewest);
  }
  // least[k]: of the stations so far, with at most k clerks more than the fewest.
  out.least.assign(spare + 1, 0);
  std::vector<double> next(spare + 1);
  std::vector<std::uint32_t> chosen(curves.size() * (spare + 1));
  for (std::size_t s = 0; s < curves.size(); ++s) {
    const ClerkCurve& curve = curves[s];
    std::uint32_t* const choice = &chosen[s * (spare + 1)];
    std::fill(next.begin(), next.end(), std::numeric_limits<double>::infinity());
    const auto try_number = [&](std::size_t more) {
      for (std::size_t k = more; k <= spare; ++k) {
        const double cost = out.least[k - more] + curve.cost[more];
        if (cost >= next[k]) continue;
        next[k] = cost;
        choice[k] = static_cast<std::uint32_t>(more);
      }
    };
    try_number(static_cast<std::size_t>(curve.now - curve.fewest));  // first, as it is kept among equals
    for (std::size_t more = 0; more < curve.cost.size(); ++more) try_number(more);
    out.least.swap(next);
  }
  out.cost = out.least.back();
  out.clerks.resize(curves.size());
  std::size_t left = spare;
  for (std::size_t s = curves.size(); s-- > 0;) {
    const std::uint32_t more = chosen[s * (spare + 1) + left];
    out.clerks[s] = curves[s].fewest + static_cast<int>(more);
    left -= more;
  }
  return out;
}

}  // namespace pishkhan
