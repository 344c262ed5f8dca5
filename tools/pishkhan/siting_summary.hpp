#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "models/siting/savings.hpp"
#include "models/siting/siting.hpp"
#include "tools/report/siting_tables.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// What staff shows of new offices, after the tables are written.
struct SitingReport {
  const Scenario& scenario;
  const std::vector<SiteRow>& sites;
  const SitingResult& result;
  double unserved_s;  ///< as SitingOptions
  std::filesystem::path out;
  std::string opened;  ///< name of the scenario with the offices in it
};

/// Whether something saves travel and waiting, by how much a working day.
std::string savings_line(const Texts& texts, const SitingSavings& saved, int working_days, double unserved_s);

/// In some ten lines: which offices open, what that saves, how far it is proven.
std::string siting_findings(const Texts& texts, const SitingReport& report);
/// The same, and where scenario and tables are.
std::string siting_summary(const Texts& texts, const SitingReport& report);
/// The same for scripts: one JSON object on one line.
std::string siting_json(const SitingReport& report);

}  // namespace pishkhan
