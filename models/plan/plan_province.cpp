#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "models/plan/plan_data.hpp"
#include "models/plan/run_hours.hpp"
#include "models/province/calendar.hpp"
#include "models/province/position.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

/// Makes the hours of stations. Stations of equal doors, shifts and arrival profile share one object.
class HoursBook {
 public:
  /// Appends the arrival curves to `curves`, each only once.
  explicit HoursBook(std::vector<ArrivalCurve>& curves) : curves_(curves) {}
  /// `profile` null: the hours have no arrival curve. `hourly`: of a day, not of an unbroken run.
  std::shared_ptr<const StationHours> of(const Intervals& doors, std::vector<Intervals> shifts,
                                         const HourProfile* profile, bool hourly = true) {
    Key key{profile ? 1.0 : 0.0, hourly ? 1.0 : 0.0};
    if (profile) key.insert(key.end(), profile->begin(), profile->end());
    append(doors, key);
    const std::size_t of_curve = key.size();
    for (const auto& group : shifts) append(group, key);
    auto& hours = known_[key];
    if (hours) return hours;
    StationHours made;
    made.doors = doors;
    made.shifts = std::move(shifts);
    if (made.open()) {
      made.frame = hourly ? frame_day(made.doors, made.shifts) : frame_run(made.doors);
      key.resize(of_curve);
      if (profile) made.curve = curve(std::move(key), *profile, doors);
    }
    return hours = std::make_shared<const StationHours>(std::move(made));
  }

 private:
  using Key = std::vector<double>;
  static void append(const Intervals& intervals, Key& key) {
    key.push_back(static_cast<double>(intervals.size()));
    for (const auto& interval : intervals) key.insert(key.end(), {interval.from_s, interval.to_s});
  }
  std::size_t curve(Key key, const HourProfile& profile, const Intervals& doors) {
    const auto [entry, is_new] = known_curves_.try_emplace(std::move(key), curves_.size());
    if (is_new) curves_.emplace_back(profile, doors);
    return entry->second;
  }

  std::vector<ArrivalCurve>& curves_;
  std::map<Key, std::shared_ptr<const StationHours>> known_;
  std::map<Key, std::size_t> known_curves_;
};

/// Which clerks may give which services, where they differ. Groups of the same skills have one skill set.
void plan_skills(const StationRules& rules, std::size_t services, StationPlan& plan) {
  const bool differ = std::any_of(rules.groups.begin(), rules.groups.end(),
                                  [](const ClerkGroup& group) { return !group.skills.empty(); });
  if (!differ) return;
  std::map<std::vector<ServiceId>, std::size_t> sets;
  std::vector<std::size_t> skills;
  for (const ClerkGroup& group : rules.groups) {
    const auto [entry, is_new] = sets.try_emplace(group.skills, sets.size());
    if (is_new) skills.push_back(group.skills.empty() ? services : group.skills.size());
    plan.skill_set.push_back(static_cast<std::uint8_t>(entry->second));
  }
  PISHKHAN_EXPECT(sets.size() <= kMostSkillSets);
  plan.able.assign(services, 0);
  for (const auto& [skill_ids, set] : sets) {
    for (std::size_t s = 0; s < services; ++s) {
      if (skill_ids.empty() || std::binary_search(skill_ids.begin(), skill_ids.end(), ServiceId(s)))
        plan.able[s] |= SkillMask{1} << set;
    }
  }
  for (const std::size_t count : skills) {
    std::set<std::size_t> fewer;
    for (const std::size_t other : skills)
      if (other < count) fewer.insert(other);
    plan.breadth.push_back(static_cast<std::uint8_t>(fewer.size()));
  }
}

AtClosing at_closing(const ClosingRule& closing) {
  return closing.at == Closing::serve_out ? AtClosing::serve_out : AtClosing::send_away;
}

/// The doors of a day on which clerks work; none of one on which nobody does while they are open.
Intervals staffed_doors(const Intervals& doors, const std::vector<Intervals>& shifts) {
  const bool works =
      std::any_of(shifts.begin(), shifts.end(), [&](const Intervals& shift) { return meet(shift, doors); });
  return works ? doors : Intervals{};
}

