// The fewest clerks from the command line: what is written, what is refused, and what an end before the end
// leaves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/report/table_rows.hpp"
#include "tests/support/small_with_ranges.hpp"

namespace pishkhan::staff_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using tests::Finished;
using tests::Program;
using tests::read_folder;
using tests::rows_of;
using tests::run_program;
using tests::ScratchFolder;
using Names = std::vector<std::string>;

constexpr const char* kSmall = "tests/scenarios/small/small.yaml";
constexpr const char* kSlowDown =
    "slow_downs=[{agency: post-bank, cores: 50%, from: 1395-02-20 09:30, for: 1 h}]";

Finished staff(Names arguments, const fs::path& out, const Names& more = {}) {
  arguments.insert(arguments.begin(), "staff");
  arguments.insert(arguments.end(), {"--out", out.string()});
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments);
}

std::string bank(const std::string& clerks, const std::string& targets) {
  return "scenario: Bank\nrun: {days: 20, seed: 3}\nstations:\n"
         "  - {id: bank, doors: 09:00-17:00, arrivals: 1 / min, handling: {exponential: {mean: 4 min}}, "
         "clerks: " +
         clerks + "}\n" + targets;
}

fs::path write(const ScratchFolder& scratch, const std::string& name, const std::string& text) {
  const fs::path file = scratch.path() / name;
  std::ofstream(file) << text;
  return file;
}

/// What `arguments` find, run again with the proof's seed and with another one.
void expect_reproduced(const Names& arguments, const std::string& name) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", again = scratch.path() / "again",
                 other = scratch.path() / "other";
  const Finished finished = staff(arguments, out);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("all proofs together are wrong with a probability of 5% at most"));
  const auto staffing = rows_of(out / "staffing.csv");
  const std::string staffed = (out / (name + "-staffed.yaml")).string();
  ASSERT_EQ(run_program({"run", staffed, "--quiet", "--out", again.string()}).exit_code, 0);
  ASSERT_EQ(run_program({"run", staffed, "--quiet", "--seed", "77", "--out", other.string()}).exit_code, 0);
  std::map<std::string, std::map<std::string, std::string>> run, fresh;
  for (const auto& row : rows_of(again / "targets.csv")) run[row.at("station")] = row;
  for (const auto& row : rows_of(other / "targets.csv")) fresh[row.at("station")] = row;
  int proven = 0, reproduced = 0;
  for (const auto& row : staffing) {
    const std::string& station = row.at("station");
    if (!row.at("proof").starts_with("fewest") && row.at("proof") != "met") continue;
    ++proven;
    EXPECT_NE(fresh[station]["verdict"], "missed") << station;
    if (row.at("rounds") != "1") continue;
    EXPECT_EQ(row.at("value_mean"), run[station]["value_mean"]) << station;
    ++reproduced;
  }
  EXPECT_GE(proven, 3);
  EXPECT_GE(reproduced, 2);
}

TEST(Staff, TheStaffedScenarioReproducesTheProofAndKeepsItsPromisesWithAnotherSeed) {
  expect_reproduced(
      {kSmall, "--set", "run.days=40", "--set", "backbone.model=ideal", "--set", "run.start=1395-03-01"},
      "small");
}

TEST(Staff, TheStaffedScenarioReproducesTheProofWhereThingsFail) {
  expect_reproduced({"tests/scenarios/valid/backbone-shared.yaml", "--set", "run.days=40", "--set",
                     "run.start=1395-03-01", "--set", "systems=[{agency: all, cores: 300}]", "--set",
                     "outages=[{agency: all, mean_time_between_failures: 60 h, repair: {exponential: {mean: "
                     "1 h}}}, {link_of: "
                     "all, mean_time_between_failures: 90 h, repair: {constant: 40 min}}]"},
                    "backbone-shared");
}

TEST(Staff, TheStaffedScenarioOfBareStationsHasTheirDays) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", again = scratch.path() / "again";
  const Finished finished = staff({"tests/scenarios/valid/bare-days-that-differ.yaml"}, out);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const std::string staffed = (out / "bare-days-that-differ-staffed.yaml").string();
  const Finished run = run_program({"run", staffed, "--quiet", "--out", again.string()});
  ASSERT_EQ(run.exit_code, 0) << run.error;
  EXPECT_EQ(read_folder(again).at("input_holidays.csv"),
            read_folder("tests/scenarios/small").at("holidays.csv"));
  std::map<std::string, std::string> values;
  for (const auto& row : rows_of(again / "targets.csv")) values[row.at("station")] = row.at("value_mean");
  for (const auto& row : rows_of(out / "staffing.csv")) {
    EXPECT_EQ(row.at("rounds"), "1");
    EXPECT_EQ(row.at("value_mean"), values[row.at("station")]) << row.at("station");
  }
}

