#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "models/province/province.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/source_files.hpp"

namespace pishkhan {

/// The tables a province is made of. Their columns are those of models/province/province_columns.hpp.
struct ProvinceFiles {
  std::filesystem::path counties, places, agencies, services, offices, counters;
  /// Rows that follow those of the tables; empty: none.
  std::filesystem::path more_places = {}, more_agencies = {}, more_services = {}, more_offices = {},
                        more_counters = {};

  /// The tables in a folder under their usual names (`counties.csv` and so on).
  static ProvinceFiles in(const std::filesystem::path& folder);
};

/// Reads a province; zones are derived from the places, `<county>-urban` and `<county>-rural`
/// (those with residents), counties in their order. Ids are positions in the files.
/// Weekday hours are not in the tables: doors stay empty, and every station has one group
/// `clerks` with the number in its row and empty shifts, for the scenario to fill.
/// `link` of offices and counters must be among the link kinds, if these are given.
/// All mistakes are added to diagnostics; when some were added the province is not to be simulated.
/// `complete`, if given, tells whether all rows of all tables were read, so that what refers to them can be
/// checked. `sources` has the files. Throws EnvironmentError when a file exists and cannot be read.
Province load_province(const ProvinceFiles& files, std::vector<Diagnostic>& diagnostics,
                       const std::vector<std::string>& link_kinds = {}, bool* complete = nullptr,
                       const SourceFiles& sources = {});

/// The same tables as text, by file name (`counties.csv` and so on): what load_province reads. Handling times
/// must be lognormal, and stations have a group of clerks.
std::map<std::string, std::string> province_csv(const Province& province,
                                                const std::vector<std::string>& link_kinds);

}  // namespace pishkhan
