#include "models/plan/open_time.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "models/plan/run_hours.hpp"
#include "models/province/calendar.hpp"

namespace pishkhan {
namespace {

/// When a station is open.
enum class Open : std::uint8_t { never, in_warm_up, counted };

Open of_days(const Scenario& scenario, const StationRules& rules, DayNumber from_day, DayNumber until_day) {
  const Run& run = scenario.run;
  const auto& holidays = scenario.demand.holidays;
  Open open = Open::never;
  for (DayNumber day = std::max(run.start, from_day); day < std::min(run.start + run.days, until_day);
       ++day) {
    if (rules.doors_on(day)[static_cast<std::size_t>(weekday(day))].empty() ||
        std::binary_search(holidays.begin(), holidays.end(), day))
      continue;
    if (day >= run.start + run.warm_up_days) return Open::counted;
    open = Open::in_warm_up;
  }
  return open;
}

Open of_unbroken_run(const Run& run, const WeekHours& doors) {
  const Intervals open = lay_out(doors, run.start, run.length_s);
  if (open.empty()) return Open::never;
  return open.back().to_s > run.warm_up_s ? Open::counted : Open::in_warm_up;
}

/// Of stations that are not open: how many, and which is the first.
struct Group {
  std::size_t count = 0;
  std::string_view first;

  void add(std::string_view id) {
    if (count++ == 0) first = id;
  }
  [[nodiscard]] Notice notice(const char* key) const {
    return {key,
            {number_value("stations", static_cast<double>(count)), text_value("first", std::string(first))}};
  }
};

}  // namespace

std::vector<Notice> notices_of_open_time(const Scenario& scenario) {
  const Run& run = scenario.run;
  Group never, in_warm_up;
  bool any = false;
  const auto add = [&](std::string_view id, Open open) {
    if (open == Open::never) never.add(id);
    if (open == Open::in_warm_up) in_warm_up.add(id);
    any |= open == Open::counted;
  };
  for (const BareStation& station : scenario.stations) {
    add(station.id, run.length_s > 0 ? of_unbroken_run(run, station.rules.doors)
                                     : of_days(scenario, station.rules, INT32_MIN, INT32_MAX));
  }
  if (scenario.province) {
    for (const Office& office : scenario.province->offices) {
      if (office.from_day < run.start + run.days && office.until_day > run.start)
        add(office.id, of_days(scenario, office.rules, office.from_day, office.until_day));
    }
    for (const Counter& counter : scenario.province->counters)
      add(counter.id, of_days(scenario, counter.rules, INT32_MIN, INT32_MAX));
  }
  if (!any && in_warm_up.count > 0) return {Notice{"notice.open.none_in_counted_time"}};
  if (!any) return {Notice{"notice.open.none"}};
  std::vector<Notice> notices;
  if (never.count > 0) notices.push_back(never.notice("notice.open.never"));
  if (in_warm_up.count > 0) notices.push_back(in_warm_up.notice("notice.open.in_warm_up"));
  return notices;
}

}  // namespace pishkhan
