#include "models/scenario/verbs/hours.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "models/province/calendar.hpp"
#include "models/scenario/sections/station_rules.hpp"
#include "models/scenario/verbs/clerk_count.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct ChangeHours {
  StationChoice at;
  ChangedHours hours;
  DayNumber starts = kAlways;
  std::optional<DayNumber> ends;
  double brings = 0;
};

/// A change of the hours of stations, on days from_day <= day < until_day.
class HoursChange {
 public:
  /// `weekdays`: on which it holds on some day of the run.
  HoursChange(const ChangedHours& hours, double brings, DayNumber from_day, DayNumber until_day,
              const std::array<bool, kDaysPerWeek>& weekdays)
      : hours_(hours), brings_(brings), from_day_(from_day), until_day_(until_day), weekdays_(weekdays) {}

  /// Whether anything differs now. Clerks get the new hours of a day as their shifts.
  bool apply(StationRules& rules) {
    bool differs = false;
    if (from_day_ == kAlways && until_day_ == kForGood) {
      differs = change(rules.doors, rules.brings);
      for (DatedDoors& dated : rules.dated_doors) differs |= change(dated.doors, dated.brings);
    } else {
      differs = apply_dated(rules);
    }
    for (const DayNumber day : {from_day_, until_day_}) split_groups(rules.groups, day);
    for (ClerkGroup& group : rules.groups) {
      if (group.from_day < from_day_ || group.until_day > until_day_) continue;
      for (std::size_t day = 0; day < hours_.size(); ++day)
        if (hours_[day]) differs |= std::exchange(group.shifts[day], *hours_[day]) != *hours_[day];
    }
    return differs;
  }

  /// Weekdays on which stations were open and are no more.
  [[nodiscard]] const std::set<std::size_t>& closed() const { return closed_; }
  /// Whether a station is open longer on a day on which it was open.
  [[nodiscard]] bool is_longer() const { return longer_; }
  /// Whether a station's doors bring nobody any more, and others did.
  [[nodiscard]] bool brings_no_more() const { return brings_no_more_; }

 private:
  bool change(WeekHours& doors, BroughtDemand& brings) {
    bool differs = false;
    for (std::size_t day = 0; day < doors.size(); ++day) {
      if (!hours_[day]) continue;
      const double before_s = time_within(doors[day], 0, kSecondsPerDay),
                   after_s = time_within(*hours_[day], 0, kSecondsPerDay);
      if (before_s > 0 && after_s == 0 && weekdays_[day]) closed_.insert(day);
      longer_ |= before_s > 0 && after_s > before_s && weekdays_[day];
      differs |= std::exchange(doors[day], *hours_[day]) != *hours_[day];
      const double share = hours_[day]->empty() ? 0 : brings_;
      brings_no_more_ |= brings[day] > 0 && share == 0 && after_s > 0 && weekdays_[day];
      differs |= std::exchange(brings[day], share) != share;
    }
    return differs;
  }

  /// Cuts the days into those before, within and after the change.
  bool apply_dated(StationRules& rules) {
    std::vector<DatedDoors> cut;
    const auto add = [&](const DatedDoors& of, DayNumber from, DayNumber until) {
      if (from >= until) return;
      cut.push_back(of);
      cut.back().from_day = from;
      cut.back().until_day = until;
    };
    bool differs = false;
    const auto add_changed = [&](DatedDoors of, DayNumber from, DayNumber until) {
      if (from < until) differs |= change(of.doors, of.brings);
      add(of, from, until);
    };
    const DatedDoors usual{rules.doors, rules.brings};
    DayNumber at = from_day_;
    for (const DatedDoors& dated : rules.dated_doors) {
      add(dated, dated.from_day, std::min(dated.until_day, from_day_));
      const DayNumber from = std::max(dated.from_day, at), until = std::min(dated.until_day, until_day_);
      if (from < until) {
        add_changed(usual, at, from);
        add_changed(dated, from, until);
        at = until;
      }
      add(dated, std::max(dated.from_day, until_day_), dated.until_day);
    }
    add_changed(usual, at, until_day_);
    std::sort(cut.begin(), cut.end(),
              [](const DatedDoors& a, const DatedDoors& b) { return a.from_day < b.from_day; });
    rules.dated_doors = std::move(cut);
    return differs;
  }

  const ChangedHours& hours_;
  double brings_;
  DayNumber from_day_, until_day_;
  std::array<bool, kDaysPerWeek> weekdays_;
  std::set<std::size_t> closed_;
  bool longer_ = false, brings_no_more_ = false;
};

/// Doors of a station that are open on no day cannot bring anybody.
void check_brings(const Written<ChangeHours>& item, VerbContext& context) {
  const bool opens = std::any_of(item->hours.begin(), item->hours.end(),
                                 [](const std::optional<Intervals>& day) { return day && !day->empty(); });
  if (item->brings > 0 && !opens) {
    context.refuse(item.at(&ChangeHours::brings), "closed doors that bring citizens",
                   "write hours, or leave `brings` out");
  }
}

