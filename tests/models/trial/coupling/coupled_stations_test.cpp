// Coupled stations inside a whole replication: one event loop decides the same as one station after the other
// where nothing is coupled, and with redirects no citizen is lost on the way.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <map>
#include <tuple>

#include "models/province/calendar.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan::coupled_stations_test {
namespace {

namespace fs = std::filesystem;

struct Seen {
  TrialResult result;
  std::vector<VisitRecord> visits;
};

auto key_of(const VisitRecord& v) {
  return std::tuple(v.day, v.origin_day, v.place, v.service, v.index, v.attempt, v.channel, v.station,
                    v.outcome, v.reworked, v.clerk);
}

Seen simulate(const Scenario& scenario, bool coupled) {
  Seen seen;
  TrialOptions options;
  options.always_jointly = coupled;
  options.visits = [&](std::span<const VisitRecord> records) {
    seen.visits.insert(seen.visits.end(), records.begin(), records.end());
  };
  seen.result = run_trial(Plan(scenario), 0, options);
  // Uncoupled stations are simulated station by station, coupled ones day by day.
  std::sort(seen.visits.begin(), seen.visits.end(),
            [](const VisitRecord& a, const VisitRecord& b) { return key_of(a) < key_of(b); });
  return seen;
}

/// Tallies are nothing but numbers of 64 bits, so equal memory is equal to the bit.
template <class Tally>
void expect_equal(const std::vector<Tally>& a, const std::vector<Tally>& b, const std::string& what) {
  static_assert(std::is_trivially_copyable_v<Tally> && sizeof(Tally) % 8 == 0);
  ASSERT_EQ(a.size(), b.size()) << what;
  if (a.empty()) return;
  EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof(Tally)), 0) << what;
}

void expect_equal(const std::vector<StationResult>& a, const std::vector<StationResult>& b,
                  const std::string& what) {
  const auto tallies = [](const std::vector<StationResult>& results) {
    return std::vector<StationTally>(results.begin(), results.end());
  };
  expect_equal(tallies(a), tallies(b), what);
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].waits, b[i].waits) << what;
    EXPECT_TRUE(std::ranges::equal(a[i].levels.seconds(), b[i].levels.seconds())) << what;
  }
}

/// Counts equal; sums of times over the same visits in another order, so good to rounding.
void expect_close(const std::vector<VisitTally>& a, const std::vector<VisitTally>& b,
                  const std::string& what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  const auto counts = [](const VisitTally& t) {
    return std::tuple(t.arrived, t.served, t.abandoned, t.balked, t.sent_away, t.inside, t.failed, t.reworked,
                      t.in_target);
  };
  const auto times = [](const VisitTally& t) {
    return std::array{t.wait_s, t.wait_joined_s, t.sojourn_s, t.handling_s, t.system_s};
  };
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(counts(a[i]), counts(b[i])) << what << ' ' << i;
    for (std::size_t k = 0; k < 5; ++k)
      ASSERT_NEAR(times(a[i])[k], times(b[i])[k], 1e-12 * times(a[i])[k]) << what << ' ' << i;
  }
}

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

void expect_equal(const Seen& a, const Seen& b, const std::string& what) {
  expect_equal(a.result.stations, b.result.stations, what + ": stations");
  expect_equal(a.result.station_hours, b.result.station_hours, what + ": station_hours");
  expect_close(a.result.services, b.result.services, what + ": services");
  expect_equal(a.result.citizens, b.result.citizens, what + ": citizens");
  expect_equal(a.result.days, b.result.days, what + ": days");
  EXPECT_EQ(a.result.visits, b.result.visits) << what;
  EXPECT_EQ(a.result.audit.checks, b.result.audit.checks) << what;
  EXPECT_EQ(a.result.audit.failures, b.result.audit.failures) << what;
  ASSERT_EQ(a.result.ledger.size(), b.result.ledger.size()) << what;
  for (std::size_t i = 0; i < a.result.ledger.size(); ++i)
    EXPECT_EQ(a.result.ledger[i].citizens, b.result.ledger[i].citizens) << what;
  ASSERT_EQ(a.visits.size(), b.visits.size()) << what;
  for (std::size_t i = 0; i < a.visits.size(); ++i) {
    const VisitRecord &x = a.visits[i], &y = b.visits[i];
    ASSERT_TRUE(key_of(x) == key_of(y) && same_bits(x.arrival_s, y.arrival_s) &&
                same_bits(x.start_s, y.start_s) && same_bits(x.end_s, y.end_s))
        << what << ": visit " << i;
  }
}

