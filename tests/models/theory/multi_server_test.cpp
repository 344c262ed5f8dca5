#include "models/theory/multi_server.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

#include "models/theory/birth_death.hpp"
#include "sim/base/contract.hpp"

// The numbers are those of the validation set: the same cases are simulated in tests/theory.
namespace pishkhan::theory::multi_server_test {
namespace {

TEST(ErlangB, MatchesTheSumAndStaysFiniteWhereTheSumOverflows) {
  double term = 1;
  double sum = 1;
  for (int k = 1; k <= 12; ++k) {
    term *= 8.4 / k;
    sum += term;
  }
  EXPECT_NEAR(erlang_b(12, 8.4), term / sum, 1e-14);
  EXPECT_DOUBLE_EQ(erlang_b(0, 3), 1);
  EXPECT_DOUBLE_EQ(erlang_b(1, 3), 0.75);
  // In a large critically loaded group, blocking is near sqrt(2 / (pi c)).
  EXPECT_NEAR(erlang_b(100000, 100000), std::sqrt(2 / (std::numbers::pi * 100000)), 2e-5);
}

TEST(MMc, Case1SingleServer) {
  const MMc queue{1, 0.9, 1};
  EXPECT_NEAR(queue.mean_wait(), 9, 1e-12);
  EXPECT_NEAR(queue.mean_queue(), 8.1, 1e-12);
  EXPECT_NEAR(queue.utilization(), 0.9, 1e-12);
  EXPECT_NEAR(queue.mean_inside(), 9, 1e-12);
  EXPECT_NEAR(queue.p_inside_at_least(3), 0.729, 1e-12);
}

TEST(MMc, Case2TwelveServers) {
  const MMc queue{12, 4.2, 2};
  EXPECT_NEAR(queue.p_wait(), 0.18389, 5e-6);
  EXPECT_NEAR(queue.mean_wait(), 0.10216, 5e-6);
  EXPECT_NEAR(queue.service_level(20.0 / 60), 0.89908, 5e-6);
  EXPECT_NEAR(queue.utilization(), 0.70, 1e-12);
}

TEST(ErlangA, Case4TwelveServers) {
  const ErlangA queue{12, 4.2, 2, 1};
  EXPECT_NEAR(queue.p_abandon(), 0.029679, 5e-7);
  EXPECT_NEAR(queue.p_wait(), 0.12737, 5e-6);
  EXPECT_NEAR(queue.utilization(), 0.67922, 5e-6);
}

TEST(MMc, Case5FiftyServers) {
  const MMc queue{50, 48, 1};
  EXPECT_NEAR(queue.mean_wait() * 60, 20.83, 5e-3);
  EXPECT_NEAR(queue.wait_quantile(0.9) * 60, 58.14, 5e-3);
  EXPECT_NEAR(queue.mean_queue(), 16.67, 5e-3);
  EXPECT_NEAR(queue.utilization(), 0.96, 1e-12);
}

TEST(ErlangA, Case6FiftyServers) {
  const ErlangA queue{50, 48, 1, 2};
  EXPECT_NEAR(queue.p_abandon(), 0.030912, 5e-7);
  EXPECT_NEAR(queue.mean_wait_of_served() * 60, 3.616, 5e-4);
  EXPECT_NEAR(queue.mean_queue(), 2.968, 5e-4);
  EXPECT_NEAR(queue.utilization(), 0.9303, 5e-5);
}

TEST(MMc, Case8TerminatingRuns) {
  const MMc queue{1, 1.0 / 6, 3};
  EXPECT_NEAR(queue.mean_queue(), 0.5, 1e-12);
  EXPECT_NEAR(queue.mean_wait(), 3, 1e-12);
}

TEST(FiniteSource, Case9) {
  constexpr std::array kInside{2.674, 1.661, 1.457, 1.430, 1.429};
  for (int servers = 1; servers <= 5; ++servers) {
    const FiniteSource queue{5, servers, 0.1, 0.25};
    EXPECT_NEAR(queue.mean_inside(), kInside[static_cast<std::size_t>(servers - 1)], 5e-4) << servers;
    // What fails is repaired: failures while working equal repairs by the busy.
    EXPECT_NEAR((5 - queue.mean_inside()) * 0.1, queue.utilization() * servers * 0.25, 1e-12);
  }
}

TEST(MMc, Case10Tail) {
  constexpr std::array kTail{0.586182, 0.050972, 0.019034, 0.013022};
  for (int servers = 1; servers <= 4; ++servers) {
    const MMc queue{servers, 0.5, 1.75};
    EXPECT_NEAR(queue.p_inside_at_least(4), kTail[static_cast<std::size_t>(servers - 1)], 5e-7) << servers;
  }
}

TEST(MMcK, Case11TwoServersRoomForOne) {
  const MMcK queue{2, 1, 3, 0.25};
  EXPECT_NEAR(queue.p_blocked(), 0.049360, 5e-7);
  EXPECT_NEAR(queue.mean_inside(), 0.762340, 5e-7);
}

TEST(MMc, TailBelowTheServersAddsUp) {
  const MMc queue{12, 4.2, 2};
  EXPECT_NEAR(queue.p_inside_at_least(0), 1, 1e-12);
  double inside = 0;
  for (int n = 1; n < 400; ++n) inside += queue.p_inside_at_least(n);
  EXPECT_NEAR(inside, queue.mean_inside(), 1e-10);
}

TEST(MMc, QuantileInvertsServiceLevel) {
  const MMc queue{5, 4, 1};
  for (const double p : {0.5, 0.9, 0.99}) EXPECT_NEAR(queue.service_level(queue.wait_quantile(p)), p, 1e-12);
  EXPECT_EQ(queue.wait_quantile(0.1), 0);
  EXPECT_THROW((void)(MMc{1, 1, 1}.mean_wait()), ContractViolation);
}

TEST(MMcK, NoRoomIsErlangBAndEndlessRoomIsErlangC) {
  const MMcK none{12, 0, 4.2, 2};
  EXPECT_NEAR(none.p_blocked(), erlang_b(12, 8.4), 1e-14);
  const MMcK endless{12, 500, 4.2, 2};
  const MMc queue{12, 4.2, 2};
  EXPECT_NEAR(endless.mean_wait(), queue.mean_wait(), 1e-12);
  EXPECT_NEAR(endless.utilization(), 0.7, 1e-12);
}

TEST(ErlangA, EndlessPatienceIsErlangCAndNoneIsErlangB) {
  const MMc queue{12, 4.2, 2};
  const ErlangA patient{12, 4.2, 2, 1e9};
  EXPECT_NEAR(patient.p_wait(), queue.p_wait(), 1e-6);
  EXPECT_NEAR(patient.mean_wait_of_served(), queue.mean_wait(), 1e-6);
  const ErlangA impatient{12, 4.2, 2, 1e-9};
  EXPECT_NEAR(impatient.p_abandon(), erlang_b(12, 8.4), 1e-6);
}

// Patience as long as service: the number inside is that of infinitely many servers, Poisson.
TEST(ErlangA, PatienceEqualToServiceIsPoisson) {
  const ErlangA queue{3, 2, 1.5, 1.5};
  EXPECT_NEAR(queue.mean_queue() + queue.utilization() * 3, 3, 1e-12);
  EXPECT_NEAR(queue.p_wait(), 1 - std::exp(-3.0) * (1 + 3 + 4.5), 1e-12);
}

// The wait of all is that of the served and the abandoners, so the served cannot wait longer than
// the memoryless patience allows, and overload is no obstacle.
TEST(ErlangA, Overload) {
  const ErlangA queue{10, 20, 1, 1};
  EXPECT_NEAR(queue.p_abandon(), 0.5, 1e-3);
  EXPECT_NEAR(queue.utilization(), 1, 1e-2);
  EXPECT_NEAR(queue.mean_queue(), 10, 0.1);
}

TEST(BirthDeath, LargeLoadsDoNotOverflow) {
  const auto p = stationary_unbounded([](int) { return 5000.0; }, [](int n) { return double(n); });
  EXPECT_NEAR(mean_of(p), 5000, 1e-6);
}

}  // namespace
}  // namespace pishkhan::theory::multi_server_test
