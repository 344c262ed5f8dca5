#include "tests/fuzz/tiny_province.hpp"

#include <fstream>
#include <initializer_list>
#include <string>
#include <utility>

#include "tests/fuzz/draws.hpp"

namespace pishkhan::tiny {
namespace {

namespace fs = std::filesystem;

/// Numbers of a table: the ordinary one or, now and then, one of its bounds.
class Numbers {
 public:
  explicit Numbers(int province)
      : draws_(static_cast<std::uint64_t>(province) + 1), extreme_(province <= 2 ? 0 : 0.04 * province) {}

  std::string operator()(std::string_view ordinary, std::string_view low, std::string_view high) {
    const bool extreme = draws_.chance(extreme_), upper = draws_.chance(0.5);
    return std::string(extreme ? (upper ? high : low) : ordinary);
  }

 private:
  Draws draws_;
  double extreme_;
};

std::string line(std::initializer_list<std::string> cells) {
  std::string text;
  for (const std::string& cell : cells) text += (text.empty() ? "" : ",") + cell;
  return text + '\n';
}

/// Where a province is: most are in one place, two at the poles, where positions are at their bounds.
struct Position {
  std::string_view north = "36.5", east = "53";
};

Position position_of(int province) {
  if (province == 1) return {"-90", "-180"};
  if (province == 2) return {"90", "180"};
  return {};
}

std::string id(std::string_view name) { return std::string(name); }

void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

std::string places(Numbers& number, const Position& at) {
  std::string text = "id,name_en,name_fa,county,kind,population,latitude,longitude\n";
  for (std::size_t i = 0; i < kPlaces.size(); ++i) {
    text += line({id(kPlaces[i]), "P", "P", id(kCounties[i / 2]), i % 2 == 0 ? "urban" : "rural",
                  number(i % 2 == 0 ? "3000" : "1500", "0", "1e9"), number(at.north, "-90", "90"),
                  number(at.east == "53" ? "53." + std::to_string(i) : id(at.east), "-180", "180")});
  }
  return text;
}

/// Three channels' shares of the visits.
std::string shares(Numbers& number) {
  const std::string online = number("0.2", "0", "1");
  if (online == "1") return "0,0,1";
  return online == "0" ? number("0.5,0.5,0", "1,0,0", "0,1,0") : "0.3,0.5,0.2";
}

std::string services(Numbers& number) {
  std::string text =
      "id,name_en,name_fa,agency,handling_traditional_mean_s,handling_traditional_cv,handling_office_mean_s,"
      "handling_office_cv,visits_per_1000_urban,visits_per_1000_rural,share_urban_traditional,"
      "share_urban_office,share_urban_online,share_rural_traditional,share_rural_office,share_rural_online,"
      "calls_system,work_s,request_bytes,response_bytes,lowest_rank,at_rural_offices,online_failure,rework,"
      "tariff_rial\n";
  for (std::size_t i = 0; i < kServices.size(); ++i) {
    const bool calls = i % 3 != 2;
    const auto of_call = [&](std::string_view ordinary, std::string_view low, std::string_view high) {
      return calls ? number(ordinary, low, high) : "0";
    };
    const std::string urban = shares(number), rural = shares(number);
    text += line({id(kServices[i]),
                  "S",
                  "S",
                  id(kAgencies[i % 2]),
                  number("300", "1", "86400"),
                  number("0.8", "0", "10"),
                  number("400", "1", "86400"),
                  number("0.7", "0", "10"),
                  number("900", "0", "1e6"),
                  number("700", "0", "1e6"),
                  urban,
                  rural,
                  calls ? "yes" : "no",
                  of_call("5", "1e-6", "86400"),
                  of_call("20000", "1", "1000000000"),
                  of_call("200000", "1", "1000000000"),
                  number("3", "1", "3"),
                  number("yes", "yes", "no"),
                  number("0.1", "0", "1"),
                  number("0.1", "0", "1"),
                  number("20000", "0", "1e12")});
  }
  return text;
}

std::string offices(Numbers& number, const Position& at) {
  std::string text = "id,name_en,name_fa,kind,place,latitude,longitude,rank,clerks,room,link\n";
  for (std::size_t i = 0; i < kOffices.size(); ++i) {
    text += line({id(kOffices[i]), "O", "O", i % 2 == 0 ? "urban" : "rural", id(kPlaces[i % 4]),
                  number(at.north, "-90", "90"), number(at.east, "-180", "180"), number("1", "1", "3"),
                  number("2", "1", "1000"), number("20", "0", "1000000"), id(kLinks[i % 3])});
  }
  return text;
}

std::string profiles(Numbers& number) {
  std::string text = "channel,kind,hour,weight\n";
  for (const char* at :
       {"traditional,urban", "traditional,rural", "office,urban", "office,rural", "online,"}) {
    for (int hour = 7; hour < 14; ++hour)
      text += std::string(at) + ',' + std::to_string(hour) + ',' + number("0.1", "0", "1e9") + '\n';
  }
  return text;
}

/// The counter that kCounters leaves out.
constexpr const char* kMoreCounter = "post,east";

/// A table that extends another by a row: its last once more, with other fields up to the one numbered so.
std::string extension_of(const std::string& table, const std::string& fields, int replaced) {
  std::size_t last = table.rfind('\n', table.size() - 2) + 1;
  const std::string heading = table.substr(0, table.find('\n') + 1);
  for (int k = 0; k < replaced; ++k) last = table.find(',', last) + 1;
  return heading + fields + ',' + table.substr(last);
}

void write_province(const fs::path& folder, int province) {
  fs::create_directories(folder);
  Numbers number(province);
  const Position at = position_of(province);
  std::string counties = "id,name_en,name_fa,latitude,longitude,digital_access_urban,digital_access_rural\n";
  for (const auto county : kCounties) {
    counties += line({id(county), "C", "C", number(at.north, "-90", "90"), number(at.east, "-180", "180"),
                      number("0.6", "0", "1"), number("0.4", "0", "1")});
  }
  std::string agencies = "id,name_en,name_fa,cores\n";
  for (const auto agency : kAgencies) agencies += line({id(agency), "A", "A", number("4", "1", "1000000")});
  std::string counters = "agency,county,clerks,room,link\n";
  for (const auto counter : kCounters) {
    const auto sign = counter.find('@');
    counters += line({id(counter.substr(0, sign)), id(counter.substr(sign + 1)), number("2", "1", "1000"),
                      number("40", "0", "1000000"), "fibre"});
  }
  write(folder / "counties.csv", counties);
  const std::pair<const char*, std::string> extended[] = {{"places.csv", places(number, at)},
                                                          {"agencies.csv", agencies},
                                                          {"services.csv", services(number)},
                                                          {"offices.csv", offices(number, at)},
                                                          {"counters.csv", counters}};
  for (const auto& [file, table] : extended) {
    const bool counter = file == std::string("counters.csv");
    write(folder / file, table);
    write(folder / (std::string("more_") + file),
          counter ? extension_of(table, kMoreCounter, 2) : extension_of(table, "more", 1));
  }
  write(folder / "profiles.csv", profiles(number));
  write(folder / "holidays.csv",
        "date,gregorian,name_fa\n1395-01-01,2016-03-20,H\n1395-02-02,2016-04-21,H\n");
  write(folder / "evidence.csv",
        "file,column,evidence,low,high,source\nplaces.csv,population,stated,,,Somebody\n"
        "services.csv,handling_office_mean_s,assumed,0.5,1.5,none\nservices.csv,rework,assumed,0.5,2,none\n");
  write(folder / "observed.csv",
        "station,date,visits,wait_s\no0,1395-02-03,12,60\no1,1395-02-03,,90\npost@west,1395-02-04,7,\n");
}

}  // namespace

void write_tables(const fs::path& folder) {
  for (int i = 0; i < kProvinces; ++i) write_province(folder / std::to_string(i), i);
}

}  // namespace pishkhan::tiny
