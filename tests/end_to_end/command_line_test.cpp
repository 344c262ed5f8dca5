// Exit codes, streams and what is left behind when a run fails.
#include "tools/pishkhan/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::command_line_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::Finished;
using tests::Program;
using tests::read_folder;
using tests::run_program;
using tests::ScratchFolder;
using tests::small_run;
using Names = std::vector<std::string>;

/// A run of bare stations that takes a blink.
Names tiny_run(const fs::path& out, const Names& more = {}) {
  Names arguments{"run", "scenarios/textbook/mm1.yaml", "--replications", "2", "--out", out.string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

/// A run that goes on for minutes unless it is interrupted.
Names endless_run(const fs::path& out) {
  return {"run",
          "scenarios/quickstart.yaml",
          "--set",
          "run.days=300",
          "--replications",
          "300",
          "--force",
          "--out",
          out.string()};
}

TEST(CommandLine, MistakesAreAllToldAndGiveTwo) {
  const Finished finished =
      run_program({"run", "scenarios/quickstart.yaml", "--set", "run.days=-1", "--set", "rnu=3"});
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_EQ(finished.out, "");
  EXPECT_THAT(finished.error, HasSubstr("run.days"));
  EXPECT_THAT(finished.error, HasSubstr("rnu"));
  EXPECT_EQ(std::count(finished.error.begin(), finished.error.end(), '\n'), 2) << finished.error;
  for (const Names& arguments :
       {Names{}, Names{"fly"}, Names{"run"}, Names{"run", "no-such.yaml"},
        Names{"run", "scenarios/textbook/mm1.yaml", "--threads", "0"},
        Names{"run", "scenarios/textbook/mm1.yaml", "--format", "papyrus"},
        Names{"offices", "--county", "atlantis"}, Names{"services", "--agency", "circus"},
        Names{"offices", "scenarios/textbook/mm1.yaml"}}) {
    const Finished wrong = run_program(arguments);
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_EQ(wrong.out, "");
    EXPECT_NE(wrong.error, "");
  }
}

TEST(CommandLine, HelpAndVersionAreNoMistakes) {
  for (const Names& arguments : {Names{"--help"}, Names{"run", "--help"}, Names{"--version"}}) {
    const Finished finished = run_program(arguments);
    EXPECT_EQ(finished.exit_code, 0);
    EXPECT_NE(finished.out, "");
    EXPECT_EQ(finished.error, "");
  }
}

TEST(CommandLine, SummaryGoesOutAndNothingElseToAPipe) {
  const ScratchFolder scratch;
  const Finished finished = run_program(small_run(scratch.path() / "out"));
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_EQ(finished.error, "") << "no progress bar in a pipe";
  EXPECT_THAT(finished.out, HasSubstr("Quickstart, a month of the baseline (quickstart)"));
  for (const char* words : {"traditional", "office", "online", "±", "Offices in most trouble",
                            "Targets, each station", "Audit: passed", "Evidence:", "Tables: "})
    EXPECT_THAT(finished.out, HasSubstr(words));
}

TEST(CommandLine, ShowsProgressOnATerminal) {
  const ScratchFolder scratch;
  Program::Settings settings;
  settings.error_is_terminal = true;
  const auto arguments = tiny_run(scratch.path() / "out", {"--replications", "40", "--threads", "1"});
  const Finished finished = run_program(arguments, settings);
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_THAT(finished.error, HasSubstr("s left"));
  auto quiet = arguments;
  quiet.insert(quiet.end(), {"--quiet", "--force"});
  const Finished silent = run_program(quiet, settings);
  EXPECT_EQ(silent.exit_code, 0);
  EXPECT_EQ(silent.error, "");
  EXPECT_EQ(silent.out, "");
}

TEST(CommandLine, OneReplicationSaysWhyThereIsNoNumber) {
  const ScratchFolder scratch;
  const Finished finished = run_program(tiny_run(scratch.path() / "out", {"--replications", "1"}));
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_THAT(finished.out, HasSubstr("One replication: no interval, so no number"));
  EXPECT_THAT(finished.out, Not(HasSubstr("±")));
}

TEST(CommandLine, JsonIsOneObject) {
  const ScratchFolder scratch;
  const Finished run = run_program(tiny_run(scratch.path() / "out", {"--json", "--seed", "77"}));
  ASSERT_EQ(run.exit_code, 0) << run.error;
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 1);
  const auto json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["seed"], 77);
  EXPECT_EQ(json["replications"], 2);
  EXPECT_EQ(json["out"], (scratch.path() / "out").string());
  EXPECT_EQ(json["tables"]["stations"], 1);
  EXPECT_EQ(json["summary"][0]["quantity"], "arrived");
  EXPECT_TRUE(json["summary"][0]["mean"].is_number());

  const Finished check = run_program({"check", "scenarios/quickstart.yaml", "--set", "run.days=7", "--json"});
  ASSERT_EQ(check.exit_code, 0) << check.error;
  const auto forecast = nlohmann::json::parse(check.out);
  EXPECT_GT(forecast["expected_visits"], 100000);
  EXPECT_GT(forecast["hours"].size(), 858U);
  EXPECT_GT(forecast["expected_run_s"], 0);

  const Finished offices = run_program({"offices", "scenarios/quickstart.yaml", "--json"});
  EXPECT_EQ(nlohmann::json::parse(offices.out)["offices"].size(), 858U);
  const Finished services = run_program({"services", "scenarios/quickstart.yaml", "--json"});
  EXPECT_EQ(nlohmann::json::parse(services.out)["services"].size(), 220U);
  const Finished schema = run_program({"schema"});
  EXPECT_TRUE(nlohmann::json::parse(schema.out).is_object());
}

