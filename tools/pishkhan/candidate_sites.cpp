#include "tools/pishkhan/candidate_sites.hpp"

#include <set>
#include <string_view>
#include <utility>

#include "models/province/position.hpp"
#include "models/province/table_reader.hpp"
#include "models/scenario/schema/quantity.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

constexpr int kMostClerksOfAnOffice = 10'000;

class SiteReader {
 public:
  SiteReader(TableReader& row, const Scenario& scenario, int clerks)
      : row_(row), province_(*scenario.province), clerks_(clerks) {
    for (const Place& place : province_.places) places_.add(place.id);
    for (const Office& office : province_.offices) taken_.insert(office.id);
    for (const Counter& counter : province_.counters) taken_.insert(counter.id);
  }

  CandidateSite read() {
    CandidateSite site;
    site.place = PlaceId(row_.reference("place", places_));
    site.clerks = has("clerks") ? row_.whole("clerks", 1, kMostClerksOfAnOffice) : clerks_;
    site.rank = has("rank") ? row_.whole("rank", 1, 3) : 1;
    if (has("latitude")) site.latitude = row_.number("latitude", -90, 90);
    if (has("longitude")) site.longitude = row_.number("longitude", -180, 180);
    if (row_.is_good("place")) {
      check_position(site);
      site.id = id_of(site);
    }
    return site;
  }

 private:
  [[nodiscard]] bool has(std::string_view column) const {
    return row_.has(column) && !row_.raw(column).empty();
  }

  void check_position(const CandidateSite& site) {
    const Place& place = province_.places[site.place.index()];
    if (!site.latitude && !site.longitude) return;
    if (site.latitude.has_value() != site.longitude.has_value()) {
      const char* given = site.latitude ? "latitude" : "longitude";
      const char* other = site.latitude ? "longitude" : "latitude";
      if (!row_.is_good(given)) return;
      row_.report(given, std::string("a ") + given + " without a " + other,
                  "give both, or neither for the position of the place");
      return;
    }
    const auto mistake = find_position_mistake(
        {*site.latitude, *site.longitude}, {place.latitude, place.longitude}, "its place `" + place.id + "`");
    if (mistake && row_.is_good("latitude")) row_.report("latitude", mistake->problem, mistake->hint);
  }

  std::string id_of(const CandidateSite& site) {
    if (has("id")) {
      std::string id = row_.text("id");
      row_.expect_id("id", id);
      if (!taken_.insert(id).second)
        row_.report("id", "a second station '" + id + "'", "give each candidate an id of its own");
      return id;
    }
    const std::string& place = province_.places[site.place.index()].id;
    for (int number = 1;; ++number) {
      std::string id = "new-" + place + (number > 1 ? "-" + std::to_string(number) : "");
      if (taken_.insert(id).second) return id;
    }
  }

  TableReader& row_;
  const Province& province_;
  int clerks_;
  IdTable places_{"place"};
  std::set<std::string> taken_;
};

}  // namespace

std::vector<CandidateSite> read_candidate_sites(const std::filesystem::path& file, const Scenario& scenario,
                                                int clerks, std::size_t least, const SourceFiles& files) {
  std::vector<Diagnostic> mistakes;
  const std::vector<std::string_view> required{"place"},
      optional{"id", "latitude", "longitude", "clerks", "rank"};
  std::vector<std::string_view> all = required;
  all.insert(all.end(), optional.begin(), optional.end());
  TableReader row(read_csv(file, mistakes, all, files), required, mistakes, optional);
  SiteReader reader(row, scenario, clerks);
  std::vector<CandidateSite> sites;
  while (row.next()) sites.push_back(reader.read());
  if (mistakes.empty() && sites.size() < least) {
    mistakes.push_back(
        {file.generic_string(), 0, 0, "",
         std::to_string(sites.size()) + " candidates, of which " + std::to_string(least) + " are to open",
         "name more places, or open fewer"});
  }
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  return sites;
}

std::string open_offices_text(const Scenario& scenario, std::span<const CandidateSite> sites,
                              std::span<const std::size_t> chosen) {
  std::string text = "open_offices:\n";
  for (const std::size_t number : chosen) {
    const CandidateSite& site = sites[number];
    text += "  - {id: " + site.id + ", place: " + scenario.province->places[site.place.index()].id +
            ", clerks: " + std::to_string(site.clerks) + ", rank: " + std::to_string(site.rank);
    const auto add = [&](const char* key, const std::optional<double>& degrees) {
      if (degrees) text += std::string(", ") + key + ": " + number_text(*degrees);
    };
    add("latitude", site.latitude);
    add("longitude", site.longitude);
    text += "}\n";
  }
  return text;
}

}  // namespace pishkhan