StationPlan plan_station(const StationRules& rules, const Run& run, const HourProfile& profile,
                         std::size_t services, HoursBook& book) {
  StationPlan plan;
  plan.rules = &rules;
  plan.at_closing = at_closing(rules.closing);
  std::vector<DayNumber> begins = rules.door_changes(run.start, run.start + run.days);
  begins.insert(begins.begin(), run.start);
  for (std::size_t k = 0; k < begins.size(); ++k) {
    const DayNumber until = k + 1 < begins.size() ? begins[k + 1] : run.start + run.days;
    const WeekHours& doors = rules.doors_on(begins[k]);
    PlannedWeek& week = plan.weeks.emplace_back();
    week.from_day = begins[k];
    for (std::size_t day = 0; day < week.days.size(); ++day) {
      // Groups of other days have other hours, where doors have dates: they are not seen on these.
      std::vector<Intervals> shifts;
      for (const auto& group : rules.groups) {
        const bool works =
            rules.dated_doors.empty() || (group.from_day < until && group.until_day > begins[k]);
        shifts.push_back(works ? group.shifts[day] : Intervals{});
      }
      const Intervals open = staffed_doors(doors[day], shifts);
      week.days[day] = book.of(open, std::move(shifts), &profile);
    }
  }
  plan_skills(rules, services, plan);
  return plan;
}

void plan_stations(const Scenario& scenario, Plan::Data& data, StopCheck stop) {
  const Province& province = *scenario.province;
  HoursBook book(data.curves);
  std::array<const Sampler*, 2> patience{};
  for (std::size_t channel = 0; channel < 2; ++channel) {
    data.samplers.push_back(std::make_unique<Sampler>(std::span(&scenario.patience[channel], 1)));
    patience[channel] = data.samplers.back().get();
  }
  const bool priorities = std::any_of(scenario.classes.begin(), scenario.classes.end(),
                                      [](const CitizenClass& c) { return c.share > 0 && c.priority != 0; });
  const auto add = [&](const std::string& id, const StationRules& rules, Channel channel, Kind kind,
                       CountyId county) -> StationPlan& {
    stop.after(1 + rules.groups.size());
    const auto c = static_cast<std::size_t>(channel);
    StationPlan plan =
        plan_station(rules, scenario.run, scenario.demand.profile[c][static_cast<std::size_t>(kind)],
                     province.services.size(), book);
    plan.key = key_of("station", id);
    plan.channel = channel;
    plan.kind = kind;
    plan.county = county;
    plan.patience = patience[c];
    plan.priorities = priorities;
    return data.stations.emplace_back(std::move(plan));
  };
  for (const auto& office : province.offices) {
    StationPlan& plan = add(office.id, office.rules, Channel::office, office.kind, office.county);
    plan.from_day = office.from_day;
    plan.until_day = office.until_day;
  }
  data.offices = data.stations.size();
  for (const auto& counter : province.counters)
    add(counter.id, counter.rules, Channel::traditional, Kind::urban, counter.county);
}

/// How near a counter is to the residents of a place: first those of the place, then those of its county,
/// then the nearest county's.
std::pair<int, double> nearness(const Province& province, const Counter& counter, const Place& place) {
  constexpr int kOfPlace = 0, kOfCounty = 1, kElsewhere = 2;
  if (counter.place && &province.places[counter.place->index()] == &place) return {kOfPlace, 0};
  if (counter.county == place.county) {
    if (!counter.place) return {kOfCounty, 0};
    const Place& there = province.places[counter.place->index()];
    return {kOfCounty, distance_km(place.latitude, place.longitude, there.latitude, there.longitude)};
  }
  const County& here = province.counties[place.county.index()];
  const County& there = province.counties[counter.county.index()];
  return {kElsewhere, distance_km(here.latitude, here.longitude, there.latitude, there.longitude)};
}

