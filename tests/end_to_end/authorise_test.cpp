// Which offices get which services, from the command line: what is written and what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/report/table_rows.hpp"

namespace pishkhan::authorise_test {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using tests::Finished;
using tests::rows_of;
using tests::run_program;
using tests::ScratchFolder;
using Names = std::vector<std::string>;
constexpr const char* kSmall = "tests/scenarios/small/small.yaml";

Finished staff(Names arguments, const fs::path& out) {
  arguments.insert(arguments.begin(), {"staff", kSmall});
  arguments.insert(arguments.end(), {"--out", out.string()});
  return run_program(arguments);
}

TEST(Authorise, AuthorisesOfficesWhereItSavesTravel) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const Names arguments{"--set",        "run.days=12", "--set",      "backbone.model=ideal",
                        "--authorise",  "2",           "--services", "birth-certificate,post",
                        "--first-days", "100"};
  const Finished finished = staff(arguments, out);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("2 authorisations of 3 that there may be"));
  EXPECT_THAT(finished.out, HasSubstr("no other choice is expected to save more travel"));
  const auto rows = rows_of(out / "authorisations.csv");
  ASSERT_EQ(rows.size(), 2U);
  for (const auto& row : rows) {
    EXPECT_EQ(row.at("service"), "birth-certificate") << "all offices may give the parcels of the post";
    EXPECT_EQ(row.at("agency"), "civil-registration");
    EXPECT_GT(std::stod(row.at("citizens_mean")), 0);
    EXPECT_GT(std::stod(row.at("expected_travel_h")), 0);
    EXPECT_GT(std::stod(row.at("clerk_h_mean")), 0);
  }
  const auto offices = rows_of(out / "authorised_offices.csv");
  ASSERT_EQ(offices.size(), 5U);
  // The written scenario has the citizens and the clerks' work of the fresh replications.
  const fs::path again = scratch.path() / "again";
  ASSERT_EQ(run_program({"run", (out / "small-authorised.yaml").string(), "--quiet", "--out", again.string()})
                .exit_code,
            0);
  std::map<std::string, std::string> utilization, in_time;
  for (const auto& row : rows_of(again / "offices.csv")) {
    utilization[row.at("office")] = row.at("utilization_mean");
    in_time[row.at("office")] = row.at("service_level_mean");
  }
  std::map<std::string, int> missed;
  for (const auto& row : rows_of(again / "targets.csv"))
    missed[row.at("station")] += row.at("verdict") == "missed";
  for (const auto& row : offices) {
    const std::string more = row.at("service_level_more_mean");
    EXPECT_NEAR(
        more.empty() ? 0 : std::stod(more),
        std::stod(row.at("service_level_after_mean")) - std::stod(row.at("service_level_before_mean")), 1e-9);
    // Only falls that the interval shows are told.
    const bool falls = !more.empty() && std::stod(row.at("service_level_more_high")) < 0;
    EXPECT_EQ(finished.out.find(row.at("office") + " (", finished.out.find("served later")) <
                  finished.out.find("targets that offices miss"),
              falls)
        << finished.out;
    EXPECT_EQ(row.at("utilization_after_mean"), utilization.at(row.at("office")));
    EXPECT_EQ(row.at("service_level_after_mean"), in_time.at(row.at("office")));
    EXPECT_EQ(row.at("missed_after"), std::to_string(missed[row.at("office")]));
  }
}

TEST(Authorise, RefusesAuthorisationsThatCannotBe) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const auto refused = [&](const Names& more) {
    const Finished finished = staff(more, out);
    EXPECT_EQ(finished.exit_code, 2);
    return finished.error;
  };
  EXPECT_THAT(refused({"--authorise", "1", "--services", "parcels"}), HasSubstr("did you mean `parcel`"));
  EXPECT_THAT(refused({"--authorise", "1", "--services", "parcel,"}), HasSubstr("no service or agency ``"));
  EXPECT_THAT(refused({"--authorise", "1", "--services", "post"}),
              HasSubstr("no office is left to be authorised"));
  EXPECT_THAT(refused({"--authorise", "0"}), HasSubstr("--authorise"));
  EXPECT_THAT(refused({"--services", "post"}), HasSubstr("--authorise"));
  EXPECT_THAT(refused({"--authorise", "1", "--budget", "+1"}), HasSubstr("excludes"));
  EXPECT_THAT(refused({"--authorise", "1", "--open", "1", "--among", "a.csv"}), HasSubstr("excludes"));
  EXPECT_THAT(refused({"--authorise", "1", "--by", "hour"}), HasSubstr("excludes"));
  EXPECT_THAT(refused({"--authorise", "1", "--assumptions", "2"}), HasSubstr("excludes"));
  for (const Names& asked : {Names{"--authorise", "1"}, Names{"--open", "1", "--among", "a.csv"}}) {
    Names arguments{"staff",     "scenarios/registry-moves.yaml", "--set", "backbone.model=simgrid", "--out",
                    out.string()};
    arguments.insert(arguments.end(), asked.begin(), asked.end());
    EXPECT_THAT(run_program(arguments).error, HasSubstr("choosing offices with SimGrid's backbone"));
  }
  // The scenario that is written adds to the list; another list in its place would be lost.
  EXPECT_THAT(refused({"--authorise", "1", "--set", "authorise=[{services: all, rural: true}]"}),
              AllOf(HasSubstr("--set authorise="), HasSubstr("a list in place of `authorise`")));
  EXPECT_THAT(refused({"--set", "staffing=[{at: offices, clerks: +1}]", "--set", "staffing.0.clerks=1"}),
              AllOf(HasSubstr("a list in place of `staffing`"), HasSubstr("staffing.0.clerks")));
  EXPECT_THAT(refused({"--budget", "0", "--set", "staffing=[]"}), HasSubstr("a list in place of `staffing`"));
  EXPECT_FALSE(fs::exists(out));
}

TEST(Authorise, RefusesOfficesThatOpenOrCloseMeanwhile) {
  const ScratchFolder scratch;
  const fs::path file = scratch.path() / "late.yaml", out = scratch.path() / "out";
  std::ofstream(file) << "scenario: Late\nbase: " << fs::absolute(kSmall).string()
                      << "\nopen_offices: [{id: new, place: sari, clerks: 1, starts: 1395-02-05}]\n"
                         "close_offices: [{at: {office: [sari-u-002]}, starts: 1395-02-06}]\n";
  const Finished finished = run_program({"staff", file.string(), "--authorise", "1", "--out", out.string()});
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.error,
              AllOf(HasSubstr("open_offices: authorising while offices open: `new`"),
                    HasSubstr("close_offices: authorising while offices close: `sari-u-002`")));
  EXPECT_FALSE(fs::exists(out));
}

}  // namespace
}  // namespace pishkhan::authorise_test
