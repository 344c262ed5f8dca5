#include <optional>

#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct Authorise {
  ServiceChoice services;
  std::optional<int> lowest_rank;
  std::optional<bool> rural;
};

void change_authority(const Written<Authorise>& item, VerbContext& context) {
  if (!item.has(&Authorise::lowest_rank) && !item.has(&Authorise::rural))
    context.refuse(item.location(), "nothing is authorised", "give `lowest_rank`, `rural` or both");
  const std::vector<ServiceId> services = context.services(item, &Authorise::services);
  double changed = 0;
  for (const ServiceId id : services) {
    Service& service = context.province.services[id.index()];
    bool differs = false;
    if (item->lowest_rank)
      differs |= std::exchange(service.lowest_rank, *item->lowest_rank) != *item->lowest_rank;
    if (item->rural) differs |= std::exchange(service.at_rural_offices, *item->rural) != *item->rural;
    changed += differs ? 1 : 0;
  }
  context.add_change("services with other offices", "services", static_cast<double>(services.size()), changed,
                     "the others had them already");
}

}  // namespace

Verb authorise_verb() {
  Section<Authorise> keys("an authorisation");
  keys.required("services", &Authorise::services, services_value(), "Which services.");
  keys.optional("lowest_rank", &Authorise::lowest_rank, value::whole(1, 3),
                "Offices of rank 1 to this one may give them.");
  keys.optional("rural", &Authorise::rural, value::boolean(), "Rural offices may give them.");
  return make_verb("authorise", "a list of authorisations", "Who may give which service.", keys,
                   change_authority);
}

}  // namespace pishkhan
