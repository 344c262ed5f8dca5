#include "models/trial/coupling/outage_schedule.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "models/province/calendar.hpp"
#include "models/trial/purpose.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

constexpr double kDay_s = kSecondsPerDay;
/// A day's work sees what fails in these days; what is down at their end stays down until the work is over.
constexpr double kSwitchedDays = 2;

Cause cause_of(OutageOf of) {
  switch (of) {
    case OutageOf::system:
      return Cause::system;
    case OutageOf::link:
      return Cause::link;
    case OutageOf::county_link:
      return Cause::county_link;
    case OutageOf::power:
      return Cause::power;
  }
  PISHKHAN_EXPECT(false);
  return Cause::system;
}

/// The union of intervals, ordered and disjoint.
Intervals united(Intervals intervals) {
  std::sort(intervals.begin(), intervals.end(),
            [](const Interval& a, const Interval& b) { return a.from_s < b.from_s; });
  Intervals united;
  for (const Interval& next : intervals) {
    if (!united.empty() && next.from_s <= united.back().to_s)
      united.back().to_s = std::max(united.back().to_s, next.to_s);
    else
      united.push_back(next);
  }
  return united;
}

double overlap_s(const Intervals& intervals, double from_s, double to_s) {
  double sum_s = 0;
  for (const Interval& interval : intervals)
    sum_s += std::max(0.0, std::min(interval.to_s, to_s) - std::max(interval.from_s, from_s));
  return sum_s;
}

}  // namespace

OutageSchedule::OutageSchedule(const Scenario& scenario, const Plan::Data& data, DrawKey key, StopCheck stop)
    : scenario_(scenario),
      platform_(data.platform),
      data_(data),
      key_(key),
      horizon_s_((scenario.run.days + 1) * kDay_s) {
  std::map<std::pair<Cause, std::uint32_t>, Intervals> down;
  std::map<std::tuple<OutageOf, bool, std::uint32_t>, std::uint32_t> series;
  for (const Outage& outage : scenario.outages) {
    for (const std::uint32_t which : outage.which) {
      const bool slow = outage.is_slow_down();
      const std::uint32_t number = outage.for_s > 0 ? 0 : series[{outage.of, slow, which}]++;
      const Intervals stretches = when(outage, which, number);
      stop.after(stretches.size());
      if (slow) {
        const auto cores = static_cast<std::uint32_t>(
            std::max(1.0, std::floor(outage.cores_share * platform_.systems[which].cores + 1e-9)));
        for (const Interval& stretch : stretches) slow_downs_.push_back({which, stretch, cores});
      } else {
        auto& all = down[{cause_of(outage.of), which}];
        all.insert(all.end(), stretches.begin(), stretches.end());
      }
    }
  }
  for (auto& [what, intervals] : down) {
    if (Intervals all = united(std::move(intervals)); !all.empty())
      outages_.push_back({what.first, what.second, std::move(all)});
  }
}

IdKey OutageSchedule::key_of_element(const Outage& outage, std::uint32_t which) const {
  switch (outage.of) {
    case OutageOf::system:
      return key_of("agency", scenario_.province->agencies[which].id);
    case OutageOf::county_link:
      return key_of("county", scenario_.province->counties[which].id);
    case OutageOf::link:
    case OutageOf::power:
      break;
  }
  return data_.stations[which].key;
}

bool OutageSchedule::may_begin(const Outage& outage, double t) const {
  if (outage.months == 0) return true;
  const DayNumber day = scenario_.run.start + static_cast<DayNumber>(std::floor(t / kDay_s));
  return (outage.months >> (to_solar_hijri(day).month - 1) & 1) != 0;
}

Intervals OutageSchedule::when(const Outage& outage, std::uint32_t which, std::uint32_t series) const {
  if (outage.for_s > 0) return {{outage.from_s, outage.from_s + outage.for_s}};
  Intervals stretches;
  const IdKey id = key_of_element(outage, which);
  const std::uint32_t sort =
      static_cast<std::uint32_t>(outage.of) | (outage.cores_share > 0 ? 1u << 4 : 0u) | series << 8;
  double t = 0;
  for (std::uint32_t failure = 0;; ++failure) {
    const Block block = draw(key_, failure, id.low, id.high ^ sort, tag(0, Purpose::outage));
    t += quantile(Exponential{outage.between_s}, uniform(block[0], block[1]));
    if (t >= horizon_s_) return stretches;
    const double repair_s = quantile(outage.repair, uniform(block[2], block[3]));
    if (repair_s > 0 && may_begin(outage, t)) stretches.push_back({t, t + repair_s});
    t += repair_s;
  }
}

