// Studies run as people run them: killed, resumed, in shards, and merged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "sim/random/philox.hpp"
#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::sweep_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using tests::Finished;
using tests::Program;
using tests::read_folder;
using tests::run_program;
using tests::ScratchFolder;
using Names = std::vector<std::string>;

/// A study of 30 points of a queue.
class SweepTest : public ::testing::Test {
 protected:
  SweepTest() {
    write_scenario("0.9 / min");
    write_study("3");
  }

  void write_scenario(const std::string& rate) const {
    std::ofstream(scratch_.path() / "queue.yaml")
        << "scenario: A queue\n"
           "run: {length: 200 h, warm_up: 1 h, replications: 2, seed: 5}\n"
           "stations:\n"
           "  - {id: desk, arrivals: "
        << rate << ", handling: {exponential: {mean: 1 min}}, clerks: 1}\n";
  }
  void write_study(const std::string& replications) const {
    std::ofstream(study_)
        << "study: Queues\n"
           "scenario: queue.yaml\n"
           "replications: "
        << replications
        << "\n"
           "factors:\n"
           "  clerks: {path: stations.0.clerks, values: [1, 2, 3]}\n"
           "  mean: {path: 'stations.0.handling.exponential.mean', from: 0.5 min, to: 0.9 min,"
           " levels: 5}\n"
           "  warm_up: {path: run.warm_up, values: [1 h, 99 h]}\n"
           "design: full_factorial\n"
           "responses: [wait_s, utilization, {quantity: wait_p90_s, station: desk}, citizens_lost]\n";
  }
  Finished sweep(const fs::path& out, const Names& more = {}) const {
    return run_program(arguments(out, more));
  }
  Names arguments(const fs::path& out, const Names& more) const {
    Names all{"sweep", study_.string(), "--out", out.string(), "--quiet"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  fs::path path(const std::string& name) const { return scratch_.path() / name; }

  ScratchFolder scratch_;
  fs::path study_ = scratch_.path() / "study.yaml";
};

void expect_same_folder(const fs::path& folder, const fs::path& expected) {
  const auto files = read_folder(folder), wanted = read_folder(expected);
  ASSERT_EQ(files.size(), wanted.size()) << folder;
  for (const auto& [name, bytes] : wanted) EXPECT_TRUE(files.at(name) == bytes) << folder << ' ' << name;
}

TEST_F(SweepTest, ThreadsDoNotMatter) {
  ASSERT_EQ(sweep(path("one"), {"--threads", "1"}).exit_code, 0);
  ASSERT_EQ(sweep(path("three"), {"--threads", "3"}).exit_code, 0);
  expect_same_folder(path("three"), path("one"));
  EXPECT_THAT(ScratchFolder::names(path("one")),
              testing::ElementsAre("manifest.json", "points.csv", "points.txt", "replications.csv",
                                   "responses.csv", "results.sqlite", "study.yaml"));
  EXPECT_FALSE(fs::exists(path("one.unfinished")));
}

TEST_F(SweepTest, PageAndWorkbookAreTheSameOfSweepMergeAndReport) {
  const Names formats{"--format", "csv,sqlite,html,xlsx", "--lang", "fa"};
  ASSERT_EQ(sweep(path("whole"), formats).exit_code, 0);
  const auto whole = read_folder(path("whole"));
  ASSERT_TRUE(whole.contains("page.html") && whole.contains("workbook_fa.xlsx"));
  Names merge{"merge", "--quiet", "--out", path("merged").string()};
  for (const char* shard : {"1/2", "2/2"}) {
    const fs::path folder = path(std::string("shard") + shard[0]);
    ASSERT_EQ(sweep(folder, {"--shard", shard}).exit_code, 0);
    merge.push_back(folder.string());
  }
  merge.insert(merge.end(), formats.begin(), formats.end());
  const Finished merged = run_program(merge);
  ASSERT_EQ(merged.exit_code, 0) << merged.error;
  expect_same_folder(path("merged"), path("whole"));
  ASSERT_EQ(sweep(path("bare"), {"--format", "csv,sqlite"}).exit_code, 0);
  const Finished report = run_program({"report", path("bare").string(), "--lang", "fa", "--quiet"});
  ASSERT_EQ(report.exit_code, 0) << report.error;
  expect_same_folder(path("bare"), path("whole"));
}

TEST_F(SweepTest, AShardHasNoPage) {
  const Finished refused = sweep(path("shard"), {"--shard", "1/2", "--format", "csv,html"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.error, HasSubstr("of a shard there is neither page nor workbook"));
  ASSERT_EQ(sweep(path("shard"), {"--shard", "1/2"}).exit_code, 0);
  const Finished report = run_program({"report", path("shard").string()});
  EXPECT_EQ(report.exit_code, 2);
  EXPECT_THAT(report.error, HasSubstr("one of 2 shards"));
}

TEST_F(SweepTest, APointHasTheNumbersOfItsRun) {
  ASSERT_EQ(sweep(path("out")).exit_code, 0);
  const std::string responses = tests::read_text(path("out") / "responses.csv");
  EXPECT_THAT(responses,
              HasSubstr("point,clerks,mean,warm_up,quantity,channel,county,station,unit,value_mean,"
                        "value_low,value_high,failure,evidence\n"));
  ASSERT_EQ(
      run_program({"run", path("queue.yaml").string(), "--quiet", "--out", path("run").string(), "--set",
                   "stations.0.clerks=2", "--set", "stations.0.handling.exponential.mean=0.6 min", "--set",
                   "run.warm_up=1 h", "--replications", "3"})
          .exit_code,
      0);
  // The row `wait_s` of the run's summary, from its mean on, is that of point 12.
  const std::string summary = tests::read_text(path("run") / "summary.csv");
  const std::size_t at = summary.find("all,wait_s,s,");
  ASSERT_NE(at, std::string::npos) << summary;
  const std::size_t begin = at + std::string("all,wait_s,s,").size();
  const std::string mean = summary.substr(begin, summary.find(',', begin) - begin);
  EXPECT_THAT(responses, HasSubstr("12,2,0.6,1,wait_s,all,all,all,s," + mean));
}

/// Bytes of a file; 0 if it is not there.
std::uintmax_t bytes_of(const fs::path& file) {
  std::error_code error;
  const std::uintmax_t bytes = fs::file_size(file, error);
  return error ? 0 : bytes;
}

/// Waits until the points of a sweep take so many bytes, or its folder is there.
void wait_for_bytes(const fs::path& out, std::uintmax_t bytes) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (bytes_of(out.string() + ".unfinished") < bytes && !fs::exists(out) &&
         std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

class KilledSweep : public SweepTest {
 protected:
  /// Kills a sweep three times at random moments, then lets it end. How often it was killed, and how often
  /// after it had written points.
  std::pair<int, int> kill_and_resume(const fs::path& out, std::uint32_t trial, std::uintmax_t whole_bytes) {
    const fs::path unfinished = out.string() + ".unfinished";
    int killed = 0, with_points = 0;
    for (std::uint32_t attempt = 0; attempt < 3 && !fs::exists(out); ++attempt) {
      const std::uintmax_t before = bytes_of(unfinished);
      const Block words = draw(draw_key(12, trial), attempt, 0, 0, 0);
      Program program(arguments(out, {"--resume", "--threads", "2"}));
      wait_for_bytes(out, before + 1 + (attempt == 0 ? 0 : words[0] % (whole_bytes / 2)));
      if (attempt == 0) std::this_thread::sleep_for(std::chrono::milliseconds(words[1] % 100));
      program.signal(SIGKILL);
      if (program.wait().exit_code == 0) continue;
      ++killed;
      if (bytes_of(unfinished) > 600) ++with_points;
    }
    EXPECT_EQ(sweep(out, {"--resume"}).exit_code, 0);
    EXPECT_FALSE(fs::exists(unfinished));
    return {killed, with_points};
  }

  void kill_at_moments(int at_least, int with_points_at_least) {
    ASSERT_EQ(sweep(path("whole")).exit_code, 0);
    const std::uintmax_t whole_bytes = bytes_of(path("whole") / "points.txt");
    int killed = 0, with_points = 0;
    for (std::uint32_t trial = 0; killed < at_least && trial < 2U * static_cast<unsigned>(at_least);
         ++trial) {
      const fs::path out = path("out" + std::to_string(trial));
      const auto [of_trial, of_trial_with_points] = kill_and_resume(out, trial, whole_bytes);
      killed += of_trial;
      with_points += of_trial_with_points;
      expect_same_folder(out, path("whole"));
      fs::remove_all(out);
    }
    EXPECT_GE(killed, at_least);
    EXPECT_GE(with_points, with_points_at_least);
  }
};

TEST_F(KilledSweep, GivesTheSameBytesWhenItIsResumed) { kill_at_moments(8, 1); }

using LongKilledSweep = KilledSweep;
TEST_F(LongKilledSweep, GivesTheSameBytesWhenItIsResumed) { kill_at_moments(100, 20); }

TEST_F(SweepTest, ShardsMergeToTheSameBytes) {
  ASSERT_EQ(sweep(path("whole")).exit_code, 0);
  for (const int shards : {1, 3, 7, 64}) {
    Names merge{"merge", "--quiet", "--out", path("merged-" + std::to_string(shards)).string()};
    for (int shard = shards; shard >= 1; --shard) {
      const std::string part = std::to_string(shard) + '/' + std::to_string(shards);
      const fs::path folder = path("part-" + std::to_string(shard) + "-of-" + std::to_string(shards));
      ASSERT_EQ(sweep(folder, {"--shard", part}).exit_code, 0);
      merge.push_back(folder.string());
    }
    ASSERT_EQ(run_program(merge).exit_code, 0);
    expect_same_folder(path("merged-" + std::to_string(shards)), path("whole"));
  }
}

/// The numbers of a CSV line that begins so.
std::vector<double> numbers_after(const std::string& csv, const std::string& beginning) {
  const std::size_t at = csv.find('\n' + beginning);
  if (at == std::string::npos) return {};
  std::istringstream line(
      csv.substr(at + 1 + beginning.size(), csv.find('\n', at + 1) - at - 1 - beginning.size()));
  std::vector<double> numbers;
  for (std::string cell; std::getline(line, cell, ',');)
    numbers.push_back(std::strtod(cell.c_str(), nullptr));
  return numbers;
}

/// The utilization of a desk is rate times mean, whose indices are known.
TEST_F(SweepTest, FindsTheSensitivitiesOfAUtilization) {
  std::ofstream(study_) << "study: A product\n"
                           "scenario: queue.yaml\n"
                           "replications: 3\n"
                           "set: [run.length=60 h]\n"
                           "factors:\n"
                           "  rate: {path: stations.0.arrivals, from: 0.3 / min, to: 0.9 / min}\n"
                           "  mean: {path: stations.0.handling.exponential.mean, from: 0.5 min, to: 1 min}\n"
                           "  warm_up: {path: run.warm_up, values: [1 h, 2 h]}\n"
                           "design: {sobol_indices: {rows: 60, seed: 3}}\n"
                           "responses: [utilization]\n";
  ASSERT_EQ(sweep(path("out")).exit_code, 0);
  const std::string csv = tests::read_text(path("out") / "sensitivities.csv");
  const auto expect_index = [&](const std::string& beginning, double truth, double widest) {
    const std::vector<double> numbers = numbers_after(csv, beginning + ",share,");
    ASSERT_GE(numbers.size(), 4u) << csv;
    EXPECT_LE(numbers[1], truth) << beginning;
    EXPECT_GE(numbers[2], truth) << beginning;
    EXPECT_LT(numbers[2] - numbers[1], widest) << beginning;
    EXPECT_EQ(numbers[3], 60) << beginning;
  };
  // Variances: of the rate 0.03, of the mean 1/48, of the product 0.025.
  expect_index("rate,utilization,all,all,all,first_order", 0.675, 1);
  expect_index("mean,utilization,all,all,all,first_order", 0.3, 0.7);
  expect_index("rate,utilization,all,all,all,total", 0.7, 1);
  expect_index("mean,utilization,all,all,all,total", 0.325, 0.7);
  expect_index("warm_up,utilization,all,all,all,total", 0, 0.02);
}

TEST_F(SweepTest, SensitivitiesNeedReplicationsOfTheScenarioToo) {
  std::ofstream(study_) << "study: Few replications\n"
                           "scenario: queue.yaml\n"
                           "factors: {clerks: {path: stations.0.clerks, values: [1, 2, 3]}}\n"
                           "design: {morris: {trajectories: 5}}\n"
                           "responses: [wait_s]\n";
  const Finished finished = sweep(path("out"));
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.error, HasSubstr("the scenario's 2 are too few for sensitivities"));
}

TEST_F(SweepTest, TellsTheBestPoint) {
  std::ofstream(study_)
      << "study: Clerks\n"
         "scenario: queue.yaml\n"
         "replications: 5\n"
         "factors: {clerks: {path: stations.0.clerks, values: [1, 2, 3]}}\n"
         "design: full_factorial\n"
         "responses: [{quantity: wait_s, best: least}, {quantity: utilization, best: greatest}]\n";
  const Finished finished = run_program({"sweep", study_.string(), "--out", path("out").string()});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const std::string csv = tests::read_text(path("out") / "best.csv");
  const auto row = [&](const std::string& beginning) { return numbers_after(csv, beginning); };
  // Mean wait of M/M/2 and M/M/3 at 0.9 erlangs: 15.2 s and 2.0 s.
  const std::vector<double> two = row("1,2,wait_s,all,all,all,s,"), three = row("2,3,wait_s,all,all,all,s,");
  ASSERT_GE(two.size(), 5u) << csv;
  ASSERT_GE(three.size(), 5u) << csv;
  EXPECT_NEAR(two[0], 15.2, 1.5);
  EXPECT_NEAR(three[0], 2.0, 0.4);
  EXPECT_THAT(csv, HasSubstr("\n2,3,wait_s,all,all,all,s,"));
  EXPECT_NE(csv.find(",yes,", csv.find("\n2,3,wait_s")), std::string::npos);
  EXPECT_NEAR(two[2], two[0] - three[0], 1e-9);
  EXPECT_EQ(two[3], 0);
  EXPECT_EQ(three[4], 0);
  EXPECT_THAT(csv, HasSubstr("\n0,1,utilization,all,all,all,share,0."));
  EXPECT_THAT(finished.out, HasSubstr("best, wait of the served: 2."));
  EXPECT_THAT(finished.out, HasSubstr("at clerks 3; with 95% confidence at most 0"));
  EXPECT_THAT(finished.out, HasSubstr("points that may be the best: 1"));
}

TEST_F(SweepTest, AFullDiskLosesNoPoint) {
  ASSERT_EQ(sweep(path("whole")).exit_code, 0);
  Program::Settings full;
  full.file_bytes = bytes_of(path("whole") / "points.txt") / 2;
  Program program(arguments(path("out"), {"--threads", "2"}), full);
  const Finished finished = program.wait();
  EXPECT_EQ(finished.exit_code, 3) << finished.error;
  EXPECT_THAT(finished.error, HasSubstr("cannot write"));
  EXPECT_FALSE(fs::exists(path("out")));
  EXPECT_GT(bytes_of(path("out.unfinished")), full.file_bytes / 2);
  ASSERT_EQ(sweep(path("out"), {"--resume"}).exit_code, 0);
  expect_same_folder(path("out"), path("whole"));
}

TEST_F(SweepTest, IsRefusedBeforeItTakesMoreMemoryThanThereIs) {
  write_study("1000000");
  Program::Settings small;
  small.address_bytes = 600'000'000;
  const Finished finished = Program(arguments(path("out"), {"--threads", "2"}), small).wait();
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_THAT(finished.error, HasSubstr("the sweep needs"));
  EXPECT_FALSE(fs::exists(path("out")) || fs::exists(path("out.unfinished")));
}

TEST_F(SweepTest, ShowsItsProgressOnATerminalAlone) {
  write_study("300");  // which takes longer than a tenth of a second, when a terminal is first told
  Program::Settings terminal;
  terminal.error_is_terminal = true;
  const auto progress = [&](const std::string& out, const Program::Settings& settings) {
    return run_program({"sweep", study_.string(), "--out", path(out).string()}, settings).error;
  };
  EXPECT_THAT(progress("a", terminal), HasSubstr("%"));
  write_study("3");
  EXPECT_EQ(progress("b", {}), "");
}

/// A county's clerks in a province-day, killed, resumed, in shards.
TEST(ProvinceStudy, GivesTheSameBytesHoweverItIsRun) {
  const ScratchFolder scratch;
  const auto sweep = [&](const std::string& out, const Names& more) {
    Names all{"sweep", "scenarios/studies/sari-clerks.yaml", "--quiet", "--out",
              (scratch.path() / out).string()};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  ASSERT_EQ(run_program(sweep("whole", {})).exit_code, 0);
  const std::string responses = tests::read_text(scratch.path() / "whole/responses.csv");
  EXPECT_THAT(responses, HasSubstr("\n0,-10,0,wait_joined_s,all,sari,all,s,"));
  EXPECT_THAT(responses, HasSubstr("\n5,10,10,wait_joined_s,all,all,all,s,"));
  {
    Program program(sweep("resumed", {}));
    wait_for_bytes(scratch.path() / "resumed", 1000);
    program.signal(SIGKILL);
    EXPECT_NE(program.wait().exit_code, 0);
  }
  ASSERT_EQ(run_program(sweep("resumed", {"--resume", "--threads", "1"})).exit_code, 0);
  expect_same_folder(scratch.path() / "resumed", scratch.path() / "whole");
  for (const char* shard : {"1/2", "2/2"})
    ASSERT_EQ(run_program(sweep(std::string("part") + shard[0], {"--shard", shard})).exit_code, 0);
  ASSERT_EQ(run_program({"merge", "--quiet", (scratch.path() / "part1").string(),
                         (scratch.path() / "part2").string(), "--out", (scratch.path() / "merged").string()})
                .exit_code,
            0);
  expect_same_folder(scratch.path() / "merged", scratch.path() / "whole");
}

TEST_F(SweepTest, ResultsTakeNoPlaceOfWhatTheyAreMadeFrom) {
  for (const char* shard : {"1/2", "2/2"})
    ASSERT_EQ(sweep(path(std::string("part") + shard[0]), {"--shard", shard}).exit_code, 0);
  const auto before = tests::read_folder(path("part1"));
  const Finished merged = run_program({"merge", "--quiet", "--force", path("part1").string(),
                                       path("part2").string(), "--out", path("part1").string()});
  EXPECT_EQ(merged.exit_code, 2);
  EXPECT_THAT(merged.error, HasSubstr("it is the folder of a shard that is merged"));
  EXPECT_TRUE(tests::read_folder(path("part1")) == before);
}

TEST_F(SweepTest, MergeNamesWhatIsMissingAndRefusesWhatIsForeign) {
  for (const char* shard : {"1/3", "3/3"})
    ASSERT_EQ(sweep(path(std::string("part") + shard[0]), {"--shard", shard}).exit_code, 0);
  const auto merge = [&](const Names& folders) {
    Names arguments{"merge", "--quiet", "--out", path("merged").string()};
    for (const std::string& folder : folders) arguments.push_back(path(folder).string());
    return run_program(arguments);
  };
  Finished finished = merge({"part1", "part3"});
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.error, HasSubstr("10 of 30 points are missing"));
  EXPECT_THAT(finished.error, HasSubstr("shards 2/3"));

  write_study("4");
  ASSERT_EQ(sweep(path("part2"), {"--shard", "2/3"}).exit_code, 0);
  finished = merge({"part1", "part2", "part3"});
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.error, HasSubstr("another study"));

  std::ofstream(path("part3") / "points.txt", std::ios::app) << "torn";
  finished = merge({"part1", "part3"});
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.error, HasSubstr("not the file that manifest.json beside it names"));
  EXPECT_EQ(merge({"nothing"}).exit_code, 2);
  EXPECT_FALSE(fs::exists(path("merged")));
}

TEST_F(SweepTest, MergeTakesNotThePlaceOfAShard) {
  for (const char* shard : {"1/2", "2/2"})
    ASSERT_EQ(sweep(path(std::string("part") + shard[0]), {"--shard", shard}).exit_code, 0);
  const auto before = tests::read_folder(path("part1"));
  const Finished finished = run_program({"merge", path("part1").string(), path("part2").string(), "--out",
                                         path("part1").string(), "--force", "--quiet"});
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.error, HasSubstr("the folder of a shard"));
  EXPECT_EQ(tests::read_folder(path("part1")), before);
}

