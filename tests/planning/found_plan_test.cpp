// What is told of a plan that was found: on the terminal, at the head of its scenario, in its workbook.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/planning/find_moves.hpp"
#include "models/planning/month_shares.hpp"
#include "models/planning/move_effects.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/extend.hpp"
#include "models/scenario/waves.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"
#include "tools/pishkhan/options.hpp"
#include "tools/pishkhan/wave_scenario.hpp"
#include "tools/pishkhan/wave_summary.hpp"
#include "tools/report/wave_tables.hpp"
#include "tools/texts/texts.hpp"
#include "tools/workbook/plan_book.hpp"
#include "tools/workbook/sheet_table.hpp"

namespace pishkhan::found_plan_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

fs::path write(const fs::path& file) {
  std::ofstream(file) << "scenario: Moves\nbase: "
                      << (tests::source_dir() / "tests/scenarios/small/small.yaml").string()
                      << "\nrun: {start: 1395-02-01, days: 62, replications: 2, seed: 7}\n"
                         "targets: [{id: t, within: 20 min, share: 70%, in: month, at: offices}]\n"
                         "plan:\n  from: traditional\n  to: office\n  services: all\n"
                         "  waves: [{id: one, starts: 1395-02-10}, {id: two, starts: 1395-03-01}]\n";
  return file;
}

/// All services of the small province move in one wave, and at no station anything is known.
class FoundPlanTest : public ::testing::Test {
 protected:
  FoundPlanTest()
      : scenario_((load_scenario(write(file())))),
        rules_(*load_moves(ScenarioSource{file()}, scenario_)),
        prepared_(scenario_),
        effects_(prepared_, rules_) {
    found_.targets = targets_at(scenario_, effects_);
    found_.moves.wave.assign(effects_.items().size(), 0);
    found_.moves.clerks.assign(effects_.stations().size() * rules_.waves.size(), 0);
    found_.gain = found_.bound = found_.citizens = found_.all_citizens = 5000;
    for (std::size_t k = 0; k < effects_.stations().size(); ++k) found_.stations.emplace_back().station = k;
    for (const double clerks : {0.0, 3.0}) found_.frontier.push_back({clerks, found_.moves, 5000, 5000});
    found_.proof_seed = 1'000'008;
    found_.proof_replications = 20;
  }

  [[nodiscard]] fs::path file() const { return scratch_.path() / "moves.yaml"; }
  [[nodiscard]] FoundPlan plan() const { return {scenario_, rules_, effects_, found_}; }
  [[nodiscard]] std::string summary() const {
    return plan_summary(Texts(Language::english), {plan(), scratch_.path(), "moves-planned.yaml"});
  }
  [[nodiscard]] nlohmann::json json() const {
    return nlohmann::json::parse(plan_json({plan(), scratch_.path(), "moves-planned.yaml"}));
  }
  [[nodiscard]] std::string planned() const {
    ScenarioOptions options;
    options.file = file();
    return planned_scenario(options, plan(), scratch_.path() / "moves-planned.yaml");
  }
  /// The titles of a sheet by the names of its columns; nothing: there is no such sheet.
  [[nodiscard]] static std::optional<std::vector<std::string>> columns_of(const Table& table) {
    const Texts texts(Language::english);
    const workbook::CellWords words(workbook::CellWords::Names(), texts);
    const auto sheet = workbook::make_sheet_table(table, words, workbook::kColumnsOfPlan);
    if (!sheet) return std::nullopt;
    std::vector<std::string> names;
    for (const workbook::SheetColumn& column : sheet->columns) names.push_back(column.quantity);
    return names;
  }

  tests::ScratchFolder scratch_;
  Scenario scenario_;
  MoveRules rules_;
  Plan prepared_;
  MoveEffects effects_;
  FoundMoves found_;
};

const std::string kLevel = "wrong with a probability of 5% at most";

TEST_F(FoundPlanTest, ProvenIsToldWithItsProof) {
  found_.proven = true;
  EXPECT_THAT(summary(), HasSubstr(kLevel));
  EXPECT_EQ(json()["proof_seed"], 1'000'008);
  EXPECT_EQ(json()["proof_replications"], 20);
  EXPECT_THAT(planned(), StartsWith("scenario: "));
}

TEST_F(FoundPlanTest, NotProvenIsToldEverywhere) {
  found_.stations[0].state = found_.stations[2].state = StationUnderMoves::open;
  EXPECT_THAT(summary(), HasSubstr("NOT proven"));
  EXPECT_THAT(summary(), Not(HasSubstr(kLevel)));
  EXPECT_TRUE(json()["proof_seed"].is_null());
  EXPECT_TRUE(json()["proof_replications"].is_null());
  EXPECT_THAT(planned(), StartsWith("# This plan is NOT proven: whether targets hold is open at 2 of the 5 "
                                    "stations that get work.\nscenario: "));
}

TEST_F(FoundPlanTest, WithoutASimulationThereIsNoProof) {
  found_.proven = true;
  found_.proof_replications = 0;
  EXPECT_THAT(summary(), Not(HasSubstr(kLevel)));
  EXPECT_TRUE(json()["proof_seed"].is_null());
}

TEST_F(FoundPlanTest, NobodyLeftToMoveIsTold) {
  EXPECT_THAT(summary(), Not(HasSubstr("nobody would move")));
  found_.citizens = found_.all_citizens = 0;
  EXPECT_THAT(summary(), HasSubstr("nobody would move in any wave"));
}

TEST_F(FoundPlanTest, SheetsKeepWhatTheyAreAbout) {
  using ::testing::IsSupersetOf;
  const auto services = columns_of(make_plan_table(plan()));
  ASSERT_TRUE(services);
  EXPECT_THAT(*services, IsSupersetOf({"service", "wave", "starts"}));
  const auto stations = columns_of(make_plan_offices_table(plan()));
  ASSERT_TRUE(stations);
  EXPECT_THAT(*stations, IsSupersetOf({"station", "state", "target", "goal", "clerks_added"}));
  const auto frontier = columns_of(make_plan_frontier_table(plan()));
  ASSERT_TRUE(frontier);
  EXPECT_THAT(*frontier, IsSupersetOf({"clerks", "services"}));
  found_.stations.clear();
  found_.frontier.clear();
  EXPECT_TRUE(columns_of(make_plan_offices_table(plan())));
  EXPECT_TRUE(columns_of(make_plan_frontier_table(plan())));
}

}  // namespace
}  // namespace pishkhan::found_plan_test
