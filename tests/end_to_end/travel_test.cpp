// The tables of travel against the visits table: each way is reckoned anew from the visit and the positions
// in the input tables.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

#include "models/province/csv.hpp"
#include "models/scenario/scenario.hpp"
#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::travel_test {
namespace {

namespace fs = std::filesystem;

/// A CSV file, row by row, by the names of columns.
std::vector<std::map<std::string, std::string>> read_rows(const fs::path& file) {
  std::vector<Diagnostic> mistakes;
  const CsvTable table = read_csv(file, mistakes);
  EXPECT_TRUE(mistakes.empty()) << file;
  std::vector<std::map<std::string, std::string>> rows;
  for (const auto& cells : table.rows) {
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < cells.size(); ++i) row[table.header[i].text] = cells[i].text;
  }
  return rows;
}

double to_number(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

/// By the chord through the earth.
double km_between(double latitude_a, double longitude_a, double latitude_b, double longitude_b) {
  const auto point = [](double latitude, double longitude) {
    const double phi = latitude * std::numbers::pi / 180, lambda = longitude * std::numbers::pi / 180;
    return std::array{std::cos(phi) * std::cos(lambda), std::cos(phi) * std::sin(lambda), std::sin(phi)};
  };
  const auto a = point(latitude_a, longitude_a), b = point(latitude_b, longitude_b);
  return 2 * 6371.0088 * std::asin(std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) / 2);
}

struct Ways {
  double visits = 0, km = 0, far = 0, out_of_county = 0;
};

using Group = std::tuple<std::string, std::string, std::string>;

/// Group of each visit to a station: (county, kind, channel of the station), and (service, that channel).
std::map<Group, Ways> ways_of(const Scenario& scenario, const fs::path& visits) {
  const Province& province = *scenario.province;
  std::map<Group, Ways> ways;
  for (const auto& visit : read_rows(visits)) {
    const std::string& station = visit.at("station");
    if (station.empty()) continue;
    const auto home = std::find_if(province.places.begin(), province.places.end(),
                                   [&](const Place& place) { return place.id == visit.at("place"); });
    double latitude = 0, longitude = 0;
    CountyId county;
    std::string channel = "traditional";
    for (const Office& office : province.offices) {
      if (office.id != station) continue;
      latitude = office.latitude, longitude = office.longitude, county = office.county, channel = "office";
    }
    for (const Counter& counter : province.counters) {
      const County& at = province.counties[counter.county.index()];
      if (counter.id == station) latitude = at.latitude, longitude = at.longitude, county = counter.county;
    }
    const double km = km_between(home->latitude, home->longitude, latitude, longitude);
    const std::string& home_county = province.counties[home->county.index()].id;
    for (const Group& group : {Group{home_county, std::string(to_string(home->kind)), channel},
                               Group{visit.at("service"), "", channel}}) {
      Ways& of = ways[group];
      ++of.visits;
      of.km += km;
      of.far += km >= 20;
      of.out_of_county += home->county != county;
    }
  }
  return ways;
}

TEST(Travel, IsThatOfTheVisits) {
  const tests::ScratchFolder scratch;
  const fs::path out = scratch.path() / "out", file = "tests/scenarios/valid/redirect-by-travel.yaml";
  const std::vector<std::string> overrides{"run.replications=3", "travel.detour=1.5",
                                           "choice.distance_exponent=0"};
  std::vector<std::string> arguments{"run", file.string(), "--visits",  "--format",
                                     "csv", "--out",       out.string()};
  for (const std::string& override : overrides) arguments.insert(arguments.end(), {"--set", override});
  const auto finished = tests::run_program(arguments);
  ASSERT_EQ(finished.exit_code, 0) << finished.error;
  EXPECT_NE(finished.out.find("travel, one way: traditional "), std::string::npos) << finished.out;
  const Scenario scenario = load_scenario(tests::source_dir() / file, overrides);
  const std::map<Group, Ways> ways = ways_of(scenario, out / "visits.csv");
  double out_of_county = 0, far = 0;
  std::size_t rows = 0;
  for (const char* name : {"county_travel", "service_travel"}) {
    for (const auto& row : read_rows(out / (std::string(name) + ".csv"))) {
      const bool is_county = row.contains("county");
      const auto found = ways.find(is_county ? Group{row.at("county"), row.at("kind"), row.at("channel")}
                                             : Group{row.at("service"), "", row.at("channel")});
      ASSERT_TRUE(found != ways.end()) << name << ' ' << ++rows;
      const Ways& of = found->second;
      ++rows;
      const auto value = [&](const char* column) { return to_number(row.at(column)); };
      EXPECT_NEAR(value("arrived_mean"), of.visits / 3, 1e-9 * of.visits);
      EXPECT_NEAR(value("distance_km_mean"), of.km / of.visits, 0.0006) << "metres are whole";
      EXPECT_NEAR(value("beyond_20_km_share_mean"), of.far / of.visits, 1e-9);
      EXPECT_NEAR(value("out_of_county_share_mean"), of.out_of_county / of.visits, 1e-9);
      far += of.far, out_of_county += of.out_of_county;
      if (!is_county) continue;
      const double minutes = value("distance_km_mean") * 1.5 / (row.at("kind") == "urban" ? 20 : 35) * 60;
      EXPECT_NEAR(value("travel_min_mean"), minutes, 1e-9 * minutes);
      EXPECT_NEAR(value("travel_h_mean"), 2 * value("arrived_mean") * minutes / 60,
                  1e-6 * value("travel_h_mean"));
    }
  }
  EXPECT_EQ(rows, ways.size());
  EXPECT_GT(far, 100);
  EXPECT_GT(out_of_county, 100);
}

}  // namespace
}  // namespace pishkhan::travel_test