/// Two outages of one system overlap and one is over before the run: odd, and not wrong.
TEST(CommandLine, TellsOfWhatIsOddUnlessQuiet) {
  const ScratchFolder scratch;
  const auto with = [&](Names arguments) {
    arguments.insert(arguments.begin() + 1, "tests/scenarios/valid/outages-without-links.yaml");
    arguments.insert(arguments.end(), {"--set",
                                       "outages=[{agency: post, from: 1395-02-05 09:30, for: 3 h},"
                                       " {agency: post, from: 1395-02-05 11:00, for: 3 h},"
                                       " {agency: post, from: 1395-01-05, for: 3 h}]"});
    if (arguments.front() == "run")
      arguments.insert(arguments.end(), {"--out", (scratch.path() / "out").string(), "--force"});
    return run_program(arguments);
  };
  const Finished run = with({"run"});
  ASSERT_EQ(run.exit_code, 0) << run.error;
  EXPECT_THAT(run.error, HasSubstr("warning: "));
  EXPECT_THAT(run.error, HasSubstr("overlap and count as one from 1395-02-05 09:30 to 1395-02-05 14:00"));
  EXPECT_THAT(run.error, HasSubstr("is over before the run"));
  EXPECT_EQ(with({"run", "--quiet"}).error, "");
  const Finished json = with({"run", "--json"});
  EXPECT_EQ(json.error, "");
  EXPECT_EQ(nlohmann::json::parse(json.out)["notices"].size(), 2U);
  EXPECT_THAT(with({"check"}).out, HasSubstr("notice: "));
  EXPECT_EQ(nlohmann::json::parse(with({"check", "--json"}).out)["notices"].size(), 2U);
}

TEST(CommandLine, CheckNamesTheStationsThatCannotKeepUp) {
  const Names arguments{"check", "scenarios/quickstart.yaml", "--set", "run.days=7",
                        "--set", "demand.growth=+300%"};
  const Finished finished = run_program(arguments);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("Stations that cannot keep up"));
  EXPECT_THAT(finished.out, HasSubstr("to keep up\n"));
  EXPECT_THAT(finished.out, HasSubstr("and "));
  Names with_json = arguments;
  with_json.push_back("--json");
  const auto json = nlohmann::json::parse(run_program(with_json).out);
  ASSERT_GT(json["cannot_keep_up"].size(), 100U);
  double before = HUGE_VAL;
  for (const auto& station : json["cannot_keep_up"]) {
    const double ratio = station["offered_load"].get<double>() / station["clerks"].get<double>();
    EXPECT_GE(ratio, 1);
    EXPECT_LE(ratio, before) << "worst first";
    EXPECT_GT(station["clerks_needed"], station["clerks_now"]) << station;
    EXPECT_GE(station["clerks_needed"], std::floor(station["clerks_now"].get<double>() * ratio * (1 - 1e-9)))
        << station;
    before = ratio;
  }
}

