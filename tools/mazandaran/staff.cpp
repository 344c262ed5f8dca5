#include "tools/mazandaran/staff.hpp"

#include <algorithm>
#include <cmath>
#include <map>

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

double target_utilization(const Facts& facts, Kind kind) {
  return facts.number(std::string(to_string(kind)) + "_target_utilization");
}

}  // namespace

void staff_offices(const Facts& facts, std::vector<OfficeMade>& offices) {
  const auto places = by_place(offices);
  std::vector<double> sizes(offices.size());
  for (std::size_t o = 0; o < offices.size(); ++o) sizes[o] = pattern(offices[o], o);

  for (int round = 0; round < kRounds; ++round) {
    const std::vector<Load> loads = office_loads(facts, offices, sizes);
    for (const auto& [place, members] : places) {
      double erlangs = 0, size = 0;
      for (const std::size_t o : members) {
        erlangs += loads[o].erlangs;
        size += sizes[o];
      }
      const double wanted = erlangs / target_utilization(facts, facts.places[place].kind);
      for (const std::size_t o : members) sizes[o] *= wanted / size;
    }
  }

  for (const auto& [place, members] : places) {
    const int most =
        static_cast<int>(facts.number(std::string(to_string(facts.places[place].kind)) + "_clerks_at_most"));
    double carried = 0;
    for (const std::size_t o : members) {
      const double wanted = sizes[o] + carried;
      offices[o].clerks = std::clamp(static_cast<int>(std::floor(wanted + 0.5)), 1, most);
      carried = wanted - offices[o].clerks;
    }
  }
}

std::vector<CounterMade> staff_counters(const Facts& facts) {
  const FlatMap map(facts);
  const double least = facts.number("counter_least_load");
  const double busiest = facts.number("counter_utilization_at_most");
  const std::size_t counties = facts.counties.size();
  std::vector<std::size_t> links;
  for (std::size_t c = 0; c < counties; ++c) links.push_back(link_of_counters(facts, c));
  const std::vector<Load> loads = counter_loads(facts, links);

  std::vector<CounterMade> made;
  for (std::size_t a = 0; a < facts.agencies.size(); ++a) {
    std::vector<bool> has(counties, true);
    std::vector<Load> served;
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
        served[to].erlangs += loads[a * counties + c].erlangs;
        served[to].visits_a_year += loads[a * counties + c].visits_a_year;
      }
      std::size_t smallest = counties;
      for (std::size_t c = 0; c < counties; ++c)
        if (has[c] && (smallest == counties || served[c].erlangs < served[smallest].erlangs)) smallest = c;
      if (served[smallest].erlangs >= least || remaining == 1) break;
      has[smallest] = false;
    }
    for (std::size_t c = 0; c < counties; ++c) {
      if (!has[c] || served[c].visits_a_year <= 0) continue;
      const int clerks = std::max(1, static_cast<int>(std::ceil(served[c].erlangs / busiest)));
      made.push_back({a, c, clerks, links[c], served[c]});
    }
  }
  return made;
}

}  // namespace pishkhan::mazandaran
