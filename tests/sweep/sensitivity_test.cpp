// Sensitivities of functions whose indices are known, with noise of each kind.
#include "tools/sweep/sensitivity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "tools/sweep/sensitivity_points.hpp"

namespace pishkhan::sensitivity_test {
namespace {

constexpr std::size_t kFactors = 3;

/// What differs between replications.
struct Noise {
  const char* name;
  double independent = 0;  ///< standard deviation of what is added, at every point anew
  double common = 0;       ///< of what is added, the same at all points
  double relative = 0;     ///< of what multiplies the coefficients, the same at all points
};
constexpr Noise kNoises[] = {
    {"none"}, {"independent", 2}, {"common", 0, 2}, {"common, with the factors", 0, 2, 0.3}};

/// Draws of this test alone.
using Random = std::mt19937_64;

/// Ishigami and Homma (1990), of coordinates in [0, 1].
double ishigami(const std::vector<double>& share, double a, double b) {
  std::array<double, kFactors> x{};
  for (std::size_t i = 0; i < kFactors; ++i) x[i] = (2 * share[i] - 1) * std::numbers::pi;
  return std::sin(x[0]) + a * std::pow(std::sin(x[1]), 2) + b * std::pow(x[2], 4) * std::sin(x[0]);
}
constexpr double kFirstOrder[] = {0.3139, 0.4424, 0}, kTotal[] = {0.5576, 0.4424, 0.2437};

/// Rows of the function's values with noise.
template <class Function>
std::vector<RowOutputs> rows_of(const std::vector<std::vector<double>>& points, std::size_t of_row,
                                std::size_t replications, const Noise& noise, Random& random,
                                Function function) {
  std::normal_distribution<double> normal;
  std::vector<std::array<double, 3>> common(replications);
  for (auto& of_replication : common)
    for (double& value : of_replication) value = normal(random);
  std::vector<RowOutputs> rows(points.size() / of_row, RowOutputs(of_row));
  for (std::size_t p = 0; p < points.size(); ++p) {
    for (const auto& shared : common) {
      const double value =
          function(points[p], 1 + noise.relative * shared[1], 1 + noise.relative * shared[2]);
      rows[p / of_row][p % of_row].push_back(value + noise.common * shared[0] +
                                             noise.independent * normal(random));
    }
  }
  return rows;
}

std::vector<SobolIndices> indices_of_ishigami(std::size_t rows, std::size_t replications, const Noise& noise,
                                              std::uint64_t seed) {
  Random random(seed);
  const auto points = pick_freeze_points(rows, kFactors, seed);
  return estimate_sobol_indices(
      rows_of(points, kFactors + 2, replications, noise, random,
              [](const auto& x, double a, double b) { return ishigami(x, 7 * a, 0.1 * b); }));
}

/// Mean and its standard error over experiments.
class Experiments {
 public:
  void add(double value) { values_.push_back(value); }
  [[nodiscard]] double mean() const {
    double total = 0;
    for (const double value : values_) total += value;
    return total / static_cast<double>(values_.size());
  }
  [[nodiscard]] double error() const {
    double squares = 0;
    for (const double value : values_) squares += (value - mean()) * (value - mean());
    const auto n = static_cast<double>(values_.size());
    return std::sqrt(squares / (n * (n - 1)));
  }

