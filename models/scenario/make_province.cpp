#include "models/scenario/make_province.hpp"

#include <algorithm>
#include <cmath>

#include "models/province/calendar_csv.hpp"
#include "models/province/position.hpp"
#include "models/province/province_csv.hpp"
#include "models/scenario/check_services.hpp"
#include "models/scenario/text/file.hpp"
#include "models/scenario/verbs/hours.hpp"
#include "models/scenario/verbs/verbs.hpp"

namespace pishkhan {
namespace {

/// Reads the texts of the tables. Returns lines of the canonical text that tell which there are, and what was
/// in them.
std::string read_inputs(const ProvinceKeys& province, const DemandKeys& demand, Scenario& scenario,
                        Diagnostics& mistakes) {
  std::string lines = "data:\n";
  auto inputs = std::make_shared<std::vector<InputTable>>();
  for (const Name* file :
       {&province.counties, &province.places, &province.agencies, &province.services, &province.offices,
        &province.counters, &province.evidence, &demand.profiles, &demand.holidays}) {
    const Location& location = file->location;
    if (location.node == nullptr) continue;
    std::string text =
        read_limited(path_beside(*location.node), location.node->mark, location.path, mistakes);
    lines += "  " + location.key() + ": \"" + table_hash(text) + "\"\n";
    inputs->push_back({location.key(), std::move(text)});
  }
  scenario.inputs = std::move(inputs);
  return lines;
}

Province load_tables(const ProvinceKeys& keys, const BackboneRules& backbone, Diagnostics& mistakes,
                     bool& complete) {
  const auto table = [](const Name& file) { return path_beside(*file.location.node); };
  const ProvinceFiles files{table(keys.counties), table(keys.places),  table(keys.agencies),
                            table(keys.services), table(keys.offices), table(keys.counters)};
  std::vector<std::string> link_kinds;
  for (const LinkKind& kind : backbone.link_kinds) link_kinds.push_back(kind.id);
  return load_province(files, mistakes, link_kinds, &complete);
}

/// Whether the tables can be read, whatever else is wrong about the province.
bool names_all_tables(const ProvinceKeys& keys) {
  const auto tables = {&keys.counties, &keys.places,  &keys.agencies,
                       &keys.services, &keys.offices, &keys.counters};
  return std::all_of(tables.begin(), tables.end(),
                     [](const Name* table) { return table->location.node != nullptr; });
}

/// Whether the kinds of links are known, so that what names one can be checked.
bool knows_links(const Written<ScenarioFile>& file) {
  if (!file.has(&ScenarioFile::backbone) || file->backbone.valid()) return true;
  const auto access = member_of(&BackboneKeys::rules, &BackboneRules::link_kinds);
  return file->backbone.has_valid(access);
}

/// Weakest grade among the numbers of the tables and the backbone.
Evidence weakest_evidence(const ProvinceKeys& keys, const BackboneRules& backbone, Diagnostics& mistakes) {
  if (keys.evidence.location.node == nullptr) return Evidence::assumed;
  const Evidence of_tables = weakest(load_evidence(path_beside(*keys.evidence.location.node), mistakes));
  // The backbone's numbers have no grades.
  const bool ideal = backbone.model == BackboneModel::ideal && backbone.link_kinds.empty();
  return ideal ? of_tables : Evidence::assumed;
}

/// Gives every station its doors, its shifts, and its rules for queues.
void apply_station_rules(const ScenarioFile& file, Province& province) {
  const KindHours& hours = file.province->hours;
  const auto apply = [](StationRules& rules, const WeekHours& doors, const Balking& balking,
                        Closing closing) {
    rules.balking = balking;
    rules.closing = closing;
    rules.doors = doors;
    for (auto& group : rules.groups) group.shifts = doors;
  };
  for (auto& office : province.offices)
    apply(office.rules, hours.of_offices(office.kind), file.balking.offices, file.closing.offices);
  for (auto& counter : province.counters)
    apply(counter.rules, hours.counters, file.balking.counters, file.closing.counters);
}

/// An office where the residents of its own place would not look for it is odd.
void note_far_offices(Scenario& scenario) {
  const Province& province = *scenario.province;
  std::string first;
  std::size_t more = 0;
  for (const Office& office : province.offices) {
    const Place& place = province.places[office.place.index()];
    const double km = distance_km(place.latitude, place.longitude, office.latitude, office.longitude);
    if (km <= scenario.choice.within_km) continue;
    if (!first.empty()) {
      ++more;
      continue;
    }
    first = "the office " + in_backticks(office.id) + " is " + std::to_string(std::lround(km)) +
            " km from its place " + in_backticks(place.id) + ", beyond `choice.within`";
  }
  if (more > 0) first += "; so are " + std::to_string(more) + " more";
  if (!first.empty()) scenario.notices.push_back(first);
}

}  // namespace

std::string make_province(const Written<ScenarioFile>& file, const Node& root, Scenario& scenario,
                          Diagnostics& mistakes) {
  const bool run_is_good = check_run_of_province(file->run, mistakes);
  const ProvinceKeys& keys = *file->province;
  if (!names_all_tables(keys)) return {};
  const std::size_t before = mistakes.size();
  const Written<DemandKeys>& demand = file->demand;
  std::string hashes = read_inputs(keys, *demand, scenario, mistakes);
  if (mistakes.size() > before) return {};
  apply_backbone(file->backbone, scenario, mistakes);
  bool complete = true;
  scenario.province = load_tables(keys, scenario.backbone, mistakes, complete);
  if (!complete || !knows_links(file)) return {};
  scenario.evidence = weakest_evidence(keys, scenario.backbone, mistakes);
  apply_station_rules(*file, *scenario.province);
  if (!file.has(&ScenarioFile::demand)) {
    add_mistake(mistakes, file.location(), "the key `demand` is missing",
                "a province needs profiles and holidays");
  }
  if (demand.exists()) apply_demand_factors(demand, scenario, mistakes);
  VerbContext context{scenario,
                      *scenario.province,
                      mistakes,
                      keys.hours,
                      file->balking,
                      file->closing,
                      run_is_good,
                      Selector(*scenario.province, mistakes),
                      {},
                      {}};
  apply_verbs(root, context);
  if (run_is_good && demand.exists()) read_demand_tables(demand, context.select, scenario, mistakes);
  if (mistakes.size() == before) note_hours_without_demand(context);
  if (mistakes.size() == before) check_call_limit(file->backbone, scenario, mistakes);
  if (mistakes.size() == before) check_services_are_given(root, scenario, mistakes);
  if (mistakes.size() == before) note_far_offices(scenario);
  return hashes;
}

}  // namespace pishkhan
