// Both methods of the kernel against the audit, which replays a day from its records by other code:
// thousands of small random stations with everything in them. And kernels broken on purpose, each of
// which the audit has to catch.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "sim/station/by_arrival_order.hpp"
#include "sim/station/by_events.hpp"
#include "sim/station/station.hpp"
#include "sim/statistics/audit.hpp"
#include "tests/laws/random_station.hpp"

namespace pishkhan::laws::kernel_audit_test {
namespace {

std::string first_failure(const AuditFindings& findings) {
  return findings.failures.empty() ? "" : findings.failures.front();
}

TEST(KernelAudit, RandomStationsByEvents) {
  std::uint64_t checks = 0;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    RandomStation station(seed, RandomStation::Kind::anything);
    simulate_by_events(station.day(), station.visits());
    const AuditFindings findings = audit_station_day(station.for_audit());
    ASSERT_TRUE(findings.passed()) << "seed " << seed << ": " << first_failure(findings);
    checks += findings.checks;
  }
  EXPECT_GT(checks, 1'000'000u);
}

TEST(KernelAudit, RandomStationsInOrder) {
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    RandomStation station(seed, RandomStation::Kind::in_order);
    simulate_by_arrival_order(station.day(), station.visits());
    const AuditFindings findings = audit_station_day(station.for_audit());
    ASSERT_TRUE(findings.passed()) << "seed " << seed << ": " << first_failure(findings);
  }
}

TEST(KernelAudit, BothMethodsAgreeBitForBit) {
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    RandomStation a(seed, RandomStation::Kind::in_order);
    RandomStation b(seed, RandomStation::Kind::in_order);
    simulate_by_arrival_order(a.day(), a.visits());
    simulate_by_events(b.day(), b.visits());
    ASSERT_EQ(a.visits().outcome, b.visits().outcome) << "seed " << seed;
    ASSERT_EQ(a.visits().leave_s, b.visits().leave_s) << "seed " << seed;
    ASSERT_EQ(a.visits().end_s, b.visits().end_s) << "seed " << seed;
    ASSERT_EQ(a.visits().clerk, b.visits().clerk) << "seed " << seed;
  }
}

/// How often the audit catches a kernel broken by `breakage`, which says whether it changed anything.
template <class Breakage>
void expect_caught(const char* what, Breakage breakage) {
  int broken = 0;
  int caught = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    RandomStation station(seed, RandomStation::Kind::anything);
    simulate_by_events(station.day(), station.visits());
    if (!breakage(station.visits())) continue;
    ++broken;
    caught += audit_station_day(station.for_audit()).passed() ? 0 : 1;
  }
  EXPECT_GT(broken, 50) << what;
  EXPECT_EQ(caught, broken) << what;
}

/// A served visit that waited, with a clerk who serves somebody else later.
std::size_t one_who_waited(const Visits& visits) {
  for (std::size_t i = 0; i < visits.size(); ++i)
    if (visits.outcome[i] == Outcome::served && visits.leave_s[i] > visits.arrival_s[i]) return i;
  return visits.size();
}

TEST(BrokenKernel, StartsLate) {
  expect_caught("every start of a waiting citizen a second late", [](Visits& visits) {
    const std::size_t i = one_who_waited(visits);
    if (i == visits.size()) return false;
    visits.leave_s[i] += 1;
    visits.end_s[i] += 1;
    return true;
  });
}

TEST(BrokenKernel, StartsEarly) {
  expect_caught("a start a moment before the clerk is free", [](Visits& visits) {
    const std::size_t i = one_who_waited(visits);
    if (i == visits.size()) return false;
    visits.leave_s[i] = std::nextafter(visits.leave_s[i], 0);
    return true;
  });
}

TEST(BrokenKernel, LosesAPatientCitizen) {
  expect_caught("a served citizen recorded as abandoned", [](Visits& visits) {
    const std::size_t i = one_who_waited(visits);
    if (i == visits.size()) return false;
    visits.outcome[i] = Outcome::abandoned;
    visits.clerk[i] = kNoClerk;
    return true;
  });
}

TEST(BrokenKernel, LetsTwoChangePlaces) {
  expect_caught("two waiting citizens of one kind swapped", [](Visits& visits) {
    for (std::size_t i = 0; i + 1 < visits.size(); ++i) {
      for (std::size_t j = i + 1; j < visits.size(); ++j) {
        const bool alike = visits.service[i] == visits.service[j] && visits.priority[i] == visits.priority[j];
        const bool served = visits.outcome[i] == Outcome::served && visits.outcome[j] == Outcome::served;
        if (!alike || !served || visits.leave_s[i] <= visits.arrival_s[j] ||
            visits.leave_s[i] == visits.leave_s[j])
          continue;
        if (visits.arrival_s[i] + visits.patience_s[i] <= visits.leave_s[j]) continue;
        std::swap(visits.leave_s[i], visits.leave_s[j]);
        std::swap(visits.end_s[i], visits.end_s[j]);
        std::swap(visits.clerk[i], visits.clerk[j]);
        return true;
      }
    }
    return false;
  });
}

}  // namespace
}  // namespace pishkhan::laws::kernel_audit_test
