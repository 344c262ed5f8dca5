#include "tools/pishkhan/compared_runs.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "models/province/calendar.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/sha256.hpp"
#include "sim/experiment/replicate.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/report/replication_store.hpp"
#include "tools/report/written_files.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// The manifest of a finished run that is meant by a folder or by its manifest; else empty.
fs::path manifest_of(const ScenarioOptions& run) {
  std::error_code error;
  if (fs::is_directory(run.files->absolute(run.file), error)) return run.file / kManifestFile;
  return run.file.extension() == ".json" ? run.file : fs::path();
}

/// Results of another version may be of other citizens.
void expect_this_version(const ScenarioOptions& manifest, std::vector<Diagnostic>& mistakes) {
  const auto json = nlohmann::json::parse(manifest.files->read(manifest.file, SIZE_MAX), nullptr, false);
  const std::string version = json.is_object() ? json.value("version", std::string()) : std::string();
  if (version == PISHKHAN_VERSION) return;
  mistakes.push_back(
      {manifest.file.string(), 0, 0, "version",
       "the run is of version " + (version.empty() ? "unknown" : version) + ", and this is " PISHKHAN_VERSION,
       "run its manifest again"});
}

std::vector<TrialResult> stored_trials(const ScenarioOptions& manifest, const Scenario& scenario) {
  const fs::path folder = manifest.files->absolute(manifest.file).parent_path();
  std::error_code error;
  if (!fs::exists(folder / kStoreFile, error)) return {};
  return read_store_in(folder, sha256(scenario.resolved));
}

bool has_changes(const ScenarioOptions& options) {
  return !options.sets.empty() || !options.seed.empty() || !options.replications.empty();
}

RunToCompare load_run(const AskedRun& asked, const ScenarioOptions& changes) {
  RunToCompare run;
  run.source = asked.source;
  if (!run.source.files) run.source.files = std::make_shared<const SourceFiles>();
  const fs::path manifest = manifest_of(run.source);
  run.is_finished = asked.scenario != nullptr || !manifest.empty();
  if (run.is_finished && has_changes(changes)) {
    throw UserError({{run.source.file.string(), 0, 0, "", "a finished run is as it is, and cannot be changed",
                      "leave --set, --seed and --replications out, or name its scenario file"}});
  }
  if (asked.scenario != nullptr) {
    run.scenario = asked.scenario;
    return run;
  }
  if (!manifest.empty()) run.source.file = manifest;
  run.source.sets.insert(run.source.sets.end(), changes.sets.begin(), changes.sets.end());
  if (!changes.seed.empty()) run.source.seed = changes.seed;
  if (!changes.replications.empty()) run.source.replications = changes.replications;
  run.scenario = std::make_shared<const Scenario>(load(run.source));
  return run;
}

std::string seconds_text(double seconds) { return nlohmann::json(seconds).dump() + " s"; }

/// The overrides that give a scenario the run of another.
std::vector<std::string> run_as(const Run& run) {
  std::vector<std::string> sets{"run.start=" + format_date(run.start, CalendarKind::gregorian),
                                "run.replications=" + std::to_string(run.replications),
                                "run.seed=" + std::to_string(run.seed)};
  if (run.length_s > 0) {
    sets.push_back("run.length=" + seconds_text(run.length_s));
    sets.push_back("run.warm_up=" + seconds_text(run.warm_up_s));
  } else {
    sets.push_back("run.days=" + std::to_string(run.days));
    sets.push_back("run.warm_up_days=" + std::to_string(run.warm_up_days));
  }
  return sets;
}

