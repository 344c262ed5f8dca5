#include <algorithm>
#include <optional>

#include "models/scenario/sections/demand.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct Growth {
  ServiceChoice services;
  std::optional<Kind> kind;
  std::vector<Name> county;
  double growth = 0;
};

/// Refuses more demand than a simulation can hold.
void check_demand(const Written<Growth>& item, const std::vector<ServiceId>& services, VerbContext& context) {
  const Province& province = context.province;
  for (const ServiceId id : services) {
    const Service& service = province.services[id.index()];
    double most = 0;
    for (std::size_t z = 0; z < province.zones.size(); ++z) {
      const double in_county =
          context.zone_growth.empty() ? 1 : context.zone_growth[z * province.services.size() + id.index()];
      const auto kind = static_cast<std::size_t>(province.zones[z].kind);
      most = std::max(most, service.visits_per_1000_a_year[kind] * in_county);
    }
    if (most <= kMostVisitsPer1000) continue;
    return context.refuse(
        item.at(&Growth::growth),
        "with it 1000 residents make " + short_text(most) + " visits a year for " + in_backticks(service.id),
        "at most " + short_text(kMostVisitsPer1000));
  }
}

void grow_in_counties(const std::vector<ZoneId>& zones, const std::vector<ServiceId>& services, double factor,
                      VerbContext& context) {
  const std::size_t all_services = context.province.services.size();
  DemandGrowth growth{services, zones, factor};
  if (services.size() == all_services) growth.services.clear();
  context.scenario.demand.growth.push_back(std::move(growth));
  context.zone_growth.resize(context.province.zones.size() * all_services, 1);
  for (const ZoneId zone : zones) {
    for (const ServiceId id : services)
      context.zone_growth[zone.index() * all_services + id.index()] *= factor;
  }
}

/// Growth of whole kinds goes into the services' demand; growth of counties is kept by zones.
void grow(const Written<Growth>& item, VerbContext& context) {
  const double factor = 1 + item->growth;
  const auto zones = context.select.zones(item->kind, item->county, item.location());
  const auto services = context.services(item, &Growth::services);
  if (!item->county.empty()) {
    if (zones.empty() || services.empty()) return;
    grow_in_counties(zones, services, factor, context);
  } else {
    for (const ServiceId id : services) {
      auto& demand = context.province.services[id.index()].visits_per_1000_a_year;
      for (const Kind kind : {Kind::urban, Kind::rural})
        if (!item->kind || *item->kind == kind) demand[static_cast<std::size_t>(kind)] *= factor;
    }
  }
  check_demand(item, services, context);
  const auto all = static_cast<double>(services.size());
  context.add_change("services with other demand", "services", all, factor == 1 ? 0 : all, "the growth is 0");
}

}  // namespace

Verb demand_growth_verb() {
  Section<Growth> keys("a change of demand");
  keys.optional("services", &Growth::services, services_value(), "Which services.", "all");
  keys.optional("kind", &Growth::kind, kind_value(),
                "Residents of cities or of rural districts; left out: both.");
  keys.optional("county", &Growth::county, names_value(), "Residents of these counties; left out: all.");
  keys.required("growth", &Growth::growth, value::within(Quantity::growth, {-1}), "Change of their demand.");
  return make_verb("demand_growth", "a list of changes of demand",
                   "More or less demand for some services or residents.", keys, grow);
}

}  // namespace pishkhan
