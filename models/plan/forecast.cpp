#include "models/plan/forecast.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "models/demand/online_shares.hpp"
#include "models/plan/plan_data.hpp"
#include "models/plan/visit_work.hpp"
#include "models/province/calendar.hpp"

namespace pishkhan {
namespace {

/// What clerks do at speed 1, and what they wait for, which takes as long at any speed; in seconds.
struct Work {
  double human_s = 0, calls_s = 0;

  Work& operator+=(const Work& more) {
    human_s += more.human_s;
    calls_s += more.calls_s;
    return *this;
  }
  friend Work operator*(const Work& work, double times) {
    return {work.human_s * times, work.calls_s * times};
  }
  [[nodiscard]] double at(double speed) const { return human_s / speed + calls_s; }
};

/// Expected visits and work of a year.
struct YearlyLoad {
  std::vector<double> visits;
  std::vector<Work> work;

  void resize(std::size_t n) {
    visits.resize(n);
    work.resize(n);
  }
};

/// Clerks on shift in an hour, and their mean speed.
struct OnShift {
  double clerks = 0, speed = 1;
};

/// A station's visits on a day, and its work and clerks in each hour.
struct HourlyLoad {
  double visits = 0;
  std::array<Work, kHoursPerDay> work{};
  std::array<OnShift, kHoursPerDay> clerks{};
};

class Forecaster {
 public:
  Forecaster(const Plan& plan, StopCheck stop) : scenario_(plan.scenario()), data_(plan.data()), stop_(stop) {
    const std::size_t slots = Forecast::hour_key(data_.stations.size(), 0, 0);
    out_.offered_load.assign(slots, 0);
    out_.clerks.assign(slots, 0);
    out_.speed.assign(slots, 0);
    out_.visits.assign(data_.stations.size(), 0);
    open_days_.assign(data_.stations.size() * kDaysPerWeek, 0);
    carried_work_.assign(data_.stations.size(), {});
    if (!data_.bare) channels_.emplace(scenario_);
    for (const auto& curve : data_.curves) {
      auto& hours = curve_hours_.emplace_back();
      for (std::size_t h = 0; h < hours.size(); ++h) hours[h] = hour_share(curve, h);
    }
  }

  Forecast run() {
    if (data_.unbroken) {
      for (std::size_t s = 0; s < data_.stations.size(); ++s) unbroken(s);
      return out_;
    }
    const DayRanges ranges(scenario_, data_);
    ranges_ = &ranges;
    weekdays_.assign(data_.stations.size(), {});
    const DayNumber start = scenario_.run.start;
    for (int k = 0; k < scenario_.run.days; ++k) {
      const DayNumber day = start + k;
      const bool counted = k >= scenario_.run.warm_up_days;
      changes_ |= changes_on(day);
      const bool holiday =
          std::binary_search(scenario_.demand.holidays.begin(), scenario_.demand.holidays.end(), day);
      if (holiday && !data_.web_only(day)) continue;
      stop_.after(1);
      if (!data_.bare) refresh_load(day);
      for (std::size_t s = 0; s < data_.stations.size(); ++s) station_day(s, day, counted, holiday);
    }
    std::stable_sort(out_.weekday_loads.begin(), out_.weekday_loads.end(), [](const auto& a, const auto& b) {
      return std::tuple(a.station, a.range.first_day, a.weekday) <
             std::tuple(b.station, b.range.first_day, b.weekday);
    });
    for (std::size_t key = 0; key < out_.clerks.size(); ++key) {
      const double days = open_days_[key / kHoursPerDay];
      if (days <= 0) continue;
      out_.offered_load[key] /= days;
      out_.clerks[key] /= days;
      out_.speed[key] /= days;
    }
    out_.unreachable.assign(unreachable_.begin(), unreachable_.end());
    return out_;
  }

 private:
  [[nodiscard]] Work work_of_visit(std::size_t station, std::size_t service, DayNumber day) const {
    const VisitWork work = pishkhan::work_of_visit(scenario_, data_, station, service, day);
    return {work.human_s, work.calls_s};
  }

