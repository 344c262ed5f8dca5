#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "models/scenario/clerk_levels.hpp"
#include "models/scenario/sections/clerks.hpp"
#include "models/scenario/sections/station_rules.hpp"
#include "models/scenario/verbs/clerk_count.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

/// Clerks in an interval of every day.
struct IntervalKeys {
  double from_s = 0, to_s = 0;
  int clerks = 0;
};

/// A change of the number, or the numbers by interval.
struct StaffingClerks {
  CountChange change{CountChange::Kind::add, 0};
  std::vector<Written<IntervalKeys>> intervals;
};

struct Staffing {
  StationChoice at;
  StaffingClerks clerks;
  DayNumber starts = kAlways;
  std::optional<DayNumber> ends;
  // Of the added clerks:
  std::optional<WeekHours> shifts;
  std::optional<ServiceChoice> skills;
  std::optional<double> speed;
};

Value<StaffingClerks> staffing_clerks_value() {
  Section<IntervalKeys> keys("clerks in an interval", "interval_clerks");
  keys.required("from", &IntervalKeys::from_s, value::any(Quantity::time_of_day), "Start of the interval.");
  keys.required("to", &IntervalKeys::to_s, value::any(Quantity::time_of_day), "Its end.");
  keys.required("clerks", &IntervalKeys::clerks, value::whole(0, kMostClerks), "How many work in it.");
  return value::either<StaffingClerks>(
      "", "a number such as `3`, `+1` or `+20%`, or a list of `{from, to, clerks}`",
      {value::part(&StaffingClerks::change, value::change(Quantity::clerks)),
       value::part(&StaffingClerks::intervals, list_of(keys, 1, "a list of `{from, to, clerks}`"))});
}

Section<Staffing> keys_of_staffing() {
  Section<Staffing> keys("a staffing change", "staffing");
  keys.required("at", &Staffing::at, stations_value(), "Which offices or counters.");
  keys.required("clerks", &Staffing::clerks, staffing_clerks_value(),
                "`3` clerks, `+1`, `-1` each, or `+20%` of all together; or so many by interval, within the "
                "doors.");
  keys.optional("starts", &Staffing::starts, value::date(), "First day; left out: always.");
  keys.optional("ends", &Staffing::ends, value::date(), "Last day; left out: for good.");
  keys.optional("shifts", &Staffing::shifts, week_hours_value(),
                "Hours of the added clerks (a new group); left out: as the others.");
  keys.optional("skills", &Staffing::skills, services_value(),
                "Services the added clerks can give; left out: all.");
  keys.optional("speed", &Staffing::speed, clerk_speed(), "Speed of the added clerks; left out: 1.");
  return keys;
}

void refuse_count(ClerkCount count, const Location& clerks, const std::string& station,
                  VerbContext& context) {
  const std::string change = in_backticks(clerks.node->text), where = in_backticks(station);
  if (count == ClerkCount::too_few) {
    context.refuse(clerks, change + " leaves " + where + " with fewer than no clerks",
                   "select stations that have as many");
  } else {
    context.refuse(clerks, change + " gives " + where + " too many clerks",
                   "at most " + std::to_string(kMostClerks));
  }
}

/// Counts the clerks that a change adds on its first counted day. Where it has none, it asks for those of its
/// first day after the run, or of its last before.
class AddedClerks {
 public:
  AddedClerks(const CountChange& change, DayNumber starts, DayNumber ends, const VerbContext& context)
      : change_(change),
        starts_(starts),
        ends_(ends),
        closed_(context.closed_offices(starts, ends)),
        counted_(context.first_counted_day(starts, ends).has_value()) {
    const Run& run = context.scenario.run;
    day_ = std::max(starts, run.start + run.warm_up_days);
    if (!counted_ && starts < run.start + run.days) day_ = ends - 1;
  }

  void before(const StationRules& rules, const std::string& station) {
    const double clerks = clerks_on_day(rules);
    if (closed_.contains(station))
      closed_here_.insert(station);
    else
      before_ += clerks;
    asked_ += change_.exactly_applied_to(clerks) - clerks;
  }
  void after(const StationRules& rules, const std::string& station) {
    if (!closed_.contains(station)) after_ += clerks_on_day(rules);
  }
  void tell(const Location& item, VerbContext& context,
            const char* otherwise = "clerks are whole numbers") const {
    context.note_closed(item, closed_here_);
    const char* why = "it holds on no counted day";
    if (counted_) why = closed_here_.empty() ? otherwise : "some of the offices are closed";
    context.add_change("clerks added", "clerks", asked_, counted_ ? after_ - before_ : 0, why, starts_,
                       ends_);
  }

