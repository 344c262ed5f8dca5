#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <sstream>
#include <string>
#include <vector>

#include "models/trial/run_trial.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/study_folder.hpp"
#include "tools/python/columns.hpp"
#include "tools/python/parts.hpp"
#include "tools/python/runs.hpp"
#include "tools/python/work.hpp"
#include "tools/sweep/sweep_tables.hpp"

namespace py = pybind11;

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// The tables of a study whose points are all in the folder.
std::vector<MemoryTable> read_tables(const fs::path& folder) {
  const StudyIdentity identity = read_identity(folder);
  const Study study = load_study(folder / kStudyFile);
  const PointReader points({folder / kPointsFile});
  MemoryWriter writer;
  write_sweep_tables(study, Design(study), identity.evidence, points, {&writer},
                     &InterruptGuard::interrupted);
  return std::move(writer.tables());
}

py::tuple sweep_into(const fs::path& study, const fs::path& folder, const std::vector<std::string>& formats,
                     bool resume, bool force, int threads, const py::object& progress) {
  SweepOptions options;
  options.study = study;
  options.out = fs::absolute(folder);
  options.formats = formats_of(formats, {Format::csv, Format::sqlite, Format::html, Format::xlsx});
  options.resume = resume;
  options.force = force;
  options.threads = threads;
  options.json = true;
  options.quiet = true;
  std::vector<MemoryTable> tables;
  std::ostringstream summary;
  const auto work = [&] { tables = read_tables(sweep_study(options, run_trial, summary)); };
  do_work(work, progress);
  return py::make_tuple(summary.str(), to_python(std::move(tables)));
}

}  // namespace

void add_studies(py::module_& module) { module.def("sweep", &sweep_into); }

}  // namespace pishkhan
