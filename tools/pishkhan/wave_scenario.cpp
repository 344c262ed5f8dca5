#include "tools/pishkhan/wave_scenario.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "models/planning/moved_scenario.hpp"
#include "models/province/calendar.hpp"
#include "models/scenario/schema/quantity.hpp"
#include "sim/base/contract.hpp"
#include "tools/pishkhan/extending_scenario.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

std::string migrations_text(const FoundPlan& plan) {
  std::string text;
  for (std::size_t wave = 0; wave < plan.rules.waves.size(); ++wave) {
    std::string services;
    for (const ServiceId service : plan.rules.services) {
      if (plan.found.moves.wave[plan.effects.item_of(service)] != wave) continue;
      services += (services.empty() ? "" : ", ") + plan.scenario.province->services[service.index()].id;
    }
    if (services.empty()) continue;
    text += "  - {id: " + migration_of_wave(plan.scenario, plan.rules, wave) + ", services: [" + services +
            "], from: " + std::string(to_string(plan.rules.from)) +
            ", to: " + std::string(to_string(plan.rules.to)) + ", share: " + number_text(plan.rules.share) +
            ", starts: " + format_date(plan.rules.waves[wave].starts);
    if (plan.rules.ramp_days > 0) text += ", ramp: " + std::to_string(plan.rules.ramp_days) + " d";
    text += "}\n";
  }
  return text.empty() ? text : "migrations:\n" + text;
}

/// `{office: [a, b]}` for offices, and `{agency: a, county: [b]}` for each counter.
std::string staffing_text(const FoundPlan& plan) {
  const Province& province = *plan.scenario.province;
  std::string text;
  for (std::size_t wave = 0; wave < plan.rules.waves.size(); ++wave) {
    std::map<int, std::string> offices;
    std::map<std::string, int> counters;
    for (std::size_t k = 0; k < plan.effects.stations().size(); ++k) {
      const int added = added_in_wave(plan.found.moves, k, wave, plan.rules.waves.size());
      if (added == 0) continue;
      const std::size_t s = plan.effects.stations()[k].index();
      if (s < province.offices.size()) {
        std::string& list = offices[added];
        list += (list.empty() ? "" : ", ") + province.offices[s].id;
        continue;
      }
      const Counter& counter = province.counters[s - province.offices.size()];
      counters["agency: " + province.agencies[counter.agency.index()].id +
               (counter.place ? ", place: " + province.places[counter.place->index()].id
                              : ", county: " + province.counties[counter.county.index()].id)] = added;
    }
    const auto add = [&](const std::string& at, int clerks) {
      text += "  - {at: {" + at + "}, clerks: +" + std::to_string(clerks) +
              ", starts: " + format_date(plan.rules.waves[wave].starts) + "}\n";
    };
    for (const auto& [clerks, ids] : offices) add("office: [" + ids + ']', clerks);
    for (const auto& [at, clerks] : counters) add(at, clerks);
  }
  return text.empty() ? text : "staffing:\n" + text;
}

/// That nothing is proven, where it is not.
std::string head_of(const FoundMoves& found) {
  if (found.proven) return "";
  const auto open = std::count_if(found.stations.begin(), found.stations.end(), [](const auto& station) {
    return station.state == StationUnderMoves::open;
  });
  if (open == 0) return "# This plan is NOT proven.\n";
  return "# This plan is NOT proven: whether targets hold is open at " + std::to_string(open) + " of the " +
         std::to_string(found.stations.size()) + " stations that get work.\n";
}

bool same_moves(const Scenario& written, const Scenario& meant) {
  if (written.migrations.size() != meant.migrations.size()) return false;
  for (std::size_t m = 0; m < meant.migrations.size(); ++m) {
    const Migration &a = written.migrations[m], &b = meant.migrations[m];
    if (a.id != b.id || a.services != b.services || a.from != b.from || a.to != b.to || a.share != b.share ||
        a.starts != b.starts || a.ramp_days != b.ramp_days || a.until_day != b.until_day ||
        a.zones != b.zones)
      return false;
  }
  const auto same = [](const auto& x, const auto& y) { return x.rules.groups == y.rules.groups; };
  return std::equal(written.province->offices.begin(), written.province->offices.end(),
                    meant.province->offices.begin(), meant.province->offices.end(), same) &&
         std::equal(written.province->counters.begin(), written.province->counters.end(),
                    meant.province->counters.begin(), meant.province->counters.end(), same);
}

}  // namespace

std::string planned_scenario(const ScenarioOptions& options, const FoundPlan& plan, const fs::path& file) {
  const std::size_t replications = std::max<std::size_t>(plan.found.proof_replications, 2);
  const std::string text =
      head_of(plan.found) +
      extending_text(options, plan.scenario, file, "planned", {plan.found.proof_seed, replications}) +
      migrations_text(plan) + staffing_text(plan);
  const Scenario written = load_scenario_text(text, file.generic_string());
  PISHKHAN_EXPECT(same_moves(written, moved_scenario(plan.scenario, plan.effects, plan.found.moves)));
  return text;
}

}  // namespace pishkhan