TEST(Staff, BytesAreTheSameOnAnyNumberOfThreads) {
  const ScratchFolder scratch;
  const fs::path one = scratch.path() / "one", two = scratch.path() / "two";
  ASSERT_EQ(staff({kSmall, "--first-days", "200", "--most-days", "400"}, one, {"--threads", "1"}).exit_code,
            0);
  ASSERT_EQ(staff({kSmall, "--first-days", "200", "--most-days", "400"}, two, {"--threads", "3"}).exit_code,
            0);
  auto a = read_folder(one), b = read_folder(two);
  EXPECT_EQ(a.size(), 6U);
  EXPECT_TRUE(a == b);
}

TEST(Staff, ReportMakesThePageAndTheWorkbookOnceMore) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const Finished finished = staff({kSmall, "--first-days", "200", "--most-days", "400", "--assumptions", "0"},
                                  out, {"--format", "csv,sqlite,html,xlsx", "--lang", "en"});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(tests::not_made_again_by_report(out), ::testing::IsEmpty());
}

TEST(Staff, ReportMakesPagesOfBudgetsNewOfficesAndAuthorisationsOnceMore) {
  const ScratchFolder scratch;
  const fs::path places = write(scratch, "places.csv", "place,clerks\nsari,2\nbabol,1\n");
  const std::vector<std::vector<std::string>> forms{{"--budget", "+3"},
                                                    {"--budget", "0"},
                                                    {"--open", "1", "--among", places.string()},
                                                    {"--authorise", "2"}};
  for (const std::vector<std::string>& form : forms) {
    const fs::path out = scratch.path() / (form[0] + form[1]);
    std::vector<std::string> asked{kSmall, "--first-days", "200"};
    asked.insert(asked.end(), form.begin(), form.end());
    const Finished finished = staff(asked, out, {"--format", "csv,sqlite,html,xlsx", "--lang", "en"});
    ASSERT_EQ(finished.exit_code, 0) << form[0] << finished.error;
    EXPECT_THAT(tests::not_made_again_by_report(out), ::testing::IsEmpty()) << form[0];
  }
}

TEST(Staff, SpeaksPersianAndJson) {
  const ScratchFolder scratch;
  const fs::path file = write(scratch, "bank.yaml", bank("9", "targets: [{id: t, within: 5 min}]\n"));
  const Finished persian = staff({file.string()}, scratch.path() / "fa", {"--lang", "fa"});
  ASSERT_EQ(persian.exit_code, 0) << persian.error;
  EXPECT_THAT(persian.out, HasSubstr("متصدی"));
  const Finished json = staff({file.string()}, scratch.path() / "json", {"--json"});
  ASSERT_EQ(json.exit_code, 0) << json.error;
  const nlohmann::json told = nlohmann::json::parse(json.out);
  EXPECT_EQ(told["clerks_now"], 9);
  EXPECT_EQ(told["clerks_needed"], 5);
  EXPECT_EQ(told["stations"]["fewest"], 1);
}

std::string two_banks(int a, int b) {
  return "scenario: Banks\nrun: {days: 20, seed: 3}\nstations:\n"
         "  - {id: busy, doors: 09:00-17:00, arrivals: 1 / min, handling: {exponential: {mean: 4 min}}, "
         "clerks: " +
         std::to_string(a) +
         "}\n  - {id: quiet, doors: 09:00-17:00, arrivals: 10 / h, handling: {exponential: {mean: 4 min}}, "
         "clerks: " +
         std::to_string(b) + "}\n";
}

