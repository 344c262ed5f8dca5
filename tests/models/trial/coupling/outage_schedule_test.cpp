// When something fails, and what that does to a replication: no citizen is lost, whatever fails and whatever
// clerks do.
#include "models/trial/coupling/outage_schedule.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "models/province/calendar.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/backbone/shared.hpp"

namespace pishkhan::outage_schedule_test {
namespace {

constexpr double kDay_s = 86400, kHour_s = 3600;

Scenario small(const std::vector<std::string>& overrides = {}) {
  std::vector<std::string> all{"backbone.model=shared"};
  all.insert(all.end(), overrides.begin(), overrides.end());
  return load_scenario("tests/scenarios/valid/backbone-shared.yaml", all);
}

struct Case {
  explicit Case(Scenario given) : scenario(std::move(given)), plan(scenario) {}
  [[nodiscard]] OutageSchedule schedule(std::uint32_t replication = 0) const {
    return {scenario, plan.data(), draw_key(scenario.run.seed, replication)};
  }
  Scenario scenario;
  Plan plan;
};

Outage scheduled(OutageOf of, std::uint32_t which, double from_s, double for_s, double cores_share = 0) {
  Outage outage;
  outage.of = of;
  outage.which = {which};
  outage.from_s = from_s;
  outage.for_s = for_s;
  outage.cores_share = cores_share;
  return outage;
}

TEST(OutageSchedule, AnOutageOverMidnightGoesOnInTheMorning) {
  Scenario scenario = small();
  scenario.outages = {scheduled(OutageOf::system, 1, kDay_s + 20 * kHour_s, 14 * kHour_s)};
  const Case c(scenario);
  EXPECT_TRUE(c.schedule().of_day(3).empty());
  const auto first = c.schedule().of_day(1), second = c.schedule().of_day(2);
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[0].time_s, 20 * kHour_s);
  EXPECT_EQ(first[1].time_s, 34 * kHour_s);
  ASSERT_EQ(second.size(), 2u);
  EXPECT_EQ(second[0].time_s, 0);
  EXPECT_FALSE(second[0].up);
  EXPECT_EQ(second[1].time_s, 10 * kHour_s);
  BackboneTallies tallies = SharedBackbone(c.plan.data().platform).observe(0);
  c.schedule().tally(1, kDay_s, tallies);
  EXPECT_EQ(tallies.systems[1].down_s, 4 * kHour_s);
  EXPECT_EQ(tallies.systems[0].down_s, 0);
  EXPECT_EQ(tallies.systems[1].core_s, 20 * kHour_s * c.plan.data().platform.systems[1].cores);
}

TEST(OutageSchedule, OverlappingOutagesAreOne) {
  Scenario scenario = small();
  scenario.outages = {scheduled(OutageOf::system, 0, 100, 50), scheduled(OutageOf::system, 0, 120, 100),
                      scheduled(OutageOf::system, 0, 220, 10)};
  const auto switches = Case(scenario).schedule().of_day(0);
  ASSERT_EQ(switches.size(), 2u);
  EXPECT_EQ(switches[0].time_s, 100);
  EXPECT_EQ(switches[1].time_s, 230);
}

TEST(OutageSchedule, OfSlowDownsTheFewerCoresCount) {
  Scenario scenario = small();
  const Case plain(scenario);
  const std::uint32_t cores = plain.plan.data().platform.systems[0].cores;
  ASSERT_GE(cores, 4u);
  scenario.outages = {scheduled(OutageOf::system, 0, 100, 100, 0.5),
                      scheduled(OutageOf::system, 0, 150, 100, 0.01)};
  const Case c(scenario);
  const auto switches = c.schedule().of_day(0);
  ASSERT_EQ(switches.size(), 3u);
  EXPECT_EQ(switches[0].cores, cores / 2);
  EXPECT_EQ(switches[1].cores, 1u);
  EXPECT_EQ(switches[2].time_s, 250);
  EXPECT_EQ(switches[2].cores, cores);
  BackboneTallies tallies = SharedBackbone(c.plan.data().platform).observe(0);
  c.schedule().tally(0, kDay_s, tallies);
  EXPECT_EQ(tallies.systems[0].core_s, (kDay_s - 150) * cores + 50 * (cores / 2) + 100);
}

TEST(OutageSchedule, CoresPastMidnightCountUntilTheWorkIsOver) {
  Scenario scenario = small();
  scenario.outages = {scheduled(OutageOf::system, 0, kDay_s - 100, 300),
                      scheduled(OutageOf::system, 0, kDay_s + 500, 1000, 0.5)};
  const Case c(scenario);
  const std::uint32_t cores = c.plan.data().platform.systems[0].cores;
  BackboneTallies tallies = SharedBackbone(c.plan.data().platform).observe(0);
  c.schedule().tally(0, kDay_s + 600, tallies);
  EXPECT_EQ(tallies.systems[0].down_s, 100) << "from midnight to midnight";
  EXPECT_EQ(tallies.systems[0].core_s, (kDay_s - 100 + 300) * cores + 100 * (cores / 2));
  // What fails on the third day changes nothing any more.
  scenario.outages = {scheduled(OutageOf::system, 0, 2 * kDay_s + 10, 300)};
  const Case later(scenario);
  later.schedule().tally(0, 3 * kDay_s, tallies);
  EXPECT_EQ(tallies.systems[0].core_s, 3 * kDay_s * cores);
}

TEST(OutageTrial, NoSystemOrLinkIsBusyForMoreThanItsTime) {
  // One core each, calls of hours over slow lines, doors open until midnight: the work goes on for days.
  for (const bool jointly : {false, true}) {
    Scenario scenario = small({"run.days=3", "systems=[{agency: all, cores: 1}]",
                               "staffing=[{at: all, clerks: 40}]", "hours=[{at: all, hours: 00:00-24:00}]"});
    for (Service& service : scenario.province->services) service.work_s *= 100;
    for (LinkKind& kind : scenario.backbone.link_kinds) kind.link.up_bytes_s = kind.link.down_bytes_s = 100;
    TrialOptions options;
    options.always_jointly = jointly;
    const TrialResult result = run_trial(Plan(scenario), 0, options);
    EXPECT_TRUE(result.audit.passed()) << result.audit.failures.front();
    double busiest = 0;
    for (const SystemTally& system : result.calls.backbone.systems) {
      EXPECT_LE(system.busy_core_s, system.core_s * (1 + 1e-9));
      EXPECT_GE(system.core_s, 3 * kDay_s);
      busiest = std::max(busiest, system.busy_core_s);
    }
    EXPECT_GT(busiest, 3 * kDay_s) << "the test is about work past midnight";
    for (std::size_t i = 0; i + 1 < result.calls.backbone.link_kinds.size(); ++i) {
      const LinkTally& kind = result.calls.backbone.link_kinds[i];
      EXPECT_LE(kind.busy_s, 2 * kind.watched_s * (1 + 1e-9));
    }
  }
}

TEST(OutageSchedule, ACountysLinkCutsAllItsLinesOnce) {
  Scenario scenario = small();
  const auto& offices = scenario.province->offices;
  scenario.outages = {scheduled(OutageOf::county_link, offices[0].county.value, 0, 100),
                      scheduled(OutageOf::link, 0, 50, 100)};
  const Case c(scenario);
  const Platform& platform = c.plan.data().platform;
  double expected_s = 50, found_s = 0;
  for (std::size_t i = 0; i + 1 < platform.access_links.size(); ++i)
    expected_s += platform.access_links[i].county == platform.access_links[0].county ? 100 : 0;
  BackboneTallies tallies = SharedBackbone(platform).observe(0);
  c.schedule().tally(0, kDay_s, tallies);
  for (const LinkTally& kind : tallies.link_kinds) found_s += kind.down_s;
  EXPECT_EQ(found_s, expected_s);
  EXPECT_EQ(tallies.link_kinds.back().down_s, 0);  // the web
}

Outage at_random(std::vector<std::uint32_t> which, double between_s, double repair_s) {
  Outage outage;
  outage.of = OutageOf::link;
  outage.which = std::move(which);
  outage.between_s = between_s;
  outage.repair = Exponential{repair_s};
  return outage;
}

TEST(OutageSchedule, RandomOutagesHaveTheMeansAsked) {
  Scenario scenario = small();
  scenario.run.days = 3000;
  scenario.outages = {at_random({0, 1, 2}, 5 * kDay_s, 6 * kHour_s)};
  scenario.demand.holidays.clear();
  const Scenario short_one = small();
  const Plan plan(short_one);
  std::uint64_t failures = 0;
  double down_s = 0;
  const OutageSchedule schedule(scenario, plan.data(), draw_key(1, 0));
  BackboneTallies tallies = SharedBackbone(plan.data().platform).observe(0);
  for (int day = 0; day < 3000; ++day) {
    for (const Switch& what : schedule.of_day(day))
      failures += !what.up && what.time_s > 0 && what.time_s < kDay_s;
    schedule.tally(day, kDay_s, tallies);
    for (const LinkTally& kind : tallies.link_kinds) down_s += kind.down_s;
  }
  // Cycles of 5.25 days on three links over 3000 days: about 1714 failures, down a 21st of the time.
  const double cycles = 3 * 3000 / 5.25;
  EXPECT_NEAR(static_cast<double>(failures), cycles, 3 * std::sqrt(cycles));
  const double share = down_s / (3 * 3000 * kDay_s);
  // Of a ratio of exponential sums: about 1/21 * (20/21) * sqrt(2 / cycles).
  EXPECT_NEAR(share, 1.0 / 21, 3 * (1.0 / 21) * (20.0 / 21) * std::sqrt(2 / cycles));
}

/// In other months nothing begins, and what begins is what would begin without months.
TEST(OutageSchedule, BeginInTheirMonths) {
  Scenario scenario = small();
  scenario.run.start = *from_solar_hijri({1395, 1, 1});
  scenario.run.days = 366;
  scenario.outages = {at_random({0, 1, 2}, 5 * kDay_s, 6 * kHour_s)};
  const Case always(scenario);
  constexpr std::uint16_t kTir = 1u << 3;
  scenario.outages.front().months = kTir;
  const Case in_tir(scenario);
  const OutageSchedule all = always.schedule(), some = in_tir.schedule();
  std::size_t begun = 0;
  const auto failures = [](const OutageSchedule& schedule, int day) {
    std::vector<double> times;
    for (const Switch& what : schedule.of_day(day))
      if (!what.up && what.time_s > 0 && what.time_s < kDay_s) times.push_back(what.time_s);
    return times;
  };
  for (int day = 0; day < 366; ++day) {
    const bool tir = to_solar_hijri(scenario.run.start + day).month == 4;
    const std::vector<double> found = failures(some, day);
    EXPECT_EQ(found, tir ? failures(all, day) : std::vector<double>()) << day;
    begun += found.size();
  }
  EXPECT_GT(begun, 5u);
}

TEST(OutageSchedule, AreDrawnForEachThingByItself) {
  Scenario scenario = small();
  scenario.run.days = 200;
  scenario.outages = {at_random({2}, 3 * kDay_s, kHour_s)};
  const Case alone(scenario);
  scenario.outages = {at_random({0, 1, 2, 3}, 3 * kDay_s, kHour_s), scheduled(OutageOf::system, 0, 5, 5)};
  const Case among(scenario);
  std::size_t seen = 0;
  const OutageSchedule one = alone.schedule(), other = among.schedule(), third = alone.schedule(1);
  bool differs = false;
  for (int day = 0; day < 200; ++day) {
    std::vector<double> first, second, another;
    for (const Switch& what : one.of_day(day)) first.push_back(what.time_s);
    for (const Switch& what : other.of_day(day))
      if (what.cause == Cause::link && what.index == 2) second.push_back(what.time_s);
    for (const Switch& what : third.of_day(day)) another.push_back(what.time_s);
    EXPECT_EQ(first, second);
    differs |= first != another;
    seen += first.size();
  }
  EXPECT_GT(seen, 50u);
  EXPECT_TRUE(differs);
}

struct Seen {
  TrialResult result;
  std::vector<VisitRecord> visits;
};
Seen simulate(const Scenario& scenario, bool coupled = false) {
  Seen seen;
  TrialOptions options;
  options.always_jointly = coupled;
  options.visits = [&](std::span<const VisitRecord> records) {
    seen.visits.insert(seen.visits.end(), records.begin(), records.end());
  };
  seen.result = run_trial(Plan(scenario), 0, options);
  return seen;
}

/// Everything that can fail, often.
Scenario with_outages(const std::string& then) {
  Scenario scenario =
      small({"backbone.policy={limit: 3 min, retries: 1, pause: 20 s, then: " + then + "}", "run.days=30",
             "outages=[{agency: all, mean_time_between_failures: 1 d, repair: {exponential: {mean: 2 h}}},"
             " {link_of: all, mean_time_between_failures: 1 d, repair: {lognormal: {mean: 1 h, cv: 1}}},"
             " {power_of: all, mean_time_between_failures: 2 d, repair: {constant: 2 h}},"
             " {county_link: all, mean_time_between_failures: 3 d, repair: {exponential: {mean: 30 min}}}]",
             "slow_downs=[{agency: all, mean_time_between_failures: 1 d, repair: {exponential: {mean: 3 h}}, "
             "cores: 10%}]"});
  scenario.visits.share = 1;
  return scenario;
}

TEST(TrialWithOutages, LosesNoCitizenUnderAnyPolicy) {
  for (const std::string then : {"wait", "park", "send_home"}) {
    const Scenario scenario = with_outages(then);
    const Seen seen = simulate(scenario), again = simulate(scenario, true);
    ASSERT_TRUE(seen.result.audit.passed()) << then << ": " << seen.result.audit.failures.front();
    ASSERT_TRUE(again.result.audit.passed()) << then;
    std::uint64_t failed = 0, online_failed = 0;
    for (const auto& visit : seen.visits) {
      failed += visit.outcome == Outcome::failed && visit.channel != Channel::online;
      online_failed += visit.outcome == Outcome::failed && visit.channel == Channel::online;
    }
    EXPECT_GT(failed, 20u) << then;
    EXPECT_GT(online_failed, 0u) << then;
    EXPECT_GT(seen.result.calls.retried, 20u);
    EXPECT_EQ(seen.result.calls.parked > 0, then == "park");
    EXPECT_GT(seen.result.calls.web_failed, 0u);
    ASSERT_EQ(seen.visits.size(), again.visits.size());
    EXPECT_EQ(seen.result.calls.lost_clerk_s.size(), scenario.province->agencies.size());
    double lost_s = 0;
    for (const auto& agency : seen.result.calls.lost_clerk_s) {
      for (const LostClerkTime& lost : agency) {
        EXPECT_GE(lost.waiting_s, 0);
        EXPECT_GE(lost.in_vain_s, 0);
        lost_s += lost.total_s();
      }
    }
    EXPECT_GT(lost_s, kHour_s);
  }
}

TEST(TrialWithOutages, CallsParkedAtOnceAreCounted) {
  Scenario scenario = with_outages("park");
  scenario.backbone.policy.retries = 0;
  const Seen seen = simulate(scenario);
  EXPECT_TRUE(seen.result.audit.passed()) << seen.result.audit.failures.front();
  EXPECT_GT(seen.result.calls.parked, 20u);
}

TEST(TrialWithOutages, ParkingAndRedirectsGoTogether) {
  const Scenario plain = with_outages("park");
  Scenario scenario = plain;
  scenario.redirect = {2, 0, 600};
  for (auto& office : scenario.province->offices) office.rules.balking.points = {{0, 0.1}, {3, 0.9}};
  const Seen seen = simulate(scenario);
  ASSERT_TRUE(seen.result.audit.passed()) << seen.result.audit.failures.front();
  EXPECT_GT(seen.result.calls.parked, 20u);
  std::uint64_t went_on = 0;
  for (std::size_t i = 0; i < seen.visits.size(); ++i) went_on += seen.visits[i].outcome == Outcome::balked;
  EXPECT_GT(went_on, 20u);
}

/// A citizen who is sent home comes back on the next working day, to the same office.
TEST(TrialWithOutages, FailedCitizensComeBack) {
  const Seen seen = simulate(with_outages("send_home"));
  std::map<std::tuple<DayNumber, PlaceId, ServiceId, std::uint32_t>, std::vector<VisitRecord>> citizens;
  for (const auto& v : seen.visits) citizens[{v.origin_day, v.place, v.service, v.index}].push_back(v);
  std::size_t returned = 0;
  for (auto& [key, visits] : citizens) {
    std::sort(visits.begin(), visits.end(),
              [](const auto& a, const auto& b) { return a.attempt < b.attempt; });
    for (std::size_t i = 0; i + 1 < visits.size(); ++i) {
      if (visits[i].outcome != Outcome::failed || visits[i].channel == Channel::online) continue;
      EXPECT_GT(visits[i + 1].day, visits[i].day);
      EXPECT_EQ(visits[i + 1].station, visits[i].station);
      ++returned;
    }
  }
  EXPECT_GT(returned, 20u);
}

TEST(TrialWithOutages, OutagesAreFeltOnTheIdealBackboneToo) {
  Scenario scenario = with_outages("send_home");
  scenario.backbone.model = BackboneModel::ideal;
  const Seen seen = simulate(scenario);
  EXPECT_TRUE(seen.result.audit.passed());
  EXPECT_GT(seen.result.calls.backbone.counts.refused, 20u);
}

TEST(TrialWithOutages, AReplicationWithoutFailuresCountsTheSameAsTheOthers) {
  const Scenario with = small({"backbone.model=ideal", "run.days=5",
                               "outages=[{agency: civil-registration, mean_time_between_failures: 20 d, "
                               "repair: {constant: 3 h}}]"}),
                 without = small({"backbone.model=ideal", "run.days=5"});
  const Plan plan(with), other(without);
  int failed = 0;
  for (std::uint32_t replication = 0; replication < 12; ++replication) {
    const TrialResult result = run_trial(plan, replication, {});
    ASSERT_EQ(result.calls.backbone.systems.size(), with.province->agencies.size());
    EXPECT_TRUE(result.audit.passed());
    EXPECT_GT(result.calls.backbone.counts.started, 0u);
    const bool down = std::ranges::any_of(result.calls.backbone.systems,
                                          [](const SystemTally& system) { return system.down_s > 0; });
    failed += down;
    if (!down) EXPECT_EQ(result.visits, run_trial(other, replication, {}).visits);
  }
  EXPECT_GT(failed, 0);
  EXPECT_LT(failed, 12);
}

}  // namespace
}  // namespace pishkhan::outage_schedule_test
