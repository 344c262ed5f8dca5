#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/scenario/sections/backbone.hpp"
#include "models/scenario/sections/station_rules.hpp"
#include "models/scenario/verbs/usual_link_kind.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct AddCounter {
  Name agency, county;
  std::optional<Name> place;
  int clerks = 0;
  int room = INT32_MAX;
  std::optional<WeekHours> hours;
  std::optional<Name> link;
};

Section<AddCounter> keys_of_new_counter() {
  Section<AddCounter> keys("a new counter");
  keys.required("agency", &AddCounter::agency, value::id(), "Whose counter it is.");
  keys.required("county", &AddCounter::county, value::id(), "Where it stands.");
  keys.optional("place", &AddCounter::place, value::id(),
                "Place of the county where it stands, as in the table; left out: in the capital, for all of "
                "the county.");
  keys.required("clerks", &AddCounter::clerks, value::whole(0, 10'000), "Clerks.");
  keys.optional("room", &AddCounter::room, value::whole(0, 1'000'000),
                "Most citizens waiting; left out: no limit.");
  keys.optional("hours", &AddCounter::hours, week_hours_value(),
                "Doors and shifts; left out: those of counters.");
  keys.optional("link", &AddCounter::link, value::id(),
                "Kind of its link; left out: what most counters have.");
  return keys;
}

/// Whether the counter may stand beside the agency's others of the county; refused where it may not.
bool may_stand(const Written<AddCounter>& item, const Counter& counter, VerbContext& context) {
  for (const Counter& other : context.province.counters) {
    if (other.agency != counter.agency || other.county != counter.county) continue;
    if (other.id == counter.id) {
      context.refuse(item.location(), "duplicate counter " + in_backticks(counter.id),
                     "change its clerks with `staffing`");
      return false;
    }
    if (other.place.has_value() != counter.place.has_value()) {
      context.refuse(item.location(), "a counter by place beside one for all of the county",
                     "give all of an agency's counters in a county a place, or have one without");
      return false;
    }
  }
  return true;
}

void add_counter(const Written<AddCounter>& item, VerbContext& context) {
  const std::optional<AgencyId> agency = context.select.agency(item->agency);
  const std::optional<CountyId> county = context.select.county(item->county);
  const std::optional<PlaceId> place = item->place ? context.select.place(*item->place) : std::nullopt;
  const BackboneRules& backbone = context.scenario.backbone;
  std::optional<std::uint32_t> link_kind;
  if (item->link) link_kind = find_link_kind(*item->link, backbone, context.mistakes);
  Province& province = context.province;
  if (!agency || !county || (item->place && !place)) return;
  if (place && province.places[place->index()].county != *county) {
    context.refuse(item.at(&AddCounter::place), "a place of another county",
                   "name one of the county, or leave it out");
    return;
  }
  Counter counter;
  counter.agency = *agency;
  counter.county = *county;
  counter.place = place;
  counter.id = province.agencies[agency->index()].id + "@" +
               (place ? province.places[place->index()].id : province.counties[county->index()].id);
  if (!may_stand(item, counter, context)) return;
  counter.link_kind = link_kind.value_or(
      usual_link_kind(province.counters, backbone.link_kinds.size(), [](const Counter&) { return true; }));
  counter.rules.room = item->room;
  counter.rules.balking = context.balking.counters;
  counter.rules.closing = context.closing.counters;
  counter.rules.finishing_counts = context.after_shift.counters;
  counter.rules.doors = item->hours.value_or(context.hours.counters);
  ClerkGroup group;
  group.id = "clerks";
  group.clerks = item->clerks;
  group.shifts = counter.rules.doors;
  counter.rules.groups.push_back(std::move(group));
  context.add_change("counters added", "counters", 1, 1, {});
  province.counters.push_back(std::move(counter));
}

}  // namespace

Verb add_counters_verb() {
  return make_verb("add_counters", "a list of new counters", "New counters of agencies.",
                   keys_of_new_counter(), add_counter);
}

}  // namespace pishkhan
