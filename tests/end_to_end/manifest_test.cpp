// A result folder is enough to repeat its run, and two scenarios do not share one unnoticed.
#include "tools/report/manifest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "models/scenario/scenario.hpp"
#include "sim/base/diagnostic.hpp"
#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"
#include "tools/report/output_file.hpp"

namespace pishkhan::manifest_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using tests::Finished;
using tests::Program;
using tests::read_folder;
using tests::run_program;
using tests::ScratchFolder;
using Names = std::vector<std::string>;

Names run_of(const fs::path& scenario, const fs::path& out, const Names& more = {}) {
  Names arguments{"run", scenario.string(), "--quiet", "--out", out.string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

/// Runs a scenario, then its manifest from another folder, and expects the same files.
void expect_repeatable(const std::string& scenario, const Names& more = {}) {
  SCOPED_TRACE(scenario);
  const ScratchFolder scratch;
  const Finished first = run_program(run_of(scenario, scratch.path() / "first", more));
  ASSERT_EQ(first.exit_code, 0) << first.error;
  Program::Settings elsewhere;
  elsewhere.folder = scratch.path();
  const Finished again = run_program(run_of("first/manifest.json", "again"), elsewhere);
  ASSERT_EQ(again.exit_code, 0) << again.error;
  const auto files = read_folder(scratch.path() / "first"), repeated = read_folder(scratch.path() / "again");
  ASSERT_EQ(files.size(), repeated.size());
  for (const auto& [name, bytes] : files) EXPECT_TRUE(repeated.at(name) == bytes) << name;
}

TEST(Manifest, RunsAgainWithTheSameBytes) {
  const std::string valid = "tests/scenarios/valid/";
  expect_repeatable("scenarios/textbook/mm1.yaml", {"--replications", "3", "--seed", "18446744073709551615"});
  expect_repeatable(valid + "backbone-shared.yaml", {"--visits", "10%", "--replications", "2"});
  expect_repeatable(valid + "bare-days-that-differ.yaml", {"--visits", "10%"});
  expect_repeatable(valid + "visits-chosen.yaml", {"--format", "csv"});
  expect_repeatable(valid + "backbone-in-trouble.yaml", {"--format", "csv"});
  expect_repeatable(valid + "backbone-shared.yaml", {"--format", "csv,xlsx", "--lang", "en"});
  expect_repeatable("scenarios/quickstart.yaml",
                    {"--set", "run.days=2", "--set", "run.warm_up_days=1", "--set", "demand.growth=+7%",
                     "--replications", "2", "--tables", "summary,links"});
}

TEST(Manifest, AByteOrderMarkBeginsEveryTableAndChangesNoResult) {
  expect_repeatable("tests/scenarios/small/small.yaml", {"--bom", "--replications", "2"});
  const ScratchFolder scratch;
  const fs::path marked = scratch.path() / "marked";
  ASSERT_EQ(run_program(run_of("tests/scenarios/small/small.yaml", marked, {"--bom"})).exit_code, 0);
  std::size_t tables = 0;
  for (const auto& [name, bytes] : read_folder(marked)) {
    if (!name.ends_with(".csv")) continue;
    ++tables;
    EXPECT_TRUE(bytes.starts_with("\xEF\xBB\xBF")) << name;
    EXPECT_FALSE(bytes.substr(3).starts_with("\xEF\xBB\xBF")) << name;
  }
  EXPECT_TRUE(fs::exists(marked / "input_offices.csv"));
  EXPECT_GT(tables, 10U);
}

/// A script that runs many scenarios sees no terminal.
TEST(Manifest, HoldsTheNotices) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const Names more{"--set", "run.days=3", "--set",
                   "staffing=[{at: offices, clerks: +20%}, {at: offices, clerks: +1, starts: 1396-02-05}]"};
  ASSERT_EQ(run_program(run_of("tests/scenarios/small/small.yaml", out, more)).exit_code, 0);
  const auto json = nlohmann::json::parse(read_folder(out).at("manifest.json"));
  Names sentences;
  for (const auto& notice : json["notices"]) sentences.push_back(notice["text"]);
  EXPECT_EQ(sentences,
            Names({"`staffing[1]` begins after the run", "clerks +20% at 5 stations: 13 before, 16 after",
                   "no date of the special days `fair` is in the run"}));
  EXPECT_EQ(json["notices"][2]["key"], "notice.special_days_outside_run");
  EXPECT_EQ(json["notices"][2]["values"],
            nlohmann::json({{{"name", "id"}, {"kind", "text"}, {"text", "fair"}}}));
}

/// As `what a run leaves`, without the run.
fs::path leave_manifest(const Scenario& scenario, const fs::path& folder) {
  fs::create_directories(folder);
  if (scenario.inputs) {
    for (const InputFile& table : *scenario.inputs)
      write_file(folder / ("input_" + table.key + ".csv"), table.text);
  }
  write_file(folder / "manifest.json", manifest_json({scenario, "test", {}, 0, {}, {}, scenario.notices}));
  return folder / "manifest.json";
}

TEST(Manifest, HoldsEveryScenario) {
  std::size_t count = 0;
  for (const char* folder : {"scenarios", "tests/scenarios/valid"}) {
    for (const auto& entry : fs::recursive_directory_iterator(tests::source_dir() / folder)) {
      if (entry.path().extension() != ".yaml") continue;
      const std::string stem = entry.path().filename().string();
      if (stem.starts_with('_') || entry.path().parent_path().filename() == "studies") continue;
      SCOPED_TRACE(entry.path());
      const ScratchFolder scratch;
      const Scenario scenario = load_scenario(entry.path());
      const Scenario again = load_scenario(leave_manifest(scenario, scratch.path() / "results"));
      EXPECT_EQ(again.resolved, scenario.resolved);
      EXPECT_EQ(again.name, scenario.name);
      EXPECT_EQ(again.title, scenario.title);
      EXPECT_EQ(again.file.filename(), scenario.file.filename());
      ++count;
    }
  }
  EXPECT_GT(count, 30U);
}

TEST(Manifest, CanBeExtended) {
  const ScratchFolder scratch;
  leave_manifest(load_scenario(tests::source_dir() / "tests/scenarios/small/small.yaml"),
                 scratch.path() / "results");
  write_file(
      scratch.path() / "more.yaml",
      "scenario: More clerks\nbase: results/manifest.json\nstaffing:\n  - {at: offices, clerks: +1}\n");
  const Scenario more = load_scenario(scratch.path() / "more.yaml");
  EXPECT_EQ(more.title, "More clerks");
  EXPECT_EQ(more.name, "more");
}

TEST(Manifest, AFolderInItsPlaceIsTheUsersMistake) {
  const ScratchFolder scratch;
  fs::create_directories(scratch.path() / "d.json");
  fs::create_directories(scratch.path() / "results/manifest.json");
  const std::string file = (scratch.path() / "d.json").string(),
                    results = (scratch.path() / "results").string();
  for (const Names& arguments : {Names{"run", file}, Names{"check", file}, Names{"offices", file},
                                 Names{"run", results + "/manifest.json"}, Names{"replications", results}}) {
    const Finished finished = run_program(arguments);
    EXPECT_EQ(finished.exit_code, 2) << finished.error;
    EXPECT_THAT(finished.error, HasSubstr("is not a file"));
  }
}

TEST(Manifest, ADamagedStoreIsNotPrinted) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", store = out / "replications.bin";
  const Names print{"replications", out.string()};
  ASSERT_EQ(
      run_program(run_of("scenarios/textbook/mm1.yaml", out, {"--replications", "3", "--format", "store"}))
          .exit_code,
      0);
  EXPECT_EQ(run_program(print).exit_code, 0);
  const fs::path other = scratch.path() / "other";
  ASSERT_EQ(
      run_program(run_of("scenarios/textbook/mm1.yaml", other, {"--replications", "3", "--format", "csv"}))
          .exit_code,
      0);
  fs::copy_file(store, other / "replications.bin");
  const Finished foreign = run_program({"replications", other.string()});
  EXPECT_EQ(foreign.exit_code, 2);
  EXPECT_THAT(foreign.error, HasSubstr("manifest.json"));
  std::fstream(store, std::ios::binary | std::ios::in | std::ios::out).seekp(-200, std::ios::end) << "damage";
  const Finished damaged = run_program(print);
  EXPECT_EQ(damaged.exit_code, 3);
  EXPECT_EQ(damaged.out, "");
  EXPECT_THAT(damaged.error, HasSubstr("damaged"));
  fs::remove(store);
  ASSERT_EQ(::mkfifo(store.c_str(), 0600), 0);
  const Finished pipe = run_program(print);
  EXPECT_EQ(pipe.exit_code, 2);
  EXPECT_THAT(pipe.error, HasSubstr("is not a file"));
}

