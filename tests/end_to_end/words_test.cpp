// What the command line answers to words: suggestions, lists, files from any folder, texts that are safe to
// show.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/end_to_end/program.hpp"
#include "tests/report/read_table.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"
#include "tools/pishkhan/terminal.hpp"
#include "tools/pishkhan/text.hpp"

namespace pishkhan::words_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::Finished;
using tests::Program;
using tests::run_program;
using tests::ScratchFolder;
using Names = std::vector<std::string>;

/// What is said of wrong arguments.
std::string mistake_of(const Names& arguments) {
  const Finished finished = run_program(arguments);
  EXPECT_EQ(finished.exit_code, 2) << ::testing::PrintToString(arguments);
  EXPECT_EQ(finished.out, "");
  return finished.error;
}

TEST(Words, UnknownOnesAreNamedAndTheNearestSuggested) {
  const std::string mm1 = "scenarios/textbook/mm1.yaml";
  EXPECT_EQ(mistake_of({"runn", mm1}), "there is no command `runn` (did you mean `run`?)\n");
  EXPECT_THAT(mistake_of({"juggle"}),
              HasSubstr("there is no command `juggle` (known are run, extend, sweep, merge, check,"));
  EXPECT_THAT(mistake_of({mm1}), HasSubstr("did you mean `run " + mm1 + "`?"));
  EXPECT_THAT(mistake_of({}), HasSubstr("a command is missing"));
  EXPECT_EQ(mistake_of({"run", mm1, "--treads", "4"}),
            "--treads: run has no such option (did you mean `--threads`?)\n");
  EXPECT_THAT(mistake_of({"run", mm1, mm1}), HasSubstr("is one word too many"));
  EXPECT_THAT(mistake_of({"run", mm1, "--format", "cvs"}),
              HasSubstr("`cvs` is unknown (did you mean `csv`?)"));
  EXPECT_THAT(mistake_of({"run", mm1, "--tables", "foo"}),
              HasSubstr("there is no table `foo` (known are summary"));
  EXPECT_THAT(mistake_of({"run", mm1, "--tables", "sumary"}), HasSubstr("did you mean `summary`?"));
  EXPECT_THAT(mistake_of({"offices", "--county", "Sari"}), HasSubstr("did you mean `sari`?"));
  EXPECT_THAT(mistake_of({"offices", "--county", "ساری"}), HasSubstr("did you mean `sari`?"));
  EXPECT_THAT(mistake_of({"offices", "--office", "sari-u-01"}), HasSubstr("did you mean `sari-u-0"));
  EXPECT_THAT(mistake_of({"offices", "--kind", "urbn"}), HasSubstr("did you mean `urban`?"));
  EXPECT_THAT(mistake_of({"services", "--agency", "Civil Registration"}),
              HasSubstr("did you mean `civil-registration`?"));
}

TEST(Words, BeginningsAndMistypedValuesAreUnderstood) {
  const std::string mm1 = "scenarios/textbook/mm1.yaml";
  EXPECT_EQ(mistake_of({"--versoin"}),
            "--versoin: pishkhan has no such option (did you mean `--version`?)\n");
  EXPECT_THAT(mistake_of({"--threads", "2", "run", mm1}), HasSubstr("write it behind the command"));
  EXPECT_THAT(mistake_of({"run", mm1, "--rep", "3"}), HasSubstr("did you mean `--replications`?"));
  EXPECT_THAT(mistake_of({"run", mm1, "--se", "3"}), HasSubstr("did you mean `--set` or `--seed`?"));
  for (const Names& words : {Names{"run", mm1, "--visits", "al"}, Names{"run", "--visits", "al", mm1}})
    EXPECT_THAT(mistake_of(words), HasSubstr("--visits al: output.visits: `al` is not `none`, `all`"));
  EXPECT_THAT(mistake_of({"run", mm1, "--visits="}), HasSubstr("a value is missing"));
  EXPECT_EQ(mistake_of({"run", mm1, "--set", "run.days="}),
            "--set run.days=: run.days: a value is missing (for example `run.days=7`)\n");
}

