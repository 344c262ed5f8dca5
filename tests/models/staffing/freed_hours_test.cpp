// What counters need before and after citizens leave them.
#include "models/staffing/freed_hours.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace pishkhan::freed_hours_test {
namespace {

/// The small province, in which services move from the counters of civil registration.
Scenario moving(const std::string& share, const std::string& more = "") {
  std::string text =
      "scenario: Moving\nbase: small.yaml\nrun: {start: 1395-03-01, days: 20}\n"
      "backbone: {model: ideal}\n" +
      more;
  if (!share.empty()) {
    text +=
        "migrations:\n  - {services: {agency: civil-registration}, from: traditional, to: office, share: " +
        share + "}\n";
  }
  return load_scenario_text(text, "tests/scenarios/small/moving.yaml");
}

StaffingOptions quick() {
  StaffingOptions options;
  options.threads = 2;
  options.first_days = options.most_days = 200;
  return options;
}

TEST(FreedHours, AreWhatEachScenarioNeedsByItself) {
  const Scenario with = moving("70%"), without = moving("");
  const StaffingResult after = find_staffing(Plan(with), quick()),
                       before = find_staffing(Plan(without), quick());
  const std::vector<FreedHours> freed = find_freed_hours(with, after, quick());
  const Province& province = *with.province;
  ASSERT_EQ(freed.size(), 2U) << "the counters of civil registration";
  double sum = 0;
  for (const FreedHours& one : freed) {
    const std::size_t s = one.station.index();
    EXPECT_EQ(province.agencies[province.counters[s - province.offices.size()].agency.index()].id,
              "civil-registration");
    EXPECT_EQ(one.before.clerks_needed, before.stations[s].clerks_needed);
    EXPECT_EQ(one.before.proof, before.stations[s].proof);
    EXPECT_EQ(one.after.clerks_needed, after.stations[s].clerks_needed);
    EXPECT_DOUBLE_EQ(one.freed_h(),
                     before.stations[s].paid_hours_needed - after.stations[s].paid_hours_needed);
    sum += one.freed_h();
  }
  EXPECT_GT(sum, 0);
}

TEST(FreedHours, OfWhomAllCitizensLeaveAllHours) {
  const Scenario with = moving("100%");
  const std::vector<FreedHours> freed = find_freed_hours(with, find_staffing(Plan(with), quick()), quick());
  ASSERT_EQ(freed.size(), 2U);
  for (const FreedHours& one : freed) {
    EXPECT_EQ(one.after.proof, StaffingProof::nobody_comes);
    EXPECT_EQ(one.freed_h(), one.before.paid_hours_needed);
  }
}

TEST(FreedHours, AreNoneWithoutMigrationsOrTargetsAtCounters) {
  const Scenario none = moving("");
  EXPECT_TRUE(find_freed_hours(none, find_staffing(Plan(none), quick()), quick()).empty());
  const Scenario offices = moving("70%", "targets: [{id: t, within: 15 min, at: offices}]\n");
  EXPECT_TRUE(find_freed_hours(offices, find_staffing(Plan(offices), quick()), quick()).empty());
}

}  // namespace
}  // namespace pishkhan::freed_hours_test