TEST(Staff, PutsABudgetWhereItSavesTheMostWaiting) {
  const ScratchFolder scratch;
  const fs::path file = write(scratch, "banks.yaml", two_banks(4, 2)), out = scratch.path() / "out",
                 again = scratch.path() / "again";
  const Finished finished = staff({file.string(), "--budget", "+1"}, out);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("1 clerks more, at 1 stations"));
  EXPECT_THAT(finished.out, HasSubstr("saved, proven"));
  EXPECT_THAT(finished.out, HasSubstr("busy 4 to 5"));
  const auto rows = rows_of(out / "placement.csv");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at("clerks_placed"), "5");
  EXPECT_GT(std::stod(rows[0].at("saved_h_low")), 0);
  EXPECT_EQ(rows[1].at("clerks_placed"), "2");
  EXPECT_EQ(rows[1].at("saved_h_mean"), "");
  EXPECT_EQ(rows_of(out / "placement_budget.csv").size(), 2U);
  // The written scenario has the waiting of the fresh replications.
  const std::string staffed = (out / "banks-staffed.yaml").string();
  ASSERT_EQ(run_program({"run", staffed, "--quiet", "--out", again.string()}).exit_code, 0);
  const auto run = rows_of(again / "stations.csv");
  const double joined = std::stod(run.at(0).at("arrived_mean")) - std::stod(run.at(0).at("balked_mean"));
  EXPECT_NEAR(joined * std::stod(run.at(0).at("wait_joined_s_mean")) / 3600,
              std::stod(rows[0].at("wait_placed_h_mean")), 1e-6 * joined);
}

TEST(Staff, MovesClerksWithABudgetOfNone) {
  const ScratchFolder scratch;
  const fs::path file = write(scratch, "banks.yaml", two_banks(4, 3));
  const Finished finished = staff({file.string(), "--budget", "0", "--json"}, scratch.path() / "out");
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const nlohmann::json told = nlohmann::json::parse(finished.out);
  EXPECT_EQ(told["clerks_placed"], 0);
  // By Erlang C, in person-hours a day: 5 and 2 clerks 17.7 + .7, 6 and 1 clerks 4.6 + 10.7.
  EXPECT_EQ(told["clerks_moved"], 2);
  EXPECT_GT(told["saved_h"]["low"], 0);
  const Finished persian = staff({file.string(), "--budget", "0", "--lang", "fa"}, scratch.path() / "fa");
  EXPECT_THAT(persian.out, HasSubstr("جابه‌جا می‌شوند"));
  const Finished counters = staff({kSmall, "--budget", "0"}, scratch.path() / "counters");
  ASSERT_EQ(counters.exit_code, 0) << counters.error;
  for (const auto& row : rows_of(scratch.path() / "counters" / "placement.csv"))
    EXPECT_NE(row.at("pool"), "offices");
  const fs::path again = scratch.path() / "again";
  EXPECT_EQ(run_program({"run", (scratch.path() / "counters" / "small-staffed.yaml").string(), "--quiet",
                         "--set", "run.replications=2", "--out", again.string()})
                .exit_code,
            0);
}

TEST(Staff, RefusesABudgetThatCannotBePlaced) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  EXPECT_EQ(staff({kSmall, "--at", "offices"}, out).exit_code, 2) << "without a budget";
  EXPECT_EQ(staff({kSmall, "--budget", "many"}, out).exit_code, 2);
  const Finished unknown = staff({kSmall, "--budget", "+1", "--at", "{county: sary}"}, out);
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.error, HasSubstr("did you mean `sari`"));
  const Finished far = staff({kSmall, "--budget", "-1000"}, out);
  EXPECT_EQ(far.exit_code, 2);
  EXPECT_THAT(far.error, HasSubstr("each station keeps one"));
  EXPECT_EQ(staff({"scenarios/agency-outage-on-payment-day.yaml", "--budget", "+1", "--set", kSlowDown}, out)
                .exit_code,
            2);
  EXPECT_FALSE(fs::exists(out));
}