TEST(Words, AMistypedScenarioIsFoundWhereScenariosAre) {
  for (const char* name : {"scenarios/quikstart.yaml", "quikstart.yaml", "quickstart", "quikstart"})
    EXPECT_THAT(mistake_of({"check", name}), HasSubstr("did you mean `scenarios/quickstart.yaml`?")) << name;
  EXPECT_THAT(mistake_of({"check", "mazandaran/basline.yaml"}),
              HasSubstr("did you mean `scenarios/mazandaran/baseline.yaml`?"));
  const ScratchFolder scratch;
  std::ofstream(scratch.path() / "summer.yaml") << "scenario: S\nbase: mazandaran/basline.yaml\n";
  Program::Settings elsewhere;
  elsewhere.folder = scratch.path();
  EXPECT_THAT(run_program({"check", "sumer.yaml"}, elsewhere).error,
              HasSubstr("did you mean `summer.yaml`?"));
  EXPECT_THAT(run_program({"check", "quikstart.yaml"}, elsewhere).error,
              HasSubstr("did you mean `scenarios/quickstart.yaml`?"));
  const std::string tables = (tests::source_dir() / "scenarios/mazandaran/ofices.csv").string();
  EXPECT_THAT(
      mistake_of({"check", "scenarios/mazandaran/baseline.yaml", "--set", "province.offices=" + tables}),
      HasSubstr("mazandaran/offices.csv`?"));
}

TEST(Words, NothingAskedForIsLeftOutInSilence) {
  const std::string mm1 = "scenarios/textbook/mm1.yaml";
  EXPECT_THAT(mistake_of({"run", mm1, "--tables", "visits"}), HasSubstr("no visits are kept"));
  EXPECT_THAT(mistake_of({"offices", "--office", "sari-u-001", "--county", "babol"}), HasSubstr("--county"));
  EXPECT_THAT(mistake_of({"offices", "--county", ""}), HasSubstr("a text is missing"));
  for (const char* option : {"--out", "--seed", "--replications", "--set", "--format", "--tables", "--costs",
                             "--visits-at", "--visits-on", "--threads", "--lang"}) {
    EXPECT_THAT(mistake_of({"run", mm1, option, ""}), HasSubstr(option));
    EXPECT_THAT(mistake_of({"run", mm1, std::string(option) + '='}), HasSubstr("a value is missing"));
  }
  for (const char* option : {"--format", "--tables", "--costs", "--visits-at", "--visits-on"})
    EXPECT_THAT(mistake_of({"run", mm1, option, ","}), HasSubstr(option));
  EXPECT_THAT(mistake_of({"run", mm1, "--format", "csv,,sqlite"}), HasSubstr("--format"));
  EXPECT_THAT(mistake_of({"run", ""}), HasSubstr("a text is missing"));
  EXPECT_THAT(mistake_of({"offices", ""}), HasSubstr("a text is missing"));
  EXPECT_THAT(mistake_of({"replications", ""}), HasSubstr("a text is missing"));
}

TEST(Words, WhatIsNamedTwiceCountsOnce) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const Finished finished =
      run_program({"run", "tests/scenarios/valid/visits-chosen.yaml", "--format", "csv,store,csv", "--format",
                   "csv,sqlite,sqlite", "--tables", "summary,summary", "--visits", "all", "--visits-at",
                   "desk,desk", "--visits-on", "1395-02-01,1395-02-01", "--quiet", "--out", out.string()});
  EXPECT_EQ(finished.exit_code, 0) << finished.error;
  for (const char* file : {"summary.csv", "visits.csv", "results.sqlite", "replications.bin"})
    EXPECT_TRUE(fs::exists(out / file)) << file;
  const Finished costs =
      run_program({"run", "tests/scenarios/valid/backbone-shared.yaml", "--costs", "backbone,backbone",
                   "--quiet", "--replications", "2", "--out", (scratch.path() / "costs").string()});
  EXPECT_EQ(costs.exit_code, 0) << costs.error;
}

TEST(Words, NumbersAreDecimalAndShownAsWritten) {
  const ScratchFolder scratch;
  const std::string mm1 = "scenarios/textbook/mm1.yaml";
  EXPECT_THAT(mistake_of({"run", mm1, "--seed", "-1"}), HasSubstr("--seed -1: run.seed: `-1` is negative"));
  EXPECT_THAT(mistake_of({"run", mm1, "--seed", "18446744073709551616"}), HasSubstr("18446744073709551615"));
  EXPECT_THAT(mistake_of({"run", mm1, "--replications", "0"}), HasSubstr("--replications 0: "));
  EXPECT_THAT(mistake_of({"run", mm1, "--threads", "many"}), HasSubstr("`many` is not a whole number"));
  for (const auto& [seed, kept] : {std::pair("010", 10ULL), std::pair("18446744073709551615", ~0ULL)}) {
    const Finished run = run_program({"run", mm1, "--replications", "02", "--seed", seed, "--json", "--force",
                                      "--out", (scratch.path() / "out").string()});
    ASSERT_EQ(run.exit_code, 0) << run.error;
    EXPECT_EQ(nlohmann::json::parse(run.out)["seed"].get<std::uint64_t>(), kept);
    EXPECT_EQ(nlohmann::json::parse(run.out)["replications"], 2);
  }
}