  /// Of all clerks that a station has on a day, on shift or not; 1 if there are none.
  static double mean_speed(const StationRules& rules, DayNumber day) {
    double speed = 0, clerks = 0;
    for (const ClerkGroup& group : rules.groups) {
      if (day < group.from_day || day >= group.until_day) continue;
      speed += group.clerks * group.speed;
      clerks += group.clerks;
    }
    return clerks > 0 ? speed / clerks : 1;
  }

  /// Whether demand, handling or what follows a failed online attempt change on a day.
  [[nodiscard]] bool changes_on(DayNumber day) const {
    const auto& handling = scenario_.handling;
    const auto& unserved = scenario_.unserved;
    return std::any_of(unserved.begin(), unserved.end(),
                       [=](const UnservedRule& rule) {
                         return rule.is_after(InVain::online) &&
                                (rule.from_day == day || rule.until_day == day);
                       }) ||
           std::any_of(data_.demand.begin(), data_.demand.end(),
                       [=](const DemandEpoch& epoch) { return epoch.from_day == day; }) ||
           std::any_of(handling.begin(), handling.end(), [=](const HandlingChange& change) {
             return change.from_day == day || change.until_day == day;
           });
  }

  /// Spreads a year's demand over the stations; after the first day only for the services whose channels or
  /// offices have changed, or all where demand or handling have.
  void refresh_load(DayNumber day) {
    const OfficeChooser* chooser = &data_.chooser(day);
    const auto& changed = channels_->move_to(day);
    if (chooser == chooser_ && changed.empty() && !changes_) return;
    const std::size_t stations = data_.stations.size();
    for (YearlyLoad* load : {&by_service_, &after_online_by_service_}) {
      load->visits.resize(data_.services * stations);
      load->work.resize(data_.services * stations);
    }
    online_of_.resize(data_.services);
    const bool new_offices = chooser != chooser_, all = std::exchange(changes_, false) || new_offices;
    if (new_offices) find_shares(*chooser);
    for (std::uint32_t service = 0; service < data_.services; ++service) {
      if (!all && !std::binary_search(changed.begin(), changed.end(), service)) continue;
      spread(service, day, *chooser);
    }
    chooser_ = chooser;
    online_.assign(data_.day_share.size(), 0);
    for (std::size_t service = 0; service < data_.services; ++service)
      online_[data_.group_of_service[service]] += online_of_[service];
    add_up(by_service_, load_);
    add_up(after_online_by_service_, after_online_);
  }

  /// Adds up the services of each group of special days.
  void add_up(const YearlyLoad& by_service, YearlyLoad& load) const {
    const std::size_t stations = data_.stations.size();
    load.visits.assign(data_.day_share.size() * stations, 0);
    load.work.assign(load.visits.size(), {});
    for (std::size_t service = 0; service < data_.services; ++service) {
      const std::size_t group = data_.group_of_service[service];
      for (std::size_t s = 0; s < stations; ++s) {
        load.visits[group * stations + s] += by_service.visits[service * stations + s];
        load.work[group * stations + s] += by_service.work[service * stations + s];
      }
    }
  }

  /// How the residents of the zones share out among the offices, by class of services.
  void find_shares(const OfficeChooser& chooser) {
    const std::vector<Zone>& zones = scenario_.province->zones;
    shares_.assign(chooser.classes() * zones.size(), {});
    cut_off_.assign(shares_.size(), {});
    std::vector<bool> done(chooser.classes(), false);
    for (std::size_t service = 0; service < data_.services; ++service) {
      const std::uint32_t number = chooser.class_of(service);
      if (done[number]) continue;
      done[number] = true;
      for (std::size_t z = 0; z < zones.size(); ++z) {
        std::map<StationIndex, double> of_zone;
        for (const PlaceId place : zones[z].places) {
          const double residents = scenario_.province->places[place.index()].population / zones[z].population;
          const auto& choices = chooser.choices(place.index(), service);
          if (choices.empty()) cut_off_[number * zones.size() + z].push_back(place);
          for (const auto& [office, share] : probabilities(choices)) of_zone[office] += residents * share;
        }
        shares_[number * zones.size() + z].assign(of_zone.begin(), of_zone.end());
      }
    }
  }

