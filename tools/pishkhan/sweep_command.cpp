#include <spdlog/spdlog.h>

#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <system_error>
#include <utility>

#include "models/province/csv.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/sha256.hpp"
#include "sim/experiment/replicate.hpp"
#include "tools/page/page.hpp"
#include "tools/pishkhan/built_in.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/progress.hpp"
#include "tools/pishkhan/sources.hpp"
#include "tools/pishkhan/study_folder.hpp"
#include "tools/pishkhan/study_summary.hpp"
#include "tools/pishkhan/sweep_points.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/written_files.hpp"
#include "tools/sweep/precision.hpp"
#include "tools/workbook/workbook.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// A shard and the number of all.
struct Shard {
  std::size_t number = 1, of = 1;
};

Shard read_shard(const std::string& text) {
  if (text.empty()) return {};
  const std::size_t slash = text.find('/');
  const auto number = parse_whole(std::string_view(text).substr(0, slash));
  const auto of =
      slash == std::string::npos ? std::nullopt : parse_whole(std::string_view(text).substr(slash + 1));
  if (!number || !of || *number < 1 || *number > *of || *of > static_cast<std::int64_t>(kMostPoints)) {
    throw UserError({{"", 0, 0, "--shard", in_backticks(text) + " is not a shard",
                      "for example 3/40, the third of forty"}});
  }
  return {static_cast<std::size_t>(*number), static_cast<std::size_t>(*of)};
}

fs::path folder_of(const SweepOptions& options, const Shard& shard) {
  if (!options.out.empty()) return options.out;
  std::string name = options.study.stem().string();
  if (shard.of > 1) name += '-' + std::to_string(shard.number) + "-of-" + std::to_string(shard.of);
  return fs::path("results") / name;
}

/// Points that end when they are precise differ in their replications, and cannot be paired.
void expect_single_points(const Study& study, Diagnostics& mistakes) {
  const auto refuse = [&](const Mark& mark, const char* path, const char* problem) {
    mistakes.push_back(mistake_at(mark, path, problem, "give all points the same number of `replications`"));
  };
  if (study.points_of_row() > 0) {
    const Mark nowhere{std::make_shared<const std::string>(study.file.generic_string()), 0, 0};
    refuse(study.precision ? study.precision->mark : nowhere, "replications",
           "sensitivities compare points replication by replication, so a precision cannot say how many");
  }
  for (const Response& one : study.responses) {
    if (one.best == Best::none) continue;
    refuse(one.mark, "responses",
           "`best` compares points replication by replication, so a precision cannot say how many");
  }
}

/// The scenario of the study as it stands, which each point changes.
Scenario load_base(const Study& study) {
  Diagnostics mistakes;
  if (study.precision) {  // its places are told of the study file
    Study plain = study;
    plain.precision.reset();
    check_places(*study.precision, load_point(plain, {}), mistakes);
    if (!mistakes.empty()) throw UserError(std::move(mistakes));
  }
  const Scenario scenario = load_point(study, {});
  check_responses(study, scenario, mistakes);
  if (scenario.run.precision) expect_single_points(study, mistakes);
  if (study.points_of_row() > 0 && scenario.run.replications < kFewestForSensitivities) {
    mistakes.push_back({study.file.string(), 0, 0, "replications",
                        "the scenario's " + std::to_string(scenario.run.replications) +
                            " are too few for sensitivities, which multiply different replications",
                        "at least " + std::to_string(kFewestForSensitivities)});
  }
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  return scenario;
}

/// Of a part of a study there is no page.
void expect_whole_reports(const SweepOptions& options, const Shard& shard) {
  for (const Format format : kReportFormats) {
    if (shard.of == 1 || !contains(options.formats, format)) continue;
    throw UserError({{"", 0, 0, "--format", "of a shard there is neither page nor workbook",
                      "give html and xlsx to `pishkhan merge`, which joins the shards"}});
  }
}

/// Whether the folder holds these points already, whole and unchanged.
bool is_finished(const fs::path& folder, const PointsHeader& header) {
  std::error_code error;
  const fs::path file = folder / kPointsFile;
  if (!fs::exists(file, error)) return false;
  expect_as_written(file);
  return PointReader({file}).header() == header;
}

