// What the terminal says of a scenario and of a run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::summary_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tests::Finished;
using tests::run_program;
using tests::ScratchFolder;
using Names = std::vector<std::string>;

TEST(Check, JudgesEveryStretchOfEqualStaffing) {
  const Finished finished = run_program(
      {"check", "scenarios/quickstart.yaml", "--json", "--set", "run={start: 1395-02-01, days: 40}", "--set",
       "staffing=[{at: {office: sari-u-001}, clerks: 1, starts: 1395-03-05}]"});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const auto json = nlohmann::json::parse(finished.out);
  // The others cannot on the weekday with most citizens, in one month or the other.
  bool changed = false;
  for (const auto& load : json["cannot_keep_up"]) {
    EXPECT_GT(load["days"], 0);
    if (load["station"] == "sari-u-001") {
      EXPECT_EQ(load["from"], "1395-03-05");
      EXPECT_EQ(load["to"], "1395-03-09");
      changed = true;
      continue;
    }
    EXPECT_EQ(load["weekday"], "Saturday") << load;
    EXPECT_TRUE((load["from"] == "1395-02-01" && load["to"] == "1395-02-31") ||
                (load["from"] == "1395-03-01" && load["to"] == "1395-03-09"))
        << load;
  }
  EXPECT_TRUE(changed) << "over the mean of all days it could";
}

std::string summary_of(const std::string& scenario, const Names& more) {
  const ScratchFolder scratch;
  Names arguments{"run", scenario, "--out", (scratch.path() / "out").string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Finished finished = run_program(arguments);
  EXPECT_EQ(finished.exit_code, 0) << finished.error;
  return finished.out;
}

TEST(Summary, SaysOfWhatThereAreDays) {
  const Names few{"--replications", "3"};
  EXPECT_THAT(summary_of("scenarios/textbook/mm1.yaml", few), Not(HasSubstr("days missed")));
  const std::string text = summary_of("tests/scenarios/valid/targets.yaml", few);
  EXPECT_THAT(text, HasSubstr("days missed"));
  for (const char* judged : {" counters ", "counter-months", "office-days", "office-shifts", "office-hours"})
    EXPECT_THAT(text, HasSubstr(judged));
  EXPECT_THAT(text, Not(HasSubstr("to decide half"))) << "three replications say too little";
  EXPECT_THAT(text, HasSubstr("pending at the end"));
}

TEST(Summary, OfAHolidaySaysThatNobodyCame) {
  // Friday the tenth; nothing is left of the days before.
  const std::string text = summary_of("tests/scenarios/small/small.yaml",
                                      {"--set", "run={start: 1395-02-10, days: 1, warm_up_days: 0}"});
  EXPECT_THAT(text, HasSubstr("no citizen came"));
  EXPECT_THAT(text, Not(HasSubstr("every visit was served")));
}

}  // namespace
}  // namespace pishkhan::summary_test
