#include "models/province/province_csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <tuple>

#include "models/province/calendar_csv.hpp"

namespace pishkhan::province_csv_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kServiceColumns =
    "id,name_en,name_fa,agency,handling_traditional_mean_s,handling_traditional_cv,handling_office_mean_s,"
    "handling_office_cv,visits_per_1000_urban,visits_per_1000_rural,share_urban_traditional,share_urban_"
    "office,"
    "share_urban_online,share_rural_traditional,share_rural_office,share_rural_online,calls_system,work_s,"
    "request_bytes,response_bytes,lowest_rank,at_rural_offices,possible_online,online_failure,rework,tariff_"
    "rial,listing_"
    "evidence\n";

const std::map<std::string, std::string> kSmallProvince = {
    {"counties.csv",
     "id,name_en,name_fa,latitude,longitude,digital_access_urban,digital_access_rural\n"
     "sari,Sari,ساری,36.56,53.06,0.6,0.4\n"
     "babol,Babol,بابل,36.54,52.68,0.5,0.3\n"},
    {"places.csv",
     "id,name_en,name_fa,county,kind,population,population_evidence,latitude,longitude,radius_km,position_"
     "evidence\n"
     "sari-city,Sari,ساری,sari,urban,300000,measured,36.56,53.06,3.511,stated\n"
     "kiasar,Kiasar,کیاسر,sari,urban,3000,measured,36.23,53.54,0.345,stated\n"
     "banaft,Banaft,بنافت,sari,rural,7000,assumed,36.3,53.2,0,assumed\n"
     "babol-city,Babol,بابل,babol,urban,250000,measured,36.54,52.68,3.155,stated\n"},
    {"agencies.csv", "id,name_en,name_fa,cores\npost,Post,پست,4\nbank,Bank,بانک,9\n"},
    {"services.csv",
     kServiceColumns +
         "letter,Letter,نامه,post,180,0.6,200,0.7,110,60,0.15,0.85,0,0.1,0.88,0.02,no,0,0,0,3,yes,yes,0.05,"
         "0.01,1200,measured\n"
         "loan,\"Loan, "
         "file\",وام,bank,1200,0.9,1300,0.9,9,12,0.5,0.5,0,0.5,0.5,0,yes,4.5,2000,90000,2,no,yes,0.2,"
         "0.12,0,assumed\n"},
    {"offices.csv",
     "id,name_en,name_fa,kind,place,latitude,longitude,rank,clerks,room,link\n"
     "sari-u-001,Sari 1,ساری ۱,urban,sari-city,36.56,53.06,1,3,45,fibre\n"
     "sari-r-001,Banaft 1,بنافت ۱,rural,banaft,36.3,53.2,2,1,15,adsl\n"},
    {"counters.csv", "agency,county,place,clerks,room,link\npost,sari,,4,80,fibre\nbank,babol,,2,40,adsl\n"},
    {"holidays.csv", "date,gregorian,name_fa\n1395-01-02,2016-03-21,عید\n1395-01-01,2016-03-20,نوروز\n"},
    {"profiles.csv",
     "channel,kind,hour,weight\ntraditional,urban,9,1\ntraditional,rural,9,1\noffice,urban,8,2\noffice,urban,"
     "16,1\n"
     "office,rural,10,3\nonline,,20,4\n"},
    {"evidence.csv",
     "file,column,evidence,source,note\nplaces.csv,population,measured,census,\noffices.csv,clerks,stated,"
     "list,some\n"}};

