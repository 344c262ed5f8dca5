#include "tools/mazandaran/demand.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "models/province/calendar.hpp"

namespace pishkhan::mazandaran {
namespace {

constexpr int kRanks = 3;
/// Offices differ in what they may give by kind and rank only.
constexpr std::size_t kOfficeClasses = kKinds * kRanks;

std::size_t office_class(const OfficeMade& office) {
  return static_cast<std::size_t>(office.kind) * kRanks + static_cast<std::size_t>(office.rank - 1);
}

bool may_give(std::size_t class_of_office, const ServiceFact& service) {
  const auto kind = static_cast<Kind>(class_of_office / kRanks);
  return pishkhan::may_give(kind, static_cast<int>(class_of_office % kRanks) + 1, service);
}

std::size_t kind_index(Kind kind) { return static_cast<std::size_t>(kind); }

double visits_a_year(const PlaceFact& place, const ServiceFact& service, Channel channel) {
  const std::size_t kind = kind_index(place.kind);
  return static_cast<double>(place.population) / 1000 * service.visits_per_1000[kind] *
         service.shares[kind][static_cast<std::size_t>(channel)];
}

/// Of a year's visits, second ones for lack of papers included: what they ask for on an ordinary day, apart
/// from what passes on the links.
struct Demand {
  double human_s = 0;  ///< as the agency's own clerks
  double work_s = 0, calls = 0, bytes = 0;
  double visits_a_year = 0;  ///< first ones
  double visits_a_day = 0;

  void add(const Demand& other, double share) {
    human_s += other.human_s * share;
    work_s += other.work_s * share;
    calls += other.calls * share;
    bytes += other.bytes * share;
    visits_a_year += other.visits_a_year * share;
    visits_a_day += other.visits_a_day * share;
  }
  /// Time of calls over a link, alone on it.
  [[nodiscard]] double calls_s(const Facts& facts, std::size_t link_kind) const {
    const LinkFact& link = facts.link_kinds[link_kind];
    const double way_s = link.latency_s + facts.number("backbone_latency_ms") / 1000;
    return work_s + calls * 2 * way_s + bytes / link.bytes_s;
  }
};

/// Of so many visits a year until the service is given: missing papers cut a first handling short and bring
/// the citizen back.
Demand demand(const Facts& facts, const ServiceFact& service, Channel channel, double visits,
              double day_share) {
  const HandlingClass& handling = service.handling;
  const double calls = calls_of_visit(facts, service, channel);
  const double on_day = visits * day_share;
  return {on_day * handling.mean_s * (1 + handling.rework * facts.number("rework_handling_share")),
          on_day * calls * handling.work_s,
          on_day * calls,
          on_day * calls * (handling.request_bytes + handling.response_bytes),
          visits,
          on_day * (1 + handling.rework)};
}

/// Huff's weights of all offices seen from one place.
class Choice {
 public:
  Choice(const Facts& facts, const std::vector<OfficeMade>& offices, const std::vector<double>& sizes,
         const PlaceFact& place)
      : weights_(offices.size(), 0) {
    const FlatMap map(facts);
    const double radius = radius_km(facts, place), squared_radius = radius * radius;
    const double within = facts.number("choice_within_km"), nearest = facts.number("choice_nearest_km");
    std::array<double, kOfficeClasses> squared_of_nearest;
    squared_of_nearest.fill(std::numeric_limits<double>::infinity());
    for (std::size_t o = 0; o < offices.size(); ++o) {
      const bool own_city = radius > 0 && &place == &facts.places[offices[o].place];
      const double squared =
          own_city
              ? squared_radius
              : map.squared_km({place.latitude, place.longitude}, offices[o].position) + squared_radius / 2;
      const std::size_t in = office_class(offices[o]);
      if (squared < squared_of_nearest[in]) {
        squared_of_nearest[in] = squared;
        nearest_[in] = o;
      }
      if (squared > within * within) continue;
      weights_[o] = sizes[o] / std::max(squared, nearest * nearest);
      totals_[in] += weights_[o];
    }
    squared_of_nearest_ = squared_of_nearest;
  }

  /// Adds a demand to the classes of offices that may give the service: `spread` is to be multiplied
  /// by each office's weight, `lump` goes to the nearest office of a class.
  void add(const ServiceFact& service, const Demand& asked, std::array<Demand, kOfficeClasses>& spread,
           std::array<Demand, kOfficeClasses>& lump) const {
    double total = 0;
    for (std::size_t c = 0; c < kOfficeClasses; ++c)
      if (may_give(c, service)) total += totals_[c];
    if (total > 0) {
      for (std::size_t c = 0; c < kOfficeClasses; ++c)
        if (may_give(c, service)) spread[c].add(asked, 1 / total);
      return;
    }
    std::size_t best = kOfficeClasses;
    for (std::size_t c = 0; c < kOfficeClasses; ++c) {
      if (!may_give(c, service)) continue;
      if (best == kOfficeClasses || squared_of_nearest_[c] < squared_of_nearest_[best]) best = c;
    }
    lump[best].add(asked, 1);
  }

  [[nodiscard]] double weight(std::size_t office) const { return weights_[office]; }
  [[nodiscard]] std::size_t nearest(std::size_t class_of_office) const { return nearest_[class_of_office]; }

