// What the page says of what was observed, on results made by hand.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/report/sample_results.hpp"
#include "tools/page/observed_data.hpp"
#include "tools/report/factor_fit.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan::page::observed_page_test {
namespace {

/// What was observed at the first office on the only day, beside waits of about two minutes.
nlohmann::ordered_json observed_of(std::optional<double> abandoned, std::optional<double> wait_s,
                                   std::size_t replications = 3) {
  Scenario scenario = tests::sample_province();
  scenario.run.days = 2;  // of which the first is warm-up
  scenario.run.replications = static_cast<int>(replications);
  Observation& one = scenario.observations.emplace_back();
  one.first = scenario.run.start + scenario.run.warm_up_days;
  one.abandoned = abandoned;
  one.wait_s = wait_s;
  std::vector<TrialResult> trials = tests::sample_trials(replications);
  double all_waits_s = 6000;
  for (TrialResult& trial : trials) trial.observed = {{0, 1, 2, 60, 50, 1, all_waits_s += 0.2}};
  const auto unchanged = [&trials](FittedFactor, double) { return trials; };
  std::vector<FactorFit> fits;
  if (replications > 1) fits = fit_factors(scenario, trials, unchanged);
  const std::vector<Table> tables = make_tables(Results{scenario, trials, {}, {}, fits});
  const RunRecord record{"0.1.0", 1000, 50, {}};
  PageSource source{scenario, record, {}};
  for (const Table& table : tables) source.tables.push_back(&table);
  return observed_json(source);
}

TEST(ObservedPage, SaysOfWhatWasObservedWhatTheTerminalDoes) {
  const auto without_factors = observed_of(1, std::nullopt);
  ASSERT_EQ(without_factors.at("fits").size(), 3U);
  EXPECT_EQ(without_factors.at("fits")[0].at("compared"), "1");
  EXPECT_EQ(without_factors.at("fits")[1].at("state"), "not counted");
  EXPECT_EQ(without_factors.at("fits")[1].at("most"), "5");
  EXPECT_EQ(without_factors.at("fits")[2].at("most"), "20");
  EXPECT_EQ(without_factors.at("fits")[1].at("outside"), "");
  EXPECT_EQ(without_factors.at("sampled"), false);
  EXPECT_TRUE(observed_of(1, std::nullopt, 1).at("fits").empty());
}

/// 120.02 s beside an interval that ends at 120.01 s, or so: in minutes with tenths they would be alike.
TEST(ObservedPage, RoundsSoThatTheVerdictIsSeen) {
  for (const double wait_s : {119.0, 120.0, 120.004, 120.02, 121.0}) {
    const auto row = observed_of(std::nullopt, wait_s).at("rows")[0];
    const auto value = [&row](const char* key) { return std::stod(row.at(key).get<std::string>()); };
    const std::string lies = row.at("lies");
    EXPECT_EQ(value("observed") < value("low"), lies == "below") << row;
    EXPECT_EQ(value("observed") > value("high"), lies == "above") << row;
  }
  EXPECT_EQ(observed_of(std::nullopt, 240.0).at("rows")[0].at("observed"), "4.0");
}

}  // namespace
}  // namespace pishkhan::page::observed_page_test