TEST(Staff, OpensOfficesWhereTheySaveTravelAndWaiting) {
  const ScratchFolder scratch;
  const fs::path sites = write(scratch, "sites.csv",
                               "place,id,clerks,latitude,longitude\nsari,,2,,\nsari-rural,far,1,36.7,53.2\n"
                               "babol,,2,,\n"),
                 out = scratch.path() / "out";
  const Names arguments{kSmall,   "--set", "run.days=12", "--set",        "backbone.model=ideal",
                        "--open", "2",     "--among",     sites.string(), "--first-days",
                        "100"};
  const Finished finished = staff(arguments, out);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("2 new offices of 3 candidates"));
  const auto rows = rows_of(out / "siting.csv");
  ASSERT_EQ(rows.size(), 3U);
  int open = 0;
  for (const auto& row : rows) open += row.at("opens") == "yes";
  EXPECT_EQ(open, 2);
  EXPECT_EQ(rows[0].at("office"), "new-sari");
  EXPECT_EQ(rows[1].at("office"), "far");
  const auto sets = rows_of(out / "siting_sets.csv");
  ASSERT_EQ(sets.size(), 3U) << "all pairs";
  double most = -HUGE_VAL, chosen = 0;
  for (const auto& row : sets) {
    most = std::max(most, std::stod(row.at("saved_h_mean")));
    if (row.at("chosen") == "yes") chosen = std::stod(row.at("saved_h_mean"));
  }
  EXPECT_EQ(chosen, most);
  // The written scenario has the visits of the fresh replications.
  const fs::path again = scratch.path() / "again";
  ASSERT_EQ(run_program({"run", (out / "small-opened.yaml").string(), "--quiet", "--out", again.string()})
                .exit_code,
            0);
  std::map<std::string, std::string> arrived;
  for (const auto& row : rows_of(again / "offices.csv")) arrived[row.at("office")] = row.at("arrived_mean");
  for (const auto& row : rows)
    if (row.at("opens") == "yes") EXPECT_EQ(arrived[row.at("office")], row.at("visits_mean"));
}

/// Clerks who work before or after the run alone are not its clerks; a number that changes during it is that
/// of the last day, and is left as it is.
TEST(Staff, CountsTheClerksOfTheRun) {
  const ScratchFolder scratch;
  const fs::path file =
      write(scratch, "dated.yaml",
            "scenario: Dated\nbase: " + (tests::source_dir() / kSmall).string() +
                "\nrun: {start: 1395-02-01, days: 9, warm_up_days: 2}\n"
                "targets: [{id: quick, share: 50%, within: 30 min}]\nstaffing:\n"
                "  - {at: {office: [sari-u-002]}, clerks: +1, starts: 1395-02-05, ends: 1395-02-07}\n"
                "  - {at: {office: [sari-u-001]}, clerks: +1, starts: 1395-01-01}\n"
                "  - {at: {office: [sari-r-001]}, clerks: +1, starts: 1395-06-01}\n"
                "  - {at: {office: [babol-r-001]}, clerks: +1, starts: 1395-02-02}\n");
  const fs::path out = scratch.path() / "out";
  const Finished finished = staff({file.string(), "--first-days", "100", "--most-days", "100"}, out);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const Finished run = run_program({"run", file.string(), "--format", "csv", "--replications", "2", "--out",
                                    (scratch.path() / "run").string()});
  ASSERT_EQ(run.exit_code, 0) << run.error;
  std::map<std::string, std::string> clerks;
  for (const auto& row : rows_of(scratch.path() / "run/offices.csv"))
    clerks[row.at("office")] = row.at("clerks");
  int offices = 0;
  for (const auto& row : rows_of(out / "staffing.csv")) {
    if (!clerks.contains(row.at("station"))) continue;
    EXPECT_EQ(row.at("clerks_now"), clerks.at(row.at("station"))) << row.at("station");
    EXPECT_GT(std::stod(row.at("paid_hours_now")), 0) << row.at("station");
    const bool changes = row.at("station") == "sari-u-002" || row.at("station") == "babol-r-001";
    EXPECT_EQ(row.at("proof") == "not_varied", changes) << row.at("station");
    ++offices;
  }
  EXPECT_EQ(offices, 5);
  const Finished placed = staff({file.string(), "--budget", "+2", "--first-days", "100"}, out, {"--force"});
  ASSERT_EQ(placed.exit_code, 0) << placed.error;
  EXPECT_THAT(placed.out, HasSubstr("stations left as they are: 2;"));
}

