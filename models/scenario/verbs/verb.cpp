#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {

void VerbContext::notice(const Location& location, std::string key, std::vector<NoticeValue> values) {
  values.push_back(text_value("item", location.path));
  scenario.notices.push_back({std::move(key), std::move(values), location_of(location.node->mark)});
}

void VerbContext::note_outside_run(const Location& location, DayNumber starts, DayNumber ends) {
  const Run& run = scenario.run;
  if (!run_is_good) return;
  if (starts >= run.start + run.days)
    notice(location, "notice.begins_after_run");
  else if (ends <= run.start)
    notice(location, "notice.is_over_before_run");
}

bool VerbContext::has_weekday(std::size_t day_of_week, DayNumber starts, DayNumber ends) const {
  if (!run_is_good) return true;
  const Run& run = scenario.run;
  const DayNumber begin = std::max(starts, run.start), end = std::min(ends, run.start + run.days);
  for (DayNumber day = begin; day < std::min(end, begin + static_cast<int>(kDaysPerWeek)); ++day)
    if (static_cast<std::size_t>(weekday(day)) == day_of_week) return true;
  return false;
}

std::set<std::string> VerbContext::closed_offices(DayNumber starts, DayNumber ends) const {
  std::set<std::string> closed;
  if (!first_counted_day(starts, ends)) return closed;
  for (const Office& office : province.offices) {
    if (!first_counted_day(std::max(starts, office.from_day), std::min(ends, office.until_day)))
      closed.insert(office.id);
  }
  return closed;
}

void VerbContext::note_closed(const Location& location, const std::set<std::string>& offices) {
  if (offices.empty()) return;
  notice(
      location, "notice.changes_closed",
      {number_value("stations", static_cast<double>(offices.size())), text_value("first", *offices.begin())});
}

}  // namespace pishkhan
