#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "models/province/province.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/source_files.hpp"

namespace pishkhan {

struct Holiday {
  DayNumber day = 0;
  std::string name_fa;
};
/// Sorted by day. A Gregorian date that is not the same day, and a day listed twice, are mistakes.
std::vector<Holiday> load_holidays(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics,
                                   const SourceFiles& files = {});

/// Weights of the hours of a day, as written (any scale). A weight not listed is 0; a profile without a
/// positive weight is a mistake.
struct Profiles {
  using Hours = std::array<double, kHoursPerDay>;
  /// By channel (traditional, office) and kind. Counters have no kind and follow (traditional, urban).
  std::array<std::array<Hours, kKinds>, 2> stations{};
  Hours web{};  ///< channel online, which has no kind
};
Profiles load_profiles(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics,
                       const SourceFiles& files = {});

/// How well a number is known: of a column of a table, or of a dotted key of a scenario file.
struct EvidenceEntry {
  std::string file;                       ///< `services.csv`, `baseline.yaml`
  std::string column;                     ///< column or dotted key path
  Evidence evidence = Evidence::assumed;  ///< the weakest among the column's rows
  /// Factors: how far the numbers may be off; both or neither.
  std::optional<double> low, high;
  std::string source;
  std::string note;
  int line = 0, low_at = 0;  ///< of the row, and the place of its `low` in it
};
/// `beside_its_files`: the files named must be there, as beside a scenario, not beside the results of a run.
std::vector<EvidenceEntry> load_evidence(const std::filesystem::path& file,
                                         std::vector<Diagnostic>& diagnostics, bool beside_its_files = true,
                                         const SourceFiles& files = {});
/// Weakest grade among the entries; assumed when there are none.
Evidence weakest(const std::vector<EvidenceEntry>& entries);

}  // namespace pishkhan
