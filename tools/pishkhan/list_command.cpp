#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/sums.hpp"

namespace pishkhan {
namespace {

std::string lower(std::string_view text) {
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return low;
}

/// Whether the words looked for stand in the id or a name; case matters not in Latin letters.
bool matches(const std::string& search, const std::string& id, const std::string& name_en,
             const std::string& name_fa) {
  return search.empty() || lower(id).find(lower(search)) != std::string::npos ||
         lower(name_en).find(lower(search)) != std::string::npos || name_fa.find(search) != std::string::npos;
}

/// A filter that names nothing is a mistake, not an empty list.
template <class Things>
void expect_id(const std::string& option, const std::string& id, const Things& things) {
  if (id.empty() ||
      std::any_of(things.begin(), things.end(), [&](const auto& thing) { return thing.id == id; }))
    return;
  throw UserError({{"", 0, 0, option, "'" + id + "' is unknown", "write an id, in lower case with hyphens"}});
}

const Province& province_of(const Scenario& scenario) {
  if (!scenario.province) {
    throw UserError(
        {{scenario.file.string(), 0, 0, "", "a scenario of bare stations has no offices and no services",
          "give a scenario of a province"}});
  }
  return *scenario.province;
}

}  // namespace

Scenario load(const ScenarioOptions& options) {
  std::vector<std::string> overrides = options.sets;
  if (options.seed) overrides.push_back("run.seed=" + std::to_string(*options.seed));
  if (options.replications) overrides.push_back("run.replications=" + std::to_string(*options.replications));
  if (!options.visits.empty()) overrides.push_back("output.visits=" + options.visits);
  if (!options.costs.empty()) {
    std::string list;
    for (const std::string& cost : options.costs) list += (list.empty() ? "" : ", ") + cost;
    overrides.push_back("output.costs=[" + list + "]");
  }
  return load_scenario(options.file, overrides);
}

ExitCode list_services(const ListOptions& options, std::ostream& out) {
  const Scenario scenario = load(options.scenario);
  const Province& province = province_of(scenario);
  expect_id("--agency", options.agency, province.agencies);
  TextTable table({"<service", "<name", "<agency", ">traditional, min", ">office, min", ">urban /1000/y",
                   ">rural /1000/y"});
  auto json = nlohmann::ordered_json::array();
  for (const Service& service : province.services) {
    const std::string& agency = province.agencies[service.agency.index()].id;
    if (!options.agency.empty() && agency != options.agency) continue;
    if (!matches(options.search, service.id, service.name_en, service.name_fa)) continue;
    const double traditional_s = mean(service.handling[0]), office_s = mean(service.handling[1]);
    table.add({service.id, service.name_en, agency, grouped(traditional_s / kSecondsPerMinute, 1),
               grouped(office_s / kSecondsPerMinute, 1), grouped(service.visits_per_1000_a_year[0], 1),
               grouped(service.visits_per_1000_a_year[1], 1)});
    json.push_back({{"service", service.id},
                    {"name_en", service.name_en},
                    {"name_fa", service.name_fa},
                    {"agency", agency},
                    {"handling_traditional_s", traditional_s},
                    {"handling_office_s", office_s},
                    {"visits_per_1000_urban", service.visits_per_1000_a_year[0]},
                    {"visits_per_1000_rural", service.visits_per_1000_a_year[1]},
                    {"calls_system", service.calls_system},
                    {"lowest_rank", service.lowest_rank},
                    {"at_rural_offices", service.at_rural_offices}});
  }
  out << (options.json ? nlohmann::ordered_json{{"services", json}}.dump() + '\n' : table.text(""));
  return kDone;
}

ExitCode list_offices(const ListOptions& options, std::ostream& out) {
  const Scenario scenario = load(options.scenario);
  const Province& province = province_of(scenario);
  expect_id("--county", options.county, province.counties);
  TextTable table({"<office", "<name", "<kind", "<county", "<place", ">rank", ">clerks"});
  auto json = nlohmann::ordered_json::array();
  for (const Office& office : province.offices) {
    const std::string kind(to_string(office.kind));
    const std::string& county = province.counties[office.county.index()].id;
    const std::string& place = province.places[office.place.index()].id;
    if (!options.kind.empty() && kind != options.kind) continue;
    if (!options.county.empty() && county != options.county) continue;
    if (!matches(options.search, office.id, office.name_en, office.name_fa)) continue;
    const int clerks = clerks_of(office.rules, scenario.run);
    table.add({office.id, office.name_en, kind, county, place, std::to_string(office.rank),
               std::to_string(clerks)});
    json.push_back({{"office", office.id},
                    {"name_en", office.name_en},
                    {"name_fa", office.name_fa},
                    {"kind", kind},
                    {"county", county},
                    {"place", place},
                    {"latitude", office.latitude},
                    {"longitude", office.longitude},
                    {"rank", office.rank},
                    {"clerks", clerks}});
  }
  out << (options.json ? nlohmann::ordered_json{{"offices", json}}.dump() + '\n' : table.text(""));
  return kDone;
}

}  // namespace pishkhan
