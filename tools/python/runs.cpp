#include "tools/python/runs.hpp"

#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>
#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "models/scenario/text/mistakes.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/arguments.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/summary.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/pishkhan/write_run.hpp"
#include "tools/python/columns.hpp"
#include "tools/python/parts.hpp"
#include "tools/python/work.hpp"
#include "tools/texts/notices.hpp"

namespace py = pybind11;

namespace pishkhan {
namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

/// A new folder that is removed with its last owner.
std::shared_ptr<const fs::path> make_temporary_folder() {
  std::string name = (fs::temp_directory_path() / "pishkhan-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw EnvironmentError("cannot make the folder " + name + ": " + std::strerror(errno));
  return {new fs::path(name), [](const fs::path* folder) {
            std::error_code ignored;
            fs::remove_all(*folder, ignored);
            delete folder;
          }};
}

py::dict describe(const Scenario& scenario) {
  py::list notices;
  for (const Notice& notice : scenario.notices)
    notices.append(located_notice_text(terminal_texts("en"), notice));
  py::dict about;
  about["name"] = scenario.name;
  about["title"] = scenario.title;
  about["resolved"] = scenario.resolved;
  about["notices"] = notices;
  return about;
}

py::dict load_and_describe(const PythonSource& source, const Strings& sets) {
  std::unique_ptr<const Scenario> scenario;
  do_work([&] { scenario = std::make_unique<const Scenario>(load(source.with(sets))); }, py::none());
  return describe(*scenario);
}

std::unique_ptr<PythonRun> simulate_scenario(const PythonSource& source, const Strings& sets,
                                             const std::string& seed, const std::string& replications,
                                             const std::string& visits, const Strings& costs, int threads,
                                             const py::object& progress) {
  RunOptions options;
  options.scenario = source.with(sets);
  options.scenario.seed = seed;
  options.scenario.replications = replications;
  options.scenario.visits = visits;
  options.scenario.costs = costs;
  options.threads = threads;
  std::unique_ptr<PythonRun> run;
  do_work([&] { run = std::make_unique<PythonRun>(options, std::vector<TrialResult>{}); }, progress);
  return run;
}

std::unique_ptr<PythonRun> extend_run(const PythonRun& before, const std::string& replications, int threads,
                                      const py::object& progress) {
  RunOptions options = before.options();
  options.scenario.replications = replications;
  options.threads = threads;
  std::unique_ptr<PythonRun> run;
  do_work([&] { run = std::make_unique<PythonRun>(options, before.finished().simulated.trials); }, progress);
  return run;
}

std::unique_ptr<PythonRun> extend_folder(const fs::path& folder, const std::string& replications, int threads,
                                         const py::object& progress) {
  ExtendOptions asked;
  asked.folder = fs::absolute(folder);
  asked.replications = replications;
  asked.threads = threads;
  asked.quiet = true;
  std::unique_ptr<PythonRun> run;
  const auto work = [&] {
    RunToExtend extended = read_run_to_extend(asked);
    try {
      run = std::make_unique<PythonRun>(extended.run, std::move(extended.earlier));
      run->write(asked.folder, {}, true);
    } catch (const UserError& error) {
      throw UserError(of_folder(error.diagnostics()));
    }
  };
  do_work(work, progress);
  return run;
}

void write_to(const PythonRun& run, const fs::path& folder, const Strings& formats, bool force) {
  const Formats chosen =
      formats_of(formats, {Format::csv, Format::sqlite, Format::html, Format::xlsx, Format::store});
  do_work([&] { run.write(folder, chosen, force); }, py::none());
}

}  // namespace

ScenarioOptions PythonSource::with(const Strings& sets) const {
  ScenarioOptions options;
  options.file = file;
  options.sets = sets;
  options.files = files;
  return options;
}

void expect_simulable(const Scenario& scenario, const fs::path& file) {
  if (scenario.backbone.model != BackboneModel::simgrid) return;
  throw UserError({{file.generic_string(), 0, 0, "backbone.model",
                    "SimGrid's replications are processes, which cannot be made within Python",
                    "run `pishkhan run` for it, or set backbone.model to shared"}});
}

std::shared_ptr<const Scenario> load_scenario_for_python(const ScenarioOptions& options) {
  auto scenario = std::make_shared<const Scenario>(load(options));
  expect_simulable(*scenario, options.file);
  return scenario;
}

Formats formats_of(const Strings& names, const Formats& allowed) {
  Formats formats;
  Strings known;
  std::vector<Diagnostic> mistakes;
  for (const Format format : allowed) known.emplace_back(to_string(format));
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) {
      formats.push_back(format_of(name));
    } else {
      mistakes.push_back(
          {"", 0, 0, "formats", "there is no format " + in_backticks(name), suggestion(name, known)});
    }
  }
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  return formats;
}

