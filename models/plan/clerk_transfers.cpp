#include "models/plan/clerk_transfers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/demand/channel_map.hpp"
#include "models/demand/office_choice.hpp"
#include "models/plan/plan_data.hpp"
#include "models/plan/visit_work.hpp"
#include "models/province/calendar.hpp"
#include "models/scenario/verbs/clerk_count.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

constexpr DayNumber kDaysOfYear = 365;

/// Of a province that is const, or is not.
template <class OfProvince>
auto& rules_of(OfProvince& province, std::size_t station) {
  const std::size_t offices = province.offices.size();
  return station < offices ? province.offices[station].rules : province.counters[station - offices].rules;
}

bool works_on(const ClerkGroup& group, DayNumber day) {
  return group.from_day <= day && day < group.until_day;
}

double mean_speed(const StationRules& rules, DayNumber day) {
  double speed = 0, clerks = 0;
  for (const ClerkGroup& group : rules.groups) {
    if (!works_on(group, day)) continue;
    speed += group.clerks * group.speed;
    clerks += group.clerks;
  }
  return clerks > 0 ? speed / clerks : 1;
}

/// Whether clerks of both begin and end together on every weekday, whatever their breaks.
bool come_and_go_together(const ClerkGroup& one, const ClerkGroup& other) {
  for (std::size_t weekday = 0; weekday < one.shifts.size(); ++weekday) {
    const Intervals &a = one.shifts[weekday], &b = other.shifts[weekday];
    if (a.empty() || b.empty()) {
      if (a.empty() != b.empty()) return false;
    } else if (a.front().from_s != b.front().from_s || a.back().to_s != b.back().to_s) {
      return false;
    }
  }
  return true;
}

/// Of two lists of hours, what they have in common, in seconds.
double common_s(const Intervals& some, const Intervals& others) {
  double sum = 0;
  for (const Interval& a : some) {
    for (const Interval& b : others)
      sum += std::max(0.0, std::min(a.to_s, b.to_s) - std::max(a.from_s, b.from_s));
  }
  return sum;
}

/// What a clerk of the station is on shift in the year from a day on, in the mean, if all days were as this
/// one; 0 without clerks.
double clerk_year_s(const StationRules& rules, DayNumber day, const std::vector<DayNumber>& holidays) {
  std::array<double, kDaysPerWeek> of_weekday{};
  double clerks = 0;
  for (const ClerkGroup& group : rules.groups) {
    if (!works_on(group, day)) continue;
    clerks += group.clerks;
    for (std::size_t w = 0; w < of_weekday.size(); ++w)
      of_weekday[w] += group.clerks * common_s(group.shifts[w], rules.doors_on(day)[w]);
  }
  double sum = 0;
  for (DayNumber date = day; date < day + kDaysOfYear; ++date) {
    if (!std::binary_search(holidays.begin(), holidays.end(), date))
      sum += of_weekday[static_cast<std::size_t>(weekday(date))];
  }
  return clerks > 0 ? sum / clerks : 0;
}

/// Work that a migration moves in a year, in seconds at the stations' own speeds, by station.
struct MovedWork {
  std::vector<double> freed_s, taken_s;
};

class WorkMover {
 public:
  /// `day`: on which the migration is looked at.
  WorkMover(const Plan& plan, const Scenario& changed, std::size_t migration, DayNumber day)
      : scenario_(plan.scenario()), data_(plan.data()), migration_(migration), day_(day) {
    moved_.freed_s.assign(data_.stations.size(), 0);
    moved_.taken_s.assign(data_.stations.size(), 0);
    for (std::size_t s = 0; s < data_.stations.size(); ++s)
      speed_.push_back(mean_speed(rules_of(*changed.province, s), day));
  }

  MovedWork run(StopCheck stop) {
    const std::vector<Zone>& zones = scenario_.province->zones;
    for (const ServiceId service : scenario_.migrations[migration_].services) {
      stop.now();
      for (std::size_t z = 0; z < zones.size(); ++z) {
        const double share = share_moved(zones[z], ZoneId(z), service);
        if (share <= 0) continue;
        for (const PlaceId place : zones[z].places) move(place, service, share);
      }
    }
    return std::move(moved_);
  }

