// The committed tables of Mazandaran are what the maker writes from the facts, and they are whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "models/plan/plan_data.hpp"
#include "models/province/calendar.hpp"
#include "models/province/calendar_csv.hpp"
#include "models/province/csv.hpp"
#include "models/province/position.hpp"
#include "models/province/province_csv.hpp"
#include "models/scenario/scenario.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::mazandaran_test {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::filesystem::path kTables = tests::source_dir() / "scenarios/mazandaran";
const std::filesystem::path kFacts = tests::source_dir() / "tools/mazandaran/facts";
const std::vector<std::string> kNames = {"agencies.csv", "counters.csv", "counties.csv",
                                         "evidence.csv", "holidays.csv", "offices.csv",
                                         "places.csv",   "profiles.csv", "services.csv"};

std::string content(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

CsvTable table(const std::filesystem::path& file) {
  std::vector<Diagnostic> diagnostics;
  CsvTable read = read_csv(file, diagnostics);
  EXPECT_THAT(diagnostics, IsEmpty()) << file;
  return read;
}

Province province() {
  std::vector<Diagnostic> diagnostics;
  Province loaded = load_province(ProvinceFiles::in(kTables), diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) ADD_FAILURE() << to_string(diagnostic);
  return loaded;
}

TEST(Mazandaran, CommittedTablesAreWhatTheMakerWrites) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "pishkhan-mazandaran-made";
  std::filesystem::remove_all(folder);
  const std::string command = tests::built_program("tools/mazandaran").string() + " '" + kFacts.string() +
                              "' '" + folder.string() + "' > /dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  std::set<std::string> made;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    made.insert(entry.path().filename().string());
  std::set<std::string> expected(kNames.begin(), kNames.end());
  expected.insert("README.md");
  EXPECT_EQ(made, expected);
  for (const std::string& name : expected) {
    EXPECT_TRUE(content(folder / name) == content(kTables / name))
        << name << " differs: run mazandaran tools/mazandaran/facts scenarios/mazandaran";
  }
  std::filesystem::remove_all(folder);
}

TEST(Mazandaran, TablesAreWrittenAsTheyWereRead) {
  std::vector<std::string> link_kinds;
  const Scenario baseline = load_scenario(kTables / "baseline.yaml");
  for (const LinkKind& kind : baseline.backbone.link_kinds) link_kinds.push_back(kind.id);
  std::vector<Diagnostic> diagnostics;
  const Province read = load_province(ProvinceFiles::in(kTables), diagnostics, link_kinds);
  ASSERT_THAT(diagnostics, IsEmpty());
  for (const auto& [name, text] : province_csv(read, link_kinds))
    EXPECT_TRUE(text == content(kTables / name)) << name;
}

TEST(Mazandaran, HasThePlacesOfTheCensus) {
  const Province made = province();
  EXPECT_THAT(made.counties, SizeIs(22));
  EXPECT_THAT(made.zones, SizeIs(44));
  std::array<int, kKinds> places{};
  std::map<std::string, double> population;
  for (const Zone& zone : made.zones) {
    places[static_cast<std::size_t>(zone.kind)] += static_cast<int>(zone.places.size());
    population[zone.id] = zone.population;
  }
  EXPECT_EQ(places[0], 58);
  EXPECT_EQ(places[1], 131);
  const CsvTable counties = table(kFacts / "counties.csv");
  const std::size_t urban = counties.find("urban").value(), rural = counties.find("rural").value();
  for (const auto& row : counties.rows) {
    EXPECT_EQ(population[row[0].text + "-urban"], parse_number(row[urban].text)) << row[0].text;
    EXPECT_EQ(population[row[0].text + "-rural"], parse_number(row[rural].text)) << row[0].text;
  }
}

