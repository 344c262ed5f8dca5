// Breaks of clerks and overtime that ends, against a simulation of its own that knows a list of shifts for
// each clerk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/staffing/staffing.hpp"
#include "models/trial/result_bytes.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"
#include "tests/support/rules_of_station.hpp"

namespace pishkhan::clerk_times_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr double kHour_s = 3600, kNever_s = HUGE_VAL;

Scenario bare(const std::string& station) {
  return load_scenario_text(
      "scenario: Times\nrun: {days: 40, seed: 3}\nstations:\n  - {id: a, " + station + "}\n",
      "tests/scenarios/small/text.yaml");
}

struct Comer {
  double arrival_s = 0, handling_s = 0;
};
struct Fate {
  bool served = false;
  double when_s = 0;  ///< the start, or when the citizen was sent away
};

/// One day of clerks with shifts, in hours, from event to event. Everybody is patient.
class SmallDay {
 public:
  struct Hours {
    double from_h, to_h;
  };
  struct Desk {
    std::vector<Hours> shifts;
    double busy_until_s = kNever_s, idle_since_s = 0;
    bool on = false, stays = false;
  };
  /// `doors`, and how long after each closing the queue is served out.
  SmallDay(std::vector<Hours> doors, const std::vector<std::vector<Hours>>& clerks, double at_most_h)
      : doors_(std::move(doors)), at_most_s_(at_most_h * kHour_s) {
    for (const std::vector<Hours>& shifts : clerks) desks_.push_back({shifts});
    for (const Hours& door : doors_) {
      times_.push_back(door.to_h * kHour_s);
      times_.push_back(door.to_h * kHour_s + at_most_s_);
    }
    for (const Desk& desk : desks_) {
      for (const Hours& shift : desk.shifts) {
        times_.push_back(shift.from_h * kHour_s);
        times_.push_back(shift.to_h * kHour_s);
      }
    }
  }

  std::vector<Fate> run(const std::vector<Comer>& comers) {
    std::vector<Fate> fates(comers.size());
    std::vector<std::size_t> waiting;
    std::size_t next = 0;
    for (double now_s = 0; now_s < kNever_s; now_s = next_time(now_s, next, comers)) {
      for (Desk& desk : desks_)
        if (desk.busy_until_s <= now_s) desk.idle_since_s = std::exchange(desk.busy_until_s, kNever_s);
      change_shifts(now_s);
      if (is_over(now_s)) {
        for (const std::size_t who : waiting) fates[who] = {false, now_s};
        waiting.clear();
      }
      for (; next < comers.size() && comers[next].arrival_s <= now_s; ++next) waiting.push_back(next);
      while (!waiting.empty()) {
        Desk* const desk = longest_idle();
        if (desk == nullptr) break;
        const std::size_t who = waiting.front();
        waiting.erase(waiting.begin());
        fates[who] = {true, now_s};
        desk->busy_until_s = now_s + comers[who].handling_s;
      }
    }
    EXPECT_TRUE(waiting.empty());
    return fates;
  }

 private:
  [[nodiscard]] double next_time(double now_s, std::size_t next, const std::vector<Comer>& comers) const {
    double time_s = next < comers.size() ? comers[next].arrival_s : kNever_s;
    for (const Desk& desk : desks_) time_s = std::min(time_s, desk.busy_until_s);
    for (const double change_s : times_)
      if (change_s > now_s) time_s = std::min(time_s, change_s);
    return time_s;
  }
  void change_shifts(double now_s) {
    for (Desk& desk : desks_) {
      const bool on = std::ranges::any_of(desk.shifts, [&](const Hours& shift) {
        return shift.from_h * kHour_s <= now_s && now_s < shift.to_h * kHour_s;
      });
      if (on && !desk.on && desk.busy_until_s == kNever_s) desk.idle_since_s = now_s;
      const bool closes =
          std::ranges::any_of(doors_, [&](const Hours& door) { return door.to_h * kHour_s == now_s; });
      const bool opens = std::ranges::any_of(doors_, [&](const Hours& door) {
        return door.from_h * kHour_s <= now_s && now_s < door.to_h * kHour_s;
      });
      if (closes) desk.stays = desk.on;
      if (opens) desk.stays = false;
      desk.on = on;
    }
  }
  /// Whether the overtime ends now, and no doors have opened since.
  [[nodiscard]] bool is_over(double now_s) const {
    for (std::size_t k = 0; k < doors_.size(); ++k) {
      const double opens_s = k + 1 < doors_.size() ? doors_[k + 1].from_h * kHour_s : kNever_s;
      if (now_s == doors_[k].to_h * kHour_s + at_most_s_ && now_s < opens_s) return true;
    }
    return false;
  }
  Desk* longest_idle() {
    Desk* best = nullptr;
    for (Desk& desk : desks_) {
      if (desk.busy_until_s < kNever_s || !(desk.on || desk.stays)) continue;
      if (best == nullptr || desk.idle_since_s < best->idle_since_s) best = &desk;
    }
    return best;
  }

