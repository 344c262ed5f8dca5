#include "models/scenario/sections/targets.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <numeric>
#include <set>
#include <string_view>
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

/// What a target may be about: its key, and what may stand beside it.
struct KindOfTarget {
  std::string_view key;
  TargetKind kind;
  std::function<bool(const Written<TargetKeys>&)> is_written;
  std::function<const Location&(const Written<TargetKeys>&)> at;
};

template <class Member>
KindOfTarget kind_of_target(std::string_view key, TargetKind kind, Member member) {
  return {key, kind, [member](const Written<TargetKeys>& written) { return written.has(member); },
          [member](const Written<TargetKeys>& written) -> const Location& { return written.at(member); }};
}

const std::vector<KindOfTarget>& kinds_of_target() {
  static const std::vector<KindOfTarget> kinds{
      kind_of_target("within", TargetKind::share, member_of(&TargetKeys::target, &Target::within_s)),
      kind_of_target("wait", TargetKind::wait, &TargetKeys::wait_s),
      kind_of_target("utilization", TargetKind::utilization, &TargetKeys::utilization),
      kind_of_target("abandoned", TargetKind::abandoned, &TargetKeys::abandoned),
      kind_of_target("overtime", TargetKind::overtime, &TargetKeys::overtime_s)};
  return kinds;
}

/// The one key that says what the target is about; null after a mistake.
const KindOfTarget* written_kind(const Written<TargetKeys>& written, Diagnostics& mistakes) {
  const KindOfTarget* found = nullptr;
  for (const KindOfTarget& kind : kinds_of_target()) {
    if (!kind.is_written(written)) continue;
    if (found != nullptr) {
      add_mistake(mistakes, kind.at(written), in_backticks(kind.key) + " beside " + in_backticks(found->key),
                  "give each a target of its own");
      return nullptr;
    }
    found = &kind;
  }
  if (found == nullptr) {
    add_mistake(mistakes, written.location(), "a target that asks for nothing",
                "write one of `within`, `wait`, `utilization`, `abandoned` and `overtime`");
  }
  return found;
}

/// Sets the kind and the goal.
void set_goal(const Written<TargetKeys>& written, const KindOfTarget& kind, Target& target) {
  target.kind = kind.kind;
  if (kind.kind == TargetKind::wait) {
    target.goal = written->wait_s;
    if (written.has(&TargetKeys::percentile)) {
      target.kind = TargetKind::percentile;
      target.goal = written->percentile;
      target.within_s = written->wait_s;
    }
  }
  if (kind.kind == TargetKind::utilization) target.goal = written->utilization;
  if (kind.kind == TargetKind::abandoned) target.goal = written->abandoned;
  if (kind.kind == TargetKind::overtime) target.goal = written->overtime_s;
}

/// What says nothing beside the key that the target is about.
void check_beside(const Written<TargetKeys>& written, const KindOfTarget& kind, const Target& target,
                  Diagnostics& mistakes) {
  const auto refuse = [&](auto member, const std::string& key, const std::string& hint) {
    if (written.has(member)) {
      add_mistake(mistakes, written.at(member), in_backticks(key) + " beside " + in_backticks(kind.key),
                  hint);
    }
  };
  const auto share = member_of(&TargetKeys::target, &Target::goal);
  const auto left = member_of(&TargetKeys::target, &Target::left_is_late);
  if (kind.kind != TargetKind::share)
    refuse(share, "share", "leave it out; a share in time is asked for with `within`");
  if (kind.kind != TargetKind::wait)
    refuse(&TargetKeys::percentile, "percentile", "leave it out, or write `wait`, of which it is");
  if (!target.is_in_time() && target.kind != TargetKind::wait)
    refuse(member_of(&TargetKeys::target, &Target::of), "of", "leave it out");
  if (!target.is_in_time()) {
    refuse(left, "left", "leave it out");
  } else if (target.of == TargetOf::served && written.has(left)) {
    add_mistake(mistakes, written.at(left), "`left` of a target of the served",
                "leave it out, for who left was not served; or write `of: joined`");
  }
  const bool is_at_most_share = kind.kind == TargetKind::utilization || kind.kind == TargetKind::abandoned;
  if (is_at_most_share && target.goal >= 1)
    add_mistake(mistakes, kind.at(written), "100%, which is never missed", "write less");
}

