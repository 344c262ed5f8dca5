// Which services move in which wave, against all plans there are of small provinces.
#include "models/planning/find_moves.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "models/scenario/schema/extend.hpp"
#include "models/scenario/waves.hpp"
#include "models/trial/run_trial.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::find_moves_test {
namespace {

namespace fs = std::filesystem;
using tests::ScratchFolder;

constexpr int kServices = 6, kOffices = 12;
constexpr std::size_t kWaves = 3;  // and to stay: four choices

/// A province of 12 offices in one county, in which six services of the counters may move. Some offices give
/// only some of them.
class SmallProvince {
 public:
  explicit SmallProvince(unsigned seed) : random_(seed) {
    for (const char* table : {"counties.csv", "places.csv", "agencies.csv", "holidays.csv", "profiles.csv"})
      fs::copy_file(tests::source_dir() / "tests/scenarios/small" / table, folder_.path() / table);
    write_services();
    write_stations();
    std::ofstream(file()) << kScenario;
  }
  [[nodiscard]] fs::path file() const { return folder_.path() / "plan.yaml"; }

 private:
  int among(int from, int to) {
    return from + static_cast<int>(random_() % static_cast<unsigned>(to - from + 1));
  }
  void write_services() {
    std::ofstream out(folder_.path() / "services.csv");
    out << "id,name_en,name_fa,agency,handling_traditional_mean_s,handling_traditional_cv,"
           "handling_office_mean_s,handling_office_cv,visits_per_1000_urban,visits_per_1000_rural,"
           "share_urban_traditional,share_urban_office,share_urban_online,share_rural_traditional,"
           "share_rural_office,share_rural_online,calls_system,work_s,request_bytes,response_bytes,"
           "lowest_rank,at_rural_offices,online_failure,rework,tariff_rial,listing_evidence\n";
    for (int i = 0; i < kServices; ++i) {
      out << "move-" << i << ",Moves,م,civil-registration,300,0.7," << among(240, 600) << ",0.7,"
          << among(60, 240) << ',' << among(60, 240) << ",1,0,0,1,0,0,no,0,0,0," << among(1, 3)
          << ",yes,0,0,1000,stated\n";
    }
    out << "parcel,Parcel,م,post,240,0.6,240,0.6,500,500,0,1,0,0,1,0,no,0,0,0,3,yes,0,0,40000,stated\n";
  }
  void write_stations() {
    std::ofstream offices(folder_.path() / "offices.csv");
    offices << "id,name_en,name_fa,kind,place,latitude,longitude,rank,clerks,room,link\n";
    for (int i = 0; i < kOffices; ++i) {
      offices << "sari-u-" << 100 + i << ",Office,دفتر,urban,sari," << 36.52 + 0.01 * among(0, 9) << ','
              << 53.02 + 0.01 * among(0, 9) << ',' << among(1, 3) << ',' << among(3, 7) << ",900,fibre\n";
    }
    std::ofstream(folder_.path() / "counters.csv")
        << "agency,county,clerks,room,link\ncivil-registration,sari,40,900,fibre\n"
           "civil-registration,babol,40,900,fibre\npost,sari,40,900,fibre\n";
  }

  static constexpr const char* kScenario =
      "scenario: Six services may move\n"
      "run: {start: 1395-02-01, days: 93, replications: 2, seed: 7}\n"
      "province:\n  counties: counties.csv\n  places: places.csv\n  agencies: agencies.csv\n"
      "  services: services.csv\n  offices: offices.csv\n  counters: counters.csv\n"
      "  hours:\n    urban: {saturday-wednesday: 08:00-14:00, thursday: 08:00-14:00}\n"
      "    rural: {saturday-wednesday: 08:00-14:00, thursday: 08:00-14:00}\n"
      "    counters: {saturday-wednesday: 07:00-14:30, thursday: 07:00-14:30}\n"
      "demand: {profiles: profiles.csv, holidays: holidays.csv}\n"
      "targets: [{id: t, within: 15 min, share: 80%, in: month, at: offices}]\n"
      "plan:\n  services: {agency: civil-registration}\n  from: traditional\n  to: office\n"
      "  waves: [{id: a, starts: 1395-02-01}, {id: b, starts: 1395-03-01}, {id: c, starts: 1395-04-01}]\n";

