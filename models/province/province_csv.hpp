#pragma once
#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "models/province/province.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {

/// The tables a province is made of. Their columns are those of models/province/province_columns.hpp.
struct ProvinceFiles {
  std::filesystem::path counties, places, agencies, services, offices, counters;

  /// The tables in a folder under their usual names (`counties.csv` and so on).
  static ProvinceFiles in(const std::filesystem::path& folder);
};

/// Reads a province; zones are derived from the places, `<county>-urban` and `<county>-rural`
/// (those with residents), counties in their order. Ids are positions in the files.
/// Weekday hours are not in the tables: doors stay empty, and every station has one group
/// `clerks` with the number in its row and empty shifts, for the scenario to fill.
/// `link` of offices and counters must be among the link kinds, if these are given.
/// All mistakes are added to diagnostics; when some were added the province is not to be used.
/// Throws EnvironmentError when a file exists and cannot be read.
Province load_province(const ProvinceFiles& files, std::vector<Diagnostic>& diagnostics,
                       const std::vector<std::string>& link_kinds = {});

/// The same tables as text, by file name (`counties.csv` and so on): what load_province reads. Handling times
/// must be lognormal, and stations have a group of clerks.
std::map<std::string, std::string> province_csv(const Province& province,
                                                const std::vector<std::string>& link_kinds);

struct Holiday {
  DayNumber day = 0;
  std::string name_fa;
};
/// Sorted by day. A Gregorian date that is not the same day, and a day listed twice, are mistakes.
std::vector<Holiday> load_holidays(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics);

/// Weights of the hours of a day, as written (any scale). A weight not listed is 0; a profile without a
/// positive weight is a mistake.
struct Profiles {
  using Hours = std::array<double, kHoursPerDay>;
  /// By channel (traditional, office) and kind. Counters have no kind and follow (traditional, urban).
  std::array<std::array<Hours, kKinds>, 2> stations{};
  Hours web{};  ///< channel online, which has no kind
};
Profiles load_profiles(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics);

/// How well a number is known: of a column of a table, or of a dotted key of a scenario file.
struct EvidenceEntry {
  std::string file;                       ///< `services.csv`, `baseline.yaml`
  std::string column;                     ///< column or dotted key path
  Evidence evidence = Evidence::assumed;  ///< the weakest among the column's rows
  std::string source;
  std::string note;
};
std::vector<EvidenceEntry> load_evidence(const std::filesystem::path& file,
                                         std::vector<Diagnostic>& diagnostics);
/// Weakest grade among the entries; assumed when there are none.
Evidence weakest(const std::vector<EvidenceEntry>& entries);

}  // namespace pishkhan