std::uint32_t OutageSchedule::cores_at(std::uint32_t system, double t) const {
  std::uint32_t cores = platform_.systems[system].cores;
  for (const SlowDown& slow : slow_downs_) {
    if (slow.system == system && slow.when.from_s <= t && t < slow.when.to_s)
      cores = std::min(cores, slow.cores);
  }
  return cores;
}

std::vector<double> OutageSchedule::core_dates(std::uint32_t system, double from_s, double to_s) const {
  std::vector<double> dates;
  for (const SlowDown& slow : slow_downs_) {
    if (slow.system != system) continue;
    for (const double t : {slow.when.from_s, slow.when.to_s})
      if (from_s <= t && t < to_s) dates.push_back(t);
  }
  std::sort(dates.begin(), dates.end());
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  return dates;
}

std::vector<Switch> OutageSchedule::of_day(int day) const {
  const double midnight_s = day * kDay_s, until_s = midnight_s + kSwitchedDays * kDay_s;
  std::vector<Switch> switches;
  for (const Element& element : outages_) {
    for (const Interval& down : element.down) {
      if (down.to_s <= midnight_s || down.from_s >= until_s) continue;
      switches.push_back({std::max(0.0, down.from_s - midnight_s), element.cause, element.index, false, 0});
      if (down.to_s < until_s)
        switches.push_back({down.to_s - midnight_s, element.cause, element.index, true, 0});
    }
  }
  for (std::uint32_t system = 0; !slow_downs_.empty() && system < platform_.systems.size(); ++system) {
    std::uint32_t cores = platform_.systems[system].cores;
    std::vector<double> dates = core_dates(system, midnight_s, until_s);
    dates.insert(dates.begin(), midnight_s);
    for (const double t : dates) {
      const std::uint32_t now = cores_at(system, t);
      if (now != cores) switches.push_back({t - midnight_s, Cause::system, system, true, now});
      cores = now;
    }
  }
  std::stable_sort(switches.begin(), switches.end(),
                   [](const Switch& a, const Switch& b) { return a.time_s < b.time_s; });
  return switches;
}

void OutageSchedule::tally(int day, double watched_s, BackboneTallies& tallies) const {
  const double from_s = day * kDay_s, to_s = from_s + kDay_s, watched_to_s = from_s + watched_s;
  const double switches_to_s = from_s + kSwitchedDays * kDay_s;
  for (std::uint32_t system = 0; system < platform_.systems.size(); ++system) {
    SystemTally& tally = tallies.systems[system];
    tally.core_s = 0;
    const auto found = std::find_if(outages_.begin(), outages_.end(), [&](const Element& element) {
      return element.cause == Cause::system && element.index == system;
    });
    const auto down_between_s = [&](double a_s, double b_s) {
      return found == outages_.end() ? 0 : overlap_s(found->down, a_s, b_s);
    };
    tally.down_s = down_between_s(from_s, to_s);
    std::vector<double> dates = core_dates(system, from_s, std::min(watched_to_s, switches_to_s));
    dates.insert(dates.begin(), from_s);
    dates.push_back(watched_to_s);
    for (std::size_t k = 0; k + 1 < dates.size(); ++k) {
      const double down_s = down_between_s(dates[k], std::min(dates[k + 1], switches_to_s));
      tally.core_s += in_whole_ticks(dates[k + 1] - dates[k] - down_s) * cores_at(system, dates[k]);
    }
    tally.down_s = in_whole_ticks(tally.down_s);
  }
  for (LinkTally& kind : tallies.link_kinds) kind.down_s = 0;
  std::map<std::uint32_t, Intervals> cut;  // when access links have no open way to the data centres
  for (const Element& element : outages_) {
    if (element.cause == Cause::system || overlap_s(element.down, from_s, to_s) <= 0) continue;
    const auto add = [&](std::uint32_t link) {
      cut[link].insert(cut[link].end(), element.down.begin(), element.down.end());
    };
    if (element.cause != Cause::county_link) {
      add(element.index);
      continue;
    }
    for (std::uint32_t link = 0; link < platform_.access_links.size(); ++link)
      if (platform_.access_links[link].county.index() == element.index) add(link);
  }
  for (auto& [link, intervals] : cut) {
    tallies.link_kinds[platform_.access_links[link].kind].down_s +=
        in_whole_ticks(overlap_s(united(std::move(intervals)), from_s, to_s));
  }
}

}  // namespace pishkhan
