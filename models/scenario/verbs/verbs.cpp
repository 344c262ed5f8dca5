#include "models/scenario/verbs/verbs.hpp"

#include "models/scenario/verbs/failures.hpp"

namespace pishkhan {

// A verb is a file of its name and a place in the two lists here, the first of which declares it.
Verb add_agencies_verb(), add_services_verb(), digital_access_verb(), open_offices_verb(),
    add_counters_verb(), close_offices_verb(), hours_verb(), staffing_verb(), absence_verb(), breaks_verb(),
    handling_verb(), authorise_verb(), appointments_verb(), demand_growth_verb(), migrations_verb(),
    online_failures_verb(), unserved_verb(), links_verb(), systems_verb(), outages_verb(), slow_downs_verb();

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> all = {
      add_agencies_verb(), add_services_verb(),  digital_access_verb(), open_offices_verb(),
      add_counters_verb(), close_offices_verb(), hours_verb(),          staffing_verb(),
      absence_verb(),      breaks_verb(),        handling_verb(),       authorise_verb(),
      appointments_verb(), demand_growth_verb(), migrations_verb(),     online_failures_verb(),
      unserved_verb(),     links_verb(),         systems_verb(),        outages_verb(),
      slow_downs_verb(),
  };
  return all;
}

void apply_verbs(const Node& root, VerbContext& context) {
  for (const Verb& verb : verbs()) {
    const Node* list = root.find(verb.key);
    if (list != nullptr && list->kind == Node::Kind::list) verb.apply(*list, verb.key, context);
  }
  note_odd_outages(context);
}

bool has_outages(const Node& root) {
  const auto has_items = [&](const Verb& verb) {
    const Node* list = root.find(verb.key);
    return list != nullptr && !list->items.empty();
  };
  return has_items(outages_verb()) || has_items(slow_downs_verb());
}

}  // namespace pishkhan