/// Page and workbook are not made of a folder that was finished before: it stays as it is.
void tell_missing_reports(const fs::path& folder, const SweepOptions& options) {
  const std::string files[] = {page::kPageFile, workbook::file_name(workbook::language_of(options.language))};
  for (std::size_t i = 0; i < kReportFormats.size(); ++i) {
    std::error_code error;
    if (!contains(options.formats, kReportFormats[i]) || fs::exists(folder / files[i], error)) continue;
    const Texts& texts = terminal_texts(options.language);
    warn(texts, texts.fill("terminal.sweep.no_report",
                           {{"folder", printable(folder.string())}, {"file", files[i]}}));
  }
}

/// Where points are kept until all are there.
fs::path unfinished_file(const fs::path& folder) {
  fs::path file = folder.lexically_normal();
  if (file.filename().empty()) file = file.parent_path();
  return file.string() + ".unfinished";
}

/// Without --resume, points of an earlier sweep are neither used nor lost.
void expect_no_points(const fs::path& file, const SweepOptions& options) {
  std::error_code error;
  if (options.force) fs::remove(file, error);
  if (options.resume || !fs::exists(file, error)) return;
  throw UserError({{file.string(), 0, 0, "", "an earlier sweep has left points here",
                    "--resume goes on with them, --force begins anew"}});
}

/// How much was simulated of points that differ from the study's scenario at some stations only.
void tell_reused(const ReusedPoints& reused, std::size_t points, const SweepOptions& options) {
  if (reused.points == 0 || options.quiet || options.json) return;
  const Texts& texts = terminal_texts(options.language);
  const auto number = [&](std::size_t count) { return grouped(texts, static_cast<double>(count)); };
  inform(texts, texts.fill("terminal.sweep.reused", {{"n", number(reused.points)},
                                                     {"points", number(points)},
                                                     {"days", number(reused.station_days)},
                                                     {"all_days", number(reused.all_station_days)}}));
}

/// Simulates the points that the file does not have. Returns how many.
std::size_t simulate_points(const StudyPoints& points, const PointsHeader& header,
                            const SweepOptions& options, const TrialFunction& trial, PointFile& file) {
  std::vector<std::size_t> left;
  for (std::size_t point = 0; point < header.points; ++point)
    if (header.has(point) && !file.known()[point]) left.push_back(point);
  PointSimulator simulator(points, trial);
  simulator.keep_base(left, options.threads);
  Progress progress(left.size(), !options.quiet);
  run_tasks(static_cast<std::uint32_t>(left.size()), options.threads,
            [&](std::uint32_t task, const std::stop_token& stop) {
              const auto stopped = [&stop] { return stop.stop_requested() || InterruptGuard::interrupted(); };
              file.add(simulator.simulate(left[task], stopped));
              progress.add();
            });
  tell_reused(simulator.reused(), left.size(), options);
  return left.size();
}

template <class Options>
void print_study(const StudyResults& results, const fs::path& folder, const Options& options,
                 std::ostream& out) {
  if (options.json)
    out << study_json(results, folder);
  else if (!options.quiet)
    out << study_summary(terminal_texts(options.language), results, folder);
}

/// Every shard that some of the points are of: `2/7, 5/7`.
std::string shards_of(const std::vector<std::size_t>& points, std::size_t shards) {
  std::vector<bool> named(shards, false);
  std::string text;
  for (const std::size_t point : points) named[point % shards] = true;
  for (std::size_t shard = 0; shard < shards; ++shard) {
    if (named[shard])
      text += (text.empty() ? "" : ", ") + std::to_string(shard + 1) + '/' + std::to_string(shards);
  }
  return text;
}

/// The shards stay, so that they can be merged again.
void expect_no_shard(const fs::path& folder, const std::vector<fs::path>& shards) {
  std::error_code error;
  for (const fs::path& shard : shards) {
    if (fs::equivalent(folder, shard, error)) {
      throw UserError({{folder.string(), 0, 0, "--out", "it is the folder of a shard that is merged",
                        "choose another --out"}});
    }
  }
}