  void spread(std::uint32_t service_index, DayNumber day, const OfficeChooser& chooser) {
    stop_.now();
    const std::size_t stations = data_.stations.size();
    double* visits = by_service_.visits.data() + service_index * stations;
    double* failed = after_online_by_service_.visits.data() + service_index * stations;
    const std::vector<double>& visits_a_year = data_.visits_a_year(day);
    std::fill_n(visits, stations, 0.0);
    std::fill_n(failed, stations, 0.0);
    online_of_[service_index] = 0;
    const Service& service = scenario_.province->services[service_index];
    const std::vector<Zone>& zones = scenario_.province->zones;
    for (std::size_t zone = 0; zone < zones.size(); ++zone) {
      const ChannelMap& map = channels_->map(zone * data_.services + service_index);
      double a_year = 0;
      for (const PlaceId place : zones[zone].places)
        a_year += visits_a_year[place.index() * data_.services + service_index];
      const OnlineShares online =
          online_shares(scenario_, map.share_of(Channel::online),
                        channels_->online_failure(zone * data_.services + service_index),
                        {ServiceId(service_index), ZoneId(zone), day});
      online_of_[service_index] += a_year * online.attempts;
      const double at_office = map.share_of(Channel::office) + online.to_office;
      const double at_counter = map.share_of(Channel::traditional) + online.to_counter;
      const std::vector<StationIndex>& counter_of = data_.counter[service.agency.index()];
      const bool has_counter = counter_of[zones[zone].places.front().index()] != kNoStation;
      const std::size_t of_class = chooser.class_of(service_index) * zones.size() + zone;
      const Shares& shares = shares_[of_class];
      const auto& cut_off = cut_off_[of_class];
      if (map.share_of(Channel::office) > 0 &&
          std::any_of(cut_off.begin(), cut_off.end(), [&](PlaceId place) {
            return visits_a_year[place.index() * data_.services + service_index] > 0;
          }))
        unreachable_.emplace(ServiceId(service_index), ZoneId(zone));
      const double to_offices = at_office + (has_counter ? 0 : at_counter);
      const double failed_to_offices = online.to_office + (has_counter ? 0 : online.to_counter);
      for (const auto& [office, share] : shares) {
        visits[office.index()] += a_year * to_offices * share;
        failed[office.index()] += a_year * failed_to_offices * share;
      }
      const std::vector<PlaceId>& places = zones[zone].places;
      for (std::size_t p = 0; has_counter && p < places.size();) {
        // As long as the places have the same counter.
        const StationIndex counter = counter_of[places[p].index()];
        double of_counter = 0;
        for (; p < places.size() && counter_of[places[p].index()] == counter; ++p)
          of_counter += visits_a_year[places[p].index() * data_.services + service_index];
        visits[counter.index()] += of_counter * (shares.empty() ? at_counter + at_office : at_counter);
        failed[counter.index()] +=
            of_counter * (shares.empty() ? online.to_counter + online.to_office : online.to_counter);
      }
    }
    Work* work = by_service_.work.data() + service_index * stations;
    Work* failed_work = after_online_by_service_.work.data() + service_index * stations;
    for (std::size_t s = 0; s < stations; ++s) {
      const Work of_visit = visits[s] > 0 ? work_of_visit(s, service_index, day) : Work();
      work[s] = of_visit * visits[s];
      failed_work[s] = of_visit * failed[s];
      visits[s] *= 1 + service.rework;
    }
  }

