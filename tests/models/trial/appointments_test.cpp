// Citizens who book a slot: who books, when they come, who is served before whom, and what is counted of
// slots.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "models/plan/dated_changes.hpp"
#include "models/plan/plan_data.hpp"
#include "models/province/calendar.hpp"
#include "models/trial/result_bytes.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan::appointments_test {
namespace {

/// Nobody comes twice, or leaves.
constexpr const char* kPlain =
    "patience: {traditional: never, office: never}\nretry: {probability: 0%, at_most: 0}\nclasses: {elderly: "
    "{share: 0%, priority: 0}}\n";

Scenario load(const std::string& more, const std::string& run = "{start: 1395-02-04, days: 8}") {
  return load_scenario_text("scenario: Slots\nbase: small.yaml\nrun: " + run + "\n" + more,
                            "tests/scenarios/small/slots.yaml");
}

using CitizenKey = std::tuple<DayNumber, std::uint32_t, std::uint32_t, std::uint32_t>;
CitizenKey citizen_of(const VisitRecord& visit) {
  return {visit.origin_day, visit.place.value, visit.service.value, visit.index};
}

/// A replication with all its visits to stations.
struct OneRun {
  Scenario scenario;
  Plan plan;
  std::vector<VisitRecord> visits;
  TrialResult result;

