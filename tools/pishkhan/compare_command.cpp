#include <optional>
#include <ostream>
#include <string>
#include <utility>

#include "sim/base/printable.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/finished_comparison.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/text.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const CompareOptions& options, const std::vector<RunToCompare>& runs) {
  if (!options.out.empty()) return options.out;
  std::string name = "compare";
  for (const RunToCompare& run : runs) name += '-' + run.scenario->name;
  return fs::path("results") / name;
}

/// How a comparison ended that ends when its differences are precise.
void tell_precision(const AskedPrecision& asked, std::size_t replications, const CompareOptions& options) {
  const Texts& texts = terminal_texts(options.language);
  const std::string text =
      texts.fill(asked.reached ? "terminal.compare.precise" : "terminal.compare.not_precise",
                 {{"asked", asked.precision},
                  {"of", asked.of},
                  {"reached", asked.reached_text},
                  {"n", grouped(texts, static_cast<double>(replications))}});
  asked.reached ? inform(texts, text) : warn(texts, text);
}

/// What is odd in a scenario, and where the scenarios mean different things by one word.
void warn_of_scenarios(const Texts& texts, const std::vector<RunToCompare>& runs) {
  const RunToCompare& first = runs.front();
  for (const RunToCompare& run : runs) {
    for (const Notice& notice : run.scenario->notices) {
      const std::string told = terminal_text(texts, notice);
      warn(texts, texts.fill("terminal.compare.of_run", {{"run", run.name}, {"notice", told}}));
    }
    if (!run.left_precision.empty()) {
      warn(texts, texts.fill("terminal.compare.left_precision",
                             {{"run", run.name}, {"precision", run.left_precision}}));
    }
    if (run.scenario->service_level_s != first.scenario->service_level_s) {
      warn(texts,
           texts.fill("terminal.compare.other_service_level", {{"run", run.name}, {"first", first.name}}));
    }
  }
}

}  // namespace

ExitCode compare(const CompareOptions& options, const TrialFunction& trial, std::ostream& out) {
  const InterruptGuard guard;
  std::vector<RunToCompare> runs = load_runs(options);
  const fs::path folder_name = folder_of(options, runs);
  expect_no_compared_run(folder_name, runs);
  if (!options.quiet && !options.json) warn_of_scenarios(terminal_texts(options.language), runs);
  InterruptGuard::defer();
  OutputFolder folder(folder_name, options.force, &InterruptGuard::interrupted);
  const FinishedComparison finished = compare_runs(std::move(runs), options, trial);
  if (finished.asked && !options.quiet && !options.json)
    tell_precision(*finished.asked, finished.runs.front().trials.size(), options);
  write_comparison(finished, options, folder);
  const Comparison comparison = finished.comparison(folder_name);
  if (options.json)
    out << printable_json(comparison_json(comparison));
  else if (!options.quiet)
    out << comparison_summary(terminal_texts(options.language), comparison);
  return kDone;
}

}  // namespace pishkhan