TEST(Words, VisitsMayHaveTheirShareInAWordOfItsOwn) {
  const ScratchFolder scratch;
  const auto rows = [&](const Names& more) {
    Names arguments{"run",   "tests/scenarios/valid/visits-chosen.yaml", "--json", "--force",
                    "--out", (scratch.path() / "out").string()};
    arguments.insert(arguments.begin() + 1, more.begin(), more.end());
    const Finished finished = run_program(arguments);
    EXPECT_EQ(finished.exit_code, 0) << finished.error;
    const bool none = std::count(more.begin(), more.end(), "none") > 0;
    EXPECT_EQ(finished.error.find("visits: about") == std::string::npos, none);
    const auto tables = nlohmann::json::parse(finished.out)["tables"];
    return tables.contains("visits") ? tables["visits"].get<int>() : 0;
  };
  const Names all_places{"--visits-at", "desk,window", "--visits-on", "1395-02-01,1395-02-02,1395-02-03"};
  const int desk_on_one_day = rows({});
  EXPECT_EQ(rows({"--visits", "all"}), desk_on_one_day);
  EXPECT_EQ(rows({"--visits=all"}), desk_on_one_day);
  EXPECT_EQ(rows({"--visits"}), desk_on_one_day);
  EXPECT_NEAR(desk_on_one_day, 2 * 240, 100);
  Names more = all_places;
  const int everything = rows(more);
  EXPECT_NEAR(everything, 6 * 2 * 240, 300);
  more.insert(more.end(), {"--visits", "10%"});
  EXPECT_NEAR(rows(more), everything / 10.0, everything / 20.0);
}

TEST(Words, VisitsAreOfTheStationsAndDaysAskedFor) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  ASSERT_EQ(run_program({"run", "tests/scenarios/valid/visits-chosen.yaml", "--quiet", "--out", out.string()})
                .exit_code,
            0);
  std::istringstream lines(tests::read_text(out / "visits.csv"));
  std::string line;
  std::getline(lines, line);
  std::size_t count = 0;
  for (; std::getline(lines, line); ++count) {
    EXPECT_THAT(line, HasSubstr(",1395-02-02,"));
    EXPECT_THAT(line, HasSubstr(",desk,"));
  }
  EXPECT_GT(count, 100U);
}

/// More visits than any disk holds.
TEST(Words, VisitsThatDoNotFitAreRefusedBeforeTheRun) {
  const ScratchFolder scratch;
  const Names visits{"scenarios/mazandaran/baseline.yaml", "--visits", "all", "--replications", "1000000"};
  Names run{"run"}, check{"check"};
  run.insert(run.end(), visits.begin(), visits.end());
  run.insert(run.end(), {"--out", (scratch.path() / "new/out").string()});
  const Finished refused = run_program(run);
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.error, HasSubstr("the visits need"));
  EXPECT_TRUE(ScratchFolder::names(scratch.path()).empty());
  check.insert(check.end(), visits.begin(), visits.end());
  check.insert(check.end(), {"--set", "run.days=7"});
  const Finished forecast = run_program(check);
  EXPECT_EQ(forecast.exit_code, 0) << forecast.error;
  EXPECT_THAT(forecast.out, HasSubstr("the run will end with exit code 3"));
}

TEST(Words, TheForecastOfVisitsIsTheirSize) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  for (const char* scenario : {"scenarios/quickstart.yaml", "scenarios/textbook/mm1.yaml"}) {
    Names arguments{"check", scenario, "--json", "--visits", "10%", "--replications", "2"};
    if (std::string(scenario).ends_with("quickstart.yaml"))
      arguments.insert(arguments.end(), {"--set", "run.start=1395-02-04", "--set", "run.days=4"});
    const auto forecast = nlohmann::json::parse(run_program(arguments).out)["visits_table"];
    arguments[0] = "run";
    arguments.insert(arguments.end(), {"--force", "--tables", "summary", "--out", out.string()});
    const auto run = nlohmann::json::parse(run_program(arguments).out);
    const double rows = run["tables"]["visits"];
    EXPECT_NEAR(forecast["rows"].get<double>(), rows, 0.3 * rows);
    const auto bytes =
        static_cast<double>(fs::file_size(out / "visits.csv") + fs::file_size(out / "results.sqlite"));
    EXPECT_NEAR(forecast["bytes"].get<double>() * rows / forecast["rows"].get<double>(), bytes, 0.25 * bytes);
  }
}

