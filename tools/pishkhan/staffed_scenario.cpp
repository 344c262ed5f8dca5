#include "tools/pishkhan/staffed_scenario.hpp"

#include <cstdio>
#include <map>
#include <utility>
#include <vector>

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

bool has_staffing(const Scenario& scenario, const StationStaffing& station) {
  const StationRules& rules = rules_of(scenario, station.station.index());
  if (scenario.province || station.staffing.empty())
    return clerks_on_last_day(rules, scenario.run) == station.clerks_needed;
  if (rules.groups.size() != station.staffing.size()) return false;
  for (std::size_t g = 0; g < rules.groups.size(); ++g)
    if (rules.groups[g].clerks != station.staffing[g]) return false;
  return true;
}

std::string item(const std::string& at, int clerks) {
  return "  - {at: {" + at + "}, clerks: " + std::to_string(clerks) + "}\n";
}

/// A staffing for each number of clerks: `{office: [a, b]}`, and of counters `{agency: a, county: [b, c]}`.
std::string province_text(const ScenarioOptions& options, const Scenario& scenario,
                          const StaffingResult& result, const fs::path& file, const std::string& what) {
  const Province& province = *scenario.province;
  std::map<int, std::string> offices;
  std::map<std::pair<std::string, int>, std::string> counties;  ///< by agency and number
  for (const StationStaffing& station : result.stations) {
    if (station.clerks_needed == station.clerks_now) continue;
    const std::size_t s = station.station.index();
    const auto add = [](std::string& list, const std::string& id) {
      list += (list.empty() ? "" : ", ") + id;
    };
    if (s < province.offices.size()) {
      add(offices[station.clerks_needed], province.offices[s].id);
      continue;
    }
    const Counter& counter = province.counters[s - province.offices.size()];
    add(counties[{province.agencies[counter.agency.index()].id, station.clerks_needed}],
        province.counties[counter.county.index()].id);
  }
  std::string text =
      extending_text(options, scenario, file, what, {result.proof_seed, result.proof_replications});
  if (!offices.empty() || !counties.empty()) text += "staffing:\n";
  for (const auto& [clerks, ids] : offices) text += item("office: [" + ids + ']', clerks);
  for (const auto& [of, ids] : counties)
    text += item("agency: " + of.first + ", county: [" + ids + ']', of.second);
  return text;
}

std::string clock(double seconds) {
  char text[16];
  const int minutes = static_cast<int>(seconds / 60);
  std::snprintf(text, sizeof text, "%02d:%02d", minutes / 60, minutes % 60);
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

/// The overrides that give a bare station its staffing: a number, the numbers of its groups, or groups
/// instead of intervals, whichever the scenario's way of writing takes.
std::vector<std::string> bare_overrides(const ScenarioOptions& options, const Scenario& scenario,
                                        const StationStaffing& station) {
  const std::size_t s = station.station.index();
  const std::string path = "stations[" + std::to_string(s) + "].clerks";
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

std::string bare_text(const ScenarioOptions& options, const Scenario& scenario,
                      const StaffingResult& result) {
  ScenarioSource source = source_of(options);
  for (const StationStaffing& station : result.stations) {
    if (station.staffing.empty()) continue;
    for (std::string& one : bare_overrides(options, scenario, station))
      source.overrides.push_back(std::move(one));
  }
  source.overrides.push_back("run.seed=" + std::to_string(result.proof_seed));
  source.overrides.push_back("run.replications=" + std::to_string(result.proof_replications));
  return load_scenario(source).resolved;
}

}  // namespace

std::string staffed_scenario(const ScenarioOptions& options, const Scenario& scenario,
                             const StaffingResult& result, const fs::path& file, const std::string& what) {
  std::string text = scenario.province ? province_text(options, scenario, result, file, what)
                                       : bare_text(options, scenario, result);
  const Scenario staffed = load_scenario_text(text, file.generic_string());
  for (const StationStaffing& station : result.stations) PISHKHAN_EXPECT(has_staffing(staffed, station));
  return text;
}

}  // namespace pishkhan
