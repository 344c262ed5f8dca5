// A migration seen in the files a researcher gets: the ledger balances to the citizen, and whoever has
// nothing to do with it is the same citizen in both runs.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>

#include "models/province/csv.hpp"
#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::migration_test {
namespace {

namespace fs = std::filesystem;
using tests::run_program;
using tests::ScratchFolder;

struct FirstVisit {
  std::string channel, door;
};

/// First attempts by citizen; the door is where and when the citizen arrived.
std::map<std::string, FirstVisit> first_visits(const fs::path& file) {
  std::vector<Diagnostic> mistakes;
  const CsvTable table = read_csv(file, mistakes);
  const auto column = [&](const char* name) { return table.find(name).value(); };
  const std::size_t citizen = column("citizen"), attempt = column("attempt"), channel = column("channel");
  const std::size_t station = column("station"), arrival = column("arrival_s"), service = column("service");
  std::map<std::string, FirstVisit> visits;
  for (const auto& row : table.rows) {
    if (row[attempt].text != "0") continue;
    const bool fresh =
        visits
            .emplace(row[citizen].text + ' ' + row[service].text,
                     FirstVisit{row[channel].text, row[station].text + " at " + row[arrival].text})
            .second;
    EXPECT_TRUE(fresh) << row[citizen].text << " came twice for the first time";
  }
  return visits;
}

TEST(Migration, MovesExactlyTheLedgersCitizens) {
  const ScratchFolder scratch;
  const auto run = [&](const char* name, const std::string& scenario) {
    const fs::path out = scratch.path() / name;
    // The migration starts on 1395-02-10 and has a ramp. Nobody is absent: who comes to a shut office on the
    // last day has no visit yet, and added clerks may keep it open.
    const auto finished =
        run_program({"run", scenario, "--set", "run.start=1395-02-12", "--set", "run.days=2", "--set",
                     "run.warm_up_days=0", "--set", "absence=[]", "--seed", "1395", "--replications", "1",
                     "--visits", "--format", "csv", "--out", out.string()});
    EXPECT_EQ(finished.exit_code, 0) << finished.error;
    return first_visits(out / "visits.csv");
  };
  const auto before = run("baseline", "scenarios/mazandaran/baseline.yaml");
  const auto after = run("moved", "scenarios/registry-moves.yaml");

  std::vector<Diagnostic> mistakes;
  const CsvTable ledger = read_csv(scratch.path() / "moved" / "ledger.csv", mistakes);
  std::map<std::string, long> moved;  // by service
  for (const auto& row : ledger.rows) {
    EXPECT_EQ(row[ledger.find("agency").value()].text, "civil-registration");
    moved[row[ledger.find("service").value()].text] += std::stol(row[ledger.find("citizens").value()].text);
  }
  ASSERT_GT(moved.size(), 1U);

  ASSERT_GT(before.size(), 50000U);
  EXPECT_EQ(before.size(), after.size());
  std::map<std::string, long> seen;
  for (const auto& [citizen, visit] : before) {
    const auto found = after.find(citizen);
    ASSERT_NE(found, after.end()) << citizen << " is lost";
    const std::string service = citizen.substr(citizen.rfind(' ') + 1);
    if (visit.channel == found->second.channel) {
      EXPECT_EQ(visit.door, found->second.door) << citizen << " did not move and yet came elsewhere";
      continue;
    }
    EXPECT_EQ(visit.channel, "traditional") << citizen;
    EXPECT_EQ(found->second.channel, "office") << citizen;
    ++seen[service];
  }
  EXPECT_EQ(seen, moved);
}

}  // namespace
}  // namespace pishkhan::migration_test
