// Runs and comparisons that end when some quantities are known precisely enough.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::precision_test {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::Finished;
using tests::read_folder;
using tests::run_program;
using tests::ScratchFolder;
using Names = std::vector<std::string>;

constexpr const char* kBank = "scenarios/textbook/bank-day.yaml";
const Names kShort{"--set", "run.days=2", "--format", "csv,sqlite,store,html"};

Finished run_with(const std::string& replications, const fs::path& out, const Names& more = {}) {
  Names arguments{"run", kBank, "--replications", replications, "--out", out.string()};
  arguments.insert(arguments.end(), kShort.begin(), kShort.end());
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments);
}

nlohmann::json manifest_of(const fs::path& folder) {
  std::ifstream file(folder / "manifest.json");
  return nlohmann::json::parse(file);
}

TEST(Precision, LeavesTheBytesOfSoManyReplicationsWhateverTheThreads) {
  const ScratchFolder scratch;
  const std::string asked = "{precision: 10%, of: wait_s, at_most: 400}";
  const Finished finished = run_with(asked, scratch.path() / "one", {"--threads", "1"});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const auto manifest = manifest_of(scratch.path() / "one");
  const int replications = manifest.at("replications");
  EXPECT_GT(replications, 10);
  EXPECT_LT(replications, 400);
  EXPECT_EQ(manifest.at("replications_asked").at("ended"), "reached");
  EXPECT_THAT(finished.error, HasSubstr("is reached after " + std::to_string(replications)));
  ASSERT_EQ(run_with(asked, scratch.path() / "three", {"--threads", "3"}).exit_code, 0);
  EXPECT_EQ(read_folder(scratch.path() / "one"), read_folder(scratch.path() / "three"));

  ASSERT_EQ(run_with(std::to_string(replications), scratch.path() / "fixed").exit_code, 0);
  auto files = read_folder(scratch.path() / "one"), fixed = read_folder(scratch.path() / "fixed");
  files.erase("manifest.json");
  fixed.erase("manifest.json");
  EXPECT_EQ(files, fixed);
  auto without_asked = manifest;
  without_asked.erase("replications_asked");
  EXPECT_EQ(without_asked, manifest_of(scratch.path() / "fixed"));
}

/// Mean, low and high of a quantity in a table of a run.
std::vector<double> numbers_of(const fs::path& folder, const std::string& quantity) {
  std::ifstream file(folder / "stations.csv");
  std::string header, row;
  std::getline(file, header);
  std::getline(file, row);
  std::vector<double> numbers;
  for (const char* end : {"_mean", "_low", "_high"}) {
    const std::string column = quantity + end;
    std::istringstream names(header), values(row);
    for (std::string name, value; std::getline(names, name, ',') && std::getline(values, value, ',');)
      if (name == column) numbers.push_back(std::stod(value));
  }
  return numbers;
}

// By the table alone: the run ends at the second of two sizes in a row at which the interval is short enough.
TEST(Precision, EndsAtTheSecondPreciseSizeInARow) {
  const ScratchFolder scratch;
  const auto precision_of = [&](int replications) {
    const fs::path out = scratch.path() / std::to_string(replications);
    EXPECT_EQ(run_with(std::to_string(replications), out).exit_code, 0);
    const std::vector<double> wait = numbers_of(out, "wait_s");
    EXPECT_EQ(wait.size(), 3U);
    return std::max(wait[2] - wait[0], wait[0] - wait[1]) / wait[0];
  };
  int expected = 10;
  for (int in_a_row = precision_of(expected) <= 0.15 / 1.15; in_a_row < 2;) {
    expected = (6 * expected + 4) / 5;
    in_a_row = precision_of(expected) <= 0.15 / 1.15 ? in_a_row + 1 : 0;
  }
  ASSERT_EQ(run_with("{precision: 15%, of: [wait_s], at_most: 1000}", scratch.path() / "asked").exit_code, 0);
  EXPECT_EQ(manifest_of(scratch.path() / "asked").at("replications"), expected);
}

TEST(Precision, TheLimitIsTold) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const Finished finished = run_with("{precision: 1%, of: [wait_s, utilization], at_most: 13}", out);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_THAT(finished.error, HasSubstr("not reached after 13 replications"));
  const auto manifest = manifest_of(out);
  EXPECT_EQ(manifest.at("replications"), 13);
  EXPECT_EQ(manifest.at("replications_asked").at("ended"), "at_most");
  EXPECT_THAT(manifest.at("notices").dump(), HasSubstr("precision"));
  const Finished extended = run_program({"extend", out.string(), "--replications", "15"});
  EXPECT_EQ(extended.exit_code, 0) << extended.error;
  EXPECT_THAT(extended.error, HasSubstr("ended after 13 replications because of the precision 1%"));
  ASSERT_EQ(run_with("15", scratch.path() / "fixed").exit_code, 0);
  EXPECT_EQ(read_folder(out), read_folder(scratch.path() / "fixed"));
}

