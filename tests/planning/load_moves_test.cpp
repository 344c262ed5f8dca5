// What the block `plan` says, however much else stands in the scenario.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "models/scenario/make_scenario.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/extend.hpp"
#include "models/scenario/waves.hpp"
#include "sim/base/diagnostic.hpp"
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

/// Rules of three services and two waves at random.
class RandomRules {
 public:
  explicit RandomRules(unsigned seed) : random_(seed) {
    for (std::size_t number = below(3); number > 0; --number) together_.push_back(two());
    for (std::size_t number = below(4); number > 0; --number) {
      in_order_.push_back(two());
      if (below(2) == 0) std::swap(in_order_.back()[0], in_order_.back()[1]);
    }
    for (std::size_t service = 0; service < 3; ++service) {
      if (below(2) == 0) fixed_[service] = below(3);
      for (std::size_t wave = 0; wave < 2; ++wave)
        if (below(4) == 0) forbidden_[service].push_back(wave);
    }
  }

  [[nodiscard]] std::string text() const {
    static const std::vector<std::string> kWaves{"one", "two", "stays"};
    const auto lists = [](const std::string& key, const std::vector<Pair>& pairs) {
      std::string text;
      for (const Pair& pair : pairs)
        text += (text.empty() ? "" : ", ") + ("[" + kServices[pair[0]] + ", " + kServices[pair[1]] + "]");
      return pairs.empty() ? "" : "  " + key + ": [" + text + "]\n";
    };
    std::string text = lists("together", together_) + lists("in_order", in_order_);
    text += fixed_.empty() ? "" : "  fixed:\n";
    for (const auto& [service, wave] : fixed_)
      text += "    " + kServices[service] + ": " + kWaves[wave] + '\n';
    text += forbidden_.empty() ? "" : "  forbidden:\n";
    for (const auto& [service, waves] : forbidden_) {
      text += "    " + kServices[service] + ": [" + kWaves[waves[0]];
      text += waves.size() > 1 ? ", " + kWaves[waves[1]] + "]\n" : "]\n";
    }
    return text;
  }
  /// Whether some plan keeps all rules.
  [[nodiscard]] bool is_possible() const {
    for (std::size_t code = 0; code < 27; ++code)
      if (keeps({code % 3, code / 3 % 3, code / 9})) return true;
    return false;
  }

 private:
  using Pair = std::array<std::size_t, 2>;
  inline static const std::vector<std::string> kServices{"parcel", "birth-certificate", "address-change"};

  std::size_t below(std::size_t n) { return random_() % n; }
  Pair two() {
    const std::size_t without = below(3);
    return {without == 0 ? 1U : 0U, without == 2 ? 1U : 2U};
  }
  /// A wave by service; 2: it stays.
  [[nodiscard]] bool keeps(const std::array<std::size_t, 3>& wave) const {
    for (const Pair& pair : together_)
      if (wave[pair[0]] != wave[pair[1]]) return false;
    for (const Pair& pair : in_order_)
      if (wave[pair[0]] > wave[pair[1]]) return false;
    for (const auto& [service, fixed] : fixed_)
      if (wave[service] != fixed) return false;
    for (const auto& [service, waves] : forbidden_)
      if (std::find(waves.begin(), waves.end(), wave[service]) != waves.end()) return false;
    return true;
  }

  std::mt19937 random_;
  std::vector<Pair> together_, in_order_;
  std::map<std::size_t, std::size_t> fixed_;
  std::map<std::size_t, std::vector<std::size_t>> forbidden_;
};

TEST(LoadMoves, RefusesRulesThatNoPlanKeepsAndNoOthers) {
  const tests::ScratchFolder scratch;
  const fs::path file = scratch.path() / "moves.yaml";
  const std::string base =
      "base: " + (tests::source_dir() / "tests/scenarios/small/small.yaml").string() + '\n';
  std::size_t possible = 0, impossible = 0;
  for (unsigned seed = 1; seed <= 600; ++seed) {
    const RandomRules rules(seed);
    const std::string text =
        "  services: all\n  from: traditional\n  to: office\n"
        "  waves: [{id: one, starts: 1395-02-10}, {id: two, starts: 1395-03-01}]\n" +
        rules.text();
    std::ofstream(file) << kStart << base << "plan:\n" << text;
    std::string told;
    try {
      (void)load_scenario(file);
    } catch (const UserError& error) {
      told = error.what();
    }
    // Two that wait for each other could move together; the file has to say so.
    if (told.find("makes a circle") != std::string::npos) continue;
    EXPECT_EQ(told.empty(), rules.is_possible()) << text << told;
    ++(told.empty() ? possible : impossible);
  }
  EXPECT_GT(possible, 100U);
  EXPECT_GT(impossible, 100U);
}

}  // namespace
}  // namespace pishkhan::load_moves_test