void expect_all_points(const PointReader& points) {
  const std::vector<std::size_t> missing = points.missing();
  if (missing.empty()) return;
  const bool one = missing.size() == 1;
  throw UserError({{"", 0, 0, "folders",
                    std::to_string(missing.size()) + " of " + std::to_string(points.header().points) +
                        (one ? " points is missing" : " points are missing") + ", the first of them number " +
                        std::to_string(missing.front()),
                    "shards " + shards_of(missing, points.header().shards)}});
}

}  // namespace

fs::path sweep_study(const SweepOptions& options, const TrialFunction& trial, std::ostream& out) {
  const Shard shard = read_shard(options.shard);
  expect_whole_reports(options, shard);
  const Study study = load_study(find_scenario(options.study));
  const Scenario scenario = load_base(study);
  const Design design(study);
  const StudyPoints points{study, design};
  const StudyIdentity identity = identity_of(study, scenario);
  const PointsHeader header{sha256(identity.text), PISHKHAN_VERSION, design.size(), shard.number, shard.of};
  const fs::path folder_name = folder_of(options, shard), unfinished = unfinished_file(folder_name);
  if (options.resume && is_finished(folder_name, header)) {
    const PointReader finished({folder_name / kPointsFile});
    std::error_code ignored;
    fs::remove(unfinished, ignored);
    print_study({study, identity, finished, header, options.formats, workbook::language_of(options.language)},
                folder_name, options, out);
    if (!options.quiet) tell_missing_reports(folder_name, options);
    return folder_name;
  }
  expect_nothing_read_in(folder_name, *study.files, study.file);
  expect_levels(points);
  expect_memory_of_ends(points, options.threads);
  InterruptGuard::defer();
  OutputFolder folder(folder_name, options.force, &InterruptGuard::interrupted);
  expect_no_points(unfinished, options);
  PointFile file(unfinished, header);
  try {
    simulate_points(points, header, options, trial, file);
  } catch (const Interrupted&) {
    if (!options.quiet)
      spdlog::info("the points so far are kept in {}; --resume goes on", printable(unfinished.string()));
    throw;
  }
  const PointReader reader({unfinished});
  const StudyResults results{study,  identity,        reader,
                             header, options.formats, workbook::language_of(options.language)};
  write_study_folder(results, folder);
  print_study(results, folder_name, options, out);
  std::error_code ignored;
  fs::remove(unfinished, ignored);
  return folder_name;
}

ExitCode sweep(const SweepOptions& options, const TrialFunction& trial, std::ostream& out) {
  const InterruptGuard guard;
  sweep_study(options, trial, out);
  return kDone;
}

ExitCode merge(const MergeOptions& options, std::ostream& out) {
  const InterruptGuard guard;
  std::vector<fs::path> files;
  for (const fs::path& folder : options.folders) {
    (void)read_identity(folder);
    files.push_back(folder / kPointsFile);
    expect_as_written(files.back());
    expect_as_written(folder / kStudyFile);
  }
  const StudyIdentity identity = read_identity(options.folders.front());
  const Study study = load_study(options.folders.front() / kStudyFile);
  const PointReader points(std::move(files));
  PointsHeader header = points.header();
  if (header.version != PISHKHAN_VERSION) {
    throw UserError({{options.folders.front().string(), 0, 0, "version",
                      "version " + header.version + " of the program made it, and this is " PISHKHAN_VERSION,
                      "merge with that version"}});
  }
  expect_all_points(points);
  header.shard = header.shards = 1;
  InterruptGuard::defer();
  const fs::path folder_name = options.out.empty() ? "results" / fs::path(identity.name) : options.out;
  expect_no_shard(folder_name, options.folders);
  OutputFolder folder(folder_name, options.force, &InterruptGuard::interrupted);
  const StudyResults results{study,  identity,        points,
                             header, options.formats, workbook::language_of(options.language)};
  write_study_folder(results, folder);
  print_study(results, folder_name, options, out);
  return kDone;
}

}  // namespace pishkhan
