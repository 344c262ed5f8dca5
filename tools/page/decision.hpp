#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "tools/page/proof_record.hpp"
#include "tools/page/verdict_in_words.hpp"
#include "tools/report/siting_tables.hpp"
#include "tools/report/table.hpp"
#include "tools/texts/texts.hpp"

// Where `staff` puts clerks (`--budget`), opens offices (`--open`) or authorises services (`--authorise`), as
// a page. It is made of what the command stores, so that it can be made again.
namespace pishkhan::page {

enum class DecisionForm { placement, siting, authorising };
std::string_view to_string(DecisionForm form);

/// What a manifest says of such a decision.
struct DecisionRecord : ProofRecord {
  DecisionForm form = DecisionForm::placement;
  Names stations, services;  ///< of the rows of its tables
  /// What was found, as the terminal says it; the first sentence says what was simulated.
  std::vector<std::string> findings_fa, findings_en;
};
/// Takes the names of all stations and services, and their places. `findings` gives the lines of the terminal
/// in a language.
DecisionRecord make_decision_record(DecisionForm form, std::string version, const Scenario& scenario,
                                    std::uint64_t proof_seed, std::size_t search_replications,
                                    std::size_t proof_replications,
                                    const std::function<std::string(const Texts&)>& findings);
/// Adds the candidates of new offices as stations, with their places.
void add_sites(const Scenario& scenario, const std::vector<SiteRow>& sites, DecisionRecord& record);

/// Writes into a manifest what read_decision reads.
void add_decision_record(const DecisionRecord& record, nlohmann::ordered_json& manifest);
/// Whether the text is the manifest of such a decision.
bool is_decision(std::string_view manifest);
/// Throws EnvironmentError when it is not one that this version has written.
DecisionRecord read_decision(std::string_view manifest, const std::filesystem::path& file);

struct DecisionSource {
  const DecisionRecord& record;
  std::vector<const Table*> tables;  ///< of placement_tables, siting_tables or authorisation_tables
};

VerdictInWords decision_verdict_of(const DecisionSource& source, const Texts& texts);

/// The whole file. The same decision gives the same bytes.
std::string decision_html(const DecisionSource& source);

}  // namespace pishkhan::page
