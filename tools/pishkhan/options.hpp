#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/trial/run_trial.hpp"
#include "sim/base/source_files.hpp"
#include "tools/report/formats.hpp"

namespace pishkhan {

/// Which scenario, and what the command line changes in it.
struct ScenarioOptions {
  std::filesystem::path file;
  std::vector<std::string> sets;   ///< path=value
  std::string seed, replications;  ///< empty: as the scenario says
  std::vector<std::string> costs;  ///< of what; empty: as the scenario says
  std::string visits;              ///< share of the visits to write; empty: as the scenario says
  bool csv_bom = false;            ///< CSV with a byte-order mark; false: as the scenario says
  std::string csv_columns;         ///< short, full; empty: as the scenario says
  std::vector<std::string> visits_at, visits_on;  ///< stations and days whose visits are written; empty: all
  /// Has the file, and all that it names, for who loads it more than once; null: read anew.
  std::shared_ptr<const SourceFiles> files = {};
};

struct RunOptions {
  ScenarioOptions scenario;
  int threads = 1;
  std::filesystem::path out;        ///< empty: results/<scenario name>
  Formats formats;                  ///< empty: those of the manifest that is run, or the usual
  std::string language;             ///< of the terminal: fa or en; empty: en
  std::string workbook_language;    ///< empty: the terminal's, where it is given, else the manifest's, or fa
  std::vector<std::string> tables;  ///< which to write; empty: those of the manifest that is run, or all
  bool json = false;
  bool quiet = false;
  bool force = false;
};

struct CheckOptions {
  ScenarioOptions scenario;
  std::string language;  ///< fa or en; empty: en
  int threads = 1;
  bool json = false;
  bool all = false;  ///< every station and hour, not the worst only
};

struct ReportOptions {
  std::filesystem::path folder;  ///< of results
  std::filesystem::path out;     ///< the file; empty: in the folder, whose manifest then names it
  Formats formats;               ///< of kReportFormats; empty: as the name of `out` ends, or all
  std::string language;          ///< fa or en; empty: en on the terminal, fa of the workbook
  bool quiet = false;
};

struct ExtendOptions {
  std::filesystem::path folder;  ///< of results, with the sums of each replication
  std::string replications;      ///< in all
  std::string language;          ///< of the terminal: fa or en; empty: en
  int threads = 1;
  bool json = false;
  bool quiet = false;
};

struct SweepOptions {
  std::filesystem::path study;
  std::filesystem::path out;  ///< empty: results/<study>, of a shard results/<study>-3-of-40
  std::string shard;          ///< `3/40`; empty: all points
  Formats formats;            ///< but store; empty: kUsualFormats
  std::string language;       ///< of summary and workbook; empty: en on the terminal, fa of the workbook
  int threads = 1;
  bool resume = false;  ///< keep the points that an earlier, killed sweep has left
  bool force = false;   ///< replace earlier results, and forget what a killed sweep has left
  bool json = false;
  bool quiet = false;
};

struct MergeOptions {
  std::vector<std::filesystem::path> folders;  ///< of shards
  std::filesystem::path out;                   ///< empty: results/<study>
  Formats formats;                             ///< but store; empty: kUsualFormats
  std::string language;  ///< of summary and workbook; empty: en on the terminal, fa of the workbook
  bool force = false;
  bool json = false;
  bool quiet = false;
};

struct ReplicationsOptions {
  std::filesystem::path folder;  ///< of results
  std::string replication;       ///< the only one, from 0; empty: all
  std::string table;             ///< empty: that of the offices, or of the bare stations
};

struct CompareOptions {
  std::vector<std::filesystem::path> runs;  ///< scenario files, or folders or manifests of finished runs
  ScenarioOptions scenario;                 ///< its changes are made in every scenario file
  int threads = 1;
  std::filesystem::path out;  ///< empty: results/compare-<names>
  Formats formats;            ///< but store; empty: kUsualFormats
  std::string language;       ///< of summary and workbook; empty: en on the terminal, fa of the workbook
  bool waterfall = false;     ///< split the differences over the changes
  bool exact = false;         ///< over all orders of the changes
  bool json = false;
  bool quiet = false;
  bool force = false;
};

/// What `staff` and `plan` have in common.
struct ProofOptions {
  ScenarioOptions scenario;
  int threads = 1;
  std::filesystem::path out;  ///< empty: results/<command>-<scenario name>
  Formats formats;            ///< of kUsualFormats; empty: both
  std::string language;       ///< of the summary; empty: en
  int first_days = 1000;      ///< station-days of the first round of a proof, at least; of a plan, in a month
  int most_days = 60'000;     ///< station-days of a round, at most; of a plan, of a proof in a month
  bool json = false;
  bool quiet = false;
  bool force = false;
};

struct StaffOptions : ProofOptions {
  std::string by = "station";      ///< or shift, hour, roster
  std::filesystem::path shifts;    ///< a file of patterns for rosters; empty: those of the scenario
  std::optional<int> assumptions;  ///< sets of assumptions; nothing: the usual number where there are ranges
  std::optional<double> robust;    ///< share of them at which other clerks, too, are to keep the targets
  std::optional<int> budget;       ///< clerks to be placed; none: the fewest clerks are looked for
  std::string at;  ///< with a budget: which stations, as `at` of targets; empty: the usual ones
  /// With a budget, new offices or authorisations: what a visit without service counts as; left out: 60.
  std::optional<int> unserved_min;
  [[nodiscard]] int unserved_s() const { return unserved_min.value_or(60) * 60; }
  std::optional<int> open;       ///< candidates for new offices to open
  std::filesystem::path among;   ///< table of the candidates
  int clerks = 2;                ///< of a new office, where the table says nothing
  std::optional<int> authorise;  ///< authorisations of offices, at most
  std::string services = "all";  ///< that may be authorised: or ids of services and agencies, with commas
};

struct PlanOptions : ProofOptions {
  PlanOptions() {
    first_days = 500;
    most_days = 2000;
  }
};

/// What each assumed number does by itself.
struct AssumptionsOptions : ProofOptions {};

struct ListOptions {
  ScenarioOptions scenario;
  std::string agency, kind, county, place, search;  ///< empty: any
  std::string language;                             ///< fa or en; empty: en
  std::string office;                               ///< the only one, with all there is to know of it
  bool json = false;
};

/// The simulation as the commands see it, so that a test may put another in its place.
using TrialFunction = std::function<TrialResult(const Plan&, std::uint32_t, const TrialOptions&)>;

}  // namespace pishkhan
