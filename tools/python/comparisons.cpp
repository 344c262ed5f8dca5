#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/trial/run_trial.hpp"
#include "tools/pishkhan/finished_comparison.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/python/columns.hpp"
#include "tools/python/parts.hpp"
#include "tools/python/runs.hpp"
#include "tools/python/work.hpp"

namespace py = pybind11;

namespace pishkhan {
namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

struct PythonComparison {
  CompareOptions options;
  FinishedComparison finished;
};

/// What of Python is to be compared: a run in memory, or the file (or folder) of a scenario with its changes.
AskedRun asked_run(const py::handle& of) {
  if (py::isinstance<PythonRun>(of)) {
    const auto& run = of.cast<const PythonRun&>();
    return {run.options().scenario, run.scenario(), &run.finished().simulated.trials};
  }
  const auto [source, sets] = of.cast<std::pair<PythonSource, Strings>>();
  return {source.with(sets)};
}

/// Of the scenarios that are to be simulated: themselves, or those between them.
void expect_simulable(const std::vector<RunToCompare>& runs, const CompareOptions& options) {
  for (const RunToCompare& run : runs) {
    if (run.trials.empty() || options.waterfall || options.exact)
      expect_simulable(*run.scenario, run.source.file);
  }
}

std::unique_ptr<PythonComparison> compare_in_memory(const py::list& runs, const std::string& seed,
                                                    const std::string& replications, bool waterfall,
                                                    bool exact, int threads, const py::object& progress) {
  std::vector<AskedRun> asked;
  for (const py::handle& run : runs) asked.push_back(asked_run(run));
  CompareOptions options;
  options.scenario.seed = seed;
  options.scenario.replications = replications;
  options.waterfall = waterfall;
  options.exact = exact;
  options.threads = threads;
  options.quiet = true;
  std::unique_ptr<PythonComparison> comparison;
  const auto work = [&] {
    std::vector<RunToCompare> loaded = load_runs(asked, options.scenario, options.threads);
    expect_simulable(loaded, options);
    InterruptGuard::defer();
    FinishedComparison finished = compare_runs(std::move(loaded), options, &run_trial);
    comparison.reset(new PythonComparison{options, std::move(finished)});
  };
  do_work(work, progress);
  return comparison;
}

void write_comparison_to(const PythonComparison& comparison, const fs::path& folder, const Strings& formats,
                         bool force) {
  CompareOptions options = comparison.options;
  options.formats = formats_of(formats, {Format::csv, Format::sqlite, Format::html, Format::xlsx});
  const auto work = [&] {
    OutputFolder output(folder, force, &InterruptGuard::interrupted);
    write_comparison(comparison.finished, options, output);
  };
  do_work(work, py::none());
}

/// `a with b, c`.
std::string names_of(const std::vector<RunToCompare>& runs) {
  std::string names = runs.front().name;
  for (std::size_t i = 1; i < runs.size(); ++i) names += (i == 1 ? " with " : ", ") + runs[i].name;
  return names;
}

}  // namespace

void add_comparisons(py::module_& module) {
  py::class_<PythonComparison>(module, "Comparison")
      .def("names", [](const PythonComparison& of) { return names_of(of.finished.runs); })
      .def("tables", [](const PythonComparison& of) { return to_python(in_memory(of.finished.tables)); })
      .def("summary", [](const PythonComparison& of) { return comparison_json(of.finished.comparison("")); })
      .def("write", &write_comparison_to);
  module.def("compare", &compare_in_memory);
}

}  // namespace pishkhan
