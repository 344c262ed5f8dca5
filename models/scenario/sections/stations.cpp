#include "models/scenario/sections/stations.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "models/province/csv.hpp"
#include "models/scenario/sections/batch.hpp"
#include "models/scenario/sections/distribution.hpp"
#include "models/scenario/sections/station_rules.hpp"
#include "sim/random/poisson.hpp"

namespace pishkhan {
namespace {

/// Most who wait when the doors open.
constexpr double kMostAtStart = 1'000'000;

Section<StreamKeys> stream_keys() {
  Section<StreamKeys> keys("a stream of citizens", "stream");
  keys.required("id", &StreamKeys::id, value::id(), "Name of the stream.");
  keys.optional("name", &StreamKeys::name_en, value::text(), "What people call it.");
  keys.optional("name_fa", &StreamKeys::name_fa, value::text(), "The same in Persian; left out: `name`.");
  keys.required("arrivals", &StreamKeys::arrivals, arrivals_value(), "Poisson arrivals.");
  keys.optional("handling", &StreamKeys::handling, distribution_value(),
                "Handling time; left out: the station's.");
  keys.optional("patience", &StreamKeys::patience, patience_value(), "Patience; left out: the station's.");
  keys.optional("priority", &StreamKeys::priority, value::whole(0, 1000),
                "Higher is served first, without interruption; left out: the station's.");
  keys.optional("batch", &StreamKeys::batch, batch_value(),
                "Citizens who come at one moment; left out: the station's.");
  keys.optional(
      "at_start", &StreamKeys::at_start, value::whole(0, kMostAtStart),
      "Citizens who wait when the doors open each day, or when an unbroken run begins; left out: none, "
      "or the station's where it gives `arrivals`.");
  keys.optional("service_level", &StreamKeys::service_level_s, value::amount(Quantity::duration),
                "T of the stream's service level; left out: the scenario's.");
  keys.optional("weekday", &StreamKeys::weekday, weekday_of_streams(),
                "Factors that multiply its arrivals, by weekday; left out: the station's.");
  return keys;
}

Value<RoomKeys> room_value() {
  constexpr double kMostRoom = 1'000'000;
  Section<RoomKeys> inside("`{inside}`");
  inside.required("inside", &RoomKeys::places, value::whole(1, kMostRoom),
                  "Most citizens inside, waiting and at desks.");
  return value::either<RoomKeys>(
      "room", "a number of those who wait, or `{inside: 20}` with those at desks",
      {value::part(&RoomKeys::places, value::whole(0, kMostRoom)),
       value::made_from<RoomKeys, RoomKeys>(inside, [](RoomKeys room, const Location&, Diagnostics&) {
         room.for_all = true;
         return room;
       })});
}

/// A key of a station that is read into one of its rules.
template <class M>
auto rule(M StationRules::*member) {
  return [member](StationKeys& keys) -> M& { return keys.station.rules.*member; };
}

class StationMaker {
 public:
  StationMaker(const Written<StationKeys>& keys, const Written<Run>& run, RunForm form, Diagnostics& mistakes)
      : keys_(keys), mistakes_(mistakes), station_(keys->station) {
    // While the form of the run is unknown, the station's doors tell.
    horizon_.unbroken =
        form == RunForm::unknown ? !keys.has(rule(&StationRules::doors)) : form == RunForm::unbroken;
    horizon_.end_s = form == RunForm::unbroken ? run->length_s : kSecondsPerDay;
    first_day_ = run->start;
  }

  BareStation make() {
    const std::size_t before = mistakes_.size();
    if (station_.name_fa.empty()) station_.name_fa = station_.name_en;
    station_.rules.room = keys_->room.places;
    station_.rules.room_for_all = keys_->room.for_all;
    check_doors();
    add_streams();
    take_busyness();
    check_arrivals();
    check_start();
    if (!keys_.has_valid(member_of(&StationKeys::station, &BareStation::discipline)))
      return std::move(station_);
    if (station_.discipline == Discipline::processor_sharing) {
      check_processor_sharing();
    } else {
      make_clerks();
      if (keys_.flawless() && mistakes_.size() == before) check_every_stream_is_served();
    }
    check_hours();
    return std::move(station_);
  }

