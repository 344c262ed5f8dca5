// Unbroken runs whose doors, clerks and arrivals change by hour and weekday, against a simulation of its own
// that knows only tables of hours; against runs of days where both can say the same; and against runs without
// hours.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "models/plan/forecast.hpp"
#include "models/trial/result_bytes.hpp"
#include "models/trial/run_trial.hpp"
#include "models/trial/station_day/run_pieces.hpp"
#include "sim/statistics/estimate.hpp"

namespace pishkhan::unbroken_hours_test {
namespace {

Scenario scenario_of(const std::string& run, const std::string& station) {
  return load_scenario_text("scenario: Hours\nrun: " + run + "\nstations:\n  - {id: a, " + station + "}\n",
                            "tests/scenarios/small/text.yaml");
}

TrialResult result_of(const std::string& run, const std::string& station) {
  const Scenario scenario = scenario_of(run, station);
  TrialResult result = run_trial(Plan(scenario), 0);
  EXPECT_TRUE(result.audit.passed()) << station << '\n' << result.audit.failures.front();
  return result;
}

// ---- A simulation with tables of hours
// -----------------------------------------------------------------------

constexpr std::size_t kHoursOfWeek = 7 * 24;
using HoursOfWeek = std::array<bool, kHoursOfWeek>;

/// Of a week that begins on a Saturday: `hours` on each of the `days`.
HoursOfWeek hours_of_week(const std::vector<std::size_t>& days, const std::vector<std::size_t>& hours) {
  HoursOfWeek week{};
  for (const std::size_t day : days)
    for (const std::size_t hour : hours) week[day * 24 + hour] = true;
  return week;
}

struct Comer {
  double arrival_s, handling_s;
  std::uint32_t priority;
};
struct Fate {
  Outcome outcome = Outcome::inside;
  double start_s = 0;  // or when the citizen was sent away
};

/// From hour to hour, from event to event. Everybody is patient.
class SmallSimulation {
 public:
  SmallSimulation(HoursOfWeek doors, std::vector<HoursOfWeek> clerks, bool serve_out)
      : doors_(doors), serve_out_(serve_out) {
    for (const HoursOfWeek& hours : clerks) desks_.push_back({hours});
  }

  std::vector<Fate> run(const std::vector<Comer>& comers, double length_s) {
    fates_.assign(comers.size(), {});
    closings_before_.assign(comers.size(), 0);
    comers_ = &comers;
    next_ = 0;
    for (std::size_t hour = 0; static_cast<double>(hour) * 3600 < length_s; ++hour) {
      begin_hour(hour);
      const double end_s = std::min(length_s, static_cast<double>(hour + 1) * 3600);
      for (;;) {
        const double arrival_s = next_arrival_s();
        const auto first = first_to_finish();
        const double finish_s = first->busy_until_s;
        const double now_s = std::min(arrival_s, finish_s);
        if (now_s >= end_s) break;
        if (finish_s <= arrival_s) {
          first->idle_since_s = finish_s;
          first->busy_until_s = HUGE_VAL;
        } else {
          EXPECT_TRUE(doors_[hour % kHoursOfWeek]) << "somebody came in at " << now_s << " s";
          closings_before_[next_] = closings_;
          waiting_.insert({-static_cast<int>(comers[next_].priority), next_});
          ++next_;
        }
        start(now_s);
      }
    }
    EXPECT_EQ(next_, comers.size());
    return fates_;
  }

  [[nodiscard]] std::size_t most_waiting_at_closing() const { return most_at_closing_; }

 private:
  struct Desk {
    HoursOfWeek hours;
    double busy_until_s = HUGE_VAL, idle_since_s = 0;
    bool on = false;
    std::size_t served_out = 0;  // closings at which the clerk was on duty: the number of the last one
  };

  std::vector<Desk>::iterator first_to_finish() {
    return std::min_element(desks_.begin(), desks_.end(),
                            [](const Desk& a, const Desk& b) { return a.busy_until_s < b.busy_until_s; });
  }
  [[nodiscard]] double next_arrival_s() const {
    return next_ < comers_->size() ? (*comers_)[next_].arrival_s : HUGE_VAL;
  }

