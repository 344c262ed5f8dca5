#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {

void VerbContext::notice(const Location& location, const std::string& what, const std::string& does) {
  scenario.notices.push_back(
      {"the " + what + ' ' + in_backticks(location.path) + ' ' + does, location_of(location.node->mark)});
}

void VerbContext::note_outside_run(const Location& location, const std::string& what, DayNumber starts,
                                   DayNumber ends) {
  const Run& run = scenario.run;
  if (!run_is_good) return;
  if (starts >= run.start + run.days)
    notice(location, what, "begins after the run");
  else if (ends <= run.start)
    notice(location, what, "is over before the run");
}

}  // namespace pishkhan