 private:
  void check_doors() {
    if (keys_.has(rule(&StationRules::doors))) {
      if (keys_.has_valid(rule(&StationRules::doors)) && !has_hours(station_.rules.doors)) {
        add_mistake(mistakes_, keys_.at(rule(&StationRules::doors)), "doors that are closed every day",
                    "nobody can ever come: open them on a weekday, or leave the station out");
      }
      return;
    }
    if (!horizon_.unbroken) {
      add_mistake(mistakes_, keys_.location(), "no doors in a run by days",
                  "say when citizens may enter: `doors: 08:00-16:00`, or `doors: 00:00-24:00`");
      return;
    }
    station_.rules.doors.fill({{0, kSecondsPerDay}});
    if (station_.rules.closing.sends_away()) {
      add_mistake(mistakes_, keys_.at(rule(&StationRules::closing)), "closing without doors",
                  "an unbroken run is always open; say when it is not, for example `doors: 08:00-16:00`");
    }
  }

  void add_streams() {
    check_weekday(keys_->weekday, station_.rules.doors, mistakes_);
    const bool alone = keys_.has(&StationKeys::arrivals), several = keys_.has(&StationKeys::streams);
    if (alone == several) {
      add_mistake(mistakes_, keys_.location(),
                  alone ? "both `arrivals` and `streams`" : "neither `arrivals` nor `streams`",
                  "one stream is written `arrivals: 4.2 / min`, several under `streams`");
      return;
    }
    if (alone) {
      if (!keys_->arrivals) return;
      StreamKeys stream;
      stream.id = station_.id;
      stream.arrivals = *keys_->arrivals;
      stream.at_start = keys_->at_start;
      add_stream(stream, keys_.location());
      return;
    }
    std::set<std::string> ids;
    for (const auto& stream : keys_->streams) {
      if (!ids.insert(stream->id).second) {
        add_mistake(mistakes_, stream.location(), "duplicate id " + in_backticks(stream->id),
                    "streams of a station have ids of their own");
      }
      check_weekday(stream->weekday, station_.rules.doors, mistakes_);
      add_stream(*stream, stream.location());
    }
  }

  void check_arrivals() {
    const double most_busy = busyness_quantile(station_.busyness_cv, 1 - 0x1p-53);
    if (arrivals_ * most_busy <= kMostArrivals) return;
    const std::string busiest = most_busy > 1 ? ", of the greatest busyness that may be drawn" : "";
    add_mistake(mistakes_, keys_.location(),
                short_text(arrivals_ * most_busy) + " arrivals in " +
                    (horizon_.unbroken ? "the run" : "a day") + busiest,
                "at most " + short_text(kMostArrivals));
  }

  /// Those who wait at the start are in the room, which lets them in or is too small.
  void check_start() {
    int at_start = 0;
    for (const ArrivalStream& stream : station_.streams) at_start += stream.at_start;
    if (at_start > station_.rules.room) {
      add_mistake(mistakes_, keys_.location(),
                  std::to_string(at_start) + " wait at the start in a room for " +
                      std::to_string(station_.rules.room),
                  "fewer in `at_start`, or more `room`");
    }
    if (keys_.has(&StationKeys::at_start) && keys_.has(&StationKeys::streams)) {
      add_mistake(mistakes_, keys_.at(&StationKeys::at_start), "`at_start` beside `streams`",
                  "write it at the stream whose citizens wait");
    }
  }

  /// What is not drawn from a rate cannot be multiplied.
  void check_planned(const ArrivalStream& stream, const Written<WeekdayFactors>& weekday,
                     const Location& location) {
    if (!stream.is_planned()) return;
    const auto refuse = [&](const Location& at, const std::string& what) {
      add_mistake(mistakes_, at, what + " of arrivals that are planned or recorded",
                  "they come as they are written");
    };
    const bool all_or_none =
        std::ranges::all_of(stream.weekday, [](double factor) { return factor == 0 || factor == 1; });
    if (weekday.valid() && (horizon_.unbroken || !all_or_none))
      refuse(weekday.location(), horizon_.unbroken ? "factors by `weekday`" : "factors other than 0 and 1");
    if (keys_->busyness.valid() && keys_->busyness->cv > 0) refuse(keys_->busyness.location(), "`busyness`");
    if (!stream.recorded.empty() && !stream.batch.is_one()) refuse(location, "`batch`");
  }