  void station_day(std::size_t s, DayNumber day, bool counted, bool holiday) {
    const StationPlan& plan = data_.stations[s];
    const auto weekday_index = static_cast<std::size_t>(weekday(day));
    const StationHours& hours = plan.hours(day, weekday_index);
    stop_.after(1 + plan.rules->groups.size());
    if (data_.bare) return bare_day(s, day, counted);
    HourlyLoad of_day;
    Work work;
    const YearlyLoad& load = data_.web_only(day) ? after_online_ : load_;
    for (std::size_t group = 0; group < data_.day_share.size(); ++group) {
      const std::size_t at = group * data_.stations.size() + s;
      const double share = data_.day_share[group][static_cast<std::size_t>(day - data_.first_day)];
      const double same_day_online = data_.online_same_day(group, day);
      of_day.visits += load.visits[at] * share;
      work += load.work[at] * share;
      if (same_day_online < 1) {  // the others fail online on another day
        of_day.visits += after_online_.visits[at] * (share * (same_day_online - 1));
        work += after_online_.work[at] * (share * (same_day_online - 1));
      }
      if (s == 0) out_.total_visits += online_[group] * share * same_day_online;
      const double brought = data_.brought(plan, day, weekday_index);
      if (brought <= 0) continue;
      const double more =
          brought * data_.ordinary_share[group][static_cast<std::size_t>(day - data_.first_day)];
      // Doors bring no citizens who come from the web.
      of_day.visits += (load_.visits[at] - after_online_.visits[at]) * more;
      work += load_.work[at] * more;
      work += after_online_.work[at] * -more;
    }
    // An office that has not opened yet, or has closed for good, has no hours, as if shut.
    const bool open = !holiday && plan.is_open(day, weekday_index);
    // Citizens who find the station closed all day come on the next day on which it is open.
    work += carried_work_[s];
    carried_work_[s] = open ? Work() : work;
    out_.total_visits += of_day.visits;
    if (counted) out_.visits[s] += of_day.visits;
    if (!open || !counted) return;
    for (std::size_t h = 0; h < kHoursPerDay; ++h) {
      of_day.work[h] = work * curve_hours_[hours.curve][h];
      of_day.clerks[h] = clerks_in_hour(plan, hours, day, h);
    }
    add_open_day(s, day, of_day);
  }

  /// The sums of the station's weekday in the range in which the day lies.
  Forecast::WeekdayLoad& weekday_load(std::size_t s, DayNumber day, std::size_t weekday_index) {
    OfWeekdays& present = weekdays_[s];
    if (day >= present.range.until_day) present = {ranges_->of(s, day), {}};
    std::size_t& number = present.number[weekday_index];
    if (number == 0) {
      out_.weekday_loads.push_back({s, present.range, static_cast<int>(weekday_index)});
      number = out_.weekday_loads.size();
    }
    return out_.weekday_loads[number - 1];
  }

  void add_open_day(std::size_t s, DayNumber day, const HourlyLoad& of_day) {
    const auto weekday_index = static_cast<std::size_t>(weekday(day));
    ++open_days_[s * kDaysPerWeek + weekday_index];
    Forecast::WeekdayLoad& days = weekday_load(s, day, weekday_index);
    ++days.open_days;
    Work work;
    double clerk_h = 0, done_h = 0;  // of clerks, and of clerks at speed 1
    for (std::size_t h = 0; h < kHoursPerDay; ++h) {
      const std::size_t key = Forecast::hour_key(s, weekday_index, h);
      const auto& [clerks, speed] = of_day.clerks[h];
      out_.offered_load[key] += of_day.work[h].at(speed) / kSecondsPerHour;
      out_.clerks[key] += clerks;
      out_.speed[key] += speed;
      work += of_day.work[h];
      clerk_h += clerks;
      done_h += clerks * speed;
    }
    // Who waits from hour to hour is served by the clerks of all hours.
    const double speed = clerk_h > 0 && std::isfinite(clerk_h) ? done_h / clerk_h : of_day.clerks[0].speed;
    days.offered_load_h += work.at(speed) / kSecondsPerHour;
    days.clerk_h += clerk_h;
    days.hours_of_one += hours_of_one(s, day);
  }

  /// Hours of a clerk on shift on the day, less absence, in the mean of all clerks; where there is none, of
  /// the groups; where these have no shift, as long as the doors are open.
  [[nodiscard]] double hours_of_one(std::size_t s, DayNumber day) const {
    const StationPlan& plan = data_.stations[s];
    const StationHours& hours = plan.hours(day, static_cast<std::size_t>(weekday(day)));
    double clerks = 0, clerk_s = 0, groups = 0, group_s = 0, open_s = 0;
    for (std::size_t g = 0; g < plan.rules->groups.size(); ++g) {
      const ClerkGroup& group = plan.rules->groups[g];
      if (day < group.from_day || day >= group.until_day) continue;
      double of_one_s = 0;
      for (const Interval& shift : hours.shifts[g])
        of_one_s += (shift.to_s - shift.from_s) * (1 - group.absence);
      clerks += group.clerks;
      clerk_s += group.clerks * of_one_s;
      ++groups;
      group_s += of_one_s;
    }
    for (const Interval& door : hours.doors) open_s += door.to_s - door.from_s;
    const double of_one_s = clerk_s > 0 ? clerk_s / clerks : group_s > 0 ? group_s / groups : open_s;
    return of_one_s / kSecondsPerHour;
  }

