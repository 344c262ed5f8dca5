#include "tools/mazandaran/offices.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "sim/base/contract.hpp"

namespace pishkhan::mazandaran {
namespace {

std::string persian_digits(int number) {
  constexpr const char* digits[] = {"۰", "۱", "۲", "۳", "۴", "۵", "۶", "۷", "۸", "۹"};
  std::string text;
  for (const char c : std::to_string(number)) text += digits[c - '0'];
  return text;
}

std::string three_digits(int number) {
  const std::string text = std::to_string(number);
  return std::string(text.size() < 3 ? 3 - text.size() : 0, '0') + text;
}

void name_office(OfficeMade& office, const Facts& facts, int number_in_county, int number_in_place) {
  const PlaceFact& place = facts.places[office.place];
  const CountyFact& county = facts.counties[place.county];
  const bool urban = office.kind == Kind::urban;
  office.id = county.id + (urban ? "-u-" : "-r-") + three_digits(number_in_county);
  const std::string number = std::to_string(number_in_place);
  // City names are unique in the province, names of rural districts only in their county.
  office.name_en = urban ? place.name_en + " urban office " + number
                         : place.name_en + " rural office " + number + " (" + county.name_en + ")";
  office.name_fa = urban ? "دفتر پیشخوان " + place.name_fa + " " + persian_digits(number_in_place)
                         : "دفتر پیشخوان روستایی " + place.name_fa + " " + persian_digits(number_in_place) +
                               " (" + county.name_fa + ")";
}

/// The first office of every city is of rank 1; ranks 2 and 3 are spread evenly over the others.
void rank_urban_offices(std::vector<OfficeMade>& offices, const Facts& facts) {
  std::vector<OfficeMade*> urban, later;
  for (OfficeMade& office : offices) {
    if (office.kind != Kind::urban) continue;
    if (!urban.empty() && urban.back()->place == office.place) later.push_back(&office);
    urban.push_back(&office);
  }
  const auto share = [&](const char* key) {
    return static_cast<long long>(std::llround(facts.number(key) * 1000));
  };
  const std::vector<int> ranks =
      apportion(static_cast<int>(urban.size()),
                {share("urban_share_rank_1"), share("urban_share_rank_2"), share("urban_share_rank_3")});
  const int below_rank_1 = ranks[1] + ranks[2];
  const int candidates = static_cast<int>(later.size());
  PISHKHAN_EXPECT(below_rank_1 <= candidates);
  int given = 0, rank_3 = 0;
  for (int i = 0; i < candidates; ++i) {
    if ((i + 1) * below_rank_1 / candidates == given) continue;
    ++given;
    const bool last_rank = given * ranks[2] / below_rank_1 > rank_3;
    if (last_rank) ++rank_3;
    later[static_cast<std::size_t>(i)]->rank = last_rank ? 3 : 2;
  }
}

}  // namespace

std::vector<int> apportion(int seats, const std::vector<long long>& sizes) {
  PISHKHAN_EXPECT(seats >= static_cast<int>(sizes.size()));
  std::vector<int> given(sizes.size(), 0);
  long long total = std::accumulate(sizes.begin(), sizes.end(), 0LL);
  for (std::size_t i = 0; i < sizes.size(); ++i)
    if (sizes[i] * seats < total) given[i] = 1;
  long long left = seats, shared = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) given[i] == 1 ? --left : shared += sizes[i];
  std::vector<std::pair<long long, std::size_t>> remainders;
  long long seats_to_remainders = left;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (given[i] == 1) continue;
    given[i] = static_cast<int>(sizes[i] * left / shared);
    seats_to_remainders -= given[i];
    remainders.emplace_back(-(sizes[i] * left % shared), i);
  }
  std::sort(remainders.begin(), remainders.end());
  for (long long r = 0; r < seats_to_remainders; ++r) ++given[remainders[static_cast<std::size_t>(r)].second];
  return given;
}

std::vector<OfficeMade> make_offices(const Facts& facts) {
  const FlatMap map(facts);
  std::vector<OfficeMade> offices;
  for (const Kind kind : {Kind::urban, Kind::rural}) {
    const std::string name(to_string(kind));
    std::vector<std::size_t> places;
    std::vector<long long> populations;
    for (std::size_t p = 0; p < facts.places.size(); ++p) {
      if (facts.places[p].kind != kind) continue;
      places.push_back(p);
      populations.push_back(facts.places[p].population);
    }
    const auto counts = apportion(static_cast<int>(facts.number(name + "_offices")), populations);
    std::map<std::size_t, int> number_in_county;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const PlaceFact& place = facts.places[places[i]];
      Sunflower spiral(kind == Kind::urban ? radius_km(facts, place) / std::sqrt(counts[i])
                                           : facts.number("rural_office_spacing_km"));
      for (int n = 1; n <= counts[i]; ++n) {
        OfficeMade office;
        office.kind = kind;
        office.place = places[i];
        const auto [east, north] = spiral.next();
        office.position = map.moved({place.latitude, place.longitude}, east, north);
        office.rank = kind == Kind::urban ? 1 : static_cast<int>(facts.number("rural_rank"));
        name_office(office, facts, ++number_in_county[place.county], n);
        offices.push_back(std::move(office));
      }
    }
  }
  rank_urban_offices(offices, facts);
  return offices;
}

}  // namespace pishkhan::mazandaran