TEST(Mazandaran, HasTheOfficesOfTheProvince) {
  const Province made = province();
  std::array<int, kKinds> count{};
  std::array<int, 4> urban_ranks{};
  std::set<std::uint32_t> places;
  std::set<std::string> names, persian_names;
  for (const Office& office : made.offices) {
    ++count[static_cast<std::size_t>(office.kind)];
    if (office.kind == Kind::urban) ++urban_ranks[static_cast<std::size_t>(office.rank)];
    places.insert(office.place.value);
    names.insert(office.name_en);
    persian_names.insert(office.name_fa);
    EXPECT_EQ(office.kind, made.places[office.place.index()].kind) << office.id;
  }
  EXPECT_EQ(count[0], 318);
  EXPECT_EQ(count[1], 540);
  EXPECT_EQ(urban_ranks, (std::array{0, 207, 110, 1}));
  EXPECT_THAT(places, SizeIs(58 + 131)) << "every place has an office";
  EXPECT_THAT(names, SizeIs(858));
  EXPECT_THAT(persian_names, SizeIs(858));
}

/// No borders of counties are among the facts: an office counts as outside if it is nearer to a place of its
/// kind that is in another county.
TEST(Mazandaran, HasItsOfficesInTheirCounties) {
  const Province made = province();
  std::vector<std::string> outside;
  for (const Office& office : made.offices) {
    const auto km = [&](const Place& place) {
      const double away = distance_km(place.latitude, place.longitude, office.latitude, office.longitude);
      return place.kind == office.kind ? away : std::numeric_limits<double>::infinity();
    };
    const auto nearest = std::min_element(made.places.begin(), made.places.end(),
                                          [&](const Place& a, const Place& b) { return km(a) < km(b); });
    if (nearest->county != office.county) outside.push_back(office.id);
  }
  EXPECT_THAT(outside, IsEmpty());
}

TEST(Mazandaran, HasTheServicesAndTheRanksTheirLimits) {
  const Province made = province();
  EXPECT_THAT(made.agencies, SizeIs(25));
  ASSERT_THAT(made.services, SizeIs(220));
  int rank_2 = 0, rank_3 = 0;
  for (const Service& service : made.services) {
    rank_2 += service.lowest_rank >= 2;
    rank_3 += service.lowest_rank >= 3;
    EXPECT_TRUE(!service.at_rural_offices || service.lowest_rank >= 2) << service.id;
  }
  EXPECT_EQ(rank_2, 154) << "70% of the services";
  EXPECT_EQ(rank_3, 66) << "30% of the services";
}

/// By city where the agency has counters by city, and where the load is too small for one the nearest serves.
TEST(Mazandaran, HasCountersWhereTheAgenciesHaveThem) {
  const Province made = province();
  std::map<std::string, std::set<std::uint32_t>> counties, cities;
  for (const Counter& counter : made.counters) {
    const std::string& agency = made.agencies[counter.agency.index()].id;
    counties[agency].insert(counter.county.value);
    if (counter.place) {
      EXPECT_EQ(made.places[counter.place->index()].kind, Kind::urban) << counter.id;
      cities[agency].insert(counter.place->value);
    }
  }
  const CsvTable agencies = table(kFacts / "agencies.csv");
  const std::size_t where = agencies.find("counters").value();
  std::size_t everywhere = 0;
  for (const auto& row : agencies.rows) {
    const std::string& agency = row[0].text;
    EXPECT_FALSE(counties[agency].empty()) << agency;
    if (row[where].text == "every-county") {
      EXPECT_THAT(counties[agency], SizeIs(22)) << agency;
      EXPECT_FALSE(cities.contains(agency)) << agency;
      ++everywhere;
    }
  }
  EXPECT_GE(everywhere, 15u);
  EXPECT_THAT(cities["municipality"], SizeIs(58));
  EXPECT_THAT(cities, SizeIs(1));
}