TEST(CommandLine, CheckSaysWhichKernelRunsAndWhy) {
  const auto kernel = [](const std::string& scenario, const Names& more = {}) {
    Names arguments{"check", scenario, "--set", "run.days=3"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Finished finished = run_program(arguments);
    EXPECT_EQ(finished.exit_code, 0) << finished.error;
    const auto at = finished.out.find("kernel: ");
    return at == std::string::npos ? finished.out : finished.out.substr(at, finished.out.find('\n', at) - at);
  };
  const std::string valid = "tests/scenarios/valid/";
  EXPECT_THAT(kernel("tests/scenarios/small/small.yaml"), HasSubstr("decoupled"));
  EXPECT_THAT(kernel(valid + "redirect-by-speed.yaml"), HasSubstr("coupled (one loop of events: citizens"));
  EXPECT_THAT(kernel(valid + "backbone-shared.yaml"), HasSubstr("share the agencies' systems"));
  EXPECT_THAT(kernel(valid + "outages-without-links.yaml"), HasSubstr("systems, links or power fail"));
}

TEST(CommandLine, CostsAreAskedForOnTheCommandLineToo) {
  const ScratchFolder scratch;
  const auto with = [&](const std::string& costs) {
    return run_program({"run", "tests/scenarios/valid/backbone-shared.yaml", "--costs", costs, "--out",
                        (scratch.path() / "out").string(), "--force"});
  };
  const Finished backbone = with("backbone");
  EXPECT_EQ(backbone.exit_code, 0) << backbone.error;
  EXPECT_THAT(backbone.out, HasSubstr("What it cost"));
  EXPECT_THAT(backbone.out, HasSubstr("of which the shortage of clerks"));
  EXPECT_THAT(backbone.out, HasSubstr("clerk hours lost"));
  const Finished nothing = with("outages");
  EXPECT_EQ(nothing.exit_code, 2) << "there are none";
  EXPECT_THAT(nothing.error, HasSubstr("output.costs"));
  EXPECT_EQ(with("fame").exit_code, 2);
}

TEST(CommandLine, ListsFilter) {
  const Finished urban = run_program({"offices", "--county", "sari", "--kind", "urban"});
  EXPECT_EQ(urban.exit_code, 0);
  EXPECT_THAT(urban.out, HasSubstr("sari-u-001"));
  EXPECT_THAT(urban.out, Not(HasSubstr("sari-r-")));
  EXPECT_THAT(urban.out, Not(HasSubstr("babol")));
  const Finished cards = run_program({"services", "--search", "ID CARD"});
  EXPECT_THAT(cards.out, HasSubstr("civil-registration"));
  EXPECT_LT(std::count(cards.out.begin(), cards.out.end(), '\n'), 60);
}

TEST(CommandLine, AnEarlierResultNeedsForce) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  ASSERT_EQ(run_program(tiny_run(out)).exit_code, 0);
  const auto before = read_folder(out);
  const Finished refused = run_program(tiny_run(out, {"--seed", "2"}));
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.error, HasSubstr("--force"));
  EXPECT_TRUE(read_folder(out) == before);
  EXPECT_EQ(run_program(tiny_run(out, {"--seed", "2", "--force"})).exit_code, 0);
  EXPECT_FALSE(read_folder(out) == before);
  EXPECT_EQ(ScratchFolder::names(scratch.path()), Names{"out"});
}

