// What moves are expected to do, against runs without and with them.
#include "models/planning/move_effects.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/planning/moved_scenario.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/extend.hpp"
#include "models/scenario/waves.hpp"
#include "models/trial/run_trial.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::move_effects_test {
namespace {

namespace fs = std::filesystem;

/// The small province, in which half of all citizens lack papers, with clerks for everybody.
fs::path write_scenario(const fs::path& folder, const std::string& from, const std::string& to) {
  const fs::path small = tests::source_dir() / "tests/scenarios/small";
  std::ifstream in(small / "services.csv");
  std::ofstream out(folder / "services.csv");
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("id,")) {
      std::size_t end = line.rfind(',', line.rfind(',') - 1);  // before tariff and evidence stands the rework
      const std::size_t begin = line.rfind(',', end - 1) + 1;
      line.replace(begin, end - begin, "0.5");
    }
    out << line << '\n';
  }
  const fs::path file = folder / "moves.yaml";
  std::ofstream(file) << "scenario: Moves\nbase: " << (small / "small.yaml").string()
                      << "\nprovince: {services: services.csv}\n"
                         "run: {start: 1395-02-01, days: 62, replications: 2, seed: 7}\n"
                         "staffing: [{at: all, clerks: +40}]\nclosing: {counters: serve_out}\n"
                         "plan:\n  services: all\n  gain: time\n  ramp: "
                      << (to == "online" ? 0 : 10) << " d\n  from: " << from << "\n  to: " << to
                      << "\n  waves: [{id: one, starts: 1395-02-10}]\n";
  return file;
}

/// Hours on the ways there and back by service, and at the end hours of clerks' work at the stations.
std::vector<double> hours_of(const Scenario& scenario, const MoveEffects& effects, const TrialResult& trial) {
  std::vector<double> hours(scenario.province->services.size() + 1, 0);
  for (std::size_t i = 0; i < trial.service_travel.size(); ++i) {
    for (const Kind kind : {Kind::urban, Kind::rural}) {
      const double metres =
          static_cast<double>(trial.service_travel[i].metres[static_cast<std::size_t>(kind)]);
      hours[i / kStationChannels] += 2 * scenario.travel.seconds(metres, kind) / kSecondsPerHour;
    }
  }
  for (const StationIndex station : effects.stations())
    hours.back() += trial.stations[station.index()].busy_s / kSecondsPerHour;
  return hours;
}

void expect_as_in_runs(const std::string& from, const std::string& to) {
  SCOPED_TRACE(from + " to " + to);
  const tests::ScratchFolder scratch;
  const fs::path file = write_scenario(scratch.path(), from, to);
  const Scenario scenario = load_scenario(file);
  const std::optional<MoveRules> rules = load_moves(ScenarioSource{file}, scenario);
  ASSERT_TRUE(rules);
  const Plan before(scenario);
  const MoveEffects effects(before, *rules);
  const Moves all{std::vector<std::optional<std::size_t>>(effects.items().size(), 0),
                  std::vector<int>(effects.stations().size(), 0)};
  const Scenario moved = moved_scenario(scenario, effects, all);
  const Plan after(moved);
  constexpr std::uint32_t kReplications = 30;
  const std::size_t services = scenario.province->services.size();
  std::vector<double> sum(services + 1, 0), squares(services + 1, 0);
  for (std::uint32_t i = 0; i < kReplications; ++i) {
    const std::vector<double> now = hours_of(scenario, effects, run_trial(before, i));
    const std::vector<double> then = hours_of(scenario, effects, run_trial(after, i));
    for (std::size_t s = 0; s <= services; ++s) {
      const double more = s < services ? now[s] - then[s] : then[s] - now[s];
      sum[s] += more;
      squares[s] += more * more;
    }
  }
  double work_h = 0;
  for (std::size_t s = 0; s <= services; ++s) {
    const MoveEffects::Part part = s < services ? effects.part(ServiceId(s), 0) : MoveEffects::Part();
    work_h += part.work_s / kSecondsPerHour;
    const double expected = s < services ? part.gain : work_h, mean = sum[s] / kReplications;
    const double error = std::sqrt((squares[s] / kReplications - mean * mean) / (kReplications - 1));
    // Second visits of the last days come after the end.
    EXPECT_NEAR(mean, expected, 4 * error + 0.03 * std::abs(expected)) << s;
    EXPECT_LT(4 * error, 0.15 * std::abs(expected) + 10) << s;
  }
}

TEST(MoveEffects, CountSecondVisitsForPapersOnWaysAndAtStations) {
  expect_as_in_runs("traditional", "office");
  expect_as_in_runs("office", "traditional");
  expect_as_in_runs("traditional", "online");
}

}  // namespace
}  // namespace pishkhan::move_effects_test