/// The small province in a folder of its own, after replacing one text in one file.
class ProvinceCsv : public testing::Test {
 protected:
  void SetUp() override {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string(info->test_suite_name()) + "-" + info->name();
    std::replace(name.begin(), name.end(), '/', '-');
    folder_ = std::filesystem::path(testing::TempDir()) / ("pishkhan-" + name);
    std::filesystem::create_directories(folder_);
    for (const auto& [file, text] : kSmallProvince) write(file, text);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& file, const std::string& text) const {
    std::ofstream(folder_ / file, std::ios::binary) << text;
  }
  void replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = kSmallProvince.at(file);
    ASSERT_NE(text.find(from), std::string::npos) << from;
    write(file, text.replace(text.find(from), from.size(), to));
  }
  std::vector<Diagnostic> mistakes() {
    std::vector<Diagnostic> diagnostics;
    province_ = load_province(ProvinceFiles::in(folder_), diagnostics);
    load_holidays(folder_ / "holidays.csv", diagnostics);
    load_profiles(folder_ / "profiles.csv", diagnostics);
    load_evidence(folder_ / "evidence.csv", diagnostics);
    return diagnostics;
  }

  std::filesystem::path folder_;
  Province province_;
};

/// What a spreadsheet makes of a table where commas are decimal.
std::string with_semicolons(std::string text) {
  std::replace(text.begin(), text.end(), ',', ';');
  std::replace(text.begin(), text.end(), '.', ',');
  return "\xEF\xBB\xBF" + text;
}

TEST_F(ProvinceCsv, IsReadAsSpreadsheetsWriteIt) {
  write("places.csv", with_semicolons(kSmallProvince.at("places.csv")));
  replace("counties.csv", "36.56,53.06,0.6", "۳۶٫۵۶,\"٥٣,٠٦\", ۰٫۶");
  replace("holidays.csv", "1395-01-02", "۱۳۹۵-۰۱-۰۲");
  EXPECT_THAT(mistakes(), IsEmpty());
  EXPECT_EQ(province_.places.at(0).latitude, 36.56);
  EXPECT_EQ(province_.places.at(0).radius_km, 3.511);
  EXPECT_EQ(province_.places.at(0).population, 300000);
  EXPECT_EQ(province_.counties.at(0).longitude, 53.06);
  EXPECT_EQ(province_.counties.at(0).digital_access[0], 0.6);
}

TEST_F(ProvinceCsv, IsReadBetweenTabsWithDecimalCommas) {
  std::string text = kSmallProvince.at("places.csv");
  std::replace(text.begin(), text.end(), ',', '\t');
  std::replace(text.begin(), text.end(), '.', ',');
  const std::size_t at = text.find("36,56");
  write("places.csv", text.replace(at, 5, "36,879"));
  EXPECT_THAT(mistakes(), IsEmpty());
  EXPECT_EQ(province_.places.at(0).latitude, 36.879);
}

TEST_F(ProvinceCsv, TitlesAndTotalsAreAMistakeEach) {
  std::string text = kSmallProvince.at("places.csv");
  write("places.csv", "Places of Mazandaran\n\n" + text + "جمع کل,,,,,560000,,,,,\n,,,,,560000,,,,,\n" +
                          text.substr(0, text.find('\n') + 1) + "Source: census of 1395,,,,,,,,,,\n");
  const auto found = mistakes();
  std::vector<std::string> problems;
  for (const Diagnostic& one : found) problems.push_back(one.problem);
  EXPECT_THAT(problems, ElementsAre(HasSubstr("above the heading, which is in line 3"), "a row of totals",
                                    HasSubstr("values are missing"), "the heading stands here again",
                                    HasSubstr("values are missing")));
  EXPECT_THAT(province_.places, SizeIs(4));
}

TEST_F(ProvinceCsv, AMissingColumnIsOneMistakeAndHidesNone) {
  for (const auto& [file, column] :
       {std::pair("counties.csv", "id"), std::pair("places.csv", "id"), std::pair("places.csv", "latitude"),
        std::pair("places.csv", "county"), std::pair("agencies.csv", "id"),
        std::pair("services.csv", "work_s"), std::pair("services.csv", "calls_system"),
        std::pair("services.csv", "share_urban_online"), std::pair("services.csv", "agency"),
        std::pair("offices.csv", "place"), std::pair("counters.csv", "agency"),
        std::pair("profiles.csv", "kind"), std::pair("holidays.csv", "gregorian")}) {
    replace(file, column, "remark");
    replace("offices.csv", ",45,", ",many,");
    if (std::string(file) == "offices.csv") replace(file, column, "remark");
    std::vector<std::string> of_the_column;
    for (const Diagnostic& one : mistakes())
      if (one.path != "sari-u-001.room") of_the_column.push_back(one.file + " " + to_string(one));
    EXPECT_THAT(of_the_column, ElementsAre(HasSubstr("column is missing"), HasSubstr("unknown column")))
        << file << ' ' << column;
    write(file, kSmallProvince.at(file));
  }
}

