#include "models/trial/reuse/reuse.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "models/scenario/verbs/verbs.hpp"
#include "models/trial/result_bytes.hpp"

namespace pishkhan::reuse_test {
namespace {

/// A change by each verb, and more by those of which few stations notice.
const std::vector<std::pair<std::string, std::string>> kChanges{
    {"staffing", "[{at: {office: sari-u-002}, clerks: +1}]"},
    {"staffing", "[{at: {office: babol-u-001}, clerks: -1, starts: 1395-02-06}]"},
    {"staffing", "[{at: {agency: post}, clerks: 1}]"},
    {"staffing", "[{at: {kind: rural}, clerks: +1}]"},
    {"hours", "[{at: {office: sari-r-001}, hours: {saturday-wednesday: '07:00-12:00'}}]"},
    {"hours", "[{at: {county: babol}, hours: {saturday-wednesday: '09:00-20:00', thursday: '08:00-10:00'}}]"},
    {"absence", "[{at: {county: sari}, probability: 25%}]"},
    {"breaks", "[{at: {office: sari-u-001}, after: 2 h, length: 30 min, turns: 2}]"},
    {"breaks", "[{at: counters, after: 3 h, length: 20 min, starts: 1395-02-05}]"},
    {"absence", "[{at: {office: babol-r-001}, probability: 25%}]"},
    {"links", "[{at: {office: sari-u-001}, link: vsat}]"},
    {"systems", "[{agency: civil-registration, cores: +2}]"},
    {"systems", "[{agency: civil-registration, cores: -1}]"},
    {"open_offices", "[{id: new-1, place: sari, clerks: 2, link: fibre}]"},
    {"close_offices", "[{at: {office: sari-u-002}, starts: 1395-02-05}]"},
    {"handling", "[{services: [parcel], channel: office, factor: 0.8}]"},
    {"add_agencies", "[{id: zoning, cores: 4}]"},
    {"add_services", "[{id: permit, like: address-change}]"},
    {"add_counters", "[{agency: post, county: babol, clerks: 2}]"},
    {"digital_access", "[{share: 5%, kind: urban, county: sari}]"},
    {"appointments",
     "[{services: [parcel], at: offices, share: 50%, slots: [{hours: '08:00-12:00', number: 20}]}]"},
    {"authorise", "[{services: [parcel], lowest_rank: 1}]"},
    {"demand_growth", "[{county: [babol], growth: 20%}]"},
    {"migrations", "[{services: all, from: traditional, to: office, share: 20%}]"},
    {"migrations",
     "[{services: all, from: traditional, to: office, share: 60%, starts: 1395-02-05, transfer: 50%}]"},
    {"outages", "[{agency: civil-registration, from: '1395-02-04 10:00', for: 1 h}]"},
    {"slow_downs", "[{agency: civil-registration, cores: 50%, from: '1395-02-04 10:00', for: 1 h}]"},
    {"online_failures", "[{services: all, probability: 40%, county: sari, starts: 1395-02-04}]"},
    {"unserved",
     "[{after: [abandoned, sent_away], goes: {same_later: 80%, lost: 20%}, at_most: 3}, "
     "{after: online, goes: {office: 40%, counter: 40%, lost: 20%}}]"},
    {"unserved", "[{after: abandoned, goes: {same_today: 40%, other_later: 40%, lost: 20%}, at_most: 3}]"},
    {"hours", "[{at: offices, hours: {sunday: '09:00-12:00'}, starts: 1395-02-04, ends: 1395-02-07}]"},
    {"absence", "[{at: offices, probability: 25%, starts: 1395-02-04, ends: 1395-02-07}]"},
    {"handling", "[{services: [parcel], at: {county: sari}, factor: 0.8, starts: 1395-02-04}]"},
    {"authorise", "[{services: [parcel], lowest_rank: 1, starts: 1395-02-04}]"},
    {"demand_growth", "[{place: babol, growth: 20%, starts: 1395-02-04, ends: 1395-02-07}]"},
    {"migrations",
     "[{services: all, from: traditional, to: office, share: 20%, county: sari, ends: 1395-02-05}]"},
};
const std::vector<std::string> kLocalVerbs{"staffing", "hours", "absence", "breaks", "links", "systems"};

std::string backbone(const std::string& model, int cores) {
  return "backbone={model: " + model +
         ", access: {fibre: {bandwidth: 20 Mbit/s, latency: 5 ms}, adsl: {bandwidth: 2 Mbit/s, latency: 30 "
         "ms}, "
         "vsat: {bandwidth: 256 kbit/s, latency: 320 ms}}, county: {bandwidth: 4 Gbit/s, latency: 4 ms}, "
         "province: {bandwidth: 20 Gbit/s, latency: 4 ms}, data_centre: {bandwidth: 20 Gbit/s, latency: 1 "
         "ms}, "
         "web: {bandwidth: 4 Mbit/s, latency: 30 ms}, share_before: 50%, counter_calls: 40%}; cores " +
         std::to_string(cores);
}

/// Systems, lines, a county's link and the power fail.
const std::string kOutages =
    "outages=[{agency: civil-registration, mean_time_between_failures: 40 h, repair: {exponential: {mean: 80 "
    "min}}}, {agency: civil-registration, from: '1395-02-05 10:00', for: 30 min}, {link_of: all, "
    "mean_time_between_failures: 60 h, repair: {constant: 40 min}}, {county_link: sari, "
    "mean_time_between_failures: 90 h, repair: {constant: 2 h}}, {power_of: {kind: rural}, "
    "mean_time_between_failures: 70 h, repair: {constant: 3 h}}]";

/// The small province with an item of a verb. Calls never meet at a system with 40 cores, and on some days at
/// one with few.
Scenario small(const std::string& model, int cores, std::pair<std::string, std::string> change,
               const std::vector<std::string>& more = {}) {
  std::string links = backbone(model, cores);
  links.resize(links.find("; cores"));
  std::vector<std::string> sets{
      "run.days=9", "run.warm_up_days=2", "demand.online_on_closed_days=0.7", links,
      "targets=[{id: quick, share: 80%, within: 10 min, in: hour}, {id: mean, wait: 5 min, "
      "in: day}, {id: busy, utilization: 80%}, {id: late, overtime: 5 min, in: day}]"};
  const std::string of_systems = "{agency: all, cores: " + std::to_string(cores) + "}";
  if (change.first == "systems")
    change.second = "[" + of_systems + ", " + change.second.substr(1);
  else
    sets.push_back("systems=[" + of_systems + "]");
  if (!change.first.empty()) sets.push_back(change.first + "=" + change.second);
  sets.insert(sets.end(), more.begin(), more.end());
  return load_scenario("tests/scenarios/small/small.yaml", sets);
}

struct Tried {
  bool in_part = false;
  SimulatedPart part;
};

/// Expects that a variant of a kept base has the bytes of its whole run.
Tried expect_bytes(const Scenario& base_scenario, const Scenario& variant_scenario, std::uint32_t number) {
  const Plan base(base_scenario), variant(variant_scenario);
  Tried tried;
  if (!Reuse::may_help(base_scenario)) return tried;
  const Reuse reuse(base);
  const KeptReplication kept = reuse.run_and_keep(number);
  EXPECT_TRUE(to_bytes(kept.result()) == to_bytes(run_trial(base, number)));
  const auto stations = reuse.stations_to_simulate(variant);
  if (!stations) return tried;
  const TrialResult again = reuse.run_variant(variant, *stations, kept, number, {}, &tried.part);
  EXPECT_TRUE(again.audit.passed());
  EXPECT_TRUE(to_bytes(again) == to_bytes(run_trial(variant, number)));
  tried.in_part = !tried.part.whole;
  return tried;
}

TEST(Reuse, GivesTheBytesOfAWholeRunForEveryVerb) {
  for (const Verb& verb : verbs()) {
    const auto of_verb = [&](const auto& change) { return change.first == verb.key; };
    EXPECT_TRUE(std::any_of(kChanges.begin(), kChanges.end(), of_verb)) << verb.key << " is not tried";
  }
  std::map<std::string, int> in_part;
  std::uint32_t number = 0;
  for (const auto& change : kChanges) {
    for (const char* model : {"ideal", "shared"}) {
      if (change.first == "outages" && std::string(model) == "ideal") continue;
      SCOPED_TRACE(change.first + " " + change.second + " " + model);
      in_part[change.first] +=
          expect_bytes(small(model, 40, {}), small(model, 40, change), number++ % 3).in_part;
    }
  }
  for (const std::string& verb : kLocalVerbs)
    EXPECT_GT(in_part[verb], 0) << verb << " was simulated as a whole";
}

TEST(Reuse, GivesTheBytesOfAWholeRunForRandomPairs) {
  std::mt19937 random(22);
  int in_part = 0, whole = 0;
  for (int pair = 0; pair < 24; ++pair) {
    const auto &a = kChanges[random() % 12], &b = kChanges[random() % 12];
    const int cores = pair % 2 == 0 ? 40 : 3 + static_cast<int>(random() % 3);
    SCOPED_TRACE(a.first + a.second + " " + b.first + b.second + ", cores: " + std::to_string(cores));
    const Tried tried =
        expect_bytes(small("shared", cores, a), small("shared", cores, b), static_cast<std::uint32_t>(pair));
    in_part += tried.in_part;
    whole += tried.part.whole;
  }
  EXPECT_GT(in_part, 4);
  EXPECT_GT(whole, 0) << "no calls met";
}

TEST(Reuse, GivesTheBytesOfAWholeRunWhereThingsFail) {
  std::map<std::string, int> in_part;
  std::size_t joint_days = 0, web_failed = 0;
  std::uint32_t number = 0;
  for (const auto& change : kChanges) {
    if (change.first == "outages" || change.first == "slow_downs") continue;
    for (const std::string policy :
         {"{then: wait}", "{limit: 5 min, retries: 2, pause: 1 min, then: send_home}"}) {
      const int cores = number % 3 == 2 ? 5 : 60;
      const std::vector<std::string> more{kOutages, "backbone.policy=" + policy};
      SCOPED_TRACE(change.first + " " + change.second + " " + policy + ", cores: " + std::to_string(cores));
      const Scenario base = small("shared", cores, {}, more);
      const Tried tried = expect_bytes(base, small("shared", cores, change, more), number++ % 4);
      in_part[change.first] += tried.in_part;
      joint_days += tried.in_part ? tried.part.meetings : 0;
      web_failed += run_trial(Plan(base), number % 4).calls.web_failed;
    }
  }
  for (const std::string& verb : kLocalVerbs)
    EXPECT_GT(in_part[verb], 0) << verb << " was simulated as a whole";
  EXPECT_GT(joint_days, 0U);
  EXPECT_GT(web_failed, 0U);
}

/// What fails is not what failed before, where a change is about that too.
TEST(Reuse, IsNotOfScenariosInWhichOtherThingsFail) {
  const Scenario base = small("shared", 60, {}, {kOutages});
  for (const std::string other :
       {"outages=[{agency: civil-registration, mean_time_between_failures: 40 h, repair: {constant: 1 h}}]",
        "outages=[]"}) {
    const Scenario variant = small("shared", 60, {}, {other});
    EXPECT_FALSE(Reuse(Plan(base)).stations_to_simulate(Plan(variant)));
  }
  EXPECT_FALSE(Reuse::may_help(small("ideal", 60, {}, {kOutages}))) << "all days take the event loop";
  EXPECT_FALSE(Reuse::may_help(small(
      "shared", 60,
      {"slow_downs", "[{agency: civil-registration, cores: 50%, from: '1395-02-04 10:00', for: 1 h}]"})));
}

TEST(Reuse, OneOfficesClerksTouchNoOtherStation) {
  const Scenario base = small("shared", 40, {});
  const Tried one = expect_bytes(base, small("shared", 40, kChanges.front()), 1);
  EXPECT_TRUE(one.in_part);
  EXPECT_EQ(one.part.stations, 1u);
  EXPECT_EQ(one.part.station_days, 9u);
  const Tried none = expect_bytes(base, base, 1);
  EXPECT_TRUE(none.in_part);
  EXPECT_EQ(none.part.stations, 0u);
}

Scenario province(int days, std::vector<std::string> sets) {
  sets.insert(sets.end(), {"run.start=1395-02-03", "run.days=" + std::to_string(days), "run.warm_up_days=1"});
  return load_scenario("scenarios/mazandaran/baseline.yaml", sets);
}

TEST(Reuse, GivesTheBytesOfAWholeRunWhereStationsMeet) {
  const std::vector<std::string> changes{
      "staffing=[{at: {office: sari-u-001}, clerks: +1}]",
      "staffing=[{at: {kind: urban, county: sari}, clerks: +1}]",
      "staffing=[{at: {kind: urban, county: babol}, clerks: +1, starts: 1395-02-04}]",
      "staffing=[{at: {kind: urban, county: amol}, clerks: -1}]",
      "hours=[{at: {kind: urban, county: nur}, hours: {saturday-wednesday: '07:00-12:00'}}]",
      "links=[{at: {kind: rural, county: [sari]}, link: fibre}]"};
  std::size_t meetings = 0;
  int in_part = 0;
  for (const std::string cores : {"-8%", "-12%"}) {
    const std::string fewer = "systems=[{agency: all, cores: " + cores + "}]";
    const Scenario base = province(3, {fewer});
    for (std::size_t k = 0; k < changes.size(); ++k) {
      SCOPED_TRACE(changes[k] + ", cores " + cores);
      const Tried tried = expect_bytes(base, province(3, {fewer, changes[k]}), static_cast<std::uint32_t>(k));
      in_part += tried.in_part;
      meetings += tried.in_part ? tried.part.meetings : 0;
    }
    const Scenario more = province(3, {"systems=[{agency: all, cores: -18%}]"});
    SCOPED_TRACE("other cores than " + cores);
    in_part += expect_bytes(base, more, 1).in_part;
  }
  EXPECT_GT(in_part, 10);
  EXPECT_GT(meetings, 4U);
}

/// From variant to variant, each kept in its turn.
TEST(Reuse, GivesTheBytesOfWholeRunsFromVariantToVariant) {
  const std::vector<std::string> changes{
      "staffing=[]",
      "staffing=[{at: {office: sari-u-001}, clerks: +1}, {at: {office: babol-u-003}, clerks: -1}]",
      "staffing=[{at: {office: amol-u-002}, clerks: +1}]",
      "hours=[{at: {kind: urban, county: nur}, hours: {saturday-wednesday: '07:00-12:00'}}]",
      "staffing=[{at: {county: ramsar}, clerks: +1}]",
      "links=[{at: {kind: rural, county: [sari]}, link: fibre}]"};
  for (const std::string cores : {"-8%", "-12%"}) {
    const std::string fewer = "systems=[{agency: all, cores: " + cores + "}]";
    std::vector<Scenario> scenarios;
    for (const std::string& change : changes) scenarios.push_back(province(3, {fewer, change}));
    std::vector<Plan> plans(scenarios.begin(), scenarios.end());
    KeptReplication kept = Reuse(plans[0]).run_and_keep(3);
    int in_part = 0;
    for (std::size_t k = 1; k < plans.size(); ++k) {
      SCOPED_TRACE(changes[k] + " after " + changes[k - 1] + ", cores " + cores);
      const Reuse reuse(plans[k - 1]);
      const auto stations = reuse.stations_to_simulate(plans[k]);
      ASSERT_TRUE(stations);
      SimulatedPart part;
      kept = reuse.run_and_keep_variant(plans[k], *stations, kept, 3, {}, &part);
      EXPECT_TRUE(to_bytes(kept.result()) == to_bytes(run_trial(plans[k], 3)));
      in_part += !part.whole;
    }
    EXPECT_GT(in_part, 3) << cores;
  }
}

TEST(LongReuse, GivesTheBytesOfAWholeRunOfTheProvince) {
  const std::vector<std::string> changes{
      "staffing=[{at: {office: sari-u-001}, clerks: +1}]",
      "staffing=[{at: {kind: urban, county: [sari, babol]}, clerks: +1}]",
      "hours=[{at: {kind: rural, county: amol}, hours: {saturday-wednesday: '08:00-12:00'}}]",
      "absence=[{at: {kind: urban}, probability: 11%}, {at: {kind: rural}, probability: 4%}, {at: counters, "
      "probability: 11%}, {at: {county: sari}, probability: 30%}]",
      "links=[{at: {kind: rural, county: [sari]}, link: fibre}]",
      "systems=[{agency: post, cores: +4}]"};
  const Scenario base_scenario = province(31, {});
  const Plan base(base_scenario);
  const Reuse reuse(base);
  int in_part = 0;
  for (std::uint32_t number = 0; number < 2; ++number) {
    const KeptReplication kept = reuse.run_and_keep(number);
    for (const std::string& change : changes) {
      SCOPED_TRACE(change + ", replication " + std::to_string(number));
      const Scenario variant_scenario = province(31, {change});
      const Plan variant(variant_scenario);
      const auto stations = reuse.stations_to_simulate(variant);
      ASSERT_TRUE(stations);
      SimulatedPart part;
      const TrialResult again = reuse.run_variant(variant, *stations, kept, number, {}, &part);
      EXPECT_TRUE(to_bytes(again) == to_bytes(run_trial(variant, number)));
      in_part += !part.whole;
    }
  }
  EXPECT_GT(in_part, 0);
}

}  // namespace
}  // namespace pishkhan::reuse_test
