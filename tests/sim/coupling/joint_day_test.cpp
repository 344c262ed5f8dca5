// Many stations in one loop: without redirects each is what it is alone, bit for bit; with them, each is
// what it would be alone with the citizens who came, and nobody gets lost on the way.
#include "sim/coupling/joint_day.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <map>

#include "tests/sim/station/case_maker.hpp"

namespace pishkhan::joint_day_test {
namespace {

constexpr unsigned kBatches = 300;

Wish wish_of(unsigned seed) {
  return {
      .plain = seed % 5 == 0, .balking = seed % 2 == 1, .skills = seed % 3 == 1, .priorities = seed % 3 != 0};
}

std::deque<Case> batch_of(unsigned batch, std::size_t stations) {
  std::deque<Case> cases(stations);
  for (unsigned k = 0; k < stations; ++k) {
    const unsigned seed = batch * 100 + k;
    CaseMaker(seed).make(wish_of(seed), cases[k]);
  }
  return cases;
}

std::vector<JointStation> together(std::deque<Case>& cases) {
  std::vector<JointStation> stations;
  for (auto& c : cases) stations.push_back({&c.station, &c.visits, {}, {}});
  return stations;
}

TEST(Coupled, StationsTogetherEqualEachAlone) {
  for (unsigned batch = 0; batch < kBatches; ++batch) {
    auto cases = batch_of(batch, 1 + batch % 13);
    std::vector<Visits> alone;
    for (const auto& c : cases) {
      alone.push_back(c.visits);
      simulate_station(c.station, alone.back());
    }
    auto stations = together(cases);
    simulate_joint_day(stations);
    for (std::size_t k = 0; k < cases.size(); ++k) {
      expect_same(cases[k].visits, alone[k], batch);
      EXPECT_TRUE(stations[k].former_positions.empty());
    }
  }
}

/// Sends who balks to the next station in a ring, if doors there are open on arrival, at most twice.
class Ring {
 public:
  explicit Ring(const std::deque<Case>& cases) : cases_(cases) {
    for (const auto& c : cases) walks_.push_back(std::vector<int>(c.visits.size(), 0));
  }

  std::optional<Redirected> operator()(JointStationIndex station, std::uint32_t visit, double t) {
    const std::uint32_t from = station.value;
    EXPECT_GE(t, last_);
    last_ = t;
    ++asked[from];
    const int walks = walks_[from][visit];
    const auto to = static_cast<std::uint32_t>((from + 1) % cases_.size());
    const double arrival = t + 1 + (visit * 7 + from) % 20;
    if (walks == 2 || to == from || !doors_open(cases_[to].station, arrival)) return std::nullopt;
    walks_[to].push_back(walks + 1);
    const Visits& visits = cases_[from].visits;
    sent[to].push_back(arrival);
    const std::int16_t priority = cases_[to].station.priorities ? visits.priority[visit] : std::int16_t{0};
    return Redirected{JointStationIndex(to),
                      {arrival, visits.human_s[visit] + 1, 0, kForever, visits.balk[visit], priority,
                       visits.service[visit]}};
  }

  std::map<std::uint32_t, std::size_t> asked;
  std::map<std::uint32_t, std::vector<double>> sent;

 private:
  const std::deque<Case>& cases_;
  std::vector<std::vector<int>> walks_;
  double last_ = 0;
};

TEST(Coupled, WithRedirectsEachStationIsItselfWithThoseWhoCame) {
  std::size_t redirected = 0, ties = 0;
  for (unsigned batch = 0; batch < kBatches; ++batch) {
    auto cases = batch_of(batch, 2 + batch % 7);
    // Citizens may fall into a station's arrivals after its last own one; nobody stops halfway.
    for (auto& c : cases)
      if (c.station.at_closing == AtClosing::stop) c.station.at_closing = AtClosing::serve_out;
    std::vector<std::size_t> own;
    for (const auto& c : cases) own.push_back(c.visits.size());
    Ring ring(cases);
    auto stations = together(cases);
    simulate_joint_day(stations, std::ref(ring));
    for (std::uint32_t k = 0; k < cases.size(); ++k) {
      const Visits& visits = cases[k].visits;
      const auto& sent = ring.sent[k];
      ASSERT_EQ(visits.size(), own[k] + sent.size());
      ASSERT_EQ(stations[k].former_positions.size(), sent.empty() ? 0 : visits.size());
      ASSERT_TRUE(std::is_sorted(visits.arrival_s.begin(), visits.arrival_s.end()));
      for (std::size_t i = 0; i < stations[k].former_positions.size(); ++i) {
        const std::uint32_t from = stations[k].former_positions[i];
        if (from >= own[k]) ASSERT_EQ(visits.arrival_s[i], sent[from - own[k]]);
        // At one instant, those who were there from the start come first.
        const bool tied = i > 0 && visits.arrival_s[i] == visits.arrival_s[i - 1];
        if (tied) ASSERT_LT(stations[k].former_positions[i - 1], from);
        ties += tied && from >= own[k];
      }
      const auto balked =
          static_cast<std::size_t>(std::count(visits.outcome.begin(), visits.outcome.end(), Outcome::balked));
      EXPECT_EQ(balked, ring.asked[k]);
      Visits alone = visits;
      simulate_station(cases[k].station, alone);
      expect_same(visits, alone, batch);
      const AuditFindings findings = audit_station_day(audit_day(cases[k]));
      ASSERT_TRUE(findings.passed()) << "batch " << batch << ": " << findings.failures.front();
      redirected += sent.size();
    }
  }
  EXPECT_GT(redirected, 1000u);
  EXPECT_GT(ties, 100u);
}

TEST(Coupled, TheRedirectedFindTheNextStationAsTheyWould) {
  // One clerk each, no room to wait: the second citizen goes on and is served five minutes later.
  const Intervals doors{{0, 3600}};
  const std::vector<Clerk> clerk{{0, 1, doors, 0}};
  StationDay day;
  day.clerks = clerk;
  day.doors = doors;
  day.room = 0;
  Visits first, second;
  first.resize(2);
  first.arrival_s = {100, 200};
  first.human_s = {1000, 1000};
  first.patience_s = {kForever, kForever};
  std::vector<JointStation> stations{{&day, &first, {}, {}}, {&day, &second, {}, {}}};
  simulate_joint_day(stations,
                     [](JointStationIndex from, std::uint32_t visit, double t) -> std::optional<Redirected> {
                       EXPECT_EQ(from, JointStationIndex(0));
                       EXPECT_EQ(visit, 1u);
                       return Redirected{JointStationIndex(1), {t + 300, 60, 0, kForever, 0.5, 0, 0}};
                     });
  EXPECT_EQ(first.outcome, (std::vector{Outcome::served, Outcome::balked}));
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second.arrival_s[0], 500);
  EXPECT_EQ(second.end_s[0], 560);
  EXPECT_EQ(second.outcome[0], Outcome::served);
  EXPECT_EQ(stations[1].former_positions, std::vector<std::uint32_t>{0});
}

}  // namespace
}  // namespace pishkhan::joint_day_test
