#include "models/theory/birth_death.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"

namespace pishkhan::theory {
namespace {

constexpr double kTooLarge = 1e200;
constexpr double kNegligibleWeight = 1e-30;
constexpr int kMostStates = 10'000'000;

class Weights {
 public:
  void append(double ratio) {
    double next = weights_.back() * ratio;
    if (next > kTooLarge) {
      for (double& weight : weights_) weight /= next;
      largest_ /= next;
      next = 1;
    }
    weights_.push_back(next);
    largest_ = std::max(largest_, next);
  }
  [[nodiscard]] bool negligible() const { return weights_.back() < kNegligibleWeight * largest_; }

  std::vector<double> normalised() && {
    double sum = 0;
    for (const double weight : weights_) sum += weight;
    for (double& weight : weights_) weight /= sum;
    return std::move(weights_);
  }

 private:
  std::vector<double> weights_{1.0};
  double largest_ = 1;
};

}  // namespace

std::vector<double> stationary(int last, const std::function<double(int)>& birth,
                               const std::function<double(int)>& death) {
  PISHKHAN_EXPECT(last >= 0);
  Weights weights;
  for (int n = 1; n <= last; ++n) weights.append(birth(n - 1) / death(n));
  return std::move(weights).normalised();
}

std::vector<double> stationary_unbounded(const std::function<double(int)>& birth,
                                         const std::function<double(int)>& death) {
  Weights weights;
  int n = 1;
  do {
    PISHKHAN_EXPECT(n < kMostStates);
    weights.append(birth(n - 1) / death(n));
    ++n;
  } while (!(weights.negligible() && birth(n - 1) < death(n)));
  return std::move(weights).normalised();
}

double mean_of(const std::vector<double>& probabilities) { return mean_waiting(probabilities, 0); }

double mean_waiting(const std::vector<double>& probabilities, int servers) {
  double mean = 0;
  for (std::size_t n = 0; n < probabilities.size(); ++n)
    mean += std::max(0.0, static_cast<double>(n) - servers) * probabilities[n];
  return mean;
}

}  // namespace pishkhan::theory
