#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "models/scenario/sections/break_keys.hpp"
#include "models/scenario/verbs/clerk_count.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct Breaks {
  StationChoice at;
  ClerkBreak pause;
  DayNumber starts = kAlways;
  std::optional<DayNumber> ends;
};

/// Gives the clerks of a station a break on days from_day <= day < until_day. Returns the weekdays on which
/// they work, and those of them with room for it.
BreakDays give_break(StationRules& rules, const ClerkBreak& pause, DayNumber from_day, DayNumber until_day) {
  for (const DayNumber day : {from_day, until_day}) split_groups(rules.groups, day);
  std::vector<ClerkGroup> changed, others;
  BreakDays days;
  for (const ClerkGroup& group : rules.groups) {
    const bool holds = from_day <= group.from_day && group.until_day <= until_day;
    (holds ? changed : others).push_back(group);
    if (!holds) continue;
    const BreakDays of_group = days_of_break(group, pause);
    days.all += of_group.all;
    days.with_room += of_group.with_room;
  }
  if (days.with_room == 0) return days;
  rules.breaks = true;
  rules.groups = in_turns(changed, pause);
  rules.groups.insert(rules.groups.end(), others.begin(), others.end());
  return days;
}

void give_breaks(const Written<Breaks>& item, VerbContext& context) {
  const auto [from, until] = context.days_of(item, &Breaks::starts, &Breaks::ends);
  const bool counted = !context.run_is_good || context.first_counted_day(from, until).has_value();
  const std::set<std::string> closed = context.closed_offices(from, until);
  std::set<std::string> closed_here;
  double stations = 0, reached = 0, short_days = 0;
  context.for_stations(item, &Breaks::at, [&](StationRules& rules, const std::string& id) {
    const BreakDays days = give_break(rules, item->pause, from, until);
    ++stations;
    if (closed.contains(id))
      closed_here.insert(id);
    else
      reached += days.with_room > 0 ? 1 : 0;
    short_days += days.with_room < days.all ? 1 : 0;
  });
  if (static_cast<double>(closed_here.size()) == stations) context.note_closed(item.location(), closed_here);
  if (short_days > 0)
    context.notice(item.location(), "notice.break_has_no_room", {number_value("stations", short_days)});
  context.add_change("stations with a break", "stations", stations, counted ? reached : 0,
                     counted ? "at the others the shifts have no room for it, or they are closed"
                             : "it holds on no counted day",
                     from, until);
}

}  // namespace

Verb breaks_verb() {
  Section<Breaks> keys("a break of clerks");
  keys.required("at", &Breaks::at, stations_value(), "Which offices or counters.");
  add_break_keys(keys, [](auto member) { return member_of(&Breaks::pause, member); });
  add_days(keys, &Breaks::starts, &Breaks::ends);
  return make_verb("breaks", "a list of breaks",
                   "Breaks of clerks, who finish the citizen first and come back when the break ends.", keys,
                   give_breaks);
}

}  // namespace pishkhan