TEST(Precision, MistakesAreTold) {
  const ScratchFolder scratch;
  for (const auto& [written, told] : std::map<std::string, std::string>{
           {"{precision: 5%, of: wait, at_most: 50}", "unknown quantity `wait`"},
           {"{precision: 5, of: wait_s, at_most: 50}", "has no unit"},
           {"{precision: 0%, of: wait_s, at_most: 50}", "above 0"},
           {"{precision: 30 km, of: wait_s, at_most: 50}", "not in the unit of `wait_s`"},
           {"{precision: 5%, of: wait_s, at_most: 5}", "at least 10"},
           {"{precision: 5%, of: [wait_s, utilization, wait_s], at_most: 50}", "named twice"},
           {"{precision: 5 s, of: utilization, at_most: 50}", "percentage points"},
           {"{precision: 5%, of: {quantity: wait_s, station: bankk}, at_most: 50}", "did you mean `bank`?"},
           {"{precision: 5%, of: wait_s}", "at_most"}}) {
    const Finished refused = run_with(written, scratch.path() / "out");
    EXPECT_EQ(refused.exit_code, 2) << written;
    EXPECT_THAT(refused.error, HasSubstr(told)) << written;
  }
  EXPECT_FALSE(fs::exists(scratch.path() / "out"));
}

TEST(Precision, OfAShareIsInPercentagePoints) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const Finished finished =
      run_with("{precision: 2 percentage points, of: [utilization], at_most: 400}", out);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const auto manifest = manifest_of(out);
  EXPECT_EQ(manifest.at("replications_asked").at("ended"), "reached");
  const std::vector<double> utilization = numbers_of(out, "utilization");
  EXPECT_LT(std::max(utilization[2] - utilization[0], utilization[0] - utilization[1]), 0.025);
  EXPECT_THAT(finished.error, HasSubstr("percentage points"));
}

TEST(Precision, CheckForecastsTheMost) {
  const Finished checked =
      run_program({"check", kBank, "--set", "run.replications={precision: 30 s, of: wait_s, at_most: 77}"});
  ASSERT_EQ(checked.exit_code, 0) << checked.error;
  EXPECT_THAT(checked.out,
              AllOf(HasSubstr("until the precision 30 s of wait_s is reached"), HasSubstr("77")));
}

