// What the sums of a replication mean where a word could be understood in two ways.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "models/province/calendar.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan::meanings_test {
namespace {

Scenario scenario_of(const std::string& top, const std::string& station) {
  return load_scenario_text("scenario: Meanings\n" + top + "\nstations:\n  - {id: a, " + station + "}\n",
                            "tests/scenarios/small/text.yaml");
}

/// The first station over some replications, its staffed time without overtime; audits must pass.
class Runs {
 public:
  Runs(const std::string& top, const std::string& station, std::uint32_t replications = 5)
      : scenario(scenario_of(top, station)), plan(scenario) {
    for (std::uint32_t k = 0; k < replications; ++k) {
      trials.push_back(run_trial(plan, k));
      const Audit& audit = trials.back().audit;
      EXPECT_TRUE(audit.passed()) << station << '\n' << audit.failures.front();
      static_cast<VisitTally&>(all) += trials.back().stations[0];
      all.busy_s += trials.back().stations[0].busy_s;
      all.open_s += trials.back().stations[0].open_s;
      all.staffed_s += trials.back().stations[0].staffed_s - trials.back().stations[0].overtime_s;
    }
  }
  [[nodiscard]] HourTally hour(std::size_t hour) const {
    HourTally sum;
    for (const TrialResult& trial : trials) sum += trial.station_hours[hour];
    return sum;
  }