TEST(Mazandaran, GivesOnlineWhatCanBeDoneThere) {
  const Province made = province();
  std::map<std::string, bool> possible;
  double online = 0, residents = 0;
  for (const Service& service : made.services) {
    possible[service.id] = service.possible_online;
    EXPECT_TRUE(service.possible_online || (service.shares[0][2] == 0 && service.shares[1][2] == 0))
        << service.id;
  }
  for (const char* id : {"civil-registration-smart-id-first-issue", "post-parcel",
                         "post-bank-cash-withdrawal", "police-passport-issue"})
    EXPECT_FALSE(possible.at(id)) << id;
  for (const char* id : {"post-bank-bill-payment", "mobile-bill", "tax-return"})
    EXPECT_TRUE(possible.at(id)) << id;
  for (const Zone& zone : made.zones) {
    residents += zone.population;
    const auto kind = static_cast<std::size_t>(zone.kind);
    for (const Service& service : made.services)
      online += zone.population / 1000 * service.visits_per_1000_a_year[kind] * service.shares[kind][2];
  }
  EXPECT_GT(online / residents, 1) << "attempts a head and year";
  EXPECT_LT(online / residents, 3);
}

TEST(Mazandaran, AsksForAboutFourteenMillionOfficeVisitsAYear) {
  const Province made = province();
  double visits = 0, seconds = 0;
  for (const Zone& zone : made.zones) {
    const auto kind = static_cast<std::size_t>(zone.kind);
    for (const Service& service : made.services) {
      const double of_service =
          zone.population / 1000 * service.visits_per_1000_a_year[kind] * service.shares[kind][1];
      visits += of_service;
      seconds += of_service * (std::get<Lognormal>(service.handling[1]).mean + service.work_s);
    }
  }
  EXPECT_NEAR(visits / 1e6, 14, 0.75);
  EXPECT_NEAR(seconds / visits / kSecondsPerMinute, 8, 0.5) << "minutes of handling";
}

std::map<std::string, double> numbers() {
  std::map<std::string, double> known;
  for (const auto& row : table(kFacts / "numbers.csv").rows)
    known[row[0].text] = parse_number(row[1].text).value();
  return known;
}

TEST(Mazandaran, GivesRuralOfficesTheirLinksByDistance) {
  const Scenario scenario = load_scenario(kTables / "baseline.yaml");
  const Province& made = *scenario.province;
  std::map<std::string, std::array<int, kKinds>> offices;
  std::map<std::string, int> counters;
  std::map<std::string, std::pair<double, double>> km;  // nearest and farthest
  for (const Office& office : made.offices) {
    const std::string& kind = scenario.backbone.link_kinds[office.link_kind].id;
    ++offices[kind][static_cast<std::size_t>(office.kind)];
    if (office.kind == Kind::urban) continue;
    const County& county = made.counties[office.county.index()];
    const double away = distance_km(office.latitude, office.longitude, county.latitude, county.longitude);
    const auto [range, is_new] = km.try_emplace(kind, away, away);
    range->second = {std::min(range->second.first, away), std::max(range->second.second, away)};
  }
  for (const Counter& counter : made.counters) ++counters[scenario.backbone.link_kinds[counter.link_kind].id];
  EXPECT_EQ(offices["vsat"], (std::array{0, 43}));
  EXPECT_EQ(offices["3g"], (std::array{0, 65}));
  EXPECT_EQ(offices["wireless"], (std::array{0, 189}));
  EXPECT_EQ(offices["adsl"][1], 243);
  EXPECT_EQ(offices["fibre"][1], 0);
  EXPECT_GT(offices["fibre"][0], 20);
  EXPECT_GT(offices["adsl"][0], 8 * offices["fibre"][0] / 2);
  EXPECT_THAT(counters, SizeIs(2));
  EXPECT_GT(counters["fibre"], 0);
  EXPECT_GT(counters["adsl"], 0);
  constexpr double kFlatMap_km = 0.5;  // The maker measures on a flat map.
  EXPECT_LT(km["adsl"].second, km["wireless"].first + kFlatMap_km);
  EXPECT_LT(km["wireless"].second, km["3g"].first + kFlatMap_km);
  EXPECT_LT(km["3g"].second, km["vsat"].first + kFlatMap_km);
}

