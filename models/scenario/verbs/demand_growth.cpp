#include <algorithm>
#include <optional>
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
void check_demand(const Written<Growth>& item, const std::vector<ServiceId>& services, VerbContext& context) {
  const Province& province = context.province;
  for (const ServiceId id : services) {
    const Service& service = province.services[id.index()];
    double most = 0;
    for (std::size_t p = 0; p < province.places.size(); ++p) {
      const double in_place =
          context.place_growth.empty() ? 1 : context.place_growth[p * province.services.size() + id.index()];
      const auto kind = static_cast<std::size_t>(province.places[p].kind);
      most = std::max(most, service.visits_per_1000_a_year[kind] * in_place);
    }
    if (most <= kMostVisitsPer1000) continue;
    return context.refuse(
        item.at(&Growth::growth),
        "with it 1000 residents make " + short_text(most) + " visits a year for " + in_backticks(service.id),
        "at most " + short_text(kMostVisitsPer1000));
  }
}

void grow_in_places(DemandGrowth growth, const std::vector<ServiceId>& services, VerbContext& context) {
  const std::size_t all_services = context.province.services.size();
  context.place_growth.resize(context.province.places.size() * all_services, 1);
  // Growth of some days may meet with every other growth, or with none.
  const bool for_good = growth.from_day == kAlways && growth.until_day == kForGood;
  const double most = for_good ? growth.factor : std::max(growth.factor, 1.0);
  for (const PlaceId place : growth.places) {
    for (const ServiceId id : services)
      context.place_growth[place.index() * all_services + id.index()] *= most;
  }
  growth.services = services;
  if (services.size() == all_services) growth.services.clear();
  context.scenario.demand.growth.push_back(std::move(growth));
}

/// Growth of whole kinds for good goes into the services' demand; other growth is kept by places.
void grow(const Written<Growth>& item, VerbContext& context) {
  const double factor = 1 + item->growth;
  const auto [from, until] = context.days_of(item, &Growth::starts, &Growth::ends);
  auto places = context.select.places(item->kind, item->county, item->place, item.location());
  const auto services = context.services(item, &Growth::services);
  const bool has_days = from != kAlways || until != kForGood;
  if (has_days || !item->county.empty() || !item->place.empty()) {
    if (places.empty() || services.empty()) return;
    grow_in_places({{}, std::move(places), factor, from, until}, services, context);
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