  /// Of those who come at one moment all count as waiting before a clerk takes one, so that a room for those
  /// who wait would turn away citizens while clerks are free.
  void check_moments(const ArrivalStream& stream, const Location& location) {
    if (stream.batch.is_one() && !stream.is_planned()) return;
    const std::string come = " where several may come at one moment";
    if (!station_.rules.balking.points.empty()) {
      add_mistake(mistakes_, location, "`balking`" + come,
                  "leave it out: all of them count as waiting before a clerk takes one");
    }
    if (station_.rules.room != INT32_MAX && !station_.rules.room_for_all) {
      add_mistake(mistakes_, location, "a `room` for those who wait" + come,
                  "write `room: {inside: N}`, with the places at the desks");
    }
  }

  /// Takes the arrivals that are planned or recorded.
  void take_planned(const ArrivalsKeys& keys, ArrivalStream& stream) {
    if (!keys.curve.valid()) return;
    if (keys.curve->scheduled.valid()) stream.schedule = schedule_of(*keys.curve->scheduled);
    stream.recorded =
        recorded_arrivals(keys.curve->recorded, horizon_, station_.rules.doors, first_day_, mistakes_);
    if (stream.recorded.empty() || stream.recorded.front().handling_s <= 0) return;
    double sum_s = 0;
    for (const RecordedArrival& arrival : stream.recorded) sum_s += arrival.handling_s;
    stream.handling = Constant{sum_s / static_cast<double>(stream.recorded.size())};
  }

  void take_busyness() {
    const Written<BusynessKeys>& busyness = keys_->busyness;
    if (!busyness.valid() || busyness->cv == 0) return;
    station_.busyness_cv = busyness->cv;
    if (!horizon_.unbroken) return;
    add_mistake(mistakes_, busyness.location(), "`busyness` in an unbroken run",
                "it is drawn for a day: write a run by `days`, with `doors`");
  }

  void add_stream(const StreamKeys& keys, const Location& location) {
    ArrivalStream stream;
    stream.id = keys.id;
    stream.name_en = keys.name_en;
    stream.name_fa = keys.name_fa.empty() ? keys.name_en : keys.name_fa;
    RateSteps rate = rate_steps(keys.arrivals, horizon_, mistakes_);
    const double arrivals = expected_arrivals(rate, horizon_);
    stream.rate = std::move(rate.steps);
    stream.every_day = rate.every_day;
    const Written<WeekdayFactors>& weekday = keys.weekday.exists() ? keys.weekday : keys_->weekday;
    take_weekday(weekday, horizon_, location, stream, mistakes_);
    const BatchSize& batch = keys.batch ? *keys.batch : keys_->batch;
    arrivals_ += arrivals * batch.mean() * factor_of_days(stream, horizon_, first_day_);
    if (stream.every_day)
      check_length(static_cast<double>(stream.rate.size()), "arrivals that come every day", location);
    if (keys.arrivals.curve.exists() && !keys.arrivals.curve->hourly.empty()) {
      stream.total_a_day = keys.arrivals.curve->total;
      check_hourly(stream, keys.arrivals.curve);
    }
    stream.batch = batch;
    take_planned(keys.arrivals, stream);
    check_planned(stream, weekday, location);
    check_moments(stream, location);
    stream.at_start = keys.at_start.value_or(0);
    arrivals_ += stream.at_start;
    stream.service_level_s = keys.service_level_s;
    const auto& handling = keys.handling ? keys.handling : keys_->handling;
    const bool is_recorded = !stream.recorded.empty() && stream.recorded.front().handling_s > 0;
    if (is_recorded && keys.handling) {
      add_mistake(mistakes_, location, "`handling` beside recorded handling times", "leave one of them out");
    } else if (is_recorded && stream.at_start > 0) {
      add_mistake(mistakes_, location, "`at_start` beside recorded handling times",
                  "those who wait at the start have none: let them be another stream");
    } else if (is_recorded ||
               (keys.arrivals.curve.exists() && keys.arrivals.curve.has(&RateCurveKeys::file))) {
      // Recorded times are taken above, and go before the station's; or their file could not be read.
    } else if (handling) {
      stream.handling = *handling;
    } else if (!keys_.has(&StationKeys::handling)) {
      add_mistake(mistakes_, location, "the key `handling` is missing",
                  "say how long handling takes, for example `{exponential: {mean: 2 min}}`");
    }
    stream.patience = keys.patience.value_or(keys_->patience);
    stream.priority = keys.priority.value_or(keys_->priority);
    station_.streams.push_back(std::move(stream));
  }

