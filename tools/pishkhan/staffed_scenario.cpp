#include "tools/pishkhan/staffed_scenario.hpp"

#include <cstdio>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "models/scenario/clerk_levels.hpp"
#include "models/scenario/make_scenario.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/extending_scenario.hpp"
#include "tools/pishkhan/load.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

const StationRules& rules_of(const Scenario& scenario, std::size_t station) {
  if (!scenario.province) return scenario.stations[station].rules;
  const std::size_t offices = scenario.province->offices.size();
  return station < offices ? scenario.province->offices[station].rules
                           : scenario.province->counters[station - offices].rules;
}

/// On the run's last day.
int clerks_on_last_day(const StationRules& rules, const Run& run) {
  const DayNumber last = run.start + run.days - 1;
  int clerks = 0;
  for (const ClerkGroup& group : rules.groups)
    if (group.from_day <= last && last < group.until_day) clerks += group.clerks;
  return clerks;
}

/// Whether the groups have the same clerks while the doors are open.
bool same_groups(const std::vector<ClerkGroup>& some, const StationRules& rules) {
  if (some.size() != rules.groups.size()) return false;
  for (std::size_t g = 0; g < some.size(); ++g) {
    const ClerkGroup &a = some[g], &b = rules.groups[g];
    if (a.clerks != b.clerks || a.speed != b.speed || a.absence != b.absence || !b.skills.empty())
      return false;
    if (common_hours(a.shifts, rules.doors) != common_hours(b.shifts, rules.doors)) return false;
  }
  return true;
}

bool has_staffing(const Scenario& scenario, const StationStaffing& station) {
  const StationRules& rules = rules_of(scenario, station.station.index());
  if (!station.groups.empty()) return same_groups(station.groups, rules);
  if (scenario.province || station.staffing.empty())
    return clerks_on_last_day(rules, scenario.run) == station.clerks_needed;
  if (rules.groups.size() != station.staffing.size()) return false;
  for (std::size_t g = 0; g < rules.groups.size(); ++g)
    if (rules.groups[g].clerks != station.staffing[g]) return false;
  return true;
}

/// The items of `staffing` that give the selected stations what clerks_texts() says.
std::string items(const std::string& at, const std::vector<std::string>& clerks) {
  std::string text;
  for (const std::string& one : clerks) text += "  - {at: {" + at + "}, clerks: " + one + "}\n";
  return text;
}

std::string clock(double seconds) {
  char text[16];
  const int minutes = static_cast<int>(seconds / 60);
  std::snprintf(text, sizeof text, "%02d:%02d", minutes / 60, minutes % 60);
  return text;
}

/// Clerks in stretches of the day, of which those that touch and have as many are one.
std::string written_intervals(const std::vector<std::pair<Interval, int>>& stretches) {
  std::vector<std::pair<Interval, int>> joined;
  for (const auto& one : stretches) {
    if (!joined.empty() && joined.back().second == one.second && joined.back().first.to_s == one.first.from_s)
      joined.back().first.to_s = one.first.to_s;
    else
      joined.push_back(one);
  }
  std::string text;
  for (const auto& [time, clerks] : joined) {
    text += std::string(text.empty() ? "" : ", ") + "{from: '" + clock(time.from_s) + "', to: '" +
            clock(time.to_s) + "', clerks: " + std::to_string(clerks) + '}';
  }
  return '[' + text + ']';
}

/// Hours of a week, as a map by day.
std::string written_week(const WeekHours& week) {
  constexpr const char* kDays[] = {"saturday",  "sunday",   "monday", "tuesday",
                                   "wednesday", "thursday", "friday"};
  std::string text;
  for (std::size_t day = 0; day < week.size(); ++day) {
    std::string hours;
    for (const Interval& shift : week[day])
      hours += (hours.empty() ? "" : ", ") + clock(shift.from_s) + '-' + clock(shift.to_s);
    if (!hours.empty()) text += (text.empty() ? "" : ", ") + std::string(kDays[day]) + ": '" + hours + '\'';
  }
  return '{' + text + '}';
}

