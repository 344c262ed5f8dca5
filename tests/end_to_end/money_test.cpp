// The tables of money against the visits table of a day of the baseline: each visit, way and rial is reckoned
// anew.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "models/province/csv.hpp"
#include "models/scenario/scenario.hpp"
#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::money_test {
namespace {

namespace fs = std::filesystem;

constexpr double kReplications = 2;

using CsvRow = std::map<std::string, std::string>;

/// Calls `each` with every row of a CSV file.
template <class Each>
void read_rows(const fs::path& file, Each each) {
  std::vector<Diagnostic> mistakes;
  const CsvTable table = read_csv(file, mistakes);
  ASSERT_TRUE(mistakes.empty()) << file;
  CsvRow row;
  for (const auto& cells : table.rows) {
    for (std::size_t i = 0; i < cells.size(); ++i) row[table.header[i].text] = cells[i].text;
    each(row);
  }
}

double to_number(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

struct Sums {
  double visits = 0, given = 0, tariff = 0, income = 0, wait_s = 0, desk_s = 0;
};

/// Of every replication together: by office, by service and channel, by channel.
struct Reckoned {
  std::map<std::string, Sums> offices, services, channels;
};

/// Of the offices, as the baseline's text has it, and as the test sets it for two agencies.
double share_of(const std::string& agency) {
  return agency == "civil-registration" || agency == "police" ? 0.3 : 0.65;
}

Reckoned reckon(const Scenario& scenario, const fs::path& visits) {
  const Province& province = *scenario.province;
  std::map<std::string, const Service*> services;
  for (const Service& service : province.services) services[service.id] = &service;
  Reckoned sums;
  read_rows(visits, [&](const CsvRow& visit) {
    const Service& service = *services.at(visit.at("service"));
    const std::string &channel = visit.at("channel"), &outcome = visit.at("outcome");
    const bool served = outcome == "served", given = served && visit.at("reworked") == "0";
    const double tariff = service.tariff_rial > 0 ? service.tariff_rial : 20'000;
    const double share = share_of(province.agencies[service.agency.index()].id);
    const auto time = [&](const char* column) { return to_number(visit.at(column)); };
    const auto add = [&](Sums& to) {
      ++to.visits;
      if (channel != "online" && outcome != "balked") {
        const bool at_desk = served || outcome == "failed";
        to.wait_s += (at_desk ? time("start_s") : time("end_s")) - time("arrival_s");
        if (at_desk) to.desk_s += time("end_s") - time("start_s");
      }
      if (!given) return;
      ++to.given;
      to.tariff += tariff;
      if (channel == "office") to.income += tariff * share;
    };
    if (channel == "office") add(sums.offices[visit.at("station")]);
    add(sums.services[service.id + ' ' + channel]);
    add(sums.channels[channel]);
  });
  return sums;
}

void expect_near(const CsvRow& row, const char* column, double wanted, double rounding) {
  const std::string& found = row.at(std::string(column) + "_mean");
  EXPECT_NEAR(to_number(found), wanted, rounding + 1e-9 * std::fabs(wanted)) << column;
}

double mean(const CsvRow& row, const std::string& column) { return to_number(row.at(column + "_mean")); }

/// Sums of columns of the tables, to be held against each other.
using ColumnSums = std::map<std::string, double>;

ColumnSums check_offices(const fs::path& table, const Scenario& scenario, const Reckoned& reckoned) {
  std::map<std::string, Kind> kinds;
  for (const Office& office : scenario.province->offices) kinds[office.id] = office.kind;
  ColumnSums all;
  std::size_t offices = 0;
  read_rows(table, [&](const CsvRow& row) {
    SCOPED_TRACE(row.at("office"));
    const auto found = reckoned.offices.find(row.at("office"));
    const Sums sums = found == reckoned.offices.end() ? Sums{} : found->second;
    expect_near(row, "given", sums.given / kReplications, 0);
    expect_near(row, "tariff_rial", sums.tariff / kReplications, 1e-6);
    expect_near(row, "income_rial", sums.income / kReplications, 1e-6);
    const double staffed_h = mean(row, "staffed_s") / 3600;
    const double hour = kinds.at(row.at("office")) == Kind::urban ? 90'000 + 30'000 : 75'000 + 12'000;
    expect_near(row, "expenses_rial", staffed_h * hour, 1e-6);
    expect_near(row, "balance_rial", sums.income / kReplications - staffed_h * hour, 1e-3);
    for (const char* column : {"income_rial", "expenses_rial"}) all[column] += mean(row, column);
    ++offices;
  });
  EXPECT_EQ(offices, scenario.province->offices.size());
  return all;
}

/// By channel.
std::map<std::string, ColumnSums> check_services(const fs::path& table, const Reckoned& reckoned) {
  std::map<std::string, ColumnSums> all;
  std::size_t services = 0;
  read_rows(table, [&](const CsvRow& row) {
    SCOPED_TRACE(row.at("service") + ' ' + row.at("channel"));
    const Sums& sums = reckoned.services.at(row.at("service") + ' ' + row.at("channel"));
    expect_near(row, "given", sums.given / kReplications, 0);
    expect_near(row, "tariff_rial", sums.tariff / kReplications, 1e-6);
    ++services;
    for (const char* column : {"expenses_rial", "income_rial"})
      all[row.at("channel")][column] += mean(row, column);
    if (row.at("channel") == "online") return;
    expect_near(row, "wait_h", sums.wait_s / 3600 / kReplications, 1e-3);
    expect_near(row, "handling_h", sums.desk_s / 3600 / kReplications, 1e-3);
  });
  EXPECT_EQ(services, reckoned.services.size());
  return all;
}

ColumnSums check_channels(const fs::path& table, const Reckoned& reckoned,
                          std::map<std::string, ColumnSums>& of_services) {
  ColumnSums all;
  read_rows(table, [&](const CsvRow& row) {
    const std::string channel = row.at("channel");
    SCOPED_TRACE(channel);
    expect_near(row, "given", reckoned.channels.at(channel).given / kReplications, 0);
    if (channel == "online") {
      EXPECT_EQ(row.at("expenses_rial_mean"), "");
      return;
    }
    expect_near(row, "expenses_rial", of_services[channel]["expenses_rial"], 0);
    expect_near(row, "travel_rial", 3000 * mean(row, "travel_km"), 0);
    const double hours = mean(row, "travel_h") + mean(row, "wait_h") + mean(row, "handling_h");
    expect_near(row, "time_rial", 50'000 * hours, 0);
    const double citizens = mean(row, "travel_rial") + mean(row, "time_rial");
    expect_near(row, "total_rial", mean(row, "expenses_rial") + citizens, 0);
    expect_near(row, "citizens_rial", mean(row, "tariff_rial") + citizens, 0);
    for (const char* column : {"citizens_rial", "travel_h"}) all[column] += mean(row, column);
  });
  return all;
}

TEST(Money, IsThatOfTheVisitsOfADay) {
  const tests::ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", file = "scenarios/mazandaran/baseline.yaml";
  const std::vector<std::string> overrides{
      "economics.office_shares=[{services: {agency: [civil-registration, police]}, share: 30%}]",
      "run.start=1395-02-18", "run.days=1", "run.replications=2"};
  std::vector<std::string> arguments{"run", file.string(), "--visits",  "--format",
                                     "csv", "--out",       out.string()};
  for (const std::string& override : overrides) arguments.insert(arguments.end(), {"--set", override});
  const auto finished = tests::run_program(arguments);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_NE(finished.out.find("each office by itself: expenses covered at"), std::string::npos)
      << finished.out;
  const Scenario scenario = load_scenario(tests::source_dir() / file, overrides);
  const Reckoned reckoned = reckon(scenario, out / "visits.csv");

  const ColumnSums offices = check_offices(out / "office_money.csv", scenario, reckoned);
  auto services = check_services(out / "service_money.csv", reckoned);
  for (const auto& [column, sum] : offices)
    EXPECT_NEAR(services["office"][column], sum, 1e-9 * sum) << column;
  const ColumnSums channels = check_channels(out / "channel_money.csv", reckoned, services);
  ColumnSums counties;
  read_rows(out / "county_money.csv", [&](const CsvRow& row) {
    for (const auto& [column, sum] : channels) counties[column] += mean(row, column);
  });
  for (const auto& [column, sum] : channels)
    EXPECT_NEAR(counties[column], sum, 1e-9 * sum) << column << ": the counties' residents are all who come";
}

}  // namespace
}  // namespace pishkhan::money_test
