#include "models/scenario/verbs/hours.hpp"

#include "models/province/calendar.hpp"
#include "models/scenario/sections/station_rules.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct ChangeHours {
  StationChoice at;
  WeekHours hours;
};

void change_hours(const Written<ChangeHours>& item, VerbContext& context) {
  const Selection at = context.select.stations(item->at, item.at(&ChangeHours::at));
  if (!item.has_valid(&ChangeHours::hours)) return;
  double changed = 0;
  std::set<std::size_t> closed;
  const auto change = [&](StationRules& rules) {
    for (std::size_t day = 0; day < rules.doors.size(); ++day)
      if (!rules.doors[day].empty() && item->hours[day].empty()) closed.insert(day);
    bool differs = std::exchange(rules.doors, item->hours) != item->hours;
    for (auto& group : rules.groups) differs |= std::exchange(group.shifts, item->hours) != item->hours;
    changed += differs ? 1 : 0;
  };
  for (const OfficeId id : at.offices) change(context.province.offices[id.index()].rules);
  for (const CounterId id : at.counters) change(context.province.counters[id.index()].rules);
  context.add_change("stations with other hours", "stations",
                     static_cast<double>(at.offices.size() + at.counters.size()), changed,
                     "the others had them already");
  if (!closed.empty())
    context.notice(item.location(), "notice.hours.close", {weekdays_value("days", closed)});
  VerbContext::NewHours hours{item.location(), item->hours, {}};
  for (const OfficeId id : at.offices)
    hours.stations.emplace(Channel::office, context.province.offices[id.index()].kind);
  if (!at.counters.empty()) hours.stations.emplace(Channel::traditional, Kind::urban);
  context.new_hours.push_back(std::move(hours));
}

/// Whether a profile has arrivals within the doors.
bool has_arrivals(const HourProfile& profile, const Interval& door) {
  for (std::size_t hour = 0; hour < profile.size(); ++hour) {
    const double from_s = static_cast<double>(hour) * kSecondsPerHour;
    if (profile[hour] > 0 && from_s < door.to_s && door.from_s < from_s + kSecondsPerHour) return true;
  }
  return false;
}

}  // namespace

void note_hours_without_demand(VerbContext& context) {
  const DemandRules& demand = context.scenario.demand;
  for (const VerbContext::NewHours& hours : context.new_hours) {
    std::set<std::size_t> no_demand, nobody_comes;
    for (std::size_t day = 0; day < hours.hours.size(); ++day) {
      if (!hours.hours[day].empty() && demand.weekday[day] == 0) no_demand.insert(day);
      for (const Interval& door : hours.hours[day]) {
        const bool comes =
            std::any_of(hours.stations.begin(), hours.stations.end(), [&](const auto& station) {
              return has_arrivals(demand.profile[static_cast<std::size_t>(station.first)]
                                                [static_cast<std::size_t>(station.second)],
                                  door);
            });
        if (!comes && demand.weekday[day] > 0) nobody_comes.insert(day);
      }
    }
    if (!no_demand.empty())
      context.notice(hours.location, "notice.hours.no_demand", {weekdays_value("days", no_demand)});
    if (!nobody_comes.empty())
      context.notice(hours.location, "notice.hours.no_arrivals", {weekdays_value("days", nobody_comes)});
  }
}

Verb hours_verb() {
  Section<ChangeHours> keys("new hours");
  keys.required("at", &ChangeHours::at, stations_value(), "Which offices or counters.");
  keys.required("hours", &ChangeHours::hours, week_hours_value(), "Doors and shifts from now on.");
  return make_verb("hours", "a list of new hours", "Other hours at some stations.", keys, change_hours);
}

}  // namespace pishkhan
