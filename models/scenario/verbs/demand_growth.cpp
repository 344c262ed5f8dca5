#include <optional>

#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct Growth {
  ServiceChoice services;
  std::optional<Kind> kind;
  std::vector<Name> county;
  double growth = 0;
};

/// Growth of whole kinds goes into the services' demand; growth of counties is kept by zones.
void grow(const Written<Growth>& item, VerbContext& context) {
  const double factor = 1 + item->growth;
  const auto zones = context.select.zones(item->kind, item->county, item.location());
  const auto services = context.services(item, &Growth::services);
  if (!item->county.empty()) {
    if (zones.empty() || services.empty()) return;
    DemandGrowth growth{services, zones, factor};
    if (services.size() == context.province.services.size()) growth.services.clear();
    context.scenario.demand.growth.push_back(std::move(growth));
    return;
  }
  for (const ServiceId id : services) {
    auto& demand = context.province.services[id.index()].visits_per_1000_a_year;
    for (const Kind kind : {Kind::urban, Kind::rural})
      if (!item->kind || *item->kind == kind) demand[static_cast<std::size_t>(kind)] *= factor;
  }
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