  /// Refuses runs over which what is laid out by day would be too long a list.
  void check_length(double parts_a_day, const std::string& what, const Location& location) {
    const double days = std::floor(kMostSteps / parts_a_day);
    if (!horizon_.unbroken || horizon_.end_s <= days * kSecondsPerDay) return;
    add_mistake(mistakes_, location, "the run is too long for " + what,
                "at most " + number_text(days) + " days");
  }

  /// Hours that change within the week are laid out over an unbroken run.
  void check_hours() {
    double parts = 0;
    const auto add = [&parts](const WeekHours& hours) {
      if (is_round_the_clock(hours)) return;
      for (const Intervals& day : hours) parts += static_cast<double>(day.size());
    };
    add(station_.rules.doors);
    for (const ClerkGroup& group : station_.rules.groups) add(group.shifts);
    if (parts > 0) check_length(parts / kDaysPerWeek, "so many hours of doors and clerks", keys_.location());
  }

  /// The total of a day is spread over its doors, so some weight must lie there.
  void check_hourly(const ArrivalStream& stream, const Written<RateCurveKeys>& curve) {
    if (stream.total_a_day <= 0 || stream.rate.empty()) return;
    for (std::size_t day = 0; day < 7; ++day) {
      const Intervals& doors = station_.rules.doors[day];
      if (doors.empty() || stream.weekday[day] == 0) continue;
      Intervals busy;
      for (std::size_t k = 0; k < stream.rate.size(); ++k) {
        const double end_s = k + 1 < stream.rate.size() ? stream.rate[k + 1].first : kSecondsPerDay;
        if (stream.rate[k].second > 0) busy.push_back({stream.rate[k].first, end_s});
      }
      if (meet(busy, doors)) continue;
      add_mistake(mistakes_, curve.at(&RateCurveKeys::hourly),
                  "no weight lies within the doors of " + std::string(weekday_name(static_cast<int>(day))),
                  "`total` arrivals come every day between opening and closing");
      return;
    }
  }

  void check_processor_sharing() {
    const auto forbid = [&](const auto& member) {
      if (!keys_.has(member)) return;
      const Location& key = keys_.at(member);
      add_mistake(mistakes_, key, in_backticks(key.key()) + " with processor sharing",
                  "all inside are served at once by its `cores`: nobody waits");
    };
    forbid(&StationKeys::clerks);
    forbid(&StationKeys::room);
    if (!station_.rules.balking.points.empty()) forbid(rule(&StationRules::balking));
    if (station_.rules.closing.sends_away()) forbid(rule(&StationRules::closing));
    if (station_.rules.finishing_counts) forbid(rule(&StationRules::finishing_counts));
    const auto waits = [](const ArrivalStream& stream) {
      return !std::holds_alternative<Never>(stream.patience) || stream.priority != 0;
    };
    if (std::any_of(station_.streams.begin(), station_.streams.end(), waits)) {
      add_mistake(mistakes_, keys_.location(), "patience or priority with processor sharing",
                  "nobody waits where all are served at once");
    }
  }

  void check_room_for_all() {
    if (!station_.rules.room_for_all || !station_.rules.unlimited_clerks) return;
    add_mistake(mistakes_, keys_.at(&StationKeys::room), "room for those inside with `clerks: unlimited`",
                "give as many clerks as there is room: `clerks: 20`");
  }

  void make_clerks() {
    const auto cores = member_of(&StationKeys::station, &BareStation::cores);
    if (keys_.has(cores)) {
      add_mistake(mistakes_, keys_.at(cores), "`cores` without processor sharing",
                  "say `discipline: processor_sharing`, or give `clerks`");
    }
    if (keys_.has(&StationKeys::clerks)) {
      add_clerks(keys_->clerks, keys_.at(&StationKeys::clerks), horizon_.unbroken, station_, mistakes_);
      check_speeds();
      check_room_for_all();
    } else {
      add_mistake(mistakes_, keys_.location(), "the key `clerks` is missing",
                  "say how many clerks serve, for example `clerks: 3`");
    }
  }