  void begin_hour(std::size_t hour) {
    const double now_s = static_cast<double>(hour) * 3600;
    const bool open = doors_[hour % kHoursOfWeek];
    if (open_ && !open) close(now_s);
    open_ = open;
    for (Desk& desk : desks_) {
      const bool on = desk.hours[hour % kHoursOfWeek];
      if (on && !desk.on && desk.busy_until_s == HUGE_VAL) desk.idle_since_s = now_s;
      desk.on = on;
    }
    start(now_s);
  }

  void close(double now_s) {
    ++closings_;
    most_at_closing_ = std::max(most_at_closing_, waiting_.size());
    for (Desk& desk : desks_)
      if (desk.on) desk.served_out = closings_;
    if (serve_out_) return;
    for (const auto& [priority, who] : waiting_) fates_[who] = {Outcome::sent_away, now_s};
    waiting_.clear();
  }

  /// At one instant, starts come after all else.
  void start(double now_s) {
    if (next_arrival_s() == now_s || first_to_finish()->busy_until_s == now_s) return;
    const auto is_ready = [](const Desk& desk) {
      return desk.busy_until_s == HUGE_VAL && (desk.on || desk.served_out > 0);
    };
    const auto nobody_ready = [&] { return std::none_of(desks_.begin(), desks_.end(), is_ready); };
    for (auto one = waiting_.begin(); one != waiting_.end() && !nobody_ready();) {
      const std::size_t who = one->second;
      Desk* best = nullptr;
      for (Desk& desk : desks_) {
        const bool stays = serve_out_ && desk.served_out > closings_before_[who];
        if (desk.busy_until_s < HUGE_VAL || !(desk.on || stays)) continue;
        if (best == nullptr || desk.idle_since_s < best->idle_since_s) best = &desk;
      }
      if (best == nullptr) {
        ++one;
        continue;
      }
      fates_[who] = {Outcome::served, now_s};
      best->busy_until_s = now_s + (*comers_)[who].handling_s;
      one = waiting_.erase(one);
    }
  }

