#include "tools/page/staffing.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/time.hpp"
#include "tools/page/assets.hpp"
#include "tools/page/page.hpp"
#include "tools/page/staffing_data.hpp"
#include "tools/page/table_view.hpp"
#include "tools/report/staffing_tables.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostNamed = 8;

/// What the table `staffing` adds up to.
struct Sums {
  double now = 0, needed = 0, hours_now = 0, hours_needed = 0;
  std::map<std::string, std::size_t> proofs;
  std::vector<std::size_t> unattainable;  ///< rows
};

Sums sums_of(const TableView& table) {
  Sums sums;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    sums.now += table.number(row, "clerks_now").value_or(0);
    sums.needed += table.number(row, "clerks_needed").value_or(0);
    sums.hours_now += table.number(row, "paid_hours_now").value_or(0);
    sums.hours_needed += table.number(row, "paid_hours_needed").value_or(0);
    const std::string proof = table.text(row, "proof");
    ++sums.proofs[proof];
    if (proof == "unattainable") sums.unattainable.push_back(row);
  }
  return sums;
}

/// In the language, else its id.
std::string name_of_row(const TableView& table, std::size_t row, Language language) {
  const std::string name = table.text(row, language == Language::persian ? "name_fa" : "name_en");
  return "\u2068" + printable(name.empty() ? table.text(row, "station") : name) + "\u2069";
}

/// At how many sets of assumptions the clerks are enough; empty where there are none.
std::string under_assumptions(const StaffingSource& source, const Texts& texts) {
  const auto table = find_table(source, "assumption_points");
  if (!table || table->rows() == 0) return "";
  std::vector<double> met;
  double stations = 0;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    met.push_back(table->number(row, "met").value_or(0));
    stations = std::max(stations, table->number(row, "stations").value_or(0));
  }
  std::sort(met.begin(), met.end());
  const auto number = [&](double value) { return set_number(rounded(value, 0), texts.language()); };
  return texts.fill("staffing.under_assumptions", {{"n", number(static_cast<double>(met.size()))},
                                                   {"stations", number(stations)},
                                                   {"middle", number(met[(met.size() - 1) / 2])},
                                                   {"worst", number(met.front())}});
}

}  // namespace

StaffingRecord make_staffing_record(std::string version, const Scenario& scenario,
                                    const StaffingResult& result) {
  StaffingRecord record;
  record.describe(scenario);
  record.version = std::move(version);
  record.proof_seed = result.proof_seed;
  record.search_replications = result.search_replications;
  record.proof_replications = result.proof_replications;
  record.service_level_s = scenario.service_level_s;
  record.stations_alone = result.stations_alone;
  return record;
}

void add_staffing_record(const StaffingRecord& record, Json& manifest) {
  Json json = record.to_json();
  json["service_level_s"] = record.service_level_s;
  json["stations_alone"] = record.stations_alone;
  manifest["staffing"] = std::move(json);
}

bool is_staffing(std::string_view manifest) {
  const auto json = nlohmann::json::parse(manifest, nullptr, false);
  return json.is_object() && json.contains("staffing");
}

StaffingRecord read_staffing(std::string_view manifest, const std::filesystem::path& file) {
  const auto json = Json::parse(manifest, nullptr, false);
  try {
    const Json& of = json.at("staffing");
    StaffingRecord record;
    record.read_json(of);
    record.service_level_s = of.at("service_level_s");
    record.stations_alone = of.at("stations_alone");
    return record;
  } catch (const nlohmann::json::exception&) {
    throw EnvironmentError(file.string() +
                           " is not the manifest of a staffing that this version has written");
  }
}

VerdictInWords staffing_verdict_of(const StaffingSource& source, const Texts& texts) {
  const StaffingRecord& record = source.record;
  const auto number = [&](double value) { return set_number(rounded(value, 0), texts.language()); };
  VerdictInWords verdict;
  verdict.facts =
      texts.fill("staffing.facts", {{"title", "\u2068" + printable(record.title) + "\u2069"},
                                    {"search", number(static_cast<double>(record.search_replications))},
                                    {"replications", number(static_cast<double>(record.proof_replications))},
                                    {"seed", std::to_string(record.proof_seed)}});
  const auto table = find_table(source, "staffing");
  if (!table) return verdict;
  const Sums sums = sums_of(*table);
  verdict.sentences.push_back(texts.fill("staffing.clerks", {{"now", number(sums.now)},
                                                             {"needed", number(sums.needed)},
                                                             {"hours_now", number(sums.hours_now)},
                                                             {"hours", number(sums.hours_needed)}}));
  std::string proofs;
  for (std::size_t k = 0; k < kStaffingProofs; ++k) {
    const std::string proof(to_string(static_cast<StaffingProof>(k)));
    const auto found = sums.proofs.find(proof);
    if (found == sums.proofs.end()) continue;
    proofs += (proofs.empty() ? "" : " ") +
              texts.fill("staffing.stations." + proof, {{"n", number(static_cast<double>(found->second))}});
  }
  if (!proofs.empty()) verdict.sentences.push_back(proofs);
  if (!sums.unattainable.empty()) {
    std::string names;
    for (std::size_t i = 0; i < std::min(sums.unattainable.size(), kMostNamed); ++i) {
      names +=
          (i > 0 ? texts.at("list.comma") : "") + name_of_row(*table, sums.unattainable[i], texts.language());
    }
    verdict.sentences.push_back(texts.fill("staffing.cannot", {{"stations", names}}));
  }
  if (const std::string under = under_assumptions(source, texts); !under.empty())
    verdict.sentences.push_back(under);
  if (record.stations_alone) verdict.sentences.push_back(texts.at("staffing.alone"));
  verdict.how_sure =
      texts.at("staffing.sure") + ' ' + texts.at("sure." + std::string(to_string(record.evidence)));
  return verdict;
}

std::string staffing_html(const StaffingSource& source) {
  return page_file({source.record.title, source.record.version,
                    head_of_page(staffing_verdict_of(source, Texts(Language::persian))),
                    head_of_page(staffing_verdict_of(source, Texts(Language::english))),
                    staffing_data(source), assets::kWholeScript});
}

}  // namespace pishkhan::page