TEST_F(ProvinceCsv, ATableThatIsMissingIsOneMistake) {
  for (const auto& [file, text] : kSmallProvince) {
    std::filesystem::remove(folder_ / file);
    EXPECT_THAT(mistakes(), SizeIs(1)) << file;
    write(file, text);
  }
}

TEST_F(ProvinceCsv, WhatCannotBeReadIsNotJudgedFurther) {
  for (const auto& [file, from, to] :
       {std::tuple("services.csv", "0.15,0.85,0,", "0.15,most,0,"),
        std::tuple("services.csv", "yes,4.5", "perhaps,4.5"),
        std::tuple("services.csv", "yes,4.5", "yes,4.5s"),
        std::tuple("services.csv", "نامه,post", "نامه,posst"),
        std::tuple("counters.csv", "bank,babol", "bnk,babol"),
        std::tuple("counters.csv", "bank,babol", "post,"), std::tuple("places.csv", "36.23", "north"),
        std::tuple("counties.csv", "36.56", "north"), std::tuple("counties.csv", "sari,", ","),
        std::tuple("profiles.csv", "traditional,rural", "traditional,village"),
        std::tuple("profiles.csv", "office,rural", "desk,rural"), std::tuple("profiles.csv", "8,2", "8,?"),
        std::tuple("holidays.csv", "1395-01-02", "tomorrow")}) {
    replace(file, from, to);
    EXPECT_THAT(mistakes(), SizeIs(1)) << file << ' ' << to;
    write(file, kSmallProvince.at(file));
  }
}

TEST_F(ProvinceCsv, CommasBesidePointsMaySeparateThousands) {
  std::string text = kSmallProvince.at("places.csv");
  std::replace(text.begin(), text.end(), ',', ';');
  const std::size_t at = text.find("36.5");
  text.replace(at, text.find(';', at) - at, "36,500");
  write("places.csv", text);
  const auto found = mistakes();
  ASSERT_THAT(found, SizeIs(1)) << "the longitudes have points";
  EXPECT_THAT(found[0].hint, HasSubstr("36500, or 36.500?"));
}

TEST_F(ProvinceCsv, ThousandsAreNoPeople) {
  replace("places.csv", "300000", "300.000");
  const auto found = mistakes();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].problem, HasSubstr("'300.000' is not a whole number"));
  EXPECT_THAT(found[0].hint, HasSubstr("300000, or 300.000?"));
}

TEST_F(ProvinceCsv, SwappedPositionsAreOneMistake) {
  std::string text = kSmallProvince.at("places.csv");
  text.resize(text.find('\n') + 1);
  for (int i = 0; i < 5; ++i) {
    text += (i == 0   ? "sari-city"
             : i == 1 ? "banaft"
                      : "p" + std::to_string(i)) +
            std::string(",P,پ,sari,urban,3000,measured,53.1,36.5,0,stated\n");
  }
  write("places.csv", text);
  const auto found = mistakes();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].problem, HasSubstr("latitude and longitude are swapped"));
  EXPECT_THAT(found[0].problem, HasSubstr("4 more rows: lines 3 to 6"));
}

TEST_F(ProvinceCsv, IdsCompareFolded) {
  replace("places.csv", "kiasar,Kiasar,کیاسر,sari", "kiasar,Kiasar,کیاسر, ｓari");
  EXPECT_THAT(mistakes(), IsEmpty());
  replace("places.csv", "kiasar,K", "ｓari-city,K");
  const auto found = mistakes();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].problem, HasSubstr("stands here twice"));
  EXPECT_EQ(found[0].hint, "the first is in line 2");
}

