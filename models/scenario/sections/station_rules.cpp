#include "models/scenario/sections/station_rules.hpp"

#include <algorithm>
#include <optional>

#include "models/scenario/schema/section.hpp"

namespace pishkhan {
namespace {

/// Hours of a day written as a list.
Value<Intervals> interval_list() {
  return value::made_from<Intervals, std::vector<Intervals>>(
      value::list(value::intervals(), 1),
      [](const std::vector<Intervals>& parts, const Location& location, Diagnostics& mistakes) {
        Intervals hours;
        for (const Intervals& part : parts) hours.insert(hours.end(), part.begin(), part.end());
        std::sort(hours.begin(), hours.end(),
                  [](const Interval& a, const Interval& b) { return a.from_s < b.from_s; });
        const auto overlap = std::adjacent_find(
            hours.begin(), hours.end(), [](const auto& a, const auto& b) { return b.from_s < a.to_s; });
        if (overlap != hours.end()) add_mistake(mistakes, location, "the hours overlap");
        merge_touching(hours);
        return hours;
      });
}

/// The same hours on every day.
template <class Week>
Value<Week> on_every_day(Value<Intervals> hours) {
  return value::made_from<Week, Intervals>(std::move(hours),
                                           [](const Intervals& of_day, const Location&, Diagnostics&) {
                                             Week week;
                                             week.fill(of_day);
                                             return week;
                                           });
}

struct WeekKeys {
  std::optional<Intervals> every_day;
  std::optional<Intervals> full_days;  ///< Saturday to Wednesday
  std::array<std::optional<Intervals>, 7> days;
};

/// `Week`: WeekHours, or ChangedHours. `others` says what becomes of a day in no key.
template <class Week>
Value<Week> by_weekday(const Value<Intervals>& day, const std::string& others) {
  Section<WeekKeys> keys("hours by weekday");
  keys.optional("every-day", &WeekKeys::every_day, day, "All seven days.");
  keys.optional("saturday-wednesday", &WeekKeys::full_days, day,
                "The five full days; goes before every-day.");
  std::size_t i = 0;
  for (const char* name : {"saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"}) {
    const auto of_day = [i](WeekKeys& week) -> std::optional<Intervals>& { return week.days[i]; };
    keys.optional(name, of_day, day, "This day; goes before the groups. A day in no key " + others);
    ++i;
  }
  return value::made_from<Week, WeekKeys>(keys, [](const WeekKeys& written, const Location&, Diagnostics&) {
    Week week;
    if (written.every_day) week.fill(*written.every_day);
    if (written.full_days) std::fill(week.begin(), week.begin() + 5, *written.full_days);
    for (std::size_t d = 0; d < week.size(); ++d)
      if (written.days[d]) week[d] = *written.days[d];
    return week;
  });
}

template <class Week>
Value<Week> hours_value(const std::string& name, const std::string& others) {
  const Value<Intervals> interval = value::intervals(), list = interval_list();
  const Value<Intervals> day = value::either<Intervals>("", "hours such as `08:00-14:00`", {interval, list});
  return value::either<Week>(
      name, "hours such as `08:00-14:00`, or a map of weekdays to hours",
      {on_every_day<Week>(interval), on_every_day<Week>(list), by_weekday<Week>(day, others)});
}

struct BalkingKeys {
  using Point = std::pair<double, double>;
  bool per_clerk = false;
  std::vector<Written<Point>> points;
};

Balking balking_of(const BalkingKeys& keys, Diagnostics& mistakes) {
  Balking balking{keys.per_clerk, {}};
  for (const auto& point : keys.points) {
    if (!balking.points.empty() && point->first <= balking.points.back().first) {
      add_mistake(mistakes, point.location(), "the points do not ascend in waiting",
                  "order them from fewest to most waiting");
      return balking;
    }
    balking.points.push_back(*point);
  }
  return balking;
}

}  // namespace

Value<WeekHours> week_hours_value() { return hours_value<WeekHours>("hours", "is closed."); }

Value<ChangedHours> changed_hours_value() {
  return hours_value<ChangedHours>("changed_hours", "keeps its hours.");
}

Value<Balking> balking_value() {
  using Point = BalkingKeys::Point;
  Section<Point> point("`{waiting, probability}`");
  point.required("waiting", &Point::first, value::amount(Quantity::number),
                 "Number waiting (for each clerk, if per is clerk).");
  point.required("probability", &Point::second, value::share(),
                 "Probability that an arriving citizen balks.");
  Section<BalkingKeys> keys("`{per, points}`");
  keys.optional("per", &BalkingKeys::per_clerk,
                value::words<bool>({{"queue", false, "The number waiting counts."},
                                    {"clerk", true,
                                     "The number waiting for each clerk on shift counts; while none is, for "
                                     "each clerk whom the next shift brings."}}),
                "What waiting is measured by.", "queue");
  keys.required("points", &BalkingKeys::points, list_of(point, 1, "a list of `{waiting, probability}`"),
                "Linear between the points, constant beyond the first and the last.");
  return value::either<Balking>(
      "balking", "`never` or `{per, points}`",
      {value::words<Balking>({{"never", Balking{}, "Nobody balks, but where the room is full."}}),
       value::made_from<Balking, BalkingKeys>(
           keys, [](const BalkingKeys& written, const Location&, Diagnostics& mistakes) {
             return balking_of(written, mistakes);
           })});
}

bool ever_works(const StationRules& rules, const ClerkGroup& group) {
  if (group.clerks <= 0 || group.absence >= 1) return false;
  if (meet_in_week(group.shifts, rules.doors)) return true;
  return std::any_of(rules.dated_doors.begin(), rules.dated_doors.end(), [&](const DatedDoors& dated) {
    return dated.from_day < group.until_day && group.from_day < dated.until_day &&
           meet_in_week(group.shifts, dated.doors);
  });
}

Value<bool> after_shift_value() {
  return value::words<bool>(
      {{"in_addition", false, "Who finishes a citizen after the shift does so beside those on duty."},
       {"counted", true,
        "Who finishes a citizen after the shift counts among those on duty, and one of them waits."}});
}

Value<ClosingRule> closing_value() {
  Section<ClosingRule> keys("`{at_most}`");
  keys.required("at_most", &ClosingRule::at_most_s, value::positive(Quantity::duration),
                "Those inside at closing are served for so long; who still waits then is sent away, unless "
                "the doors open again before.");
  return value::either<ClosingRule>(
      "closing", "`serve_out`, `send_away` or `{at_most: 30 min}`",
      {value::words<ClosingRule>(
           {{"serve_out", Closing::serve_out, "Everyone inside at closing is served."},
            {"send_away", Closing::send_away, "Everyone still waiting at closing is sent away."}}),
       Value<ClosingRule>(keys)});
}

}  // namespace pishkhan