  Scenario scenario;
  Plan plan;
  std::vector<TrialResult> trials;
  StationTally all;
};

// ---- The warm-up of an unbroken run ----------------------------------------------------------------------

TEST(WarmUp, CountsNoCitizensWhoCameInIt) {
  const std::string patient =
      "handling: {exponential: {mean: 4.2 min}}, patience: {exponential: {mean: 1 h}}";
  for (const std::string& station :
       {"arrivals: 1 / min, " + patient + ", clerks: 4", "streams: [{id: p, arrivals: 0.5 / min, " + patient +
                                                             "}, {id: q, arrivals: 0.5 / min, priority: 1, " +
                                                             patient + "}], clerks: 4"}) {
    const Runs runs("run: {length: 10 h, warm_up: 9 h, seed: 4}", station, 20);
    CitizenTally all;
    for (const TrialResult& trial : runs.trials) {
      for (const CitizenTally& citizens : trial.citizens) {
        all.created += citizens.created;
        all.completed += citizens.completed;
        all.lost += citizens.lost;
        all.pending += citizens.pending;
      }
    }
    EXPECT_EQ(all.created, runs.all.arrived) << station;
    EXPECT_EQ(all.completed, runs.all.served) << station;
    EXPECT_EQ(all.lost, runs.all.abandoned) << station;
    EXPECT_EQ(all.pending, runs.all.inside) << station;
  }
}

// ---- The end of an unbroken run --------------------------------------------------------------------------

TEST(ServiceLevel, CountsWhoIsAtADeskWhenTheRunEnds) {
  const Runs runs("run: {length: 60 min, seed: 34}\nservice_level: 1 min",
                  "arrivals: 1 / min, handling: {constant: 30 min}, clerks: 200", 50);
  EXPECT_GT(runs.all.inside, runs.all.arrived / 3);
  EXPECT_EQ(runs.all.in_target, runs.all.arrived);
  EXPECT_EQ(runs.all.waiting_in_target, 0u);
  const Runs unlimited("run: {length: 60 min, seed: 34}\nservice_level: 1 min",
                       "arrivals: 1 / min, handling: {constant: 30 min}, clerks: unlimited");
  EXPECT_GT(unlimited.all.inside, 0u);
  EXPECT_EQ(unlimited.all.in_target, unlimited.all.arrived);
  const Runs shared("run: {length: 60 min, seed: 34}\nservice_level: 1 min",
                    "arrivals: 1 / min, handling: {constant: 30 min}, discipline: processor_sharing");
  EXPECT_GT(shared.all.inside, 0u);
  EXPECT_EQ(shared.all.in_target, shared.all.arrived);
}

TEST(ServiceLevel, LeavesOutWhoWaitsForLessThanTheTargetWhenTheRunEnds) {
  // One clerk takes the first citizen for the whole run; all others wait from their arrival to its end.
  const Runs runs("run: {length: 10 h, seed: 3}\nservice_level: 1 h",
                  "arrivals: 60 / h, handling: {constant: 100 h}, clerks: 1");
  EXPECT_EQ(runs.all.inside, runs.all.arrived);
  EXPECT_EQ(runs.all.in_target, runs.trials.size());
  EXPECT_NEAR(static_cast<double>(runs.all.waiting_in_target), 5 * 60, 50);  // those of the last hour
}

TEST(ServiceLevel, IsThatOfTheStreamsTogether) {
  const Runs runs("run: {length: 100 min}\nservice_level: 10 min",
                  "handling: {constant: 30 min}, clerks: 3, streams: [{id: x, arrivals: 6 / h}, {id: y, "
                  "arrivals: 6 / h}]");
  VisitTally streams;
  for (const TrialResult& trial : runs.trials)
    for (const VisitTally& stream : trial.services) streams += stream;
  EXPECT_EQ(streams.in_target, runs.all.in_target);
  EXPECT_EQ(streams.waiting_in_target, runs.all.waiting_in_target);
}

// ---- Processor sharing -----------------------------------------------------------------------------------

TEST(SharedCores, HandleForAsLongAsTheWorkTakes) {
  for (const std::string streams :
       {"arrivals: 10 / h", "streams: [{id: x, arrivals: 5 / h}, {id: y, arrivals: 5 / h}]"}) {
    const Runs runs("run: {length: 1000 h}",
                    "discipline: processor_sharing, handling: {constant: 4 min}, " + streams);
    VisitTally all;
    for (const TrialResult& trial : runs.trials)
      for (const VisitTally& stream : trial.services) all += stream;
    const auto served = static_cast<double>(all.served);
    EXPECT_NEAR(all.handling_s / served, 240, 1e-6);
    EXPECT_GT(all.sojourn_s / served, 500);  // M/G/1-PS: 240 / (1 - 2/3) = 720
    EXPECT_NEAR(runs.all.handling_s, all.handling_s, 1e-6 * all.handling_s);
  }
}

// ---- Hours -----------------------------------------------------------------------------------------------

TEST(Hours, GoOnPastMidnightUntilTheWorkEnds) {
  const Runs runs("run: {days: 3}",
                  "doors: 20:00-23:00, arrivals: 30 / h, handling: {constant: 10 min}, clerks: 2", 3);
  constexpr double kMost = 3 * 3 * 2 * kSecondsPerHour;  // replications, days, clerks
  double busy = 0;
  for (std::size_t h = 0; h < kHoursOfWork; ++h) {
    const HourTally hour = runs.hour(h);
    EXPECT_LE(hour.busy_s, kMost * (1 + 1e-9)) << h;
    EXPECT_LE(hour.staffed_s, kMost * (1 + 1e-9)) << h;
    busy += hour.busy_s;
  }
  EXPECT_NEAR(busy, runs.all.busy_s, 1e-6 * busy);
  EXPECT_GT(runs.hour(24).busy_s, 0.9 * kMost);
  EXPECT_GT(runs.hour(26).busy_s, 0);
  EXPECT_EQ(runs.hour(40).staffed_s, 0);
}

TEST(Hours, AfterTheSecondMidnightAreOne) {
  const Runs runs("run: {days: 1}",
                  "doors: 20:00-23:00, arrivals: 30 / h, handling: {constant: 1 h}, clerks: 1", 2);
  const double last = runs.hour(kHoursOfWork - 1).busy_s;
  EXPECT_GT(last, 2 * 24 * kSecondsPerHour);
  double busy = 0;
  for (std::size_t h = 0; h < kHoursOfWork; ++h) busy += runs.hour(h).busy_s;
  EXPECT_NEAR(busy, runs.all.busy_s, 1e-6 * busy);
}

// ---- Days ------------------------------------------------------------------------------------------------

TEST(TotalOfADay, ComesWithinTheDoors) {
  const Runs runs("run: {days: 20, seed: 3, start: 1395-02-01}",
                  "doors: {saturday-wednesday: 08:00-12:00, thursday: 08:00-10:00}, clerks: 5, arrivals: "
                  "{hourly: [1, 1, 1, 1, 1, "
                  "1, 1, 1], from: 08:00, total: 80}, handling: {exponential: {mean: 4 min}}",
                  10);
  int open = 0;
  for (int k = 0; k < 20; ++k) open += weekday(runs.scenario.run.start + k) < 6;
  EXPECT_NEAR(static_cast<double>(runs.all.arrived), 10 * open * 80, 4 * std::sqrt(10 * open * 80));
  EXPECT_EQ(runs.hour(12).arrived, 0u);
}

TEST(DoorsThatTouch, AreOneOpening) {
  const auto result = [](const std::string& doors) {
    return Runs("run: {days: 100, seed: 43}\nservice_level: 5 min",
                "doors: " + doors +
                    ", closing: send_away, arrivals: 1 / min, handling: {exponential: {mean: 3 min}}, "
                    "clerks: 3")
        .all;
  };
  const StationTally whole = result("08:00-16:00"), parts = result("'08:00-12:00, 12:00-16:00'"),
                     list = result("[12:00-16:00, 08:00-12:00]");
  EXPECT_EQ(whole.sent_away, parts.sent_away);
  EXPECT_EQ(whole.wait_s, parts.wait_s);
  EXPECT_EQ(whole.wait_s, list.wait_s);
}

TEST(DoorsRoundTheClock, AreNoticedWhereDaysFollow) {
  const auto notices = [](const std::string& run, const std::string& doors) {
    return scenario_of("run: {" + run + "}",
                       "doors: " + doors + ", arrivals: 12 / h, handling: {constant: 1 min}, clerks: 1")
        .notices.size();
  };
  EXPECT_EQ(notices("days: 60", "00:00-24:00"), 1u);
  EXPECT_EQ(notices("days: 1", "00:00-24:00"), 0u);
  EXPECT_EQ(notices("days: 60", "00:00-23:00"), 0u);
  EXPECT_EQ(notices("days: 60", "{thursday: 20:00-24:00, friday: 00:00-04:00}"), 1u);
  EXPECT_EQ(notices("days: 60", "{friday: 00:00-04:00, saturday: 20:00-24:00}"), 0u);
}

// ---- No clerk there --------------------------------------------------------------------------------------

constexpr const char* kPerClerk =
    "balking: {per: clerk, points: [{waiting: 12, probability: 0%}, {waiting: 24, probability: 60%}]}";

TEST(NoClerkThere, BeforeTheShiftNobodyBalksAtAnEmptyRoom) {
  const Runs runs(
      "run: {days: 20, seed: 5, start: 1395-02-01}",
      std::string("doors: 07:30-14:00, clerks: [{id: x, clerks: 2, shifts: 08:00-14:00}], arrivals: 10 / "
                  "h, handling: {constant: 1 min}, ") +
          kPerClerk,
      20);
  EXPECT_GT(runs.hour(7).arrived, 1000u);
  EXPECT_EQ(runs.all.balked, 0u);
}

TEST(NoClerkThere, TheNextShiftSharesTheQueueInABreak) {
  // In a break of all, half of those who find 18 waiting for each clerk of the next shift go away.
  const Runs runs("run: {days: 40, start: 1395-02-01}",
                  std::string("doors: 08:00-14:00, clerks: [{id: x, clerks: 1, shifts: '08:00-10:00, "
                              "12:00-14:00'}, {id: y, clerks: 1, shifts: '12:00-14:00'}], arrivals: 40 / h, "
                              "handling: {constant: 1 s}, ") +
                      kPerClerk);
  const HourTally first = runs.hour(10), second = runs.hour(11);
  EXPECT_LT(static_cast<double>(first.arrived - first.joined), 0.2 * static_cast<double>(first.arrived));
  EXPECT_GT(second.joined, second.arrived / 3);
  EXPECT_LT(second.joined, second.arrived);
}

TEST(NoClerkThere, AllDayTheStationIsShut) {
  const std::string station =
      "doors: 08:00-14:00, arrivals: 10 / h, handling: {constant: 1 min}, room: 20, clerks: ";
  const Runs present("run: {days: 40, start: 1395-02-01}", station + "1");
  const Runs absent("run: {days: 40, start: 1395-02-01}", station + "[{clerks: 1, absence: 30%}]");
  EXPECT_NEAR(absent.all.open_s / present.all.open_s, 0.7, 0.12);
  EXPECT_NEAR(absent.all.staffed_s, absent.all.open_s, 1e-6);
  EXPECT_EQ(absent.all.sent_away + absent.all.balked + absent.all.abandoned, 0u);
  EXPECT_NEAR(static_cast<double>(absent.all.arrived) / (absent.all.open_s / kSecondsPerHour), 10, 0.5);
  const Runs weekend("run: {days: 40, start: 1395-02-01}",
                     station + "[{clerks: 1, shifts: {saturday-wednesday: 08:00-14:00}}]");
  EXPECT_NEAR(weekend.all.open_s, weekend.all.staffed_s, 1e-6);
}

/// Visits of the small province, whose rural clerks often stay away; the only clerk of `sari-r-001` too.
struct Absences {
  explicit Absences(const std::string& more)
      : scenario(load_scenario_text("scenario: Absences\nbase: small.yaml\nrun: {days: 20}\nabsence: [{at: "
                                    "{kind: rural}, probability: 40%}]\n" +
                                        more,
                                    "tests/scenarios/small/text.yaml")) {
    scenario.visits.share = 1;
    const Plan plan(scenario);
    TrialOptions options;
    options.visits = [this](std::span<const VisitRecord> some) {
      visits.insert(visits.end(), some.begin(), some.end());
    };
    result = run_trial(plan, 0, options);
    EXPECT_TRUE(result.audit.passed()) << result.audit.failures.front();
    while (scenario.province->offices[office.index()].id != "sari-r-001")
      office = StationIndex(office.index() + 1);
  }
  /// Days on which the office has visits, and whether all of them balked.
  [[nodiscard]] std::map<DayNumber, bool> days() const {
    std::map<DayNumber, bool> shut;
    for (const VisitRecord& visit : visits) {
      if (visit.station != office) continue;
      const bool before = shut.try_emplace(visit.day, true).first->second;
      shut[visit.day] = before && visit.outcome == Outcome::balked;
    }
    return shut;
  }
  [[nodiscard]] bool comes_again(const VisitRecord& visit) const {
    return std::any_of(visits.begin(), visits.end(), [&visit](const VisitRecord& next) {
      return next.origin_day == visit.origin_day && next.place == visit.place &&
             next.service == visit.service && next.index == visit.index && next.attempt == visit.attempt + 1;
    });
  }

