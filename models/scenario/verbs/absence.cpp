#include <optional>
#include <set>
#include <string>
#include <utility>

#include "models/scenario/verbs/clerk_count.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct Absence {
  StationChoice at;
  double probability = 0;
  DayNumber starts = kAlways;
  std::optional<DayNumber> ends;
};

void set_absence(const Written<Absence>& item, VerbContext& context) {
  if (item->probability == 1) {
    context.refuse(item.at(&Absence::probability), "clerks who are never there",
                   "close the stations, or change their clerks with `staffing`");
    return;
  }
  const auto [from, until] = context.days_of(item, &Absence::starts, &Absence::ends);
  const bool counted = !context.run_is_good || context.first_counted_day(from, until).has_value();
  const std::set<std::string> closed = context.closed_offices(from, until);
  std::set<std::string> closed_here;
  double stations = 0, changed = 0;
  context.for_stations(item, &Absence::at, [&](StationRules& rules, const std::string& id) {
    bool differs = false;
    for (const DayNumber day : {from, until}) split_groups(rules.groups, day);
    for (auto& group : rules.groups) {
      if (group.from_day < from || group.until_day > until) continue;
      differs |= std::exchange(group.absence, item->probability) != item->probability;
    }
    ++stations;
    if (closed.contains(id))
      closed_here.insert(id);
    else
      changed += differs ? 1 : 0;
  });
  // Where only some are closed, the others have the absence, and nothing asked for is lost.
  if (static_cast<double>(closed_here.size()) == stations) context.note_closed(item.location(), closed_here);
  const char* why = "it holds on no counted day";
  if (counted)
    why = closed_here.empty() ? "the others had it already" : "the others had it already, or are closed";
  context.add_change("stations with another absence", "stations", stations, counted ? changed : 0, why, from,
                     until);
}

}  // namespace

Verb absence_verb() {
  Section<Absence> keys("an absence");
  keys.required("at", &Absence::at, stations_value(), "Which offices or counters.");
  keys.required("probability", &Absence::probability, value::share(), "That a clerk is absent for a day.");
  add_days(keys, &Absence::starts, &Absence::ends);
  return make_verb("absence", "a list of absences", "Absent clerks.", keys, set_absence);
}

}  // namespace pishkhan