PythonRun::PythonRun(RunOptions options, std::vector<TrialResult> earlier)
    : options_(complete(std::move(options))), asked_(load_scenario_for_python(options_.scenario)) {
  if (asked_->visits.share > 0) {
    if (!earlier.empty()) {
      throw UserError({{"", 0, 0, "visits", "the visits of earlier replications cannot be added to",
                        "run the scenario with more replications"}});
    }
    visits_folder_ = make_temporary_folder();
    spool_ = std::make_unique<VisitSpool>(*asked_, *visits_folder_);
  }
  if (!earlier.empty() && std::cmp_less_equal(asked_->run.replications, earlier.size())) {
    throw UserError(
        {{"", 0, 0, "replications", "the run has " + std::to_string(earlier.size()) + " replications already",
          "ask for more, in all"}});
  }
  InterruptGuard::defer();
  const auto with_replications = [this](int replications) {
    ScenarioOptions fixed = options_.scenario;
    fixed.replications = std::to_string(replications);
    return load(fixed);
  };
  finished_ = std::make_unique<const FinishedRun>(simulate_run(asked_, with_replications, run_trial,
                                                               {options_.threads, true, spool_.get()},
                                                               std::move(earlier), true));
  expect_passed(finished_->manifest.audit);
  tables_ = make_tables(finished_->results(), options_.threads);
}

std::vector<MemoryTable> PythonRun::visits() const {
  if (!spool_) return {};
  std::vector<std::unique_ptr<Writer>> writers;
  writers.push_back(std::make_unique<MemoryWriter>());
  spool_->write(writers, nullptr, &InterruptGuard::interrupted);
  return std::move(static_cast<MemoryWriter&>(*writers.front()).tables());
}

std::string PythonRun::summary() const {
  Manifest manifest = finished_->manifest;
  for (const Table& table : tables_) manifest.tables.push_back({table.header.name, table.rows.size()});
  return json_summary(finished_->results(), manifest, finished_->simulated.overloaded, "", tables_);
}

void PythonRun::write(const fs::path& folder, const Formats& formats, bool force) const {
  RunOptions options = options_;
  if (!formats.empty()) options.formats = formats;
  OutputFolder output(folder, force, &InterruptGuard::interrupted);
  write_run(*finished_, tables_, spool_.get(), options, output);
}

void add_runs(py::module_& module) {
  py::class_<PythonRun>(module, "Run")
      .def("tables", [](const PythonRun& run) { return to_python(in_memory(run.tables())); })
      .def("visits",
           [](const PythonRun& run) {
             std::vector<MemoryTable> visits;
             do_work([&] { visits = run.visits(); }, py::none());
             return to_python(std::move(visits));
           })
      .def("summary", &PythonRun::summary)
      .def("scenario", [](const PythonRun& run) { return describe(*run.scenario()); })
      .def("write", &write_to)
      .def("extend", &extend_run);
  py::class_<PythonSource>(module, "Source")
      .def(py::init([](const fs::path& file) { return PythonSource{file}; }))
      .def_property_readonly("file", [](const PythonSource& source) {
        const bool is_built_in = source.files->is_absent(source.file);
        return (is_built_in ? source.file : source.files->absolute(source.file)).string();
      });
  module.def("load", &load_and_describe);
  module.def("run", &simulate_scenario);
  module.def("extend", &extend_folder);
}

}  // namespace pishkhan