TEST(CommandLine, NotesBesideResultsKeepThemFromBeingReplaced) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  ASSERT_EQ(run_program(tiny_run(out)).exit_code, 0);
  std::ofstream(out / "notes.txt") << "mine";
  const auto before = read_folder(out);
  const Finished refused = run_program(tiny_run(out, {"--seed", "2", "--force"}));
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.error, HasSubstr("`notes.txt` is not of the run"));
  EXPECT_TRUE(read_folder(out) == before);
}

TEST(CommandLine, AFullDiskGivesThreeAndLeavesTheEarlierResult) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  ASSERT_EQ(run_program(tiny_run(out)).exit_code, 0);
  const auto before = read_folder(out);
  Program::Settings settings;
  settings.file_bytes = 8192;
  for (const char* format : {"csv", "sqlite"}) {
    for (const Names& more : {Names{}, Names{"--visits=1%"}}) {
      auto arguments = small_run(out, {"--force", "--format", format});
      arguments.insert(arguments.end(), more.begin(), more.end());
      const Finished finished = run_program(arguments, settings);
      EXPECT_EQ(finished.exit_code, 3) << format;
      EXPECT_THAT(finished.error, HasSubstr("cannot write")) << format;
      EXPECT_TRUE(read_folder(out) == before) << format;
      EXPECT_EQ(ScratchFolder::names(scratch.path()), Names{"out"}) << format;
    }
  }
}

TEST(CommandLine, AnUnwritablePlaceGivesThree) {
  EXPECT_EQ(run_program(tiny_run("/proc/nowhere/out")).exit_code, 3);
}

/// Waits until a run into a folder beside `names` has begun: its staging folder and lock appear.
void wait_for_begin(const fs::path& folder, std::size_t names) {
  for (int i = 0; i < 1000 && ScratchFolder::names(folder).size() < names + 2; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  ASSERT_EQ(ScratchFolder::names(folder).size(), names + 2) << "the run has not begun";
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
}

TEST(CommandLine, AnInterruptGives130AndLeavesTheEarlierResult) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  ASSERT_EQ(run_program(tiny_run(out)).exit_code, 0);
  const auto before = read_folder(out);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    Program program(endless_run(out));
    wait_for_begin(scratch.path(), 1);
    program.signal(number);
    const Finished finished = program.wait();
    EXPECT_EQ(finished.exit_code, 130);
    EXPECT_THAT(finished.error, HasSubstr("interrupted"));
    EXPECT_EQ(ScratchFolder::names(scratch.path()), Names{"out"});
    EXPECT_TRUE(read_folder(out) == before);
  }
}

TEST(CommandLine, AHangupThatIsIgnoredStaysIgnored) {
  const ScratchFolder scratch;
  Program::Settings settings;
  settings.hangup_is_ignored = true;
  Program program(endless_run(scratch.path() / "out"), settings);
  wait_for_begin(scratch.path(), 0);
  program.signal(SIGHUP);
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_EQ(ScratchFolder::names(scratch.path()).size(), 2U) << "the run goes on";
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait().exit_code, 130);
}

TEST(CommandLine, TheNextRunRemovesWhatAKilledOneLeft) {
  const ScratchFolder scratch;
  Program killed(endless_run(scratch.path() / "killed"));
  wait_for_begin(scratch.path(), 0);
  Program living(endless_run(scratch.path() / "living"));
  wait_for_begin(scratch.path(), 2);
  killed.signal(SIGKILL);
  EXPECT_EQ(killed.wait().exit_code, -1);
  EXPECT_EQ(ScratchFolder::names(scratch.path()).size(), 4U);
  ASSERT_EQ(run_program(tiny_run(scratch.path() / "out")).exit_code, 0);
  EXPECT_EQ(ScratchFolder::names(scratch.path()).size(), 3U) << "of the killed one nothing is left";
  living.signal(SIGTERM);
  EXPECT_EQ(living.wait().exit_code, 130);
  EXPECT_EQ(ScratchFolder::names(scratch.path()), Names{"out"});
}