  /// Bare stations have the same hours every week.
  void bare_day(std::size_t s, DayNumber date, bool counted) {
    const auto weekday_index = static_cast<std::size_t>(weekday(date));
    if (weeks_.empty()) weeks_.resize(7 * data_.stations.size());
    const StationHours& hours = data_.stations[s].hours(date, weekday_index);
    if (!hours.open()) return;
    std::optional<HourlyLoad>& day = weeks_[7 * s + weekday_index];
    if (!day) day = hourly_load(s, weekday_index, hours);
    out_.total_visits += day->visits;
    if (!counted) return;
    out_.visits[s] += day->visits;
    add_open_day(s, date, *day);
  }

  [[nodiscard]] HourlyLoad hourly_load(std::size_t s, std::size_t weekday_index,
                                       const StationHours& hours) const {
    const StationPlan& plan = data_.stations[s];
    HourlyLoad day;
    for (std::size_t k = 0; k < plan.streams; ++k) {
      const ArrivalCurve& curve = data_.stream_curves[plan.first_stream + k][weekday_index];
      day.visits += curve.total();
      for (std::size_t h = 0; h < kHoursPerDay; ++h)
        day.work[h] += work_of_visit(s, k, scenario_.run.start) * (curve.total() * hour_share(curve, h));
      const int at_start = data_.streams[plan.first_stream + k]->at_start;
      if (at_start == 0) continue;
      day.visits += at_start;
      const auto opening = static_cast<std::size_t>(hours.doors.front().from_s / kSecondsPerHour);
      day.work[opening] += work_of_visit(s, k, scenario_.run.start) * at_start;
    }
    for (std::size_t h = 0; h < kHoursPerDay; ++h)
      day.clerks[h] = clerks_in_hour(plan, hours, scenario_.run.start, h);
    return day;
  }

  static double hour_share(const ArrivalCurve& curve, std::size_t hour) {
    return curve.share(static_cast<double>(hour) * kSecondsPerHour,
                       static_cast<double>(hour + 1) * kSecondsPerHour);
  }

  static OnShift clerks_in_hour(const StationPlan& plan, const StationHours& hours, DayNumber day,
                                std::size_t hour) {
    const double from = static_cast<double>(hour) * kSecondsPerHour, to = from + kSecondsPerHour;
    double clerk_s = 0, done_s = 0;  // of clerks, and of clerks at speed 1
    for (const auto& door : hours.doors) {
      if (plan.unlimited && std::max(from, door.from_s) < std::min(to, door.to_s))
        clerk_s = std::numeric_limits<double>::infinity();
    }
    for (std::size_t g = 0; g < plan.rules->groups.size(); ++g) {
      const ClerkGroup& group = plan.rules->groups[g];
      if (day < group.from_day || day >= group.until_day) continue;
      for (const auto& shift : hours.shifts[g]) {
        const double of_group = group.clerks * (1 - group.absence) *
                                std::max(0.0, std::min(to, shift.to_s) - std::max(from, shift.from_s));
        clerk_s += of_group;
        done_s += of_group * group.speed;
      }
    }
    const double speed = done_s > 0 ? done_s / clerk_s : mean_speed(*plan.rules, day);
    return {clerk_s / kSecondsPerHour, speed};
  }

