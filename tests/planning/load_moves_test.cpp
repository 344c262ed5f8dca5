// What the block `plan` says, however much else stands in the scenario.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "models/scenario/make_scenario.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/extend.hpp"
#include "models/scenario/waves.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::load_moves_test {
namespace {

namespace fs = std::filesystem;

const std::string kStart =
    "scenario: Moves\n"
    "run: {start: 1395-02-01, days: 62, replications: 2, seed: 7}\n";
const std::string kPlan =
    "plan:\n  services: [parcel, birth-certificate]\n  from: traditional\n  to: office\n  share: 50%\n"
    "  waves: [{id: one, starts: 1395-02-10, clerks: 3}, {id: two, starts: 1395-03-01, clerks: 4}]\n"
    "  fixed: {parcel: two}\n";
/// Keys that change little or nothing.
const std::vector<std::string> kMore{
    "description: x\n",
    "name: moves\n",
    "service_level: 20 min\n",
    "travel: {detour: 1.3}\n",
    "closing: {counters: serve_out}\n",
    "retry: {probability: 50%, at_most: 1}\n",
    "staffing: [{at: offices, clerks: '+2'}]\n",
    "targets: [{id: t, within: 20 min, share: 70%, in: month, at: offices}]\n",
    "patience: {office: {weibull: {shape: 1, median: 41 min}}}\n",
    "classes: {elderly: {share: 9%, priority: 1}}\n",
    "migrations: [{id: m, services: [parcel], from: online, to: office, share: 10%, starts: 1394-01-01}]\n",
    "absence: []\n",
    "hours: []\n",
};

void expect_what_is_written(const ScenarioSource& source, double share) {
  const Scenario scenario = load_scenario(source);
  const std::optional<MoveRules> rules = load_moves(source, scenario);
  ASSERT_TRUE(rules);
  EXPECT_EQ(rules->services.size(), 2U);
  EXPECT_EQ(rules->from, Channel::traditional);
  EXPECT_EQ(rules->to, Channel::office);
  EXPECT_DOUBLE_EQ(rules->share, share);
  ASSERT_EQ(rules->waves.size(), 2U);
  EXPECT_EQ(rules->waves[0].id, "one");
  EXPECT_EQ(rules->waves[1].clerks, 4);
  ASSERT_EQ(rules->fixed.size(), 1U);
  EXPECT_EQ(rules->fixed[0].second, std::optional<std::size_t>(1));
}

TEST(LoadMoves, ReadsTheSameBesideAnyNumberOfKeys) {
  const tests::ScratchFolder scratch;
  const fs::path file = scratch.path() / "moves.yaml";
  const std::string base =
      "base: " + (tests::source_dir() / "tests/scenarios/small/small.yaml").string() + '\n';
  std::string more;
  for (std::size_t keys = 0; keys <= kMore.size(); ++keys) {
    SCOPED_TRACE(keys);
    if (keys > 0) more += kMore[keys - 1];
    std::ofstream(file) << kStart << base << more << kPlan;
    expect_what_is_written({file}, 0.5);
    expect_what_is_written({file, {"run.seed=8"}}, 0.5);
    expect_what_is_written({file, {"plan.share=30%"}}, 0.3);
    expect_what_is_written({file, {"demand.growth=+10%", "run.seed=9"}}, 0.5);
  }
}

}  // namespace
}  // namespace pishkhan::load_moves_test