  /// Refuses clerks too slow for their citizens.
  void check_speeds() {
    double slowest = 1, longest_s = 0;
    for (const ClerkGroup& group : station_.rules.groups) slowest = std::min(slowest, group.speed);
    for (const ArrivalStream& stream : station_.streams) {
      if (!std::holds_alternative<Never>(stream.handling))
        longest_s = std::max(longest_s, mean(stream.handling));
    }
    if (slowest >= 1 || longest_s / slowest <= kLongestMean_s) return;
    add_mistake(mistakes_, keys_.at(&StationKeys::clerks), too_slow(slowest, longest_s),
                "faster clerks, or shorter handling");
  }

  [[nodiscard]] bool can_serve(const ClerkGroup& group, ServiceId stream) const {
    // In an unbroken run a queue may be served that came in while others were on duty.
    const bool serves_later = horizon_.unbroken && !station_.rules.closing.sends_away();
    const bool works =
        serves_later ? group.clerks > 0 && has_hours(group.shifts) : ever_works(station_.rules, group);
    return works &&
           (group.skills.empty() || std::binary_search(group.skills.begin(), group.skills.end(), stream));
  }

  static bool has_hours(const WeekHours& week) {
    return std::any_of(week.begin(), week.end(), [](const Intervals& day) { return !day.empty(); });
  }

  void check_every_stream_is_served() {
    if (station_.rules.unlimited_clerks) return;
    const auto& groups = station_.rules.groups;
    for (std::size_t i = 0; i < station_.streams.size(); ++i) {
      const auto& stream = station_.streams[i];
      const bool comes = std::any_of(stream.rate.begin(), stream.rate.end(),
                                     [](const auto& step) { return step.second > 0; }) ||
                         stream.at_start > 0;
      const bool served = std::any_of(groups.begin(), groups.end(), [&](const ClerkGroup& group) {
        return can_serve(group, ServiceId(i));
      });
      if (comes && !served) {
        add_mistake(mistakes_, keys_.location(),
                    "no clerk can ever serve the stream " + in_backticks(stream.id),
                    "give a group the skill, or add clerks who work while the doors are open");
      }
    }
  }

