#include "tools/mazandaran/staff.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>

#include "tools/mazandaran/backbone.hpp"

namespace pishkhan::mazandaran {
namespace {

constexpr int kRounds = 8;

/// Relative sizes of the offices of a place, before they are scaled to its load.
double pattern(const OfficeMade& office, std::size_t index) {
  constexpr double first_rank[] = {3, 2, 4, 3, 5, 2, 3, 4, 2, 6};
  constexpr double second_rank[] = {2, 3, 1, 2};
  if (office.kind == Kind::rural) return 1;
  if (office.rank == 1) return first_rank[index % 10];
  return office.rank == 2 ? second_rank[index % 4] : 1;
}

std::map<std::size_t, std::vector<std::size_t>> by_place(const std::vector<OfficeMade>& offices) {
  std::map<std::size_t, std::vector<std::size_t>> places;
  for (std::size_t o = 0; o < offices.size(); ++o) places[offices[o].place].push_back(o);
  return places;
}

double number_of(const Facts& facts, Kind kind, const char* what) {
  return facts.number(std::string(to_string(kind)) + '_' + what);
}

/// Of the offices of a kind.
struct Totals {
  int offices = 0;
  std::array<double, kKinds> visits_a_day{};  ///< by kind of the residents
  double human_s = 0, calls_s = 0;

  [[nodiscard]] double clerks(const Facts& facts, Kind kind) const {
    return number_of(facts, kind, "clerks_mean") * offices;
  }
};

std::array<Totals, kKinds> totals_of(const std::vector<OfficeMade>& offices,
                                     const std::vector<OfficeDemand>& asked) {
  std::array<Totals, kKinds> totals;
  for (std::size_t o = 0; o < offices.size(); ++o) {
    Totals& of_kind = totals[static_cast<std::size_t>(offices[o].kind)];
    ++of_kind.offices;
    for (std::size_t k = 0; k < kKinds; ++k) {
      const OfficeDemand::Part& part = asked[o].by_residents[k];
      of_kind.visits_a_day[k] += part.visits_a_day;
      of_kind.human_s += part.human_s;
      of_kind.calls_s += part.calls_s;
    }
  }
  return totals;
}

/// Scales the demand of the residents of each kind so that the offices of both kinds have their visits a day:
/// two equations of two factors.
void scale_demand(Facts& facts, const std::array<Totals, kKinds>& totals) {
  const auto wanted = [&](Kind kind) {
    return facts.number("visits_scale") * number_of(facts, kind, "visits_a_day") *
           totals[static_cast<std::size_t>(kind)].offices;
  };
  const auto& [at_urban, at_rural] = totals;
  const auto [a, b] = at_urban.visits_a_day;
  const auto [c, d] = at_rural.visits_a_day;
  const double e = wanted(Kind::urban), f = wanted(Kind::rural), determinant = a * d - b * c;
  const std::array<double, kKinds> factor = {(e * d - b * f) / determinant, (a * f - e * c) / determinant};
  for (ServiceFact& service : facts.services)
    for (std::size_t k = 0; k < kKinds; ++k) service.visits_per_1000[k] *= factor[k];
}

/// The handling with which the clerks of towns who are there are as busy as they are said to be.
void solve_handling(Facts& facts, const Totals& urban) {
  const double there = 1 - facts.number("urban_absence");
  const double busy_s = facts.number("urban_utilization") * there * urban.clerks(facts, Kind::urban) *
                        open_s(facts, Kind::urban);
  facts.office_handling_factor = (busy_s - urban.calls_s) / urban.human_s;
}

/// To so many decimals, for people who read the tables.
double rounded(double number, double per_unit) { return std::floor(number * per_unit + 0.5) / per_unit; }

/// Whole clerks of the offices of a kind whose sizes are multiplied; what is rounded off at one office is
/// carried to the next of its place. Returns their sum.
int set_clerks(const Facts& facts, std::vector<OfficeMade>& offices, const std::vector<double>& sizes,
               Kind kind, double times) {
  const int least = static_cast<int>(number_of(facts, kind, "clerks_at_least"));
  const int most = static_cast<int>(number_of(facts, kind, "clerks_at_most"));
  int sum = 0;
  for (const auto& [place, members] : by_place(offices)) {
    if (facts.places[place].kind != kind) continue;
    double carried = 0;
    for (const std::size_t o : members) {
      const double wanted = times * sizes[o] + carried;
      offices[o].clerks = std::clamp(static_cast<int>(std::floor(wanted + 0.5)), least, most);
      carried = wanted - offices[o].clerks;
      sum += offices[o].clerks;
    }
  }
  return sum;
}

/// As many clerks as the facts say, or at most one place's rounding more.
void set_clerks(const Facts& facts, std::vector<OfficeMade>& offices, const std::vector<double>& sizes,
                Kind kind, int wanted) {
  double low = 0, high = 4;
  constexpr int kHalvings = 40;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (set_clerks(facts, offices, sizes, kind, middle) < wanted ? low : high) = middle;
  }
  set_clerks(facts, offices, sizes, kind, high);
}

}  // namespace

