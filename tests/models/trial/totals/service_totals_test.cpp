// The totals by service against the plain tally of visit by visit.
#include "models/trial/totals/service_totals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "sim/statistics/station_observer.hpp"

namespace pishkhan::service_totals_test {
namespace {

constexpr std::size_t kServices = 5;
constexpr double kTarget_s = 900;

struct StationVisits {
  Visits visits;
  std::vector<std::uint8_t> reworked, needs_follow_up;
};

StationVisits random_visits(std::mt19937& random) {
  const auto below = [&](std::uint32_t bound) { return static_cast<std::uint32_t>(random() % bound); };
  StationVisits made;
  const std::size_t n = below(60);
  made.visits.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto outcome = below(3) == 0 ? static_cast<Outcome>(below(6)) : Outcome::served;
    const double arrival = below(30000), wait = outcome == Outcome::balked ? 0 : below(2) * below(1800);
    const double handling = outcome == Outcome::served || outcome == Outcome::failed ? 60 + below(900) : 0;
    made.visits.arrival_s[i] = arrival;
    made.visits.leave_s[i] = arrival + wait;
    made.visits.end_s[i] = arrival + wait + handling;
    made.visits.system_s[i] = below(20);
    made.visits.outcome[i] = outcome;
    made.visits.service[i] = below(kServices);
    made.reworked.push_back(below(8) == 0);
    made.needs_follow_up.push_back(below(8) == 0);
    if (handling > 0 && below(10) == 0) {
      made.visits.asides.push_back({static_cast<std::uint32_t>(i), arrival + wait + 10, arrival + wait + 20,
                                    outcome == Outcome::failed ? kForever : arrival + wait + 30, 0});
    }
  }
  return made;
}

/// As StationObserver makes them.
VisitParts parts_of(const StationVisits& station) {
  VisitParts parts;
  sum_visits(station.visits, station.reworked.data(), kTarget_s, parts);
  for (std::size_t i = 0; i < station.visits.size(); ++i) {
    if (station.visits.outcome[i] == Outcome::failed &&
        station.visits.leave_s[i] - station.visits.arrival_s[i] <= kTarget_s)
      parts.counts[i] |= PackedCounts::kInTarget;
  }
  return parts;
}

/// All times are whole seconds, so sums in any order are equal.
void expect_equal(const VisitTally& a, const VisitTally& b) {
  EXPECT_EQ(a.arrived, b.arrived);
  EXPECT_EQ(a.served, b.served);
  EXPECT_EQ(a.abandoned, b.abandoned);
  EXPECT_EQ(a.balked, b.balked);
  EXPECT_EQ(a.sent_away, b.sent_away);
  EXPECT_EQ(a.inside, b.inside);
  EXPECT_EQ(a.failed, b.failed);
  EXPECT_EQ(a.reworked, b.reworked);
  EXPECT_EQ(a.in_target, b.in_target);
  EXPECT_EQ(a.wait_s, b.wait_s);
  EXPECT_EQ(a.wait_joined_s, b.wait_joined_s);
  EXPECT_EQ(a.sojourn_s, b.sojourn_s);
  EXPECT_EQ(a.handling_s, b.handling_s);
  EXPECT_EQ(a.system_s, b.system_s);
  EXPECT_EQ(a.failed_s, b.failed_s);
  EXPECT_EQ(a.aside_s, b.aside_s);
}

TEST(ServiceTotals, AreTheTalliesOfVisitByVisit) {
  std::mt19937 random(1395);
  ServiceTotals totals(kServices);
  std::vector<VisitTally> got(kServices * kChannels), wanted = got;
  std::vector<CitizenTally> citizens(kServices * kChannels);
  std::vector<std::uint64_t> completed(citizens.size());
  std::vector<std::uint32_t> given(kServices), wanted_given(kServices);
  for (int k = 0; k < 300; ++k) {
    const StationVisits station = random_visits(random);
    const Visits& visits = station.visits;
    const auto channel = static_cast<Channel>(k % 2);
    totals.add(channel, visits, parts_of(station), station.reworked, station.needs_follow_up, given);
    std::size_t next = 0;
    for (std::size_t i = 0; i < visits.size(); ++i) {
      const std::size_t cell = visits.service[i] * kChannels + static_cast<std::size_t>(channel);
      tally_visit(visits, i, station.reworked[i] != 0, kTarget_s, wanted[cell]);
      if (visits.outcome[i] == Outcome::served && !station.reworked[i]) ++wanted_given[visits.service[i]];
      if (visits.outcome[i] == Outcome::served && !station.reworked[i] && !station.needs_follow_up[i]) {
        ++completed[cell];
        continue;
      }
      ASSERT_LT(next, totals.follow_ups().size());
      ASSERT_EQ(totals.follow_ups()[next++], i);
      totals.add_follow_up(channel, visits, i, station.reworked[i] != 0);
    }
    ASSERT_EQ(next, totals.follow_ups().size());
    for (const Aside& aside : visits.asides) {
      totals.subtract_aside(channel, visits, aside);
      subtract_aside(visits, aside,
                     wanted[visits.service[aside.visit] * kChannels + static_cast<std::size_t>(channel)]);
    }
  }
  totals.add_to(got, citizens);
  for (std::size_t cell = 0; cell < got.size(); ++cell) {
    expect_equal(got[cell], wanted[cell]);
    EXPECT_EQ(citizens[cell].completed, completed[cell]);
  }
  EXPECT_EQ(given, wanted_given);
}

/// Times that are no whole ticks, in two orders.
TEST(ServiceTotals, DoNotDependOnTheOrderOfStations) {
  std::mt19937 random(7);
  std::uniform_real_distribution fraction(0.0, 1.0);
  std::vector<StationVisits> stations;
  for (int k = 0; k < 100; ++k) {
    StationVisits& station = stations.emplace_back(random_visits(random));
    for (std::size_t i = 0; i < station.visits.size(); ++i) {
      const double more_s = fraction(random);
      station.visits.leave_s[i] += more_s;
      station.visits.end_s[i] += more_s + fraction(random);
    }
  }
  const auto sum = [](const auto& of) {
    ServiceTotals totals(kServices);
    std::vector<std::uint32_t> given(kServices);
    for (const StationVisits& station : of) {
      totals.add(Channel::office, station.visits, parts_of(station), station.reworked,
                 station.needs_follow_up, given);
      for (const std::uint32_t i : totals.follow_ups())
        totals.add_follow_up(Channel::office, station.visits, i, station.reworked[i] != 0);
      for (const Aside& aside : station.visits.asides)
        totals.subtract_aside(Channel::office, station.visits, aside);
    }
    std::vector<VisitTally> services(kServices * kChannels);
    std::vector<CitizenTally> citizens(services.size());
    totals.add_to(services, citizens);
    return services;
  };
  const auto forwards = sum(stations);
  std::reverse(stations.begin(), stations.end());
  const auto backwards = sum(stations);
  for (std::size_t cell = 0; cell < forwards.size(); ++cell) expect_equal(forwards[cell], backwards[cell]);
}

}  // namespace
}  // namespace pishkhan::service_totals_test
