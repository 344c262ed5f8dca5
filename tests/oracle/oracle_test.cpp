// Both kernels against actors of SimGrid who play the same days with the same citizens. Every day is played
// in a process of its own.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <map>

#include "sim/backbone/shared.hpp"
#include "sim/backbone/simgrid.hpp"
#include "sim/coupling/joint_day.hpp"
#include "sim/experiment/forked.hpp"
#include "tests/oracle/actors.hpp"
#include "tests/oracle/small_province.hpp"
#include "tests/sim/coupling/unloaded_calls.hpp"

namespace pishkhan::oracle::oracle_test {
namespace {

constexpr double kTolerance = 1e-9;  ///< of dates, relative
#ifdef PISHKHAN_SANITIZED
constexpr bool kAFewOnly = true;  // actors are slow there
#else
constexpr bool kAFewOnly = false;
#endif
constexpr std::uint64_t kProvinces = kAFewOnly ? 2 : 40;

using FollowUp = std::vector<std::vector<Fate>>;

std::vector<Scene> scenes_of(SmallProvince& province) {
  std::vector<Scene> scenes;
  for (std::size_t k = 0; k < province.stations(); ++k)
    scenes.push_back({&province.day(k), &province.visits(k), AccessLinkId(k)});
  return scenes;
}

FollowUp in_own_process(const std::vector<Scene>& scenes, const std::function<FollowUp()>& what) {
  const auto job = [&](std::size_t) {
    std::string bytes;
    for (const auto& station : what())
      bytes.append(reinterpret_cast<const char*>(station.data()), station.size() * sizeof(Fate));
    return bytes;
  };
  const WorkerOutcome outcome = run_forked(1, job)[0];
  EXPECT_TRUE(outcome.succeeded()) << outcome.failure;
  FollowUp follow_up;
  const char* next = outcome.bytes.data();
  for (const Scene& scene : scenes) {
    follow_up.emplace_back(outcome.succeeded() ? scene.visits->size() : 0);
    std::memcpy(follow_up.back().data(), next, follow_up.back().size() * sizeof(Fate));
    next += follow_up.back().size() * sizeof(Fate);
  }
  return follow_up;
}

FollowUp play(const std::vector<Scene>& scenes, const Wires& wires) {
  return in_own_process(scenes, [&] { return act_out(scenes, wires); });
}

/// What was compared, and where the two first differ.
struct Comparison {
  std::map<Outcome, std::size_t> outcomes;
  std::size_t visits = 0, differences = 0, overtaken = 0, overtime = 0;
  double worst = 0;  ///< relative difference of dates
  std::string first;

  void add(const StationDay& day, const Visits& visits_of, const std::vector<Fate>& follow_up,
           const std::string& where) {
    double latest_start_s = 0;
    for (std::size_t i = 0; i < follow_up.size(); ++i) {
      const Fate& fate = follow_up[i];
      const bool served = visits_of.outcome[i] == Outcome::served;
      double off =
          std::max(off_by(fate.leave_s, visits_of.leave_s[i]), off_by(fate.end_s, visits_of.end_s[i]));
      if (served) off = std::max(off, std::fabs(fate.system_s - visits_of.system_s[i]) / visits_of.end_s[i]);
      const bool same =
          fate.outcome == visits_of.outcome[i] && fate.clerk == visits_of.clerk[i] && off <= kTolerance;
      if (!same && differences++ == 0) {
        first = where + ", visit " + std::to_string(i) + ": arrives " +
                std::to_string(visits_of.arrival_s[i]) +
                told(visits_of.outcome[i], visits_of.clerk[i], visits_of.leave_s[i], visits_of.end_s[i]) +
                "; actors:" + told(fate.outcome, fate.clerk, fate.leave_s, fate.end_s);
      }
      if (same) worst = std::max(worst, off);
      ++visits;
      ++outcomes[visits_of.outcome[i]];
      overtaken += served && visits_of.leave_s[i] < latest_start_s;
      overtime += served && visits_of.leave_s[i] > day.doors.back().to_s;
      if (served) latest_start_s = std::max(latest_start_s, visits_of.leave_s[i]);
    }
  }