  /// Whether doors, clerks or arrivals of an unbroken run change by the hour.
  [[nodiscard]] bool has_hours(std::size_t s) const {
    const auto& streams = scenario_.stations[s].streams;
    const std::vector<Intervals>& shifts = data_.stations[s].weeks[0].days[0]->shifts;
    return data_.stations[s].at_closing != AtClosing::stop ||
           std::any_of(streams.begin(), streams.end(), [](const auto& stream) { return stream.every_day; }) ||
           std::any_of(shifts.begin(), shifts.end(), [](const auto& of_group) {
             return of_group != Intervals{{0, std::numeric_limits<double>::infinity()}};
           });
  }

  /// Of an unbroken run: how many hours of the week have passed at its first midnight.
  [[nodiscard]] std::size_t first_hour() const {
    return static_cast<std::size_t>(weekday(scenario_.run.start)) * kHoursPerDay;
  }

  /// Adds the counted time within [from_s, to_s) of an unbroken run, times a factor, to the hours of the
  /// week.
  void add_counted_time(double from_s, double to_s, double factor, HoursOfWeek& hours) const {
    split_by_hour_of_week(first_hour(), std::max(scenario_.run.warm_up_s, from_s),
                          std::min(scenario_.run.length_s, to_s),
                          [&](std::size_t hour, double s) { hours[hour] += factor * s; });
  }

  /// Clerks on shift in the counted time of an unbroken run, added up by hour of the week; a clerk counts as
  /// one, or as so many at speed 1.
  [[nodiscard]] HoursOfWeek clerk_seconds(const StationPlan& plan, bool at_speed_1) const {
    HoursOfWeek clerk_s{};
    const auto add = [&](const Intervals& hours, double clerks) {
      for (const Interval& one : hours) add_counted_time(one.from_s, one.to_s, clerks, clerk_s);
    };
    const StationHours& hours = *plan.weeks[0].days[0];
    for (std::size_t g = 0; g < plan.rules->groups.size(); ++g) {
      const ClerkGroup& group = plan.rules->groups[g];
      add(hours.shifts[g], group.clerks * (at_speed_1 ? group.speed : 1));
    }
    if (plan.cores > 0) add(hours.doors, plan.cores);
    if (plan.unlimited) add(hours.doors, std::numeric_limits<double>::infinity());
    return clerk_s;
  }

  void unbroken_by_hour(std::size_t s) {
    const StationPlan& plan = data_.stations[s];
    const Run& run = scenario_.run;
    HoursOfWeek human_s{}, counted_s{};
    for (std::size_t k = 0; k < plan.streams; ++k) {
      const ArrivalCurve& curve = data_.stream_curves[plan.first_stream + k][0];
      const double time_s = work_of_visit(s, k, scenario_.run.start).human_s;
      const int at_start = data_.streams[plan.first_stream + k]->at_start;
      out_.total_visits += curve.total() + at_start;
      if (at_start > 0 && run.warm_up_s <= 0) {
        out_.visits[s] += at_start;
        human_s[first_hour()] += at_start * time_s;
      }
      const HoursOfWeek visits = curve.by_hour_of_week(run.warm_up_s, run.length_s, first_hour());
      for (std::size_t h = 0; h < visits.size(); ++h) {
        out_.visits[s] += visits[h];
        human_s[h] += visits[h] * time_s;
      }
    }
    add_counted_time(run.warm_up_s, run.length_s, 1, counted_s);
    const HoursOfWeek clerk_s = clerk_seconds(plan, false), done_s = clerk_seconds(plan, true);
    const double all = mean_speed(*plan.rules, run.start);
    double human_h = 0, done_h = 0;
    Forecast::WeekdayLoad whole{s, {}, {}, 0, 0, (run.length_s - run.warm_up_s) / kSecondsPerDay};
    for (std::size_t h = 0; h < human_s.size(); ++h) {
      if (counted_s[h] <= 0) continue;
      const std::size_t key = Forecast::hour_key(s, 0, h);
      const bool is_finite = clerk_s[h] > 0 && std::isfinite(clerk_s[h]);
      out_.speed[key] = is_finite ? done_s[h] / clerk_s[h] : all;
      out_.offered_load[key] = human_s[h] / out_.speed[key] / counted_s[h];
      out_.clerks[key] = clerk_s[h] / counted_s[h];
      human_h += human_s[h] / kSecondsPerHour;
      done_h += done_s[h] / kSecondsPerHour;
      whole.clerk_h += clerk_s[h] / kSecondsPerHour;
    }
    const bool is_finite = whole.clerk_h > 0 && std::isfinite(whole.clerk_h);
    whole.offered_load_h = human_h / (is_finite ? done_h / whole.clerk_h : all);
    double clerks = plan.cores;
    for (const ClerkGroup& group : plan.rules->groups) clerks += group.clerks;
    whole.hours_of_one = is_finite && clerks > 0 ? whole.clerk_h / clerks : kHoursPerDay * whole.open_days;
    out_.weekday_loads.push_back(whole);
  }

