#include "models/plan/open_time.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/notices.hpp"

namespace pishkhan::open_time_test {
namespace {

/// The notices of a run of stations with these doors. 1395-02-01 is a Wednesday.
std::string notices(const std::string& run, const std::vector<std::string>& doors) {
  std::string text = "scenario: Doors\nrun: " + run + "\nstations:\n";
  for (std::size_t i = 0; i < doors.size(); ++i) {
    text += "  - {id: s" + std::to_string(i) +
            ", arrivals: 1 / h, handling: {constant: 1 min}, clerks: 1, doors: " + doors[i] + "}\n";
  }
  std::string all;
  for (const Notice& notice : notices_of_open_time(load_scenario_text(text, "somewhere/doors.yaml")))
    all += tests::english(notice) + '\n';
  return all;
}

TEST(OpenTime, IsNoNoticeWhereAllAreOpen) {
  EXPECT_EQ(notices("{start: 1395-02-01, days: 3, warm_up_days: 1}", {"08:00-12:00", "08:00-09:00"}), "");
  EXPECT_EQ(notices("{start: 1395-02-01, length: 3 d, warm_up: 1 d}", {"08:00-12:00", "08:00-09:00"}), "");
}

TEST(OpenTime, TellsAWarmUpThatCoversAllOfIt) {
  const std::string told =
      "no station is open in the counted time: the warm-up covers all the time in which one is\n";
  EXPECT_EQ(notices("{start: 1395-02-01, days: 3, warm_up_days: 1}", {"{wednesday: 08:00-12:00}"}), told);
  EXPECT_EQ(notices("{start: 1395-02-01, length: 3 d, warm_up: 13 h}", {"{wednesday: 08:00-12:00}"}), told);
  EXPECT_EQ(notices("{start: 1395-02-01, length: 3 d, warm_up: 11 h}", {"{wednesday: 08:00-12:00}"}), "");
}

TEST(OpenTime, TellsStationsThatAreNotOpen) {
  const std::string friday = "{friday: 08:00-12:00}", wednesday = "{wednesday: 08:00-12:00}";
  const std::string all = "08:00-12:00";
  for (const std::string run :
       {"{start: 1395-02-01, days: 2, warm_up_days: 1}", "{start: 1395-02-01, length: 2 d, warm_up: 1 d}"}) {
    EXPECT_EQ(notices(run, {friday}), "no station is open in the run\n");
    EXPECT_EQ(notices(run, {all, friday}), "`s1` is never open in the run\n");
    EXPECT_EQ(notices(run, {all, friday, wednesday, friday}),
              "2 stations are never open in the run, `s1` first\n`s2` is open only in the warm-up\n");
  }
}

}  // namespace
}  // namespace pishkhan::open_time_test