TEST(Mazandaran, KnowsTheLinksOfTheBaseline) {
  const BackboneRules rules = load_scenario(kTables / "baseline.yaml").backbone;
  const CsvTable links = table(kFacts / "link_kinds.csv");
  ASSERT_EQ(links.rows.size(), rules.link_kinds.size());
  for (std::size_t k = 0; k < links.rows.size(); ++k) {
    const auto& row = links.rows[k];
    EXPECT_EQ(row[links.find("id").value()].text, rules.link_kinds[k].id);
    EXPECT_EQ(parse_number(row[links.find("kbit_s").value()].text).value() * 125,
              rules.link_kinds[k].link.up_bytes_s);
    EXPECT_NEAR(parse_number(row[links.find("latency_ms").value()].text).value() / 1000,
                rules.link_kinds[k].link.latency_s, 1e-12);
  }
  const auto known = numbers();
  EXPECT_EQ(known.at("counter_calls"), rules.counter_calls);
  EXPECT_NEAR(known.at("backbone_latency_ms") / 1000,
              rules.county.latency_s + rules.province.latency_s + rules.data_centre.latency_s, 1e-12);
}

TEST(Mazandaran, HasWideLinksBehindTheOfficesLines) {
  for (const char* file : {"mazandaran/baseline.yaml", "rural-links-upgraded.yaml"}) {
    const Scenario scenario = load_scenario(tests::source_dir() / "scenarios" / file);
    const Plan plan(scenario);
    EXPECT_TRUE(narrow_links(plan.data().platform).none()) << file;
  }
}

/// Expected calls at work at each system by hour of a day, Saturday's or another weight, as the plan has it,
/// on which all services that have days of their own have theirs.
std::vector<std::array<double, kHoursPerDay>> calls_at_work(const Scenario& scenario, double weight,
                                                            double weights) {
  const Province& made = *scenario.province;
  std::vector<std::array<double, kHoursPerDay>> busy(made.agencies.size());
  const double web = std::accumulate(scenario.demand.web.begin(), scenario.demand.web.end(), 0.0);
  for (const Zone& zone : made.zones) {
    const auto kind = static_cast<std::size_t>(zone.kind);
    for (const Service& service : made.services) {
      double visits = zone.population / 1000 * service.visits_per_1000_a_year[kind] * weight / weights;
      const ServiceId id(static_cast<std::size_t>(&service - made.services.data()));
      for (const SpecialDays& special : scenario.demand.special_days) {
        if (std::binary_search(special.services.begin(), special.services.end(), id))
          visits *= special.factor;
      }
      for (std::size_t h = 0; h < kHoursPerDay; ++h) {
        const auto& shares = service.shares[kind];
        const double at_stations =
            (shares[0] * scenario.backbone.counter_calls * scenario.demand.profile[0][0][h] +
             shares[1] * scenario.demand.profile[1][kind][h]) *
            (1 + service.rework);
        const double calls = visits * (at_stations + shares[2] * scenario.demand.web[h] / web);
        busy[service.agency.index()][h] += calls * service.work_s / kSecondsPerHour;
      }
    }
  }
  return busy;
}

double poisson_above(double mean, int most) {
  double term = std::exp(-mean), sum = 0;
  for (int n = 0; n < 1000; ++n, term *= mean / n) sum += n > most ? term : 0;
  return sum;
}

TEST(Mazandaran, KnowsThePaymentsOfTheBaseline) {
  const Scenario scenario = load_scenario(kTables / "baseline.yaml");
  const auto known = numbers();
  const CsvTable use = table(kFacts / "service_use.csv");
  const std::size_t day = use.find("payment_day").value();
  for (const std::string payment : {"subsidy", "pension"}) {
    std::set<std::string> of_facts, of_scenario;
    for (const auto& row : use.rows)
      if (row[day].text == payment) of_facts.insert(row[0].text);
    for (const SpecialDays& special : scenario.demand.special_days) {
      if (special.id != payment + "-payment") continue;
      EXPECT_EQ(special.factor, known.at(payment + "_day_factor"));
      for (const ServiceId id : special.services)
        of_scenario.insert(scenario.province->services[id.index()].id);
    }
    EXPECT_EQ(of_facts, of_scenario);
    EXPECT_THAT(of_facts, SizeIs(3));
  }
  for (const char* kind : {"urban", "rural"}) {
    const auto office = std::find_if(scenario.province->offices.begin(), scenario.province->offices.end(),
                                     [&](const Office& one) { return to_string(one.kind) == kind; });
    EXPECT_EQ(office->rules.groups.front().absence, known.at(std::string(kind) + "_absence"));
  }
  EXPECT_EQ(scenario.province->counters.front().rules.groups.front().absence, known.at("counter_absence"));
}

