// Runs whose replications are processes of their own, as SimGrid asks for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <sstream>
#include <thread>

#include "models/province/csv.hpp"
#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"
#include "tools/pishkhan/command_line.hpp"

namespace pishkhan::simgrid_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::Finished;
using tests::Program;
using tests::run_program;
using tests::ScratchFolder;
using Names = std::vector<std::string>;

#ifdef PISHKHAN_WITH_SIMGRID

/// A small province in which systems, links and power fail, offices and counters park citizens, and calls
/// come from the web.
Names trouble(const std::string& model, const fs::path& out, const Names& more = {}) {
  Names arguments{"run",       "tests/scenarios/valid/backbone-in-trouble.yaml",
                  "--set",     "backbone.model=" + model,
                  "--set",     "run.days=25",
                  "--set",     "output.costs=[]",
                  "--quiet",   "--out",
                  out.string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST(SimgridRuns, SeeTheVisitsThatSharedSees) {
  const ScratchFolder scratch;
  std::map<std::string, CsvTable> visits;
  for (const char* model : {"shared", "simgrid"}) {
    const Finished finished =
        run_program(trouble(model, scratch.path() / model, {"--visits", "--threads", "2"}));
    ASSERT_EQ(finished.exit_code, 0) << finished.error;
    std::vector<Diagnostic> mistakes;
    visits[model] = read_csv(scratch.path() / model / "visits.csv", mistakes);
    ASSERT_TRUE(mistakes.empty());
  }
  const auto &shared = visits["shared"], &simgrid = visits["simgrid"];
  ASSERT_GT(shared.rows.size(), 10000U);
  ASSERT_EQ(shared.rows.size(), simgrid.rows.size());
  for (std::size_t row = 0; row < shared.rows.size(); ++row) {
    for (std::size_t column = 0; column < shared.header.size(); ++column) {
      const std::string &a = shared.rows[row][column].text, &b = simgrid.rows[row][column].text;
      if (shared.header[column].text.ends_with("_s") && !a.empty() && !b.empty())
        ASSERT_NEAR(std::stod(a), std::stod(b), 1e-6) << row;
      else
        ASSERT_EQ(a, b) << row << ", " << shared.header[column].text;
    }
  }
}

TEST(SimgridRuns, GiveTheSameBytesOnAnyNumberOfWorkers) {
  const ScratchFolder scratch;
  std::map<std::string, std::string> first;
  for (const char* threads : {"1", "3"}) {
    const fs::path out = scratch.path() / threads;
    const Finished finished = run_program(trouble(
        "simgrid", out, {"--set", "run.days=5", "--replications", "3", "--visits", "--threads", threads}));
    ASSERT_EQ(finished.exit_code, 0) << finished.error;
    const auto files = tests::read_folder(out);
    if (first.empty()) first = files;
    EXPECT_TRUE(files == first) << threads;
  }
  EXPECT_TRUE(first.contains("visits.csv"));
}

TEST(SimgridRuns, TellTheCostsThatSharedTells) {
  const ScratchFolder scratch;
  std::map<std::string, CsvTable> costs;
  for (const char* model : {"shared", "simgrid"}) {
    const Finished finished =
        run_program(trouble(model, scratch.path() / model,
                            {"--costs", "outages,backbone", "--replications", "4", "--threads", "2"}));
    ASSERT_EQ(finished.exit_code, 0) << finished.error;
    std::vector<Diagnostic> mistakes;
    costs[model] = read_csv(scratch.path() / model / "costs.csv", mistakes);
    ASSERT_TRUE(mistakes.empty());
  }
  const auto &shared = costs["shared"], &simgrid = costs["simgrid"];
  ASSERT_EQ(shared.rows.size(), 2U * (4 * 12 + 4 + 1));
  ASSERT_EQ(simgrid.rows.size(), shared.rows.size());
  const std::size_t difference = shared.find("difference_mean").value();
  for (std::size_t row = 0; row < shared.rows.size(); ++row) {
    for (std::size_t column = 0; column < shared.header.size(); ++column) {
      const std::string &a = shared.rows[row][column].text, &b = simgrid.rows[row][column].text;
      if (a == b) continue;
      ASSERT_GE(column, shared.find("with_mean").value()) << row;
      EXPECT_NEAR(std::stod(a), std::stod(b), 1e-6) << row << ", " << shared.header[column].text;
    }
  }
  EXPECT_GT(std::stod(shared.rows[0][difference].text), 0);
}

TEST(SimgridRuns, CtrlCGives130AndLeavesNothing) {
  const ScratchFolder scratch;
  Program program(trouble("simgrid", scratch.path() / "out", {"--replications", "10000"}));
  for (int i = 0; i < 1000 && ScratchFolder::names(scratch.path()).empty(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  program.signal(SIGINT);
  const Finished finished = program.wait();
  EXPECT_EQ(finished.exit_code, 130);
  EXPECT_THAT(finished.error, HasSubstr("interrupted"));
  EXPECT_TRUE(ScratchFolder::names(scratch.path()).empty());
}

TEST(SimgridRuns, CheckAndAFullDiskWorkTheSame) {
  const Finished check =
      run_program({"check", "tests/scenarios/valid/backbone-simgrid.yaml", "--set", "run.days=7"});
  EXPECT_EQ(check.exit_code, 0) << check.error;
  const ScratchFolder scratch;
  Program::Settings settings;
  settings.file_bytes = 8192;
  const Finished full = run_program(trouble("simgrid", scratch.path() / "out", {"--visits"}), settings);
  EXPECT_EQ(full.exit_code, 3);
  EXPECT_THAT(full.error, HasSubstr("cannot write"));
  EXPECT_TRUE(ScratchFolder::names(scratch.path()).empty());
}

/// A copy of the program in a folder laid out as an installation, with the module or without.
class Installation {
 public:
  /// An empty `module_folder` leaves the module out.
  explicit Installation(const std::string& module_folder) {
    fs::create_directories(program().parent_path());
    fs::copy_file(tests::built_program("tools/pishkhan"), program());
    if (module_folder.empty()) return;
    fs::create_directories(scratch_.path() / module_folder);
    fs::copy_file(tests::built_program("lib/pishkhan/pishkhan_simgrid.so"),
                  scratch_.path() / module_folder / "pishkhan_simgrid.so");
  }
  [[nodiscard]] Finished run(const std::string& model) const {
    Program::Settings settings;
    settings.program = program();
    return run_program({"run", "tests/scenarios/valid/backbone-simgrid.yaml", "--set", "run.days=2", "--set",
                        "backbone.model=" + model, "--quiet", "--out", (scratch_.path() / model).string()},
                       settings);
  }

 private:
  [[nodiscard]] fs::path program() const { return scratch_.path() / "bin/pishkhan"; }
  ScratchFolder scratch_;
};

TEST(SimgridModule, IsFoundWhereItIsInstalled) {
  for (const char* folder : {"lib/pishkhan", "bin"}) {
    const Finished finished = Installation(folder).run("simgrid");
    EXPECT_EQ(finished.exit_code, 0) << finished.error;
  }
}

TEST(SimgridModule, IsNeededForSimgridAlone) {
  const Installation without("");
  const Finished simgrid = without.run("simgrid");
  EXPECT_EQ(simgrid.exit_code, kEnvironment);
  EXPECT_THAT(simgrid.error, HasSubstr("there is no pishkhan_simgrid.so in "));
  EXPECT_THAT(simgrid.error, Not(HasSubstr("replication")));
  EXPECT_EQ(without.run("shared").exit_code, 0);
}

/// Three replications of which the second comes to `harm`; each that begins leaves its number behind.
ExitCode run_with_harm(const std::function<void()>& harm, const fs::path& folder, std::string& errors) {
  const TrialFunction kernel = [&](const Plan&, std::uint32_t replication, const TrialOptions&) {
    std::ofstream(folder / std::to_string(replication)) << "begun";
    if (replication == 1) harm();
    std::ofstream(folder / std::to_string(replication)) << "ended";
    return TrialResult();
  };
  std::ostringstream out, error;
  const ExitCode code =
      run_command_line({"run", tests::source_dir() / "tests/scenarios/valid/backbone-simgrid.yaml",
                        "--replications", "3", "--threads", "1", "--out", (folder / "out").string()},
                       kernel, out, error);
  errors = error.str();
  EXPECT_EQ(out.str(), "");
  return code;
}

TEST(Workers, ThatCrashAreToldAndTheOthersFinish) {
  const std::vector<std::pair<std::function<void()>, std::string>> harms{
      {[] { ::raise(SIGKILL); }, "replication 1 failed: killed by signal SIGKILL"},
      {[] { ::_exit(9); }, "replication 1 failed: ended without a result, exit code 9"},
      {[] { throw std::runtime_error("nothing works"); }, "replication 1 failed: nothing works"}};
  for (const auto& [harm, reason] : harms) {
    const ScratchFolder scratch;
    std::string errors;
    EXPECT_EQ(run_with_harm(harm, scratch.path(), errors), kEnvironment);
    EXPECT_THAT(errors, HasSubstr(reason));
    EXPECT_THAT(errors, HasSubstr("no results were written"));
    EXPECT_THAT(errors, Not(HasSubstr("replication 0")));
    EXPECT_THAT(errors, Not(HasSubstr("replication 2")));
    EXPECT_EQ(ScratchFolder::names(scratch.path()), (Names{"0", "1", "2"})) << "no results, nothing aside";
    for (const char* finished : {"0", "2"}) EXPECT_EQ(tests::read_text(scratch.path() / finished), "ended");
  }
}

#endif

}  // namespace
}  // namespace pishkhan::simgrid_test