TEST_F(SweepTest, ResumeRefusesAChangedStudyOrScenario) {
  const fs::path out = path("out");
  {
    Program program(arguments(out, {}));
    wait_for_bytes(out, 600);
    program.signal(SIGKILL);
    ASSERT_NE(program.wait().exit_code, 0);
  }
  EXPECT_THAT(sweep(out).error, HasSubstr("an earlier sweep has left points here"));
  write_study("4");
  Finished finished = sweep(out, {"--resume"});
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.error, HasSubstr("another study"));
  write_study("3");
  write_scenario("0.8 / min");
  EXPECT_THAT(sweep(out, {"--resume"}).error, HasSubstr("another study"));
  EXPECT_THAT(sweep(out, {"--resume", "--shard", "1/2"}).error, HasSubstr("another study"));
  EXPECT_FALSE(fs::exists(out));
  EXPECT_EQ(sweep(out, {"--force"}).exit_code, 0);
}

TEST_F(SweepTest, TellsAValueThatNoPointCanHaveBeforeItSimulates) {
  std::ofstream(study_) << "study: Queues\n"
                           "scenario: queue.yaml\n"
                           "factors:\n"
                           "  clerks: {path: stations.0.clerk, values: [1, 2]}\n"
                           "  mean: {path: stations.0.handling.exponential.mean, values: [1 min, 2 cats]}\n"
                           "design: full_factorial\n"
                           "responses: [wait_s]\n";
  Finished finished = sweep(path("out"));
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.error, HasSubstr("unknown key `clerk`"));
  EXPECT_THAT(finished.error, HasSubstr("study.yaml:4:"));
  EXPECT_THAT(finished.error, HasSubstr("unknown unit `cats`"));
  EXPECT_FALSE(fs::exists(path("out")));
  EXPECT_FALSE(fs::exists(path("out.unfinished")));
}

TEST_F(SweepTest, AFailedPointIsARowWithItsReason) {
  std::ofstream(study_) << "study: Queues\n"
                           "scenario: queue.yaml\n"
                           "replications: 2\n"
                           "factors:\n"
                           "  length: {path: run.length, values: [20 h, 40 h]}\n"
                           "  warm_up: {path: run.warm_up, values: [1 h, 30 h]}\n"
                           "design: full_factorial\n"
                           "responses: [wait_s]\n";
  const Finished finished = run_program({"sweep", study_.string(), "--out", path("out").string()});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.out, HasSubstr("failed: 1; the first, point 1"));
  const std::string responses = tests::read_text(path("out") / "responses.csv");
  EXPECT_THAT(responses, HasSubstr("1,20,30,wait_s,all,all,all,s,,,,run.warm_up: nothing is left"));
  EXPECT_THAT(responses, HasSubstr("\n3,40,30,wait_s"));
  EXPECT_EQ(tests::read_text(path("out") / "replications.csv").find("\n1,20,30"), std::string::npos);
}

}  // namespace
}  // namespace pishkhan::sweep_test