TEST(Staff, RefusesCandidatesThatCannotOpen) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const auto refused = [&](const std::string& table, const std::string& number = "1") {
    const fs::path sites = write(scratch, "sites.csv", table);
    const Finished finished = staff({kSmall, "--open", number, "--among", sites.string()}, out);
    EXPECT_EQ(finished.exit_code, 2) << table;
    return finished.error;
  };
  EXPECT_THAT(refused("place\nsary\n"), HasSubstr("did you mean 'sari'"));
  EXPECT_THAT(refused("place\nsari\n", "2"), HasSubstr("1 candidates, of which 2 are to open"));
  EXPECT_THAT(refused("place,id\nsari,sari-u-001\n"), HasSubstr("a second station"));
  EXPECT_THAT(refused("place,id\nsari,New Office\n"), HasSubstr(":2:6: sari.id: 'New Office' is not an id"));
  EXPECT_THAT(refused("place,latitude\nsari,36.56\n"), HasSubstr("a latitude without a longitude"));
  EXPECT_THAT(refused("place,latitude,longitude\nsari,53.06,36.56\n"), HasSubstr("sites.csv:2"));
  refused("place,clerks\nsari,0\n");
  refused("");
  EXPECT_EQ(staff({kSmall, "--open", "1"}, out).exit_code, 2) << "without candidates";
  EXPECT_EQ(staff({kSmall, "--among", "none.csv"}, out).exit_code, 2);
  EXPECT_THAT(staff({kSmall, "--unserved", "30"}, out).error,
              HasSubstr("belongs to `--budget`, `--open` and `--authorise`"));
  EXPECT_THAT(staff({kSmall, "--most-days", "500"}, out).error, HasSubstr("500 days at most, after 1000"));
  EXPECT_EQ(staff({kSmall, "--open", "1", "--among", "none.csv", "--budget", "3"}, out).exit_code, 2);
  EXPECT_FALSE(fs::exists(out));
}

TEST(Staff, OfTwoTargetsTheHarderDecidesWhateverTheirOrder) {
  const ScratchFolder scratch;
  const std::string easy = "{id: easy, within: 30 min, share: 50%}",
                    hard = "{id: hard, within: 1 min, share: 90%}";
  for (const std::string& targets : {easy + ", " + hard, hard + ", " + easy}) {
    const fs::path file = write(scratch, "bank.yaml", bank("2", "targets: [" + targets + "]\n"));
    ASSERT_EQ(staff({file.string()}, scratch.path() / "out", {"--force", "--quiet"}).exit_code, 0);
    const auto rows = rows_of(scratch.path() / "out" / "staffing.csv");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].at("target"), "hard");
    EXPECT_EQ(rows[0].at("clerks_needed"), "7")
        << "6 clerks: Erlang C .29 of 4 erlangs wait, .17 over a minute";
  }
}

TEST(Staff, SaysOfATargetThatNobodyCanMeetThatNoNumberOfClerksDoes) {
  const ScratchFolder scratch;
  const fs::path file =
      write(scratch, "bank.yaml",
            bank("[{id: late, clerks: 1, shifts: 12:00-17:00}]", "targets: [{id: t, within: 5 min}]\n"));
  const Finished finished = staff({file.string()}, scratch.path() / "out");
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("not even a clerk for every citizen met the targets"));
  const auto rows = rows_of(scratch.path() / "out" / "staffing.csv");
  EXPECT_EQ(rows[0].at("proof"), "unattainable");
  EXPECT_EQ(rows[0].at("clerks_needed"), "1") << "left as it is";
}

TEST(Staff, RefusesWhatItCannotTakeStationByStation) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const Finished slow = staff({"scenarios/agency-outage-on-payment-day.yaml", "--set", kSlowDown}, out);
  EXPECT_EQ(slow.exit_code, 2);
  EXPECT_THAT(slow.error, HasSubstr("slow_downs"));
  EXPECT_EQ(staff({"scenarios/textbook/mm1.yaml"}, out).exit_code, 2) << "an unbroken run";
  const Finished within =
      staff({kSmall, "--set", "classes.elderly.share=9%", "--set", "stations[0].clerks=2"}, out);
  EXPECT_EQ(within.exit_code, 2);
  EXPECT_EQ(staff({kSmall, "--first-days", "0"}, out).exit_code, 2);
  EXPECT_FALSE(fs::exists(out));
}

constexpr const char* kRanges =
    "services.csv,visits_per_1000_urban,assumed,0.4,2,none\nservices.csv,handling_office_mean_s,assumed,0.7,"
    "1.5,"
    "none\nsmall.yaml,retry.probability,assumed,0.5,2,none\n";
const Names kQuick{"--first-days", "200", "--most-days", "200", "--set", "run.start=1395-03-01"};