TEST(Mazandaran, HasCoresForADayOfPaymentsAndFewMore) {
  const Scenario scenario = load_scenario(kTables / "baseline.yaml");
  double weights = 0;
  for (DayNumber day = scenario.run.start; day < scenario.run.start + scenario.run.days; ++day) {
    const auto& holidays = scenario.demand.holidays;
    if (!std::binary_search(holidays.begin(), holidays.end(), day))
      weights += scenario.demand.weekday[static_cast<std::size_t>(weekday(day))];
  }
  const auto busy = calls_at_work(scenario, scenario.demand.weekday[0], weights);
  for (std::size_t a = 0; a < busy.size(); ++a) {
    const double busiest = *std::max_element(busy[a].begin(), busy[a].end());
    const auto cores = static_cast<int>(scenario.province->agencies[a].cores);
    const std::string& id = scenario.province->agencies[a].id;
    EXPECT_GT(busiest, 0) << id;
    EXPECT_LT(poisson_above(busiest, cores), 1.05e-6) << id;
    EXPECT_LE(cores, 3 * busiest + 7) << id;
  }
}

TEST(Mazandaran, GradesEveryNumericColumn) {
  std::vector<Diagnostic> diagnostics;
  std::map<std::pair<std::string, std::string>, Evidence> graded;
  for (const EvidenceEntry& entry : load_evidence(kTables / "evidence.csv", diagnostics))
    graded[{entry.file, entry.column}] = entry.evidence;
  EXPECT_THAT(diagnostics, IsEmpty());
  for (const std::string& name : kNames) {
    const CsvTable read = table(kTables / name);
    for (std::size_t c = 0; c < read.header.size(); ++c) {
      const std::string& column = read.header[c].text;
      if (!parse_number(read.rows.at(0)[c].text) || column == "hour") continue;
      EXPECT_TRUE(graded.contains({name, column})) << name << ": " << column;
    }
  }
  for (const auto& [key, evidence] : graded) {
    if (key.first == "baseline.yaml") continue;
    EXPECT_TRUE(table(kTables / key.first).find(key.second)) << key.first << " has no column " << key.second;
  }
}

/// Dotted keys of the two upper levels of a scenario file, with what stands behind them.
std::map<std::string, std::string> upper_keys(const std::filesystem::path& file) {
  std::map<std::string, std::string> keys;
  std::ifstream stream(file);
  std::string above;
  for (std::string line; std::getline(stream, line);) {
    const std::size_t indent = line.find_first_not_of(' ');
    const std::size_t colon = line.find(':');
    if (colon == line.npos || line[indent] == '#' || line[indent] == '-' || indent > 2) continue;
    const std::string key = line.substr(indent, colon - indent);
    const std::string value = line.substr(colon + 1, line.find(" #") - colon - 1);
    if (indent == 0) above = key;
    keys[indent == 0 ? key : above + "." + key] = value;
  }
  return keys;
}