/// As items of `staffing` say the clerks of a station of a province: a number, numbers by interval, or none
/// and then those of each pattern of the roster.
std::vector<std::string> clerks_texts(const StationStaffing& station) {
  if (station.groups.empty()) return {std::to_string(station.clerks_needed)};
  if (station.slot_times.empty()) {
    std::vector<std::string> texts{"0"};
    for (const ClerkGroup& group : station.groups)
      texts.push_back('+' + std::to_string(group.clerks) + ", shifts: " + written_week(group.shifts));
    return texts;
  }
  std::vector<std::pair<Interval, int>> stretches;
  for (std::size_t k = 0; k < station.slot_times.size(); ++k)
    stretches.emplace_back(station.slot_times[k], station.staffing[k]);
  return {written_intervals(stretches)};
}

/// A staffing for the same clerks: `{office: [a, b]}`, and of counters `{agency: a, county: [b, c]}`.
std::string province_text(const ScenarioOptions& options, const Scenario& scenario,
                          const StaffingResult& result, const fs::path& file, const std::string& what) {
  const Province& province = *scenario.province;
  using Clerks = std::vector<std::string>;
  std::map<Clerks, std::string> offices;
  /// By agency, whether its counters have places, and clerks.
  std::map<std::tuple<std::string, bool, Clerks>, std::string> counters;
  for (const StationStaffing& station : result.stations) {
    const std::size_t s = station.station.index();
    if (station.staffing.empty() || has_staffing(scenario, station)) continue;
    const auto add = [](std::string& list, const std::string& id) {
      list += (list.empty() ? "" : ", ") + id;
    };
    if (s < province.offices.size()) {
      add(offices[clerks_texts(station)], province.offices[s].id);
      continue;
    }
    const Counter& counter = province.counters[s - province.offices.size()];
    add(counters[{province.agencies[counter.agency.index()].id, counter.place.has_value(),
                  clerks_texts(station)}],
        counter.place ? province.places[counter.place->index()].id
                      : province.counties[counter.county.index()].id);
  }
  std::string text =
      extending_text(options, scenario, file, what, {result.proof_seed, result.proof_replications});
  if (!offices.empty() || !counters.empty()) text += "staffing:\n";
  for (const auto& [clerks, ids] : offices) text += items("office: [" + ids + ']', clerks);
  for (const auto& [of, ids] : counters) {
    const auto& [agency, by_place, clerks] = of;
    text += items("agency: " + agency + (by_place ? ", place: [" : ", county: [") + ids + ']', clerks);
  }
  return text;
}

/// Clerks by interval, which are groups by level, as groups that are written out.
std::string written_groups(const BareStation& station, const Staffing& staffing) {
  std::string text;
  for (std::size_t g = 0; g < staffing.size(); ++g) {
    std::string shifts;
    for (const Interval& shift : station.rules.groups[g].shifts[0])
      shifts += (shifts.empty() ? "" : ", ") + clock(shift.from_s) + '-' + clock(shift.to_s);
    text += std::string(g == 0 ? "" : ", ") + "{id: " + station.rules.groups[g].id +
            ", clerks: " + std::to_string(staffing[g]) + ", shifts: '" + shifts + "'}";
  }
  return '[' + text + ']';
}

/// The clerks by interval, if all are alike in all but their shifts, and these are the same on all days.
std::string by_interval(const StationStaffing& station, const WeekHours& doors) {
  std::set<double> bounds;
  std::size_t open = 0;
  while (open + 1 < doors.size() && doors[open].empty()) ++open;
  for (const ClerkGroup& group : station.groups) {
    if (group.speed != 1 || group.absence > 0) return {};
    for (std::size_t day = 0; day < doors.size(); ++day)
      if (!doors[day].empty() && group.shifts[day] != group.shifts[open]) return {};
    for (const Interval& shift : group.shifts[open]) bounds.insert({shift.from_s, shift.to_s});
  }
  if (bounds.empty()) return {};
  std::vector<std::pair<Interval, int>> stretches;
  for (auto from = bounds.begin(); std::next(from) != bounds.end(); ++from) {
    int clerks = 0;
    for (const ClerkGroup& group : station.groups)
      if (time_within(group.shifts[open], *from, *std::next(from)) > 0) clerks += group.clerks;
    stretches.push_back({{*from, *std::next(from)}, clerks});
  }
  return written_intervals(stretches);
}