  Scenario scenario;
  StationIndex office{0};
  TrialResult result;
  std::vector<VisitRecord> visits;
};

TEST(NoClerkThere, CompletionCountsTheDaysOnWhichTheStationIsShut) {
  const Absences absences("");
  using Citizen = std::tuple<DayNumber, std::uint32_t, std::uint32_t, std::uint32_t>;
  std::map<Citizen, DayNumber> first_visit;
  for (const VisitRecord& visit : absences.visits) {
    const Citizen who{visit.origin_day, visit.place.value, visit.service.value, visit.index};
    const auto seen = first_visit.try_emplace(who, visit.day).first;
    seen->second = std::min(seen->second, visit.day);
  }
  std::uint64_t days_shut = 0, days = 0;
  for (const auto& [who, day] : first_visit) days_shut += static_cast<std::uint64_t>(day - std::get<0>(who));
  for (const CitizenTally& citizens : absences.result.citizens) days += citizens.days;
  EXPECT_GT(days_shut, 20u) << "no visit on the day on which the service was first wanted";
  EXPECT_GT(days, days_shut / 2) << "some of these citizens are pending, or lost";
}

TEST(NoClerkThere, CitizensOfAProvinceComeAnotherDay) {
  const Absences absences("");
  const StationTally& tally = absences.result.stations[absences.office.index()];
  EXPECT_GT(tally.arrived, 0u);
  EXPECT_NEAR(tally.staffed_s - tally.overtime_s, tally.open_s, 1e-6);
  std::size_t open = 0;
  for (int k = 0; k < 20; ++k) {
    const DayNumber date = absences.scenario.run.start + k;
    open += !absences.scenario.province->offices[absences.office.index()]
                 .rules.doors[static_cast<std::size_t>(weekday(date))]
                 .empty() &&
            !std::binary_search(absences.scenario.demand.holidays.begin(),
                                absences.scenario.demand.holidays.end(), date);
  }
  const auto days = absences.days();
  EXPECT_LT(days.size(), open);
  EXPECT_GT(days.size(), open / 3);
  for (const auto& [date, all_balked] : days) EXPECT_FALSE(all_balked) << date;
}

TEST(NoClerkThere, CitizensOfAProvinceGoOnWhereTheyAreRedirected) {
  const Absences absences("redirect: {travel: 10 min}\n");
  const StationTally& tally = absences.result.stations[absences.office.index()];
  EXPECT_NEAR(tally.staffed_s - tally.overtime_s, tally.open_s, 1e-6);
  const auto days = absences.days();
  std::size_t shut = 0, gone_on = 0;
  for (const VisitRecord& visit : absences.visits) {
    if (visit.station != absences.office || !days.at(visit.day)) continue;
    ++shut;
    if (visit.day >= absences.scenario.run.start + 15) continue;
    EXPECT_TRUE(absences.comes_again(visit)) << visit.day;
    ++gone_on;
  }
  EXPECT_GT(shut, 20u);
  EXPECT_GT(gone_on, 10u);
}

}  // namespace
}  // namespace pishkhan::meanings_test
