// The baseline has the facts that it is made from.
#include "tools/baseline_facts/baseline_facts.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/support/source_dir.hpp"

namespace pishkhan::baseline_facts_test {
namespace {

namespace fs = std::filesystem;

std::vector<ComparedFact> compared(const std::vector<std::string>& overrides, int replications) {
  const fs::path source = tests::source_dir();
  return compare_facts(source / "tools/mazandaran/facts/compared.csv",
                       source / "scenarios/mazandaran/baseline.yaml", overrides, replications, 2);
}

/// Two months of an ordinary time of the year, of which one has cuts of the power.
TEST(BaselineFacts, AreHeldByTablesAndSimulation) {
  std::set<std::string> ids;
  std::size_t simulated = 0;
  for (const ComparedFact& fact :
       compared({"run.start=1395-03-01", "run.days=62", "run.warm_up_days=2"}, 2)) {
    EXPECT_TRUE(ids.insert(fact.id).second) << fact.id;
    EXPECT_TRUE(fact.table || fact.simulated) << fact.id << " is compared with nothing";
    EXPECT_LE(fact.low, fact.value) << fact.id;
    EXPECT_GE(fact.high, fact.value) << fact.id;
    if (fact.held) EXPECT_TRUE(fact.agrees()) << facts_markdown({fact}, "a run");
    simulated += fact.simulated.has_value();
  }
  EXPECT_GE(ids.size(), 30u);
  EXPECT_EQ(simulated, 8u);
}

/// Facts that cannot be held are told.
TEST(BaselineFacts, AreMissedByAnotherProvince) {
  std::set<std::string> missed;
  for (const ComparedFact& fact :
       compared({"run.start=1395-03-01", "run.days=8", "demand.growth=+40%", "outages=[]"}, 2))
    if (fact.held && !fact.agrees()) missed.insert(fact.id);
  for (const char* id : {"urban-visits", "urban-utilization", "office-visits-a-head", "system-availability"})
    EXPECT_TRUE(missed.contains(id)) << id;
  EXPECT_FALSE(missed.contains("urban-clerks"));
}

}  // namespace
}  // namespace pishkhan::baseline_facts_test