TEST_F(ProvinceCsv, IsReadAsWritten) {
  ASSERT_THAT(mistakes(), IsEmpty());
  ASSERT_THAT(province_.counties, SizeIs(2));
  EXPECT_EQ(province_.counties[1].digital_access[1], 0.3);
  ASSERT_THAT(province_.services, SizeIs(2));
  const Service& letter = province_.services[0];
  EXPECT_EQ(std::get<Lognormal>(letter.handling[0]).mean, 180);
  EXPECT_EQ(std::get<Lognormal>(letter.handling[1]).cv, 0.7);
  EXPECT_THAT(letter.visits_per_1000_a_year, ElementsAre(110, 60));
  EXPECT_THAT(letter.shares[0], ElementsAre(0.15, 0.85, 0));
  EXPECT_THAT(letter.shares[1], ElementsAre(0.1, 0.88, 0.02));
  EXPECT_FALSE(letter.calls_system);
  EXPECT_EQ(letter.tariff_rial, 1200);
  const Service& loan = province_.services[1];
  EXPECT_EQ(loan.name_en, "Loan, file");
  EXPECT_EQ(loan.agency, AgencyId(1));
  EXPECT_EQ(loan.work_s, 4.5);
  EXPECT_EQ(loan.request_bytes, 2000u);
  EXPECT_EQ(loan.response_bytes, 90000u);
  EXPECT_EQ(letter.work_s, 0);
  EXPECT_EQ(province_.agencies.at(1).cores, 9u);
  EXPECT_EQ(loan.lowest_rank, 2);
  EXPECT_FALSE(loan.at_rural_offices);
  EXPECT_EQ(loan.online_failure, 0.2);
  EXPECT_EQ(loan.rework, 0.12);
}

TEST_F(ProvinceCsv, LeavesHoursToTheScenario) {
  ASSERT_THAT(mistakes(), IsEmpty());
  const Office& office = province_.offices.at(1);
  EXPECT_EQ(office.kind, Kind::rural);
  EXPECT_EQ(office.place, PlaceId(2));
  EXPECT_EQ(office.county, CountyId(0));
  EXPECT_EQ(office.rank, 2);
  EXPECT_EQ(office.rules.room, 15);
  ASSERT_THAT(office.rules.groups, SizeIs(1));
  EXPECT_EQ(office.rules.groups[0].id, "clerks");
  EXPECT_EQ(office.rules.groups[0].clerks, 1);
  for (const Intervals& day : office.rules.groups[0].shifts) EXPECT_THAT(day, IsEmpty());
  for (const Intervals& day : office.rules.doors) EXPECT_THAT(day, IsEmpty());
  const Counter& counter = province_.counters.at(1);
  EXPECT_EQ(counter.id, "bank@babol");
  EXPECT_EQ(counter.rules.groups.at(0).clerks, 2);
}

TEST_F(ProvinceCsv, LinksAreOfTheKindsGiven) {
  std::vector<Diagnostic> diagnostics;
  const Province read = load_province(ProvinceFiles::in(folder_), diagnostics, {"vsat", "adsl", "fibre"});
  EXPECT_THAT(diagnostics, IsEmpty());
  EXPECT_EQ(read.offices.at(0).link_kind, 2u);
  EXPECT_EQ(read.offices.at(1).link_kind, 1u);
  EXPECT_EQ(read.counters.at(1).link_kind, 1u);
  (void)load_province(ProvinceFiles::in(folder_), diagnostics, {"adsl"});
  ASSERT_THAT(diagnostics, SizeIs(1)) << "an unknown kind is told once";
  EXPECT_EQ(diagnostics[0].line, 2);
  EXPECT_THAT(diagnostics[0].problem, HasSubstr("unknown kind of link 'fibre'"));
}