 private:
  [[nodiscard]] double clerks_on_day(const StationRules& rules) const {
    double clerks = 0;
    for (const ClerkGroup& group : rules.groups)
      if (group.from_day <= day_ && day_ < group.until_day) clerks += group.clerks;
    return clerks;
  }

  const CountChange& change_;
  DayNumber starts_, ends_;
  std::set<std::string> closed_;       ///< offices that are closed while it holds
  std::set<std::string> closed_here_;  ///< of them, those that it changes
  bool counted_;                       ///< whether it holds on a counted day
  DayNumber day_;
  double before_ = 0, after_ = 0, asked_ = 0;
};

/// The days of a change at a station, cut where its doors change: each beginning, and the end.
std::vector<DayNumber> days_of_doors(const StationRules& rules, const ClerkGroup& days) {
  std::vector<DayNumber> bounds = rules.door_changes(days.from_day, days.until_day);
  bounds.insert(bounds.begin(), days.from_day);
  bounds.push_back(days.until_day);
  return bounds;
}

/// Adds clerks with hours, skills or a speed of their own, as a group.
void add_group(const Written<Staffing>& item, ClerkGroup group, VerbContext& context) {
  group.clerks = static_cast<int>(item->clerks.change.value);
  if (item->speed) group.speed = *item->speed;
  bool told = false;
  AddedClerks added(item->clerks.change, group.from_day, group.until_day, context);
  std::size_t shut_out = 0;
  context.for_stations(item, &Staffing::at, [&](StationRules& rules, const std::string& id) {
    added.before(rules, id);
    const std::size_t groups_before = rules.groups.size();
    const std::vector<DayNumber> bounds = days_of_doors(rules, group);
    bool works = false;
    for (std::size_t k = 0; k + 1 < bounds.size(); ++k) {
      ClerkGroup& part = rules.groups.emplace_back(group);
      part.id = "added-" + std::to_string(rules.groups.size() - 1);
      part.from_day = bounds[k];
      part.until_day = bounds[k + 1];
      part.shifts = item->shifts.value_or(rules.doors_on(bounds[k]));
      works |= meet_in_week(part.shifts, rules.doors_on(bounds[k]));
    }
    shut_out += !works;
    added.after(rules, id);
    const auto wrong = check_groups(rules, id);
    if (!wrong || !context.tables_are_good) return;
    rules.groups.resize(groups_before);
    if (std::exchange(told, true)) return;
    context.refuse(item.at(&Staffing::clerks), wrong->problem, wrong->hint);
  });
  added.tell(item.location(), context);
  if (shut_out == 0) return;
  context.notice(item.location(), "notice.shifts_miss_doors",
                 {number_value("stations", static_cast<double>(shut_out))});
}

/// A percentage is one of all the selected stations' clerks together.
void scale_staffing(const Written<Staffing>& item, const ClerkGroup& days, VerbContext& context) {
  const Location& clerks = item.at(&Staffing::clerks);
  std::vector<StationClerks> stations;
  AddedClerks added(item->clerks.change, days.from_day, days.until_day, context);
  context.for_stations(item, &Staffing::at, [&](StationRules& rules, const std::string& id) {
    stations.push_back({id, &rules});
    added.before(rules, id);
  });
  const SharedClerks done = scale_clerks(stations, item->clerks.change.value, days.from_day, days.until_day);
  if (done.count != ClerkCount::possible) return refuse_count(done.count, clerks, done.station, context);
  for (const StationClerks& station : stations) added.after(*station.rules, station.id);
  added.tell(item.location(), context);
  if (stations.empty()) return;
  const ClerksReached& first = done.reached.front();
  context.scenario.notices.push_back({"notice.clerks_scaled",
                                      {number_value("percent", 100 * item->clerks.change.value),
                                       number_value("stations", static_cast<double>(stations.size())),
                                       number_value("before", static_cast<double>(first.before)),
                                       number_value("after", static_cast<double>(first.after))}});
}

