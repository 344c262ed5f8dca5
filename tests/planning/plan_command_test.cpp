// `pishkhan plan` from the command line: what is written, what is refused, and what an end before the end
// leaves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/report/table_rows.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::plan_command_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using tests::Finished;
using tests::Program;
using tests::read_folder;
using tests::Row;
using tests::rows_of;
using tests::run_program;
using tests::ScratchFolder;
using Names = std::vector<std::string>;

/// Three services of the small province may move; its offices have clerks to spare, or waves that add some.
std::string scenario(const std::string& plan, const std::string& clerks = "+2") {
  return "scenario: Moves\nbase: " + (tests::source_dir() / "tests/scenarios/small/small.yaml").string() +
         "\nrun: {start: 1395-02-01, days: 62, replications: 2, seed: 7}\n"
         "staffing: [{at: offices, clerks: '" +
         clerks +
         "'}]\n"
         "targets: [{id: t, within: 20 min, share: 70%, in: month, at: offices}]\n"
         "plan:\n  from: traditional\n  to: office\n" +
         plan;
}
const std::string kWaves =
    "  waves: [{id: one, starts: 1395-02-10, clerks: 3}, {id: two, starts: 1395-03-01, clerks: 3}]\n";
const std::string kAll = "  services: all\n" + kWaves;

fs::path write(const ScratchFolder& scratch, const std::string& text) {
  const fs::path file = scratch.path() / "moves.yaml";
  std::ofstream(file) << text;
  return file;
}

Finished plan(const fs::path& file, const fs::path& out, const Names& more = {}) {
  Names arguments{"plan", file.string(), "--out", out.string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments);
}

/// A column by another.
Row column(const fs::path& file, const std::string& key, const std::string& name) {
  Row found;
  for (const Row& row : rows_of(file)) found[row.at(key)] = row.at(name);
  return found;
}

TEST(PlanCommand, ReportMakesThePageAndTheWorkbookOnceMore) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", file = write(scratch, scenario(kAll));
  const Finished finished = plan(file, out, {"--quiet", "--format", "csv,sqlite,html,xlsx", "--lang", "en"});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(tests::not_made_again_by_report(out), ::testing::IsEmpty());
}

TEST(PlanCommand, ThePlannedScenarioRunsAndKeepsItsTargetsWithAnotherSeed) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", run = scratch.path() / "run";
  const Finished finished = plan(write(scratch, scenario(kAll)), out);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("proven in "));
  EXPECT_THAT(finished.out, HasSubstr("all proofs together are wrong with a probability of 5% at most"));
  const auto waves = column(out / "plan.csv", "service", "wave");
  EXPECT_EQ(waves.size(), 3U);
  EXPECT_TRUE(std::any_of(waves.begin(), waves.end(), [](const auto& one) { return one.second == "one"; }));
  const std::string planned = (out / "moves-planned.yaml").string();
  ASSERT_EQ(run_program({"run", planned, "--quiet", "--seed", "77", "--out", run.string()}).exit_code, 0);
  const auto states = column(out / "plan_offices.csv", "station", "state");
  EXPECT_FALSE(states.empty());
  std::size_t kept = 0;
  for (const Row& row : rows_of(run / "targets.csv")) {
    const auto state = states.find(row.at("station"));
    if (state == states.end() || state->second != "kept") continue;
    ++kept;
    EXPECT_NE(row.at("verdict"), "missed") << row.at("station") << " in " << row.at("period");
  }
  EXPECT_GT(kept, 0U);
}

TEST(PlanCommand, BytesAreTheSameOnAnyNumberOfThreads) {
  const ScratchFolder scratch;
  const fs::path file = write(scratch, scenario(kAll));
  const fs::path one = scratch.path() / "one", two = scratch.path() / "two";
  ASSERT_EQ(plan(file, one, {"--threads", "1"}).exit_code, 0);
  ASSERT_EQ(plan(file, two, {"--threads", "3"}).exit_code, 0);
  auto a = read_folder(one), b = read_folder(two);
  EXPECT_EQ(a.size(), 6U);
  EXPECT_TRUE(a == b);
}

TEST(PlanCommand, KeepsWhatAPlannerFixes) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const Finished finished =
      plan(write(scratch, scenario(kAll + "  fixed: {parcel: two, birth-certificate: stays}\n"
                                          "  forbidden: {address-change: [one]}\n")),
           out, {"--json"});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const auto waves = column(out / "plan.csv", "service", "wave");
  EXPECT_EQ(waves.at("parcel"), "two");
  EXPECT_EQ(waves.at("birth-certificate"), "stays");
  EXPECT_NE(waves.at("address-change"), "one");
  EXPECT_EQ(nlohmann::json::parse(finished.out)["waves"].size(), 2U);
}