  explicit OneRun(Scenario of, std::uint32_t number = 0, TrialOptions options = {})
      : scenario(with_visits(std::move(of))), plan(scenario) {
    options.visits = [this](std::span<const VisitRecord> records) {
      for (const VisitRecord& visit : records)
        if (visit.station != kNoStation) visits.push_back(visit);
    };
    result = run_trial(plan, number, options);
    EXPECT_TRUE(result.audit.passed()) << result.audit.failures.front();
  }
  static Scenario with_visits(Scenario scenario) {
    scenario.visits.share = 1;
    return scenario;
  }
  [[nodiscard]] AppointmentCounts all() const {
    AppointmentCounts sum;
    for (const AppointmentResult& one : result.appointments) {
      for (const auto member :
           {&AppointmentCounts::wanted, &AppointmentCounts::booked, &AppointmentCounts::without_slot,
            &AppointmentCounts::days_to_slot, &AppointmentCounts::not_yet, &AppointmentCounts::offered,
            &AppointmentCounts::used, &AppointmentCounts::no_shows, &AppointmentCounts::shut})
        sum.*member += one.counts.*member;
    }
    return sum;
  }
};

std::size_t station(const Scenario& scenario, const std::string& id) {
  const auto ids = station_ids(scenario);
  return static_cast<std::size_t>(std::find(ids.begin(), ids.end(), id) - ids.begin());
}

/// So many that no room is full.
constexpr const char* kManyClerks = "staffing: [{at: all, clerks: 60}]\n";

/// 1395-02-04 is a Saturday; the first holiday after it is 1395-02-16.
std::string parcels(const std::string& more,
                    const std::string& slots = "{hours: 08:00-13:00, number: 3000}") {
  return std::string(kPlain) + "appointments: [{services: [parcel], at: offices, slots: [" + slots + "], " +
         more + "}]\n";
}

TEST(Appointments, ComeAtTheirSlotsOnTheNextOpenDay) {
  const OneRun run(load(parcels("share: 100%", "{hours: 08:00-13:00, number: 3000}")));
  const AppointmentCounts all = run.all();
  EXPECT_GT(all.booked, 1000u);
  EXPECT_EQ(all.booked, all.wanted) << "there are more slots than anybody wants";
  std::uint64_t days = 0, booked = 0;
  for (const VisitRecord& visit : run.visits) {
    if (run.scenario.province->services[visit.service.index()].id != "parcel" ||
        visit.channel != Channel::office || visit.attempt > 0)
      continue;
    const bool on_friday = weekday(visit.origin_day + 1) == 6;
    EXPECT_EQ(visit.day, visit.origin_day + (on_friday ? 2 : 1));
    EXPECT_EQ(std::fmod(visit.arrival_s, 60), 0) << "slots begin at whole minutes";
    EXPECT_GE(visit.arrival_s, 8 * kSecondsPerHour);
    EXPECT_LT(visit.arrival_s, 13 * kSecondsPerHour);
    days += static_cast<std::uint64_t>(visit.day - visit.origin_day);
    ++booked;
  }
  EXPECT_EQ(booked, all.used);
  EXPECT_EQ(booked, all.booked - all.not_yet);
  EXPECT_EQ(days + all.not_yet, all.days_to_slot) << "of the last day, to the day after it";
}

TEST(Appointments, NeverWaitWhereSlotsAreFartherApartThanHandlingIsLong) {
  const OneRun run(
      load(std::string(kPlain) +
           "handling: [{services: all, distribution: {constant: 5 min}}]\n"
           "staffing: [{at: offices, clerks: 1}]\n"
           "authorise: [{services: [birth-certificate, address-change], lowest_rank: 1, rural: false}]\n"
           "appointments: [{services: all, at: {kind: rural}, share: 100%, horizon: 60 d, "
           "without_slot: lost, slots: [{hours: 08:00-12:00, number: 24}]}]\n"));
  ASSERT_FALSE(run.result.appointments.empty());
  for (std::size_t row = 0; row < run.result.appointments.size(); ++row) {
    const AppointmentResult& slots = run.result.appointments[row];
    const StationResult& rural = run.result.stations[run.plan.data().appointments[row].station];
    EXPECT_EQ(rural.arrived, slots.counts.used);
    EXPECT_GT(slots.counts.used, 24u);
    EXPECT_EQ(rural.wait_s, 0) << "five minutes of work every ten minutes";
    EXPECT_EQ(slots.booked.served, slots.counts.used);
    EXPECT_EQ(slots.walk_ins.arrived, 0u);
  }
}

TEST(Appointments, FillTheQuotaWhereMoreCitizensWantThanThereAreSlots) {
  // Eight slots a day, of which the last that may be booked is five days ahead: who books waits for five
  // days.
  const OneRun run(load(parcels("share: 100%, horizon: 5 d, without_slot: lost",
                                "{hours: 08:00-10:00, number: 8, days: [saturday, sunday, monday, tuesday, "
                                "wednesday, thursday]}") +
                            kManyClerks,
                        "{start: 1395-05-02, days: 27, warm_up_days: 13}"));
  const AppointmentCounts all = run.all();
  // Two weeks of twelve working days are counted. Nobody books on a Friday, so that on Saturday Wednesday is
  // free, four days ahead, and Thursday; on Sunday no day is new, on other days the fifth is.
  const std::size_t offices = run.result.appointments.size();
  EXPECT_EQ(all.offered, 8 * 12 * offices);
  EXPECT_EQ(all.used, all.offered);
  EXPECT_EQ(all.wanted, all.booked + all.without_slot);
  EXPECT_EQ(all.booked, 8 * 12 * offices);
  EXPECT_EQ(all.days_to_slot, 8 * 2 * (4 + 5 * 5) * offices);
  std::uint64_t lost = 0;
  for (const CitizenTally& citizens : run.result.citizens) lost += citizens.lost;
  EXPECT_EQ(lost, all.without_slot);
}

TEST(Appointments, AreMissedByTheShareOfNoShows) {
  AppointmentCounts all;
  std::uint64_t lost = 0;
  for (std::uint32_t k = 0; k < 5; ++k) {
    const OneRun run(load(parcels("share: 50%, no_show: 20%") + kManyClerks), k);
    const AppointmentCounts one = run.all();
    all.wanted += one.wanted;
    all.used += one.used;
    all.no_shows += one.no_shows;
    for (const CitizenTally& citizens : run.result.citizens) lost += citizens.lost;
  }
  const auto ended = static_cast<double>(all.used + all.no_shows);
  EXPECT_NEAR(static_cast<double>(all.no_shows) / ended, 0.2, 4 * std::sqrt(0.2 * 0.8 / ended));
  EXPECT_EQ(lost, all.no_shows);
}

TEST(Appointments, LeaveWhoDoesNotBookAsBefore) {
  const OneRun without(load(std::string(kPlain) + kManyClerks)),
      with(load(parcels("share: 40%") + kManyClerks));
  std::map<CitizenKey, VisitRecord> before;
  for (const VisitRecord& visit : without.visits)
    if (visit.attempt == 0) before[citizen_of(visit)] = visit;
  std::size_t same = 0, booked = 0, of_parcels = 0;
  for (const VisitRecord& visit : with.visits) {
    if (visit.attempt > 0) continue;
    ASSERT_TRUE(before.contains(citizen_of(visit)));
    const VisitRecord& was = before[citizen_of(visit)];
    EXPECT_EQ(visit.station, was.station);
    const bool parcel = with.scenario.province->services[visit.service.index()].id == "parcel" &&
                        visit.channel == Channel::office;
    of_parcels += parcel;
    if (visit.day == was.day) {
      EXPECT_EQ(visit.arrival_s, was.arrival_s);
      ++same;
    } else {
      EXPECT_TRUE(parcel);
      ++booked;
    }
    EXPECT_NEAR(visit.end_s - visit.start_s, was.end_s - was.start_s, 1e-6) << "the same handling";
  }
  EXPECT_EQ(booked, with.all().used);
  EXPECT_GT(same, booked);
  const AppointmentCounts all = with.all();
  const auto n = static_cast<double>(of_parcels + all.not_yet);
  EXPECT_NEAR(static_cast<double>(all.wanted) / n, 0.4, 4 * std::sqrt(0.4 * 0.6 / n));
}

TEST(Appointments, OfMoreCitizensKeepThoseOfFewer) {
  const OneRun few(load(parcels("share: 30%"))), many(load(parcels("share: 70%")));
  std::set<CitizenKey> booked_few, booked_many;
  for (const auto& [run, into] : {std::pair(&few, &booked_few), std::pair(&many, &booked_many)}) {
    for (const VisitRecord& visit : run->visits)
      if (visit.attempt == 0 && visit.day != visit.origin_day) into->insert(citizen_of(visit));
  }
  EXPECT_GT(booked_few.size(), 100u);
  EXPECT_TRUE(std::includes(booked_many.begin(), booked_many.end(), booked_few.begin(), booked_few.end()));
}

TEST(Appointments, MayBringCitizensEarly) {
  const OneRun run(load(parcels("share: 100%, early: 20 min", "{hours: 09:00-13:00, number: 240}")));
  double sum = 0, least = kForever, n = 0;
  for (const VisitRecord& visit : run.visits) {
    if (visit.day == visit.origin_day || visit.attempt > 0) continue;
    least = std::min(least, visit.arrival_s);
    sum += std::fmod(visit.arrival_s, 60);
    ++n;
  }
  EXPECT_GE(least, 8 * kSecondsPerHour + 40 * kSecondsPerMinute);
  EXPECT_LT(least, 9 * kSecondsPerHour) << "the first of a day comes before nine";
  EXPECT_NEAR(sum / n, 30, 4 * 60 / std::sqrt(12 * n)) << "evenly, and not at whole minutes";
}

/// The visits of a station-day, in order of arrival.
std::vector<VisitRecord> day_of(const OneRun& run, std::size_t at, DayNumber day) {
  std::vector<VisitRecord> visits;
  for (const VisitRecord& visit : run.visits)
    if (visit.station.index() == at && visit.day == day) visits.push_back(visit);
  return visits;
}

/// Simulates the queue of a day once more, minute details aside: identical clerks from the opening on, who
/// take of those waiting the booked first, or keep `kept` clerks for them.
std::vector<double> starts_again(const std::vector<VisitRecord>& visits, const std::vector<bool>& booked,
                                 std::size_t clerks, std::size_t kept, bool first) {
  std::vector<double> free_s(clerks, 0.0), start_s(visits.size(), -1);
  std::vector<bool> done(visits.size(), false);
  for (std::size_t served = 0; served < visits.size(); ++served) {
    // The earliest start that is possible; of several then the first by priority, then arrival.
    std::size_t best = visits.size(), best_clerk = 0;
    double best_s = kForever;
    for (std::size_t i = 0; i < visits.size(); ++i) {
      if (done[i]) continue;
      for (std::size_t k = 0; k < clerks; ++k) {
        if (k < kept && !booked[i]) continue;
        const double at_s = std::max(free_s[k], visits[i].arrival_s);
        const bool ahead = best < visits.size() && first && booked[i] && !booked[best];
        if (at_s < best_s || (at_s == best_s && ahead)) {
          best = i;
          best_clerk = k;
          best_s = at_s;
        }
      }
    }
    if (best == visits.size()) return {};  // somebody was never served
    done[best] = true;
    start_s[best] = best_s;
    free_s[best_clerk] = best_s + (visits[best].end_s - visits[best].start_s);
  }
  return start_s;
}

class Order : public ::testing::TestWithParam<std::tuple<int, int>> {};
INSTANTIATE_TEST_SUITE_P(Rules, Order,
                         ::testing::Values(std::tuple(0, 0), std::tuple(3, 0), std::tuple(0, 1),
                                           std::tuple(2, 2)));

TEST_P(Order, IsThatOfAnIndependentSimulation) {
  const auto [priority, kept] = GetParam();
  const OneRun run(load(parcels("share: 50%, early: 15 min, priority: " + std::to_string(priority) +
                                    ", clerks: " + std::to_string(kept),
                                "{hours: 08:00-12:00, number: 200}") +
                        "hours: [{at: offices, hours: 08:00-14:00}]\nhandling: [{services: all, channel: "
                        "office, factor: " +
                        (kept > 1 ? "1.1" : "1.8") + "}]\n"));
  const std::size_t at = station(run.scenario, "sari-u-001");
  std::size_t compared = 0, waited = 0;
  for (DayNumber day = run.scenario.run.start + 1; day < run.scenario.run.start + 5; ++day) {
    const std::vector<VisitRecord> visits = day_of(run, at, day);
    std::vector<bool> booked;
    for (const VisitRecord& visit : visits)
      booked.push_back(visit.attempt == 0 && visit.day != visit.origin_day);
    const std::vector<double> start_s =
        starts_again(visits, booked, 4, static_cast<std::size_t>(kept), priority > 0);
    ASSERT_EQ(start_s.size(), visits.size());
    for (std::size_t i = 0; i < visits.size(); ++i) {
      EXPECT_NEAR(visits[i].start_s, start_s[i], 1e-6) << i << " of day " << day;
      waited += start_s[i] > visits[i].arrival_s;
      ++compared;
    }
  }
  EXPECT_GT(compared, 200u);
  EXPECT_GT(waited, compared / 4);
}

TEST(Appointments, CountTheWaitsOfBothKinds) {
  const OneRun run(
      load(parcels("share: 50%, priority: 5, early: 10 min", "{hours: 08:00-12:00, number: 100}")));
  VisitTally booked, walk_ins;
  for (const AppointmentResult& one : run.result.appointments) {
    booked += one.booked;
    walk_ins += one.walk_ins;
    EXPECT_EQ(one.booked.waits.unpack().count(), one.booked.served);
  }
  double booked_s = 0, walk_in_s = 0;
  std::uint64_t n_booked = 0, n_walk_ins = 0;
  for (const VisitRecord& visit : run.visits) {
    if (run.scenario.province->services[visit.service.index()].id != "parcel" ||
        visit.channel != Channel::office)
      continue;
    if (visit.outcome != Outcome::served) continue;
    const bool is_booked = visit.attempt == 0 && visit.day != visit.origin_day;
    (is_booked ? booked_s : walk_in_s) += visit.start_s - visit.arrival_s;
    ++(is_booked ? n_booked : n_walk_ins);
  }
  EXPECT_EQ(booked.served, n_booked);
  EXPECT_EQ(walk_ins.served, n_walk_ins);
  EXPECT_NEAR(booked.wait_s, booked_s, 0.01 * static_cast<double>(n_booked));
  EXPECT_NEAR(walk_ins.wait_s, walk_in_s, 0.01 * static_cast<double>(n_walk_ins));
}

const std::string kShared =
    "backbone:\n  model: shared\n  share_before: 50%\n  access:\n    fibre: {bandwidth: 10 Mbit/s, latency: "
    "2 ms}\n"
    "    adsl: {bandwidth: 2 Mbit/s, latency: 20 ms}\n    vsat: {bandwidth: 1 Mbit/s, latency: 300 ms}\n"
    "  county: {bandwidth: 50 Mbit/s, latency: 2 ms}\n  province: {bandwidth: 200 Mbit/s, latency: 2 ms}\n"
    "  data_centre: {bandwidth: 1 Gbit/s, latency: 1 ms}\n  web: {bandwidth: 4 Mbit/s, latency: 20 ms}\n";

TEST(Appointments, AreTheSameWhateverTheWayOfSimulating) {
  const std::string verbs =
      "appointments: [{services: all, at: all, share: 45%, no_show: 10%, early: 12 min, clerks: 1, "
      "slots: [{hours: 08:00-13:00, number: 40}]}]\n";
  for (const std::string& backbone : {std::string(), kShared}) {
    const Scenario scenario = load(verbs + backbone, "{start: 1395-02-04, days: 24, warm_up_days: 3}");
    const Plan plan(scenario);
    TrialOptions jointly;
    jointly.always_jointly = true;
    const TrialResult apart = run_trial(plan, 0), together = run_trial(plan, 0, jointly);
    EXPECT_TRUE(apart.audit.passed()) << apart.audit.failures.front();
    EXPECT_TRUE(together.audit.passed()) << together.audit.failures.front();
    ASSERT_EQ(apart.appointments.size(), together.appointments.size());
    for (std::size_t row = 0; row < apart.appointments.size(); ++row) {
      const AppointmentResult &a = apart.appointments[row], &b = together.appointments[row];
      EXPECT_EQ(a.counts.booked, b.counts.booked);
      EXPECT_EQ(a.counts.used, b.counts.used);
      EXPECT_EQ(a.booked.wait_s, b.booked.wait_s);
      EXPECT_EQ(a.walk_ins.wait_s, b.walk_ins.wait_s);
    }
    EXPECT_EQ(to_bytes(from_bytes(to_bytes(apart))), to_bytes(apart));
  }
}

TEST(Appointments, AreLostForTheDayWhereNobodyIsOnDuty) {
  const OneRun run(
      load(parcels("share: 100%, no_show: 10%") + "absence: [{at: {kind: rural}, probability: 60%}]\n"));
  const std::size_t rural = station(run.scenario, "sari-r-001");
  const auto row = std::find_if(run.plan.data().appointments.begin(), run.plan.data().appointments.end(),
                                [&](const auto& of) { return of.station == rural; });
  ASSERT_NE(row, run.plan.data().appointments.end());
  const AppointmentCounts& counts =
      run.result.appointments[static_cast<std::size_t>(row - run.plan.data().appointments.begin())].counts;
  EXPECT_GT(counts.shut, 0u);
  EXPECT_EQ(run.result.appointments[static_cast<std::size_t>(row - run.plan.data().appointments.begin())]
                .booked.arrived,
            counts.used);
}

TEST(Appointments, SendCitizensOnAsOthersWhereTheyAreRedirected) {
  const OneRun run(load(
      "appointments: [{services: all, at: offices, share: 60%, slots: [{hours: 08:00-12:00, number: 60}]}]\n"
      "redirect: {at_most: 2, speed: 25 km/h}\nabsence: [{at: offices, probability: 40%}]\n"
      "handling: [{services: all, factor: 3}]\n"));
  EXPECT_GT(run.all().used, 100u);
}

TEST(Appointments, HoldOnTheirDaysAlone) {
  const OneRun run(load(parcels("share: 100%, starts: 1395-02-06, ends: 1395-02-08")));
  const DayNumber start = run.scenario.run.start;
  for (const VisitRecord& visit : run.visits) {
    if (visit.attempt > 0 || visit.day == visit.origin_day) continue;
    EXPECT_GE(visit.origin_day, start + 2);
    EXPECT_LE(visit.day, start + 4);
  }
  const AppointmentCounts all = run.all();
  EXPECT_GT(all.without_slot, 0u) << "who wants one on the last day";
  EXPECT_EQ(all.not_yet, 0u);
}

std::string mistakes_of(const std::string& more) {
  try {
    load(more);
  } catch (const UserError& error) {
    std::string text;
    for (const Diagnostic& mistake : error.diagnostics())
      text += mistake.path + ": " + mistake.problem + '\n';
    return text;
  }
  return {};
}

TEST(Appointments, ThatCannotBeAreRefusedTogether) {
  const std::string slots = "slots: [{hours: 08:00-10:00, number: 4}]";
  EXPECT_EQ(
      mistakes_of("appointments:\n  - {services: [parcel], at: offices, share: 50%, horizon: 1.5 d, " +
                  slots + "}\n  - {services: [birth-certificate], at: {kind: rural}, share: 50%, " + slots +
                  "}\n  - {services: [parcel], at: {kind: urban}, share: 50%, earliest: 9 d, horizon: 7 d, "
                  "slots: [{hours: closed, number: 4}]}\n"),
      "appointments[0].horizon: `1.5 d` is not a number of days from 1 to 366\n"
      "appointments[1].at: no station of `at` gives any of these services\n"
      "appointments[2]: slots for `parcel` at `babol-u-001`, which `appointments[0]` has on the same days "
      "too\n"
      "appointments[2].horizon: no day may be booked\n"
      "appointments[2].slots[0].hours: slots while all is closed\n");
}

TEST(Appointments, GiveNoticeOfWhatIsOdd) {
  const auto notices = [](const std::string& more) {
    std::set<std::string> keys;
    for (const Notice& notice :
         load(parcels(more, "{hours: 03:00-05:00, number: 3}, {hours: 08:00-09:00, number: 2}"),
              "{start: 1395-02-04, days: 8, warm_up_days: 2}")
             .notices)
      keys.insert(notice.key);
    return keys;
  };
  EXPECT_EQ(notices("share: 50%").count("notice.appointments.closed_slots"), 1u);
  EXPECT_EQ(notices("share: 0%").count("notice.appointments.nobody"), 1u);
  EXPECT_EQ(notices("share: 50%, clerks: 1").count("notice.appointments.few_clerks"), 1u);
  EXPECT_EQ(notices("share: 50%").count("notice.appointments.few_clerks"), 0u);
  EXPECT_EQ(notices("share: 50%, earliest: 3 d").count("notice.appointments.no_warm_up"), 1u);
  EXPECT_EQ(notices("share: 50%").count("notice.appointments.no_warm_up"), 0u);
  EXPECT_EQ(notices("share: 50%, horizon: 4 d").count("notice.appointments.short_warm_up"), 1u);
  EXPECT_EQ(notices("share: 50%, horizon: 2 d").count("notice.appointments.short_warm_up"), 0u);
}

TEST(Appointments, AreRefusedByWhatDrawsSingleDays) {
  std::vector<Diagnostic> mistakes;
  const Scenario with = load(parcels("share: 50%")), without = load(kPlain);
  add_dated_demand(without, "choosing offices to open", mistakes);
  EXPECT_TRUE(mistakes.empty());
  add_dated_demand(with, "choosing offices to open", mistakes);
  ASSERT_EQ(mistakes.size(), 1u);
  EXPECT_EQ(mistakes[0].path, "appointments");
  EXPECT_EQ(mistakes[0].problem, "choosing offices to open where citizens book slots");
}

}  // namespace
}  // namespace pishkhan::appointments_test
