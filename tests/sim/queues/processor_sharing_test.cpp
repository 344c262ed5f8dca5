#include "sim/queues/processor_sharing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "sim/base/contract.hpp"

namespace pishkhan::processor_sharing_test {
namespace {

std::vector<double> departures(const std::vector<double>& arrival_s, const std::vector<double>& work_s,
                               std::uint32_t cores) {
  std::vector<double> departure_s(arrival_s.size(), -1);
  processor_sharing_departures(arrival_s, work_s, cores, departure_s);
  return departure_s;
}

// The definition, event by event: everybody's remaining work is stepped, in long double.
std::vector<double> by_definition(const std::vector<double>& arrival_s, const std::vector<double>& work_s,
                                  unsigned cores) {
  struct Customer {
    std::size_t index;
    long double left;
  };
  std::vector<double> departure_s(arrival_s.size(), -1);
  std::vector<Customer> inside;
  long double now = 0;
  std::size_t next = 0;
  while (next < arrival_s.size() || !inside.empty()) {
    const long double rate =
        inside.empty() ? 1 : std::min<long double>(1, static_cast<long double>(cores) / inside.size());
    auto first = std::min_element(inside.begin(), inside.end(),
                                  [](const Customer& a, const Customer& b) { return a.left < b.left; });
    const long double leaves = inside.empty() ? HUGE_VALL : now + first->left / rate;
    const bool arrives = next < arrival_s.size() && arrival_s[next] < leaves;
    const long double then = arrives ? static_cast<long double>(arrival_s[next]) : leaves;
    for (auto& customer : inside) customer.left -= (then - now) * rate;
    now = then;
    if (arrives) {
      inside.push_back({next, work_s[next]});
      ++next;
    } else {
      departure_s[first->index] = static_cast<double>(now);
      inside.erase(first);
    }
  }
  return departure_s;
}

TEST(ProcessorSharing, TwoWhoMeetShareTheCore) {
  EXPECT_EQ(departures({0, 1}, {2, 2}, 1), (std::vector<double>{3, 4}));
  EXPECT_EQ(departures({0, 1}, {2, 2}, 2), (std::vector<double>{2, 3}));
  EXPECT_EQ(departures({0, 0, 0}, {3, 3, 3}, 2), (std::vector<double>{4.5, 4.5, 4.5}));
  EXPECT_EQ(departures({5, 6}, {0, 0}, 1), (std::vector<double>{5, 6}));
  EXPECT_TRUE(departures({}, {}, 1).empty());
}

TEST(ProcessorSharing, AgreesWithTheDefinition) {
  std::mt19937_64 generator(14);
  std::exponential_distribution<double> gap(1.0), work(1.0);
  for (unsigned cores : {1u, 2u, 8u}) {
    for (double load : {0.3, 0.9, 1.3}) {
      std::vector<double> arrival_s, work_s;
      double now = 0;
      for (int i = 0; i < 3000; ++i) {
        now += gap(generator) / (load * cores);
        arrival_s.push_back(now);
        work_s.push_back(work(generator));
      }
      const auto fast = departures(arrival_s, work_s, cores);
      const auto slow = by_definition(arrival_s, work_s, cores);
      for (std::size_t i = 0; i < fast.size(); ++i) ASSERT_NEAR(fast[i], slow[i], 1e-12 * slow[i]) << i;
    }
  }
}

// One busy period as long as a day: the last departure is the sum of the work, whatever the order.
TEST(ProcessorSharing, KeepsPrecisionOverADay) {
  const std::size_t customers = 200000;
  const double day_s = 86400;
  std::vector<double> arrival_s(customers), work_s(customers);
  double total_s = 0, error_s = 0;  // compensated (Kahan)
  for (std::size_t i = 0; i < customers; ++i) {
    arrival_s[i] = 0.5 * day_s * static_cast<double>(i) / customers;
    work_s[i] = day_s / customers * (1 + 0.1 * (static_cast<double>((i * 7919) % 11) - 5));
    const double corrected = work_s[i] - error_s, sum = total_s + corrected;
    error_s = (sum - total_s) - corrected;
    total_s = sum;
  }
  work_s[0] += 10;  // so that the station never idles
  total_s += 10;
  const auto departure_s = departures(arrival_s, work_s, 1);
  EXPECT_NEAR(*std::max_element(departure_s.begin(), departure_s.end()), total_s, 1e-12 * total_s);
}

TEST(ProcessorSharing, WeightsShareInProportion) {
  SharingClock clock;  // capacity 3 shared 1 : 2
  clock.advance(10);
  clock.add(6 / 1.0, 0, 0);
  clock.add(6 / 2.0, 1, 1);
  clock.set_rate(3 / 3.0);
  EXPECT_DOUBLE_EQ(clock.next_s(), 13);
  EXPECT_EQ(clock.depart(13), 1u);
  clock.set_rate(3 / 1.0);
  EXPECT_DOUBLE_EQ(clock.next_s(), 14);
  EXPECT_FALSE(clock.remove(1));
  EXPECT_TRUE(clock.remove(0));
  EXPECT_EQ(clock.next_s(), SharingClock::kNever);
}

TEST(ProcessorSharing, RefusesWhatItCannotMean) {
  EXPECT_THROW(departures({2, 1}, {1, 1}, 1), ContractViolation);
  EXPECT_THROW(departures({1}, {-1}, 1), ContractViolation);
  EXPECT_THROW(departures({1}, {1}, 0), ContractViolation);
}

}  // namespace
}  // namespace pishkhan::processor_sharing_test
