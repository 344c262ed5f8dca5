// Runs with what was observed, and with sampled inputs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::observed_test {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using tests::read_folder;
using tests::run_program;
using tests::ScratchFolder;
using Names = std::vector<std::string>;

const std::string kObserved = "tests/scenarios/valid/observed.yaml";

tests::Finished run_of(const std::string& scenario, const fs::path& out, const Names& more) {
  Names arguments{"run", scenario, "--out", out.string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments);
}

/// A scenario of the small province with ranges.
fs::path write_ranges(const fs::path& folder) {
  std::ofstream(folder / "evidence.csv")
      << "file,column,evidence,low,high,source,note\n"
         "services.csv,handling_office_mean_s,assumed,0.5,2,none found,\n"
         "services.csv,visits_per_1000_urban,assumed,0.5,1.5,none found,\n";
  std::ofstream(folder / "ranges.yaml")
      << "scenario: A small province with ranges\nbase: "
      << (fs::path(tests::source_dir()) / "tests/scenarios/small/small.yaml").string()
      << "\nprovince: {evidence: evidence.csv}\nrun: {inputs: sampled, replications: 3}\n";
  return folder / "ranges.yaml";
}

TEST(ObservedRun, TellsWhatLiesOutsideAndWhichFactorFits) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const tests::Finished finished =
      run_of("scenarios/examples/counted-offices.yaml", out,
             {"--format", "csv,sqlite,html,xlsx", "--lang", "en", "--json", "--threads", "2"});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const auto observed = nlohmann::json::parse(finished.out).at("observed");
  EXPECT_GT(observed.at("compared"), 250);
  EXPECT_GT(observed.at("outside"), observed.at("outside_at_most"));
  const auto& demand = observed.at("factors").at(1);
  EXPECT_EQ(demand.at("factor"), "demand");
  EXPECT_TRUE(demand.at("is_best"));
  EXPECT_EQ(demand.at("evidence"), "measured");
  // The counts come from a run with 20% more demand: tools/counted_offices.
  EXPECT_LT(demand.at("value").at("low"), 1.2);
  EXPECT_GT(demand.at("value").at("high"), 1.2);
  EXPECT_LT(demand.at("value").at("high").get<double>() / demand.at("value").at("low").get<double>(), 1.15);
  EXPECT_GT(demand.at("value").at("low"), 1);
  EXPECT_TRUE(demand.at("is_better"));
  const auto files = read_folder(out);
  EXPECT_THAT(files.at("observed_fit.csv"), HasSubstr("measured"));
  EXPECT_TRUE(files.contains("input_observed.csv"));
  EXPECT_TRUE(tests::not_made_again_by_report(out).empty());
}

TEST(ObservedRun, GivesTheSameBytesFromItsManifestAndWithOtherThreads) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", again = scratch.path() / "again";
  const Names formats{"--format", "csv,html,xlsx,store", "--replications", "4", "--quiet"};
  ASSERT_EQ(run_of(kObserved, out, formats).exit_code, 0);
  Names other = formats;
  other.insert(other.end(), {"--threads", "3"});
  const tests::Finished finished = run_of((out / "manifest.json").string(), again, other);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const auto files = read_folder(out), expected = read_folder(again);
  ASSERT_EQ(files.size(), expected.size());
  for (const auto& [name, bytes] : expected) EXPECT_TRUE(files.at(name) == bytes) << name;
}

/// A table of counts, and a short run beside it.
tests::Finished beside(const fs::path& folder, const std::string& counts, const Names& more) {
  std::ofstream(folder / "counts.csv") << counts;
  Names arguments{"--format",       "csv", "--lang", "en",
                  "--replications", "4",   "--set",  "observed=" + (folder / "counts.csv").string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_of("tests/scenarios/small/small.yaml", folder / "out", arguments);
}

TEST(ObservedRun, SaysThatAFactorIsBeyondItsRangeAndCallsNoneNearest) {
  const ScratchFolder scratch;
  const tests::Finished finished =
      beside(scratch.path(), "station,date,visits,wait_min\nsari-u-001,1395-02-04,9000,9\n", {});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("Even with all demand times 5 fewer visits come than were counted"));
  EXPECT_THAT(finished.out, ::testing::Not(HasSubstr("Nearest to what was counted")));
  EXPECT_THAT(finished.out, ::testing::Not(HasSubstr("better than the scenario as it is")));
  EXPECT_THAT(finished.out, HasSubstr("it tells nothing how many are outside"));
  EXPECT_THAT(read_folder(scratch.path() / "out").at("observed_fit.csv"), HasSubstr("above the range"));
}

TEST(ObservedRun, SaysWhatWasNotCountedAndWhatItsIntervalsHave) {
  const ScratchFolder scratch;
  const std::string counts = "station,date,clerks\nsari-u-001,1395-02-04,3\n";
  const tests::Finished finished = beside(scratch.path(), counts, {});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, AllOf(HasSubstr("No visits were counted"), HasSubstr("No waits were counted"),
                                  HasSubstr("Counted numbers that can be compared: 1;")));
  EXPECT_THAT(finished.out, ::testing::Not(HasSubstr("`inputs: sampled`")));
  std::ofstream(scratch.path() / "counts.csv") << counts;
  const tests::Finished sampled = run_of(
      write_ranges(scratch.path()).string(), scratch.path() / "sampled",
      {"--format", "csv", "--lang", "en", "--set", "observed=" + (scratch.path() / "counts.csv").string()});
  ASSERT_EQ(sampled.exit_code, 0) << sampled.error;
  EXPECT_THAT(sampled.out, HasSubstr("beside chance, what the assumptions leave open"));
}