void staff_offices(Facts& facts, std::vector<OfficeMade>& offices) {
  const auto places = by_place(offices);
  std::vector<double> sizes(offices.size());
  for (std::size_t o = 0; o < offices.size(); ++o) sizes[o] = pattern(offices[o], o);

  std::array<Totals, kKinds> totals;
  for (int round = 0; round < kRounds; ++round) {
    scale_demand(facts, totals_of(offices, office_demand(facts, offices, sizes)));
    totals = totals_of(offices, office_demand(facts, offices, sizes));
    solve_handling(facts, totals[static_cast<std::size_t>(Kind::urban)]);
    const std::vector<Load> loads = office_loads(facts, offices, sizes);
    std::array<double, kKinds> all{};
    for (std::size_t o = 0; o < offices.size(); ++o)
      all[static_cast<std::size_t>(offices[o].kind)] += loads[o].erlangs;
    for (const auto& [place, members] : places) {
      double erlangs = 0, size = 0;
      for (const std::size_t o : members) {
        erlangs += loads[o].erlangs;
        size += sizes[o];
      }
      const Kind kind = facts.places[place].kind;
      const auto k = static_cast<std::size_t>(kind);
      for (const std::size_t o : members) sizes[o] *= erlangs / all[k] * totals[k].clerks(facts, kind) / size;
    }
  }
  for (ServiceFact& service : facts.services)
    for (double& visits : service.visits_per_1000) visits = rounded(visits, 100);
  facts.office_handling_factor = rounded(facts.office_handling_factor, 100);
  for (const Kind kind : {Kind::urban, Kind::rural}) {
    const double clerks = totals[static_cast<std::size_t>(kind)].clerks(facts, kind);
    set_clerks(facts, offices, sizes, kind, static_cast<int>(std::floor(clerks + 0.5)));
  }
}

namespace {

/// The counters of an agency in every city; of rural residents the nearest city's of their county.
void add_counters_of_cities(const Facts& facts, std::size_t agency, const std::vector<Load>& loads,
                            std::vector<CounterMade>& made) {
  const FlatMap map(facts);
  const std::size_t places = facts.places.size();
  std::vector<Load> served(places);
  for (std::size_t p = 0; p < places; ++p) {
    std::size_t to = p;
    double nearest = 0;
    const PlaceFact& here = facts.places[p];
    for (std::size_t c = 0; here.kind == Kind::rural && c < places; ++c) {
      const PlaceFact& city = facts.places[c];
      if (city.kind != Kind::urban || city.county != here.county) continue;
      const double squared = map.squared_km({here.latitude, here.longitude}, {city.latitude, city.longitude});
      if (to != p && squared >= nearest) continue;
      to = c;
      nearest = squared;
    }
    served[to].erlangs += loads[agency * places + p].erlangs;
    served[to].visits_a_year += loads[agency * places + p].visits_a_year;
    served[to].visits_a_day += loads[agency * places + p].visits_a_day;
  }
  for (std::size_t p = 0; p < places; ++p) {
    const PlaceFact& place = facts.places[p];
    if (place.kind == Kind::urban)
      made.push_back({agency, place.county, p, 1, link_of_counters(facts, place.county), served[p]});
  }
}

/// Which counties have a counter of the agency, and what each serves: all, or those that are worth it.
void add_counters_of_counties(const Facts& facts, std::size_t agency, const std::vector<Load>& loads,
                              std::vector<CounterMade>& made) {
  const FlatMap map(facts);
  const std::size_t counties = facts.counties.size(), places = facts.places.size();
  const bool everywhere = facts.agencies[agency].counters == Counters::every_county;
  std::vector<Load> of_county(counties), served;
  for (std::size_t p = 0; p < places; ++p) {
    Load& load = of_county[facts.places[p].county];
    load.erlangs += loads[agency * places + p].erlangs;
    load.visits_a_year += loads[agency * places + p].visits_a_year;
    load.visits_a_day += loads[agency * places + p].visits_a_day;
  }
  std::vector<bool> has(counties, true);
  const auto squared_km = [&](std::size_t from, std::size_t to) {
    const CountyFact &f = facts.counties[from], &t = facts.counties[to];
    return map.squared_km({f.latitude, f.longitude}, {t.latitude, t.longitude});
  };
  for (auto remaining = counties;; --remaining) {
    // Every county goes to its own counter or, failing that, to the nearest one there is.
    served.assign(counties, {});
    for (std::size_t c = 0; c < counties; ++c) {
      std::size_t to = counties;
      for (std::size_t k = 0; k < counties; ++k)
        if (has[k] && (to == counties || squared_km(c, k) < squared_km(c, to))) to = k;
      served[to].erlangs += of_county[c].erlangs;
      served[to].visits_a_year += of_county[c].visits_a_year;
      served[to].visits_a_day += of_county[c].visits_a_day;
    }
    std::size_t smallest = counties;
    for (std::size_t c = 0; c < counties; ++c)
      if (has[c] && (smallest == counties || served[c].erlangs < served[smallest].erlangs)) smallest = c;
    if (everywhere || served[smallest].erlangs >= facts.number("counter_least_load") || remaining == 1) break;
    has[smallest] = false;
  }
  for (std::size_t c = 0; c < counties; ++c) {
    if (has[c] && served[c].visits_a_year > 0)
      made.push_back({agency, c, std::nullopt, 1, link_of_counters(facts, c), served[c]});
  }
}

}  // namespace

std::vector<CounterMade> staff_counters(const Facts& facts) {
  std::vector<std::size_t> links;
  for (std::size_t c = 0; c < facts.counties.size(); ++c) links.push_back(link_of_counters(facts, c));
  const std::vector<Load> loads = counter_loads(facts, links);
  std::vector<CounterMade> made;
  for (std::size_t a = 0; a < facts.agencies.size(); ++a) {
    if (facts.agencies[a].counters == Counters::every_city)
      add_counters_of_cities(facts, a, loads, made);
    else
      add_counters_of_counties(facts, a, loads, made);
  }
  const double busiest = facts.number("counter_utilization_at_most") * (1 - facts.number("counter_absence"));
  for (CounterMade& counter : made)
    counter.clerks = std::max(1, static_cast<int>(std::ceil(counter.load.erlangs / busiest)));
  return made;
}

}  // namespace pishkhan::mazandaran