  const Written<StationKeys>& keys_;
  Diagnostics& mistakes_;
  ArrivalHorizon horizon_;
  DayNumber first_day_ = 0;
  double arrivals_ = 0;  ///< expected, of all streams
  BareStation station_;
};

}  // namespace

Section<StationKeys> station_keys() {
  const auto own = [](auto member) { return member_of(&StationKeys::station, member); };
  Section<StationKeys> keys("a station", "station");
  keys.required("id", own(&BareStation::id), value::id(), "Name of the station.");
  keys.optional("name", own(&BareStation::name_en), value::text(), "What people call it.");
  keys.optional("name_fa", own(&BareStation::name_fa), value::text(),
                "The same in Persian; left out: `name`.");
  keys.optional("discipline", own(&BareStation::discipline),
                value::words<Discipline>({{"first_come_first_served", Discipline::first_come_first_served,
                                           "Within priorities, clerk by clerk."},
                                          {"processor_sharing", Discipline::processor_sharing,
                                           "All inside share the cores equally."}}),
                "How the citizens inside are served.", "first_come_first_served");
  keys.optional("cores", own(&BareStation::cores), value::whole(1, kMostCores),
                "Processor sharing: each of n citizens is served at rate min(1, cores / n). Left out: 1.");
  keys.optional("arrivals", &StationKeys::arrivals, arrivals_value(),
                "Poisson arrivals, if there is one stream; else streams.");
  keys.optional("streams", &StationKeys::streams,
                matched_by("id", list_of(stream_keys(), 1, "a list of streams")),
                "Several streams, instead of arrivals.");
  keys.instead_of_each_other("arrivals", "streams");
  keys.optional("handling", &StationKeys::handling, distribution_value(),
                "Handling time of every stream that gives none.");
  keys.optional("patience", &StationKeys::patience, patience_value(),
                "Patience of every stream that gives none.", "never");
  keys.optional("priority", &StationKeys::priority, value::whole(0, 1000),
                "Priority of every stream that gives none.", "0");
  keys.optional("batch", &StationKeys::batch, batch_value(),
                "Citizens who come at one moment, of every stream that gives none: a number, `{geometric}`, "
                "or sizes with their shares. `arrivals` then counts batches. Left out: everybody comes "
                "alone.");
  keys.optional(
      "at_start", &StationKeys::at_start, value::whole(0, kMostAtStart),
      "Citizens who wait when the doors open each day, or when an unbroken run begins, if there is one "
      "stream; left out: none.");
  keys.optional(
      "weekday", &StationKeys::weekday, weekday_of_streams(),
      "Factors that multiply the arrivals, by weekday, of every stream that gives none; left out: 1 "
      "on every day.");
  keys.optional("busyness", &StationKeys::busyness, busyness_of_station(),
                "Random busyness of a day: a gamma factor of mean 1, drawn for the station and the day, that "
                "multiplies the arrivals of all its streams. Not in an unbroken run; left out: none.");
  keys.optional("clerks", &StationKeys::clerks, station_clerks_value(),
                "Clerks: a number, unlimited, by interval, or in groups.");
  keys.optional(
      "room", &StationKeys::room, room_value(),
      "Most citizens waiting (those at desks not counted), or `{inside}`: waiting and at desks; left "
      "out: no limit.");
  keys.optional("balking", rule(&StationRules::balking), balking_value(),
                "Arriving citizens who leave at once because of the queue.", "never");
  keys.optional("doors", rule(&StationRules::doors), week_hours_value(),
                "When citizens may enter. An unbroken run is always open where they are left out.");
  keys.optional("closing", rule(&StationRules::closing), closing_value(),
                "What becomes of those waiting at closing.", "serve_out");
  keys.optional("after_shift", rule(&StationRules::finishing_counts), after_shift_value(),
                "What clerks count as who still serve when their shift has ended; left out: in_addition.");
  return keys;
}

std::optional<Notice> notice_of_midnight(const std::vector<BareStation>& stations, const Run& run) {
  const auto stays_open = [](const BareStation& station) {
    const WeekHours& doors = station.rules.doors;
    for (std::size_t day = 0; day < doors.size(); ++day) {
      const Intervals& next = doors[(day + 1) % doors.size()];
      if (!doors[day].empty() && doors[day].back().to_s >= kSecondsPerDay && !next.empty() &&
          next.front().from_s <= 0)
        return true;
    }
    return false;
  };
  const auto first = std::find_if(stations.begin(), stations.end(), stays_open);
  if (run.days < 2 || first == stations.end()) return {};
  return Notice{"notice.open_across_midnight",
                {text_value("station", first->id), text_value("length", std::to_string(run.days) + " d")}};
}

namespace {

/// Of the stations of which something stands in another file, a base, the id that is like that of this one;
/// or nothing.
std::string nearest_of_base(const Written<StationKeys>& station,
                            const std::vector<Written<StationKeys>>& written) {
  const std::string& id = station->station.id;
  const std::string& file = *station.location().node->mark.file;
  std::vector<std::string_view> others;
  for (const auto& keys : written) {
    const bool is_of_base = std::ranges::any_of(keys.location().node->entries, [&](const Node::Entry& entry) {
      return *entry.value.mark.file != file;
    });
    if (keys->station.id != id && is_of_base) others.push_back(keys->station.id);
  }
  return id.empty() ? "" : std::string(nearest_name(id, others));
}

}  // namespace

std::vector<BareStation> make_stations(const std::vector<Written<StationKeys>>& written,
                                       const Written<Run>& run, RunForm form, Diagnostics& mistakes) {
  std::vector<BareStation> stations;
  std::set<std::string> ids;
  for (const auto& keys : written) {
    const std::string& id = keys->station.id;
    const bool is_part = !keys.has(&StationKeys::arrivals) && !keys.has(&StationKeys::streams);
    if (!id.empty() && !ids.insert(id).second) {
      add_mistake(mistakes, keys.location(), "duplicate id " + in_backticks(id),
                  "every station has an id of its own");
      if (is_part) continue;
    }
    // What is to change a station of the base, but names none, has not what a station needs.
    if (const std::string near = is_part ? nearest_of_base(keys, written) : ""; !near.empty()) {
      add_mistake(mistakes, keys.location(),
                  "neither `arrivals` nor `streams`, and no other station " + in_backticks(id),
                  "did you mean " + in_backticks(near) +
                      " of the base? Else say, for example, `arrivals: 4.2 / min`");
      continue;
    }
    check_keys(keys.location(), mistakes,
               [&] { stations.push_back(StationMaker(keys, run, form, mistakes).make()); });
  }
  return stations;
}

}  // namespace pishkhan
