#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/siting/authorising.hpp"
#include "tools/report/authorisation_tables.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// What staff shows of authorisations, after the tables are written.
struct AuthorisingReport {
  const Scenario& scenario;
  const AuthorisingResult& result;
  const std::vector<OfficeChange>& changes;
  std::size_t asked;  ///< authorisations, at most
  double unserved_s;  ///< as AuthorisingOptions
  std::filesystem::path out;
  std::string authorised;  ///< name of the scenario with the authorisations in it
};

/// In some ten lines: what is authorised where, what that saves, how far it is proven, who has more to do.
std::string authorising_findings(const Texts& texts, const AuthorisingReport& report);
/// The same, and where scenario and tables are.
std::string authorising_summary(const Texts& texts, const AuthorisingReport& report);
/// The same for scripts: one JSON object on one line.
std::string authorising_json(const AuthorisingReport& report);

}  // namespace pishkhan