/// In which periods the kind has a meaning.
void check_period(const Written<TargetKeys>& written, const KindOfTarget& kind, RunForm form,
                  const Target& target, Diagnostics& mistakes) {
  const auto in = member_of(&TargetKeys::target, &Target::in);
  if (form == RunForm::unbroken) {
    if (target.kind == TargetKind::overtime)
      add_mistake(mistakes, kind.at(written), "overtime of a day in an unbroken run", "leave it out");
    if (target.in != TargetPeriod::whole) {
      add_mistake(mistakes, written.at(in), "months, days, shifts or hours of an unbroken run",
                  "leave it out, or write `whole`");
    }
    return;
  }
  if (target.kind == TargetKind::overtime &&
      (target.in == TargetPeriod::shift || target.in == TargetPeriod::hour)) {
    add_mistake(mistakes, written.at(in), "overtime of an hour or a shift, which is that of a day",
                "write `whole`, `month` or `day`");
  }
  if (target.kind == TargetKind::utilization && target.in == TargetPeriod::shift) {
    add_mistake(mistakes, written.at(in),
                "utilization in openings of the doors, which are not the clerks' shifts", "write `hour`");
  }
}

/// The target that is written; `ids` are those of the targets before it.
Target target_of(const Written<TargetKeys>& written, RunForm form, std::set<std::string>& ids,
                 const Scenario& scenario, Diagnostics& mistakes) {
  Target target = written->target;
  if (!ids.insert(target.id).second) {
    add_mistake(mistakes, written.at(member_of(&TargetKeys::target, &Target::id)),
                "a second target " + in_backticks(target.id), "give each an id of its own");
  }
  if (const KindOfTarget* kind = written_kind(written, mistakes)) {
    set_goal(written, *kind, target);
    check_beside(written, *kind, target, mistakes);
    check_period(written, *kind, form, target, mistakes);
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
  keys.optional("within", of_target(&Target::within_s), value::positive(Quantity::duration),
                "Asks for a share of visits in time: a visit is in time if it starts within this wait.");
  keys.optional("share", of_target(&Target::goal), value::positive_up_to(Quantity::share, 1),
                "Beside `within`, the goal: the least share of visits in time; left out: 80%.");
  keys.optional("wait", &TargetKeys::wait_s, value::positive(Quantity::duration),
                "The mean wait is to be this at most; with `percentile`, that percentile of the wait.");
  keys.optional("percentile", &TargetKeys::percentile, value::positive_up_to(Quantity::share, 1),
                "Beside `wait`: so many of the visits are to start within it, at least.");
  keys.optional("utilization", &TargetKeys::utilization, value::positive_up_to(Quantity::share, 1),
                "Busy clerk time / staffed clerk time, overtime in both, is to be this at most.");
  keys.optional("abandoned", &TargetKeys::abandoned, value::positive_up_to(Quantity::share, 1),
                "The share of those who joined that leaves when patience runs out is to be this at most.");
  keys.optional("overtime", &TargetKeys::overtime_s, value::positive(Quantity::duration),
                "Overtime of all clerks of a station together, mean of the days on which one is on duty, is "
                "to be this at most.");
  keys.optional(
      "of", of_target(&Target::of),
      value::words<TargetOf>({{"joined", TargetOf::joined,
                               "All who joined the queue; their wait ends when they start or leave."},
                              {"served", TargetOf::served, "The served alone."}}),
      "Which visits a share in time or a wait is taken of; left out: joined.");
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
      "How near to the goal the interval has to be for the station to be at the target, of times as a share "
      "of the goal; left out: 1%.");
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
