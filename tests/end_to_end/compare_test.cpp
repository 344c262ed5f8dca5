// Runs compared from the command line: scenarios, finished runs, and what lies between them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/base/read_file.hpp"
#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::compare_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using tests::Finished;
using tests::read_folder;
using tests::run_program;
using tests::ScratchFolder;

const std::vector<std::string> kDays{"--set",      "run.start=1395-02-18", "--set",
                                     "run.days=2", "--replications",       "3",
                                     "--set",      "run.warm_up_days=0"};
const char* const kBaseline = "scenarios/mazandaran/baseline.yaml";
const char* const kMoves = "scenarios/registry-moves.yaml";

std::vector<std::string> with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

Finished compare(const std::vector<std::string>& arguments, const fs::path& out) {
  return run_program(with(with({"compare"}, arguments), {"--out", out.string()}));
}

void store_run(const std::string& scenario, const fs::path& out, const std::vector<std::string>& more = {}) {
  const Finished run = run_program(with(
      with(with({"run", scenario, "--quiet"}, kDays), {"--format", "store", "--out", out.string()}), more));
  ASSERT_EQ(run.exit_code, 0) << run.error;
}

TEST(Compare, OfScenariosAndOfTheirFinishedRunsIsTheSame) {
  const ScratchFolder scratch;
  const fs::path a = scratch.path() / "a", b = scratch.path() / "b";
  const fs::path of_files = scratch.path() / "of-files", of_runs = scratch.path() / "of-runs";
  store_run(kBaseline, a);
  store_run(kMoves, b);
  const Finished files = compare(with({kBaseline, kMoves}, kDays), of_files);
  ASSERT_EQ(files.exit_code, 0) << files.error;
  EXPECT_THAT(files.out, HasSubstr("2 of 2 runs simulated"));
  const Finished runs = compare({a.string(), (b / "manifest.json").string()}, of_runs);
  ASSERT_EQ(runs.exit_code, 0) << runs.error;
  EXPECT_THAT(runs.out, HasSubstr("0 of 2 runs simulated"));
  EXPECT_THAT(runs.out, HasSubstr("untouched"));
  auto one = read_folder(of_files), other = read_folder(of_runs);
  EXPECT_TRUE(one == other) << "the same tables, to the byte";
  // One scenario file beside a finished run takes its days.
  const Finished mixed = compare({a.string(), kMoves, "--force"}, of_files);
  ASSERT_EQ(mixed.exit_code, 0) << mixed.error;
  EXPECT_THAT(mixed.out, HasSubstr("1 of 2 runs simulated"));
  EXPECT_TRUE(read_folder(of_files) == other);
}

TEST(Compare, RefusesRunsThatAreNoPairs) {
  const ScratchFolder scratch;
  const fs::path a = scratch.path() / "a", seed = scratch.path() / "seed", out = scratch.path() / "out";
  store_run(kBaseline, a);
  store_run(kBaseline, seed, {"--seed", "7", "--set", "run.days=1"});
  const Finished refused = compare({a.string(), seed.string()}, out);
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.error, HasSubstr("seed 7, and the first run has seed 1395"));
  EXPECT_THAT(refused.error, HasSubstr("1 days from 1395-02-18"));
  EXPECT_EQ(compare({a.string(), kMoves, "--seed", "8"}, out).exit_code, 2) << "a finished run is as it is";
  EXPECT_EQ(compare({a.string()}, out).exit_code, 2) << "one run alone";
  const Finished unlike = compare({a.string(), "scenarios/textbook/mm1.yaml"}, out);
  EXPECT_EQ(unlike.exit_code, 2);
  EXPECT_THAT(unlike.error, HasSubstr("bare stations"));
  EXPECT_FALSE(fs::exists(out));
}

TEST(Compare, DoesNotTakeThePlaceOfWhatItCompares) {
  const ScratchFolder scratch;
  const fs::path a = scratch.path() / "a", b = scratch.path() / "b", based = scratch.path() / "based.yaml";
  store_run(kBaseline, a);
  store_run(kMoves, b);
  const auto before = read_folder(a);
  const Finished of_folders = compare({b.string(), a.string(), "--force"}, a);
  EXPECT_EQ(of_folders.exit_code, 2);
  EXPECT_THAT(of_folders.error, HasSubstr("folder of a run that is compared"));
  // The same run, named by its scenario.
  EXPECT_EQ(compare(with({kBaseline, kMoves, "--force"}, kDays), a).exit_code, 2);
  std::ofstream(based) << "scenario: Based\nbase: a/manifest.json\n";
  const Finished of_base = compare({based.string(), b.string(), "--force"}, a);
  EXPECT_EQ(of_base.exit_code, 2) << of_base.error;
  EXPECT_EQ(run_program({"run", based.string(), "--force", "--out", a.string()}).exit_code, 2);
  EXPECT_TRUE(read_folder(a) == before);
}

