// The fewest clerks from the command line: what is written, what is refused, and what an end before the end
// leaves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "sim/base/read_file.hpp"
#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::staff_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using tests::Finished;
using tests::Program;
using tests::read_folder;
using tests::run_program;
using tests::ScratchFolder;
using Names = std::vector<std::string>;

constexpr const char* kSmall = "tests/scenarios/small/small.yaml";

Finished staff(Names arguments, const fs::path& out, const Names& more = {}) {
  arguments.insert(arguments.begin(), "staff");
  arguments.insert(arguments.end(), {"--out", out.string()});
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments);
}

/// The rows of a table as maps from column to text. No field has a comma.
std::vector<std::map<std::string, std::string>> rows_of(const fs::path& file) {
  std::istringstream in(read_file(file, std::size_t{1} << 30));
  std::vector<std::map<std::string, std::string>> rows;
  std::vector<std::string> names;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> fields{""};
    for (const char c : line) {
      if (c == ',')
        fields.emplace_back();
      else
        fields.back() += c;
    }
    if (names.empty()) {
      names = fields;
      continue;
    }
    EXPECT_EQ(fields.size(), names.size()) << line;
    for (std::size_t i = 0; i < names.size(); ++i)
      (i == 0 ? rows.emplace_back() : rows.back())[names[i]] = fields[i];
  }
  return rows;
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

TEST(Staff, TheStaffedScenarioReproducesTheProofAndKeepsItsPromisesWithAnotherSeed) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", again = scratch.path() / "again",
                 other = scratch.path() / "other";
  const Finished finished = staff(
      {kSmall, "--set", "run.days=40", "--set", "backbone.model=ideal", "--set", "run.start=1395-03-01"},
      out);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("all proofs together are wrong with a probability of 5% at most"));
  const auto staffing = rows_of(out / "staffing.csv");
  const std::string staffed = (out / "small-staffed.yaml").string();
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

TEST(Staff, BytesAreTheSameOnAnyNumberOfThreads) {
  const ScratchFolder scratch;
  const fs::path one = scratch.path() / "one", two = scratch.path() / "two";
  ASSERT_EQ(staff({kSmall, "--first-days", "200", "--most-days", "400"}, one, {"--threads", "1"}).exit_code,
            0);
  ASSERT_EQ(staff({kSmall, "--first-days", "200", "--most-days", "400"}, two, {"--threads", "3"}).exit_code,
            0);
  auto a = read_folder(one), b = read_folder(two);
  EXPECT_EQ(a.size(), 5U);
  EXPECT_TRUE(a == b);
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
  EXPECT_THAT(finished.out, HasSubstr("not even a clerk for every citizen meets the targets"));
  const auto rows = rows_of(scratch.path() / "out" / "staffing.csv");
  EXPECT_EQ(rows[0].at("proof"), "unattainable");
  EXPECT_EQ(rows[0].at("clerks_needed"), "1") << "left as it is";
}

TEST(Staff, RefusesWhatItCannotTakeStationByStation) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const Finished outage = staff({"scenarios/agency-outage-on-payment-day.yaml"}, out);
  EXPECT_EQ(outage.exit_code, 2);
  EXPECT_THAT(outage.error, HasSubstr("outages"));
  EXPECT_EQ(staff({"scenarios/textbook/mm1.yaml"}, out).exit_code, 2) << "an unbroken run";
  const Finished within =
      staff({kSmall, "--set", "classes.elderly.share=9%", "--set", "stations[0].clerks=2"}, out);
  EXPECT_EQ(within.exit_code, 2);
  EXPECT_EQ(staff({kSmall, "--first-days", "0"}, out).exit_code, 2);
  EXPECT_FALSE(fs::exists(out));
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