TEST(CommandLine, AClosedPipeIsNoFailureAndLeavesNothing) {
  const ScratchFolder scratch;
  Program::Settings settings;
  settings.output_is_closed_pipe = true;
  const fs::path out = scratch.path() / "out";
  for (const Names& arguments : {tiny_run(out), tiny_run(out, {"--force"}), Names{"schema"}, Names{"offices"},
                                 Names{"check", "scenarios/textbook/mm1.yaml"}})
    EXPECT_EQ(run_program(arguments, settings).exit_code, 0) << arguments.front();
  EXPECT_EQ(run_program({"run", "no-such.yaml"}, settings).exit_code, 2);
  EXPECT_EQ(ScratchFolder::names(scratch.path()), Names{"out"});
}

TEST(CommandLine, AFolderWithoutPermissionGivesThree) {
  const ScratchFolder scratch;
  const fs::path closed = scratch.path() / "closed";
  fs::create_directory(closed);
  fs::copy_file(tests::source_dir() / "scenarios/textbook/mm1.yaml", closed / "mm1.yaml");
  std::ofstream(scratch.path() / "extends.yaml") << "scenario: Extends\nbase: closed/mm1.yaml\n";
  fs::permissions(closed, fs::perms::none);
  Program::Settings settings;
  settings.obeys_permissions = true;
  for (const Names& arguments : {tiny_run(closed), tiny_run(closed, {"--force"}), tiny_run(closed / "out"),
                                 tiny_run(closed / "out", {"--force"}), tiny_run(closed / "a" / "b"),
                                 Names{"check", (closed / "mm1.yaml").string()},
                                 Names{"check", (scratch.path() / "extends.yaml").string()}}) {
    const Finished finished = run_program(arguments, settings);
    if (arguments == tiny_run(closed)) {
      EXPECT_EQ(finished.exit_code, 2) << "it exists, and need not be read to say so";
      continue;
    }
    EXPECT_EQ(finished.exit_code, 3) << ::testing::PrintToString(arguments) << finished.error;
    EXPECT_THAT(finished.error, HasSubstr("ermission denied"));
  }
  fs::permissions(closed, fs::perms::owner_all);
}

// The program's own kernel passes its audit, so these give the command line another.

ExitCode run_with(const TrialFunction& kernel, const fs::path& out, std::string& errors) {
  std::ostringstream out_text, error_text;
  const ExitCode code = run_command_line({"run", tests::source_dir() / "scenarios/textbook/mm1.yaml",
                                          "--replications", "2", "--out", out.string()},
                                         kernel, out_text, error_text);
  errors = error_text.str();
  return code;
}

TEST(CommandLine, AFailedAuditGivesFourAndNoResults) {
  const ScratchFolder scratch;
  std::string errors;
  const auto broken = [](const Plan& plan, std::uint32_t replication, const TrialOptions& options) {
    TrialResult result = run_trial(plan, replication, options);
    if (replication == 1) result.audit.failures.push_back("a citizen vanished");
    return result;
  };
  EXPECT_EQ(run_with(broken, scratch.path() / "out", errors), kFailedAudit);
  EXPECT_THAT(errors, HasSubstr("replication 1: a citizen vanished"));
  EXPECT_TRUE(ScratchFolder::names(scratch.path()).empty());
}

TEST(CommandLine, ABugInTheKernelIsCalledOne) {
  const ScratchFolder scratch;
  std::string errors;
  const auto broken = [](const Plan&, std::uint32_t, const TrialOptions&) -> TrialResult {
    throw std::logic_error("expected: two plus two");
  };
  EXPECT_EQ(run_with(broken, scratch.path() / "out", errors), kBug);
  EXPECT_THAT(errors, HasSubstr("a bug in Pishkhan: expected: two plus two"));
  EXPECT_TRUE(ScratchFolder::names(scratch.path()).empty());
}

TEST(CommandLine, RunsOutsideTheProjectWriteToResults) {
  const ScratchFolder scratch;
  Program::Settings settings;
  settings.folder = scratch.path();
  const Finished finished = run_program(
      {"run", tests::source_dir() / "scenarios/textbook/mm1.yaml", "--replications", "2"}, settings);
  EXPECT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_TRUE(fs::exists(scratch.path() / "results" / "mm1" / "manifest.json"));
}

}  // namespace
}  // namespace pishkhan::command_line_test
