#include "tools/page/plan.hpp"

#include <algorithm>
#include <utility>

#include "models/province/calendar.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "tools/page/assets.hpp"
#include "tools/page/page.hpp"
#include "tools/page/plan_data.hpp"
#include "tools/page/table_view.hpp"
#include "tools/report/cell_names.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;

/// Names of the stations to which the moves add work, and of the services that may move.
void add_names_of_cells(const FoundPlan& plan, PlanRecord& record) {
  const Province& province = *plan.scenario.province;
  for (const ServiceId id : plan.rules.services) {
    const Service& service = province.services[id.index()];
    record.services.try_emplace(service.id, service.name_fa, service.name_en);
  }
  const Texts persian(Language::persian), english(Language::english);
  for (const MovedStation& station : plan.found.stations) {
    const std::size_t s = plan.effects.stations()[station.station].index(), offices = province.offices.size();
    if (s < offices) {
      const Office& office = province.offices[s];
      record.stations.try_emplace(office.id, office.name_fa, office.name_en);
      continue;
    }
    const Counter& counter = province.counters[s - offices];
    record.stations.try_emplace(counter.id, counter_name(province, counter, persian),
                                counter_name(province, counter, english));
  }
}

std::size_t rows_with(const PlanSource& source, const char* name, const char* column,
                      std::string_view value) {
  const auto table = find_table(source, name);
  std::size_t count = 0;
  for (std::size_t row = 0; table && row < table->rows(); ++row) count += table->text(row, column) == value;
  return count;
}

}  // namespace

PlanRecord make_plan_record(std::string version, const FoundPlan& plan) {
  const FoundMoves& found = plan.found;
  PlanRecord record;
  record.describe(plan.scenario);
  record.version = std::move(version);
  record.proof_seed = found.proof_seed;
  record.search_replications = found.search_replications;
  record.proof_replications = found.proof_replications;
  record.proven = found.proven;
  record.gains_time = plan.rules.gain == MoveGain::time;
  record.gain = found.gain;
  record.bound = found.bound;
  record.citizens = found.citizens;
  record.all_citizens = found.all_citizens;
  for (const Wave& wave : plan.rules.waves) record.waves.push_back({wave.id, format_date(wave.starts)});
  add_names_of_cells(plan, record);
  return record;
}

void add_plan_record(const PlanRecord& record, Json& manifest) {
  Json json = record.to_json();
  json["proven"] = record.proven;
  json["gains_time"] = record.gains_time;
  json["gain"] = record.gain;
  json["bound"] = record.bound;
  json["citizens"] = record.citizens;
  json["all_citizens"] = record.all_citizens;
  json["waves"] = Json::array();
  for (const PlanRecord::Wave& wave : record.waves)
    json["waves"].push_back({{"id", wave.id}, {"starts", wave.starts}});
  write_names("services", record.services, json);
  write_names("stations", record.stations, json);
  manifest["plan"] = std::move(json);
}

bool is_plan(std::string_view manifest) {
  const auto json = nlohmann::json::parse(manifest, nullptr, false);
  return json.is_object() && json.contains("plan");
}

PlanRecord read_plan(std::string_view manifest, const std::filesystem::path& file) {
  const auto json = Json::parse(manifest, nullptr, false);
  try {
    const Json& of = json.at("plan");
    PlanRecord record;
    record.read_json(of);
    record.proven = of.at("proven");
    record.gains_time = of.at("gains_time");
    record.gain = of.at("gain");
    record.bound = of.at("bound");
    record.citizens = of.at("citizens");
    record.all_citizens = of.at("all_citizens");
    for (const Json& wave : of.at("waves")) record.waves.push_back({wave.at("id"), wave.at("starts")});
    read_names(of.at("services"), record.services);
    read_names(of.at("stations"), record.stations);
    return record;
  } catch (const nlohmann::json::exception&) {
    throw EnvironmentError(file.string() + " is not the manifest of a plan that this version has written");
  }
}

VerdictInWords plan_verdict_of(const PlanSource& source, const Texts& texts) {
  const PlanRecord& record = source.record;
  const auto number = [&](double value) { return set_number(rounded(value, 0), texts.language()); };
  const auto percent = [&](double share) { return set_number(rounded(100 * share, 1), texts.language()); };
  VerdictInWords verdict;
  verdict.facts =
      texts.fill(record.proven && record.proof_replications > 0 ? "plan.facts" : "plan.facts_without_proof",
                 {{"title", "\u2068" + printable(record.title) + "\u2069"},
                  {"search", number(static_cast<double>(record.search_replications))},
                  {"replications", number(static_cast<double>(record.proof_replications))},
                  {"seed", std::to_string(record.proof_seed)}});
  const auto table = find_table(source, "plan");
  const double services = table ? static_cast<double>(table->rows()) : 0;
  const double stay = static_cast<double>(rows_with(source, "plan", "wave", "stays"));
  const auto waves = std::count_if(
      record.waves.begin(), record.waves.end(),
      [&](const PlanRecord::Wave& wave) { return rows_with(source, "plan", "wave", wave.id) > 0; });
  verdict.sentences.push_back(
      texts.fill(record.proven ? "plan.moves" : "plan.moves_not_proven",
                 {{"moving", number(services - stay)},
                  {"services", number(services)},
                  {"waves", number(static_cast<double>(waves))},
                  {"citizens", number(record.citizens)},
                  {"share", percent(record.all_citizens > 0 ? record.citizens / record.all_citizens : 0)}}));
  if (record.gains_time)
    verdict.sentences.push_back(texts.fill("plan.hours", {{"hours", number(record.gain)}}));
  std::string states;
  for (const char* state : {"kept", "part_kept", "open", "unheld", "no_target", "full"}) {
    const std::size_t n = rows_with(source, "plan_offices", "state", state);
    if (n == 0) continue;
    states += (states.empty() ? "" : " ") +
              texts.fill(std::string("plan.stations.") + state, {{"n", number(static_cast<double>(n))}});
  }
  if (!states.empty()) verdict.sentences.push_back(states);
  const double gap = record.gain > 0 ? std::max(record.bound / record.gain - 1, 0.0) : 0;
  constexpr double kNoGap = 5e-4;  // prints as 0.0%
  if (record.gain > 0)
    verdict.sentences.push_back(texts.fill(gap < kNoGap ? "plan.best" : "plan.gap", {{"gap", percent(gap)}}));
  verdict.how_sure =
      texts.at("plan.sure") + ' ' + texts.at("sure." + std::string(to_string(record.evidence)));
  return verdict;
}

std::string plan_html(const PlanSource& source) {
  return page_file({source.record.title, source.record.version,
                    head_of_page(plan_verdict_of(source, Texts(Language::persian))),
                    head_of_page(plan_verdict_of(source, Texts(Language::english))), plan_data(source),
                    assets::kWholeScript});
}

}  // namespace pishkhan::page
