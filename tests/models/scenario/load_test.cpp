// What the loader makes of what is written: values, merging, overrides, the canonical text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "models/plan/forecast.hpp"
#include "models/province/calendar.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"
#include "tests/support/notices.hpp"

namespace pishkhan::load_test {
namespace {

using ::testing::HasSubstr;
using tests::english;

const char* const kSmall = "tests/scenarios/small/small.yaml";

/// A scenario that extends the small province.
Scenario extended(const std::string& changes, const std::vector<std::string>& overrides = {}) {
  return load_scenario_text("scenario: A change\nbase: small.yaml\n" + changes,
                            "tests/scenarios/small/change.yaml", overrides);
}

Scenario bare(const std::string& station, const std::string& run = "length: 100 min") {
  return load_scenario_text("scenario: Bare\nrun: {" + run + "}\nstations:\n  - id: desk\n" + station,
                            "bare.yaml");
}

const Office& office(const Scenario& scenario, const std::string& id) {
  const auto& offices = scenario.province->offices;
  return *std::find_if(offices.begin(), offices.end(), [&](const Office& one) { return one.id == id; });
}

std::size_t service(const Scenario& scenario, const std::string& id) {
  const auto& services = scenario.province->services;
  return static_cast<std::size_t>(
      std::find_if(services.begin(), services.end(), [&](const Service& one) { return one.id == id; }) -
      services.begin());
}

DayNumber day(int year, int month, int of_month) { return *from_solar_hijri({year, month, of_month}); }

/// So many stations, each with the same text.
std::string stations(int count, const std::string& text) {
  std::string all = "scenario: Many\nrun: {start: 1395-02-01, days: 1}\nstations:\n";
  for (int i = 0; i < count; ++i) all += "  - {id: s" + std::to_string(i) + ", " + text + "}\n";
  return all;
}

TEST(Load, MoreMistakesThanAnybodyReadsAreRefusedAllTheSame) {
  try {
    load_scenario_text(stations(10'100, "doors: 09:00-10:00, clerks: 1, arrivals: 1 / h, handling: 1 min"),
                       "many.yaml");
    FAIL();
  } catch (const UserError& error) {
    EXPECT_EQ(error.diagnostics().size(), 1001u);  // the last says how many more there are
  }
}

TEST(Load, MoreStationsThanCitizensKeysCanTellAreRefused) {
  const std::string station = "doors: 09:00-10:00, clerks: 1, arrivals: 1 / h, handling: {constant: 1 min}";
  try {
    load_scenario_text(stations(65'537, station), "many.yaml");
    FAIL();
  } catch (const UserError& error) {
    ASSERT_EQ(error.diagnostics().size(), 1u);
    EXPECT_EQ(error.diagnostics()[0].problem, "65537 stations");
    EXPECT_EQ(error.diagnostics()[0].hint, "at most 65536");
  }
}

TEST(Load, BareStation) {
  const auto scenario =
      bare("    arrivals: 6 / min\n    handling: {lognormal: {mean: 9 min, cv: 0.8}}\n    clerks: 3\n");
  ASSERT_EQ(scenario.stations.size(), 1u);
  const auto& station = scenario.stations[0];
  EXPECT_EQ(scenario.run.length_s, 6000);
  EXPECT_EQ(scenario.run.replications, 10);  // the documented default
  EXPECT_EQ(station.rules.groups.at(0).clerks, 3);
  EXPECT_EQ(station.rules.room, INT32_MAX);
  EXPECT_EQ(station.streams.at(0).rate, (std::vector<std::pair<double, double>>{{0, 0.1}}));
  EXPECT_EQ(std::get<Lognormal>(station.streams[0].handling).mean, 540);
  EXPECT_TRUE(std::holds_alternative<Never>(station.streams[0].patience));
  EXPECT_TRUE(is_round_the_clock(station.rules.doors));
}

TEST(Load, ClerksByIntervalStayAtTheirDesks) {
  const auto scenario = bare(
      "    arrivals: 1 / min\n    handling: {constant: 1 min}\n    doors: 08:00-16:00\n"
      "    clerks: [{from: 08:00, to: 10:00, clerks: 2}, {from: 10:00, to: 12:00, clerks: 5},"
      " {from: 13:00, to: 16:00, clerks: 2}]\n",
      "days: 1");
  const auto& groups = scenario.stations[0].rules.groups;
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].clerks, 2);
  EXPECT_EQ(groups[0].shifts[0], (Intervals{{28800, 43200}, {46800, 57600}}));
  EXPECT_EQ(groups[1].clerks, 3);
  EXPECT_EQ(groups[1].shifts[6], (Intervals{{36000, 43200}}));
}

TEST(Load, HourlyArrivalsAddUpToTheTotal) {
  const auto scenario = bare(
      "    arrivals: {hourly: [1, 3], from: 08:00, total: 80}\n    handling: {constant: 1 min}\n"
      "    doors: 08:00-16:00\n    clerks: 1\n",
      "days: 1");
  EXPECT_EQ(scenario.stations[0].streams[0].rate,
            (std::vector<std::pair<double, double>>{
                {0, 0}, {28800, 20 / 3600.0}, {32400, 60 / 3600.0}, {36000, 0}}));
}

TEST(Load, SinusoidalArrivalsKeepTheirIntegral) {
  const auto scenario = load_scenario_text(
      "scenario: Bare\nrun: {length: 60 min}\nstations:\n"
      "  - {id: desk, arrivals: {sinusoidal: {mean: 2 / min, amplitude: 2 / min, period: 60 min}},"
      " handling: {constant: 1 min}, clerks: 1}\n",
      "bare.yaml");
  const auto& rate = scenario.stations[0].streams[0].rate;
  ASSERT_EQ(rate.size(), 60u);
  double half = 0;
  for (std::size_t i = 0; i < 30; ++i) half += rate[i].second * 60;
  EXPECT_NEAR(half, 60 + 2 * 60 / 3.14159265358979323846, 1e-9);  // mean + amplitude period / pi
  for (const auto& step : rate) EXPECT_GE(step.second, 0);
}

TEST(Load, WeibullMedian) {
  const auto scenario = extended("");
  const auto& patience = scenario.patience[1];
  EXPECT_NEAR(quantile(patience, 0.5), 2400, 1e-6);
  EXPECT_TRUE(std::holds_alternative<Never>(scenario.patience[0]));
}

TEST(Load, HoursByKindAndWeekday) {
  const auto scenario = load_scenario(kSmall);
  const auto& urban = office(scenario, "sari-u-001").rules;
  EXPECT_EQ(urban.doors[0], (Intervals{{28800, 50400}, {57600, 68400}}));
  EXPECT_EQ(urban.doors[5], (Intervals{{28800, 46800}}));
  EXPECT_TRUE(urban.doors[6].empty());
  EXPECT_EQ(urban.groups.at(0).shifts, urban.doors);
  EXPECT_EQ(office(scenario, "sari-r-001").rules.doors[5], (Intervals{{28800, 43200}}));
  EXPECT_EQ(urban.closing, Closing::serve_out);
  EXPECT_EQ(scenario.province->counters[0].rules.closing, Closing::send_away);
}

TEST(Load, SpecialDays) {
  const auto scenario = load_scenario(kSmall);
  const auto days = [&](const std::string& id) {
    for (const auto& special : scenario.demand.special_days)
      if (special.id == id) return special.days;
    return std::vector<DayNumber>{};
  };
  // Over the whole year: demand is so much a year, spread over all its days.
  const auto payment = days("payment");
  ASSERT_EQ(payment.size(), 24u);
  // 2 Farvardin is a Monday. 2 Ordibehesht, a holiday on Thursday, passes on over Friday to Saturday.
  EXPECT_EQ(payment[0], day(1395, 1, 2));
  EXPECT_EQ(payment[1], day(1395, 1, 31));
  EXPECT_EQ(payment[2], day(1395, 2, 4));
  EXPECT_EQ(payment.back(), day(1395, 12, 30));  // a leap year's last day stands in for the 31st
  EXPECT_EQ(days("after-holiday"),
            (std::vector<DayNumber>{day(1395, 1, 2), day(1395, 2, 4), day(1395, 2, 18)}));
  EXPECT_EQ(days("fair"), (std::vector<DayNumber>{day(1395, 2, 5), day(1395, 2, 8)}));
  const auto spring = days("spring");
  EXPECT_EQ(spring.front(), day(1395, 1, 1));
  EXPECT_EQ(spring.back(), day(1395, 12, 30));
  EXPECT_EQ(spring.size(), 31u + 1u + 6u);  // Farvardin, 1 Ordibehesht, 25 to 30 Esfand
  EXPECT_EQ(scenario.demand.special_days[1].factor, 1.25);
}

TEST(Load, FactorsLeftOutAreOne) {
  const auto demand = load_scenario(kSmall).demand;
  EXPECT_EQ(demand.weekday, (std::array<double, 7>{1.2, 1, 1, 1, 1, 0.6, 0}));
  EXPECT_EQ(demand.month[6], 1.1);
  EXPECT_EQ(demand.month[0], 1);
}

TEST(Load, ExtensionsMergeReplaceAndAppend) {
  const auto base = extended("absence:\n  - {at: all, probability: 2%}\n");
  EXPECT_EQ(base.run.seed, 7u);
  const auto scenario = extended(
      "run: {days: 5}\npatience: {office: {weibull: {median: 20 min}}, traditional: {constant: 1 h}}\n"
      "demand: {special_days: {payment: {factor: 2}}}\nclasses: {disabled: {share: 1%, priority: 2}}\n");
  EXPECT_EQ(scenario.run.days, 5);
  EXPECT_EQ(scenario.run.seed, 7u);
  EXPECT_NEAR(quantile(scenario.patience[1], 0.5), 1200, 1e-6);  // the same shape, another median
  EXPECT_EQ(std::get<Constant>(scenario.patience[0]).value, 3600);
  EXPECT_EQ(scenario.demand.special_days[0].factor, 2);
  EXPECT_FALSE(scenario.demand.special_days[0].days.empty());
  EXPECT_EQ(scenario.classes.size(), 2u);
  EXPECT_EQ(scenario.title, "A change");
  EXPECT_EQ(scenario.name, "change");
  const auto other = extended("patience: {office: {exponential: {mean: 30 min}}}\n");
  EXPECT_EQ(std::get<Exponential>(other.patience[1]).mean, 1800);  // another distribution replaces
}

TEST(Load, VerbsAppendToTheirBase) {
  const auto scenario = load_scenario("tests/scenarios/small/_second.yaml");
  ASSERT_EQ(scenario.migrations.size(), 2u);
  EXPECT_EQ(scenario.migrations[0].id, "first");
  EXPECT_EQ(scenario.migrations[1].id, "migration-2");
  EXPECT_EQ(scenario.migrations[0].services.size(), 2u);
  EXPECT_EQ(scenario.migrations[0].starts, day(1395, 2, 3));
  EXPECT_EQ(scenario.migrations[0].ramp_days, 4);
  EXPECT_EQ(scenario.migrations[1].to, Channel::online);
}

TEST(Load, Overrides) {
  const auto scenario = extended("", {"run.days=3", "patience.office={constant: 5 min}", "demand.growth=10%",
                                      "classes.elderly.share=20%", "output.visits=1%"});
  EXPECT_EQ(scenario.run.days, 3);
  EXPECT_EQ(std::get<Constant>(scenario.patience[1]).value, 300);
  EXPECT_NEAR(scenario.province->services[0].visits_per_1000_a_year[0], 110, 1e-9);
  EXPECT_EQ(scenario.classes[0].share, 0.2);
  EXPECT_EQ(scenario.visits.share, 0.01);
  EXPECT_EQ(scenario.run.seed, 7u);
}

TEST(Load, OverridesReachItemsOfLists) {
  const std::string two =
      "staffing:\n  - {at: {office: sari-u-001}, clerks: +1}\n  - {at: {office: sari-u-002}, clerks: +1}\n";
  for (const char* first : {"staffing.0.clerks=+3", "staffing[0].clerks=+3"}) {
    const auto scenario = extended(two, {first});
    EXPECT_EQ(office(scenario, "sari-u-001").rules.groups.at(0).clerks, 7) << first;
    EXPECT_EQ(office(scenario, "sari-u-002").rules.groups.at(0).clerks, 4) << first;
  }
  const auto whole = extended(two, {"staffing=[{at: {office: babol-u-001}, clerks: +1}]"});
  EXPECT_EQ(office(whole, "sari-u-001").rules.groups.at(0).clerks, 4) << "a whole list replaces";
}

TEST(Load, Staffing) {
  const auto scenario = extended(
      "staffing:\n"
      "  - {at: {kind: urban, county: [sari]}, clerks: +1}\n"
      "  - {at: {office: babol-u-001}, clerks: -1, starts: 1395-02-03, ends: 1395-02-05}\n"
      "  - {at: {agency: post}, clerks: 9}\n"
      "  - {at: {office: babol-r-001}, clerks: +2, shifts: 08:00-10:00, skills: [parcel], speed: 2}\n");
  EXPECT_EQ(office(scenario, "sari-u-001").rules.groups.at(0).clerks, 5);
  EXPECT_EQ(office(scenario, "sari-u-002").rules.groups.at(0).clerks, 4);
  EXPECT_EQ(office(scenario, "sari-r-001").rules.groups.at(0).clerks, 1);
  EXPECT_EQ(scenario.province->counters[2].rules.groups.at(0).clerks, 9);
  const auto& dated = office(scenario, "babol-u-001").rules.groups;
  for (const auto& [at, clerks] : {std::pair{2, 3}, {3, 2}, {5, 2}, {6, 3}}) {
    int working = 0;
    for (const auto& group : dated)
      if (group.from_day <= day(1395, 2, at) && day(1395, 2, at) < group.until_day) working += group.clerks;
    EXPECT_EQ(working, clerks) << at;
  }
  const auto& added = office(scenario, "babol-r-001").rules.groups;
  ASSERT_EQ(added.size(), 2u);
  EXPECT_EQ(added[1].clerks, 2);
  EXPECT_EQ(added[1].speed, 2);
  EXPECT_EQ(added[1].skills, std::vector<ServiceId>{ServiceId(service(scenario, "parcel"))});
}

TEST(Load, OtherVerbs) {
  const auto scenario = extended(
      "hours:\n  - {at: {office: sari-u-002}, hours: {every-day: 09:00-12:00}}\n"
      "open_offices:\n  - {id: babol-u-002, place: babol, clerks: 2, rank: 2, starts: 1395-02-05}\n"
      "close_offices:\n  - {at: {office: sari-r-001}, starts: 1395-02-04}\n"
      "handling:\n  - {services: [parcel], channel: office, factor: 0.5}\n"
      "  - {services: {agency: civil-registration}, distribution: {constant: 5 min}}\n"
      "absence:\n  - {at: counters, probability: 3%}\n"
      "authorise:\n  - {services: [birth-certificate], lowest_rank: 3, rural: true}\n"
      "demand_growth:\n  - {services: [parcel], kind: rural, growth: +50%}\n"
      "  - {county: sari, growth: -10%}\n");
  const auto& services = scenario.province->services;
  EXPECT_EQ(office(scenario, "sari-u-002").rules.doors[6], (Intervals{{32400, 43200}}));
  const auto& fresh = office(scenario, "babol-u-002");
  EXPECT_EQ(fresh.kind, Kind::urban);
  EXPECT_EQ(fresh.from_day, day(1395, 2, 5));
  EXPECT_EQ(fresh.rules.doors, office(scenario, "babol-u-001").rules.doors);
  EXPECT_EQ(fresh.latitude, 36.5513);
  EXPECT_EQ(office(scenario, "sari-r-001").until_day, day(1395, 2, 4));
  const auto parcel = service(scenario, "parcel"), certificate = service(scenario, "birth-certificate");
  EXPECT_EQ(std::get<Lognormal>(services[parcel].handling[0]).mean, 240);
  EXPECT_EQ(std::get<Lognormal>(services[parcel].handling[1]).mean, 120);
  EXPECT_EQ(std::get<Constant>(services[certificate].handling[0]).value, 300);
  EXPECT_EQ(scenario.province->counters[0].rules.groups.at(0).absence, 0.03);
  EXPECT_EQ(fresh.rules.groups.at(0).absence, 0);
  EXPECT_EQ(services[certificate].lowest_rank, 3);
  EXPECT_TRUE(services[certificate].at_rural_offices);
  EXPECT_EQ(services[parcel].visits_per_1000_a_year, (std::array<double, 2>{200, 225}));
  ASSERT_EQ(scenario.demand.growth.size(), 1u);
  EXPECT_EQ(scenario.demand.growth[0].factor, 0.9);
  EXPECT_TRUE(scenario.demand.growth[0].services.empty());
  EXPECT_EQ(scenario.demand.growth[0].places.size(), 2u);
}

TEST(Load, OfficesThatAreSelectedMayGiveWhatTheirRankAndKindWouldNotAllow) {
  const Scenario scenario = extended(
      "open_offices:\n  - {id: babol-u-002, place: babol, clerks: 2, rank: 3}\n"
      "authorise:\n  - {services: [address-change, birth-certificate], at: {office: [sari-r-001, "
      "babol-u-002]}}\n"
      "  - {services: [birth-certificate], at: {kind: rural}}\n"
      "  - {services: [birth-certificate], lowest_rank: 1, rural: false}\n");
  const ServiceId certificate(service(scenario, "birth-certificate")),
      address(service(scenario, "address-change"));
  const auto may = [&](const std::string& id, ServiceId what) {
    return may_give(office(scenario, id), scenario.province->services[what.index()], what);
  };
  EXPECT_TRUE(may("sari-r-001", certificate));
  EXPECT_TRUE(may("babol-r-001", certificate)) << "by the second";
  EXPECT_TRUE(may("babol-u-002", certificate)) << "opened by the same scenario";
  EXPECT_TRUE(may("babol-u-002", address));
  EXPECT_FALSE(may("sari-u-002", certificate)) << "of rank 2, and not selected";
  EXPECT_EQ(office(scenario, "sari-r-001").also_gives, (std::vector<ServiceId>{certificate, address}))
      << "of the other, too, which it may give by its rank, until a later item takes it from that";
}

TEST(Load, LinksSystemsAndTroubleAreResolved) {
  const Scenario scenario = load_scenario("tests/scenarios/valid/backbone-in-trouble.yaml");
  const Province& province = *scenario.province;
  const BackboneRules& rules = scenario.backbone;
  EXPECT_EQ(rules.model, BackboneModel::shared);
  ASSERT_EQ(rules.link_kinds.size(), 3u);
  EXPECT_EQ(rules.link_kinds[1].id, "adsl");
  EXPECT_EQ(rules.link_kinds[1].link.down_bytes_s, 250e3);
  EXPECT_EQ(rules.web.latency_s, 0.03);
  EXPECT_EQ(rules.counter_calls, 0.4);
  EXPECT_EQ(rules.policy.limit_s, 300);
  EXPECT_EQ(rules.policy.retries, 2);
  EXPECT_EQ(rules.policy.pause_s, 60);
  EXPECT_EQ(rules.policy.then, AfterTrouble::park);
  EXPECT_EQ(office(scenario, "sari-r-001").link_kind, 0u);
  EXPECT_EQ(office(scenario, "babol-r-001").link_kind, 0u);
  EXPECT_EQ(office(scenario, "sari-u-003").link_kind, 1u);
  EXPECT_EQ(office(scenario, "sari-u-004").link_kind, 0u) << "as most urban offices";
  EXPECT_EQ(province.counters[0].link_kind, 0u);
  EXPECT_EQ(province.counters[2].link_kind, 2u);
  EXPECT_EQ(province.agencies[0].cores, 5u);
  EXPECT_EQ(province.agencies[1].cores, 9u);
  EXPECT_EQ(scenario.costs, (std::vector{CostOf::outages, CostOf::backbone}));
  EXPECT_GT(scenario.demand.web[20], 0);
}

TEST(Load, OutagesAreInTheOrderWritten) {
  const Scenario scenario = load_scenario("tests/scenarios/valid/backbone-in-trouble.yaml");
  const auto& outages = scenario.outages;
  ASSERT_EQ(outages.size(), 11u);
  using Which = std::vector<std::uint32_t>;
  EXPECT_EQ(outages[0].of, OutageOf::system);
  EXPECT_EQ(outages[0].which, (Which{0}));
  EXPECT_EQ(outages[0].from_s, 14 * 86400 + 9.5 * 3600);
  EXPECT_EQ(outages[0].for_s, 10800);
  EXPECT_EQ(outages[1].which, (Which{0, 1}));
  EXPECT_EQ(outages[2].of, OutageOf::link);
  EXPECT_EQ(outages[2].which, (Which{0, 2}));
  EXPECT_EQ(outages[2].for_s, 0);
  EXPECT_EQ(outages[2].between_s, 20 * 86400);
  EXPECT_EQ(mean(outages[2].repair), 4 * 3600);
  EXPECT_EQ(outages[3].which, (Which{7, 8, 9})) << "counters stand behind the seven offices";
  EXPECT_EQ(outages[4].of, OutageOf::county_link);
  EXPECT_EQ(outages[4].which, (Which{0, 1}));
  EXPECT_EQ(outages[6].of, OutageOf::power);
  EXPECT_EQ(outages[6].which, (Which{0, 1}));
  EXPECT_EQ(outages[9].cores_share, 0.5);
  EXPECT_EQ(outages[10].cores_share, 0.1);
}

TEST(Load, NoticesPlacesAndOfficesFarFromTheirOwn) {
  EXPECT_TRUE(extended("").notices.empty());
  // Latitude 34, and Babol lies at 36.5513: 2.5513 degrees of 111.19 km.
  const Scenario place = extended("province: {places: _far-places.csv}\n");
  ASSERT_EQ(place.notices.size(), 2u);
  EXPECT_EQ(english(place.notices[0]),
            "the place `babol-rural` is 284 km from the capital of its county `babol`");
  EXPECT_THAT(english(place.notices[1]), HasSubstr("the office `babol-r-001` is"));
  const Scenario office = extended(
      "choice: {within: 500 km}\n"
      "open_offices: [{id: far, place: sari, clerks: 1, latitude: 35, longitude: 53.06}]\n");
  ASSERT_EQ(office.notices.size(), 1u);
  EXPECT_EQ(english(office.notices[0]), "the office `far` is 174 km from its place `sari`");
}

TEST(Load, NoticesWhatIsOddAboutOutages) {
  const Scenario scenario = load_scenario("tests/scenarios/valid/backbone-in-trouble.yaml");
  ASSERT_EQ(scenario.notices.size(), 2u);
  const std::string file = "tests/scenarios/valid/backbone-in-trouble.yaml";
  EXPECT_EQ(english(scenario.notices[0]), file + ":23: `outages[5]` begins after the run");
  EXPECT_EQ(english(scenario.notices[1]),
            file +
                ":18: outages of the system of `civil-registration` (`outages[0]` and `outages[1]`) overlap "
                "and count as one from 1395-02-15 09:30 to 1395-02-15 14:00");
  const Scenario others = extended(
      "slow_downs:\n"
      "  - {agency: post, from: 1395-02-05 12:00, for: 2 h, cores: 50%}\n"
      "  - {agency: all, from: 1395-02-05 11:00, for: 2 h, cores: 20%}\n"
      "outages:\n"
      "  - {agency: post, from: 1395-02-05 10:00, for: 1 h}\n"
      "  - {agency: post, from: 1395-02-05 11:00, for: 1 h}\n"
      "  - {agency: post, from: 1395-01-31 10:00, for: 14 h}\n");
  ASSERT_EQ(others.notices.size(), 2u);
  EXPECT_THAT(english(others.notices[0]), HasSubstr("is over before the run"));
  EXPECT_THAT(english(others.notices[1]), HasSubstr("slow-downs of the system of `post` ("));
  EXPECT_THAT(english(others.notices[1]), HasSubstr("the fewer cores count"));
}

TEST(Load, AnExtendingScenarioChangesTheBackboneKeyByKey) {
  const Scenario scenario = load_scenario_text(
      "scenario: Another\nbase: ../valid/backbone-in-trouble.yaml\n"
      "backbone: {model: simgrid, access: {adsl: {latency: 40 ms}}, policy: {then: wait, limit: 1 s}}\n"
      "outages:\n  - {agency: post, from: 1395-02-10, for: 1 d}\n",
      "tests/scenarios/invalid/another.yaml");
  EXPECT_EQ(scenario.backbone.model, BackboneModel::simgrid);
  EXPECT_EQ(scenario.backbone.link_kinds[1].link.latency_s, 0.04);
  EXPECT_EQ(scenario.backbone.link_kinds[1].link.up_bytes_s, 250e3);
  EXPECT_EQ(scenario.backbone.policy.then, AfterTrouble::wait);
  EXPECT_EQ(scenario.backbone.policy.retries, 2);
  ASSERT_EQ(scenario.outages.size(), 12u);
  EXPECT_EQ(scenario.outages[9].which, (std::vector<std::uint32_t>{1})) << "slow-downs stand behind outages";
  EXPECT_EQ(load_scenario_text(scenario.resolved.substr(0, scenario.resolved.find("data:")),
                               "tests/scenarios/small/x.yaml")
                .resolved,
            scenario.resolved);
}

TEST(Load, GrowthOfACountyReachesItsResidentsAlone) {
  const auto visits = [](const std::string& changes) {
    return forecast(Plan(extended(changes))).total_visits;
  };
  const double base = visits("");
  const double sari = visits("demand_growth:\n  - {county: sari, growth: +50%}\n");
  const double babol = visits("demand_growth:\n  - {county: babol, growth: +50%}\n");
  EXPECT_GT(sari, base);
  EXPECT_GT(babol, base);
  EXPECT_NEAR(sari - base + babol - base, 0.5 * base, 1e-6 * base);
  EXPECT_NEAR(visits("demand_growth:\n  - {county: [sari, babol], growth: +50%}\n"),
              visits("demand: {growth: 50%}\n"), 1e-9 * base);
}

TEST(Load, CanonicalTextSaysEverythingAndReadsBack) {
  const auto scenario = bare("    arrivals: 6 / min\n    handling: {constant: 2 min}\n    clerks: 3\n");
  EXPECT_EQ(scenario.resolved,
            "scenario: \"Bare\"\nrun:\n  length: \"6000 s\"\n  replications: 10\n  seed: 1\n"
            "service_level: \"900 s\"\noutput:\n  visits: none\nstations:\n  -\n    id: desk\n"
            "    discipline: first_come_first_served\n    arrivals: \"0.1 / s\"\n    handling:\n"
            "      constant: \"120 s\"\n    patience: never\n    priority: 0\n    clerks: 3\n"
            "    balking: never\n    closing: serve_out\n");
  EXPECT_EQ(load_scenario_text(scenario.resolved, "bare.yaml").resolved, scenario.resolved);
}

TEST(Load, CanonicalTextIsOfTheMeaning) {
  const auto one = extended("retry: {probability: 50%, at_most: 3}\nservice_level: 10 min\n");
  const auto other = extended("service_level: 600 s\nretry: {at_most: 3, probability: 0.5}\n");
  EXPECT_EQ(one.resolved, other.resolved);
  EXPECT_NE(one.resolved, extended("service_level: 601 s\nretry: {at_most: 3, probability: 0.5}\n").resolved);
  EXPECT_NE(one.resolved.find("\ndata:\n  counties: \"fnv1a64:"), std::string::npos);
}

TEST(Load, ALinkInACircleIsTheUsersMistake) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "pishkhan-links";
  std::filesystem::create_directories(folder);
  for (const auto& [link, to] : {std::pair("a.yaml", "b.yaml"), std::pair("b.yaml", "a.yaml")}) {
    std::filesystem::remove(folder / link);
    std::filesystem::create_symlink(to, folder / link);
  }
  try {
    load_scenario_text("scenario: A link\nbase: a.yaml\n", (folder / "text.yaml").string());
    FAIL();
  } catch (const UserError& error) {
    EXPECT_EQ(error.diagnostics().at(0).line, 2);
    EXPECT_NE(error.diagnostics().at(0).problem.find("goes round in a circle"), std::string::npos);
  }
  std::filesystem::remove_all(folder);
}

TEST(Load, ARunMayTouchTheEndsOfTheCalendar) {
  for (const char* start : {"1200-01-01", "1200-01-02", "1500-12-28", "1500-12-29"}) {
    const Scenario scenario = extended(
        "run: {start: " + std::string(start) +
        ", days: 1}\ndemand: {holidays: none, special_days: {end: {factor: 2, days_of_month: [1, 31], "
        "after_holiday: true}}}\n");
    const bool is_friday = weekday(scenario.run.start) == 6;  // on which nobody comes
    EXPECT_EQ(forecast(Plan(scenario)).total_visits > 0, !is_friday) << start;
    EXPECT_EQ(run_trial(Plan(scenario), 0).visits > 0, !is_friday) << start;
  }
}

TEST(Load, NoFileIsTheUsersMistake) { EXPECT_THROW(load_scenario("scenarios/no-such.yaml"), UserError); }

TEST(Load, AFileTooLargeIsNotRead) {
  std::string text = "scenario: Large\n#";
  text.append(std::size_t{17} << 20, 'x');
  EXPECT_THROW(load_scenario_text(text, "large.yaml"), UserError);
}

}  // namespace
}  // namespace pishkhan::load_test