TEST(Manifest, RefusesTablesOfAnotherRun) {
  const ScratchFolder scratch;
  const fs::path manifest = leave_manifest(
      load_scenario(tests::source_dir() / "tests/scenarios/small/small.yaml"), scratch.path() / "results");
  std::ofstream(scratch.path() / "results/input_offices.csv", std::ios::app) << "\n";
  try {
    load_scenario(manifest);
    FAIL() << "the table has changed";
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), HasSubstr("input_offices.csv"));
  }
  fs::remove(scratch.path() / "results/input_offices.csv");
  try {
    load_scenario(manifest);
    FAIL() << "the table is gone";
  } catch (const UserError& error) {
    EXPECT_EQ(error.diagnostics().size(), 1U) << "told once: " << error.what();
  }
}

TEST(Manifest, RefusesAnotherScenarioThanThatOfItsRun) {
  const ScratchFolder scratch;
  const fs::path manifest = leave_manifest(
      load_scenario(tests::source_dir() / "tests/scenarios/small/small.yaml"), scratch.path() / "results");
  std::ifstream in(manifest);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::size_t days = text.find("days: ");
  ASSERT_NE(days, std::string::npos);
  text[days + 6] = text[days + 6] == '9' ? '8' : '9';
  std::ofstream(manifest) << text;
  try {
    load_scenario(manifest);
    FAIL() << "the scenario has changed";
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), HasSubstr("not the scenario that the run simulated"));
  }
}

