#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "tools/page/study.hpp"
#include "tools/report/formats.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/sweep/design.hpp"
#include "tools/sweep/point_file.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan {

/// Files of a study's folder, beside its tables and manifest.json.
inline constexpr const char* kPointsFile = "points.txt";
inline constexpr const char* kStudyFile = "study.yaml";

/// What the results of a study depend on besides the version: the study as it was read, its scenario and the
/// tables of that. JSON; its hash tells studies apart.
struct StudyIdentity {
  std::string name;  ///< of the study: its file's name without `.yaml`
  std::string text;
  Evidence evidence = Evidence::assumed;
  /// Persian and English names of the counties and stations of which responses are, by id; not in the text.
  std::map<std::string, std::pair<std::string, std::string>> names = {};
};
/// Most replications that its precision allows a point; 0 where there is none.
int most_replications(const StudyIdentity& identity);
StudyIdentity identity_of(const Study& study, const Scenario& scenario);
/// As the manifest in a study's folder has it. Throws UserError where there is none.
StudyIdentity read_identity(const std::filesystem::path& folder);

/// What is written of a study.
struct StudyResults {
  const Study& study;
  const StudyIdentity& identity;
  const PointReader& points;
  PointsHeader header;  ///< of the points that are written: all of a study, or of one shard
  Formats formats;      ///< but store; empty: csv and sqlite
  Language language;    ///< of the workbook
};
/// Page and workbook of a whole study.
struct StudyReports {
  explicit StudyReports(const StudyResults& results);
  void write(Format format, const std::filesystem::path& file) const;

  const StudyResults& results;
  page::StudyRecord record;
  Design design;
  page::StudyFindings findings;
};

/// Writes points, a copy of the study file, manifest and, of a whole study, tables, and puts them in place.
void write_study_folder(const StudyResults& results, OutputFolder& folder);

}  // namespace pishkhan
