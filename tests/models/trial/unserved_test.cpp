// Where citizens go who were not served.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "models/plan/forecast.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trial/result_bytes.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan::unserved_test {
namespace {

constexpr double kMinute = 60, kHour = 3600;
constexpr double kPatience_s = 20 * kMinute;
constexpr double kMorningEnds_s = 14 * kHour, kAfternoon_s = 16 * kHour, kEvening_s = 19 * kHour,
                 kThursdayEnds_s = 13 * kHour;

Scenario small(std::vector<std::string> overrides) {
  overrides.emplace_back("output.visits=all");
  return load_scenario("tests/scenarios/small/small.yaml", overrides);
}

/// Calls that are sent home when they get no answer, and share links and systems where the model says so.
std::string backbone(const std::string& model) {
  return "backbone={model: " + model +
         ", access: {fibre: {bandwidth: 20 Mbit/s, latency: 5 ms}, adsl: {bandwidth: 2 Mbit/s, latency: 30 "
         "ms}, vsat: {bandwidth: 256 kbit/s, latency: 320 ms}}, county: {bandwidth: 4 Gbit/s, latency: 4 "
         "ms}, "
         "province: {bandwidth: 20 Gbit/s, latency: 4 ms}, data_centre: {bandwidth: 20 Gbit/s, latency: 1 "
         "ms}, web: {bandwidth: 4 Mbit/s, latency: 30 ms}, share_before: 50%, "
         "policy: {limit: 5 min, then: send_home}}";
}

/// Urban offices with a clerk each, who come first are served first, and patience is the same for all.
std::vector<std::string> queue_rules(const std::string& unserved, const std::string& closing = "serve_out") {
  return {"run.days=30",
          "classes={}",
          "patience={office: {constant: 20 min}}",
          "staffing=[{at: {kind: urban}, clerks: 1}]",
          "demand.growth=-50%",
          "closing={offices: " + closing + ", counters: serve_out}",
          "unserved=" + unserved};
}

using CitizenId = std::tuple<DayNumber, std::uint32_t, std::uint32_t, std::uint32_t>;
CitizenId citizen_of(const VisitRecord& visit) {
  return {visit.origin_day, visit.place.value, visit.service.value, visit.index};
}

struct Logged {
  explicit Logged(const Scenario& scenario, bool jointly = false) {
    TrialOptions options;
    options.always_jointly = jointly;
    options.visits = [this](std::span<const VisitRecord> some) {
      visits.insert(visits.end(), some.begin(), some.end());
    };
    const Plan plan(scenario);
    result = run_trial(plan, 0, options);
    EXPECT_TRUE(result.audit.passed()) << result.audit.failures.front();
    std::sort(visits.begin(), visits.end(), [](const VisitRecord& a, const VisitRecord& b) {
      return std::tuple(citizen_of(a), a.attempt) < std::tuple(citizen_of(b), b.attempt);
    });
  }

  /// Calls visit(before, next) for each visit to an urban office and the citizen's next attempt, or null.
  template <class Visit>
  void for_pairs(Visit visit) const {
    for (std::size_t i = 0; i < visits.size(); ++i) {
      const bool same = i + 1 < visits.size() && citizen_of(visits[i]) == citizen_of(visits[i + 1]);
      if (is_urban(visits[i].station)) visit(visits[i], same ? &visits[i + 1] : nullptr);
    }
  }
  /// Stations are in the order of their ids: babol-r-001, babol-u-001, sari-r-001, sari-u-001, sari-u-002.
  static bool is_urban(StationIndex station) {
    return station.value == 1 || station.value == 3 || station.value == 4;
  }

