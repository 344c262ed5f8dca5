#include <algorithm>
#include <optional>

#include "models/province/position.hpp"
#include "models/scenario/sections/backbone.hpp"
#include "models/scenario/sections/station_rules.hpp"
#include "models/scenario/verbs/usual_link_kind.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct OpenOffice {
  std::string id;
  std::optional<std::string> name, name_fa;
  Name place;
  std::optional<double> latitude, longitude;
  int rank = 1;
  int clerks = 0;
  int room = INT32_MAX;
  std::optional<WeekHours> hours;
  std::optional<Name> link;
  DayNumber starts = kAlways;
};

Section<OpenOffice> keys_of_new_office() {
  Section<OpenOffice> keys("a new office");
  keys.required("id", &OpenOffice::id, value::id(), "Id, new in the province.");
  keys.optional("name", &OpenOffice::name, value::text(), "Name in English; left out: the id.");
  keys.optional("name_fa", &OpenOffice::name_fa, value::text(), "Name in Persian; left out: the name.");
  keys.required("place", &OpenOffice::place, value::id(),
                "City or rural district; it says the kind and county.");
  keys.optional("latitude", &OpenOffice::latitude, value::within(Quantity::number, {-90, 90}),
                "Degrees; left out: the place's.");
  keys.optional("longitude", &OpenOffice::longitude, value::within(Quantity::number, {-180, 180}),
                "Degrees; left out: the place's.");
  keys.optional("rank", &OpenOffice::rank, value::whole(1, 3), "Rank, which limits the services.", "1");
  keys.required("clerks", &OpenOffice::clerks, value::whole(0, 10'000), "Clerks.");
  keys.optional("room", &OpenOffice::room, value::whole(0, 1'000'000),
                "Most citizens waiting; left out: no limit.");
  keys.optional("hours", &OpenOffice::hours, week_hours_value(),
                "Doors and shifts; left out: those of its kind.");
  keys.optional("link", &OpenOffice::link, value::id(),
                "Kind of its link; left out: what most offices of its kind have.");
  keys.optional("starts", &OpenOffice::starts, value::date(), "First day; left out: always open.");
  return keys;
}

StationRules rules_of(const OpenOffice& item, Kind kind, const VerbContext& context) {
  StationRules rules;
  rules.room = item.room;
  rules.balking = context.balking.offices;
  rules.closing = context.closing.offices;
  rules.finishing_counts = context.after_shift.offices;
  rules.doors = item.hours.value_or(context.hours.of_offices(kind));
  ClerkGroup group;
  group.id = "clerks";
  group.clerks = item.clerks;
  group.shifts = rules.doors;
  rules.groups.push_back(std::move(group));
  return rules;
}

void open_office(const Written<OpenOffice>& item, VerbContext& context) {
  Province& province = context.province;
  if (context.select.has_office(item->id)) {
    context.refuse(item.at(&OpenOffice::id), "duplicate id " + in_backticks(item->id),
                   "the province has such an office");
  }
  if (std::any_of(province.counters.begin(), province.counters.end(),
                  [&](const Counter& counter) { return counter.id == item->id; })) {
    context.refuse(item.at(&OpenOffice::id), in_backticks(item->id) + " is a counter's id",
                   "ids of offices and counters differ");
  }
  const BackboneRules& backbone = context.scenario.backbone;
  std::optional<std::uint32_t> link_kind;
  if (item->link) link_kind = find_link_kind(*item->link, backbone, context.mistakes);
  const auto at = context.select.place(item->place);
  if (!at) return;
  const Place& place = province.places[at->index()];
  Office office;
  office.id = item->id;
  office.name_en = item->name.value_or(office.id);
  office.name_fa = item->name_fa.value_or(office.name_en);
  office.place = *at;
  office.kind = place.kind;
  office.county = place.county;
  office.link_kind =
      link_kind.value_or(usual_link_kind(province.offices, backbone.link_kinds.size(),
                                         [&place](const Office& other) { return other.kind == place.kind; }));
  office.latitude = item->latitude.value_or(place.latitude);
  office.longitude = item->longitude.value_or(place.longitude);
  const auto mistake =
      find_position_mistake({office.latitude, office.longitude}, {place.latitude, place.longitude},
                            "its place " + in_backticks(place.id));
  const bool knows_position = item.has(&OpenOffice::latitude) == item->latitude.has_value() &&
                              item.has(&OpenOffice::longitude) == item->longitude.has_value();
  if (mistake && knows_position && context.tables_are_good) {
    context.refuse(item.at(item->latitude ? &OpenOffice::latitude : &OpenOffice::longitude), mistake->problem,
                   mistake->hint);
  }
  office.rank = item->rank;
  office.size = item->clerks;
  office.opened = true;
  office.in_tables = false;
  office.from_day = item->starts;
  office.rules = rules_of(*item, place.kind, context);
  context.select.add_office(office.id);
  context.note_outside_run(item.location(), item->starts, kForGood);
  context.add_change("offices opened", "offices", 1,
                     context.first_counted_day(item->starts, kForGood) ? 1 : 0, "open on no counted day",
                     item->starts);
  province.offices.push_back(std::move(office));
}

}  // namespace

Verb open_offices_verb() {
  return make_verb("open_offices", "a list of new offices", "New offices.", keys_of_new_office(),
                   open_office);
}

}  // namespace pishkhan
