#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct Absence {
  StationChoice at;
  double probability = 0;
};

void set_absence(const Written<Absence>& item, VerbContext& context) {
  if (item->probability == 1) {
    context.refuse(item.at(&Absence::probability), "clerks who are never there",
                   "close the stations, or change their clerks with `staffing`");
    return;
  }
  const std::set<std::string> closed = context.closed_offices();
  std::set<std::string> closed_here;
  double stations = 0, changed = 0;
  context.for_stations(item, &Absence::at, [&](StationRules& rules, const std::string& id) {
    bool differs = false;
    for (auto& group : rules.groups)
      differs |= std::exchange(group.absence, item->probability) != item->probability;
    ++stations;
    if (closed.contains(id))
      closed_here.insert(id);
    else
      changed += differs ? 1 : 0;
  });
  context.note_closed(item.location(), closed_here);
  context.add_change(
      "stations with another absence", "stations", stations, changed,
      closed_here.empty() ? "the others had it already" : "the others had it already, or are closed");
}

}  // namespace

Verb absence_verb() {
  Section<Absence> keys("an absence");
  keys.required("at", &Absence::at, stations_value(), "Which offices or counters.");
  keys.required("probability", &Absence::probability, value::share(), "That a clerk is absent for a day.");
  return make_verb("absence", "a list of absences", "Absent clerks.", keys, set_absence);
}

}  // namespace pishkhan
