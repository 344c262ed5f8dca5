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
  const bool rural = class_of_office >= kRanks;
  const int rank = static_cast<int>(class_of_office % kRanks) + 1;
  return rank <= service.lowest_rank && (!rural || service.at_rural_offices);
}

std::size_t kind_index(Kind kind) { return static_cast<std::size_t>(kind); }

double visits_a_year(const PlaceFact& place, const ServiceFact& service, Channel channel) {
  const std::size_t kind = kind_index(place.kind);
  return static_cast<double>(place.population) / 1000 * service.visits_per_1000[kind] *
         service.shares[kind][static_cast<std::size_t>(channel)];
}

/// Expected clerk time a visit costs until the service is given: missing papers cut a first
/// handling short and bring the citizen back.
double handling_s(const Facts& facts, const ServiceFact& service, Channel channel) {
  const double factor = channel == Channel::office ? facts.number("office_handling_factor") : 1;
  const double once = service.handling.mean_s * factor + service.handling.transaction_s;
  return once * (1 + service.handling.rework * facts.number("rework_handling_share"));
}

/// Huff's weights of all offices seen from one place.
class Choice {
 public:
  Choice(const Facts& facts, const std::vector<OfficeMade>& offices, const std::vector<double>& sizes,
         const PlaceFact& place)
      : weights_(offices.size(), 0) {
    const FlatMap map(facts);
    const double within = facts.number("choice_within_km"), nearest = facts.number("choice_nearest_km");
    std::array<double, kOfficeClasses> squared_of_nearest;
    squared_of_nearest.fill(std::numeric_limits<double>::infinity());
    for (std::size_t o = 0; o < offices.size(); ++o) {
      const double squared = map.squared_km({place.latitude, place.longitude}, offices[o].position);
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

  /// Adds a load to the classes of offices that may give the service: `spread` is to be multiplied
  /// by each office's weight, `lump` goes to the nearest office of a class.
  void add(const ServiceFact& service, Load load, std::array<Load, kOfficeClasses>& spread,
           std::array<Load, kOfficeClasses>& lump) const {
    double total = 0;
    for (std::size_t c = 0; c < kOfficeClasses; ++c) {
      if (may_give(c, service)) total += totals_[c];
    }
    if (total > 0) {
      for (std::size_t c = 0; c < kOfficeClasses; ++c) {
        if (!may_give(c, service)) continue;
        spread[c].erlangs += load.erlangs / total;
        spread[c].visits_a_year += load.visits_a_year / total;
      }
      return;
    }
    std::size_t best = kOfficeClasses;
    for (std::size_t c = 0; c < kOfficeClasses; ++c) {
      if (!may_give(c, service)) continue;
      if (best == kOfficeClasses || squared_of_nearest_[c] < squared_of_nearest_[best]) best = c;
    }
    lump[best].erlangs += load.erlangs;
    lump[best].visits_a_year += load.visits_a_year;
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

double ordinary_day_share(const Facts& facts) {
  const std::array<double, 7> weights = {facts.number("weekday_saturday"),  facts.number("weekday_sunday"),
                                         facts.number("weekday_monday"),    facts.number("weekday_tuesday"),
                                         facts.number("weekday_wednesday"), facts.number("weekday_thursday"), 0};
  const int year = static_cast<int>(facts.number("calendar_year"));
  const DayNumber first = *from_solar_hijri({year, 1, 1});
  const DayNumber end = *from_solar_hijri({year + 1, 1, 1});
  double total = 0;
  for (DayNumber day = first; day < end; ++day) {
    const auto same = [&](const HolidayFact& holiday) { return holiday.day == day; };
    if (std::any_of(facts.holidays.begin(), facts.holidays.end(), same)) continue;
    total += weights[static_cast<std::size_t>(weekday(day))];
  }
  return (weights[0] + weights[1] + weights[2] + weights[3] + weights[4]) / 5 / total;
}

std::vector<Load> office_loads(const Facts& facts, const std::vector<OfficeMade>& offices,
                               const std::vector<double>& sizes) {
  const double day_share = ordinary_day_share(facts);
  const double open_s[kKinds] = {facts.number("urban_open_hours") * kSecondsPerHour,
                                 facts.number("rural_open_hours") * kSecondsPerHour};
  std::vector<double> seconds;
  for (const ServiceFact& service : facts.services) seconds.push_back(handling_s(facts, service, Channel::office));

  std::vector<Load> loads(offices.size());
  for (const PlaceFact& place : facts.places) {
    const Choice choice(facts, offices, sizes, place);
    std::array<Load, kOfficeClasses> spread{}, lump{};
    for (std::size_t s = 0; s < facts.services.size(); ++s) {
      const double visits = visits_a_year(place, facts.services[s], Channel::office);
      choice.add(facts.services[s], {visits * day_share * seconds[s], visits}, spread, lump);
    }
    for (std::size_t o = 0; o < offices.size(); ++o) {
      const Load& load = spread[office_class(offices[o])];
      loads[o].erlangs += load.erlangs * choice.weight(o) / open_s[kind_index(offices[o].kind)];
      loads[o].visits_a_year += load.visits_a_year * choice.weight(o);
    }
    for (std::size_t c = 0; c < kOfficeClasses; ++c) {
      if (lump[c].visits_a_year <= 0) continue;
      const std::size_t o = choice.nearest(c);
      loads[o].erlangs += lump[c].erlangs / open_s[kind_index(offices[o].kind)];
      loads[o].visits_a_year += lump[c].visits_a_year;
    }
  }
  return loads;
}

std::vector<Load> counter_loads(const Facts& facts) {
  const double day_share = ordinary_day_share(facts);
  const double open_s = facts.number("counter_open_hours") * kSecondsPerHour;
  std::vector<Load> loads(facts.agencies.size() * facts.counties.size());
  for (const ServiceFact& service : facts.services) {
    const double seconds = handling_s(facts, service, Channel::traditional);
    for (const PlaceFact& place : facts.places) {
      const double visits = visits_a_year(place, service, Channel::traditional);
      Load& load = loads[service.agency * facts.counties.size() + place.county];
      load.erlangs += visits * day_share * seconds / open_s;
      load.visits_a_year += visits;
    }
  }
  return loads;
}

}  // namespace pishkhan::mazandaran