  std::vector<Hours> doors_;
  double at_most_s_;
  std::vector<Desk> desks_;
  std::vector<double> times_;
};

struct Compared {
  std::size_t visits = 0, sent_away = 0;
};

/// Runs the station, lets the small simulation decide the same visits, and compares.
Compared compare(const std::string& station, SmallDay::Hours first_door,
                 std::optional<SmallDay::Hours> second_door,
                 const std::vector<std::vector<SmallDay::Hours>>& clerks, double at_most_h = kNever_s) {
  Scenario scenario = bare(station);
  scenario.visits.share = 1;
  std::map<DayNumber, std::vector<VisitRecord>> days;
  TrialOptions options;
  options.visits = [&](std::span<const VisitRecord> some) {
    for (const VisitRecord& one : some) days[one.day].push_back(one);
  };
  const TrialResult result = run_trial(Plan(scenario), 0, options);
  EXPECT_TRUE(result.audit.passed()) << result.audit.failures.front();
  std::vector<SmallDay::Hours> doors{first_door};
  if (second_door) doors.push_back(*second_door);
  Compared compared;
  std::size_t wrong = 0;
  for (auto& [day, records] : days) {
    std::ranges::stable_sort(records, {}, &VisitRecord::arrival_s);
    std::vector<Comer> comers;
    for (const VisitRecord& one : records) {
      const bool served = one.outcome == Outcome::served;
      comers.push_back({one.arrival_s, served ? one.end_s - one.start_s : 1e9});
    }
    const std::vector<Fate> fates = SmallDay(doors, clerks, at_most_h).run(comers);
    for (std::size_t i = 0; i < fates.size(); ++i) {
      const bool served = records[i].outcome == Outcome::served;
      const double when_s = served ? records[i].start_s : records[i].end_s;
      compared.sent_away += served ? 0 : 1;
      if (fates[i].served == served && std::abs(fates[i].when_s - when_s) < 1e-6) continue;
      if (++wrong < 5) {
        ADD_FAILURE() << "day " << day << ", who came at " << records[i].arrival_s << " s: " << when_s
                      << " s instead of " << fates[i].when_s;
      }
    }
    compared.visits += fates.size();
  }
  EXPECT_EQ(wrong, 0U);
  return compared;
}

const std::string kBank = "doors: 08:00-16:00, arrivals: 50 / h, handling: {exponential: {mean: 5 min}}, ";

TEST(Breaks, AreTakenInTurns) {
  // Five clerks in three turns from 11 on: two, two and one.
  const std::vector<SmallDay::Hours> first{{8, 11}, {11.5, 16}}, second{{8, 11.5}, {12, 16}},
      third{{8, 12}, {12.5, 16}};
  const Compared compared =
      compare(kBank + "clerks: [{clerks: 5, break: {after: 3 h, length: 30 min, turns: 3}}]", {8, 16}, {},
              {first, first, second, second, third});
  EXPECT_GT(compared.visits, 10'000U);
  EXPECT_EQ(compared.sent_away, 0U);
}

TEST(Breaks, AreTakenTogether) {
  const std::vector<SmallDay::Hours> all{{8, 11}, {11.5, 16}};
  compare(kBank + "clerks: [{clerks: 5, break: {after: 3 h, length: 30 min}}]", {8, 16}, {},
          {all, all, all, all, all});
}

TEST(Breaks, InTurnsLetCitizensWaitLess) {
  const auto run = [](const std::string& turns) {
    return run_trial(
               Plan(bare(kBank + "clerks: [{clerks: 6, break: {after: 3 h, length: 30 min" + turns + "}}]")),
               0)
        .stations[0];
  };
  const StationResult together = run(""), in_turns = run(", turns: 6");
  EXPECT_EQ(together.arrived, in_turns.arrived);
  EXPECT_LT(in_turns.wait_s, 0.8 * together.wait_s);
}

Intervals hours(double from_h, double to_h) { return {{from_h * kHour_s, to_h * kHour_s}}; }

Scenario small(const std::string& more) {
  return load_scenario_text("scenario: Times\nbase: small.yaml\nrun: {start: 1395-02-01, days: 10}\n" + more,
                            "tests/scenarios/small/text.yaml");
}

TEST(Breaks, OfAProvinceAreCutOutOfTheShifts) {
  // Counters are open 07:00-14:30, on Thursdays 07:00-13:30. Six clerks in four turns of 20 minutes from
  // 10:00.
  const Scenario scenario = small(
      "breaks:\n  - {at: {agency: civil-registration, county: sari}, after: 3 h, length: 20 min, turns: 4, "
      "starts: 1395-02-04}\n");
  const StationRules& rules = tests::rules_of_station(scenario, "civil-registration@sari");
  std::vector<int> before, clerks;
  std::vector<double> begins_h;
  for (const ClerkGroup& group : rules.groups) {
    if (group.from_day == INT32_MIN) {
      before.push_back(group.clerks);
      EXPECT_EQ(group.shifts[0], hours(7, 14.5));
      continue;
    }
    clerks.push_back(group.clerks);
    begins_h.push_back(group.shifts[0][0].to_s / kHour_s);
    for (const std::size_t day : {0, 5}) {
      ASSERT_EQ(group.shifts[day].size(), 2U);
      EXPECT_DOUBLE_EQ(group.shifts[day][1].from_s - group.shifts[day][0].to_s, 1200);
      EXPECT_EQ(group.shifts[day][1].to_s, (day == 0 ? 14.5 : 13.5) * kHour_s);
    }
  }
  EXPECT_THAT(before, ElementsAre(6));
  EXPECT_THAT(clerks, ElementsAre(2, 2, 1, 1));
  EXPECT_THAT(begins_h, ElementsAre(10, ::testing::DoubleNear(10 + 1.0 / 3, 1e-9),
                                    ::testing::DoubleNear(10 + 2.0 / 3, 1e-9), 11));
  EXPECT_TRUE(run_trial(Plan(scenario), 0).audit.passed());
}

TEST(Breaks, StandAsideOnDaysThatAreTooShort) {
  // Rural offices close at 14:00, on Thursdays at 12:00.
  const Scenario scenario = small(
      "breaks: [{at: {kind: rural}, after: 4 h, length: 30 min}, {at: {kind: rural}, after: 9 h, length: 5 "
      "min}]\n");
  const ClerkGroup& group = tests::rules_of_station(scenario, "sari-r-001").groups.front();
  EXPECT_EQ(group.shifts[0].size(), 2U);
  EXPECT_EQ(group.shifts[5], hours(8, 12));
  EXPECT_EQ(scenario.changes[0].reached, 2);
  EXPECT_EQ(scenario.changes[1].asked, 2);
  EXPECT_EQ(scenario.changes[1].reached, 0);
  EXPECT_THAT(scenario.changes[1].why, HasSubstr("no room"));
  EXPECT_EQ(std::ranges::count(scenario.notices, "notice.break_has_no_room", &Notice::key), 2);
}

TEST(Breaks, AreRefusedByStaffing) {
  const Scenario scenario = bare(kBank + "clerks: [{clerks: 5, break: {after: 3 h, length: 30 min}}]");
  try {
    find_staffing(Plan(scenario), {});
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), HasSubstr("clerks have breaks"));
  }
}