/// Groups with their shifts by day.
std::string by_shifts(const StationStaffing& station) {
  std::string text;
  for (const ClerkGroup& group : station.groups) {
    text += std::string(text.empty() ? "" : ", ") + "{id: " + group.id +
            ", clerks: " + std::to_string(group.clerks) + ", shifts: " + written_week(group.shifts);
    char number[96];
    std::snprintf(number, sizeof number, ", speed: %.17g, absence: %.17g", group.speed, group.absence);
    if (group.speed != 1 || group.absence > 0) text += number;
    text += '}';
  }
  return '[' + text + ']';
}

/// The overrides that give a bare station its staffing: a number, the numbers of its groups, or groups
/// instead of intervals, whichever the scenario's way of writing takes.
std::vector<std::string> bare_overrides(const ScenarioOptions& options, const Scenario& scenario,
                                        const StationStaffing& station) {
  const std::size_t s = station.station.index();
  const std::string path = "stations[" + std::to_string(s) + "].clerks";
  if (!station.groups.empty()) {
    std::string intervals;
    if (!station.slot_times.empty()) intervals = by_interval(station, scenario.stations[s].rules.doors);
    return {path + '=' + (intervals.empty() ? by_shifts(station) : intervals)};
  }
  std::vector<std::vector<std::string>> ways;
  std::vector<std::string> by_group;
  for (std::size_t g = 0; g < station.staffing.size(); ++g)
    by_group.push_back(path + '[' + std::to_string(g) + "].clerks=" + std::to_string(station.staffing[g]));
  ways.push_back(by_group);
  if (station.staffing.size() == 1) ways.push_back({path + '=' + std::to_string(station.staffing[0])});
  ways.push_back({path + '=' + written_groups(scenario.stations[s], station.staffing)});
  for (const std::vector<std::string>& way : ways) {
    ScenarioSource source = source_of(options);
    source.overrides.insert(source.overrides.end(), way.begin(), way.end());
    try {
      const Scenario changed = load_scenario(source);
      const StationRules &before = scenario.stations[s].rules, &after = changed.stations[s].rules;
      bool same_shifts = has_staffing(changed, station);
      for (std::size_t g = 0; same_shifts && g < after.groups.size(); ++g)
        same_shifts = before.groups[g].shifts == after.groups[g].shifts;
      if (same_shifts) return way;
    } catch (const UserError&) {
      continue;  // the scenario writes the clerks in another way
    }
  }
  PISHKHAN_EXPECT(false && "a staffing that cannot be written");
  return {};
}

std::string bare_text(const ScenarioOptions& options, const Scenario& scenario, const StaffingResult& result,
                      const fs::path& file) {
  ScenarioSource source = source_of(options);
  for (const StationStaffing& station : result.stations) {
    if (station.staffing.empty()) continue;
    for (std::string& one : bare_overrides(options, scenario, station))
      source.overrides.push_back(std::move(one));
  }
  source.overrides.push_back("run.seed=" + std::to_string(result.proof_seed));
  source.overrides.push_back("run.replications=" + std::to_string(result.proof_replications));
  return written_out(source, file.parent_path());
}

}  // namespace

std::string staffed_scenario(const ScenarioOptions& options, const Scenario& scenario,
                             const StaffingResult& result, const fs::path& file, const std::string& what) {
  std::string text = scenario.province ? province_text(options, scenario, result, file, what)
                                       : bare_text(options, scenario, result, file);
  const Scenario staffed = load_scenario_text(text, file.generic_string());
  for (const StationStaffing& station : result.stations) PISHKHAN_EXPECT(has_staffing(staffed, station));
  return text;
}

}  // namespace pishkhan