TEST(Words, TheForecastOfTablesIsTheirSize) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const auto expect_size = [&](const Names& scenario) {
    Names check{"check"}, run{"run"};
    check.insert(check.end(), scenario.begin(), scenario.end());
    run.insert(run.end(), scenario.begin(), scenario.end());
    check.emplace_back("--json");
    run.insert(run.end(), {"--quiet", "--force", "--out", out.string()});
    const double expected = nlohmann::json::parse(run_program(check).out)["expected_tables_bytes"];
    ASSERT_EQ(run_program(run).exit_code, 0);
    double written = 0;
    for (const auto& entry : fs::directory_iterator(out)) written += static_cast<double>(entry.file_size());
    EXPECT_LT(expected, 2 * written) << scenario[0];
    EXPECT_GT(expected, written / 2) << scenario[0];
  };
  expect_size({"scenarios/textbook/mm1.yaml", "--replications", "2"});
  expect_size({"tests/scenarios/small/small.yaml"});
  const auto baseline = [](const std::string& days) {
    return Names{"scenarios/mazandaran/baseline.yaml",
                 "--set",
                 "run.start=1395-02-04",
                 "--set",
                 "run.days=" + days,
                 "--set",
                 "run.warm_up_days=0",
                 "--replications",
                 "2"};
  };
  expect_size(baseline("1"));
  expect_size(baseline("20"));
}

TEST(Words, WorkFromAnyFolder) {
  const ScratchFolder scratch;
  Program::Settings elsewhere;
  elsewhere.folder = scratch.path();
  EXPECT_THAT(run_program({"offices", "--county", "sari"}, elsewhere).out, HasSubstr("sari-u-001"));
  for (const char* name : {"scenarios/textbook/mm1.yaml", "textbook/mm1.yaml"})
    EXPECT_EQ(run_program({"check", name}, elsewhere).exit_code, 0) << name;
  fs::create_directory(scratch.path() / "mine");
  std::ofstream(scratch.path() / "mine/more.yaml")
      << "scenario: More clerks\nbase: mazandaran/baseline.yaml\nstaffing:\n  - {at: offices, clerks: +1}\n";
  const Finished extends = run_program({"offices", "mine/more.yaml", "--county", "sari"}, elsewhere);
  EXPECT_EQ(extends.exit_code, 0) << extends.error;
  const Finished missing = run_program({"check", "no-such.yaml"}, elsewhere);
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_THAT(missing.error, HasSubstr("no file `no-such.yaml`"));
}

/// As `cmake --install` lays things out.
TEST(Words, AnInstalledProgramFindsItsData) {
  const ScratchFolder scratch;
  const fs::path prefix = scratch.path() / "prefix";
  fs::create_directories(prefix / "bin");
  fs::create_directories(prefix / "share/pishkhan");
  fs::copy_file(tests::built_program("tools/pishkhan"), prefix / "bin/pishkhan");
  fs::copy(tests::source_dir() / "scenarios", prefix / "share/pishkhan/scenarios",
           fs::copy_options::recursive);
  Program::Settings installed;
  installed.program = prefix / "bin/pishkhan";
  installed.folder = scratch.path();
  EXPECT_THAT(run_program({"offices", "--county", "sari"}, installed).out, HasSubstr("sari-u-001"));
  EXPECT_EQ(run_program({"check", "textbook/mm1.yaml"}, installed).exit_code, 0);
}

TEST(Words, JsonHasNoNullForInfinity) {
  EXPECT_EQ(json_line({{"a", json_number(HUGE_VAL)}, {"b", json_number(1.5)}, {"c", json_number(NAN)}}),
            "{\"a\":\"infinite\",\"b\":1.5,\"c\":\"unknown\"}\n");
}