 private:
  /// Of all citizens of the zone who need the service, those whom this migration takes from the counters.
  [[nodiscard]] double share_moved(const Zone& zone, ZoneId id, ServiceId service) const {
    if (!scenario_.migrations[migration_].is_of(id)) return 0;
    const Service& of = scenario_.province->services[service.index()];
    ChannelMap map(of.shares[static_cast<std::size_t>(zone.kind)], zone.digital_access);
    double before = 0;
    for (std::size_t m = 0; m <= migration_; ++m) {
      const Migration& one = scenario_.migrations[m];
      before = map.share_of(Channel::traditional);
      if (!one.is_of(id) || !std::binary_search(one.services.begin(), one.services.end(), service)) continue;
      map.migrate(one.from, one.to, migrated_share(one, day_), m);
    }
    return before - map.share_of(Channel::traditional);
  }

  void move(PlaceId place, ServiceId service, double share) {
    const std::size_t cell = place.index() * data_.services + service.index();
    const double visits = data_.visits_a_year(day_)[cell] * share;
    const AgencyId agency = scenario_.province->services[service.index()].agency;
    const StationIndex counter = data_.counter[agency.index()][place.index()];
    const OfficeChoices& choices = data_.chooser(day_).choices(place.index(), service.index());
    // Who has no office stays at the counter, and who has no counter goes to the offices anyway.
    if (visits <= 0 || counter == kNoStation || choices.empty()) return;
    moved_.freed_s[counter.index()] += visits * work_s(counter.index(), service);
    for (const auto& [office, chosen] : probabilities(choices))
      moved_.taken_s[office.index()] += visits * chosen * work_s(office.index(), service);
  }

  [[nodiscard]] double work_s(std::size_t station, ServiceId service) const {
    const VisitWork work = work_of_visit(scenario_, data_, station, service.index(), day_);
    return work.human_s / speed_[station] + work.calls_s;
  }

  const Scenario& scenario_;
  const Plan::Data& data_;
  std::size_t migration_;
  DayNumber day_;
  std::vector<double> speed_;  ///< by station
  MovedWork moved_;
};

/// Whole numbers that add up to `total`, each its quota rounded down or up: the largest remainders up, of
/// equal ones the first.
std::vector<int> by_largest_remainder(const std::vector<double>& quotas, std::int64_t total) {
  constexpr double kRounding = 1e-9;
  std::vector<int> whole;
  std::vector<std::size_t> order(quotas.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (const double quota : quotas) whole.push_back(static_cast<int>(std::floor(quota + kRounding)));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return quotas[a] - whole[a] > quotas[b] - whole[b] + kRounding;
  });
  std::int64_t left = total - std::accumulate(whole.begin(), whole.end(), std::int64_t{0});
  for (std::size_t k = 0; k < order.size() && left > 0; ++k, --left) ++whole[order[k]];
  return whole;
}

/// Clerks who go from a counter to an office, by their numbers as stations.
struct Going {
  std::size_t from = 0, to = 0;
  int clerks = 0;
};

/// Shares out clerks of some counters among the offices, by the work that each takes. `left`: by station, of
/// which those of `counters` become 0 where some office takes work.
void share_out(const std::vector<std::size_t>& counters, const std::vector<double>& work,
               std::vector<int>& left, std::vector<Going>& going) {
  const double all_work = std::accumulate(work.begin(), work.end(), 0.0);
  std::int64_t clerks = 0;
  for (const std::size_t counter : counters) clerks += left[counter];
  if (clerks == 0 || all_work <= 0) return;
  std::vector<double> quotas;
  for (const double of : work) quotas.push_back(static_cast<double>(clerks) * (of / all_work));
  std::vector<int> wanted = by_largest_remainder(quotas, clerks);
  std::size_t office = 0;
  for (const std::size_t counter : counters) {
    while (left[counter] > 0) {
      while (wanted[office] == 0) ++office;
      const int some = std::min(left[counter], wanted[office]);
      going.push_back({counter, office, some});
      left[counter] -= some;
      wanted[office] -= some;
    }
  }
}