TEST(Compare, RefusesARunWhoseTablesHaveChanged) {
  const ScratchFolder scratch;
  const fs::path a = scratch.path() / "a", b = scratch.path() / "b", out = scratch.path() / "out";
  store_run(kBaseline, a);
  store_run(kMoves, b);
  std::ofstream(b / "input_offices.csv", std::ios::app) << "\n";
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"compare", a.string(), b.string(), "--out", out.string()},
        {"replications", b.string()},
        {"report", b.string()},
        {"extend", b.string(), "--replications", "4"}}) {
    const Finished refused = run_program(arguments);
    EXPECT_EQ(refused.exit_code, 2) << arguments.front();
    EXPECT_THAT(refused.error, HasSubstr("is not the table that the run read")) << arguments.front();
  }
}

TEST(Compare, ReportOfOneWithoutADatabaseSaysWhatToDo) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const std::string bank = "scenarios/textbook/bank-day.yaml";
  ASSERT_EQ(compare({bank, bank, "--replications", "3", "--format", "csv", "--quiet"}, out).exit_code, 0);
  const Finished report = run_program({"report", out.string()});
  EXPECT_EQ(report.exit_code, 2);
  EXPECT_THAT(report.error, HasSubstr("compare the runs again"));
}

TEST(Compare, SplitsTheDifferenceOverTheChanges) {
  const ScratchFolder scratch;
  const fs::path two = scratch.path() / "two", exact = scratch.path() / "exact";
  const Finished first = compare(with({kBaseline, kMoves, "--waterfall"}, kDays), two);
  ASSERT_EQ(first.exit_code, 0) << first.error;
  EXPECT_THAT(first.out, HasSubstr("staffing 0"));
  EXPECT_THAT(first.out, HasSubstr("migration 0"));
  EXPECT_THAT(first.out, HasSubstr("all changes"));
  const Finished all = compare(with({kBaseline, kMoves, "--exact", "--json"}, kDays), exact);
  ASSERT_EQ(all.exit_code, 0) << all.error;
  // Two changes interact at most in pairs.
  EXPECT_EQ(read_folder(two)["waterfall.csv"], read_folder(exact)["waterfall.csv"]);
  const auto json = nlohmann::json::parse(all.out);
  std::map<std::string, double> sums, totals;
  for (const auto& row : json["waterfall"]) {
    if (row["part_mean"].is_null()) continue;
    const std::string quantity = row["quantity"].get<std::string>() + row["channel"].get<std::string>();
    (row["change"] == "total" ? totals : sums)[quantity] += row["part_mean"].get<double>();
  }
  ASSERT_GT(totals.size(), 5U);
  for (const auto& [quantity, total] : totals)
    EXPECT_NEAR(sums[quantity], total, 1e-9 * (1 + std::abs(total))) << quantity;
}

/// The texts of the changes are those of the resolved scenarios, so folders give what scenario files give.
TEST(Compare, NamesChangesAlikeOfFilesAndFolders) {
  const ScratchFolder scratch;
  const fs::path of_files = scratch.path() / "files", of_folders = scratch.path() / "folders";
  std::vector<std::string> folders;
  for (const char* scenario : {kBaseline, kMoves}) {
    folders.push_back((scratch.path() / ("run" + std::to_string(folders.size()))).string());
    store_run(scenario, folders.back());
  }
  ASSERT_EQ(compare(with({kBaseline, kMoves, "--waterfall"}, kDays), of_files).exit_code, 0);
  const Finished finished = compare({folders[0], folders[1], "--waterfall"}, of_folders);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  const auto texts_of = [](const fs::path& folder) {
    std::vector<std::string> texts;
    std::istringstream lines(read_folder(folder)["waterfall.csv"]);
    for (std::string line; std::getline(lines, line);) {
      const std::size_t from = line.find("\"{"), to = line.find("}\"");
      if (from != std::string::npos) texts.push_back(line.substr(from, to - from));
    }
    return texts;
  };
  EXPECT_GT(texts_of(of_files).size(), 10U);
  EXPECT_EQ(texts_of(of_files), texts_of(of_folders));
}

