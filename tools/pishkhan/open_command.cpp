#include <filesystem>
#include <numeric>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "models/plan/dated_changes.hpp"
#include "models/siting/siting.hpp"
#include "models/staffing/staffing.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/candidate_sites.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/decision_folder.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/siting_summary.hpp"
#include "tools/pishkhan/staffed_scenario.hpp"
#include "tools/pishkhan/staffing_folder.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/report/siting_tables.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// The scenario as it is with seed and replications of the proof, before offices open.
std::string text_before(const StaffOptions& options, const Scenario& scenario, const SitingOptions& how,
                        const fs::path& file) {
  StaffingResult proof;
  proof.proof_seed = proof_seed(scenario, 1);
  proof.proof_replications = siting_replications(scenario, how.first_days);
  return staffed_scenario(options.scenario, scenario, proof, file, "opened");
}

void write(const SitingReport& report, const StaffOptions& options, const fs::path& folder) {
  const Scenario& scenario = report.scenario;
  const std::vector<SiteRow>& sites = report.sites;
  const SitingResult& result = report.result;
  page::DecisionRecord record = page::make_decision_record(
      page::DecisionForm::siting, PISHKHAN_VERSION, scenario, result.proof_seed, result.search_replications,
      result.proof_replications, [&](const Texts& texts) { return siting_findings(texts, report); });
  page::add_sites(scenario, sites, record);
  const nlohmann::ordered_json facts{
      {"replications", result.search_replications},
      {"open", options.open.value()},
      {"among", options.among.filename().string()},
      {"clerks", options.clerks},
      {"unserved_s", options.unserved_s()},
      {"proof", facts_of_round(options, result.proof_seed, result.proof_replications)}};
  write_decision_folder(
      scenario,
      {"New offices in the scenario in `staffed`; this is no scenario.",
       facts,
       {make_siting_table(scenario, sites, result), make_siting_sets_table(scenario, sites, result)}},
      record, options, folder);
}

}  // namespace

ExitCode open_offices(const StaffOptions& asked, std::ostream& out) {
  const InterruptGuard guard;
  const StaffOptions options = with_files(asked);
  const Scenario scenario = load_with_own_numbers(options.scenario);
  if (!scenario.province) {
    throw UserError({{"--open", 0, 0, "", "new offices among bare stations",
                      "write the station into the scenario, or name a scenario of a province"}});
  }
  expect_no_simgrid(scenario);
  std::vector<Diagnostic> mistakes;
  add_dated_demand(scenario, "choosing offices to open", mistakes);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  expect_no_changes_in_lists(options.scenario, scenario, {"open_offices"});
  SitingOptions how;
  how.number = static_cast<std::size_t>(options.open.value());
  const std::vector<CandidateSite> sites =
      read_candidate_sites(options.among, scenario, options.clerks, how.number, *options.scenario.files);
  const fs::path folder_name = folder_of(options, scenario, "staff");
  OutputFolder folder = begin_staffing(options, scenario, folder_name);
  how.threads = options.threads;
  how.unserved_s = options.unserved_s();
  how.first_days = static_cast<std::size_t>(options.first_days);
  how.stop = &InterruptGuard::interrupted;
  const std::string opened = scenario.name + "-opened.yaml";
  const std::string before = text_before(options, scenario, how, folder_name / opened);
  const auto text_with = [&](std::span<const std::size_t> chosen) {
    return before + open_offices_text(scenario, sites, chosen);
  };
  const auto with_open = [&](std::span<const std::size_t> chosen) {
    Scenario open = load_scenario_text(text_with(chosen), (folder_name / opened).generic_string());
    open.run.seed = scenario.run.seed;
    return open;
  };
  std::vector<std::size_t> all(sites.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const SitingResult result = site_offices(scenario, with_open(all), with_open, how);
  write_file(folder.staging() / opened, text_with(result.sets[result.best].set.open));
  std::vector<SiteRow> rows;
  for (const CandidateSite& site : sites)
    rows.push_back({site.id, site.place, site.latitude, site.longitude, site.clerks, site.rank});
  const SitingReport report{scenario, rows, result, how.unserved_s, folder_name, opened};
  write(report, options, folder.staging());
  folder.commit();
  print_report(options, report, siting_json, siting_summary, out);
  return kDone;
}

}  // namespace pishkhan
