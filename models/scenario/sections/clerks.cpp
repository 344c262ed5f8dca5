#include "models/scenario/sections/clerks.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include "models/scenario/sections/break_keys.hpp"
#include "models/scenario/sections/selection.hpp"
#include "models/scenario/sections/station_rules.hpp"
#include "sim/station/station.hpp"

namespace pishkhan {
namespace {

bool is_interval(const Written<ClerksKeys>& item) {
  return item.has(&ClerksKeys::from_s) || item.has(&ClerksKeys::to_s);
}

/// The streams that a group can serve.
std::vector<ServiceId> skills_of(const Written<ClerksKeys>& group, const BareStation& station,
                                 Diagnostics& mistakes) {
  std::set<ServiceId> ids;
  std::vector<std::string_view> known;
  if (station.streams.empty()) return {};
  for (const auto& stream : station.streams) {
    if (stream.id.empty()) return {};  // its name could not be read
    known.push_back(stream.id);
  }
  for (const Name& name : group->skills) {
    const auto at = std::find(known.begin(), known.end(), name.text);
    if (at == known.end()) {
      const Location location{name.location.node, group.at(&ClerksKeys::skills).path};
      add_unknown(mistakes, location, "stream", name.text, known);
    } else {
      ids.insert(ServiceId(static_cast<std::size_t>(at - known.begin())));
    }
  }
  return {ids.begin(), ids.end()};
}

/// Adds the group with its break.
void add_turns(const Written<ClerkBreak>& pause, const ClerkGroup& group, StationRules& rules,
               Diagnostics& mistakes) {
  if (!pause.valid()) return;
  if (days_of_break(group, *pause).with_room == 0) {
    add_mistake(mistakes, pause.location(), "no shift has room for the break",
                "all its turns lie within a shift, with work before and after them: let it begin earlier or "
                "be shorter, or have fewer turns");
  }
  rules.breaks = true;
  for (ClerkGroup& turn : in_turns({group}, *pause)) rules.groups.push_back(std::move(turn));
}

void add_groups(const std::vector<Written<ClerksKeys>>& list, const Location& location, bool unbroken,
                BareStation& station, Diagnostics& mistakes) {
  std::set<std::string> ids;
  for (const auto& item : list) {
    ClerkGroup group;
    group.id = item->id.value_or("clerks-" + std::to_string(ids.size() + 1));
    if (!ids.insert(group.id).second) {
      add_mistake(mistakes, item.location(), "duplicate id " + in_backticks(group.id),
                  "groups of a station have ids of their own");
    }
    group.clerks = item->clerks;
    group.speed = item->speed;
    group.absence = item->absence;
    group.shifts = station.rules.doors;
    if (item.has(&ClerksKeys::shifts)) group.shifts = item->shifts;
    if (unbroken && group.absence > 0) {
      add_mistake(mistakes, item.at(&ClerksKeys::absence), "absence in an unbroken run",
                  "absence is drawn for a day: write a run by `days`");
    }
    group.skills = skills_of(item, station, mistakes);
    if (item->pause.exists()) {
      add_turns(item->pause, group, station.rules, mistakes);
      continue;
    }
    station.rules.groups.push_back(std::move(group));
  }
  if (const auto wrong = check_groups(station.rules, station.id))
    add_mistake(mistakes, location, wrong->problem, wrong->hint);
}

/// The intervals in order and disjoint; others are mistakes.
std::vector<HoursClerks> staffed_intervals(const std::vector<Written<ClerksKeys>>& list,
                                           Diagnostics& mistakes) {
  std::vector<HoursClerks> staffed;
  for (const auto& item : list) {
    const auto forbid = [&](auto member) {
      if (!item.has(member)) return;
      const Location& key = item.at(member);
      add_mistake(mistakes, key, in_backticks(key.key()) + " with clerks by interval",
                  "write groups with `shifts` instead of `from` and `to`");
    };
    forbid(&ClerksKeys::id);
    forbid(&ClerksKeys::skills);
    forbid(&ClerksKeys::speed);
    forbid(&ClerksKeys::absence);
    forbid(&ClerksKeys::shifts);
    forbid(&ClerksKeys::pause);
    if (!item.has(&ClerksKeys::from_s) || !item.has(&ClerksKeys::to_s))
      add_mistake(mistakes, item.location(), "an interval needs `from` and `to`");
    else
      add_interval({item->from_s, item->to_s}, item->clerks, item.location(), staffed, mistakes);
  }
  return staffed;
}

}  // namespace

Value<StationClerksKeys> station_clerks_value() {
  Section<ClerksKeys> keys("`{clerks}` with `from` and `to`, or a group of clerks", "clerks");
  keys.required("clerks", &ClerksKeys::clerks, value::whole(0, kMostClerks), "How many.");
  keys.optional("from", &ClerksKeys::from_s, value::any(Quantity::time_of_day),
                "Clerks by interval: its start. With to, instead of a group.");
  keys.optional("to", &ClerksKeys::to_s, value::any(Quantity::time_of_day), "Clerks by interval: its end.");
  keys.optional("id", &ClerksKeys::id, value::id(), "Name of the group.");
  keys.optional("skills", &ClerksKeys::skills, names_value(), "Streams the group can serve; left out: all.");
  keys.optional("speed", &ClerksKeys::speed, clerk_speed(), "Handling time is divided by it; left out: 1.");
  keys.optional("absence", &ClerksKeys::absence, value::share(),
                "Probability that a clerk is absent for a day; left out: 0.");
  keys.optional("shifts", &ClerksKeys::shifts, week_hours_value(),
                "When the group works; left out: while the doors are open.");
  Section<ClerkBreak> pause("a break of clerks");
  add_break_keys(pause, [](auto member) { return member; });
  keys.optional("break", &ClerksKeys::pause, pause,
                "A break in each day's shifts; who serves finishes the citizen first. Left out: none.");
  const auto number = value::made_from<StationClerksKeys, int>(value::whole(0, kMostClerks),
                                                               [](int count, const Location&, Diagnostics&) {
                                                                 return StationClerksKeys{count, false, {}};
                                                               });
  const auto unlimited = value::words<StationClerksKeys>(
      {{"unlimited", StationClerksKeys{{}, true, {}}, "A clerk for everybody: nobody waits."}});
  return value::either<StationClerksKeys>(
      "", "a number of clerks, `unlimited`, or a list of `{clerks, ...}`",
      {unlimited, number,
       value::part(&StationClerksKeys::list, list_of(keys, 1, "a list of `{clerks, ...}`"))});
}

void add_interval(Interval interval, int clerks, const Location& location, std::vector<HoursClerks>& staffed,
                  Diagnostics& mistakes) {
  if (interval.to_s <= interval.from_s) {
    add_mistake(mistakes, location, "the interval ends before it starts",
                "hours past midnight belong to the next day");
  } else if (!staffed.empty() && interval.from_s < staffed.back().hours.front().back().to_s) {
    add_mistake(mistakes, location, "the interval overlaps the one before",
                "order the intervals by time, without overlap");
  } else {
    staffed.emplace_back().hours.fill({interval});
    staffed.back().clerks = clerks;
  }
}

std::optional<Misread> check_groups(const StationRules& rules, const std::string& station) {
  std::int64_t clerks = 0;
  for (const ClerkGroup& group : rules.groups) clerks += group.clerks;
  if (clerks > kMostClerks) {
    return Misread{in_backticks(station) + " gets " + std::to_string(clerks) + " clerks",
                   "at most " + std::to_string(kMostClerks)};
  }
  if (rules.groups.size() <= kMostSkillSets) return std::nullopt;
  std::set<std::vector<ServiceId>> sets;
  for (const ClerkGroup& group : rules.groups) sets.insert(group.skills);
  if (sets.size() <= kMostSkillSets) return std::nullopt;
  return Misread{
      in_backticks(station) + " gets clerks of " + std::to_string(sets.size()) + " kinds by skills",
      "at most " + std::to_string(kMostSkillSets) + "; groups of the same skills are of one kind"};
}

void add_clerks(const StationClerksKeys& clerks, const Location& location, bool unbroken,
                BareStation& station, Diagnostics& mistakes) {
  station.rules.unlimited_clerks = clerks.unlimited;
  if (clerks.unlimited) return;
  if (clerks.number) {
    ClerkGroup group;
    group.id = "clerks";
    group.clerks = *clerks.number;
    group.shifts = station.rules.doors;
    station.rules.groups.push_back(std::move(group));
    return;
  }
  const auto intervals = std::count_if(clerks.list.begin(), clerks.list.end(), is_interval);
  if (intervals == 0) {
    add_groups(clerks.list, location, unbroken, station, mistakes);
  } else if (static_cast<std::size_t>(intervals) != clerks.list.size()) {
    add_mistake(mistakes, location, "clerks by interval and groups of clerks are mixed",
                "write groups with `shifts` instead of `from` and `to`");
  } else {
    for (ClerkGroup& group : groups_by_level(staffed_intervals(clerks.list, mistakes)))
      station.rules.groups.push_back(std::move(group));
  }
}

}  // namespace pishkhan