 private:
  std::vector<double> values_;
};

TEST(SobolIndices, AreFreeOfTheNoiseOfReplications) {
  for (const Noise& noise : kNoises) {
    std::array<Experiments, kFactors> first_order, total;
    for (std::uint64_t experiment = 0; experiment < 40; ++experiment) {
      const auto indices = indices_of_ishigami(300, 4, noise, 100 + experiment);
      for (std::size_t f = 0; f < kFactors; ++f) {
        first_order[f].add(indices[f].first_order.mean);
        total[f].add(indices[f].total.mean);
      }
    }
    for (std::size_t f = 0; f < kFactors; ++f) {
      EXPECT_NEAR(first_order[f].mean(), kFirstOrder[f], 4 * first_order[f].error()) << noise.name << f;
      EXPECT_NEAR(total[f].mean(), kTotal[f], 4 * total[f].error()) << noise.name << f;
      EXPECT_LT(total[f].error(), 0.03) << noise.name << f;
    }
  }
}

TEST(SobolIndices, NeedThreeReplicationsAndTwoRows) {
  EXPECT_TRUE(std::isnan(indices_of_ishigami(50, 2, kNoises[0], 1)[0].total.mean));
  EXPECT_TRUE(std::isnan(indices_of_ishigami(1, 5, kNoises[0], 1)[0].total.mean));
  EXPECT_FALSE(std::isnan(indices_of_ishigami(2, 3, kNoises[1], 1)[0].total.mean));
}

/// The whole band of 500 experiments: 99.9% of those whose intervals cover in 95% lie in it.
void expect_covers(int covered, const std::string& what) {
  EXPECT_GE(covered, 459) << what;
  ::testing::Test::RecordProperty(what, covered);
}
int covers(const Estimate& estimate, double truth) { return estimate.low <= truth && truth <= estimate.high; }

TEST(LongSobolIndices, IntervalsCover) {
  for (const Noise& noise : kNoises) {
    std::array<int, kFactors> first_order{}, total{};
    for (std::uint64_t experiment = 0; experiment < 500; ++experiment) {
      const auto indices = indices_of_ishigami(500, 5, noise, 5000 + experiment);
      for (std::size_t f = 0; f < kFactors; ++f) {
        first_order[f] += covers(indices[f].first_order, kFirstOrder[f]);
        total[f] += covers(indices[f].total, kTotal[f]);
      }
    }
    for (std::size_t f = 0; f < kFactors; ++f) {
      const std::string of = std::to_string(f) + ", noise: " + noise.name;
      expect_covers(first_order[f], "first order " + of);
      expect_covers(total[f], "total " + of);
    }
  }
}

/// 2 x0 - 3 x1 x2; of values on a grid of four. The mean effect of x1 is -3/2, its variance 9 * 5/36.
double product(const std::vector<double>& x, double a, double b) {
  return 2 * a * x[0] - 3 * b * x[1] * x[2];
}
constexpr double kMeanEffect[] = {2, -1.5, -1.5, 0}, kMeanSize[] = {2, 1.5, 1.5, 0},
                 kVariance[] = {0, 1.25, 1.25, 0};

std::vector<ElementaryEffects> effects_of_product(std::size_t rows, const Noise& noise, std::uint64_t seed) {
  constexpr std::size_t factors = 4;  // the last has no effect
  Random random(seed);
  const auto points = trajectory_points(rows, factors, 4, seed);
  std::vector<std::vector<Move>> moves(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t step = 0; step < factors; ++step) {
      const std::size_t at = row * (factors + 1) + step;
      for (std::size_t f = 0; f < factors; ++f) {
        const double share = points[at + 1][f] - points[at][f];
        if (share != 0) moves[row].push_back({f, share});
      }
    }
  }
  return estimate_elementary_effects(rows_of(points, factors + 1, 5, noise, random, product), moves);
}

TEST(ElementaryEffects, AreFreeOfTheNoiseOfReplications) {
  for (const Noise& noise : {Noise{"none"}, Noise{"independent", 0.3}, Noise{"common", 0, 2, 0.1}}) {
    std::array<Experiments, 4> effect, size;
    std::array<double, 4> deviation{};
    for (std::uint64_t experiment = 0; experiment < 100; ++experiment) {
      const auto effects = effects_of_product(20, noise, experiment);
      for (std::size_t f = 0; f < 4; ++f) {
        effect[f].add(effects[f].mean.mean);
        size[f].add(effects[f].mean_size.mean);
        deviation[f] += effects[f].deviation.mean / 100;
      }
    }
    for (std::size_t f = 0; f < 4; ++f) {
      EXPECT_NEAR(effect[f].mean(), kMeanEffect[f], 4 * effect[f].error() + 1e-12) << noise.name << f;
      EXPECT_NEAR(size[f].mean(), kMeanSize[f], 4 * size[f].error() + 0.02) << noise.name << f;
      EXPECT_NEAR(deviation[f], std::sqrt(kVariance[f]), 0.1) << noise.name << f;
    }
  }
}

TEST(ElementaryEffects, WithoutNoiseTheyAreThoseOfTheFunction) {
  const auto effects = effects_of_product(50, kNoises[0], 3);
  EXPECT_NEAR(effects[0].mean.mean, 2, 1e-12);
  EXPECT_NEAR(effects[0].mean_size.mean, 2, 1e-12);
  EXPECT_NEAR(effects[0].deviation.mean, 0, 1e-6);
  EXPECT_EQ(effects[3].mean_size.mean, 0);
  EXPECT_TRUE(covers(effects[1].mean, -1.5));
  EXPECT_TRUE(covers(effects[1].deviation, std::sqrt(1.25)));
}

TEST(LongElementaryEffects, IntervalsCover) {
  for (const Noise& noise : {Noise{"independent", 1}, Noise{"common", 0, 2, 0.3}}) {
    std::array<int, 3> effect{}, size{};
    for (std::uint64_t experiment = 0; experiment < 500; ++experiment) {
      const auto effects = effects_of_product(40, noise, 900 + experiment);
      for (std::size_t f = 0; f < 3; ++f) {
        effect[f] += covers(effects[f].mean, kMeanEffect[f]);
        size[f] += covers(effects[f].mean_size, kMeanSize[f]);
      }
    }
    for (std::size_t f = 0; f < 3; ++f) {
      const std::string of = std::to_string(f) + ", noise: " + noise.name;
      expect_covers(effect[f], "mean effect " + of);
      if (f == 0) expect_covers(size[f], "mean size " + of);  // of the others noise hides the sign near 0
    }
  }
}

TEST(SensitivityPoints, PickFreezeChangesOneFactorOfTheFirstPoint) {
  const auto points = pick_freeze_points(20, kFactors, 4);
  ASSERT_EQ(points.size(), 100u);
  for (std::size_t row = 0; row < 20; ++row) {
    const auto &a = points[5 * row], &b = points[5 * row + 1];
    for (std::size_t f = 0; f < kFactors; ++f) {
      EXPECT_NE(a[f], b[f]);
      for (std::size_t g = 0; g < kFactors; ++g) EXPECT_EQ(points[5 * row + 2 + f][g], f == g ? b[g] : a[g]);
    }
  }
  EXPECT_NE(points, pick_freeze_points(20, kFactors, 5));
}

TEST(SensitivityPoints, ATrajectoryMovesEveryFactorOnceByHalfTheGrid) {
  const auto points = trajectory_points(30, 4, 6, 2);
  ASSERT_EQ(points.size(), 150u);
  int up = 0;
  for (std::size_t row = 0; row < 30; ++row) {
    std::array<int, 4> moved{};
    for (std::size_t step = 0; step < 4; ++step) {
      for (std::size_t f = 0; f < 4; ++f) {
        const double share = points[5 * row + step + 1][f] - points[5 * row + step][f];
        if (share == 0) continue;
        EXPECT_NEAR(std::abs(share), 0.6, 1e-12);
        up += share > 0;
        ++moved[f];
      }
    }
    EXPECT_THAT(moved, testing::Each(1));
  }
  EXPECT_NEAR(up, 60, 20);
}

}  // namespace
}  // namespace pishkhan::sensitivity_test
