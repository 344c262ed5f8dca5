#include "models/theory/closed_form.hpp"

#include <gtest/gtest.h>

#include "models/theory/multi_server.hpp"

namespace pishkhan::theory::closed_form_test {
namespace {

Queue queue_of(int servers, double arrival_rate, double mean_service) {
  Queue queue;
  queue.servers = servers;
  queue.arrival_rate = arrival_rate;
  queue.mean_service = mean_service;
  queue.exponential_service = true;
  return queue;
}

TEST(ClosedForm, OneServerHasPollaczekAndKhinchine) {
  Queue queue = queue_of(1, 0.8, 1);
  EXPECT_EQ(closed_form(queue)->formula, "M/M/1");
  EXPECT_NEAR(closed_form(queue)->wait, 4, 1e-12);
  queue.exponential_service = false;
  queue.service_cv = 0;
  EXPECT_EQ(closed_form(queue)->formula, "M/G/1");
  EXPECT_TRUE(closed_form(queue)->is_exact);
  EXPECT_NEAR(closed_form(queue)->wait, 2, 1e-12) << "constant service halves the wait";
}

TEST(ClosedForm, SeveralServersHaveErlangCOrItsApproximation) {
  Queue queue = queue_of(12, 4.2, 2);
  EXPECT_NEAR(closed_form(queue)->wait, (MMc{12, 4.2, 2}.mean_wait()), 1e-12);
  EXPECT_TRUE(closed_form(queue)->is_exact);
  queue.exponential_service = false;
  queue.service_cv = 2;
  EXPECT_NEAR(closed_form(queue)->wait, 2.5 * (MMc{12, 4.2, 2}.mean_wait()), 1e-12);
  EXPECT_FALSE(closed_form(queue)->is_exact);
}

TEST(ClosedForm, PatienceHasErlangAAtAnyLoad) {
  Queue queue = queue_of(2, 3, 1);
  queue.mean_patience = 2;
  queue.exponential_patience = true;
  const ErlangA erlang{2, 3, 1, 2};
  EXPECT_EQ(closed_form(queue)->formula, "M/M/c+M");
  EXPECT_DOUBLE_EQ(closed_form(queue)->wait, erlang.mean_wait_of_served());
  EXPECT_DOUBLE_EQ(closed_form(queue)->not_served_share, erlang.p_abandon());
  queue.exponential_patience = false;
  EXPECT_FALSE(closed_form(queue)->is_exact);
}

TEST(ClosedForm, RoomHasErlangsLossOrMMcK) {
  Queue queue = queue_of(3, 3, 1);
  queue.room = 0;
  EXPECT_NEAR(closed_form(queue)->not_served_share, 4.5 / 13, 1e-12);
  queue.room = 2;
  EXPECT_EQ(closed_form(queue)->formula, "M/M/c/K");
  EXPECT_DOUBLE_EQ(closed_form(queue)->wait, (MMcK{3, 2, 3, 1}.mean_wait()));
  queue.mean_patience = 1e9;
  queue.exponential_patience = true;
  EXPECT_EQ(closed_form(queue)->formula, "M/M/c/K+M");
  EXPECT_NEAR(closed_form(queue)->wait, (MMcK{3, 2, 3, 1}.mean_wait()), 1e-6) << "endless patience";
  EXPECT_NEAR(closed_form(queue)->not_served_share, (MMcK{3, 2, 3, 1}.p_blocked()), 1e-6);
  queue.mean_patience = 2;
  queue.room = 60;
  EXPECT_NEAR(closed_form(queue)->wait, (ErlangA{3, 3, 1, 2}.mean_wait_of_served()), 1e-9) << "endless room";
}

TEST(ClosedForm, NothingWhereTheLoadReachesTheServers) {
  EXPECT_FALSE(closed_form(queue_of(1, 1, 1)));
  EXPECT_FALSE(closed_form(queue_of(2, 3, 1)));
}

TEST(ClosedForm, NobodyWaitsForUnlimitedServersOrASharedProcessor) {
  Queue queue = queue_of(1, 0.5, 1);
  queue.shares_processor = true;
  EXPECT_DOUBLE_EQ(closed_form(queue)->utilization, 0.5);
  EXPECT_DOUBLE_EQ(closed_form(queue)->wait, 0);
  queue.unlimited_servers = true;
  EXPECT_EQ(closed_form(queue)->formula, "M/G/infinity");
}

}  // namespace
}  // namespace pishkhan::theory::closed_form_test