  ScratchFolder folder_;
  std::mt19937 random_;
};

using Waves = std::vector<std::optional<std::size_t>>;

/// All plans, those of least gain first.
std::vector<Waves> all_plans(const MoveEffects& effects) {
  std::vector<Waves> plans;
  for (int code = 0; code < 4096; ++code) {
    Waves plan;
    for (int item = 0, rest = code; item < kServices; ++item, rest /= 4)
      plan.push_back(rest % 4 == 3 ? std::nullopt : std::optional(static_cast<std::size_t>(rest % 4)));
    plans.push_back(plan);
  }
  const auto gain = [&](const Waves& plan) { return gain_of(effects, {plan, {}}); };
  std::stable_sort(plans.begin(), plans.end(),
                   [&](const Waves& a, const Waves& b) { return gain(a) < gain(b); });
  return plans;
}

/// Whether every service of the one moves in the other too, and not later.
bool has_all_of(const Waves& more, const Waves& less) {
  for (std::size_t item = 0; item < less.size(); ++item)
    if (less[item] && (!more[item] || *more[item] > *less[item])) return false;
  return true;
}

/// How many standard errors the share in time is above its goal at the station and month that are worst,
/// among citizens that neither search nor proof saw.
double worst_on_fresh_citizens(const Scenario& scenario, const MoveEffects& effects, const Waves& plan,
                               std::uint32_t replications) {
  Scenario moved =
      moved_scenario(scenario, effects, {plan, std::vector<int>(effects.stations().size() * kWaves, 0)});
  moved.run.seed = 424'242;
  const std::vector<TargetAt> targets = targets_at(scenario, effects);
  const MonthShares shares =
      simulate_months(moved, targets, effects.months(), {0, replications}, 2, std::function<bool()>());
  double worst = std::numeric_limits<double>::infinity();
  const double goal = scenario.targets[0].goal;
  for (const ObservedShare& share : shares) {
    if (share.counted == 0) continue;
    const double effective = share.counted / std::max(share.design_effect, 1.0);
    worst = std::min(worst, (share.mean - goal) / std::sqrt(goal * (1 - goal) / effective));
  }
  return worst;
}

/// No plan that gains half a percent more than the one found is seen to hold on fresh citizens, and the one
/// found does.
void expect_near_best(unsigned seed) {
  SCOPED_TRACE(seed);
  const SmallProvince province(seed);
  const Scenario scenario = load_scenario(province.file());
  const std::optional<MoveRules> rules = load_moves(ScenarioSource{province.file()}, scenario);
  ASSERT_TRUE(rules);
  const Plan prepared(scenario);
  const MoveEffects effects(prepared, *rules);
  ASSERT_EQ(effects.items().size(), std::size_t{kServices});
  FindMovesOptions options;
  options.threads = 2;
  options.search_days = 1000;
  options.first_days = 2000;
  options.most_days = 8000;
  const FoundMoves found = find_moves(prepared, effects, options);
  EXPECT_TRUE(found.proven);
  EXPECT_GT(found.gain, 0);
  // The worst of 36 shares of hundreds of plans, in standard errors; those that are not seen to miss with few
  // replications are looked at with more.
  constexpr std::array<std::uint32_t, 3> kFresh = {10, 60, 1000};
  constexpr double kNoise = 4.5;
  EXPECT_GT(worst_on_fresh_citizens(scenario, effects, found.moves.wave, kFresh[1]), -kNoise);
  std::vector<Waves> failed;
  std::size_t simulated = 0;
  for (const Waves& plan : all_plans(effects)) {
    if (gain_of(effects, {plan, {}}) <= 1.005 * found.gain) continue;
    // More work than too much is too much.
    if (std::any_of(failed.begin(), failed.end(), [&](const Waves& less) { return has_all_of(plan, less); }))
      continue;
    ++simulated;
    double worst = 0;
    for (const std::uint32_t replications : kFresh) {
      worst = worst_on_fresh_citizens(scenario, effects, plan, replications);
      if (worst < -kNoise) break;
    }
    EXPECT_LT(worst, kNoise) << "holds, and gains " << gain_of(effects, {plan, {}}) << " against "
                             << found.gain;
    if (worst < 0) failed.push_back(plan);
  }
  ::testing::Test::RecordProperty("simulated_" + std::to_string(seed), static_cast<int>(simulated));
  std::cout << "seed " << seed << ": gain " << found.gain << ", bound " << found.bound << ", proposals "
            << found.proposals << ", rounds " << found.rounds << ", simulated " << simulated << std::endl;
}

TEST(LongFindMoves, IsNearTheBestOfAllPlansInTwentyProvinces) {
  for (unsigned seed = 1; seed <= 20; ++seed) expect_near_best(seed);
}

}  // namespace
}  // namespace pishkhan::find_moves_test