TEST_F(ProvinceCsv, IsWrittenAsItWasRead) {
  std::vector<Diagnostic> diagnostics;
  const std::vector<std::string> links = {"adsl", "fibre"};
  const Province read = load_province(ProvinceFiles::in(folder_), diagnostics, links);
  ASSERT_THAT(diagnostics, IsEmpty());
  const auto written = province_csv(read, links);
  EXPECT_THAT(written, SizeIs(6));
  for (const auto& [file, text] : written) EXPECT_EQ(text, kSmallProvince.at(file)) << file;
}

TEST_F(ProvinceCsv, OptionalColumnsAreLeftOutOrEmpty) {
  std::string services = kSmallProvince.at("services.csv");
  for (const auto& [from, to] :
       {std::pair(",tariff_rial,listing_evidence", ""), std::pair("0.01,1200,measured", "0.01"),
        std::pair("0.12,0,assumed", "0.12")})
    services.replace(services.find(from), std::string_view(from).size(), to);
  write("services.csv", services);
  replace("places.csv", "7000,assumed", "7000,");
  replace("evidence.csv",
          "source,note\nplaces.csv,population,measured,census,\noffices.csv,clerks,stated,list,some",
          "source\nplaces.csv,population,measured,census\noffices.csv,clerks,stated,list");
  EXPECT_THAT(mistakes(), IsEmpty());
  EXPECT_EQ(province_.services.at(0).tariff_rial, 0);
  EXPECT_EQ(province_.services.at(0).listing_evidence, Evidence::assumed);
  EXPECT_EQ(province_.places.at(0).population_evidence, Evidence::measured);
  EXPECT_EQ(province_.places.at(2).population_evidence, Evidence::assumed);
}

TEST_F(ProvinceCsv, DerivesZonesWithResidents) {
  ASSERT_THAT(mistakes(), IsEmpty());
  ASSERT_THAT(province_.zones, SizeIs(3));
  EXPECT_EQ(province_.zones[0].id, "sari-urban");
  EXPECT_EQ(province_.zones[0].population, 303000);
  EXPECT_THAT(province_.zones[0].places, ElementsAre(PlaceId(0), PlaceId(1)));
  EXPECT_EQ(province_.zones[1].id, "sari-rural");
  EXPECT_EQ(province_.zones[1].digital_access, 0.4);
  EXPECT_EQ(province_.zones[2].id, "babol-urban");
}

TEST_F(ProvinceCsv, ReadsHolidaysProfilesAndEvidence) {
  std::vector<Diagnostic> diagnostics;
  const auto holidays = load_holidays(folder_ / "holidays.csv", diagnostics);
  ASSERT_THAT(holidays, SizeIs(2));
  EXPECT_EQ(holidays[0].name_fa, "نوروز");
  EXPECT_EQ(holidays[0].day + 1, holidays[1].day);
  const Profiles read = load_profiles(folder_ / "profiles.csv", diagnostics);
  const auto& profiles = read.stations;
  EXPECT_EQ(read.web[20], 4);
  EXPECT_EQ(read.web[10], 0);
  EXPECT_EQ(profiles[1][0][8], 2);
  EXPECT_EQ(profiles[1][0][9], 0);
  EXPECT_EQ(profiles[1][1][10], 3);
  EXPECT_EQ(profiles[0][0][9], 1);
  const auto evidence = load_evidence(folder_ / "evidence.csv", diagnostics);
  ASSERT_THAT(evidence, SizeIs(2));
  EXPECT_EQ(evidence[1].column, "clerks");
  EXPECT_EQ(weakest(evidence), Evidence::stated);
  EXPECT_EQ(weakest({}), Evidence::assumed);
  EXPECT_THAT(diagnostics, IsEmpty());
}

TEST_F(ProvinceCsv, ReportsMistakesOfAllFilesAtOnce) {
  replace("counties.csv", "36.56", "north");
  replace("services.csv", "loan,\"Loan, file\",وام,bank,1200", "loan,Loan,وام,bnak,-1");
  replace("offices.csv", "banaft,36.3,53.2,2,1,15", "banaft,36.3,53.2,4,0,15");
  EXPECT_THAT(mistakes(), SizeIs(5));
}