/// A short run of everything that happens in the scenario.
Scenario shortened(const fs::path& file) {
  Scenario scenario = load_scenario(file);
  Run& run = scenario.run;
  if (run.length_s > 0) {
    const double share = std::min(1.0, 2e5 / run.length_s);
    run.length_s *= share;
    run.warm_up_s *= share;
  } else {
    if (scenario.province && run.days > 60) run.start += 34;  // a year begins with holidays
    run.days = std::min(run.days, scenario.province ? 3 : 20);
    run.warm_up_days = std::min(run.warm_up_days, 1);
  }
  scenario.visits.share = 1;
  return scenario;
}

TEST(CoupledTrial, UncoupledScenariosAreTheSameInOneLoop) {
  std::size_t scenarios = 0, visits = 0;
  for (const auto& entry : fs::recursive_directory_iterator("scenarios")) {
    if (entry.path().extension() != ".yaml" || entry.path().parent_path() == "scenarios/studies") continue;
    Scenario scenario = shortened(entry.path());
    if (scenario.redirect.at_most > 0) continue;
    // What is coupled by its backbone is not without it.
    scenario.backbone.model = BackboneModel::ideal;
    scenario.outages.clear();
    ASSERT_FALSE(is_coupled(scenario));
    const Seen apart = simulate(scenario, false), together = simulate(scenario, true);
    EXPECT_TRUE(apart.result.audit.passed()) << entry.path();
    expect_equal(apart, together, entry.path().string());
    ++scenarios;
    visits += apart.visits.size();
  }
  EXPECT_GE(scenarios, 20u);
  EXPECT_GT(visits, 1'000'000u);
}

TEST(CoupledTrial, IndependentStationsAreTheSameAsInOneLoop) {
  std::uint64_t apart_days = 0, scenarios = 0;
  for (const auto& entry : fs::directory_iterator("scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    const Scenario scenario = shortened(entry.path());
    if (scenario.backbone.model != BackboneModel::shared) continue;
    const Seen apart = simulate(scenario, false), together = simulate(scenario, true);
    EXPECT_TRUE(apart.result.audit.passed()) << entry.path();
    expect_equal(apart, together, entry.path().string());
    apart_days += apart.result.calls.days_apart;
    EXPECT_EQ(together.result.calls.days_apart, 0u);
    EXPECT_EQ(apart.result.calls.retried, together.result.calls.retried);
    EXPECT_EQ(apart.result.calls.backbone.counts, together.result.calls.backbone.counts);
    ++scenarios;
  }
  EXPECT_GE(scenarios, 6u);
  EXPECT_GE(apart_days, 6u);
}

/// With fewer cores some stations meet on both days: these take one event loop, and the others stay apart.
TEST(CoupledTrial, StationsThatMeetAreTheSameAsInOneLoopOfAll) {
  for (const char* cores : {"-20%", "-30%"}) {
    Scenario scenario = load_scenario(
        "scenarios/mazandaran/baseline.yaml",
        {"run.start=1395-07-03", "run.days=2", std::string("systems=[{agency: all, cores: ") + cores + "}]"});
    scenario.visits.share = 1;
    const Seen some = simulate(scenario, false), all = simulate(scenario, true);
    EXPECT_TRUE(some.result.audit.passed());
    EXPECT_GE(some.result.calls.days_together, 1u) << cores;
    expect_equal(some, all, cores);
    EXPECT_EQ(some.result.calls.retried, all.result.calls.retried);
    EXPECT_EQ(some.result.calls.web_failed, all.result.calls.web_failed);
    EXPECT_EQ(some.result.calls.backbone.counts, all.result.calls.backbone.counts);
    for (std::size_t i = 0; i < all.result.calls.backbone.systems.size(); ++i) {
      const SystemTally &x = some.result.calls.backbone.systems[i], &y = all.result.calls.backbone.systems[i];
      EXPECT_EQ(x.concurrency_max, y.concurrency_max) << i;
      EXPECT_EQ(x.core_s, y.core_s) << i;
      EXPECT_NEAR(x.busy_core_s, y.busy_core_s, 1e-9 * y.busy_core_s) << i;
    }
  }
}

TEST(CoupledTrial, TheSmallProvinceIsTheSameInOneLoop) {
  Scenario scenario =
      load_scenario("tests/scenarios/small/small.yaml",
                    {"balking.offices={per: queue, points: [{waiting: 1, probability: 50%}]}"});
  scenario.visits.share = 1;
  expect_equal(simulate(scenario, false), simulate(scenario, true), "small");
}

Scenario redirecting(const std::string& rule) {
  Scenario scenario = load_scenario("tests/scenarios/small/small.yaml",
                                    {"redirect=" + rule,
                                     "balking.offices={per: queue, points: [{waiting: 0, probability: 20%}, "
                                     "{waiting: 4, probability: 80%}]}",
                                     "run.days=40"});
  scenario.visits.share = 1;
  return scenario;
}

/// A citizen's visits, as they follow one another.
std::map<std::tuple<DayNumber, PlaceId, ServiceId, std::uint32_t>, std::vector<VisitRecord>> by_citizen(
    const std::vector<VisitRecord>& visits) {
  std::map<std::tuple<DayNumber, PlaceId, ServiceId, std::uint32_t>, std::vector<VisitRecord>> citizens;
  for (const auto& v : visits) citizens[{v.origin_day, v.place, v.service, v.index}].push_back(v);
  for (auto& [key, list] : citizens)
    std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.attempt < b.attempt; });
  return citizens;
}

