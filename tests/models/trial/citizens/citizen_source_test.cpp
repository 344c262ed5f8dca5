#include "models/trial/citizens/citizen_source.hpp"

#include <gtest/gtest.h>

#include "models/plan/plan_data.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan::citizen_source_test {
namespace {

/// The first pick is written twice: where citizens are created, and in choose_office, which office_for asks.
TEST(CitizenSource, SendsCitizensWhereChooseOfficeDoes) {
  for (const std::string changes : {"", "close_offices: [{at: {office: sari-u-001}, starts: 1395-02-03}]",
                                    "open_offices: [{id: sari-u-003, place: sari, clerks: 2}]"}) {
    const Scenario scenario = load_scenario_text("scenario: Twins\nbase: small.yaml\n" + changes + "\n",
                                                 "tests/scenarios/small/twins.yaml");
    const Plan plan(scenario);
    Totals totals(scenario, plan.data());
    CitizenSource source(scenario, plan.data(), draw_key(3, 0));
    DayCitizens created;
    std::size_t at_offices = 0;
    for (int number = 0; number < 10; ++number) {
      const Day day = day_of_run(scenario, number);
      source.create(day, false, totals, created);
      for (const FirstAttempt& first : created.first_attempts()) {
        if (first.station.index() >= plan.data().offices) continue;
        ++at_offices;
        EXPECT_EQ(first.station, source.office_for(first.attempt(day.date), day.date)) << changes;
      }
    }
    EXPECT_GT(at_offices, 500u) << changes;
  }
}

}  // namespace
}  // namespace pishkhan::citizen_source_test