TEST(Mazandaran, GradesTheNumbersOfTheBaseline) {
  std::vector<Diagnostic> diagnostics;
  std::set<std::string> graded;
  for (const EvidenceEntry& entry : load_evidence(kTables / "evidence.csv", diagnostics))
    if (entry.file == "baseline.yaml") graded.insert(entry.column);
  const auto within = [](const std::string& part, const std::string& whole) {
    return part == whole || part.starts_with(whole + ".");
  };
  const std::string text = content(kTables / "baseline.yaml");
  for (const std::string& column : graded) {
    const std::string last = column.substr(column.rfind('.') + 1) + ":";
    EXPECT_NE(text.find(last), text.npos) << "baseline.yaml has no " << column;
  }
  for (const auto& [key, value] : upper_keys(kTables / "baseline.yaml")) {
    const bool number = value.find_first_of("0123456789") != value.npos;
    if (!number || within(key, "run") || value.ends_with(".csv")) continue;
    const bool found = std::any_of(graded.begin(), graded.end(), [&](const std::string& column) {
      return within(column, key) || within(key, column);
    });
    EXPECT_TRUE(found) << key << " has a number and no row in evidence.csv";
  }
}

/// Clerks are what is decided, and whether targets hold does not hang on money; the others are no more or
/// less.
TEST(Mazandaran, GivesEveryAssumedAmountARange) {
  const std::set<std::string> without{"latitude",
                                      "longitude",
                                      "rank",
                                      "clerks",
                                      "lowest_rank",
                                      "possible_online",
                                      "province.hours.urban",
                                      "province.hours.rural",
                                      "closing.offices",
                                      "closing.counters",
                                      "backbone.model",
                                      "service_level"};
  std::vector<Diagnostic> diagnostics;
  for (const EvidenceEntry& entry : load_evidence(kTables / "evidence.csv", diagnostics)) {
    const bool has_range = entry.low.has_value();
    const bool is_money = entry.column.starts_with("economics.");
    EXPECT_EQ(has_range, entry.evidence == Evidence::assumed && !is_money && !without.contains(entry.column))
        << entry.file << ": " << entry.column;
    if (!has_range) continue;
    EXPECT_LT(*entry.low, *entry.high) << entry.file << ": " << entry.column;
    EXPECT_NE(entry.note.find("range: "), std::string::npos) << entry.file << ": " << entry.column;
  }
}

TEST(Mazandaran, GradesColumnsAsTheirWeakestRow) {
  std::vector<Diagnostic> diagnostics;
  const auto entries = load_evidence(kTables / "evidence.csv", diagnostics);
  const CsvTable places = table(kTables / "places.csv");
  const std::map<std::string, std::string> row_grades = {{"population", "population_evidence"},
                                                         {"latitude", "position_evidence"},
                                                         {"longitude", "position_evidence"}};
  for (const auto& [column, grades] : row_grades) {
    const std::size_t index = places.find(grades).value();
    std::set<std::string> found;
    for (const auto& row : places.rows) found.insert(row[index].text);
    const std::string expected = found.contains("assumed")  ? "assumed"
                                 : found.contains("stated") ? "stated"
                                                            : "measured";
    for (const EvidenceEntry& entry : entries) {
      if (entry.file != "places.csv" || entry.column != column) continue;
      EXPECT_EQ(to_string(entry.evidence), expected) << column;
    }
  }
}

TEST(Mazandaran, ReadsTheCalendarAndTheProfiles) {
  std::vector<Diagnostic> diagnostics;
  EXPECT_THAT(load_holidays(kTables / "holidays.csv", diagnostics), SizeIs(134));
  const Profiles read = load_profiles(kTables / "profiles.csv", diagnostics);
  const auto& profiles = read.stations;
  EXPECT_NEAR(std::accumulate(read.web.begin(), read.web.end(), 0.0), 1, 1e-9);
  for (std::size_t channel = 0; channel < profiles.size(); ++channel) {
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
      const auto& weights = profiles[channel][kind];
      // The hours of the baseline's doors; what lies outside is for scenarios with longer ones.
      const bool afternoon = channel == 1 && kind == 0;
      double sum = 0;
      for (std::size_t hour = 0; hour < weights.size(); ++hour)
        if (hour < 14 || (afternoon && hour >= 16 && hour < 19)) sum += weights[hour];
      EXPECT_NEAR(sum, 1, 1e-9);
    }
  }
  EXPECT_THAT(diagnostics, IsEmpty());
}

}  // namespace
}  // namespace pishkhan::mazandaran_test
