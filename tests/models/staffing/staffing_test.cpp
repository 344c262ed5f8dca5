// The fewest clerks with which targets hold, against answers that are known.
#include "models/staffing/staffing.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan::staffing_test {
namespace {

StaffingResult staff(const Scenario& scenario, StaffingOptions options = {}) {
  options.threads = 2;
  return find_staffing(Plan(scenario), options);
}

Scenario scenario_of(const std::string& text) {
  return load_scenario_text(text, "tests/scenarios/small/text.yaml");
}

/// An office of 8 hours with hourly rates 12 15 10 8 8 12 14 10 times k, mean service = mean patience = 8 min,
/// both exponential. The number inside is Poisson, whatever the clerks, so that P(wait) is known exactly.
std::string office(int k, const std::string& clerks, double may_wait) {
  return "scenario: Office\nrun: {days: 20, seed: 7}\nstations:\n  - id: office\n    doors: 08:00-16:00\n"
         "    arrivals: {hourly: [12, 15, 10, 8, 8, 12, 14, 10], from: 08:00, total: " + std::to_string(89 * k) +
         "}\n    handling: {exponential: {mean: 8 min}}\n"
         "    patience: {exponential: {mean: 8 min}}\n    clerks: " + clerks + "\n"
         "targets:\n  - {id: at_once, within: 1 ms, share: " + std::to_string(100 * (1 - may_wait)) + "%}\n";
}

// P(wait) over the day is .0751 with 4 clerks (k = 1), by hour at most .1338; .0377 with 12 (k = 4).
TEST(Staffing, FindsTheFewestOfAnOfficeWhoseAnswerIsKnown) {
  const StaffingResult four = staff(scenario_of(office(1, "9", 0.09)));
  ASSERT_EQ(four.stations.size(), 1U);
  EXPECT_EQ(four.stations[0].clerks_now, 9);
  EXPECT_EQ(four.stations[0].clerks_needed, 4);
  EXPECT_EQ(four.stations[0].proof, StaffingProof::fewest);
  EXPECT_EQ(four.stations[0].cheaper_refuted, 3U) << "patience: every cheaper number is refuted by itself";
  EXPECT_DOUBLE_EQ(four.stations[0].paid_hours_needed, 4 * 8 * 7);
  ASSERT_TRUE(four.stations[0].kept);
  EXPECT_NEAR(four.stations[0].kept->tests.share.mean, 1 - 0.0751, 0.006);
  // From too few clerks it comes to the same.
  EXPECT_EQ(staff(scenario_of(office(1, "1", 0.09))).stations[0].clerks_needed, 4);
}

TEST(Staffing, OfAnHourTheWorstCounts) {
  std::string text = office(1, "2", 0.15);
  text.replace(text.rfind('}'), 1, ", in: hour}");
  const StaffingResult result = staff(scenario_of(text));
  EXPECT_EQ(result.stations[0].clerks_needed, 4) << "0.1338 in the hour from 09:00";
  ASSERT_TRUE(result.stations[0].kept);
  EXPECT_EQ(result.stations[0].promises[result.stations[0].kept->tests.hardest].period, "09");
}

TEST(Staffing, TheFewestInAQueueThatNobodyLeavesIsRefutedByOneClerkFewer) {
  const StaffingResult result = staff(
      scenario_of("scenario: Bank\nrun: {days: 10, seed: 3}\nstations:\n  - id: bank\n    doors: 09:00-17:00\n"
                  "    closing: serve_out\n    arrivals: 1 / min\n    handling: {exponential: {mean: 4 min}}\n"
                  "    clerks: 9\ntargets:\n  - {id: t, within: 5 min, share: 80%}\n"));
  // By the forward equations 5 tellers serve .85248 within 5 min; 4 are loaded to 100%.
  EXPECT_EQ(result.stations[0].clerks_needed, 5);
  EXPECT_EQ(result.stations[0].proof, StaffingProof::fewest);
  EXPECT_EQ(result.stations[0].cheaper_refuted, 1U);
}

/// One office by the hour: a group of clerks for each hour, nobody leaves, clerks who go finish their citizen
/// beside those who come, and in every hour at most 10% of the arrivals may wait more than 15 min.
std::string by_the_hour(const std::string& weights, double total, int service_min, int clerks) {
  std::string groups;
  for (int hour = 8; hour < 16; ++hour) {
    const auto clock = [](int of) { return (of < 10 ? "0" : "") + std::to_string(of) + ":00"; };
    groups += std::string(hour > 8 ? ", " : "") + "{id: h" + std::to_string(hour) +
              ", clerks: " + std::to_string(clerks) + ", shifts: '" + clock(hour) + '-' + clock(hour + 1) + "'}";
  }
  return "scenario: Hours\nrun: {days: 50, seed: 11}\nstations:\n  - id: office\n    doors: 08:00-16:00\n"
         "    closing: serve_out\n    arrivals: {hourly: " + weights + ", from: 08:00, total: " +
         std::to_string(total) + "}\n    handling: {exponential: {mean: " + std::to_string(service_min) +
         " min}}\n    clerks: [" + groups +
         "]\ntargets:\n  - {id: t, within: 15 min, share: 90%, in: hour}\n";
}

// By exhaustion the fewest window-hours are 21, such as 2 3 3 2 2 3 3 3, whose worst hour has .082.
TEST(Staffing, FindsTheFewestHoursOfAnOfficeByTheHour) {
  StaffingOptions options;
  options.search_days = 1500;
  options.first_days = 4000;
  options.most_days = 16'000;
  const StationStaffing station =
      staff(scenario_of(by_the_hour("[12, 15, 10, 8, 8, 12, 14, 10]", 89, 8, 4)), options).stations[0];
  EXPECT_EQ(station.clerks_needed, 21);
  EXPECT_EQ(station.proof, StaffingProof::fewest_found);
  EXPECT_DOUBLE_EQ(station.paid_hours_needed, 21 * 7);
}

TEST(Staffing, SaysWhatNoNumberOfClerksCanMeet) {
  const StaffingResult result = staff(scenario_of(
      "scenario: Early\nrun: {days: 5}\nstations:\n  - id: a\n    doors: 08:00-12:00\n    arrivals: 20 / h\n"
      "    handling: {constant: 3 min}\n    clerks: [{id: late, clerks: 1, shifts: 11:00-12:00}]\n"
      "targets:\n  - {id: t, within: 5 min, share: 80%}\n"));
  EXPECT_EQ(result.stations[0].proof, StaffingProof::unattainable);
  ASSERT_TRUE(result.stations[0].kept);
  EXPECT_LT(result.stations[0].kept->tests.share.mean, 0.5) << "nobody is there before 11:00";
}

TEST(Staffing, LeavesWhatCannotBeChosenAlone) {
  const StaffingResult result = staff(scenario_of(
      "scenario: Two\nrun: {days: 5}\nstations:\n"
      "  - {id: a, doors: 08:00-12:00, arrivals: 20 / h, handling: {constant: 3 min}, clerks: unlimited}\n"
      "  - {id: b, doors: 08:00-12:00, arrivals: 0 / h, handling: {constant: 3 min}, clerks: 2}\n"
      "targets:\n  - {id: t, within: 5 min, share: 80%}\n"));
  EXPECT_EQ(result.stations[0].proof, StaffingProof::not_varied);
  EXPECT_EQ(result.stations[1].proof, StaffingProof::nobody_comes);
  EXPECT_EQ(result.stations[1].clerks_needed, 2);
}

TEST(Staffing, RefusesAnUnbrokenRun) {
  const Scenario scenario = scenario_of(
      "scenario: Long\nrun: {length: 100 h}\nstations:\n  - {id: a, arrivals: 20 / h, handling: {constant: 2 "
      "min}, clerks: 2}\n");
  EXPECT_THROW(staff(scenario), UserError);
}

TEST(Staffing, IsTheSameWithAnyNumberOfThreads) {
  const Scenario scenario = scenario_of(office(1, "2", 0.09));
  StaffingOptions one;
  one.threads = 1;
  const StaffingResult alone = find_staffing(Plan(scenario), one);
  const StaffingResult together = staff(scenario);
  EXPECT_EQ(alone.stations[0].kept->tests.p_met, together.stations[0].kept->tests.p_met);
  EXPECT_EQ(alone.stations[0].kept->tests.share.low, together.stations[0].kept->tests.share.low);
}

/// The goal is the share that 4 clerks give exactly. The search picks 4 or 5; a proof that 4 keep it is false.
TEST(Staffing, SeldomProvesAShareThatIsExactlyTheGoal) {
  int wrong = 0;
  constexpr int kRuns = 60;
  for (int seed = 1; seed <= kRuns; ++seed) {
    Scenario scenario = scenario_of(office(1, "4", 0.0751));
    scenario.run.seed = static_cast<std::uint64_t>(seed);
    StaffingOptions options;
    options.search_days = 100;
    options.first_days = 400;
    options.most_days = 800;
    const StationStaffing station = staff(scenario, options).stations[0];
    const bool proven = station.proof == StaffingProof::fewest || station.proof == StaffingProof::met ||
                        station.proof == StaffingProof::fewest_found;
    wrong += proven && station.clerks_needed <= 4;
  }
  // At most 5% are expected: of 60 runs more than 8 have a probability of .5%.
  EXPECT_LE(wrong, 8);
}

}  // namespace
}  // namespace pishkhan::staffing_test