  /// Where no hour is unlike another, the mean load stands in the first.
  void unbroken(std::size_t s) {
    if (has_hours(s)) return unbroken_by_hour(s);
    const StationPlan& plan = data_.stations[s];
    double visits = 0, load = 0;
    for (std::size_t k = 0; k < plan.streams; ++k) {
      const double count = data_.stream_curves[plan.first_stream + k][0].total() +
                           data_.streams[plan.first_stream + k]->at_start;
      visits += count;
      load += count / scenario_.run.length_s * work_of_visit(s, k, scenario_.run.start).human_s;
    }
    out_.total_visits += visits;
    out_.visits[s] = visits * (1 - scenario_.run.warm_up_s / scenario_.run.length_s);
    double clerks = 0, done = 0, all = 0;  // a clerk as one, and as so many at speed 1; with absent ones
    for (const auto& group : plan.rules->groups) {
      all += group.clerks;
      clerks += group.clerks * (1 - group.absence);
      done += group.clerks * (1 - group.absence) * group.speed;
    }
    const double speed = done > 0 ? done / clerks : 1;
    load /= speed;
    if (plan.cores > 0) clerks = plan.cores;
    const double of_one = plan.cores == 0 && clerks > 0 ? clerks / all : 1;
    if (plan.unlimited) clerks = std::numeric_limits<double>::infinity();
    const std::size_t key = Forecast::hour_key(s, 0, 0);
    out_.offered_load[key] = load;
    out_.clerks[key] = clerks;
    out_.speed[key] = speed;
    out_.steady.push_back(s);
    out_.weekday_loads.push_back({s, {}, {}, load, clerks, 1, of_one});
  }

  const Scenario& scenario_;
  const Plan::Data& data_;
  StopCheck stop_;
  const OfficeChooser* chooser_ = nullptr;
  using Shares = std::vector<std::pair<StationIndex, double>>;
  std::vector<Shares> shares_;  ///< [class of services * zones + zone]; empty where no office may serve
  std::vector<std::vector<PlaceId>> cut_off_;  ///< the same: places from which no office may be chosen
  std::optional<DayChannels> channels_;
  YearlyLoad by_service_;                              ///< [service * stations + station]
  YearlyLoad load_;                                    ///< [group of special days * stations + station]
  YearlyLoad after_online_by_service_, after_online_;  ///< the same of those alone who fail online
  bool changes_ = false;                    ///< demand or handling have changed since the last spread
  std::vector<double> online_of_, online_;  ///< by service, by group
  std::vector<std::array<double, kHoursPerDay>> curve_hours_;  ///< share of the arrivals in each hour
  std::vector<Work> carried_work_;  ///< by station: of the days since it was last open
  std::vector<double> open_days_;   ///< counted, by station and weekday
  const DayRanges* ranges_ = nullptr;
  /// The present range of a station, and 1 + the index in Forecast::weekday_loads by weekday.
  struct OfWeekdays {
    DayRange range{INT32_MIN, INT32_MIN};
    std::array<std::size_t, kDaysPerWeek> number{};
  };
  std::vector<OfWeekdays> weekdays_;              ///< by station
  std::vector<std::optional<HourlyLoad>> weeks_;  ///< of bare stations, [station * 7 + weekday]
  std::set<std::pair<ServiceId, ZoneId>> unreachable_;
  Forecast out_;
};

}  // namespace

Forecast forecast(const Plan& plan, StopCheck stop) { return Forecaster(plan, stop).run(); }

}  // namespace pishkhan
