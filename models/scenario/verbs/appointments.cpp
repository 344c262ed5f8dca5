#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "models/scenario/verbs/verb.hpp"
#include "sim/station/station.hpp"

namespace pishkhan {
namespace {

constexpr double kMostSlots = 10'000;
constexpr int kMostDaysAhead = 366;
/// A visit keeps the number of its item, and 0 stands for none.
constexpr std::size_t kMostItems = 1000;
constexpr std::uint8_t kEveryDay = 0x7f;

struct SlotKeys {
  Intervals hours;
  int number = 0;
  std::vector<std::size_t> days;
};

struct AppointmentKeys {
  ServiceChoice services;
  StationChoice at;
  double share = 0;
  std::vector<Written<SlotKeys>> slots;
  double horizon_s = 0, earliest_s = 0;
  double no_show = 0, early_s = 0;
  int priority = 0, clerks = 0;
  bool lost_without_slot = false;
  DayNumber starts = kAlways;
  std::optional<DayNumber> ends;
};

Value<std::size_t> day_value() {
  std::vector<value::WordFor<std::size_t>> rows;
  for (const char* name : {"saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"})
    rows.push_back({name, rows.size(), {}});
  return value::words<std::size_t>(std::move(rows));
}

/// So many, evenly over the hours; each begins at a whole minute.
void spread_slots(const SlotKeys& keys, std::vector<AppointmentSlot>& slots) {
  std::uint8_t weekdays = 0;
  for (const std::size_t day : keys.days) weekdays |= static_cast<std::uint8_t>(1U << day);
  if (keys.days.empty()) weekdays = kEveryDay;
  double all_s = 0;
  for (const Interval& part : keys.hours) all_s += part.to_s - part.from_s;
  for (int k = 0; k < keys.number; ++k) {
    double at_s = all_s * k / keys.number;
    for (const Interval& part : keys.hours) {
      const double length_s = part.to_s - part.from_s;
      if (at_s < length_s) {
        const double minute = std::floor((part.from_s + at_s) / kSecondsPerMinute);
        slots.push_back({static_cast<std::uint16_t>(minute), weekdays});
        break;
      }
      at_s -= length_s;
    }
  }
}

std::vector<AppointmentSlot> slots_of(const Written<AppointmentKeys>& item, VerbContext& context) {
  std::vector<AppointmentSlot> slots;
  for (const Written<SlotKeys>& of : item->slots) {
    if (!of.flawless()) continue;
    if (of->hours.empty()) {
      context.refuse(of.at(&SlotKeys::hours), "slots while all is closed",
                     "write hours such as `08:00-12:00`");
    }
    spread_slots(*of, slots);
  }
  std::stable_sort(slots.begin(), slots.end(),
                   [](const AppointmentSlot& a, const AppointmentSlot& b) { return a.minute < b.minute; });
  return slots;
}

int days_ahead(const Written<AppointmentKeys>& item, double AppointmentKeys::*member, VerbContext& context) {
  const double days = item.value.*member / kSecondsPerDay;
  if (days == std::floor(days) && days >= 1 && days <= kMostDaysAhead) return static_cast<int>(days);
  context.refuse(item.at(member),
                 in_backticks(item.text(member)) + " is not a number of days from 1 to " +
                     std::to_string(kMostDaysAhead),
                 "write it as `7 d`; nobody books a slot of the same day");
  return 1;
}

/// Of the stations that are selected, those that give one of the services on some day.
std::vector<std::uint32_t> giving_stations(const Written<AppointmentKeys>& item,
                                           const std::vector<ServiceId>& services, VerbContext& context) {
  const Province& province = context.province;
  const Selection selection = context.select.stations(item->at, item.at(&AppointmentKeys::at));
  std::vector<std::uint32_t> stations;
  for (const OfficeId id : selection.offices) {
    const Office& office = province.offices[id.index()];
    if (std::any_of(services.begin(), services.end(), [&](ServiceId service) {
          return may_give(office, province.services[service.index()], service);
        }))
      stations.push_back(id.value);
  }
  for (const CounterId id : selection.counters) {
    const Counter& counter = province.counters[id.index()];
    if (std::any_of(services.begin(), services.end(), [&](ServiceId service) {
          return province.services[service.index()].agency == counter.agency;
        }))
      stations.push_back(static_cast<std::uint32_t>(province.offices.size()) + id.value);
  }
  std::sort(stations.begin(), stations.end());
  const bool some = !selection.offices.empty() || !selection.counters.empty();
  if (stations.empty() && some && !services.empty() && context.tables_are_good) {
    context.refuse(item.at(&AppointmentKeys::at), "no station of `at` gives any of these services",
                   "name stations that do, or other services");
  }
  return stations;
}

const StationRules& rules_at(const Province& province, std::uint32_t station) {
  const std::size_t offices = province.offices.size();
  return station < offices ? province.offices[station].rules : province.counters[station - offices].rules;
}

const std::string& station_id(const Province& province, std::uint32_t station) {
  const std::size_t offices = province.offices.size();
  return station < offices ? province.offices[station].id : province.counters[station - offices].id;
}

template <class T>
std::optional<T> first_of_both(const std::vector<T>& some, const std::vector<T>& others) {
  for (const T& one : some)
    if (std::binary_search(others.begin(), others.end(), one)) return one;
  return std::nullopt;
}

/// Who wants a service at a station on a day must know which slots there are.
void expect_no_other_slots(const Written<AppointmentKeys>& item, const Appointments& made,
                           VerbContext& context) {
  for (const Appointments& other : context.scenario.appointments) {
    if (other.from_day >= made.until_day || made.from_day >= other.until_day) continue;
    const auto service = first_of_both(made.services, other.services);
    const auto station = first_of_both(made.stations, other.stations);
    if (!service || !station) continue;
    const auto number = static_cast<std::size_t>(&other - context.scenario.appointments.data());
    context.refuse(item.location(),
                   "slots for " + in_backticks(context.province.services[service->index()].id) + " at " +
                       in_backticks(station_id(context.province, *station)) + ", which `appointments[" +
                       std::to_string(number) + "]` has on the same days too",
                   "let one of them end before the other starts, or select other services or stations");
    return;
  }
}

/// Kept clerks have skill sets of their own beside those of the station.
void expect_few_skill_sets(const Written<AppointmentKeys>& item, const Appointments& made,
                           VerbContext& context) {
  if (made.clerks == 0) return;
  for (const std::uint32_t station : made.stations) {
    std::set<std::vector<ServiceId>> sets;
    for (const ClerkGroup& group : rules_at(context.province, station).groups) sets.insert(group.skills);
    if (2 * sets.size() <= kMostSkillSets) continue;
    context.refuse(item.at(&AppointmentKeys::clerks),
                   "clerks are kept at " + in_backticks(station_id(context.province, station)) +
                       ", where clerks have " + std::to_string(sets.size()) + " different sets of skills",
                   "keep clerks where there are at most " + std::to_string(kMostSkillSets / 2));
    return;
  }
}

/// Whether doors of the station are open at the slot's minute on one of its weekdays.
bool is_within_doors(const AppointmentSlot& slot, const StationRules& rules, DayNumber from,
                     DayNumber until) {
  const double at_s = slot.minute * kSecondsPerMinute;
  const auto within = [&](const WeekHours& week) {
    for (std::size_t day = 0; day < week.size(); ++day) {
      if ((slot.weekdays >> day & 1) == 0) continue;
      for (const Interval& door : week[day])
        if (door.from_s <= at_s && at_s < door.to_s) return true;
    }
    return false;
  };
  if (within(rules.doors)) return true;
  return std::any_of(rules.dated_doors.begin(), rules.dated_doors.end(), [&](const DatedDoors& dated) {
    return dated.from_day < until && from < dated.until_day && within(dated.doors);
  });
}

void note_odd_slots(const Written<AppointmentKeys>& item, const Appointments& made, VerbContext& context) {
  std::size_t never_offered = 0, few_clerks = 0, closed = 0;
  std::optional<std::uint32_t> first_closed, first_few;
  for (const AppointmentSlot& slot : made.slots) {
    never_offered += std::none_of(made.stations.begin(), made.stations.end(), [&](std::uint32_t station) {
      return is_within_doors(slot, rules_at(context.province, station), made.from_day, made.until_day);
    });
  }
  for (const std::uint32_t station : made.stations) {
    const StationRules& rules = rules_at(context.province, station);
    if (std::none_of(made.slots.begin(), made.slots.end(),
                     [&](const AppointmentSlot& slot) {
                       return is_within_doors(slot, rules, made.from_day, made.until_day);
                     }) &&
        closed++ == 0)
      first_closed = station;
    int most = 0;
    for (const ClerkGroup& group : rules.groups) most += group.clerks;
    if (made.clerks > 0 && !rules.unlimited_clerks && most <= made.clerks && few_clerks++ == 0)
      first_few = station;
  }
  if (made.share <= 0) context.notice(item.location(), "notice.appointments.nobody");
  if (never_offered > 0) {
    context.notice(item.location(), "notice.appointments.closed_slots",
                   {number_value("slots", static_cast<double>(never_offered)),
                    number_value("all", static_cast<double>(made.slots.size()))});
  }
  if (first_closed && never_offered < made.slots.size()) {
    context.notice(item.location(), "notice.appointments.no_slots",
                   {number_value("stations", static_cast<double>(closed)),
                    text_value("first", station_id(context.province, *first_closed))});
  }
  if (first_few) {
    context.notice(item.location(), "notice.appointments.few_clerks",
                   {number_value("stations", static_cast<double>(few_clerks)),
                    text_value("first", station_id(context.province, *first_few))});
  }
  const Run& run = context.scenario.run;
  if (!context.run_is_good || made.from_day > run.start) return;
  if (run.warm_up_days < made.earliest_days) {
    context.notice(item.location(), "notice.appointments.no_warm_up",
                   {number_value("days", static_cast<double>(made.earliest_days))});
  } else if (run.warm_up_days < made.horizon_days) {
    context.notice(item.location(), "notice.appointments.short_warm_up",
                   {number_value("days", static_cast<double>(made.horizon_days))});
  }
}

void take_appointments(const Written<AppointmentKeys>& item, VerbContext& context) {
  Appointments made;
  made.services = context.services(item, &AppointmentKeys::services);
  made.stations = giving_stations(item, made.services, context);
  made.share = item->share;
  made.slots = slots_of(item, context);
  made.earliest_days = days_ahead(item, &AppointmentKeys::earliest_s, context);
  made.horizon_days = days_ahead(item, &AppointmentKeys::horizon_s, context);
  if (made.horizon_days < made.earliest_days) {
    context.refuse(item.at(&AppointmentKeys::horizon_s), "no day may be booked",
                   "let the horizon be at least `earliest`");
  }
  made.no_show = item->no_show;
  made.early_s = item->early_s;
  made.priority = item->priority;
  made.clerks = item->clerks;
  made.lost_without_slot = item->lost_without_slot;
  std::tie(made.from_day, made.until_day) =
      context.days_of(item, &AppointmentKeys::starts, &AppointmentKeys::ends);
  expect_no_other_slots(item, made, context);
  expect_few_skill_sets(item, made, context);
  if (context.scenario.appointments.size() == kMostItems) {  // Told once.
    context.refuse(item.location(), "more than " + std::to_string(kMostItems) + " lists of appointments",
                   "one can be of many services and stations");
  }
  const bool counted =
      !context.run_is_good || context.first_counted_day(made.from_day, made.until_day).has_value();
  const auto all = static_cast<double>(made.stations.size());
  if (!made.stations.empty() && !made.slots.empty()) note_odd_slots(item, made, context);
  context.add_change("stations with appointments", "stations", all, counted && made.share > 0 ? all : 0,
                     counted ? "nobody books" : "it holds on no counted day", made.from_day, made.until_day);
  context.scenario.appointments.push_back(std::move(made));
}

Section<SlotKeys> slot_keys() {
  Section<SlotKeys> keys("slots of a part of the day", "slots");
  keys.required("hours", &SlotKeys::hours, value::intervals(),
                "When they begin: the first with the hours, the others evenly after it.");
  keys.required("number", &SlotKeys::number, value::whole(1, kMostSlots),
                "How many there are a day, at each station.");
  keys.optional("days", &SlotKeys::days, value::list<std::size_t>(day_value(), 1, "a list of weekdays"),
                "Only on these; left out: on all on which the station is open.");
  return keys;
}

}  // namespace

Verb appointments_verb() {
  using K = AppointmentKeys;
  Section<K> keys("appointments", "appointments");
  keys.required("services", &K::services, services_value(), "Which services; they share the slots.");
  keys.required("at", &K::at, stations_value(),
                "Which offices or counters; those of them that give none of the services do not count.");
  keys.required("share", &K::share, value::share(),
                "Share of those who would go there for one of the services who book a slot first.");
  keys.required("slots", &K::slots, list_of(slot_keys(), 1, "a list of slots"),
                "Slots of each station, by part of the day; those at which its doors are closed do not "
                "count.");
  keys.optional("earliest", &K::earliest_s, value::positive(Quantity::duration),
                "Days from that on which somebody books to the first that can be booked, at least one.",
                "1 d");
  keys.optional("horizon", &K::horizon_s, value::positive(Quantity::duration),
                "Days from that on which somebody books to the last that can be booked.", "14 d");
  keys.optional("no_show", &K::no_show, value::share(),
                "Share of those who booked who do not come. They give up for good.", "0%");
  keys.optional("early", &K::early_s, value::amount_up_to(Quantity::duration, 12 * kSecondsPerHour),
                "Who booked comes up to so long before the slot, evenly, and is served as soon as a clerk "
                "is free.",
                "0 min");
  keys.optional("priority", &K::priority, value::whole(0, 1000),
                "Of those who booked, if that of their class is not higher; others of no class have 0.", "1");
  keys.optional("clerks", &K::clerks, value::whole(0, kMostClerks),
                "So many of the clerks on duty serve nobody else; one is always left for all.", "0");
  keys.optional("without_slot", &K::lost_without_slot,
                value::words<bool>({{"walks_in", false, "Comes at once, and waits as others do."},
                                    {"lost", true, "Gives up for good."}}),
                "What becomes of somebody who finds no slot within the horizon.", "walks_in");
  add_days(keys, &K::starts, &K::ends);
  return make_verb("appointments", "a list of appointments",
                   "Citizens who book a slot at a station and come then.", keys, take_appointments);
}

}  // namespace pishkhan
