#include "models/scenario/sections/station_rules.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct ChangeHours {
  StationChoice at;
  WeekHours hours;
};

void change_hours(const Written<ChangeHours>& item, VerbContext& context) {
  context.for_stations(item, &ChangeHours::at, [&](StationRules& rules, const std::string&) {
    rules.doors = item->hours;
    for (auto& group : rules.groups) group.shifts = item->hours;
  });
}

}  // namespace

Verb hours_verb() {
  Section<ChangeHours> keys("new hours");
  keys.required("at", &ChangeHours::at, stations_value(), "Which offices or counters.");
  keys.required("hours", &ChangeHours::hours, week_hours_value(), "Doors and shifts from now on.");
  return make_verb("hours", "a list of new hours", "Other hours at some stations.", keys, change_hours);
}

}  // namespace pishkhan