const std::string kTwoDoors =
    "doors: '08:00-12:00, 14:00-16:00', arrivals: 50 / h, handling: {exponential: {mean: 5 min}}, ";

TEST(Overtime, EndsAndTheOthersAreSentAway) {
  const std::vector<SmallDay::Hours> shifts{{8, 12}, {14, 16}};
  const Compared compared = compare(kTwoDoors + "closing: {at_most: 20 min}, clerks: 3", {8, 12},
                                    SmallDay::Hours{14, 16}, {shifts, shifts, shifts}, 1.0 / 3);
  EXPECT_GT(compared.visits, 8000U);
  EXPECT_GT(compared.sent_away, 1000U);
}

TEST(Overtime, ThatReachesTheNextDoorsSendsNobodyAwayBeforeThese) {
  const std::vector<SmallDay::Hours> shifts{{8, 12}, {14, 16}};
  const Compared compared = compare(kTwoDoors + "closing: {at_most: 2 h}, clerks: 2", {8, 12},
                                    SmallDay::Hours{14, 16}, {shifts, shifts}, 2);
  EXPECT_GT(compared.sent_away, 1000U);
}

TEST(Overtime, OfAProvinceIsOfOfficesOrCounters) {
  const Scenario scenario = small("closing: {offices: {at_most: 30 min}}\n");
  EXPECT_EQ(scenario.province->offices[0].rules.closing.at_most_s, 1800);
  EXPECT_EQ(scenario.province->counters[0].rules.closing, Closing::send_away);
  EXPECT_TRUE(run_trial(Plan(scenario), 0).audit.passed());
}

TEST(Overtime, LongerThanAnyQueueChangesNothing) {
  const auto bytes = [](const std::string& closing) {
    return to_bytes(run_trial(Plan(bare(kBank + closing + "clerks: 5")), 0));
  };
  EXPECT_EQ(bytes(""), bytes("closing: {at_most: 8 h}, "));
  EXPECT_NE(bytes(""), bytes("closing: {at_most: 1 min}, "));
}

TEST(AfterShift, MayBeCountedInAProvince) {
  const Scenario scenario = small(
      "after_shift: {counters: counted}\n"
      "open_offices: [{id: new, place: sari, clerks: 1}]\n");
  EXPECT_FALSE(scenario.province->offices.back().rules.finishing_counts);
  EXPECT_TRUE(scenario.province->counters[0].rules.finishing_counts);
  EXPECT_TRUE(run_trial(Plan(scenario), 0).audit.passed());
}

}  // namespace
}  // namespace pishkhan::clerk_times_test