/// The counter of each agency for the residents of each place; of equally near ones the first id.
void plan_counters(const Province& province, Plan::Data& data) {
  data.counter.assign(province.agencies.size(),
                      std::vector<StationIndex>(province.places.size(), kNoStation));
  for (std::size_t p = 0; p < province.places.size(); ++p) {
    std::vector<std::pair<int, double>> best(province.agencies.size());
    for (std::size_t k = 0; k < province.counters.size(); ++k) {
      const Counter& counter = province.counters[k];
      const auto near = nearness(province, counter, province.places[p]);
      StationIndex& known = data.counter[counter.agency.index()][p];
      auto& best_known = best[counter.agency.index()];
      if (known != kNoStation && std::tie(best_known, province.counters[known.index() - data.offices].id) <=
                                     std::tie(near, counter.id))
        continue;
      best_known = near;
      known = StationIndex(data.offices + k);
    }
  }
}

void plan_epochs(const Scenario& scenario, Plan::Data& data, StopCheck stop) {
  const DayNumber begin = scenario.run.start, end = begin + scenario.run.days;
  std::set<DayNumber> changes{begin};
  for (const auto& office : scenario.province->offices) {
    for (const DayNumber day : {office.from_day, office.until_day})
      if (begin < day && day < end) changes.insert(day);
  }
  for (const DayNumber day : authorisation_changes(*scenario.province))
    if (begin < day && day < end) changes.insert(day);
  const auto reach = std::make_shared<const std::vector<Reach>>(find_reach(scenario));
  for (const DayNumber day : changes) {
    stop.now();
    data.epochs.push_back({day, OfficeChooser(scenario, reach, day)});
  }
}

/// Those whose draws have a key of their own: the citizens of a place who need a service, or a stream.
std::string citizens_text(const Scenario& scenario, const Plan::Data& data, std::size_t position) {
  if (scenario.province) {
    return "the citizens of `" + scenario.province->places[position / data.services].id + "` who need `" +
           scenario.province->services[position % data.services].id + '`';
  }
  std::size_t station = 0;
  while (station + 1 < data.stations.size() && data.stations[station + 1].first_stream <= position) ++station;
  const BareStation& of = scenario.stations[station];
  return "the stream `" + of.streams[position - data.stations[station].first_stream].id +
         "` of the station `" + of.id + '`';
}

/// Ids whose hashes are alike would give alike citizens, or alike absences.
void expect_no_clash(const Scenario& scenario, const Plan::Data& data) {
  const auto refuse = [&](const std::string& one, const std::string& other) {
    throw UserError({{scenario.file.string(), 0, 0, "",
                      "by chance the draws of " + one + " and of " + other + " would be alike on some days",
                      "rename one of them by a letter"}});
  };
  std::vector<IdKey> stations;
  for (const StationPlan& plan : data.stations) stations.push_back(plan.key);
  const DayNumber first = scenario.run.start;
  const int days = std::max(1, scenario.run.days);  // an unbroken run has one
  if (const auto found = find_clash(stations, first, days)) {
    const std::vector<std::string_view> ids = station_ids(scenario);
    refuse("the station `" + std::string(ids[found->first]) + '`',
           "the station `" + std::string(ids[found->second]) + '`');
  }
  if (const auto found = find_clash(data.citizen_keys, first, days))
    refuse(citizens_text(scenario, data, found->first), citizens_text(scenario, data, found->second));
}

}  // namespace

void plan_province(const Scenario& scenario, Plan::Data& data, StopCheck stop) {
  data.services = scenario.province->services.size();
  plan_stations(scenario, data, stop);
  plan_counters(*scenario.province, data);
  plan_appointments(scenario, data);
  plan_handling(scenario, data);
  plan_demand(scenario, data, stop);
  plan_epochs(scenario, data, stop);
  plan_ways(scenario, data, stop);
  plan_elasticity(scenario, data, stop);
  expect_no_clash(scenario, data);
  plan_backbone(scenario, data);
}

