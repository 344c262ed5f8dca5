#include "tools/page/decision.hpp"

#include <cctype>
#include <sstream>
#include <utility>

#include "sim/base/diagnostic.hpp"
#include "tools/page/assets.hpp"
#include "tools/page/decision_data.hpp"
#include "tools/page/page.hpp"
#include "tools/report/cell_names.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kForms[] = {"placement", "siting", "authorising"};

bool is_of_name(char byte) {
  return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '@' || byte == '-' || byte == '_' ||
         byte == '.';
}

/// With the directions of Latin names and ids kept apart from the Persian text around them.
std::string with_names_apart(const std::string& line) {
  std::string text;
  for (std::size_t at = 0; at < line.size();) {
    if (std::isalpha(static_cast<unsigned char>(line[at])) == 0) {
      text += line[at++];
      continue;
    }
    std::size_t end = at;
    while (end < line.size() && (is_of_name(line[end]) ||
                                 (line[end] == ' ' && end + 1 < line.size() && is_of_name(line[end + 1]))))
      ++end;
    text += "\u2068" + line.substr(at, end - at) + "\u2069";
    at = end;
  }
  return text;
}

/// Lines of the terminal as sentences: without what they are set in by, and with a full stop.
std::vector<std::string> sentences_of(const std::string& lines) {
  std::vector<std::string> sentences;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    line.erase(0, line.find_first_not_of(' '));
    if (line.empty()) continue;
    const auto first = static_cast<unsigned char>(line.front());
    if (first < 0x80U) line.front() = static_cast<char>(std::toupper(first));
    if (line.back() != '.') line += '.';
    sentences.push_back(std::move(line));
  }
  return sentences;
}

void add_names_of_stations(const Scenario& scenario, DecisionRecord& record) {
  for (const BareStation& station : scenario.stations)
    record.stations.try_emplace(station.id, station.name_fa, station.name_en);
  if (!scenario.province) return;
  const Province& province = *scenario.province;
  const Texts persian(Language::persian), english(Language::english);
  for (const Office& office : province.offices)
    record.stations.try_emplace(office.id, office.name_fa, office.name_en);
  for (const Counter& counter : province.counters) {
    record.stations.try_emplace(counter.id, counter_name(province, counter, persian),
                                counter_name(province, counter, english));
  }
  for (const Service& service : province.services)
    record.services.try_emplace(service.id, service.name_fa, service.name_en);
}

}  // namespace

std::string_view to_string(DecisionForm form) { return kForms[static_cast<std::size_t>(form)]; }

DecisionRecord make_decision_record(DecisionForm form, std::string version, const Scenario& scenario,
                                    std::uint64_t proof_seed, std::size_t search_replications,
                                    std::size_t proof_replications,
                                    const std::function<std::string(const Texts&)>& findings) {
  DecisionRecord record;
  record.describe(scenario);
  record.form = form;
  record.version = std::move(version);
  record.proof_seed = proof_seed;
  record.search_replications = search_replications;
  record.proof_replications = proof_replications;
  add_names_of_stations(scenario, record);
  for (const std::string& sentence : sentences_of(findings(Texts(Language::persian))))
    record.findings_fa.push_back(with_names_apart(sentence));
  record.findings_en = sentences_of(findings(Texts(Language::english)));
  return record;
}

void add_sites(const Scenario& scenario, const std::vector<SiteRow>& sites, DecisionRecord& record) {
  for (const SiteRow& site : sites) {
    const Place& place = scenario.province->places[site.place.index()];
    record.stations.try_emplace(site.id, place.name_fa, place.name_en);
    record.offices.try_emplace(
        site.id, NamesAndPlaces::OfficePosition{place.id, site.latitude.value_or(place.latitude),
                                                site.longitude.value_or(place.longitude)});
  }
}

void add_decision_record(const DecisionRecord& record, Json& manifest) {
  Json json = record.to_json();
  json["form"] = to_string(record.form);
  write_names("stations", record.stations, json);
  write_names("services", record.services, json);
  json["findings_fa"] = record.findings_fa;
  json["findings_en"] = record.findings_en;
  manifest["decision"] = std::move(json);
}

bool is_decision(std::string_view manifest) {
  const auto json = nlohmann::json::parse(manifest, nullptr, false);
  return json.is_object() && json.contains("decision");
}

DecisionRecord read_decision(std::string_view manifest, const std::filesystem::path& file) {
  const auto json = Json::parse(manifest, nullptr, false);
  const EnvironmentError foreign(
      file.string() +
      " is not the manifest of placed clerks, new offices or authorisations that this "
      "version has written");
  try {
    const Json& of = json.at("decision");
    DecisionRecord record;
    record.read_json(of);
    const std::string form = of.at("form");
    for (const DecisionForm one : {DecisionForm::placement, DecisionForm::siting, DecisionForm::authorising})
      if (to_string(one) == form) record.form = one;
    if (to_string(record.form) != form) throw foreign;
    read_names(of.at("stations"), record.stations);
    read_names(of.at("services"), record.services);
    record.findings_fa = of.at("findings_fa");
    record.findings_en = of.at("findings_en");
    return record;
  } catch (const nlohmann::json::exception&) {
    throw foreign;
  }
}

VerdictInWords decision_verdict_of(const DecisionSource& source, const Texts& texts) {
  const DecisionRecord& record = source.record;
  const std::vector<std::string>& findings =
      texts.language() == Language::persian ? record.findings_fa : record.findings_en;
  VerdictInWords verdict;
  if (!findings.empty()) {
    verdict.facts = findings.front();
    verdict.sentences.assign(findings.begin() + 1, findings.end());
  }
  verdict.how_sure =
      texts.at("decision.sure") + ' ' + texts.at("sure." + std::string(to_string(record.evidence)));
  return verdict;
}

std::string decision_html(const DecisionSource& source) {
  return page_file({source.record.title, source.record.version,
                    head_of_page(decision_verdict_of(source, Texts(Language::persian))),
                    head_of_page(decision_verdict_of(source, Texts(Language::english))),
                    decision_data(source), assets::kWholeScript});
}

}  // namespace pishkhan::page