TEST(CoupledTrial, BalkingCitizensAreRedirected) {
  const Scenario scenario = redirecting("{travel: 15 min, at_most: 2}");
  const Seen seen = simulate(scenario, false);
  EXPECT_TRUE(seen.result.audit.passed()) << seen.result.audit.failures.front();
  std::size_t redirects = 0, second = 0, served_there = 0, returned = 0;
  for (const auto& [key, visits] : by_citizen(seen.visits)) {
    int today = 0;
    for (std::size_t i = 0; i < visits.size(); ++i) {
      ASSERT_EQ(visits[i].attempt, i);
      const bool same_day =
          i > 0 && visits[i].day == visits[i - 1].day && visits[i - 1].channel != Channel::online;
      if (!same_day) {
        // A return is to the office first chosen.
        if (today > 0 && visits[i - 1].outcome == Outcome::balked) {
          EXPECT_EQ(visits[i].station, visits[i - 1 - static_cast<std::size_t>(today)].station);
          ++returned;
        }
        today = 0;
        continue;
      }
      ++today;
      ++redirects;
      second += today == 2;
      ASSERT_LE(today, 2);
      EXPECT_EQ(visits[i - 1].outcome, Outcome::balked);
      EXPECT_EQ(visits[i].channel, Channel::office);
      EXPECT_NE(visits[i].station, visits[i - 1].station);
      EXPECT_EQ(visits[i].arrival_s, visits[i - 1].end_s + 900);
      served_there += visits[i].outcome == Outcome::served;
    }
  }
  EXPECT_GT(redirects, 100u);
  EXPECT_GT(second, 10u);
  EXPECT_GT(served_there, 50u);
  EXPECT_GT(returned, 10u);
}

TEST(CoupledTrial, RedirectedCitizensAreCountedOnce) {
  const Seen with = simulate(redirecting("{speed: 20 km/h}"), false);
  Scenario without = redirecting("{speed: 20 km/h}");
  without.redirect = {};
  const Seen plain = simulate(without, false);
  EXPECT_TRUE(with.result.audit.passed());
  std::uint64_t created = 0, plain_created = 0, lost = 0, plain_lost = 0;
  for (std::size_t k = 0; k < with.result.citizens.size(); ++k) {
    created += with.result.citizens[k].created;
    plain_created += plain.result.citizens[k].created;
    lost += with.result.citizens[k].lost;
    plain_lost += plain.result.citizens[k].lost;
  }
  EXPECT_EQ(created, plain_created);
  EXPECT_LT(lost, plain_lost);
}

Seen over_shared_backbone(const std::vector<std::string>& overrides) {
  Scenario scenario = load_scenario("tests/scenarios/valid/backbone-shared.yaml", overrides);
  scenario.visits.share = 1;
  return simulate(scenario, false);
}