/// Transfers the clerks of one migration.
class Transfer {
 public:
  Transfer(const Plan& plan, std::size_t migration, Scenario& changed)
      : plan_(plan),
        data_(plan.data()),
        migration_(plan.scenario().migrations[migration]),
        index_(migration),
        changed_(changed) {}

  void run(StopCheck stop) {
    const Run& run = plan_.scenario().run;
    const DayNumber from = migration_.whole_from(), until = migration_.until_day;
    const DayNumber day = std::max(from, run.start);
    if (day >= std::min(until, run.start + run.days)) return tell(0, 0, "it holds on no day of the run");
    const MovedWork moved = WorkMover(plan_, changed_, index_, day).run(stop);
    const std::vector<double> freed = freed_clerks(moved, day);
    const double asked = std::accumulate(freed.begin(), freed.end(), 0.0);
    std::vector<int> taken = by_largest_remainder(freed, static_cast<std::int64_t>(std::floor(asked + 0.5)));
    int kept = 0;
    for (std::size_t s = data_.offices; s < taken.size(); ++s) kept += keep_least(s, taken[s]);
    const std::vector<Going> going = to_offices(moved, taken);
    int gone = 0;
    for (const Going& one : going) {
      expect_alike(one.from);
      expect_same_hours(one.from);
    }
    for (const Going& one : going) {
      apply(one.from, -one.clerks, from, until);
      apply(one.to, one.clerks, from, until);
      gone += one.clerks;
    }
    tell(asked, gone,
         kept > 0 ? std::to_string(kept) + " stay, as every counter keeps its least"
                  : std::string("clerks are whole numbers"));
    for (const Going& one : going) tell_way(one);
  }

 private:
  /// Of the whole transfer, by station.
  [[nodiscard]] std::vector<double> freed_clerks(const MovedWork& moved, DayNumber day) {
    std::vector<double> freed(data_.stations.size(), 0);
    for (std::size_t s = data_.offices; s < freed.size(); ++s) {
      const double year_s =
          clerk_year_s(rules_of(*changed_.province, s), day, plan_.scenario().demand.holidays);
      if (year_s > 0) freed[s] = migration_.transfer->share * moved.freed_s[s] / year_s;
    }
    return freed;
  }

  /// Makes `taken` so small that the least stay. Returns by how much.
  int keep_least(std::size_t station, int& taken) {
    const std::int64_t fewest =
        fewest_clerks(rules_of(*changed_.province, station), migration_.whole_from(), migration_.until_day);
    const std::int64_t most = std::max<std::int64_t>(0, fewest - migration_.transfer->least);
    const int stay = taken - static_cast<int>(std::min<std::int64_t>(taken, most));
    taken -= stay;
    return stay;
  }

  [[nodiscard]] std::vector<Going> to_offices(const MovedWork& moved, std::vector<int>& left) const {
    std::vector<Going> going;
    std::vector<std::size_t> all;
    for (std::size_t county = 0; county < plan_.scenario().province->counties.size(); ++county) {
      std::vector<std::size_t> counters;
      for (std::size_t s = data_.offices; s < data_.stations.size(); ++s)
        if (data_.stations[s].county == CountyId(county)) counters.push_back(s);
      std::vector<double> work(data_.offices, 0);
      for (std::size_t s = 0; s < data_.offices; ++s)
        if (data_.stations[s].county == CountyId(county)) work[s] = work_for(moved, s);
      share_out(counters, work, left, going);
      all.insert(all.end(), counters.begin(), counters.end());
    }
    std::vector<double> work;
    for (std::size_t s = 0; s < data_.offices; ++s) work.push_back(work_for(moved, s));
    share_out(all, work, left, going);
    return going;
  }

  /// Work that an office takes; 0 where it closes while the clerks would be there.
  [[nodiscard]] double work_for(const MovedWork& moved, std::size_t office) const {
    const Run& run = plan_.scenario().run;
    const DayNumber until = std::min(migration_.until_day, run.start + run.days);
    return changed_.province->offices[office].until_day < until ? 0 : moved.taken_s[office];
  }