Names quick(const std::string& scenario, const Names& more = {}) {
  Names arguments{scenario};
  arguments.insert(arguments.end(), kQuick.begin(), kQuick.end());
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST(Staff, RepeatsItsVerdictAtSetsOfAssumptionsWithTheSameBytesOnAnyNumberOfThreads) {
  const tests::SmallWithRanges small(kRanges);
  const std::string scenario = small.scenario().string();
  const fs::path one = small.folder() / "one", three = small.folder() / "three";
  const Finished finished =
      staff(quick(scenario, {"--assumptions", "8", "--robust", "0.75"}), one, {"--threads", "1"});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr(" of 8 sets of assumptions"));
  EXPECT_THAT(finished.out, HasSubstr("within the ranges given for 3 assumed numbers"));
  ASSERT_EQ(
      staff(quick(scenario, {"--assumptions", "8", "--robust", "0.75"}), three, {"--threads", "3"}).exit_code,
      0);
  auto a = read_folder(one), b = read_folder(three);
  EXPECT_EQ(a.size(), 10U);
  for (const auto& [name, text] : a)
    if (!name.ends_with(".yaml")) EXPECT_TRUE(text == b[name]) << name;
  const auto rows = rows_of(one / "assumptions.csv"), staffing = rows_of(one / "staffing.csv");
  ASSERT_EQ(rows.size(), staffing.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].at("met"), staffing[i].at("assumptions_met"));
    EXPECT_EQ(rows[i].at("points"), staffing[i].at("assumptions"));
    if (rows[i].at("clerks_robust").empty()) continue;
    EXPECT_GE(std::stoi(rows[i].at("robust_met")), 6) << "three quarters of 8";
    EXPECT_GE(std::stoi(rows[i].at("clerks_robust")), std::stoi(rows[i].at("clerks_needed")));
    EXPECT_LE(std::stoi(rows[i].at("clerks_low")), std::stoi(rows[i].at("clerks_middle")));
  }
  EXPECT_EQ(rows_of(one / "assumption_points.csv").size(), 8U);
  EXPECT_EQ(rows_of(one / "assumption_factors.csv").size(), 24U);
  // The robust scenario is one that runs.
  EXPECT_EQ(run_program({"run", (one / "small-robust.yaml").string(), "--set", "run.replications=2",
                         "--quiet", "--out", (small.folder() / "run").string()})
                .exit_code,
            0);
}

TEST(Staff, RefusesSetsOfAssumptionsThatThereAreNot) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const Finished none = staff({kSmall, "--assumptions", "8"}, out);
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.error, HasSubstr("sets of assumptions of a scenario without ranges"));
  const Finished robust = staff({kSmall, "--robust", "0.9"}, out);
  EXPECT_EQ(robust.exit_code, 2);
  EXPECT_THAT(robust.error, HasSubstr("--robust"));
  EXPECT_EQ(staff({kSmall, "--assumptions", "many"}, out).exit_code, 2);
  EXPECT_EQ(staff({kSmall, "--robust", "1.5"}, out).exit_code, 2);
  EXPECT_EQ(staff({kSmall, "--robust", "0"}, out).exit_code, 2);
  EXPECT_FALSE(fs::exists(out));
}

TEST(Staff, WithoutSetsOfAssumptionsSaysSo) {
  const tests::SmallWithRanges small(kRanges);
  const fs::path out = small.folder() / "out";
  const Finished finished = staff(quick(small.scenario().string(), {"--assumptions", "0"}), out);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("not repeated under other assumptions"));
  EXPECT_FALSE(fs::exists(out / "assumptions.csv"));
  EXPECT_EQ(rows_of(out / "staffing.csv")[0].at("assumptions_met"), "");
}

TEST(Staff, AnEndBeforeTheEndLeavesTheEarlierFolder) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  ASSERT_EQ(staff({kSmall, "--first-days", "100", "--most-days", "100"}, out).exit_code, 0);
  const auto before = read_folder(out);
  for (const int number : {SIGINT, SIGTERM, SIGKILL}) {
    Program program({"staff", "scenarios/registry-moves.yaml", "--first-days", "10000", "--out", out.string(),
                     "--force"});
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    program.signal(number);
    EXPECT_EQ(program.wait().exit_code, number == SIGKILL ? -1 : 130);
    EXPECT_TRUE(read_folder(out) == before);
  }
}

}  // namespace
}  // namespace pishkhan::staff_test