  TrialResult result;
  std::vector<VisitRecord> visits;
};

bool left_before_the_break(const VisitRecord& visit) { return visit.end_s <= kAfternoon_s; }
/// Two openings of the doors.
bool is_long_day(DayNumber day) { return weekday(day) < 5; }

/// What one clerk does with arrivals, written apart from the simulator: first come, first served; whoever has
/// waited for the patience leaves; at two o'clock the clerk goes on until nobody waits, or sends them away.
void expect_one_clerk(std::vector<const VisitRecord*> day, bool sends_away) {
  std::sort(day.begin(), day.end(),
            [](const VisitRecord* a, const VisitRecord* b) { return a->arrival_s < b->arrival_s; });
  double free_s = 8 * kHour;
  for (const VisitRecord* visit : day) {
    const double opening_s = visit->arrival_s < kAfternoon_s ? 8 * kHour : kAfternoon_s;
    const double morning_ends_s = is_long_day(visit->day) ? kMorningEnds_s : kThursdayEnds_s;
    const double closing_s = visit->arrival_s < kAfternoon_s ? morning_ends_s : kEvening_s;
    const double start_s = std::max({visit->arrival_s, free_s, opening_s});
    const double gives_up_s = visit->arrival_s + kPatience_s;
    Outcome outcome = start_s > gives_up_s ? Outcome::abandoned : Outcome::served;
    if (sends_away && std::min(start_s, gives_up_s) > closing_s) outcome = Outcome::sent_away;
    ASSERT_EQ(visit->outcome, outcome) << visit->arrival_s / kHour << " h, start " << start_s / kHour;
    if (outcome != Outcome::served) continue;
    ASSERT_NEAR(visit->start_s, start_s, 1e-6);
    free_s = visit->end_s;
  }
}

void expect_one_clerk(const Logged& run, bool sends_away) {
  std::map<std::pair<std::uint32_t, DayNumber>, std::vector<const VisitRecord*>> days;
  for (const VisitRecord& visit : run.visits)
    if (Logged::is_urban(visit.station)) days[{visit.station.value, visit.day}].push_back(&visit);
  EXPECT_GT(days.size(), 60U);
  for (const auto& [key, visits] : days) expect_one_clerk(visits, sends_away);
}

TEST(Unserved, WithTheSharesOfRetryAreTheSame) {
  const std::string as_retry =
      "[{after: [balked, abandoned, sent_away], goes: {same_later: 60%, lost: 40%}}, "
      "{after: failed, goes: {same_later: 100%}}, {after: online, goes: {office: 100%}}]";
  const std::string trouble = "outages=[{agency: all, from: '1395-02-04 10:00', for: 3 h}]";
  for (const std::vector<std::string>& more : {std::vector<std::string>{}, {trouble, backbone("shared")}}) {
    std::vector<std::string> with = queue_rules(as_retry), without = queue_rules("[]");
    for (auto* list : {&with, &without}) list->insert(list->end(), more.begin(), more.end());
    const Logged rules(small(with)), retry(small(without));
    EXPECT_GT(retry.result.stations[3].abandoned, 0U);
    EXPECT_EQ(to_bytes(rules.result), to_bytes(retry.result));
  }
}

TEST(Unserved, GiveNoticeWhereNobodyCanComeAgainOnTheDay) {
  const auto told = [](const std::string& rule) {
    const Scenario scenario = small(queue_rules("[{after: [abandoned], " + rule + "}]"));
    return std::any_of(scenario.notices.begin(), scenario.notices.end(),
                       [](const Notice& notice) { return notice.key == "notice.nobody_returns_today"; });
  };
  EXPECT_FALSE(told("goes: {same_today: 100%}"));
  EXPECT_FALSE(told("at: {kind: urban}, goes: {same_today: 100%}"));
  EXPECT_TRUE(told("at: counters, goes: {same_today: 100%}")) << "counters open once a day";
  EXPECT_TRUE(told("at: counters, goes: {same_today: 50%, lost: 50%}"));
  EXPECT_FALSE(told("at: counters, goes: {other_today: 100%}")) << "offices open twice";
  EXPECT_FALSE(told("at: counters, goes: {same_later: 100%}"));
}

TEST(Unserved, ComeAgainInTheAfternoonOrOnTheNextDay) {
  const Logged run(small(queue_rules("[{after: abandoned, goes: {same_today: 100%}, at_most: 100}]")));
  expect_one_clerk(run, false);
  std::size_t today = 0, later = 0;
  run.for_pairs([&](const VisitRecord& before, const VisitRecord* next) {
    if (before.outcome != Outcome::abandoned) return;
    if (next == nullptr) {
      EXPECT_FALSE(left_before_the_break(before) && is_long_day(before.day));
      return;  // pending
    }
    EXPECT_EQ(next->station, before.station);
    if (left_before_the_break(before) && is_long_day(before.day)) {
      ++today;
      EXPECT_EQ(next->day, before.day);
      EXPECT_GE(next->arrival_s, kAfternoon_s);
    } else {
      ++later;
      EXPECT_GT(next->day, before.day);
    }
  });
  EXPECT_GT(today, 200U);
  EXPECT_GT(later, 50U);
  EXPECT_EQ(run.result.citizens[0].lost, 0U);
}

// Who leaves after two is not served out: the queue is sent away, and comes at four.
TEST(Unserved, SentAwayAtNoonComeAtFour) {
  const Logged run(
      small(queue_rules("[{after: sent_away, goes: {same_today: 100%}, at_most: 9}, "
                        "{after: abandoned, goes: {lost: 100%}}]",
                        "send_away")));
  expect_one_clerk(run, true);
  std::size_t today = 0;
  run.for_pairs([&](const VisitRecord& before, const VisitRecord* next) {
    if (before.outcome == Outcome::abandoned) EXPECT_EQ(next, nullptr);
    if (before.outcome != Outcome::sent_away || !left_before_the_break(before) || !is_long_day(before.day))
      return;
    ++today;
    ASSERT_NE(next, nullptr);
    EXPECT_EQ(next->day, before.day);
    EXPECT_GE(next->arrival_s, kAfternoon_s);
  });
  EXPECT_GT(today, 20U);
}

TEST(Unserved, GoToAnotherOfficeTodayOrLater) {
  const Logged run(
      small(queue_rules("[{after: abandoned, goes: {other_today: 50%, other_later: 50%}, at_most: 100}]")));
  expect_one_clerk(run, false);
  double morning = 0, today = 0;
  run.for_pairs([&](const VisitRecord& before, const VisitRecord* next) {
    if (before.outcome != Outcome::abandoned || next == nullptr) return;
    EXPECT_NE(next->station, before.station);
    EXPECT_LT(next->station.index(), 5U);
    if (next->day == before.day) EXPECT_GE(next->arrival_s, before.end_s);
    // A rural office of one opening takes nobody again on the day.
    if (!left_before_the_break(before) || !is_long_day(before.day) || !Logged::is_urban(next->station))
      return;
    ++morning;
    today += next->day == before.day;
  });
  EXPECT_GT(morning, 100);
  EXPECT_NEAR(today / morning, 0.5, 4 * std::sqrt(0.25 / morning));
}

// Citizens who are not concerned stay the same: the morning of a day does not know of its afternoon.
TEST(Unserved, ChangeNothingBeforeTheyComeAgain) {
  const Logged none(small(queue_rules("[{after: abandoned, goes: {lost: 100%}}]")));
  const Logged again(small(queue_rules("[{after: abandoned, goes: {same_today: 100%}, at_most: 1}]")));
  const DayNumber first = none.visits.front().day;
  std::map<std::pair<CitizenId, std::uint32_t>, const VisitRecord*> before;
  for (const VisitRecord& visit : none.visits) before[{citizen_of(visit), visit.attempt}] = &visit;
  std::size_t compared = 0;
  for (const VisitRecord& visit : again.visits) {
    if (visit.station == kNoStation || visit.day != first || visit.arrival_s >= kMorningEnds_s) continue;
    const auto same = before.find({citizen_of(visit), visit.attempt});
    ASSERT_NE(same, before.end());
    EXPECT_EQ(same->second->outcome, visit.outcome);
    EXPECT_EQ(same->second->end_s, visit.end_s);
    ++compared;
  }
  EXPECT_GT(compared, 50U);
}

TEST(Unserved, ComeAgainAlikeInOneEventLoop) {
  const Scenario scenario = small(queue_rules(
      "[{after: [abandoned, sent_away], goes: {same_today: 40%, other_today: 30%, other_later: 20%, "
      "lost: 10%}, at_most: 5}]",
      "send_away"));
  const Logged apart(scenario), together(scenario, true);
  EXPECT_GT(apart.result.stations[3].abandoned, 0U);
  ASSERT_EQ(apart.visits.size(), together.visits.size());
  for (std::size_t i = 0; i < apart.visits.size(); ++i) {
    EXPECT_EQ(citizen_of(apart.visits[i]), citizen_of(together.visits[i]));
    EXPECT_EQ(apart.visits[i].outcome, together.visits[i].outcome);
    if (apart.visits[i].station != kNoStation) EXPECT_EQ(apart.visits[i].end_s, together.visits[i].end_s);
  }
}

// Calls that share links, outages, redirects, and the visits table or none: audits pass, and bytes are the
// same whether visits are written or not.
TEST(Unserved, ComeAgainUnderTroubleAndRedirects) {
  std::vector<std::string> overrides = queue_rules(
      "[{after: [abandoned, sent_away, balked, failed], goes: {same_today: 40%, other_today: 40%, lost: "
      "20%}, "
      "at_most: 5}, {after: online, goes: {online: 60%, counter: 20%, lost: 20%}, at_most: 3}]",
      "send_away");
  overrides.insert(overrides.end(),
                   {"redirect={travel: 10 min}",
                    "balking={offices: {points: [{waiting: 2, probability: 0%}, "
                    "{waiting: 6, probability: 100%}]}}",
                    "outages=[{agency: all, from: '1395-02-04 10:00', for: 3 h}]", backbone("shared")});
  const Scenario scenario = small(overrides);
  const Logged run(scenario);
  std::size_t today = 0;
  run.for_pairs([&](const VisitRecord& before, const VisitRecord* next) {
    const bool redirected = before.outcome == Outcome::balked;
    today += !redirected && next != nullptr && next->day == before.day;
  });
  EXPECT_GT(today, 20U);
  const TrialResult without_visits = run_trial(Plan(scenario), 0, {});
  EXPECT_EQ(to_bytes(without_visits), to_bytes(run.result));
}

// Over each model of the backbone, also where several days could be decided together.
TEST(Unserved, TryOnlineAgainAlikeWhetherVisitsAreWrittenOrNot) {
  for (const char* model : {"ideal", "shared"}) {
    SCOPED_TRACE(model);
    const Scenario scenario =
        small({"unserved=[{after: online, goes: {online: 60%, office: 40%}, at_most: 5}]",
               "outages=[{agency: all, from: '1395-02-03 10:00', for: 9 h}, "
               "{agency: all, from: '1395-02-04 10:00', for: 9 h}]",
               backbone(model)});
    const Logged run(scenario);
    EXPECT_EQ(to_bytes(run_trial(Plan(scenario), 0, {})), to_bytes(run.result));
    std::size_t came = 0;
    for (std::size_t i = 1; i < run.visits.size(); ++i) {
      const VisitRecord &before = run.visits[i - 1], &next = run.visits[i];
      if (before.channel != Channel::online || citizen_of(before) != citizen_of(next)) continue;
      EXPECT_GT(next.day, before.day);
      came += before.attempt > 0 && next.channel != Channel::online;
    }
    EXPECT_GT(came, 0U) << "after a second attempt online";
  }
}

/// Half of the online attempts of `address-change` fail; nobody uses it otherwise.
Scenario online(const std::string& goes, int at_most = 3, std::vector<std::string> more = {}) {
  more.insert(
      more.end(),
      {"province.services=tests/scenarios/small/_only-online.csv", "run.days=60", "run.warm_up_days=10",
       "unserved=[{after: online, goes: {" + goes + "}, at_most: " + std::to_string(at_most) + "}]"});
  return small(more);
}

constexpr std::size_t kAddressChange = 1;

/// Attempts for the service of citizens who tried online first: in the province above, the urban ones.
std::map<CitizenId, std::vector<const VisitRecord*>> tries_of(const Logged& run) {
  std::map<CitizenId, std::vector<const VisitRecord*>> tries;
  for (const VisitRecord& visit : run.visits)
    if (visit.service.index() == kAddressChange) tries[citizen_of(visit)].push_back(&visit);
  std::erase_if(tries, [](const auto& one) { return one.second.front()->channel != Channel::online; });
  return tries;
}

TEST(Unserved, OnlineGoToOfficesCountersAndNowhereByTheirShares) {
  const Logged run(online("office: 50%, counter: 30%, lost: 20%"));
  const DayNumber last = run.visits.back().origin_day;
  double failed = 0, offices = 0, counters = 0;
  for (const auto& [citizen, of] : tries_of(run)) {
    if (of.front()->outcome != Outcome::failed || std::get<0>(citizen) > last - 5) continue;
    ++failed;
    if (of.size() < 2) continue;
    EXPECT_GT(of[1]->day, of[0]->day);
    offices += of[1]->channel == Channel::office;
    counters += of[1]->channel == Channel::traditional;
  }
  EXPECT_GT(failed, 1000);
  EXPECT_NEAR(offices / failed, 0.5, 4 * std::sqrt(0.25 / failed));
  EXPECT_NEAR(counters / failed, 0.3, 4 * std::sqrt(0.21 / failed));
}

TEST(Unserved, OnlineTryAgainUntilTheyMayNotAnyMore) {
  const Logged run(online("online: 100%", 2));
  // Tries: 1, and half of each go on; an eighth of all are lost after the third.
  const DayNumber last = run.visits.back().origin_day;
  double citizens = 0, lost = 0, attempts = 0;
  for (const auto& [citizen, of] : tries_of(run)) {
    for (std::size_t k = 0; k + 1 < of.size(); ++k) {
      EXPECT_EQ(of[k]->outcome, Outcome::failed);
      EXPECT_LT(of[k]->day, of[k + 1]->day);
      EXPECT_EQ(of[k + 1]->attempt, k + 1);
    }
    ASSERT_LE(of.size(), 3U);
    if (std::get<0>(citizen) > last - 10) continue;  // the others may have tries to come
    ++citizens;
    attempts += static_cast<double>(of.size());
    if (of.back()->outcome == Outcome::failed) {
      ++lost;
      EXPECT_EQ(of.size(), 3U);
    }
  }
  EXPECT_GT(citizens, 1000);
  EXPECT_NEAR(lost / citizens, 0.125, 4 * std::sqrt(0.125 * 0.875 / citizens));
  EXPECT_NEAR(attempts / citizens, 1.75, 4 * std::sqrt(0.69 / citizens));
  const CitizenTally& tally =
      run.result.citizens[kAddressChange * kChannels + static_cast<std::size_t>(Channel::online)];
  EXPECT_EQ(tally.trips, 0U);
  EXPECT_GT(tally.days, 0U);
  EXPECT_EQ(tally.created, tally.completed + tally.lost + tally.pending);
}

// An outage of the system all day: whoever calls it fails, and goes where the rule says.
TEST(Unserved, OnlineFailingInAnOutageGoByTheSameRule) {
  for (const std::string goes : {"lost: 100%", "counter: 100%", "online: 100%"}) {
    const Logged run(online(
        goes, 1, {"outages=[{agency: all, from: '1395-02-20 00:00', for: 24 h}]", backbone("shared")}));
    std::size_t failed = 0, to_offices = 0, to_counters = 0, again = 0;
    for (const auto& [citizen, of] : tries_of(run)) {
      for (const VisitRecord* visit : of) {
        failed += visit->channel == Channel::online && visit->outcome == Outcome::failed;
        to_offices += visit->channel == Channel::office;
        to_counters += visit->channel == Channel::traditional;
        again += visit->channel == Channel::online && visit->attempt > 0;
      }
    }
    EXPECT_GT(failed, 0U);
    EXPECT_EQ(to_offices, 0U) << goes;
    EXPECT_EQ(to_counters > 0, goes == "counter: 100%");
    EXPECT_EQ(again > 0, goes == "online: 100%");
  }
}

TEST(Unserved, OnlineAreForecastAsTheyAreSimulated) {
  const Scenario scenario = online("office: 30%, counter: 30%, online: 40%", 2,
                                   {"retry={probability: 0%, at_most: 1}", "patience={}"});
  const Plan plan(scenario);
  const Forecast expected = forecast(plan);
  double of_offices = 0, of_counters = 0, offices = 0, counters = 0;
  for (std::size_t s = 0; s < expected.visits.size(); ++s)
    (s < 5 ? of_offices : of_counters) += expected.visits[s];
  constexpr std::uint32_t kReplications = 40;
  for (std::uint32_t i = 0; i < kReplications; ++i) {
    const TrialResult trial = run_trial(plan, i);
    for (std::size_t s = 0; s < trial.stations.size(); ++s)
      (s < 5 ? offices : counters) += static_cast<double>(trial.stations[s].arrived) / kReplications;
  }
  EXPECT_NEAR(of_offices / offices, 1, 0.03);
  EXPECT_NEAR(of_counters / counters, 1, 0.03);
}

TEST(Unserved, RulesHoldForTheirServicesStationsResidentsAndDays) {
  const Logged run(small(queue_rules(
      "[{after: abandoned, goes: {lost: 100%}}, {after: abandoned, at: {county: sari}, services: [parcel], "
      "kind: urban, goes: {same_later: 100%}, at_most: 50, starts: 1395-02-10, ends: 1395-02-20}]")));
  const auto date = [](int day) { return *from_solar_hijri({1395, 2, day}); };
  const Scenario any = small({});
  std::size_t within = 0, without = 0;
  run.for_pairs([&](const VisitRecord& before, const VisitRecord* next) {
    if (before.outcome != Outcome::abandoned) return;
    const bool sari = any.province->offices[before.station.index()].id.starts_with("sari");
    const bool parcel = any.province->services[before.service.index()].id == "parcel";
    const bool urban = !any.province->places[before.place.index()].id.ends_with("rural");
    const bool fits = sari && parcel && urban && before.day >= date(10) && before.day <= date(20);
    EXPECT_EQ(next != nullptr, fits);
    ++(fits ? within : without);
  });
  EXPECT_GT(within, 10U);
  EXPECT_GT(without, 100U);
}

}  // namespace
}  // namespace pishkhan::unserved_test
