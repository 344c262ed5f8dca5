#include "models/scenario/verbs/demand_growth.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "models/scenario/sections/demand.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct Growth {
  ServiceChoice services;
  std::optional<Kind> kind;
  std::vector<Name> county, place;
  double growth = 0;
  DayNumber starts = kAlways;
  std::optional<DayNumber> ends;
};

/// Refuses more demand than a simulation can hold.
void refuse_demand(double most, const Service& service, const Location& at, VerbContext& context) {
  context.refuse(
      at,
      "with it 1000 residents make " + short_text(most) + " visits a year for " + in_backticks(service.id),
      "at most " + short_text(kMostVisitsPer1000));
}

/// What 1000 residents of a place make of a service in a year, with the growth for good.
double visits_per_1000(std::size_t place, std::size_t service, const VerbContext& context) {
  const Province& province = context.province;
  const double growth =
      context.place_growth.empty() ? 1 : context.place_growth[place * province.services.size() + service];
  const auto kind = static_cast<std::size_t>(province.places[place].kind);
  return province.services[service].visits_per_1000_a_year[kind] * growth;
}

void check_demand(const Written<Growth>& item, const std::vector<ServiceId>& services, VerbContext& context) {
  for (const ServiceId id : services) {
    double most = 0;
    for (std::size_t p = 0; p < context.province.places.size(); ++p)
      most = std::max(most, visits_per_1000(p, id.index(), context));
    if (most > kMostVisitsPer1000)
      return refuse_demand(most, context.province.services[id.index()], item.at(&Growth::growth), context);
  }
}

void grow_in_places(DemandGrowth growth, const std::vector<ServiceId>& services, const Location& at,
                    VerbContext& context) {
  const std::size_t all_services = context.province.services.size();
  context.place_growth.resize(context.province.places.size() * all_services, 1);
  if (growth.from_day != kAlways || growth.until_day != kForGood) {
    context.dated_growth.emplace_back(at, context.scenario.demand.growth.size());
  } else {
    for (const PlaceId place : growth.places) {
      for (const ServiceId id : services)
        context.place_growth[place.index() * all_services + id.index()] *= growth.factor;
    }
  }
  growth.services = services;
  if (services.size() == all_services) growth.services.clear();
  context.scenario.demand.growth.push_back(std::move(growth));
}

/// Calls `change(place * services + service)` for all that a growth is of.
template <class Change>
void for_cells(const DemandGrowth& growth, std::size_t services, Change change) {
  for (const PlaceId place : growth.places) {
    const std::size_t begin = place.index() * services;
    for (const ServiceId id : growth.services) change(begin + id.index());
    for (std::size_t s = 0; growth.services.empty() && s < services; ++s) change(begin + s);
  }
}

}  // namespace

void check_dated_growth(VerbContext& context) {
  const std::vector<DemandGrowth>& all = context.scenario.demand.growth;
  const std::size_t services = context.province.services.size();
  // The growth of some days, as it begins and ends; ends go first.
  std::map<DayNumber, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> ends_and_begins;
  for (std::size_t k = 0; k < context.dated_growth.size(); ++k) {
    const DemandGrowth& growth = all[context.dated_growth[k].second];
    if (growth.factor <= 0) continue;
    ends_and_begins[growth.until_day].first.push_back(k);
    ends_and_begins[growth.from_day].second.push_back(k);
  }
  std::vector<double> logs(context.place_growth.size(), 0);
  std::set<std::size_t> refused;
  for (const auto& [day, items] : ends_and_begins) {
    const auto add = [&](std::size_t k, double sign) {
      const DemandGrowth& growth = all[context.dated_growth[k].second];
      for_cells(growth, services, [&](std::size_t cell) { logs[cell] += sign * std::log(growth.factor); });
    };
    for (const std::size_t k : items.first) add(k, -1);
    for (const std::size_t k : items.second) add(k, 1);
    for (const std::size_t k : items.second) {
      for_cells(all[context.dated_growth[k].second], services, [&](std::size_t cell) {
        const std::size_t service = cell % services;
        const double most = visits_per_1000(cell / services, service, context) * std::exp(logs[cell]);
        // Sums of logarithms are not exact.
        if (most > kMostVisitsPer1000 * (1 + 1e-9) && refused.insert(k).second)
          refuse_demand(most, context.province.services[service], context.dated_growth[k].first, context);
      });
    }
  }
}

namespace {

/// Growth of whole kinds for good goes into the services' demand; other growth is kept by places.
void grow(const Written<Growth>& item, VerbContext& context) {
  const double factor = 1 + item->growth;
  const auto [from, until] = context.days_of(item, &Growth::starts, &Growth::ends);
  auto places = context.select.places(item->kind, item->county, item->place, item.location());
  const auto services = context.services(item, &Growth::services);
  const bool has_days = from != kAlways || until != kForGood;
  if (has_days || !item->county.empty() || !item->place.empty()) {
    if (places.empty() || services.empty()) return;
    grow_in_places({{}, std::move(places), factor, from, until}, services, item.at(&Growth::growth), context);
  } else {
    for (const ServiceId id : services) {
      auto& demand = context.province.services[id.index()].visits_per_1000_a_year;
      for (const Kind kind : {Kind::urban, Kind::rural})
        if (!item->kind || *item->kind == kind) demand[static_cast<std::size_t>(kind)] *= factor;
    }
  }
  check_demand(item, services, context);
  const auto all = static_cast<double>(services.size());
  const bool counted = !context.run_is_good || context.first_counted_day(from, until).has_value();
  context.add_change("services with other demand", "services", all, factor == 1 || !counted ? 0 : all,
                     counted ? "the growth is 0" : "it holds on no counted day", from, until);
}

}  // namespace

Verb demand_growth_verb() {
  Section<Growth> keys("a change of demand");
  keys.optional("services", &Growth::services, services_value(), "Which services.", "all");
  keys.optional("kind", &Growth::kind, kind_value(),
                "Residents of cities or of rural districts; left out: both.");
  keys.optional("county", &Growth::county, names_value(), "Residents of these counties; left out: all.");
  keys.optional("place", &Growth::place, names_value(),
                "Residents of these cities or rural districts; left out: all.");
  keys.required("growth", &Growth::growth, value::within(Quantity::growth, {-1}),
                "Change of their demand. With days it is added, and other days have none the less.");
  add_days(keys, &Growth::starts, &Growth::ends);
  return make_verb("demand_growth", "a list of changes of demand",
                   "More or less demand for some services or residents.", keys, grow);
}

}  // namespace pishkhan
