#include "tools/report/visits.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/report/sample_results.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tools/report/csv_writer.hpp"

namespace pishkhan::visits_test {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

VisitRecord visit(std::uint32_t index, std::uint32_t attempt = 0) {
  return {16894,           16893,           PlaceId(1), ServiceId(1), index,    attempt, Channel::office,
          StationIndex(2), Outcome::served, true,       30000.5,      30060.25, 30500,   1};
}

/// visits.csv; of the short form, where the table is left out, nothing.
std::string write(const Scenario& scenario, const std::vector<std::vector<VisitRecord>>& replications,
                  bool is_short = false) {
  const tests::ScratchFolder folder;
  VisitSpool spool(scenario, folder.path());
  // Later replications first, as threads may do.
  for (std::size_t i = replications.size(); i-- > 0;) {
    const auto replication = static_cast<std::uint32_t>(i);
    const VisitSink sink = spool.sink(replication);
    for (const VisitRecord& record : replications[i]) sink({&record, 1});
    spool.close(replication);
  }
  std::vector<std::unique_ptr<Writer>> writers;
  writers.push_back(std::make_unique<CsvWriter>(folder.path()));
  spool.write(writers, is_short ? writers.front().get() : nullptr, {});
  spool.remove_files();
  if (folder.names(folder.path()).empty()) return "";
  EXPECT_EQ(folder.names(folder.path()), std::vector<std::string>{"visits.csv"}) << "parts are left";
  return tests::read_text(folder.path() / "visits.csv");
}

TEST(Visits, AreWrittenInReplicationOrder) {
  Scenario scenario = tests::sample_province();
  scenario.run.replications = 2;
  VisitRecord online = visit(3);
  online.channel = Channel::online;
  online.station = kNoStation;
  online.clerk = kNoClerk;
  online.arrival_s = online.start_s = online.end_s = kNan;
  online.outcome = Outcome::failed;
  online.reworked = false;
  EXPECT_EQ(write(scenario, {{visit(1), online}, {visit(2, 1)}}),
            "replication,date_solar_hijri,date_gregorian,citizen,place,zone,channel,attempt,service,station,"
            "outcome,"
            "reworked,"
            "arrival_s,start_s,end_s,clerk,evidence\n"
            "0,1395-01-15,2016-04-03,16893/amol-villages/tax-form/"
            "1,amol-villages,amol-rural,office,0,tax-form,amol-r-001,served,1,"
            "30000.5,30060.25,30500,1,stated\n"
            "0,1395-01-15,2016-04-03,16893/amol-villages/tax-form/"
            "3,amol-villages,amol-rural,online,0,tax-form,,failed,0,"
            ",,,,stated\n"
            "1,1395-01-15,2016-04-03,16893/amol-villages/tax-form/"
            "2,amol-villages,amol-rural,office,1,tax-form,amol-r-001,served,1,"
            "30000.5,30060.25,30500,1,stated\n");
}

TEST(Visits, InShortFormHaveWhatDiffers) {
  Scenario scenario = tests::sample_province();
  scenario.run.replications = 2;
  EXPECT_EQ(write(scenario, {{visit(1)}, {visit(2, 1)}}, true),
            "replication,citizen,attempt\n"
            "0,16893/amol-villages/tax-form/1,0\n"
            "1,16893/amol-villages/tax-form/2,1\n");
  EXPECT_EQ(write(scenario, {{}, {}}, true), "");
  VisitRecord online = visit(3);
  online.station = kNoStation;
  const std::string one = write(scenario, {{online}, {}}, true);
  EXPECT_EQ(one.find("station"), std::string::npos) << one;
  EXPECT_NE(one.find("evidence"), std::string::npos) << one;
}

TEST(Visits, OfBareStationsHaveStreamsAndNoDatesWithoutDays) {
  Scenario scenario = tests::sample_stations(false);
  VisitRecord record = visit(4);
  record.station = StationIndex(1);
  record.service = ServiceId(3);
  record.place = PlaceId(0);
  EXPECT_EQ(write(scenario, {{record}, {}}),
            "replication,date_solar_hijri,date_gregorian,citizen,attempt,stream,station,outcome,reworked,"
            "arrival_s,start_s,end_s,clerk,evidence\n"
            "0,,,16893/3/4,0,urgent,second,served,1,30000.5,30060.25,30500,1,assumed\n");
}

}  // namespace
}  // namespace pishkhan::visits_test