/// Gives scenario files the run of one among the runs.
void align_runs(std::vector<RunToCompare>& runs) {
  const auto finished =
      std::find_if(runs.begin(), runs.end(), [](const RunToCompare& run) { return run.is_finished; });
  const RunToCompare& like = finished != runs.end() ? *finished : runs[1];
  const Run run = like.scenario->run;
  for (RunToCompare& other : runs) {
    const Run& own = other.scenario->run;
    if (&other == &like || other.is_finished || (own.length_s > 0) != (run.length_s > 0)) continue;
    if (same_time(own, run) && own.seed == run.seed && own.replications == run.replications && !own.precision)
      continue;
    if (own.precision && (!run.precision || precision_text(*own.precision) != precision_text(*run.precision)))
      other.left_precision = own.precision->text;
    const std::vector<std::string> sets = run_as(run);
    other.source.sets.insert(other.source.sets.begin(), sets.begin(), sets.end());
    other.source.seed.clear();
    other.source.replications.clear();
    other.scenario = std::make_shared<const Scenario>(load(other.source));
  }
}

std::string time_text(const Run& run) {
  if (run.length_s > 0) return seconds_text(run.length_s) + ", warm-up " + seconds_text(run.warm_up_s);
  return std::to_string(run.days) + " days from " + format_date(run.start) + ", warm-up " +
         std::to_string(run.warm_up_days);
}

/// Why two runs cannot be compared replication by replication.
void expect_pair(const RunToCompare& first, const RunToCompare& other, std::vector<Diagnostic>& mistakes) {
  const Scenario &a = *first.scenario, &b = *other.scenario;
  const auto refuse = [&](const std::string& path, const std::string& problem, const std::string& hint) {
    mistakes.push_back({other.source.file.string(), 0, 0, path, problem, hint});
  };
  if (a.province.has_value() != b.province.has_value())
    refuse("", "one scenario is of a province and the other of bare stations", "compare like with like");
  if (a.run.seed != b.run.seed) {
    refuse(
        "run.seed",
        "seed " + std::to_string(b.run.seed) + ", and the first run has seed " + std::to_string(a.run.seed),
        "only runs with the same seed have the same citizens");
  }
  if (a.run.inputs != b.run.inputs) {
    refuse("run.inputs", "one run has the scenario's own numbers and the other sampled ones",
           "give both the same `inputs`");
  }
  if (!same_time(a.run, b.run)) {
    refuse("run", time_text(b.run) + ", and the first run: " + time_text(a.run),
           "only runs over the same time can be paired");
  }
}

/// A name for each, as the scenarios are called, or where two are called alike, as they were asked for.
void name_runs(std::vector<RunToCompare>& runs, const std::vector<AskedRun>& asked) {
  std::set<std::string> names;
  bool alike = false;
  for (const RunToCompare& run : runs) alike = !names.insert(run.scenario->name).second || alike;
  for (std::size_t i = 0; i < runs.size(); ++i)
    runs[i].name = alike ? asked[i].source.file.generic_string() : runs[i].scenario->name;
  std::set<std::string> paths;
  for (RunToCompare& run : runs)
    if (!paths.insert(run.name).second) run.name += " (" + std::to_string(&run - runs.data() + 1) + ')';
}

}  // namespace

std::vector<RunToCompare> load_runs(const CompareOptions& options) {
  std::vector<AskedRun> asked;
  const auto files = std::make_shared<const SourceFiles>();
  for (const fs::path& file : options.runs) {
    ScenarioOptions source;
    source.file = file;
    source.files = files;
    asked.push_back({std::move(source)});
  }
  return load_runs(asked, options.scenario, options.threads);
}

std::vector<RunToCompare> load_runs(const std::vector<AskedRun>& asked, const ScenarioOptions& changes,
                                    int threads) {
  std::vector<RunToCompare> runs;
  for (const AskedRun& one : asked) runs.push_back(load_run(one, changes));
  align_runs(runs);
  std::vector<Diagnostic> mistakes;
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (runs[i].is_finished && asked[i].trials == nullptr) expect_this_version(runs[i].source, mistakes);
  for (const RunToCompare& other : runs) expect_pair(runs.front(), other, mistakes);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  run_tasks(static_cast<std::uint32_t>(runs.size()), threads, [&](std::uint32_t i, const std::stop_token&) {
    if (!runs[i].is_finished) return;
    runs[i].trials =
        asked[i].trials != nullptr ? *asked[i].trials : stored_trials(runs[i].source, *runs[i].scenario);
  });
  name_runs(runs, asked);
  return runs;
}

}  // namespace pishkhan