  HoursOfWeek doors_;
  bool serve_out_, open_ = false;
  std::vector<Desk> desks_;
  const std::vector<Comer>* comers_ = nullptr;
  std::size_t next_ = 0;
  std::vector<Fate> fates_;
  std::vector<std::size_t> closings_before_;
  std::set<std::pair<int, std::size_t>> waiting_;
  std::size_t closings_ = 0, most_at_closing_ = 0;
};

struct Compared {
  std::size_t visits = 0, sent_away = 0, inside = 0, pieces = 0, at_closing = 0;
};

/// Runs the station, lets the small simulation decide the same visits, and compares.
Compared compare(const std::string& run, const std::string& station, SmallSimulation small) {
  Scenario scenario = scenario_of(run, station);
  scenario.visits.share = 1;
  std::vector<VisitRecord> records;
  TrialOptions options;
  options.visits = [&](std::span<const VisitRecord> some) {
    records.insert(records.end(), some.begin(), some.end());
  };
  const Plan plan(scenario);
  const TrialResult result = run_trial(plan, 0, options);
  EXPECT_TRUE(result.audit.passed()) << result.audit.failures.front();
  std::stable_sort(records.begin(), records.end(),
                   [](const VisitRecord& a, const VisitRecord& b) { return a.arrival_s < b.arrival_s; });
  const double length_s = scenario.run.length_s;
  std::vector<Comer> comers;
  for (const VisitRecord& of : records) {
    const bool served = of.outcome == Outcome::served;
    comers.push_back({of.arrival_s, served ? of.end_s - of.start_s : 1e9, of.service.value});
  }
  const std::vector<Fate> fates = small.run(comers, length_s);
  std::size_t wrong = 0;
  Compared compared;
  for (std::size_t i = 0; i < fates.size(); ++i) {
    const VisitRecord& of = records[i];
    const bool at_desk = of.outcome == Outcome::inside && of.end_s > length_s;
    const Outcome expected = at_desk ? Outcome::served : of.outcome;
    const double when_s = of.outcome == Outcome::served ? of.start_s : of.end_s;
    const bool timed =
        fates[i].outcome == Outcome::inside || at_desk || std::abs(fates[i].start_s - when_s) < 1e-3;
    if ((fates[i].outcome != expected || !timed) && ++wrong < 5) {
      ADD_FAILURE() << "who came at " << of.arrival_s << " s: " << fates[i].start_s << " s instead of "
                    << when_s;
    }
    compared.sent_away += of.outcome == Outcome::sent_away;
    compared.inside += of.outcome == Outcome::inside;
  }
  EXPECT_EQ(wrong, 0U);
  compared.visits = records.size();
  compared.pieces = RunPieces(scenario, plan.data(), StationIndex(0)).count();
  compared.at_closing = small.most_waiting_at_closing();
  return compared;
}

// From Saturday on; doors and the first group go on past midnight, but not from Thursday on into Friday.
const std::string kNight =
    "doors: {every-day: [00:00-02:00, 18:00-24:00], friday: closed}, "
    "clerks: [{clerks: 2, shifts: {every-day: [00:00-01:00, 18:00-24:00], friday: closed}}, "
    "{clerks: 1, shifts: {every-day: '00:00-04:00, 20:00-24:00', thursday: 09:00-11:00, friday: closed}}], ";
const std::vector<std::size_t> kSixDays{0, 1, 2, 3, 4, 5};

SmallSimulation small_night(bool serve_out) {
  const HoursOfWeek two = hours_of_week(kSixDays, {0, 18, 19, 20, 21, 22, 23});
  HoursOfWeek one = hours_of_week({0, 1, 2, 3, 4}, {0, 1, 2, 3, 20, 21, 22, 23});
  for (const std::size_t hour : {9, 10}) one[5 * 24 + hour] = true;
  return {hours_of_week(kSixDays, {0, 1, 18, 19, 20, 21, 22, 23}), {two, two, one}, serve_out};
}

TEST(UnbrokenHours, DoorsAcrossMidnightAreServedOut) {
  const std::string station = kNight + "arrivals: 30 / h, handling: {exponential: {mean: 5 min}}";
  const Compared compared = compare("{start: 1395-01-07, length: 70 d}", station, small_night(true));
  EXPECT_GT(compared.visits, 10'000U);
  EXPECT_EQ(compared.sent_away, 0U);
  EXPECT_GT(compared.at_closing, 10U);
}

TEST(UnbrokenHours, DoorsAcrossMidnightSendAway) {
  const std::string station =
      kNight + "closing: send_away, arrivals: 30 / h, handling: {exponential: {mean: 5 min}}";
  const Compared compared = compare("{start: 1395-01-07, length: 1681 h}", station, small_night(false));
  EXPECT_GT(compared.sent_away, 100U);
  EXPECT_GT(compared.inside, 0U) << "the run ends at one o'clock, with doors open";
}

TEST(UnbrokenHours, PiecesHandOverQueuesAndClerks) {
  const std::string arrivals = "arrivals: {hourly: [3, 1, 1, 1], from: 20:00, total: 60000}, ";
  const std::string station =
      "doors: {every-day: [00:00-02:00, 18:00-24:00], friday: closed}, clerks: [{clerks: 3, shifts: "
      "{every-day: [00:00-01:00, 18:00-24:00], friday: closed}}, {clerks: 1, shifts: 06:00-08:00}], " +
      arrivals + "handling: {exponential: {mean: 0.9 s}}";
  const HoursOfWeek three = hours_of_week(kSixDays, {0, 18, 19, 20, 21, 22, 23});
  const HoursOfWeek one = hours_of_week({0, 1, 2, 3, 4, 5, 6}, {6, 7});
  const SmallSimulation small(hours_of_week(kSixDays, {0, 1, 18, 19, 20, 21, 22, 23}),
                              {three, three, three, one}, true);
  const Compared compared = compare("{start: 1395-01-07, length: 28 d}", station, small);
  EXPECT_GE(compared.pieces, 3U);
  EXPECT_GT(compared.at_closing, 10U);
}

TEST(UnbrokenHours, PiecesHandOverPriorities) {
  const std::string station =
      "streams: [{id: low, arrivals: 30 / min}, {id: high, priority: 1, arrivals: 10 / min}], "
      "clerks: [{from: 00:00, to: 06:00, clerks: 1}, {from: 10:00, to: 24:00, clerks: 2}], "
      "handling: {exponential: {mean: 2 s}}";
  HoursOfWeek all_days{}, late{};
  for (std::size_t hour = 0; hour < kHoursOfWeek; ++hour) {
    all_days[hour] = hour % 24 < 6 || hour % 24 >= 10;
    late[hour] = hour % 24 >= 10;
  }
  HoursOfWeek open;
  open.fill(true);
  const Compared compared =
      compare("{start: 1395-01-07, length: 21 d}", station, SmallSimulation(open, {all_days, late}, true));
  EXPECT_GE(compared.pieces, 3U);
}

TEST(UnbrokenHours, WhereNobodyStaysTheQueueWaitsForTheNextShift) {
  const std::string station =
      "doors: 08:00-16:00, clerks: [{from: 08:00, to: 15:00, clerks: 2}], arrivals: 20 / h, "
      "handling: {exponential: {mean: 6 min}}";
  const HoursOfWeek shift = hours_of_week({0, 1, 2, 3, 4, 5, 6}, {8, 9, 10, 11, 12, 13, 14});
  const HoursOfWeek open = hours_of_week({0, 1, 2, 3, 4, 5, 6}, {8, 9, 10, 11, 12, 13, 14, 15});
  const Compared compared = compare("{length: 60 d}", station, SmallSimulation(open, {shift, shift}, true));
  EXPECT_EQ(compared.sent_away, 0U);
  EXPECT_GT(compared.inside, 15U);
}

// ---- Hours that say nothing
// -----------------------------------------------------------------------------------

TEST(UnbrokenHours, TheSameClerksAllDayAreTheSameBytes) {
  const std::string run = "{length: 100 d, warm_up: 10 d}";
  const std::string queue =
      "arrivals: 1 / min, patience: {exponential: {mean: 1 h}}, handling: {exponential: {mean: 3 min}}, "
      "balking: {per: clerk, points: [{waiting: 2, probability: 0%}, {waiting: 9, probability: 90%}]}, ";
  const std::string plain = to_bytes(result_of(run, queue + "clerks: 3"));
  for (const char* hours :
       {"clerks: [{clerks: 3, shifts: 00:00-24:00}]", "clerks: [{from: 00:00, to: 24:00, clerks: 3}]",
        "clerks: [{from: 00:00, to: 07:00, clerks: 3}, {from: 07:00, to: 24:00, clerks: 3}]",
        "clerks: 3, doors: 00:00-24:00",
        "clerks: 3, doors: ['00:00-12:00', '12:00-24:00'], closing: send_away",
        "clerks: [{clerks: 3, shifts: {every-day: 00:00-24:00}}], doors: 00:00-24:00"})
    EXPECT_EQ(to_bytes(result_of(run, queue + hours)), plain) << hours;
  EXPECT_EQ(to_bytes(result_of("{start: 1395-01-07, length: 100 d, warm_up: 10 d}", queue + "clerks: 3")),
            plain);
  const std::string shared =
      "discipline: processor_sharing, cores: 2, arrivals: 1 / min, handling: {constant: 90 s}";
  EXPECT_EQ(to_bytes(result_of(run, shared + ", doors: 00:00-24:00")), to_bytes(result_of(run, shared)));
}

// ---- The same as a run of days
// --------------------------------------------------------------------------------

class Means {
 public:
  Means(const std::string& run, const std::string& station, double days) {
    const Scenario scenario = scenario_of(run, station);
    const Plan plan(scenario);
    for (std::uint32_t k = 0; k < 40; ++k) {
      const TrialResult trial = run_trial(plan, k);
      EXPECT_TRUE(trial.audit.passed()) << trial.audit.failures.front();
      const StationTally& tally = trial.stations[0];
      const auto arrived = static_cast<double>(tally.arrived);
      values_[0].push_back(arrived / days);
      values_[1].push_back(tally.wait_joined_s / arrived);
      values_[2].push_back(tally.queue_area_s / tally.open_s);
      values_[3].push_back(tally.staffed_s > 0 ? tally.busy_s / tally.staffed_s : 0);
      values_[4].push_back(tally.overtime_s / days);
      values_[5].push_back(tally.staffed_s / days);
      values_[6].push_back(static_cast<double>(tally.sent_away) / arrived);
      values_[7].push_back(tally.open_s / days);
    }
  }
  void expect_like(const Means& other, const std::string& what) const {
    for (std::size_t k = 0; k < values_.size(); ++k) {
      const Estimate a = estimate_mean(values_[k]), b = estimate_mean(other.values_[k]);
      const double error = std::hypot(a.half_width, b.half_width) / student_t_975(39);
      EXPECT_LE(std::abs(a.mean - b.mean), 4 * error + 1e-9 * a.mean) << what << ", quantity " << k;
    }
  }

 private:
  std::array<std::vector<double>, 8> values_;
};

/// Doors that close long before midnight: the nights empty the queue, so both forms of run say the same.
TEST(UnbrokenHours, WhatKeysMeanInARunOfDays) {
  const std::string doors = "doors: {every-day: '08:00-12:00, 13:00-16:00', friday: closed}, ";
  for (const char* rest :
       {"arrivals: 15 / h, clerks: 1, handling: {exponential: {mean: 3.5 min}}",
        "arrivals: {hourly: [1, 2, 3, 2, 9, 1], from: 07:00, total: 90}, clerks: 1, handling: {exponential: "
        "{mean: 4 min}}",
        "arrivals: [{from: 09:00, rate: 30 / h}, {from: 11:30, rate: 10 / h}], closing: send_away, handling: "
        "{exponential: {mean: 6 min}}, clerks: [{clerks: 1, shifts: {every-day: 08:00-17:00, friday: "
        "closed}}, "
        "{clerks: 1, shifts: {every-day: 10:00-17:00, friday: closed}}]",
        "arrivals: 30 / h, clerks: unlimited, handling: {exponential: {mean: 10 min}}"}) {
    const Means days("{start: 1395-01-07, days: 70}", doors + rest, 60);
    Means("{start: 1395-01-07, length: 70 d}", doors + rest, 60).expect_like(days, rest);
  }
  // Nobody waits at a shared processor, so little is left of it to compare.
  const std::string shared =
      doors + "arrivals: 30 / h, discipline: processor_sharing, handling: {exponential: {mean: 1.5 min}}";
  Means("{start: 1395-01-07, length: 70 d}", shared, 60)
      .expect_like(Means("{start: 1395-01-07, days: 70}", shared, 60), shared);
}

// ---- Times on duty, and the forecast
// ---------------------------------------------------------------------------

TEST(UnbrokenHours, TimesAreOfTheCountedTime) {
  const std::string station =
      "arrivals: 1 / h, handling: {constant: 1 s}, clerks: [{clerks: 2, shifts: 08:00-20:00}, {clerks: 1, "
      "shifts: "
      "{every-day: 00:00-24:00, friday: closed}}], doors: {every-day: 00:00-24:00, thursday: 00:00-12:00}";
  const TrialResult result = result_of("{start: 1395-01-07, length: 14 d, warm_up: 30 h}", station);
  const StationTally& tally = result.stations[0];
  EXPECT_NEAR(tally.open_s, (14 * 24 - 2 * 12 - 30) * 3600.0, 1e-6);
  const double on_shift_s = (2 * 13 * 12 + 12 * 24 - 30) * 3600.0;
  EXPECT_NEAR(tally.staffed_s - tally.overtime_s, on_shift_s, 1e-6);
}

TEST(UnbrokenHours, TheForecastIsByHourOfTheWeek) {
  const Scenario scenario = scenario_of(
      "{start: 1395-01-07, length: 28 d, warm_up: 7 d}",
      "arrivals: {hourly: [1, 3], from: 08:00, total: 40}, handling: {constant: 6 min}, clerks: [{clerks: 1, "
      "shifts: {every-day: 00:00-24:00}}, {clerks: 7, shifts: {saturday: 09:00-09:30}}]");
  const Forecast expected = forecast(Plan(scenario));
  EXPECT_NEAR(expected.total_visits, 28 * 40, 1e-6);
  EXPECT_NEAR(expected.visits[0], 21 * 40, 1e-6);
  for (std::size_t day = 0; day < kDaysPerWeek; ++day) {
    for (std::size_t hour = 0; hour < 24; ++hour) {
      const std::size_t key = Forecast::hour_key(0, day, hour);
      EXPECT_NEAR(expected.offered_load[key], hour == 8 ? 1 : hour == 9 ? 3 : 0, 1e-9) << day << ' ' << hour;
      EXPECT_NEAR(expected.clerks[key], day == 0 && hour == 9 ? 4.5 : 1, 1e-9) << day << ' ' << hour;
    }
  }
  ASSERT_EQ(expected.weekday_loads.size(), 1U);
  EXPECT_NEAR(expected.weekday_loads[0].open_days, 21, 1e-9);
  EXPECT_NEAR(expected.weekday_loads[0].offered_load_h, 21 * 4, 1e-6);
  EXPECT_NEAR(expected.weekday_loads[0].clerk_h, 21 * 24.5, 1e-6);
}

}  // namespace
}  // namespace pishkhan::unbroken_hours_test