TEST(Precision, OfAComparisonIsThatOfTheDifference) {
  const ScratchFolder scratch;
  std::ofstream(scratch.path() / "six.yaml")
      << "scenario: Six tellers\n"
         "run: {days: 2, replications: {precision: 15%, of: wait_s, at_most: 300}, seed: 1402}\n"
         "stations:\n  - id: bank\n    doors: 09:00-17:00\n    closing: serve_out\n    arrivals: 1 / min\n"
         "    handling: {exponential: {mean: 4 min}}\n    clerks: 6\n";
  const std::string six = (scratch.path() / "six.yaml").string(), out = (scratch.path() / "out").string();
  const Finished finished = run_program({"compare", kBank, six, "--waterfall", "--out", out});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const auto manifest = manifest_of(out);
  const int replications = manifest.at("replications");
  EXPECT_GT(replications, 10);
  EXPECT_LT(replications, 300);
  EXPECT_EQ(manifest.at("replications_asked").at("ended"), "reached");
  const std::string fixed = (scratch.path() / "fixed").string();
  ASSERT_EQ(run_program({"compare", kBank, six, "--waterfall", "--out", fixed, "--replications",
                         std::to_string(replications)})
                .exit_code,
            0);
  auto files = read_folder(out), expected = read_folder(fixed);
  files.erase("manifest.json");
  expected.erase("manifest.json");
  EXPECT_EQ(files, expected);
  const Finished refused = run_program({"compare", kBank, six, "--out", out, "--force", "--set",
                                        "run.replications={precision: 5%, of: wait_p90_s, at_most: 50}"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.error, HasSubstr("no paired difference"));
}

// A coin that never differs: nothing is known of a difference that no replication shows.
TEST(Precision, ADifferenceThatIsNotSeenIsNotKnown) {
  const ScratchFolder scratch;
  const auto write = [&](const std::string& name, double clerks) {
    std::ofstream(scratch.path() / name)
        << "scenario: " << name
        << "\nrun: {days: 1, replications: {precision: 15%, of: wait_s, at_most: 12}, seed: 1}\n"
           "stations:\n  - id: bank\n    doors: 09:00-17:00\n    arrivals: 1 / h\n"
           "    handling: {exponential: {mean: 1 min}}\n    clerks: "
        << clerks << '\n';
    return (scratch.path() / name).string();
  };
  const std::string out = (scratch.path() / "out").string();
  const Finished finished = run_program({"compare", write("a.yaml", 5), write("b.yaml", 6), "--out", out});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_EQ(manifest_of(out).at("replications_asked").at("ended"), "at_most");
  ASSERT_EQ(run_program({"report", out}).exit_code, 0);
  EXPECT_THAT(read_folder(out).at("page.html"), HasSubstr("are not known with the precision"));
}

TEST(Precision, WhatNothingReachesIsKnown) {
  const ScratchFolder scratch;
  // With outages every day over the ideal backbone is simulated whole.
  const std::string month =
      (tests::source_dir() / "scenarios/mazandaran/baseline-without-outages.yaml").string();
  std::ofstream(scratch.path() / "b.yaml")
      << "base: " << month
      << "\nscenario: A clerk more\nbackbone: {model: ideal}\n"
         "run: {start: 1395-02-04, days: 1, warm_up_days: 0, replications: {precision: 15%, of: {quantity: "
         "wait_joined_s, county: "
         "sari}, at_most: 50}}\n"
         "staffing: [{at: {county: ramsar}, clerks: +1}]\n";
  const std::string out = (scratch.path() / "out").string();
  const Finished finished = run_program({"compare", month, (scratch.path() / "b.yaml").string(), "--set",
                                         "backbone.model=ideal", "--out", out, "--json"});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_EQ(manifest_of(out).at("replications"), 12) << "the second precise look";
  EXPECT_EQ(manifest_of(out).at("replications_asked").at("ended"), "reached");
  EXPECT_GT(nlohmann::json::parse(finished.out).at("reused").at("scenarios"), 0);
}

TEST(Precision, APrecisionThatIsNotLookedAtIsTold) {
  const ScratchFolder scratch;
  const fs::path finished = scratch.path() / "finished";
  ASSERT_EQ(run_with("3", finished).exit_code, 0);
  const Finished compared =
      run_program({"compare", finished.string(), kBank, "--out", (scratch.path() / "out").string(), "--set",
                   "run.replications={precision: 5%, of: wait_s, at_most: 50}"});
  EXPECT_EQ(compared.exit_code, 2) << "a finished run cannot be changed";
  std::ofstream(scratch.path() / "bank.yaml")
      << "scenario: The bank, precisely\nbase: " << (tests::source_dir() / kBank).string()
      << "\nrun: {replications: {precision: 5%, of: wait_s, at_most: 50}}\n";
  const Finished told = run_program({"compare", finished.string(), (scratch.path() / "bank.yaml").string(),
                                     "--out", (scratch.path() / "out").string()});
  ASSERT_EQ(told.exit_code, 0) << told.error;
  EXPECT_THAT(told.error, HasSubstr("its precision 5% is not looked at"));
}

TEST(Precision, OfEachPointOfAStudy) {
  const ScratchFolder scratch;
  const fs::path study = scratch.path() / "study.yaml";
  const auto write = [&](const std::string& response) {
    std::ofstream(study) << "study: Tellers\nscenario: " << (tests::source_dir() / kBank).string()
                         << "\nset: [run.days=1]\n"
                            "factors: {tellers: {path: \"stations.0.clerks\", values: [4, 6]}}\n"
                            "design: full_factorial\n"
                            "responses: ["
                         << response
                         << "]\n"
                            "replications: {precision: 20%, at_most: 500}\n";
  };
  write("wait_s");
  const fs::path out = scratch.path() / "out";
  const Finished finished = run_program({"sweep", study.string(), "--out", out.string()});
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const std::string rows = read_folder(out).at("replications.csv");
  EXPECT_GT(std::count(rows.begin(), rows.end(), '\n'), 2 * 10 + 1);
  EXPECT_THAT(finished.out, Not(HasSubstr("most replications allowed")));
  std::string text;
  {
    std::ifstream in(study);
    text.assign(std::istreambuf_iterator<char>(in), {});
  }
  text.replace(text.find("20%, at_most: 500"), 17, "1%, at_most: 12");
  std::ofstream(study) << text;
  const Finished limited = run_program(
      {"sweep", study.string(), "--out", (scratch.path() / "limited").string(), "--format", "csv,html"});
  ASSERT_EQ(limited.exit_code, 0) << limited.error;
  EXPECT_THAT(limited.out, HasSubstr("2 of 2 points ended after the most replications allowed"));
  EXPECT_THAT(read_folder(scratch.path() / "limited").at("page.html"),
              HasSubstr("2 of 2 points ended after the most replications allowed"));
  write("{quantity: wait_s, best: least}");
  const Finished refused = run_program({"sweep", study.string(), "--out", out.string(), "--force"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.error, HasSubstr("`best` compares points replication by replication"));
}

}  // namespace
}  // namespace pishkhan::precision_test
