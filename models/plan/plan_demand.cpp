#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "models/demand/id_key.hpp"
#include "models/plan/plan_data.hpp"
#include "models/province/calendar.hpp"

namespace pishkhan {
namespace {

bool is_holiday(const DemandRules& rules, DayNumber day) {
  return std::binary_search(rules.holidays.begin(), rules.holidays.end(), day);
}

/// Demand factor of a day by its weekday; 0: all is closed.
double weekday_factor(const DemandRules& rules, DayNumber day) {
  return is_holiday(rules, day) ? 0 : rules.weekday[static_cast<std::size_t>(weekday(day))];
}

/// The mean factor of the full days, Saturday to Wednesday; 0 on holidays.
double ordinary_factor(const DemandRules& rules, DayNumber day) {
  if (is_holiday(rules, day)) return 0;
  return std::accumulate(rules.weekday.begin(), rules.weekday.begin() + 5, 0.0) / 5;
}

/// Demand factor of a day, without the factors of special days; of a day on which all is closed that of the
/// web. `of_weekday`: of its day of the week.
double plain_factor(const DemandRules& rules, DayNumber day, double of_weekday) {
  return (of_weekday > 0 ? of_weekday : rules.online_on_closed_days) *
         rules.month[static_cast<std::size_t>(to_solar_hijri(day).month - 1)];
}

/// Shares of a Solar Hijri year's visits by day, for every group of services with the same special days.
/// They add to 1 over the other days of each year than web_only ones, so demand is what is stated, visits a
/// year, before special days add to it. Who goes online spreads over all days of the year by their factors,
/// so that a citizen who moves to the web does not come more often.
void plan_days(const Scenario& scenario, Plan::Data& data, StopCheck stop) {
  const DemandRules& rules = scenario.demand;
  const int first_year = to_solar_hijri(scenario.run.start).year;
  const int last_year = to_solar_hijri(scenario.run.start + scenario.run.days - 1).year;
  const auto year_start = [](int year) { return *from_solar_hijri({year, 1, 1}); };
  data.first_day = year_start(first_year);
  if (rules.online_on_closed_days > 0) {
    for (DayNumber day = data.first_day; day < year_start(last_year + 1); ++day)
      data.web_only_days.push_back(weekday_factor(rules, day) == 0);
  }
  const bool brings = brings_demand(*scenario.province);
  std::map<std::vector<bool>, std::uint32_t> groups;
  for (std::size_t s = 0; s < data.services; ++s) {
    std::vector<bool> applies;
    for (const auto& special : rules.special_days) {
      applies.push_back(special.services.empty() ||
                        std::binary_search(special.services.begin(), special.services.end(), ServiceId(s)));
    }
    const auto [entry, is_new] = groups.try_emplace(applies, static_cast<std::uint32_t>(groups.size()));
    data.group_of_service.push_back(entry->second);
    if (!is_new) continue;
    std::vector<double> share, ordinary, online;
    for (int year = first_year; year <= last_year; ++year) {
      const DayNumber from = year_start(year);
      const DayNumber until = *from_solar_hijri({year, 12, solar_month_days(year, 12)}) + 1;
      const std::size_t begin = share.size();
      double total = 0, web_only = 0;
      for (DayNumber day = from; day < until; ++day) {
        stop.after(1 + applies.size());
        double factor = plain_factor(rules, day, weekday_factor(rules, day)), added = 1;
        double if_ordinary = ordinary_factor(rules, day) *
                             rules.month[static_cast<std::size_t>(to_solar_hijri(day).month - 1)];
        for (std::size_t k = 0; k < applies.size(); ++k) {
          const SpecialDays& special = rules.special_days[k];
          if (!applies[k] || !std::binary_search(special.days.begin(), special.days.end(), day)) continue;
          (special.adds ? added : factor) *= special.factor;
          if_ordinary *= special.factor;
        }
        share.push_back(factor * added);
        ordinary.push_back(if_ordinary);
        (data.web_only(day) ? web_only : total) += factor;
      }
      if (total <= 0) total = 1;
      const double then = total / (total + web_only);
      for (std::size_t k = begin; k < share.size(); ++k) {
        const bool only_web = data.web_only(data.first_day + static_cast<DayNumber>(k));
        share[k] *= (only_web ? then : 1) / total;
        ordinary[k] /= total;
        online.push_back(only_web ? 1 : then);
      }
    }
    if (!data.web_only_days.empty()) data.same_day_online.push_back(std::move(online));
    if (brings) data.ordinary_share.push_back(std::move(ordinary));
    data.day_share.push_back(std::move(share));
  }
}

void plan_cells(const Scenario& scenario, Plan::Data& data) {
  const Province& province = *scenario.province;
  std::vector<IdKey> service_keys;
  for (const Service& service : province.services) service_keys.push_back(key_of("service", service.id));
  data.zone_of_place.resize(province.places.size());
  for (std::size_t z = 0; z < province.zones.size(); ++z)
    for (const PlaceId place : province.zones[z].places) data.zone_of_place[place.index()] = ZoneId(z);
  for (std::size_t p = 0; p < province.places.size(); ++p) {
    const Place& place = province.places[p];
    const IdKey key = key_of("place", place.id);
    data.county_of_place.push_back(place.county);
    data.first_citizen_key.push_back(static_cast<std::uint32_t>(data.cells.size()));
    for (std::size_t s = 0; s < data.services; ++s) {
      data.cells.push_back({PlaceId(p), ServiceId(s)});
      data.citizen_keys.push_back(key ^ service_keys[s]);
    }
  }
}

/// A year's visits of all cells, as growth makes them on a day. A place has a share of its zone's demand, as
/// it has of its residents.
std::vector<double> visits_on(const Scenario& scenario, const Plan::Data& data, DayNumber day) {
  const Province& province = *scenario.province;
  std::vector<double> visits;
  for (const DemandCell& cell : data.cells) {
    const Place& place = province.places[cell.place.index()];
    const double per_1000 =
        province.services[cell.service.index()].visits_per_1000_a_year[static_cast<std::size_t>(place.kind)];
    visits.push_back(place.population / 1000 * per_1000);
  }
  for (const DemandGrowth& growth : scenario.demand.growth) {
    if (day < growth.from_day || day >= growth.until_day) continue;
    for (const PlaceId place : growth.places) {
      for (std::size_t s = 0; s < data.services; ++s) {
        const bool grows = growth.services.empty() ||
                           std::binary_search(growth.services.begin(), growth.services.end(), ServiceId(s));
        if (grows) visits[place.index() * data.services + s] *= growth.factor;
      }
    }
  }
  return visits;
}

}  // namespace

void plan_demand(const Scenario& scenario, Plan::Data& data, StopCheck stop) {
  plan_days(scenario, data, stop);
  plan_cells(scenario, data);
  const DayNumber begin = scenario.run.start, end = begin + scenario.run.days;
  std::set<DayNumber> changes{begin};
  for (const DemandGrowth& growth : scenario.demand.growth) {
    for (const DayNumber day : {growth.from_day, growth.until_day})
      if (begin < day && day < end) changes.insert(day);
  }
  for (const DayNumber day : changes) {
    stop.now();
    data.demand.push_back({day, visits_on(scenario, data, day)});
  }
}

}  // namespace pishkhan