TEST(Words, ListsOfAllThings) {
  const auto list = [](const Names& arguments) {
    Names with_json = arguments;
    with_json.push_back("--json");
    const Finished finished = run_program(with_json);
    EXPECT_EQ(finished.exit_code, 0) << finished.error;
    return nlohmann::json::parse(finished.out)[arguments[0]];
  };
  EXPECT_EQ(list({"agencies"}).size(), 25U);
  EXPECT_EQ(list({"counties"}).size(), 22U);
  EXPECT_EQ(list({"services"}).size(), 220U);
  std::size_t offices = 0;
  for (const auto& place : list({"places"})) offices += place["offices"].get<std::size_t>();
  EXPECT_EQ(offices, 858U);
  for (const auto& place : list({"places", "--county", "sari", "--kind", "rural"})) {
    EXPECT_EQ(place["county"], "sari");
    EXPECT_EQ(place["kind"], "rural");
  }
  EXPECT_THAT(run_program({"counties"}).out, HasSubstr("population"));
}

TEST(Words, AnOfficeIsShownWhole) {
  const Finished text = run_program({"offices", "--office", "sari-u-001"});
  EXPECT_EQ(text.exit_code, 0) << text.error;
  for (const char* words :
       {"county      sari", "hours       Saturday", "link        ", "services    ", "neighbour"})
    EXPECT_THAT(text.out, HasSubstr(words));
  const auto json = nlohmann::json::parse(run_program({"offices", "--office", "sari-u-001", "--json"}).out);
  EXPECT_EQ(json["neighbours"].size(), 10U);
  double before = 0;
  for (const auto& neighbour : json["neighbours"]) {
    EXPECT_GE(neighbour["km"], before);
    EXPECT_NE(neighbour["office"], "sari-u-001");
    before = neighbour["km"];
  }
  EXPECT_EQ(json["hours"].size(), 7U);
  EXPECT_GT(json["services"].size(), 5U);
}

bool is_safe(const std::string& text) {
  for (const char* bad : {"\x1B", "\x07", "\u202E", "\u200F", "\r", "\x7F"})
    if (text.find(bad) != std::string::npos) return false;
  return text.find('\0') == std::string::npos;
}

TEST(Words, NothingATerminalObeysIsPrinted) {
  const ScratchFolder scratch;
  Program::Settings here;
  here.folder = scratch.path();
  const std::string name = "evil\x1B[31m\u202E.yaml";
  std::ofstream(scratch.path() / name)
      << "scenario: \"T\\nAudit: \u202Eevil\"\nrun: {length: 100 min, replications: "
         "2}\nstations:\n"
         "  - {id: desk, arrivals: 0.5 / min, handling: {exponential: {mean: 1 min}}, clerks: 1}\n";
  for (const Names& arguments :
       {Names{"check", name}, Names{"check", name, "--json"}, Names{"run", name, "--force"},
        Names{"run", name, "--json", "--force"}, Names{"offices", name}, Names{"run\x1B[31m"},
        Names{"run", name, "--x\x1B\u202E"}, Names{"check", name, "--set", "run.\x1B\u202E=3"}}) {
    const Finished finished = run_program(arguments, here);
    EXPECT_TRUE(is_safe(finished.out)) << finished.out;
    EXPECT_TRUE(is_safe(finished.error)) << finished.error;
    EXPECT_THAT(finished.out, Not(HasSubstr("\nAudit: <U+202E")));
    EXPECT_TRUE(finished.exit_code == 0 || finished.exit_code == 2) << finished.error;
    if (arguments.back() == "--json") {
      EXPECT_EQ(nlohmann::json::parse(finished.out)["title"],
                "T\nAudit: \u202E"
                "evil");
    }
  }
}

TEST(Words, LinesFitTheTerminal) {
  for (const int columns : {60, 80, 120}) {
    Program::Settings terminal;
    terminal.output_columns = static_cast<unsigned short>(columns);
    for (const Names& arguments :
         {Names{"offices", "--county", "sari"}, Names{"services"}, Names{"run", "--help"},
          Names{"offices", "--office", "sari-u-001"}, Names{"check", "scenarios/textbook/mm1.yaml"}}) {
      const Finished finished = run_program(arguments, terminal);
      std::istringstream lines(finished.out);
      for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();  // the terminal's
        EXPECT_LE(width_of(line), columns) << line;
      }
    }
  }
  EXPECT_EQ(wrapped("  name     one two three four five\n", 22),
            "  name     one two\n           three four\n           five\n");
  EXPECT_EQ(wrapped("a text without gaps\n", 0), "a text without gaps\n");
  EXPECT_EQ(cut_to("شعبه‌ها", 4), "شعب…");
}

}  // namespace
}  // namespace pishkhan::words_test
