#pragma once
#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"
#include "models/scenario/sections/citizens.hpp"
#include "models/scenario/sections/province.hpp"
#include "models/scenario/sections/selection.hpp"

namespace pishkhan {

/// Days on which a verb that starts (and ends) on given days holds, when these are left out.
inline constexpr DayNumber kAlways = INT32_MIN;
inline constexpr DayNumber kForGood = INT32_MAX;

/// What the effects of verbs work on. The province has its tables and its rules.
struct VerbContext {
  Scenario& scenario;
  Province& province;
  Diagnostics& mistakes;
  const KindHours& hours;              ///< of stations with no hours of their own
  const AtStations<Balking>& balking;  ///< of new offices, among others
  const AtStations<ClosingRule>& closing;
  const AtStations<bool>& after_shift;
  bool run_is_good;      ///< the run's days are known
  bool tables_are_good;  ///< else some of their values are unknown and not to be judged
  Selector select;
  std::vector<Location> outages;  ///< where each of scenario.outages is written
  /// Growth of places for good so far, as factors: [place * services + service]; empty while there is none.
  std::vector<double> place_growth;
  /// Where the growth of some days is written, and its index in the demand's growth.
  std::vector<std::pair<Location, std::size_t>> dated_growth = {};
  /// New hours, with the stations that have them and what comes when, for notices once demand is known.
  struct NewHours {
    Location location{};
    WeekHours hours{};    ///< of the days that are changed
    bool longer = false;  ///< some station is open longer on a day
    double brings = 0;
    std::set<std::pair<Channel, Kind>> stations{};
    std::array<bool, kDaysPerWeek> changes_weekday{};
    DayNumber from_day = kAlways, until_day = kForGood;
    std::vector<OfficeId> offices{};  ///< that have other hours by it
    std::vector<CounterId> counters{};
    std::size_t change = 0;  ///< index in Scenario::changes
  };
  std::vector<NewHours> new_hours = {};
  // The item that is being applied.
  std::string applied_verb = {};
  std::size_t applied_item = 0;  ///< from 0

  /// Tells what the item that is being applied did. Of each item once. `why` reached is not what was asked;
  /// ignored where it is.
  void add_change(std::string quantity, std::string unit, double asked, double reached, std::string why,
                  DayNumber starts = kAlways, DayNumber ends = kForGood) {
    if (reached == asked) why.clear();
    scenario.changes.push_back({applied_verb, std::to_string(applied_item), std::move(quantity),
                                std::move(unit), asked, reached, std::move(why), counted_days(starts, ends)});
  }

  /// The first counted day on which something that holds on days starts <= day < ends does; nothing if there
  /// is none.
  [[nodiscard]] std::optional<DayNumber> first_counted_day(DayNumber starts, DayNumber ends) const {
    const Run& run = scenario.run;
    const DayNumber day = std::max(starts, run.start + run.warm_up_days);
    return run_is_good && day < std::min(ends, run.start + run.days) ? std::optional(day) : std::nullopt;
  }

  /// Whether one of the run's days starts <= day < ends is on the weekday; where they are not known, true.
  [[nodiscard]] bool has_weekday(std::size_t day_of_week, DayNumber starts, DayNumber ends) const;

  /// So many counted days are days starts <= day < ends.
  [[nodiscard]] double counted_days(DayNumber starts, DayNumber ends) const {
    const std::optional<DayNumber> first = first_counted_day(starts, ends);
    return first ? std::min(ends, scenario.run.start + scenario.run.days) - *first : 0;
  }

  /// The days on which an item holds, from the first up to the second. Refuses one that ends before it
  /// starts, and gives notice of one that holds on no day of the run.
  template <class T>
  std::pair<DayNumber, DayNumber> days_of(const Written<T>& item, DayNumber T::*starts,
                                          std::optional<DayNumber> T::*ends) {
    const DayNumber from = item.value.*starts;
    DayNumber until = item.value.*ends ? *(item.value.*ends) + 1 : kForGood;
    if (from >= until) {
      refuse(item.at(ends), "it ends before it starts");
      until = kForGood;
    }
    note_outside_run(item.location(), from, until);
    return {from, until};
  }

  /// Gives notice of a change that holds on no day of the run.
  void note_outside_run(const Location& location, DayNumber starts, DayNumber ends);

  /// Gives notice of an item, which stands at a location. The sentence also knows its path, as `item`.
  void notice(const Location& location, std::string key, std::vector<NoticeValue> values = {});

  /// A mistake in a value of a verb.
  void refuse(const Location& location, std::string problem, std::string hint = {}) {
    add_mistake(mistakes, location, std::move(problem), std::move(hint));
  }

  /// Calls `change(rules, id)` for the stations that a key of a verb selects.
  template <class T, class Change>
  void for_stations(const Written<T>& verb, StationChoice T::*at, Change change) {
    const Selection selection = select.stations(verb.value.*at, verb.at(at));
    for (const OfficeId id : selection.offices)
      change(province.offices[id.index()].rules, province.offices[id.index()].id);
    for (const CounterId id : selection.counters)
      change(province.counters[id.index()].rules, province.counters[id.index()].id);
  }

  /// The ids of the offices that are open on no counted day of those on which something holds; none where no
  /// day is counted.
  [[nodiscard]] std::set<std::string> closed_offices(DayNumber starts = kAlways,
                                                     DayNumber ends = kForGood) const;
  /// Gives notice of an item that changes clerks there.
  void note_closed(const Location& location, const std::set<std::string>& offices);

  /// The services that a key of a verb selects, sorted.
  template <class T>
  std::vector<ServiceId> services(const Written<T>& verb, ServiceChoice T::*member) {
    return select.services(verb.value.*member, verb.at(member));
  }
};

/// Adds the keys `starts` and `ends`.
template <class T>
void add_days(Section<T>& keys, DayNumber T::*starts, std::optional<DayNumber> T::*ends) {
  keys.optional("starts", starts, value::date(), "First day; left out: always.");
  keys.optional("ends", ends, value::date(), "Last day; left out: for good.");
}

/// A verb: a list at the top of a scenario file, each item of which changes the province. It has a file of
/// its own, with the keys of an item, the checks between them and the effect, and its place in verbs.cpp. A
/// new verb also changes scenarios/schema.json (`pishkhan schema` writes it) and needs a row in
/// scenarios/README.md.
struct Verb {
  std::string key;
  ShapePtr shape;
  std::string doc;
  /// Applies the items of the list, in the order written.
  std::function<void(const Node& list, const std::string& path, VerbContext& context)> apply;
};

/// A verb whose items have the keys of a T; `label` says in messages what the list is. `effect` is called for
/// items with mistakes of form too, for the sake of other mistakes in them: see check_keys.
template <class T>
Verb make_verb(std::string key, std::string label, std::string doc, Section<T> keys,
               void (*effect)(const Written<T>& item, VerbContext& context)) {
  auto shape = std::make_shared<Shape>();
  shape->kind = Shape::Kind::list;
  shape->item = keys.shape();
  shape->append = true;
  shape->label = std::move(label);
  return {std::move(key), shape, std::move(doc),
          [keys, effect](const Node& list, const std::string& path, VerbContext& context) {
            for (std::size_t i = 0; i < list.items.size(); ++i) {
              if (list.items[i].kind != Node::Kind::map) continue;
              Written<T> item;
              keys.read(list.items[i], path_of(path, i), context.mistakes, item);
              context.applied_verb = path;
              context.applied_item = i;
              check_keys(item.location(), context.mistakes, [&] { effect(item, context); });
            }
          }};
}

}  // namespace pishkhan
