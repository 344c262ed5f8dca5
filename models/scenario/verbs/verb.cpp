#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {

void VerbContext::notice(const Location& location, const std::string& what, const std::string& does) {
  const Mark& mark = location.node->mark;
  const std::string line = mark.line > 0 ? "line " + std::to_string(mark.line) : "no line";
  scenario.notices.push_back((mark.file ? *mark.file : "") + ": the " + what + " at " + line + ' ' + does);
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
