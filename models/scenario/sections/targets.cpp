#include "models/scenario/sections/targets.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <set>
#include <utility>

#include "models/scenario/schema/validate.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

Value<TargetStations> target_stations_value() {
  return value::either<TargetStations>(
      "", "`all`, `offices`, `counters`, a selection such as `{county: sari}`, or ids",
      {value::part(&TargetStations::choice, stations_value()),
       value::part(&TargetStations::ids, names_value())});
}

std::vector<std::uint32_t> find_stations(const std::vector<Name>& names, const Scenario& scenario,
                                         Diagnostics& mistakes) {
  std::vector<std::uint32_t> found;
  const std::vector<std::string_view> ids = station_ids(scenario);
  for (const Name& name : names) {
    const auto at = std::find(ids.begin(), ids.end(), name.text);
    if (at != ids.end())
      found.push_back(static_cast<std::uint32_t>(at - ids.begin()));
    else if (!ids.empty())
      add_unknown(mistakes, name.location, "station", name.text, ids);
  }
  return found;
}

std::vector<std::uint32_t> select_stations(const StationChoice& choice, const Location& location,
                                           const Scenario& scenario, Diagnostics& mistakes) {
  if (choice.offices && choice.counters) return {};
  if (!scenario.province) {
    if (!scenario.stations.empty()) {
      add_mistake(mistakes, location, "a selection of offices or counters among bare stations",
                  "write `all`, or the ids of stations");
    }
    return {};
  }
  std::vector<std::uint32_t> found;
  const Selection selection = Selector(*scenario.province, mistakes).stations(choice, location);
  const auto offices = static_cast<std::uint32_t>(scenario.province->offices.size());
  for (const OfficeId id : selection.offices) found.push_back(static_cast<std::uint32_t>(id.index()));
  for (const CounterId id : selection.counters)
    found.push_back(offices + static_cast<std::uint32_t>(id.index()));
  return found;
}

/// The target that is written; `ids` are those of the targets before it.
Target target_of(const Written<TargetKeys>& written, RunForm form, std::set<std::string>& ids,
                 const Scenario& scenario, Diagnostics& mistakes) {
  Target target = written->target;
  if (!ids.insert(target.id).second) {
    add_mistake(mistakes, written.at(member_of(&TargetKeys::target, &Target::id)),
                "a second target " + in_backticks(target.id), "give each an id of its own");
  }
  const auto left = member_of(&TargetKeys::target, &Target::left_is_late);
  if (target.of == TargetOf::served && written.has(left)) {
    add_mistake(mistakes, written.at(left), "`left` of a target of the served",
                "leave it out, for who left was not served; or write `of: joined`");
  }
  if (form == RunForm::unbroken && target.in != TargetPeriod::whole) {
    add_mistake(mistakes, written.at(member_of(&TargetKeys::target, &Target::in)),
                "months, days, shifts or hours of an unbroken run", "leave it out, or write `whole`");
  }
  if (written.has(&TargetKeys::at)) {
    const Location& at = written.at(&TargetKeys::at);
    target.stations = written->at.ids.empty() ? select_stations(written->at.choice, at, scenario, mistakes)
                                              : find_stations(written->at.ids, scenario, mistakes);
    std::sort(target.stations.begin(), target.stations.end());
    target.stations.erase(std::unique(target.stations.begin(), target.stations.end()), target.stations.end());
  }
  return target;
}

}  // namespace

Section<TargetKeys> target_keys() {
  const auto of_target = [](auto member) { return member_of(&TargetKeys::target, member); };
  Section<TargetKeys> keys("a target", "target");
  keys.required("id", of_target(&Target::id), value::id(), "Name of the target in the results.");
  keys.required("within", of_target(&Target::within_s), value::positive(Quantity::duration),
                "A visit is in time if it starts within this wait.");
  keys.optional("share", of_target(&Target::goal), value::positive_up_to(Quantity::share, 1),
                "The goal: the share of visits in time; left out: 80%.");
  keys.optional("of", of_target(&Target::of),
                value::words<TargetOf>({{"joined", TargetOf::joined, "All who joined the queue."},
                                        {"served", TargetOf::served, "The served alone."}}),
                "Which visits the share is taken of; left out: joined.");
  keys.optional("left", of_target(&Target::left_is_late),
                value::words<bool>(
                    {{"late", true, "They count as late."}, {"in_time", false, "They count as in time."}}),
                "Of those who joined: what the ones who left or were sent away count as; left out: late.");
  keys.optional("at", &TargetKeys::at, target_stations_value(),
                "Which stations have the target, each for itself; left out: all.");
  keys.optional("in", of_target(&Target::in),
                value::words<TargetPeriod>(
                    {{"whole", TargetPeriod::whole, "All counted days together."},
                     {"month", TargetPeriod::month, "Every month of the calendar."},
                     {"day", TargetPeriod::day, "Every day."},
                     {"shift", TargetPeriod::shift, "Every opening of the doors in a day, on all days."},
                     {"hour", TargetPeriod::hour, "Every hour of the day, on all days."}}),
                "In which periods the target has to be met, each for itself; left out: whole.");
  keys.optional(
      "margin", of_target(&Target::margin), value::share(),
      "How near to the goal the interval of a share has to be for it to be at the target; left out: 1%.");
  return keys;
}

std::vector<std::uint32_t> stations_at(const Scenario& scenario, const std::string& at,
                                       const std::string& name) {
  Diagnostics mistakes;
  const Value<TargetStations> value = target_stations_value();
  Node node = parse_document(at, name, mistakes);
  mark_all(node, {std::make_shared<const std::string>(name + ' ' + at), 0, 0});
  if (mistakes.empty()) validate(*value.shape, node, "", mistakes);
  std::vector<std::uint32_t> found;
  if (mistakes.empty()) {
    TargetStations stations;
    read_value(value, node, "", mistakes, stations);
    found = stations.ids.empty() ? select_stations(stations.choice, {&node, ""}, scenario, mistakes)
                                 : find_stations(stations.ids, scenario, mistakes);
  }
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (found.empty()) {
    found.resize(station_ids(scenario).size());
    std::iota(found.begin(), found.end(), 0U);
  }
  return found;
}

void apply_targets(const std::vector<Written<TargetKeys>>& targets, RunForm form, Scenario& scenario,
                   Diagnostics& mistakes) {
  std::set<std::string> ids;
  for (const Written<TargetKeys>& written : targets) {
    check_keys(written.location(), mistakes,
               [&] { scenario.targets.push_back(target_of(written, form, ids, scenario, mistakes)); });
  }
  if (!targets.empty()) return;
  Target& short_form = scenario.targets.emplace_back();
  short_form.id = "service_level";
  short_form.within_s = scenario.service_level_s;
}

}  // namespace pishkhan
