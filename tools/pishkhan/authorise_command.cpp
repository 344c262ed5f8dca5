#include <algorithm>
#include <filesystem>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/plan/changing_offices.hpp"
#include "models/plan/dated_changes.hpp"
#include "models/province/csv.hpp"
#include "models/siting/authorising.hpp"
#include "models/staffing/staffing.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/authorising_summary.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/decision_folder.hpp"
#include "tools/pishkhan/extending_scenario.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/staffing_folder.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/authorisation_tables.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/output_folder.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// The services that `--services` names, sorted: `all`, or ids of services and agencies with commas between.
std::vector<ServiceId> named_services(const std::string& text, const Province& province) {
  std::vector<bool> named(province.services.size(), text == "all");
  std::vector<Diagnostic> mistakes;
  std::vector<std::string_view> known;
  for (const Service& service : province.services) known.push_back(service.id);
  for (const Agency& agency : province.agencies) known.push_back(agency.id);
  for (std::size_t begin = 0; text != "all" && begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    std::string name = text.substr(begin, end - begin);
    std::erase(name, ' ');
    begin = end + 1;
    bool found = false;
    for (std::size_t s = 0; s < named.size(); ++s) {
      const Service& service = province.services[s];
      if (service.id != name && province.agencies[service.agency.index()].id != name) continue;
      named[s] = found = true;
    }
    if (found) continue;
    const std::string_view near = nearest_name(name, known);
    mistakes.push_back({"--services " + text, 0, 0, "", "no service or agency `" + name + "`",
                        near.empty() ? "see `pishkhan services`, or write `all`"
                                     : "did you mean `" + std::string(near) + "`?"});
  }
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  std::vector<ServiceId> services;
  for (std::size_t s = 0; s < named.size(); ++s)
    if (named[s]) services.emplace_back(s);
  return services;
}

/// Items of the verb, one of each service.
std::string authorise_text(const Scenario& scenario, std::span<const ChosenAuthorisation> chosen) {
  const Province& province = *scenario.province;
  std::string text = chosen.empty() ? "" : "authorise:\n";
  for (std::size_t i = 0; i < chosen.size();) {
    const ServiceId service = chosen[i].given.service;
    std::string offices;
    for (; i < chosen.size() && chosen[i].given.service == service; ++i)
      offices += (offices.empty() ? "" : ", ") + province.offices[chosen[i].given.office.index()].id;
    text +=
        "  - {services: [" + province.services[service.index()].id + "], at: {office: [" + offices + "]}}\n";
  }
  return text;
}

void write(const AuthorisingReport& report, const StaffOptions& options, const fs::path& folder) {
  const Scenario& scenario = report.scenario;
  const AuthorisingResult& result = report.result;
  const nlohmann::ordered_json facts{
      {"authorise", options.authorise.value()},
      {"services", options.services},
      {"unserved_s", options.unserved_s()},
      {"proof", facts_of_round(options, result.proof_seed, result.proof_replications)}};
  write_decision_folder(
      scenario,
      {"Services authorised at offices of the scenario in `staffed`; this is no scenario.",
       facts,
       {make_authorisations_table(scenario, result),
        make_authorised_offices_table(scenario, report.changes)}},
      page::make_decision_record(page::DecisionForm::authorising, PISHKHAN_VERSION, scenario,
                                 result.proof_seed, 0, result.proof_replications,
                                 [&](const Texts& texts) { return authorising_findings(texts, report); }),
      options, folder);
}

void expect_candidates(const Scenario& scenario, std::span<const ServiceId> services,
                       const StaffOptions& options) {
  if (!candidate_authorisations(scenario, services).empty()) return;
  throw UserError(
      {{"--services " + options.services, 0, 0, "", "no office is left to be authorised",
        "each that is open on all counted days, with a clerk who can on every weekday, may give these "
        "services already; name others"}});
}

}  // namespace

ExitCode authorise(const StaffOptions& asked, std::ostream& out) {
  const InterruptGuard guard;
  const StaffOptions options = with_files(asked);
  const Scenario scenario = load_with_own_numbers(options.scenario);
  if (!scenario.province) {
    throw UserError({{"--authorise", 0, 0, "", "services of offices among bare stations",
                      "name a scenario of a province"}});
  }
  expect_no_simgrid(scenario);
  std::vector<Diagnostic> mistakes;
  add_changing_offices(scenario, "authorising", mistakes);
  add_dated_changes(scenario, "authorising", mistakes);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  expect_no_changes_in_lists(options.scenario, scenario, {"authorise"});
  const std::vector<ServiceId> services = named_services(options.services, *scenario.province);
  expect_candidates(scenario, services, options);
  const fs::path folder_name = folder_of(options, scenario, "staff");
  OutputFolder folder = begin_staffing(options, scenario, folder_name);
  AuthorisingOptions how;
  how.threads = options.threads;
  how.number = static_cast<std::size_t>(options.authorise.value());
  how.unserved_s = options.unserved_s();
  how.first_days = static_cast<std::size_t>(options.first_days);
  how.stop = &InterruptGuard::interrupted;
  const std::string authorised = scenario.name + "-authorised.yaml";
  const std::string before =
      extending_text(options.scenario, scenario, folder_name / authorised, "authorised",
                     {proof_seed(scenario, 1), siting_replications(scenario, how.first_days)});
  const auto text_with = [&](std::span<const ChosenAuthorisation> chosen) {
    return before + authorise_text(scenario, chosen);
  };
  const auto with_them = [&](std::span<const ChosenAuthorisation> chosen) {
    return load_scenario_text(text_with(chosen), (folder_name / authorised).generic_string());
  };
  const AuthorisingResult result = authorise_services(scenario, services, with_them, how);
  const std::vector<OfficeChange> changes =
      find_office_changes(scenario, with_them(result.chosen.list), result);
  write_file(folder.staging() / authorised, text_with(result.chosen.list));
  const AuthorisingReport report{scenario,       result,      changes,   how.number,
                                 how.unserved_s, folder_name, authorised};
  write(report, options, folder.staging());
  folder.commit();
  print_report(options, report, authorising_json, authorising_summary, out);
  return kDone;
}

}  // namespace pishkhan