  [[noreturn]] void refuse(const std::string& what, std::size_t station, const std::string& problem,
                           const std::string& hint) const {
    throw UserError({{plan_.scenario().file.generic_string(), 0, 0, "migrations",
                      "the transfer of `" + migration_.id + "` " + what + " `" +
                          std::string(station_ids(plan_.scenario())[station]) + '`' + problem,
                      hint}});
  }

  /// Of clerks who come and go at other times nobody has said who goes, and none might be left in some hours.
  void expect_same_hours(std::size_t counter) const {
    const std::vector<ClerkGroup>& groups = rules_of(*changed_.province, counter).groups;
    for (const ClerkGroup& one : groups) {
      for (const ClerkGroup& other : groups) {
        if (one.until_day <= other.from_day || other.until_day <= one.from_day || one.clerks == 0 ||
            other.clerks == 0 || come_and_go_together(one, other))
          continue;
        refuse("takes clerks from", counter, ", where they have other shifts",
               "give them one shift there, or write as `staffing` who goes");
      }
    }
  }

  /// Of clerks of several skills nobody has said who goes, and those who stay might not give all services.
  void expect_alike(std::size_t counter) const {
    if (std::ranges::all_of(rules_of(*changed_.province, counter).groups,
                            [](const ClerkGroup& group) { return group.skills.empty(); }))
      return;
    refuse("takes clerks from", counter, ", where they differ in skills",
           "leave `skills` out there, or write as `staffing` who goes");
  }

  void apply(std::size_t station, int more, DayNumber from, DayNumber until) {
    const ClerkCount count = add_clerks_evenly(rules_of(*changed_.province, station), more, from, until);
    if (count == ClerkCount::possible) return;
    refuse("gives", station, " too many clerks", "let a smaller share go");
  }

  /// Adds a row of changes behind those of the migration.
  void add(const std::string& item, double asked, double reached, std::string why) {
    std::vector<Change>& changes = changed_.changes;
    auto at = std::find_if(changes.begin(), changes.end(),
                           [this](const Change& one) { return one.migration == index_; });
    PISHKHAN_EXPECT(at != changes.end());
    const double counted_days = counted();
    at += static_cast<std::ptrdiff_t>(++told_);
    if (counted_days == 0) reached = 0, why = "it holds on no counted day";
    if (reached == asked) why.clear();
    changes.insert(at, {"migrations", item, "clerks transferred", "clerks", asked, reached, std::move(why),
                        counted_days});
  }
  void tell(double asked, int gone, std::string why) {
    add(migration_.id + ".transfer", asked, gone, std::move(why));
  }
  void tell_way(const Going& one) {
    const std::vector<std::string_view> ids = station_ids(plan_.scenario());
    add(migration_.id + ".transfer: " + std::string(ids[one.from]) + " to " + std::string(ids[one.to]),
        one.clerks, one.clerks, "");
  }
  [[nodiscard]] double counted() const {
    const Run& run = plan_.scenario().run;
    const DayNumber first = std::max(migration_.whole_from(), run.start + run.warm_up_days);
    return std::max(0, std::min(migration_.until_day, run.start + run.days) - first);
  }

  const Plan& plan_;
  const Plan::Data& data_;
  const Migration& migration_;
  std::size_t index_;
  Scenario& changed_;
  std::size_t told_ = 0;
};

}  // namespace

bool has_open_transfers(const Scenario& scenario) {
  return !scenario.clerks_are_transferred &&
         std::any_of(scenario.migrations.begin(), scenario.migrations.end(),
                     [](const Migration& migration) { return migration.transfer.has_value(); });
}

Scenario with_transfers(Scenario scenario, StopCheck stop) {
  if (!has_open_transfers(scenario)) return scenario;
  scenario.clerks_are_transferred = true;
  Scenario changed = scenario;
  const Plan plan(scenario, stop);
  for (std::size_t m = 0; m < scenario.migrations.size(); ++m)
    if (scenario.migrations[m].transfer) Transfer(plan, m, changed).run(stop);
  return changed;
}

}  // namespace pishkhan