 private:
  static double off_by(double a, double b) { return std::fabs(a - b) / b; }
  static std::string told(Outcome outcome, std::uint32_t clerk, double leave_s, double end_s) {
    return " outcome " + std::to_string(static_cast<int>(outcome)) + ", clerk " + std::to_string(clerk) +
           ", leaves " + std::to_string(leave_s) + ", ends " + std::to_string(end_s);
  }
};

std::string name_of(std::uint64_t seed, std::size_t station) {
  return "province " + std::to_string(seed) + ", station " + std::to_string(station);
}

void expect_agreement(const Comparison& seen) {
  EXPECT_EQ(seen.differences, 0u) << seen.first;
  EXPECT_GT(seen.visits, 100u);
  if (kAFewOnly) return;
  EXPECT_GT(seen.visits, 10'000u);
  for (const Outcome outcome : {Outcome::served, Outcome::abandoned, Outcome::balked, Outcome::sent_away}) {
    const auto found = seen.outcomes.find(outcome);
    EXPECT_GT(found == seen.outcomes.end() ? 0 : found->second, 100u) << static_cast<int>(outcome);
  }
  EXPECT_GT(seen.overtaken, 500u);
  EXPECT_GT(seen.overtime, 50u);
  testing::Test::RecordProperty("visits", std::to_string(seen.visits));
  testing::Test::RecordProperty("worst_relative_difference", std::to_string(seen.worst * 1e12) + "e-12");
}

TEST(Oracle, AgreesWithStationsApart) {
  Comparison seen;
  for (std::uint64_t seed = 1; seed <= kProvinces; ++seed) {
    SmallProvince province(seed);
    province.begin_day(static_cast<int>(seed % 28));
    const std::vector<Scene> scenes = scenes_of(province);
    const FollowUp follow_up = play(scenes, {});
    for (std::size_t k = 0; k < province.stations(); ++k) {
      simulate_station(province.day(k), province.visits(k));
      seen.add(province.day(k), province.visits(k), follow_up[k], name_of(seed, k));
    }
  }
  expect_agreement(seen);
}

/// What the coupled kernel makes of the day on a backbone when some arrivals are moved by jitter_s.
std::vector<Visits> simulate_together(SmallProvince& province, const Wires& wires, double jitter_s,
                                      Backbone& backbone) {
  std::vector<Visits> visits;
  std::vector<JointStation> coupled;
  for (std::size_t k = 0; k < province.stations(); ++k) {
    visits.push_back(province.visits(k));
    for (std::size_t i = 0; i < visits.back().size(); ++i)
      visits.back().arrival_s[i] += i % 3 == 1 ? jitter_s : 0;
  }
  for (std::size_t k = 0; k < province.stations(); ++k)
    coupled.push_back({&province.day(k), &visits[k], AccessLinkId(k), {}});
  simulate_joint_day(coupled, {}, {&backbone, wires.transactions, wires.share_before});
  return visits;
}
std::vector<Visits> simulate_on_shared(SmallProvince& province, const Wires& wires, double jitter_s) {
  SharedBackbone backbone(*wires.platform);
  return simulate_together(province, wires, jitter_s, backbone);
}
std::vector<Visits> simulate_on_simgrid(SmallProvince& province, const Wires& wires, double jitter_s) {
  const FollowUp follow_up = in_own_process(scenes_of(province), [&] {
    FollowUp made;
    for (const Visits& visits :
         simulate_together(province, wires, jitter_s, *make_simgrid_backbone(*wires.platform))) {
      made.emplace_back();
      for (std::size_t i = 0; i < visits.size(); ++i) {
        made.back().push_back(
            {visits.leave_s[i], visits.end_s[i], visits.system_s[i], visits.outcome[i], visits.clerk[i]});
      }
    }
    return made;
  });
  std::vector<Visits> visits;
  for (std::size_t k = 0; k < province.stations(); ++k) {
    visits.push_back(province.visits(k));
    for (std::size_t i = 0; i < follow_up[k].size(); ++i) {
      visits[k].leave_s[i] = follow_up[k][i].leave_s, visits[k].end_s[i] = follow_up[k][i].end_s;
      visits[k].system_s[i] = follow_up[k][i].system_s;
      visits[k].outcome[i] = follow_up[k][i].outcome, visits[k].clerk[i] = follow_up[k][i].clerk;
    }
  }
  return visits;
}

/// How much a day magnifies what moves its arrivals. Many calls on few cores and narrow lines are chaotic:
/// there rounding grows to milliseconds, and no two programs agree to the last digits.
constexpr double kJitter_s = 1e-10, kChaotic = 1e5;
double magnification(const std::vector<Visits>& visits, const std::vector<Visits>& moved) {
  double most_s = 0;
  for (std::size_t k = 0; k < visits.size(); ++k) {
    for (std::size_t i = 0; i < visits[k].size(); ++i)
      most_s = std::max(most_s, std::fabs(moved[k].end_s[i] - visits[k].end_s[i]));
  }
  return most_s / kJitter_s;
}

using Simulate = std::vector<Visits> (*)(SmallProvince&, const Wires&, double jitter_s);

/// Days of calls that meet, by the coupled kernel and by actors.
void expect_agreement_over_calls(std::uint64_t first_seed, bool narrow, Simulate simulate) {
  Comparison seen;
  double calls_s = 0, unloaded_s = 0;
  std::uint64_t chaotic = 0;
  for (std::uint64_t seed = first_seed; seed < first_seed + kProvinces; ++seed) {
    SmallProvince province(seed);
    province.begin_day(static_cast<int>(seed % 28));
    const Platform platform = narrow ? province.random_narrow_platform() : province.random_platform();
    ASSERT_TRUE(narrow || narrow_links(platform).none());
    const std::vector<Transaction> transactions = province.random_transactions();
    const Wires wires{&platform, transactions, province.draw(0, 1)};
    for (std::size_t k = 0; k < province.stations(); ++k)
      set_unloaded_calls(platform, transactions, AccessLinkId(k), province.visits(k));
    const std::vector<Visits> together = simulate(province, wires, 0);
    if (magnification(together, simulate(province, wires, kJitter_s)) > kChaotic) {
      ++chaotic;
      continue;
    }
    const FollowUp follow_up = play(scenes_of(province), wires);
    for (std::size_t k = 0; k < province.stations(); ++k) {
      const Visits& visits = together[k];
      seen.add(province.day(k), visits, follow_up[k], name_of(seed, k));
      for (std::size_t i = 0; i < visits.size(); ++i) {
        Transaction what = transactions[visits.service[i]];
        if (visits.outcome[i] != Outcome::served || what.work_s == 0) continue;
        what.from = AccessLinkId(k);
        calls_s += visits.system_s[i];
        unloaded_s += unloaded(platform, what).total_s();
      }
    }
  }
  expect_agreement(seen);
  EXPECT_LE(chaotic, kAFewOnly ? 1 : kProvinces / 10);
  EXPECT_GT(calls_s, (kAFewOnly ? 1.0 : 1.2) * unloaded_s);  // the calls do meet
  testing::Test::RecordProperty("calls_over_unloaded", std::to_string(calls_s / unloaded_s));
  testing::Test::RecordProperty("chaotic_days", std::to_string(chaotic));
}

TEST(Oracle, AgreesWithStationsOnTheSharedBackbone) {
  expect_agreement_over_calls(1001, false, simulate_on_shared);
}

// What only SimGrid expresses: trunks that fill.
TEST(Oracle, AgreesWithStationsOnTheSimgridBackbone) {
  expect_agreement_over_calls(2001, true, simulate_on_simgrid);
}

// The comparison would notice: actors who call the last class first make other days.
TEST(Oracle, TellsOneOrderFromAnother) {
  SmallProvince province(1);
  province.begin_day(1);
  Comparison seen;
  std::vector<Scene> scenes = scenes_of(province);
  std::vector<Visits> turned;
  for (const Scene& scene : scenes) {
    turned.push_back(*scene.visits);
    for (std::int16_t& priority : turned.back().priority) priority = static_cast<std::int16_t>(-priority);
  }
  for (std::size_t k = 0; k < scenes.size(); ++k) scenes[k].visits = &turned[k];
  const FollowUp follow_up = play(scenes, {});
  for (std::size_t k = 0; k < province.stations(); ++k) {
    simulate_station(province.day(k), province.visits(k));
    seen.add(province.day(k), province.visits(k), follow_up[k], name_of(1, k));
  }
  EXPECT_GT(seen.differences, 10u);
}

}  // namespace
}  // namespace pishkhan::oracle::oracle_test