struct Mistake {
  const char* name;
  const char* file;
  const char* from;
  const char* to;
  const char* path;
  const char* problem;
  const char* hint;
  int line;
};
void PrintTo(const Mistake& mistake, std::ostream* stream) { *stream << mistake.name; }

class ProvinceMistake : public ProvinceCsv, public testing::WithParamInterface<Mistake> {};

TEST_P(ProvinceMistake, IsReportedWithItsPlace) {
  const Mistake& expected = GetParam();
  replace(expected.file, expected.from, expected.to);
  const auto diagnostics = mistakes();
  ASSERT_FALSE(diagnostics.empty());
  const Diagnostic& found = diagnostics.front();
  EXPECT_EQ(std::filesystem::path(found.file).filename(), expected.file);
  EXPECT_EQ(found.path, expected.path);
  EXPECT_THAT(found.problem, HasSubstr(expected.problem));
  EXPECT_THAT(found.hint, HasSubstr(expected.hint));
  EXPECT_EQ(found.line, expected.line);
}

INSTANTIATE_TEST_SUITE_P(
    All, ProvinceMistake,
    testing::Values(
        Mistake{"missing_column", "offices.csv", "rank,clerks", "clerks,clerk", "rank", "missing", "", 1},
        Mistake{"optional_column_misspelt", "places.csv", "position_evidence", "positon_evidence",
                "positon_evidence", "unknown column", "'position_evidence'", 1},
        Mistake{"duplicate_id", "counties.csv", "babol,Babol", "sari,Babol", "sari.id", "twice", "", 3},
        Mistake{"id_with_capitals", "counties.csv", "babol,Babol", "Babol,Babol", "Babol.id", "not an id",
                "lower-case", 3},
        Mistake{"unknown_county", "places.csv", "kiasar,Kiasar,کیاسر,sari", "kiasar,Kiasar,کیاسر,sarii",
                "kiasar.county", "unknown county 'sarii'", "'sari'", 3},
        Mistake{"unknown_place", "offices.csv", "banaft,36", "banatf,36", "sari-r-001.place", "unknown place",
                "'banaft'", 3},
        Mistake{"unknown_agency", "services.csv", "نامه,post", "نامه,posst", "letter.agency",
                "unknown agency", "'post'", 2},
        Mistake{"unknown_agency_far_off", "counters.csv", "bank,babol", "railway,babol", "railway.agency",
                "unknown agency 'railway'", "", 3},
        Mistake{"unknown_kind", "places.csv", "sari,rural", "sari,village", "banaft.kind", "unknown word",
                "urban, rural", 4},
        Mistake{"wrong_number", "places.csv", "300000", "300 000", "sari-city.population",
                "not a whole number", "is it 300000?", 2},
        Mistake{"infinite", "places.csv", "300000", "inf", "sari-city.population", "not a whole number", "",
                2},
        Mistake{"negative", "places.csv", "300000", "-3", "sari-city.population", "negative", "from 0", 2},
        Mistake{"latitude", "places.csv", "36.23", "136.23", "kiasar.latitude", "out of range", "90", 3},
        Mistake{"missing_value", "places.csv", "300000", "", "sari-city.population", "missing", "", 2},
        Mistake{"missing_name", "agencies.csv", "bank,Bank", "bank,", "bank.name_en", "missing", "", 3},
        Mistake{"share_over_1", "services.csv", "0.15,0.85,0,", "1.5,0.85,0,",
                "letter.share_urban_traditional", "out of range", "1", 2},
        Mistake{"shares_not_1", "services.csv", "0.15,0.85,0,", "0.15,0.75,0,",
                "letter.share_urban_traditional", "do not add to 1", "0.9", 2},
        Mistake{"no_clerk", "offices.csv", "1,3,45", "1,0,45", "sari-u-001.clerks", "out of range", "from 1",
                2},
        Mistake{"half_clerk", "offices.csv", "1,3,45", "1,2.5,45", "sari-u-001.clerks", "not a whole number",
                "", 2},
        Mistake{"rank", "offices.csv", "1,3,45", "4,3,45", "sari-u-001.rank", "out of range", "from 1 to 3",
                2},
        Mistake{"yes_or_no", "services.csv", ",no,0,0,0,3", ",maybe,0,0,0,3", "letter.calls_system",
                "unknown word", "no, yes", 2},
        Mistake{"work_without_call", "services.csv", ",no,0,0,0,3", ",no,5,0,0,3", "letter.work_s", "no call",
                "yes", 2},
        Mistake{"online_and_impossible", "services.csv", "3,yes,yes", "3,yes,no", "letter.share_rural_online",
                "cannot be done online", "possible_online", 2},
        Mistake{"call_without_work", "services.csv", "yes,4.5", "yes,0", "loan.work_s", "call without it",
                "above 0", 3},
        Mistake{"call_without_response", "services.csv", "2000,90000", "2000,0", "loan.response_bytes",
                "call without it", "above 0", 3},
        Mistake{"no_cores", "agencies.csv", "بانک,9", "بانک,0", "bank.cores", "out of range", "from 1", 3},
        Mistake{"kind_of_the_web", "profiles.csv", "online,,20", "online,urban,20", "online.kind",
                "kind of the web", "empty", 7},
        Mistake{"no_web", "profiles.csv", "online,,20,4", "online,,20,0", "online", "no positive weight", "",
                1},
        Mistake{"counter_twice", "counters.csv", "bank,babol", "post,sari", "post.county", "twice", "line 2",
                3},
        Mistake{"agency_without_counter", "counters.csv", "bank,babol", "post,babol", "bank", "no counter",
                "", 1},
        Mistake{"date", "holidays.csv", "1395-01-02", "1395-13-02", "1395-13-02.date", "no such month", "",
                2},
        Mistake{"other_gregorian_day", "holidays.csv", "2016-03-21", "2016-03-22", "1395-01-02.gregorian",
                "another day", "2016-03-21", 2},
        Mistake{"holiday_twice", "holidays.csv", "1395-01-01,2016-03-20", "1395-01-02,2016-03-21",
                "1395-01-02.date", "twice", "line 2", 3},
        Mistake{"hour", "profiles.csv", "rural,10", "rural,24", "office.hour", "out of range", "23", 6},
        Mistake{"hour_twice", "profiles.csv", "urban,16", "urban,8", "office.hour", "twice", "line 4", 5},
        Mistake{"profile_without_weight", "profiles.csv", "10,3", "10,0", "office.rural",
                "no positive weight", "", 1},
        Mistake{"quote", "services.csv", "\"Loan, file\"", "\"Loan, file", "", "never closed", "", 3},
        Mistake{"utf8", "agencies.csv", "پست", "\xFF", "", "not UTF-8", "UTF-8", 2}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Evidence, ProvinceMistake,
    testing::Values(Mistake{"evidence_of_no_file", "evidence.csv", "offices.csv", "ofices.csv",
                            "ofices.csv.file", "no file 'ofices.csv'", "'offices.csv'", 3},
                    Mistake{"evidence_of_no_column", "evidence.csv", "csv,clerks", "csv,clerk",
                            "offices.csv.column", "no column 'clerk'", "'clerks'", 3},
                    Mistake{"evidence_word", "evidence.csv", "stated", "guessed", "offices.csv.evidence",
                            "unknown word", "measured, stated, assumed", 3}),
    [](const auto& test) { return test.param.name; });

TEST_F(ProvinceCsv, ReportsTablesWithoutRowsAndFilesThatAreMissing) {
  write("counters.csv", "agency,county,clerks,room,link\n");
  std::filesystem::remove(folder_ / "agencies.csv");
  const auto diagnostics = mistakes();
  std::vector<std::string> problems;
  for (const Diagnostic& diagnostic : diagnostics) problems.push_back(diagnostic.problem);
  EXPECT_THAT(problems, testing::Contains("no such file"));
  EXPECT_THAT(problems, testing::Contains("the table has no rows"));
}

}  // namespace
}  // namespace pishkhan::province_csv_test