/// When visits are written, days are simulated one by one; otherwise several at once, optimistically.
TEST(CoupledTrial, OptimisticDaysAreTheSameAsOneByOne) {
  std::uint64_t apart = 0, together = 0;
  for (const char* cores : {"1", "2", "3", "1000"}) {
    for (const char* warm_up : {"0", "5"}) {
      const Scenario scenario = load_scenario("tests/scenarios/valid/backbone-shared.yaml",
                                              {std::string("systems=[{agency: all, cores: ") + cores + "}]",
                                               "run.days=60", std::string("run.warm_up_days=") + warm_up});
      const TrialResult by_day = simulate(scenario, false).result, at_once = run_trial(Plan(scenario), 0);
      EXPECT_TRUE(at_once.audit.passed());
      expect_equal(Seen{at_once, {}}, Seen{by_day, {}}, std::string(cores) + " cores");
      expect_equal(at_once.services, by_day.services, std::string(cores) + " cores: services");
      EXPECT_EQ(at_once.calls.backbone.counts, by_day.calls.backbone.counts);
      EXPECT_EQ(at_once.calls.days_apart, by_day.calls.days_apart);
      EXPECT_EQ(at_once.calls.days_together, by_day.calls.days_together);
      for (std::size_t i = 0; i < by_day.calls.backbone.systems.size(); ++i) {
        const SystemTally &x = at_once.calls.backbone.systems[i], &y = by_day.calls.backbone.systems[i];
        EXPECT_EQ(x.core_s, y.core_s);
        EXPECT_EQ(x.concurrency_max, y.concurrency_max);
        EXPECT_NEAR(x.busy_core_s, y.busy_core_s, 1e-9 * y.busy_core_s);
      }
      apart += at_once.calls.days_apart;
      together += at_once.calls.days_together;
    }
  }
  EXPECT_GT(apart, 50u);
  EXPECT_GT(together, 50u);
}

/// Systems and lines go on while all is closed: by Little's law their averages over time rest on all counted
/// days, holidays and Fridays too.
TEST(CoupledTrial, BackboneIsWatchedOnDaysOnWhichAllIsClosed) {
  const Scenario scenario = load_scenario("tests/scenarios/valid/backbone-shared.yaml",
                                          {"run.start=1395-01-25", "run.days=30", "run.warm_up_days=2"});
  const DayNumber holiday = *from_solar_hijri({1395, 2, 2});
  ASSERT_TRUE(std::binary_search(scenario.demand.holidays.begin(), scenario.demand.holidays.end(), holiday));
  for (const bool by_day : {false, true}) {
    const TrialResult result = by_day ? simulate(scenario, false).result : run_trial(Plan(scenario), 0);
    for (const LinkTally& kind : result.calls.backbone.link_kinds) {
      const double whole_days_s = 28 * 86400 * static_cast<double>(kind.links);
      EXPECT_GE(kind.watched_s, whole_days_s);
      EXPECT_LE(kind.watched_s, 1.01 * whole_days_s) << "past midnight little";
    }
    for (const SystemTally& system : result.calls.backbone.systems)
      EXPECT_NEAR(system.concurrency_area_s, system.response.sum_s, 1e-6 * system.response.sum_s);
  }
}

/// A citizen who finds the station closed on a warm-up day, and comes on a counted day, is not counted as
/// created.
TEST(Trial, CitizensOfWarmUpDaysAreNotCountedLater) {
  const Scenario scenario =
      load_scenario("tests/scenarios/small/small.yaml", {"run.warm_up_days=3", "demand.weekday.friday=1"});
  for (const bool coupled : {false, true}) {
    TrialOptions options;
    options.always_jointly = coupled;
    const TrialResult result = run_trial(Plan(scenario), 0, options);
    EXPECT_TRUE(result.audit.passed()) << result.audit.failures.front();
    for (const CitizenTally& tally : result.citizens)
      EXPECT_EQ(tally.created, tally.completed + tally.lost + tally.pending);
  }
}

/// Seconds a transaction took on average, and those of its work.
struct Calls {
  double mean_s = 0, least_s = 0, wait_s = 0;
};
Calls calls_of(const Seen& seen) {
  const Province province = *load_scenario("tests/scenarios/small/small.yaml").province;
  Calls calls;
  double count = 0;
  for (std::size_t k = 0; k < seen.result.services.size(); ++k) {
    const VisitTally& tally = seen.result.services[k];
    const Service& service = province.services[k / kChannels];
    calls.wait_s += tally.wait_s;
    if (!service.calls_system || k % kChannels == static_cast<std::size_t>(Channel::online)) continue;
    const auto served = static_cast<double>(tally.served);
    count += served;
    calls.mean_s += tally.system_s;
    calls.least_s += served * service.work_s;
  }
  calls.mean_s /= count;
  calls.least_s /= count;
  return calls;
}