/// Gives stations clerks by interval instead of those that they have.
void staff_by_interval(const Written<Staffing>& item, const ClerkGroup& days, VerbContext& context) {
  const Location& clerks = item.at(&Staffing::clerks);
  if (item->shifts || item->skills || item->speed) {
    context.refuse(clerks, "shifts, skills or speed with clerks by interval",
                   "only clerks added with `+` can have their own");
  }
  std::vector<HoursClerks> asked;
  for (const Written<IntervalKeys>& one : item->clerks.intervals)
    add_interval({one->from_s, one->to_s}, one->clerks, one.location(), asked, context.mistakes);
  int most = 0;
  for (const HoursClerks& one : asked) most = std::max(most, one.clerks);
  const CountChange change{CountChange::Kind::set, static_cast<double>(most)};
  AddedClerks added(change, days.from_day, days.until_day, context);
  std::size_t shut_out = 0;
  context.for_stations(item, &Staffing::at, [&](StationRules& rules, const std::string& id) {
    added.before(rules, id);
    const std::vector<DayNumber> bounds = days_of_doors(rules, days);
    bool works = false;
    for (std::size_t k = 0; k + 1 < bounds.size(); ++k) {
      std::vector<HoursClerks> inside = asked;
      for (HoursClerks& one : inside) one.hours = common_hours(one.hours, rules.doors_on(bounds[k]));
      std::vector<ClerkGroup> groups = groups_by_level(inside);
      std::erase_if(groups, [](const ClerkGroup& group) {
        return std::all_of(group.shifts.begin(), group.shifts.end(),
                           [](const Intervals& day) { return day.empty(); });
      });
      works |= !groups.empty();
      replace_clerks(rules, groups, bounds[k], bounds[k + 1]);
    }
    shut_out += !works;
    added.after(rules, id);
  });
  added.tell(item.location(), context, "some hours are outside the doors");
  if (shut_out > 0) {
    context.notice(item.location(), "notice.shifts_miss_doors",
                   {number_value("stations", static_cast<double>(shut_out))});
  }
}

void change_staffing(const Written<Staffing>& item, VerbContext& context) {
  ClerkGroup days;
  days.from_day = item->starts;
  days.until_day = item->ends ? *item->ends + 1 : kForGood;
  if (days.from_day >= days.until_day) {
    context.refuse(item.at(&Staffing::ends), "it ends before it starts");
    days.until_day = kForGood;
  }
  context.note_outside_run(item.location(), days.from_day, days.until_day);
  if (!item->clerks.intervals.empty()) return staff_by_interval(item, days, context);
  const Location& clerks = item.at(&Staffing::clerks);
  const CountChange& change = item->clerks.change;
  if (item->skills && !item->skills->all)
    days.skills = context.select.services(*item->skills, item.at(&Staffing::skills));
  if (item->shifts || item->skills || item->speed) {
    if (change.kind == CountChange::Kind::add && change.value > 0)
      return add_group(item, std::move(days), context);
    if (change.kind == CountChange::Kind::scale) {
      context.refuse(clerks, "shifts, skills or speed with a percentage of clerks",
                     "only a number of clerks added, such as `+1`, can have their own");
    } else {
      context.refuse(clerks, "shifts, skills or speed without added clerks",
                     "only clerks added with `+` can have their own");
    }
    context.select.stations(item->at, item.at(&Staffing::at));
    return;
  }
  if (change.kind == CountChange::Kind::scale) return scale_staffing(item, days, context);
  bool told = false;
  AddedClerks added(item->clerks.change, days.from_day, days.until_day, context);
  context.for_stations(item, &Staffing::at, [&](StationRules& rules, const std::string& id) {
    added.before(rules, id);
    const ClerkCount count = change_clerks(rules, change, days.from_day, days.until_day);
    added.after(rules, id);
    if (count == ClerkCount::possible || told || !context.tables_are_good) return;
    told = true;
    refuse_count(count, clerks, id, context);
  });
  added.tell(item.location(), context);
}

}  // namespace

Verb staffing_verb() {
  return make_verb("staffing", "a list of staffing changes", "More or fewer clerks, in the order written.",
                   keys_of_staffing(), change_staffing);
}

}  // namespace pishkhan
