#include <optional>

#include "models/scenario/sections/station_rules.hpp"
#include "models/scenario/verbs/clerk_count.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct Staffing {
  StationChoice at;
  CountChange clerks;
  DayNumber starts = kAlways;
  std::optional<DayNumber> ends;
  // Of the added clerks:
  std::optional<WeekHours> shifts;
  std::optional<ServiceChoice> skills;
  std::optional<double> speed;
};

Section<Staffing> keys_of_item() {
  Section<Staffing> keys("a staffing change", "staffing");
  keys.required("at", &Staffing::at, stations_value(), "Which offices or counters.");
  keys.required("clerks", &Staffing::clerks, value::change(Quantity::clerks),
                "`3` clerks, `+1`, `-1` or `+20%`.");
  keys.optional("starts", &Staffing::starts, value::date(), "First day; left out: always.");
  keys.optional("ends", &Staffing::ends, value::date(), "Last day; left out: for good.");
  keys.optional("shifts", &Staffing::shifts, week_hours_value(),
                "Hours of the added clerks (a new group); left out: as the others.");
  keys.optional("skills", &Staffing::skills, services_value(),
                "Services the added clerks can give; left out: all.");
  keys.optional("speed", &Staffing::speed, value::positive(Quantity::number),
                "Speed of the added clerks; left out: 1.");
  return keys;
}

/// Adds clerks with hours, skills or a speed of their own, as a group.
void add_group(const Written<Staffing>& item, ClerkGroup group, VerbContext& context) {
  group.clerks = static_cast<int>(item->clerks.value);
  if (item->speed) group.speed = *item->speed;
  if (item->skills && !item->skills->all)
    group.skills = context.select.services(*item->skills, item.at(&Staffing::skills));
  context.for_stations(item, &Staffing::at, [&](StationRules& rules, const std::string&) {
    group.id = "added-" + std::to_string(rules.groups.size());
    group.shifts = item->shifts.value_or(rules.doors);
    rules.groups.push_back(group);
  });
}

void change_staffing(const Written<Staffing>& item, VerbContext& context) {
  ClerkGroup days;
  days.from_day = item->starts;
  days.until_day = item->ends ? *item->ends + 1 : kForGood;
  if (days.from_day >= days.until_day) {
    context.refuse(item.at(&Staffing::ends), "it ends before it starts");
    return;
  }
  const Location& clerks = item.at(&Staffing::clerks);
  const CountChange& change = item->clerks;
  if (item->shifts || item->skills || item->speed) {
    if (change.kind == CountChange::Kind::add && change.value > 0)
      return add_group(item, std::move(days), context);
    context.refuse(clerks, "shifts, skills or speed without added clerks",
                   "only clerks added with `+` can have their own");
    return;
  }
  bool told = false;
  context.for_stations(item, &Staffing::at, [&](StationRules& rules, const std::string& id) {
    if (change_clerks(rules, change, days.from_day, days.until_day) || told) return;
    told = true;
    context.refuse(
        clerks,
        in_backticks(clerks.node->text) + " leaves " + in_backticks(id) + " with fewer than no clerks",
        "select stations that have as many");
  });
}

}  // namespace

Verb staffing_verb() {
  return make_verb("staffing", "a list of staffing changes", "More or fewer clerks, in the order written.",
                   keys_of_item(), change_staffing);
}

}  // namespace pishkhan
