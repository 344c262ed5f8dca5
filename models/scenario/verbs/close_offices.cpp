#include <algorithm>

#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct CloseOffices {
  StationChoice at;
  DayNumber starts = kAlways;
};

void close(const Written<CloseOffices>& item, VerbContext& context) {
  const Location& at = item.at(&CloseOffices::at);
  const Selection selection = context.select.stations(item->at, at);
  if (!selection.counters.empty()) {
    context.refuse(at, "counters among the offices to close",
                   "select offices; a counter is emptied by migrations");
    return;
  }
  double closed = 0;
  for (const OfficeId id : selection.offices) {
    Office& office = context.province.offices[id.index()];
    const DayNumber starts = std::max(item->starts, office.from_day);
    closed += context.first_counted_day(starts, office.until_day) ? 1 : 0;
    office.until_day = std::min(office.until_day, item->starts);
  }
  context.note_outside_run(item.location(), item->starts, kForGood);
  context.add_change("offices closed", "offices", static_cast<double>(selection.offices.size()), closed,
                     "the others were closed already, or close on no counted day", item->starts);
}

}  // namespace

Verb close_offices_verb() {
  Section<CloseOffices> keys("a closure");
  keys.required("at", &CloseOffices::at, stations_value(), "Which offices.");
  keys.optional("starts", &CloseOffices::starts, value::date(), "First day closed; left out: always.");
  return make_verb("close_offices", "a list of closures", "Offices closed for good.", keys, close);
}

}  // namespace pishkhan
