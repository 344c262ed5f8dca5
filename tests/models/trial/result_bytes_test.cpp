#include "models/trial/result_bytes.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace pishkhan::result_bytes_test {
namespace {

void add_station_lists(TrialResult& result, std::uint32_t number) {
  result.trips = {{1, 2, 3, number}, {4, 5, 6, 7}};
  result.given = {{2, 3, number + 1}, {5, 6, 7}};
}

/// Every member another number, so that none can be forgotten or take another's place.
TrialResult sample() {
  double next = 0.1;
  const auto number = [&next] { return next += 1; };
  const auto count = [&number] { return static_cast<std::uint64_t>(number()); };
  TrialResult result;
  result.stations.resize(3);
  for (StationResult& station : result.stations) {
    station.arrived = count();
    station.failed_s = number();
    station.waiting_s = number();
    WaitHistogram waits;
    for (int i = 0; i < 9; ++i) waits.add(number() * number());
    station.waits = CompactHistogram(waits);
    station.levels.add(2, number());
  }
  result.station_hours.resize(2);
  result.station_hours[1].open_s = number();
  result.week_hours = {{7, 6, 23, result.station_hours[1]}};
  result.periods.resize(2);
  result.periods[1].missed_days = static_cast<std::uint32_t>(count());
  result.periods[1].open_s = number();
  result.service_waits = {{}, result.stations[1].waits};
  result.classes.resize(1);
  result.classes[0].reworked = count();
  result.classes[0].waits = result.stations[2].waits;
  add_station_lists(result, static_cast<std::uint32_t>(count()));
  result.service_travel = {{}, {{count(), count()}, count(), result.stations[0].waits}};
  result.diversions = {{8, 9, count(), count(), count()}};
  result.services.resize(4);
  result.services[3].system_s = number();
  result.citizens = {{count(), count(), count(), count(), count(), count()}};
  result.days.resize(1);
  result.days[0].failed = count();
  result.ledger = {{7, ServiceId(3), count()}, {8, ServiceId(2), count()}};
  result.targets = {{2, 1, {{3, 1}, {4, 2}}, {}}, {1, 2, {}, {{5.5, 5}, {6, 0}}}};
  CallTally& calls = result.calls;
  calls.backbone.counts = {count(), count(), count(), count(), count(), count()};
  calls.backbone.systems.resize(2);
  for (SystemTally& system : calls.backbone.systems) {
    system.concurrency_area_s = number();
    system.busy_core_s = number();
    system.core_s = number();
    system.down_s = number();
    system.concurrency_max = static_cast<std::uint32_t>(count());
    system.response.add(number());
    system.transaction.add(number(), 3);
    for (int i = 0; i < 20; ++i) system.transaction_s.add(number() * number());
    system.failed = count();
    system.cancelled = count();
    system.refused = count();
  }
  calls.backbone.link_kinds.resize(3);
  for (LinkTally& kind : calls.backbone.link_kinds) {
    kind.links = count();
    kind.bytes = count();
    kind.transfer.add(number());
  }
  calls.retried = count();
  calls.parked = count();
  calls.web_failed = count();
  calls.lost_clerk_s.resize(2);
  for (LostClerkTime& lost : calls.lost_clerk_s[0]) lost = {number(), number()};
  calls.unloaded_s = number();
  calls.days_apart = count();
  calls.days_together = count();
  result.visits = count();
  result.audit.checks = count();
  result.audit.failures = {"a citizen vanished", "", "Little's law"};
  return result;
}

template <class T>
void expect_same(const std::vector<T>& a, const std::vector<T>& b) {
  ASSERT_EQ(a.size(), b.size());
  EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof(T)), 0);
}

TEST(ResultBytes, ComeBackToTheBit) {
  const TrialResult made = sample();
  const std::string bytes = to_bytes(made);
  const TrialResult read = from_bytes(bytes);
  ASSERT_EQ(read.stations.size(), made.stations.size());
  for (std::size_t i = 0; i < made.stations.size(); ++i) {
    EXPECT_EQ(read.stations[i].waiting_s, made.stations[i].waiting_s);
    EXPECT_EQ(read.stations[i].waits, made.stations[i].waits);
    EXPECT_EQ(read.stations[i].levels.total_s(), made.stations[i].levels.total_s());
  }
  expect_same(made.station_hours, read.station_hours);
  expect_same(made.week_hours, read.week_hours);
  expect_same(made.periods, read.periods);
  EXPECT_EQ(made.service_waits, read.service_waits);
  ASSERT_EQ(read.classes.size(), 1U);
  EXPECT_EQ(read.classes[0].reworked, made.classes[0].reworked);
  EXPECT_EQ(read.classes[0].waits, made.classes[0].waits);
  expect_same(made.services, read.services);
  expect_same(made.citizens, read.citizens);
  expect_same(made.days, read.days);
  ASSERT_EQ(read.ledger.size(), 2U);
  EXPECT_EQ(read.ledger[1].service, ServiceId(2));
  EXPECT_EQ(read.ledger[1].citizens, made.ledger[1].citizens);
  ASSERT_EQ(read.targets.size(), 2U);
  EXPECT_EQ(read.targets[1].slots, 2U);
  expect_same(made.targets[0].counts, read.targets[0].counts);
  expect_same(made.targets[1].parts, read.targets[1].parts);
  EXPECT_EQ(read.calls.backbone.counts, made.calls.backbone.counts);
  ASSERT_EQ(read.calls.backbone.systems.size(), 2U);
  const SystemTally &system = read.calls.backbone.systems[1], &before = made.calls.backbone.systems[1];
  EXPECT_EQ(system.down_s, before.down_s);
  EXPECT_EQ(system.concurrency_max, before.concurrency_max);
  EXPECT_EQ(system.transaction, before.transaction);
  EXPECT_TRUE(system.transaction_s == before.transaction_s);
  EXPECT_EQ(system.refused, before.refused);
  expect_same(made.calls.backbone.link_kinds, read.calls.backbone.link_kinds);
  EXPECT_EQ(read.calls.lost_clerk_s, made.calls.lost_clerk_s);
  EXPECT_EQ(read.calls.unloaded_s, made.calls.unloaded_s);
  EXPECT_EQ(read.calls.days_together, made.calls.days_together);
  EXPECT_EQ(read.visits, made.visits);
  EXPECT_EQ(read.audit.failures, made.audit.failures);
  EXPECT_EQ(to_bytes(read), bytes);
  EXPECT_EQ(to_bytes(from_bytes(to_bytes({}))), to_bytes({}));
}

TEST(ResultBytes, TornOnesAreRefused) {
  const std::string bytes = to_bytes(sample());
  for (std::size_t length = 0; length < bytes.size(); length += 7)
    EXPECT_THROW(from_bytes(std::string_view(bytes).substr(0, length)), std::runtime_error) << length;
  EXPECT_THROW(from_bytes(bytes + 'x'), std::runtime_error);
}

}  // namespace
}  // namespace pishkhan::result_bytes_test
