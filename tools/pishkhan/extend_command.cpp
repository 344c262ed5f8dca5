#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/province/csv.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/sha256.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/finished_run.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/replication_store.hpp"
#include "tools/report/written_files.hpp"

namespace pishkhan {
namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& problem, const std::string& hint) {
  throw UserError({{"", 0, 0, path, problem, hint}});
}

/// The workbook is that of so many replications from the start, whatever the terminal speaks.
std::string language_of_workbook(const std::filesystem::path& manifest) {
  const std::optional<RunOutput> earlier = read_run_output(manifest);
  return earlier ? earlier->language : "";
}

/// Of a run that ended when it was precise: it is now one of a fixed number.
void tell_of_precision(const std::filesystem::path& manifest, int replications,
                       const ExtendOptions& options) {
  const std::optional<RunOutput> run = read_run_output(manifest);
  if (options.quiet || options.json || !run || run->precision.empty()) return;
  const Texts& texts = terminal_texts(options.language);
  inform(texts, texts.fill("terminal.extend.precise", {{"precision", run->precision},
                                                       {"before", std::to_string(replications)},
                                                       {"n", options.replications}}));
}

}  // namespace

std::vector<Diagnostic> of_folder(std::vector<Diagnostic> mistakes) {
  for (Diagnostic& mistake : mistakes) {
    if (mistake.path != "--out") continue;
    mistake.path = "folder";
    mistake.hint = "move what is not of the run away, or run its manifest.json again into another folder";
  }
  return mistakes;
}

RunToExtend read_run_to_extend(const ExtendOptions& options) {
  RunOptions run_options;
  run_options.scenario.file = options.folder / kManifestFile;
  run_options.scenario.files = std::make_shared<const SourceFiles>();
  const Scenario earlier = load(run_options.scenario);
  const auto asked = parse_whole(options.replications);
  if (asked && *asked <= earlier.run.replications) {
    refuse("--replications",
           "the run has " + std::to_string(earlier.run.replications) + " replications already",
           "ask for more, in all");
  }
  if (earlier.visits.share > 0) {
    refuse("folder", "the visits of a run are not kept with its sums, so they cannot be added to",
           "run its manifest.json again with --replications " + options.replications);
  }
  std::vector<TrialResult> results =
      read_store_in(options.folder, sha256(earlier.resolved), -1, PISHKHAN_VERSION);
  run_options.scenario.replications = options.replications;
  run_options.out = options.folder;
  run_options.force = true;
  run_options.threads = options.threads;
  run_options.language = options.language;
  run_options.workbook_language = language_of_workbook(run_options.scenario.file);
  tell_of_precision(run_options.scenario.file, earlier.run.replications, options);
  run_options.json = options.json;
  run_options.quiet = options.quiet;
  return {std::move(run_options), std::move(results)};
}

ExitCode extend(const ExtendOptions& options, const TrialFunction& trial, std::ostream& out) {
  RunToExtend extended = read_run_to_extend(options);
  try {
    return run(extended.run, trial, out, std::move(extended.earlier));
  } catch (const UserError& error) {
    throw UserError(of_folder(error.diagnostics()));
  }
}

}  // namespace pishkhan