TEST(CoupledTrial, WithCoresForAllACallTakesItsWorkAndItsWay) {
  const Seen seen = over_shared_backbone({"systems=[{agency: all, cores: 1000}]"});
  EXPECT_TRUE(seen.result.audit.passed()) << seen.result.audit.failures.front();
  const Calls calls = calls_of(seen);
  // There and back 20 to 650 ms, 220 kB at 20 Mbit/s to 256 kbit/s; two clerks of an office seldom call at
  // once.
  EXPECT_GT(calls.mean_s, calls.least_s + 0.1);
  EXPECT_LT(calls.mean_s, calls.least_s + 7.6);
  expect_equal(seen, over_shared_backbone({"systems=[{agency: all, cores: 1000}]"}), "again");
}

TEST(CoupledTrial, FewCoresMakeEverybodyWait) {
  const Seen many = over_shared_backbone({"systems=[{agency: all, cores: 1000}]"});
  const Seen few = over_shared_backbone({"systems=[{agency: all, cores: 1}]"});
  EXPECT_TRUE(few.result.audit.passed()) << few.result.audit.failures.front();
  EXPECT_GT(calls_of(few).mean_s, 1.2 * calls_of(many).mean_s);
  EXPECT_GT(calls_of(few).wait_s, calls_of(many).wait_s);
}

TEST(CoupledTrial, RedirectsAndTransactionsGoTogether) {
  const Seen seen = over_shared_backbone({"redirect={travel: 15 min}", "run.days=40",
                                          "balking.offices={per: queue, points: [{waiting: 0, probability: "
                                          "20%}, {waiting: 4, probability: 80%}]}"});
  EXPECT_TRUE(seen.result.audit.passed()) << seen.result.audit.failures.front();
  EXPECT_GT(calls_of(seen).mean_s, calls_of(seen).least_s);
}

/// Where no links are described a call takes its work; where they are, its way too, whoever else calls.
TEST(CoupledTrial, TheIdealBackboneTakesEachStationsUnloadedTime) {
  Scenario plain = load_scenario("tests/scenarios/small/small.yaml");
  plain.visits.share = 1;
  const Calls without = calls_of(simulate(plain, false));
  EXPECT_NEAR(without.mean_s, without.least_s, 1e-8);
  const Seen with = over_shared_backbone({"backbone.model=ideal"});
  EXPECT_GT(calls_of(with).mean_s, calls_of(with).least_s + 0.1);
  EXPECT_LT(calls_of(with).mean_s, calls_of(with).least_s + 7.6);
  expect_equal(with, over_shared_backbone({"backbone.model=ideal", "systems=[{agency: all, cores: 1}]"}),
               "cores");
}

/// The same citizens come, and a share of those at counters does without the system.
TEST(CoupledTrial, SomeVisitsToCountersDoNotCall) {
  const auto seen = [](const std::string& share) {
    Scenario scenario =
        load_scenario("tests/scenarios/small/small.yaml", {"backbone.counter_calls=" + share});
    scenario.visits.share = 1;
    return simulate(scenario, false);
  };
  const Seen all = seen("100%"), some = seen("40%"), none = seen("0%");
  const auto traditional = static_cast<std::size_t>(Channel::traditional);
  for (const std::size_t service : {std::size_t{0}, std::size_t{1}}) {
    const VisitTally& with = all.result.services[service * kChannels + traditional];
    const VisitTally& partly = some.result.services[service * kChannels + traditional];
    const std::size_t cell = service * kChannels + traditional;
    EXPECT_EQ(all.result.citizens[cell].created, some.result.citizens[cell].created);
    const double each_s = with.system_s / static_cast<double>(with.served);
    EXPECT_NEAR(partly.system_s / static_cast<double>(partly.served), 0.4 * each_s, 0.05 * each_s);
    EXPECT_EQ(none.result.services[service * kChannels + traditional].system_s, 0);
    const std::size_t office = service * kChannels + static_cast<std::size_t>(Channel::office);
    EXPECT_GT(none.result.services[office].system_s, 0);
    EXPECT_EQ(none.result.services[office].system_s, all.result.services[office].system_s);
  }
}

}  // namespace
}  // namespace pishkhan::coupled_stations_test
