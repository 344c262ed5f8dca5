#pragma once
#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "models/trial/totals/trial_result.hpp"
#include "tools/report/formats.hpp"
#include "tools/report/written_files.hpp"

namespace pishkhan {

struct WrittenTable {
  std::string name;
  std::uint64_t rows = 0;
};

/// A precision that decided how many replications a run has.
struct AskedPrecision {
  std::string precision, of;  ///< as written; the quantities
  int at_most = 0;
  bool reached = false;      ///< else it ended at most
  std::string reached_text;  ///< the worst of the quantities, as `precision` is written
};

nlohmann::ordered_json asked_json(const AskedPrecision& asked);
/// The same read back; throws nlohmann's exceptions where it is damaged.
AskedPrecision read_asked(const nlohmann::ordered_json& json);

/// What a run was, so that it can be repeated: manifest.json. Nothing of when, where or how fast.
struct Manifest {
  const Scenario& scenario;
  std::string version;
  Audit audit;  ///< of all replications together
  std::uint64_t visits = 0;
  std::vector<WrittenTable> tables;
  std::vector<WrittenFile> files;  ///< all but manifest.json itself
  std::vector<Notice> notices;     ///< the scenario's, and of the run
  std::optional<AskedPrecision> asked = {};
};

/// Adds the replications' audits to one; `run` says in failures which run they belong to.
void merge_audits(const std::vector<TrialResult>& trials, const std::string& run, Audit& all);

/// What a run wrote, as its manifest says.
struct RunOutput {
  std::string title, sha256;  ///< of the scenario
  Formats formats;
  std::string language;             ///< of the workbook: fa or en; empty without one
  std::vector<std::string> tables;  ///< but for the visits
  std::string precision;            ///< that decided how many replications there are, and of what; or empty
};
/// Nothing when the file is not the manifest of a run. Throws EnvironmentError when it cannot be read.
std::optional<RunOutput> read_run_output(const std::filesystem::path& manifest);

std::string manifest_json(const Manifest& manifest);

/// The text of a manifest with one more file, or with new bytes of one that it has. Throws EnvironmentError
/// when the text is not that of a manifest.
std::string add_file_to_manifest(const std::string& manifest, const WrittenFile& file);

}  // namespace pishkhan