 private:
  std::vector<double> weights_;
  std::array<double, kOfficeClasses> totals_{};
  std::array<double, kOfficeClasses> squared_of_nearest_{};
  std::array<std::size_t, kOfficeClasses> nearest_{};
};

}  // namespace

double day_share(const Facts& facts, double weight) {
  const std::array<double, 7> weights = {facts.number("weekday_saturday"),
                                         facts.number("weekday_sunday"),
                                         facts.number("weekday_monday"),
                                         facts.number("weekday_tuesday"),
                                         facts.number("weekday_wednesday"),
                                         facts.number("weekday_thursday"),
                                         0};
  const int year = static_cast<int>(facts.number("calendar_year"));
  const DayNumber first = *from_solar_hijri({year, 1, 1});
  const DayNumber end = *from_solar_hijri({year + 1, 1, 1});
  double total = 0;
  for (DayNumber day = first; day < end; ++day) {
    const auto same = [&](const HolidayRow& holiday) { return holiday.date == day; };
    if (std::any_of(facts.holidays.begin(), facts.holidays.end(), same)) continue;
    total += weights[static_cast<std::size_t>(weekday(day))];
  }
  return weight / total;
}

double ordinary_day_share(const Facts& facts) {
  const double five_days = facts.number("weekday_saturday") + facts.number("weekday_sunday") +
                           facts.number("weekday_monday") + facts.number("weekday_tuesday") +
                           facts.number("weekday_wednesday");
  return day_share(facts, five_days / 5);
}

double calls_of_visit(const Facts& facts, const ServiceFact& service, Channel channel) {
  if (!service.calls_system) return 0;
  if (channel == Channel::online) return 1;
  const double share = channel == Channel::traditional ? facts.number("counter_calls") : 1;
  return share * (1 + service.handling.rework);
}

std::vector<OfficeDemand> office_demand(const Facts& facts, const std::vector<OfficeMade>& offices,
                                        const std::vector<double>& sizes) {
  const double day = ordinary_day_share(facts);
  std::vector<Demand> of_a_visit;
  for (const ServiceFact& service : facts.services)
    of_a_visit.push_back(demand(facts, service, Channel::office, 1, day));

  std::array<std::vector<Demand>, kKinds> asked;
  for (auto& of_kind : asked) of_kind.resize(offices.size());
  for (const PlaceFact& place : facts.places) {
    std::vector<Demand>& of_kind = asked[kind_index(place.kind)];
    const Choice choice(facts, offices, sizes, place);
    std::array<Demand, kOfficeClasses> spread{}, lump{};
    for (std::size_t s = 0; s < facts.services.size(); ++s) {
      Demand of_place;
      const ServiceFact& service = facts.services[s];
      const double after_online =
          visits_a_year(place, service, Channel::online) * service.handling.online_failure;
      of_place.add(of_a_visit[s], visits_a_year(place, service, Channel::office) + after_online);
      choice.add(facts.services[s], of_place, spread, lump);
    }
    for (std::size_t o = 0; o < offices.size(); ++o)
      of_kind[o].add(spread[office_class(offices[o])], choice.weight(o));
    for (std::size_t c = 0; c < kOfficeClasses; ++c)
      if (lump[c].visits_a_year > 0) of_kind[choice.nearest(c)].add(lump[c], 1);
  }
  std::vector<OfficeDemand> all(offices.size());
  for (std::size_t o = 0; o < offices.size(); ++o) {
    for (std::size_t k = 0; k < kKinds; ++k) {
      const Demand& of = asked[k][o];
      all[o].by_residents[k] = {of.visits_a_year, of.visits_a_day, of.human_s,
                                of.calls_s(facts, offices[o].link_kind)};
    }
  }
  return all;
}

std::vector<Load> office_loads(const Facts& facts, const std::vector<OfficeMade>& offices,
                               const std::vector<double>& sizes) {
  std::vector<Load> loads;
  const std::vector<OfficeDemand> asked = office_demand(facts, offices, sizes);
  for (std::size_t o = 0; o < offices.size(); ++o) {
    Load load;
    for (const OfficeDemand::Part& part : asked[o].by_residents) {
      load.erlangs +=
          (facts.office_handling_factor * part.human_s + part.calls_s) / open_s(facts, offices[o].kind);
      load.visits_a_year += part.visits_a_year;
      load.visits_a_day += part.visits_a_day;
    }
    loads.push_back(load);
  }
  return loads;
}

double open_s(const Facts& facts, Kind kind) {
  return facts.number(std::string(to_string(kind)) + "_open_hours") * kSecondsPerHour;
}

std::vector<Load> counter_loads(const Facts& facts, const std::vector<std::size_t>& link_kinds) {
  const double day = ordinary_day_share(facts);
  const double open_s = facts.number("counter_open_hours") * kSecondsPerHour;
  std::vector<Load> loads(facts.agencies.size() * facts.places.size());
  for (const ServiceFact& service : facts.services) {
    const Demand of_a_visit = demand(facts, service, Channel::traditional, 1, day);
    for (std::size_t p = 0; p < facts.places.size(); ++p) {
      const PlaceFact& place = facts.places[p];
      const double visits = visits_a_year(place, service, Channel::traditional);
      Load& load = loads[service.agency * facts.places.size() + p];
      load.erlangs +=
          visits * (of_a_visit.human_s + of_a_visit.calls_s(facts, link_kinds[place.county])) / open_s;
      load.visits_a_year += visits;
      load.visits_a_day += visits * of_a_visit.visits_a_day;
    }
  }
  return loads;
}

}  // namespace pishkhan::mazandaran