namespace {

void plan_week(const BareStation& station, HoursBook& book, StationPlan& plan) {
  plan.at_closing = at_closing(station.rules.closing);
  PlannedWeek& week = plan.weeks.emplace_back();
  for (std::size_t day = 0; day < week.days.size(); ++day) {
    std::vector<Intervals> shifts;
    for (const auto& group : station.rules.groups) shifts.push_back(group.shifts[day]);
    Intervals doors = station.rules.doors[day];
    if (plan.cores == 0 && !plan.unlimited) doors = staffed_doors(doors, shifts);
    week.days[day] = book.of(doors, std::move(shifts), nullptr);
  }
}

/// The shifts go on for more than a week after the run, so that whoever waits when it ends waits for a clerk.
void plan_run(const BareStation& station, const Run& run, HoursBook& book, StationPlan& plan) {
  const double shifts_end_s = run.length_s + (kDaysPerWeek + 1) * kSecondsPerDay;
  std::vector<Intervals> shifts;
  for (const auto& group : station.rules.groups) {
    shifts.push_back(is_round_the_clock(group.shifts) ? Intervals{{0, kForever}}
                                                      : lay_out(group.shifts, run.start, shifts_end_s));
  }
  const bool never_closes = is_round_the_clock(station.rules.doors);
  plan.at_closing = never_closes ? AtClosing::stop : at_closing(station.rules.closing);
  const Intervals doors =
      never_closes ? Intervals{{0, run.length_s}} : lay_out(station.rules.doors, run.start, run.length_s);
  plan.weeks.emplace_back().days.fill(book.of(doors, std::move(shifts), nullptr, false));
}

ArrivalCurve curve_of(const ArrivalStream& stream, const Intervals& doors, double factor) {
  ArrivalCurve curve(stream.rate, doors);
  if (stream.total_a_day > 0) curve.scale_to(stream.total_a_day);
  curve.scale_to(curve.total() * factor * stream.batch.mean());
  return curve;
}

}  // namespace

void plan_bare_stations(const Scenario& scenario, Plan::Data& data, StopCheck stop) {
  data.bare = true;
  data.unbroken = scenario.run.length_s > 0;
  HoursBook book(data.curves);
  for (const auto& station : scenario.stations) {
    stop.now();
    StationPlan plan;
    plan.rules = &station.rules;
    plan.key = key_of("station", station.id);
    plan.first_stream = static_cast<std::uint32_t>(data.stream_curves.size());
    plan.streams = static_cast<std::uint32_t>(station.streams.size());
    plan.cores = station.discipline == Discipline::processor_sharing ? station.cores : 0;
    plan.unlimited = station.rules.unlimited_clerks;
    plan.busyness_cv = station.busyness_cv;
    if (data.unbroken)
      plan_run(station, scenario.run, book, plan);
    else
      plan_week(station, book, plan);
    plan_skills(station.rules, station.streams.size(), plan);
    const auto& week = plan.weeks.front().days;
    std::vector<Distribution> handling, patience;
    data.first_citizen_key.push_back(plan.first_stream);
    for (const auto& stream : station.streams) {
      data.citizen_keys.push_back(plan.key ^ key_of("stream", stream.id));
      auto& curves = data.stream_curves.emplace_back();
      if (data.unbroken) curves[0] = curve_of_run(station, stream, scenario.run.start, week[0]->doors);
      for (std::size_t day = 0; !data.unbroken && day < week.size(); ++day)
        if (week[day]->open()) curves[day] = curve_of(stream, week[day]->doors, stream.weekday[day]);
      data.streams.push_back(&stream);
      plan.plain_arrivals &= stream.is_plain();
      plan.own_service_levels |= stream.service_level_s.has_value();
      data.stream_priority.push_back(static_cast<std::int16_t>(stream.priority));
      plan.priorities |= stream.priority != station.streams.front().priority;
      handling.push_back(stream.handling);
      patience.push_back(stream.patience);
    }
    for (const auto* times : {&handling, &patience})
      data.samplers.push_back(std::make_unique<Sampler>(*times));
    plan.handling = {{INT32_MIN, data.samplers[data.samplers.size() - 2].get()}};
    plan.patience = data.samplers.back().get();
    data.stations.push_back(std::move(plan));
  }
  data.services = data.stream_curves.size();
  expect_no_clash(scenario, data);
}

}  // namespace pishkhan
