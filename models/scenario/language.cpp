#include "models/scenario/language.hpp"

#include "models/scenario/schema/json_schema.hpp"
#include "models/scenario/verbs/verbs.hpp"
#include "models/scenario/wave_keys.hpp"

namespace pishkhan {
namespace {

/// The order of verbs in the canonical text and in the JSON Schema; those not named come last. It is not the
/// order in which they are applied, and stays as it is because the hashes of scenarios depend on it.
const std::vector<std::string> kTextOrder = {
    "migrations", "staffing",  "hours",    "demand_growth", "open_offices", "close_offices", "handling",
    "absence",    "authorise", "backbone", "links",         "systems",      "outages",       "slow_downs"};

void add_common_keys(Section<ScenarioFile>& keys) {
  const auto of_scenario = [](auto member) { return member_of(&ScenarioFile::scenario, member); };
  keys.required("scenario", of_scenario(&Scenario::title), value::text(),
                "Title of the scenario, for people.");
  keys.optional("name", of_scenario(&Scenario::name), value::id(),
                "Folder of the results; left out: the file's name without .yaml.");
  keys.optional("description", of_scenario(&Scenario::description), value::text(),
                "What the scenario is for.");
  keys.optional("base", &ScenarioFile::base, value::file(),
                "Scenario file this one extends: maps merge, verbs append, stations and streams merge by id, "
                "other values "
                "replace.");
  std::vector<value::WordFor<std::string>> lists;
  for (const Verb& verb : verbs()) lists.push_back({verb.key, verb.key, verb.doc});
  lists.push_back({"stations", "stations", "Bare stations, which would else be matched by id."});
  keys.optional("without", &ScenarioFile::without,
                value::list<std::string>(value::words<std::string>(lists), 1, "a list of verbs"),
                "Verbs of the base, and of its bases, whose lists this scenario leaves out, before its own; "
                "or its `stations`.");
  keys.required("run", &ScenarioFile::run, run_keys(), "What, when and how often.");
  keys.optional("service_level", of_scenario(&Scenario::service_level_s), value::amount(Quantity::duration),
                "T of the service level: share of those who joined that start within T; 0 s: at once.",
                "15 min");
  keys.optional(
      "targets", &ScenarioFile::targets, list_of(target_keys(), 1, "a list of targets"),
      "Shares of visits in time that stations have to reach; left out: 80% of those who joined start "
      "within `service_level`.");
  keys.optional("shifts", &ScenarioFile::shifts, list_of(shift_keys(), 1, "a list of patterns"),
                "Patterns of which `staff --by roster` makes rosters; left out: none.");
  keys.optional("output", &ScenarioFile::output, output_keys(), "What is written beside the tables.", "{}");
  keys.optional("stations", &ScenarioFile::stations,
                matched_by("id", list_of(station_keys(), 1, "a list of stations")),
                "Bare stations, instead of a province.");
  keys.optional(
      "holidays", &ScenarioFile::holidays, holidays_value(),
      "CSV: public holidays, on which all bare stations are closed and nobody comes; or `none`. Of a "
      "province it is `demand.holidays`. Not in an unbroken run; left out: none.");
}

void add_province_keys(Section<ScenarioFile>& keys) {
  const auto of_scenario = [](auto member) { return member_of(&ScenarioFile::scenario, member); };
  keys.optional("province", &ScenarioFile::province, province_keys(),
                "A province, instead of bare stations.");
  keys.optional("demand", &ScenarioFile::demand, demand_keys(),
                "When citizens come; needed with a province.");
  keys.optional("classes", of_scenario(&Scenario::classes), classes_value(),
                "Citizens served before others; left out: none.");
  keys.optional("patience", of_scenario(&Scenario::patience), patience_keys(),
                "How long citizens wait before they give up; left out: for ever.");
  keys.optional("retry", of_scenario(&Scenario::retry), retry_keys(),
                "Returns of citizens who were not served; left out: none.");
  keys.optional("rework", of_scenario(&Scenario::rework_handling_share), rework_keys(),
                "Visits cut short by missing papers (their probability is the service's); left out: 50%.");
  keys.optional("choice", of_scenario(&Scenario::choice), choice_keys(),
                "Huff's gravity model of the office chosen; left out: its defaults.");
  keys.optional("travel", of_scenario(&Scenario::travel), travel_keys(),
                "How long the way to a station takes, which changes reports alone; left out: its defaults.");
  keys.optional("economics", &ScenarioFile::economics, economics_keys(),
                "What clerks, desks, tariffs, time and travel are worth, which changes reports alone; left "
                "out: no table tells of money.");
  keys.optional("observed", &ScenarioFile::observed, value::file(),
                "CSV: what was counted at offices and counters on days or in months, to be shown beside what "
                "is simulated; left out: nothing.");
  keys.optional("balking", &ScenarioFile::balking, balking_at_stations(),
                "Who leaves at once because of the queue; left out: nobody.");
  keys.optional("closing", &ScenarioFile::closing, closing_at_stations(),
                "What becomes of those waiting at closing; left out: served.");
  keys.optional("after_shift", &ScenarioFile::after_shift, after_shift_at_stations(),
                "What clerks count as who still serve when their shift has ended, or their break has begun; "
                "left out: in_addition.");
  keys.optional("redirect", of_scenario(&Scenario::redirect), redirect_value(),
                "A citizen who balks at an office goes on to the next one; left out: nobody does.");
  const std::size_t first_verb = keys.size();
  for (const Verb& verb : verbs()) keys.read_elsewhere(verb.key, verb.shape, verb.doc);
  keys.optional("backbone", &ScenarioFile::backbone, backbone_keys(),
                "Links and agency systems; left out: ideal.");
  keys.read_elsewhere("plan", move_keys().shape(),
                      "Which services may move in which wave, for `pishkhan plan`; a run does not read it.");
  keys.order_by(first_verb, kTextOrder);
}

ScenarioLanguage make_language() {
  ScenarioLanguage language{Section<ScenarioFile>("a scenario"), 0};
  add_common_keys(language.keys);
  language.common = language.keys.size();
  add_province_keys(language.keys);
  return language;
}

}  // namespace

const ScenarioLanguage& language() {
  static const ScenarioLanguage made = make_language();
  return made;
}

std::string scenario_schema() { return json_schema(*language().keys.shape()); }

}  // namespace pishkhan
