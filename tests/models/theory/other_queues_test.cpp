#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "models/theory/infinite_servers.hpp"
#include "models/theory/jackson.hpp"
#include "models/theory/multi_server.hpp"
#include "models/theory/priority.hpp"
#include "models/theory/single_server.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan::theory::other_queues_test {
namespace {

TEST(Priority, Case12FiveServers) {
  constexpr std::array kRates{0.4, 0.6};
  const auto waits = priority_waits(5, 4, kRates);
  ASSERT_EQ(waits.size(), 2u);
  EXPECT_NEAR(waits[0], 0.65190, 5e-6);
  EXPECT_NEAR(waits[1], 3.25949, 5e-6);
}

TEST(Priority, OneClassIsErlangCAndWorkIsConserved) {
  constexpr std::array kOne{4.2};
  EXPECT_NEAR(priority_waits(12, 2, kOne)[0], (MMc{12, 4.2, 2}.mean_wait()), 1e-14);
  // Kleinrock's conservation law: priorities share out the wait, they do not shorten it.
  constexpr std::array kThree{0.2, 0.3, 0.5};
  const auto waits = priority_waits(5, 4, kThree);
  EXPECT_NEAR(0.2 * waits[0] + 0.3 * waits[1] + 0.5 * waits[2], (MMc{5, 1, 4}.mean_wait()), 1e-12);
}

TEST(Priority, OverloadDrownsTheLowest) {
  constexpr std::array kRates{0.5, 1.0};
  const auto waits = priority_waits(1, 1, kRates);
  EXPECT_NEAR(waits[0], 2, 1e-12);  // always busy: one residual service of 1, over 1 - 0.5
  EXPECT_EQ(waits[1], std::numeric_limits<double>::infinity());
}

// Case 13: load 0.8, wait 0.8 * 4 * (1 + 2.25) / (2 * 0.2) = 26 exactly.
TEST(MG1, Case13Lognormal) {
  const MG1 queue{0.2, 4, 1.5};
  EXPECT_NEAR(queue.mean_wait(), 26, 1e-12);
  EXPECT_NEAR(queue.mean_queue(), 5.2, 1e-12);
}

TEST(MG1, ExponentialAndConstantService) {
  const MG1 exponential{0.9, 1, 1};
  EXPECT_NEAR(exponential.mean_wait(), (MMc{1, 0.9, 1}.mean_wait()), 1e-12);
  const MG1 constant{0.9, 1, 0};
  EXPECT_NEAR(constant.mean_wait(), exponential.mean_wait() / 2, 1e-12);
  EXPECT_THROW((void)(MG1{1, 1, 1}.mean_wait()), ContractViolation);
}

TEST(MG1ProcessorSharing, Case14) {
  const MG1ProcessorSharing queue{0.2, 4};
  EXPECT_NEAR(queue.mean_sojourn(), 20, 1e-12);
  EXPECT_NEAR(queue.sojourn_of(1), 5, 1e-12);
  // With exponential work the sojourn is that of first come first served.
  EXPECT_NEAR(queue.mean_sojourn(), (MMc{1, 0.2, 4}.mean_wait()) + 4, 1e-12);
}

TEST(InfiniteServers, ConstantRateFillsExponentially) {
  const InfiniteServers queue({{0, 6}}, 2);
  EXPECT_NEAR(queue.mean_inside(0), 0, 1e-15);
  EXPECT_NEAR(queue.mean_inside(2), 12 * (1 - std::exp(-1.0)), 1e-12);
  EXPECT_NEAR(queue.mean_inside(1e3), 12, 1e-12);
  // Integral of 12 (1 - exp(-t/2)) over [0, 2] is 12 (2 - 2 (1 - 1/e)) = 24 / e.
  EXPECT_NEAR(queue.average_inside(0, 2), 12 / std::exp(1.0), 1e-12);
  EXPECT_NEAR((InfiniteServers{{{0, 6}}, 2, 12}.average_inside(3, 8)), 12, 1e-12);
}

// Case 15 in closed form: rate a + b sin(w t) gives m = a/mu + b (mu sin - w cos) / (mu^2 + w^2)
// once the start is forgotten; fine steps come arbitrarily near.
TEST(InfiniteServers, SinusoidalRate) {
  const double a = 10;
  const double b = 8;
  const double w = 2 * std::numbers::pi / 24;
  const double mu = 0.5;
  constexpr int kSteps = 24 * 60 * 10;
  std::vector<std::pair<double, double>> rate;
  const double width = 240.0 / kSteps;
  for (int i = 0; i < kSteps; ++i) rate.emplace_back(i * width, a + b * std::sin(w * (i + 0.5) * width));
  const InfiniteServers queue(rate, 1 / mu);
  for (const double t : {100.0, 150.0, 201.5, 239.0}) {
    const double exact = a / mu + b * (mu * std::sin(w * t) - w * std::cos(w * t)) / (mu * mu + w * w);
    EXPECT_NEAR(queue.mean_inside(t), exact, 1e-4) << t;
  }
}

// Two queues in a row, with a share of the second's customers sent back to the first:
// rate into both is 1 / (1 - 0.2) = 1.25.
TEST(Jackson, TandemWithFeedback) {
  const std::vector<JacksonNode> nodes{{1, 0.5, 1, {0, 1}}, {2, 1, 0, {0.2, 0}}};
  const auto queues = jackson_network(nodes);
  EXPECT_NEAR(queues[0].arrival_rate, 1.25, 1e-12);
  EXPECT_NEAR(queues[1].arrival_rate, 1.25, 1e-12);
  // By hand: node 1 M/M/1 at load 0.625: L = 5/3; node 2 M/M/2 at 0.625: L = 2 rho / (1 - rho^2).
  EXPECT_NEAR(queues[0].mean_inside(), 5.0 / 3, 1e-12);
  EXPECT_NEAR(queues[1].mean_inside(), 1.25 / (1 - 0.390625), 1e-12);
  EXPECT_NEAR(jackson_sojourn(nodes), 5.0 / 3 + 1.25 / 0.609375, 1e-12);
}

TEST(Jackson, NobodyLeavingIsAMistake) {
  const std::vector<JacksonNode> nodes{{1, 0.5, 1, {0, 1}}, {1, 0.5, 0, {1, 0}}};
  EXPECT_THROW((void)jackson_network(nodes), ContractViolation);
}

}  // namespace
}  // namespace pishkhan::theory::other_queues_test