TEST(Manifest, PersianNamesGiveFoldersOfTheirOwn) {
  const ScratchFolder scratch;
  Program::Settings here;
  here.folder = scratch.path();
  const std::string text = tests::read_text(tests::source_dir() / "scenarios/textbook/mm1.yaml");
  for (const char* name : {"بانک.yaml", "شعبهٔ نو.yaml", "Été 2.yaml", "!!!.yaml", "؟.yaml"}) {
    write_file(scratch.path() / name, text);
    const Finished finished = run_program({"run", name, "--quiet", "--replications", "2"}, here);
    EXPECT_EQ(finished.exit_code, 0) << finished.error;
  }
  Names folders = ScratchFolder::names(scratch.path() / "results");
  ASSERT_EQ(folders.size(), 5U) << ::testing::PrintToString(folders);
  EXPECT_THAT(folders, ::testing::IsSupersetOf({"بانک", "شعبهٔ-نو", "été-2"}));
  for (const std::string& folder : folders) EXPECT_NE(folder, "scenario");
}

TEST(Manifest, AnotherScenariosResultsAreNotReplacedInSilence) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const Names more{"--replications", "2", "--force"};
  ASSERT_EQ(run_program(run_of("scenarios/textbook/mm1.yaml", out, more)).exit_code, 0);
  Names loud = run_of("scenarios/textbook/mm1.yaml", out, more);
  std::erase(loud, "--quiet");
  EXPECT_EQ(run_program(loud).error, "");
  loud[1] = "scenarios/textbook/mm12.yaml";
  const Finished finished = run_program(loud);
  EXPECT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.error, HasSubstr("results of another scenario"));
}

}  // namespace
}  // namespace pishkhan::manifest_test