TEST(PlanCommand, OptionsChangeTheScenario) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", file = write(scratch, scenario(kAll));
  const Finished finished = plan(file, out, {"--set", "plan.share=50%", "--seed", "8", "--json"});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const auto json = nlohmann::json::parse(finished.out);
  ASSERT_EQ(plan(file, scratch.path() / "all", {"--seed", "8"}).exit_code, 0);
  const auto half = column(out / "plan.csv", "service", "citizens_at_once");
  const auto all = column(scratch.path() / "all/plan.csv", "service", "citizens_at_once");
  EXPECT_NEAR(std::stod(half.at("parcel")), std::stod(all.at("parcel")) / 2, 1e-6);
  const std::string planned = (out / json["planned"].get<std::string>()).string();
  EXPECT_EQ(run_program({"check", planned}).exit_code, 0);
}

TEST(PlanCommand, SpeaksPersian) {
  const ScratchFolder scratch;
  const Finished persian = plan(write(scratch, scenario(kAll)), scratch.path() / "fa", {"--lang", "fa"});
  ASSERT_EQ(persian.exit_code, 0) << persian.error;
  EXPECT_THAT(persian.out, HasSubstr("موج"));
}

TEST(PlanCommand, TellsWhatIsWrittenWrongly) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const auto expect = [&](const std::string& plan_block, const std::string& problem) {
    const Finished finished = plan(write(scratch, scenario(plan_block)), out);
    EXPECT_EQ(finished.exit_code, 2) << plan_block;
    EXPECT_THAT(finished.error, HasSubstr(problem)) << plan_block;
    EXPECT_THAT(finished.error, HasSubstr("moves.yaml:")) << plan_block;
  };
  expect(kAll + "  not: all\n", "no service is left that may move");
  expect("  services: []\n" + kWaves, "plan.services");
  expect(kAll + "  in_order: [[parcel, birth-certificate], [birth-certificate, parcel]]\n", "makes a circle");
  expect(kAll + "  in_order: [[parcel, parcel]]\n", "stands twice");
  expect(kAll + "  in_order: [[parcel, birth-certificate]]\n  fixed: {parcel: two, birth-certificate: one}\n",
         "may not move before `two`");
  expect(kAll + "  fixed: {parcel: one}\n  forbidden: {parcel: [one]}\n", "is forbidden");
  expect(
      kAll + "  together: [[parcel, birth-certificate]]\n  fixed: {parcel: one, birth-certificate: stays}\n",
      "contradicts `plan.fixed.parcel`");
  expect(kAll + "  fixed: {parcel: three}\n", "unknown wave `three`");
  expect(kAll + "  fixed: {letter: one}\n", "unknown service `letter`");
  expect("  services: [parcel]\n" + kWaves + "  fixed: {birth-certificate: one}\n", "may not move");
  expect("  services: all\n  waves: [{id: a, starts: 1395-09-01}]\n", "starts on no day of the run");
  expect("  services: all\n  waves: [{id: a, starts: 1395-02-20}, {id: a, starts: 1395-02-10}]\n",
         "not after the start of the wave before");
  EXPECT_FALSE(fs::exists(out));
}

TEST(PlanCommand, RefusesWhatCannotBePlanned) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const Finished none = plan(tests::source_dir() / "tests/scenarios/small/small.yaml", out);
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.error, HasSubstr("does not say what may move"));
  std::string by_day = scenario(kAll);
  by_day.replace(by_day.find("in: month"), 9, "in: day");
  EXPECT_THAT(plan(write(scratch, by_day), out).error, HasSubstr("month by month"));
  // Without clerks to add, the offices cannot take what is fixed.
  const std::string fixed =
      "  services: all\n  waves: [{id: one, starts: 1395-02-01}]\n"
      "  fixed: {birth-certificate: one, address-change: one, parcel: one}\n";
  const Finished too_much = plan(write(scratch, scenario(fixed, "+1")), out);
  EXPECT_EQ(too_much.exit_code, 2) << too_much.out;
  EXPECT_THAT(too_much.error, HasSubstr("plan.fixed"));
  EXPECT_FALSE(fs::exists(out));
}

TEST(PlanCommand, AnEndBeforeTheEndLeavesTheEarlierFolder) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", file = write(scratch, scenario(kAll));
  ASSERT_EQ(plan(file, out, {"--first-days", "100", "--most-days", "100"}).exit_code, 0);
  const auto before = read_folder(out);
  for (const int number : {SIGINT, SIGTERM, SIGKILL}) {
    Program program({"plan", "scenarios/plan-for-a-year.yaml", "--out", out.string(), "--force"});
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    program.signal(number);
    EXPECT_EQ(program.wait().exit_code, number == SIGKILL ? -1 : 130);
    EXPECT_TRUE(read_folder(out) == before);
  }
}

}  // namespace
}  // namespace pishkhan::plan_command_test