TEST(ObservedRun, SaysToWhichFolderAPathOfTheCommandLineIsRelative) {
  const ScratchFolder scratch;
  const tests::Finished finished =
      run_of("tests/scenarios/small/small.yaml", scratch.path() / "out", {"--set", "observed=xyz123.csv"});
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.error, HasSubstr("relative to the working folder"));
}

TEST(ObservedRun, TellsOfDaysThatItDoesNotCount) {
  const ScratchFolder scratch;
  for (const std::string language : {"en", "fa"}) {
    const tests::Finished finished =
        run_of(kObserved, scratch.path() / language, {"--format", "csv", "--lang", language});
    ASSERT_EQ(finished.exit_code, 0) << finished.error;
    EXPECT_THAT(finished.error, HasSubstr("_observed.csv:4"));
  }
  const auto table = read_folder(scratch.path() / "en").at("observed.csv");
  EXPECT_THAT(table, AllOf(HasSubstr("not in the run"), HasSubstr("inside")));
}

TEST(SampledInputs, StandBesideTheScenariosOwnNumbers) {
  const ScratchFolder scratch;
  const fs::path scenario = write_ranges(scratch.path()), out = scratch.path() / "out";
  const tests::Finished finished =
      run_of(scenario.string(), out, {"--format", "csv,sqlite,html,xlsx", "--lang", "en"});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("every assumed number may be anywhere in its range"));
  const auto files = read_folder(out);
  EXPECT_THAT(files.at("manifest.json"), HasSubstr("\"inputs\": \"sampled\""));
  EXPECT_THAT(files.at("inputs.csv"), HasSubstr("office,wait_s,s,"));
  EXPECT_THAT(files.at("input_factors.csv"), HasSubstr("2,services.csv,visits_per_1000_urban,"));
  EXPECT_TRUE(tests::not_made_again_by_report(out).empty());
}

TEST(SampledInputs, GiveTheSameBytesWithOtherThreadsAndExtended) {
  const ScratchFolder scratch;
  const fs::path scenario = write_ranges(scratch.path());
  const fs::path one = scratch.path() / "one", three = scratch.path() / "three";
  const Names formats{"--format", "csv,html,store", "--quiet"};
  const auto with = [&formats](const Names& more) {
    Names all = formats;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  ASSERT_EQ(run_of(scenario.string(), one, with({"--replications", "2"})).exit_code, 0);
  ASSERT_EQ(run_program({"extend", one.string(), "--replications", "4", "--quiet"}).exit_code, 0);
  ASSERT_EQ(run_of(scenario.string(), three, with({"--replications", "4", "--threads", "3"})).exit_code, 0);
  const auto files = read_folder(one), expected = read_folder(three);
  ASSERT_EQ(files.size(), expected.size());
  for (const auto& [name, bytes] : expected) EXPECT_TRUE(files.at(name) == bytes) << name;
}

TEST(SampledInputs, FixedIsWhatARunIsWithoutTheKey) {
  const ScratchFolder scratch;
  const fs::path scenario = write_ranges(scratch.path());
  const fs::path fixed = scratch.path() / "fixed", sampled = scratch.path() / "sampled";
  ASSERT_EQ(run_of(scenario.string(), sampled, {"--format", "csv", "--quiet"}).exit_code, 0);
  ASSERT_EQ(
      run_of(scenario.string(), fixed, {"--format", "csv", "--quiet", "--set", "run.inputs=fixed"}).exit_code,
      0);
  const auto a = read_folder(fixed), b = read_folder(sampled);
  EXPECT_FALSE(a.contains("inputs.csv"));
  EXPECT_NE(a.at("offices.csv"), b.at("offices.csv"));
}

TEST(SampledInputs, AreRefusedBySearchesAndBesideFixedOnes) {
  const ScratchFolder scratch;
  const std::string scenario = write_ranges(scratch.path()).string();
  const std::string out = (scratch.path() / "out").string();
  const tests::Finished staff = run_program({"staff", scenario, "--out", out});
  EXPECT_EQ(staff.exit_code, 2);
  EXPECT_THAT(staff.error, HasSubstr("run.inputs"));
  const tests::Finished compare =
      run_program({"compare", "tests/scenarios/small/small.yaml", scenario, "--out", out});
  EXPECT_EQ(compare.exit_code, 2);
  EXPECT_THAT(compare.error, HasSubstr("give both the same `inputs`"));
}

TEST(Assumptions, AreRankedByWhatTheyDo) {
  const ScratchFolder scratch;
  const std::string scenario = write_ranges(scratch.path()).string();
  const fs::path out = scratch.path() / "out";
  const tests::Finished finished = run_program(
      {"assumptions", scenario, "--set", "run.inputs=fixed", "--out", out.string(), "--threads", "2"});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("services.csv handling_office_mean_s"));
  // Handling at offices does nothing at counters, where visits do.
  const std::size_t counters = finished.out.find("At the agencies' counters");
  ASSERT_NE(counters, std::string::npos);
  EXPECT_LT(finished.out.find("visits_per_1000_urban", counters),
            finished.out.find("handling_office_mean_s", counters));
  const std::string table = read_folder(out).at("assumption_effects.csv");
  // Handling of offices is rather more for their waits than visits.
  EXPECT_LT(table.find("handling_office_mean_s"), table.find("visits_per_1000_urban"));
}

}  // namespace
}  // namespace pishkhan::observed_test