TEST(Compare, HasAPageAndAWorkbookThatReportMakesAgain) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", again = scratch.path() / "again.html",
                 book = scratch.path() / "book.xlsx";
  const Finished made = compare(
      with({kBaseline, kMoves, "--waterfall", "--format", "sqlite,html,xlsx", "--lang", "fa", "--quiet"},
           kDays),
      out);
  ASSERT_EQ(made.exit_code, 0) << made.error;
  const std::string page = read_folder(out)["page.html"];
  EXPECT_THAT(page, HasSubstr("mean wait of all who join (minutes)"));
  EXPECT_THAT(page, HasSubstr("میانگین انتظار پیوستگان به صف (دقیقه)"));
  EXPECT_FALSE(fs::exists(out / "differences.csv")) << "it was not asked for";
  const Finished report = run_program({"report", out.string(), "--out", again.string()});
  ASSERT_EQ(report.exit_code, 0) << report.error;
  EXPECT_TRUE(page == read_file(again, SIZE_MAX));
  const Finished workbook = run_program({"report", out.string(), "--out", book.string()});
  ASSERT_EQ(workbook.exit_code, 0) << workbook.error;
  EXPECT_TRUE(read_folder(out)["workbook_fa.xlsx"] == read_file(book, SIZE_MAX));
}

TEST(Compare, RanksThreeOfBareStations) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  std::vector<std::string> scenarios;
  for (const int clerks : {5, 6, 7}) {
    const fs::path file = scratch.path() / ("tellers-" + std::to_string(clerks) + ".yaml");
    std::ofstream(file) << "scenario: Tellers\nrun: {start: 1395-02-01, days: 1, replications: 20}\n"
                           "stations:\n  - {id: bank, doors: 09:00-17:00, closing: serve_out, clerks: "
                        << clerks << ", arrivals: 1 / min, handling: {exponential: {mean: 4 min}}}\n";
    scenarios.push_back(file.string());
  }
  const Finished compared = compare(scenarios, out);
  ASSERT_EQ(compared.exit_code, 0) << compared.error;
  EXPECT_THAT(compared.out, HasSubstr("Ranking"));
  const std::string ranking = read_folder(out)["ranking.csv"];
  EXPECT_THAT(ranking, HasSubstr("wait_joined_s,all,1,tellers-7"));
  EXPECT_THAT(ranking, HasSubstr("wait_joined_s,all,3,tellers-5"));
  EXPECT_THAT(read_folder(out)["changed.csv"], HasSubstr("tellers-6,station,bank,all,,,,better"));
}

TEST(Compare, OfWhatDiffersInNothingSaysSo) {
  const ScratchFolder scratch;
  const std::string mm1 = "scenarios/textbook/mm1.yaml";
  const Finished same = run_program({"compare", mm1, mm1, "--replications", "2", "--waterfall", "--out",
                                     (scratch.path() / "out").string()});
  EXPECT_EQ(same.exit_code, 0) << same.error;
  EXPECT_THAT(same.out, HasSubstr("differ in nothing"));
  const Finished refused = run_program({"replications", (scratch.path() / "out").string()});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.error, HasSubstr("it is of a comparison, which keeps no replications"));
}

TEST(Compare, TakesTheFolderOfNoRunThatItCompares) {
  const ScratchFolder scratch;
  const std::string run = (scratch.path() / "run").string();
  const std::string mm1 = "scenarios/textbook/mm1.yaml";
  ASSERT_EQ(run_program({"run", mm1, "--replications", "2", "--format", "csv,store", "--out", run}).exit_code,
            0);
  const auto before = read_folder(run);
  const Finished refused = run_program({"compare", run, mm1, "--out", run, "--force"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.error, HasSubstr("folder of a run that is compared"));
  EXPECT_EQ(read_folder(run), before);
}

TEST(Compare, SaysWhatIsOddInTheScenarios) {
  const ScratchFolder scratch;
  const Finished compared =
      run_program({"compare", "scenarios/mazandaran/baseline.yaml", "scenarios/registry-moves.yaml", "--set",
                   "run.days=2", "--set", "run.warm_up_days=0", "--replications", "2", "--out",
                   (scratch.path() / "out").string()});
  ASSERT_EQ(compared.exit_code, 0) << compared.error;
  EXPECT_THAT(compared.error, HasSubstr("begins after the run"));
}

}  // namespace
}  // namespace pishkhan::compare_test
