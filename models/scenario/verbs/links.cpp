#include "models/scenario/sections/backbone.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct ChangeLinks {
  StationChoice at;
  Name link;
};

void change_links(const Written<ChangeLinks>& item, VerbContext& context) {
  const auto kind = find_link_kind(item->link, context.scenario.backbone, context.mistakes);
  const Selection at = context.select.stations(item->at, item.at(&ChangeLinks::at));
  if (!kind) return;
  double changed = 0;
  const auto change = [&](auto& station) {
    changed += std::exchange(station.link_kind, *kind) != *kind ? 1 : 0;
  };
  for (const OfficeId id : at.offices) change(context.province.offices[id.index()]);
  for (const CounterId id : at.counters) change(context.province.counters[id.index()]);
  context.add_change("stations with another link", "stations",
                     static_cast<double>(at.offices.size() + at.counters.size()), changed,
                     "the others had it already");
}

}  // namespace

Verb links_verb() {
  Section<ChangeLinks> keys("a change of links");
  keys.required("at", &ChangeLinks::at, stations_value(), "Which offices or counters.");
  keys.required("link", &ChangeLinks::link, value::id(), "Kind of their link from now on.");
  return make_verb("links", "a list of changes of links", "Other links at some stations.", keys,
                   change_links);
}

}  // namespace pishkhan