void change_hours(const Written<ChangeHours>& item, VerbContext& context) {
  const Selection at = context.select.stations(item->at, item.at(&ChangeHours::at));
  if (!item.has_valid(&ChangeHours::hours)) return;
  if (std::none_of(item->hours.begin(), item->hours.end(), [](const auto& day) { return day.has_value(); })) {
    context.refuse(item.at(&ChangeHours::hours), "no weekday is named", "write hours, or `closed`");
    return;
  }
  check_brings(item, context);
  const auto [starts, until] = context.days_of(item, &ChangeHours::starts, &ChangeHours::ends);
  VerbContext::NewHours hours;
  hours.location = item.location();
  hours.brings = item->brings;
  hours.from_day = starts;
  hours.until_day = until;
  for (std::size_t day = 0; day < hours.hours.size(); ++day)
    hours.changes_weekday[day] = item->hours[day].has_value() && context.has_weekday(day, starts, until);
  HoursChange change(item->hours, item->brings, starts, until, hours.changes_weekday);
  for (const OfficeId id : at.offices)
    if (change.apply(context.province.offices[id.index()].rules)) hours.offices.push_back(id);
  for (const CounterId id : at.counters)
    if (change.apply(context.province.counters[id.index()].rules)) hours.counters.push_back(id);
  const bool counted = !context.run_is_good || context.first_counted_day(starts, until).has_value();
  const auto changed = static_cast<double>(hours.offices.size() + hours.counters.size());
  hours.change = context.scenario.changes.size();
  context.add_change("stations with other hours", "stations",
                     static_cast<double>(at.offices.size() + at.counters.size()), counted ? changed : 0,
                     counted ? "the others had them already" : "it holds on no counted day", starts, until);
  if (!change.closed().empty())
    context.notice(item.location(), "notice.hours.close", {weekdays_value("days", change.closed())});
  if (change.brings_no_more()) context.notice(item.location(), "notice.hours.brings_no_more");
  hours.longer = change.is_longer();
  for (std::size_t day = 0; day < hours.hours.size(); ++day)
    if (hours.changes_weekday[day]) hours.hours[day] = *item->hours[day];
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

/// Of the hours' counted days those on which they hold: on their weekdays, and on no holiday.
std::vector<DayNumber> days_of(const VerbContext::NewHours& hours, const VerbContext& context) {
  const Run& run = context.scenario.run;
  const std::vector<DayNumber>& holidays = context.scenario.demand.holidays;
  std::vector<DayNumber> days;
  const DayNumber end = std::min(hours.until_day, run.start + run.days);
  for (DayNumber day = std::max(hours.from_day, run.start + run.warm_up_days); day < end; ++day) {
    if (hours.changes_weekday[static_cast<std::size_t>(weekday(day))] &&
        !std::binary_search(holidays.begin(), holidays.end(), day))
      days.push_back(day);
  }
  return days;
}

/// Says of hours that hold on no counted day, or at offices that are closed then, that they change nothing.
void complete_change(const VerbContext::NewHours& hours, VerbContext& context) {
  Change& change = context.scenario.changes[hours.change];
  if (change.reached == 0) return;
  const std::vector<DayNumber> days = days_of(hours, context);
  change.counted_days = static_cast<double>(days.size());
  if (days.empty()) {
    change.reached = 0;
    change.why = "it holds on no counted day";
    return;
  }
  for (const OfficeId id : hours.offices) {
    const Office& office = context.province.offices[id.index()];
    const auto day = std::lower_bound(days.begin(), days.end(), office.from_day);
    if (day != days.end() && *day < office.until_day) continue;
    --change.reached;
    change.why = "some of the offices are closed";
  }
}

}  // namespace

void note_hours_without_demand(VerbContext& context) {
  const DemandRules& demand = context.scenario.demand;
  for (const VerbContext::NewHours& hours : context.new_hours) {
    if (context.run_is_good) complete_change(hours, context);
    std::set<std::size_t> no_demand, nobody_comes;
    for (std::size_t day = 0; day < hours.hours.size(); ++day) {
      const bool has_demand = demand.weekday[day] > 0 || hours.brings > 0;
      if (!hours.hours[day].empty() && !has_demand) no_demand.insert(day);
      for (const Interval& door : hours.hours[day]) {
        const bool comes =
            std::any_of(hours.stations.begin(), hours.stations.end(), [&](const auto& station) {
              return has_arrivals(demand.profile[static_cast<std::size_t>(station.first)]
                                                [static_cast<std::size_t>(station.second)],
                                  door);
            });
        if (!comes && has_demand) nobody_comes.insert(day);
      }
    }
    if (!no_demand.empty())
      context.notice(hours.location, "notice.hours.no_demand", {weekdays_value("days", no_demand)});
    if (!nobody_comes.empty())
      context.notice(hours.location, "notice.hours.no_arrivals", {weekdays_value("days", nobody_comes)});
    if (hours.longer && hours.brings == 0) context.notice(hours.location, "notice.hours.same_demand");
  }
}

Verb hours_verb() {
  Section<ChangeHours> keys("new hours");
  keys.required("at", &ChangeHours::at, stations_value(), "Which offices or counters.");
  keys.required("hours", &ChangeHours::hours, changed_hours_value(),
                "Doors, and the clerks' shifts; a map of weekdays changes these alone.");
  add_days(keys, &ChangeHours::starts, &ChangeHours::ends);
  keys.optional("brings", &ChangeHours::brings, value::share(),
                "Citizens whom these hours bring besides on each of their days, as a share of what the "
                "station has on an ordinary weekday; left out: none.");
  return make_verb("hours", "a list of new hours", "Other hours at some stations.", keys, change_hours);
}

}  // namespace pishkhan
