#include "models/scenario/make_province.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "models/province/calendar_csv.hpp"
#include "models/province/position.hpp"
#include "models/province/province_csv.hpp"
#include "models/scenario/assumed_numbers.hpp"
#include "models/scenario/check_services.hpp"
#include "models/scenario/sections/observed.hpp"
#include "models/scenario/text/file.hpp"
#include "models/scenario/text/run_manifest.hpp"
#include "models/scenario/verbs/demand_growth.hpp"
#include "models/scenario/verbs/hours.hpp"
#include "models/scenario/verbs/verbs.hpp"

namespace pishkhan {
namespace {

std::vector<const Name*> tables_of(const ProvinceKeys& province, const DemandKeys& demand,
                                   const Name& observed) {
  return {&province.counties,      &province.places,
          &province.agencies,      &province.services,
          &province.offices,       &province.counters,
          &province.evidence,      &demand.profiles,
          &demand.holidays,        &observed,
          &province.more_places,   &province.more_agencies,
          &province.more_services, &province.more_offices,
          &province.more_counters};
}

/// Sums over stations are formed in the order of their ids, whatever the order of rows.
template <class Stations>
void sort_by_id(Stations& stations) {
  std::stable_sort(stations.begin(), stations.end(),
                   [](const auto& a, const auto& b) { return a.id < b.id; });
}

Province load_tables(const ProvinceKeys& keys, const BackboneRules& backbone, const SourceFiles& sources,
                     Diagnostics& mistakes, bool& complete) {
  const auto table = [](const Name& file) { return path_beside(*file.location.node); };
  const auto more = [&](const Name& file) {
    return file.location.node != nullptr ? table(file) : std::filesystem::path();
  };
  const ProvinceFiles files{table(keys.counties),    table(keys.places),       table(keys.agencies),
                            table(keys.services),    table(keys.offices),      table(keys.counters),
                            more(keys.more_places),  more(keys.more_agencies), more(keys.more_services),
                            more(keys.more_offices), more(keys.more_counters)};
  std::vector<std::string> link_kinds;
  for (const LinkKind& kind : backbone.link_kinds) link_kinds.push_back(kind.id);
  Province province = load_province(files, mistakes, link_kinds, &complete, sources);
  sort_by_id(province.offices);
  sort_by_id(province.counters);
  return province;
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

/// The ranges of assumed numbers, of which each must be a number that can be varied.
std::vector<AssumedRange> assumed_ranges(const std::vector<EvidenceEntry>& entries,
                                         const std::filesystem::path& file, Diagnostics& mistakes) {
  std::vector<AssumedRange> ranges;
  for (const EvidenceEntry& entry : entries) {
    if (!entry.low || !entry.high) continue;
    if (find_assumed_number(entry.file, entry.column) == nullptr) {
      const std::string near = nearest_assumed_number(entry.file, entry.column);
      mistakes.push_back({file.string(), entry.line, entry.low_at, entry.column,
                          "a range of " + in_backticks(entry.column) + " of " + entry.file +
                              ", which is no number that can be varied",
                          near.empty() ? "leave `low` and `high` empty"
                                       : "leave `low` and `high` empty; or did you mean '" + near + "'?"});
    }
    if (entry.evidence != Evidence::assumed) {
      mistakes.push_back({file.string(), entry.line, entry.low_at, entry.column,
                          "a range of " + in_backticks(entry.column) + " of " + entry.file + ", which is " +
                              std::string(to_string(entry.evidence)),
                          "ranges are of assumed numbers: leave `low` and `high` empty, or say `assumed`"});
    }
    ranges.push_back({entry.file, entry.column, *entry.low, *entry.high});
  }
  return ranges;
}

/// Reads how well the numbers are known: the weakest grade among those of the tables and the backbone, and
/// the ranges of assumed ones.
void read_evidence(const ProvinceKeys& keys, const SourceFiles& sources, Scenario& scenario,
                   Diagnostics& mistakes) {
  if (keys.evidence.location.node == nullptr) return;
  const std::filesystem::path file = path_beside(*keys.evidence.location.node);
  const bool of_a_run = file.filename() == input_file_name(keys.evidence.location.key());
  const std::vector<EvidenceEntry> entries = load_evidence(file, mistakes, !of_a_run, sources);
  scenario.assumed_ranges = assumed_ranges(entries, file, mistakes);
  // The backbone's numbers have no grades.
  const BackboneRules& backbone = scenario.backbone;
  const bool ideal = backbone.model == BackboneModel::ideal && backbone.link_kinds.empty();
  scenario.evidence = ideal ? weakest(entries) : Evidence::assumed;
}

/// Gives every station its doors, its shifts, and its rules for queues.
void apply_station_rules(const ScenarioFile& file, Province& province) {
  const KindHours& hours = file.province->hours;
  const auto apply = [](StationRules& rules, const WeekHours& doors, const Balking& balking,
                        const ClosingRule& closing, bool finishing_counts) {
    rules.balking = balking;
    rules.finishing_counts = finishing_counts;
    rules.closing = closing;
    rules.doors = doors;
    for (auto& group : rules.groups) group.shifts = doors;
  };
  for (auto& office : province.offices) {
    apply(office.rules, hours.of_offices(office.kind), file.balking.offices, file.closing.offices,
          file.after_shift.offices);
  }
  for (auto& counter : province.counters) {
    apply(counter.rules, hours.counters, file.balking.counters, file.closing.counters,
          file.after_shift.counters);
  }
}

/// Notices things that are far from another to which they belong: the first, and how many more there are.
/// `other_of` gives the other thing.
template <class Things, class OtherOf>
void note_far(const char* key, const Things& things, OtherOf other_of, double most_km, Scenario& scenario) {
  std::vector<NoticeValue> first;
  double more = 0;
  for (const auto& thing : things) {
    const auto& other = other_of(thing);
    const double km = distance_km(other.latitude, other.longitude, thing.latitude, thing.longitude);
    if (km <= most_km) continue;
    if (!first.empty()) {
      ++more;
      continue;
    }
    first = {text_value("id", thing.id), number_value("km", std::round(km)), text_value("other", other.id)};
  }
  if (first.empty()) return;
  first.push_back(number_value("more", more));
  scenario.notices.push_back({key, std::move(first)});
}

/// An office where the residents of its own place would not look for it is odd, and so is a place far from
/// its county.
void note_far_positions(Scenario& scenario) {
  const Province& province = *scenario.province;
  note_far(
      "notice.far.place", province.places,
      [&](const Place& place) -> const County& { return province.counties[place.county.index()]; }, kFar_km,
      scenario);
  const bool out_of_choice = scenario.choice.within_km < kFar_km;
  note_far(
      out_of_choice ? "notice.far.office_beyond_choice" : "notice.far.office", province.offices,
      [&](const Office& office) -> const Place& { return province.places[office.place.index()]; },
      std::min(scenario.choice.within_km, kFar_km), scenario);
}

/// Of a base's rows that do not follow those of the tables any more.
void note_rows_left_out(const ProvinceKeys& keys, Scenario& scenario) {
  for (const Name* more : {&keys.more_places, &keys.more_agencies, &keys.more_services, &keys.more_offices,
                           &keys.more_counters}) {
    if (more->location.node == nullptr || !more->location.node->replaces) continue;
    scenario.notices.push_back(
        {"notice.more_replaces", {text_value("key", more->location.key()), text_value("file", more->text)}});
  }
}

/// Whether a mistake may change what the province is after its verbs.
bool is_about_province(const Diagnostic& mistake) {
  const std::string_view section = std::string_view(mistake.path).substr(0, mistake.path.find_first_of(".["));
  constexpr std::array kOthers{"scenario", "name",      "description", "run",     "output",
                               "targets",  "economics", "plan",        "observed"};
  return std::find(kOthers.begin(), kOthers.end(), section) == kOthers.end();
}

}  // namespace

std::string read_inputs(const std::vector<const Name*>& tables, const SourceFiles& sources,
                        Scenario& scenario, Diagnostics& mistakes) {
  std::string lines = "data:\n";
  auto inputs = std::make_shared<std::vector<InputFile>>();
  for (const Name* file : tables) {
    const Location& location = file->location;
    if (location.node == nullptr) continue;
    std::string text =
        read_limited(path_beside(*location.node), location.node->mark, location.path, mistakes, sources);
    lines += "  " + location.key() + ": \"" + table_hash(text) + "\"\n";
    inputs->push_back({location.key(), std::move(text)});
  }
  scenario.inputs = std::move(inputs);
  return lines;
}

std::string make_province(const Written<ScenarioFile>& file, const Node& root, const SourceFiles& sources,
                          Scenario& scenario, Diagnostics& mistakes) {
  const bool run_is_good = check_run_of_province(file->run, mistakes);
  const ProvinceKeys& keys = *file->province;
  if (!names_all_tables(keys)) return {};
  const std::size_t before = mistakes.size();
  const Written<DemandKeys>& demand = file->demand;
  std::string hashes = read_inputs(tables_of(keys, *demand, file->observed), sources, scenario, mistakes);
  if (mistakes.size() > before) return {};
  apply_backbone(file->backbone, scenario, mistakes);
  bool complete = true;
  const std::size_t before_tables = mistakes.size();
  scenario.province = load_tables(keys, scenario.backbone, sources, mistakes, complete);
  const bool tables_are_good = mistakes.size() == before_tables;
  for (Service& service : scenario.province->services) service.in_table = service;
  if (!complete || !knows_links(file)) return {};
  read_evidence(keys, sources, scenario, mistakes);
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
                      file->after_shift,
                      run_is_good,
                      tables_are_good,
                      Selector(*scenario.province, mistakes, tables_are_good),
                      {},
                      {}};
  apply_verbs(root, context);
  if (file->economics.exists()) apply_economics(file->economics, context.select, scenario, mistakes);
  if (run_is_good && demand.exists()) read_demand_tables(demand, sources, context.select, scenario, mistakes);
  read_observations(file->observed, sources, {run_is_good, tables_are_good}, scenario, mistakes);
  // What the tables and all verbs together have made is judged only where nothing is wrong with any of them.
  const auto is_good = [&] { return std::none_of(mistakes.begin(), mistakes.end(), is_about_province); };
  if (is_good()) note_hours_without_demand(context);
  if (is_good()) check_dated_growth(context);
  if (is_good()) check_call_limit(file->backbone, scenario, mistakes);
  if (is_good()) check_services_are_given(root, scenario, mistakes);
  if (is_good()) note_far_positions(scenario);
  note_rows_left_out(keys, scenario);
  return hashes;
}

}  // namespace pishkhan
