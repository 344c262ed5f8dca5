#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <ostream>
#include <system_error>
#include <utility>

#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/read_file.hpp"
#include "sim/base/sha256.hpp"
#include "tools/page/comparison.hpp"
#include "tools/page/decision.hpp"
#include "tools/page/page.hpp"
#include "tools/page/plan.hpp"
#include "tools/page/staffing.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/study_folder.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/authorisation_tables.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/placement_tables.hpp"
#include "tools/report/siting_tables.hpp"
#include "tools/report/sqlite_reader.hpp"
#include "tools/report/staffing_frontier.hpp"
#include "tools/report/staging_folder.hpp"
#include "tools/report/tables.hpp"
#include "tools/report/wave_tables.hpp"
#include "tools/report/written_files.hpp"
#include "tools/workbook/comparison_book.hpp"
#include "tools/workbook/decision_book.hpp"
#include "tools/workbook/plan_book.hpp"
#include "tools/workbook/staffing_book.hpp"
#include "tools/workbook/workbook.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// Puts a file that is wholly written in its place.
void move_into_place(const fs::path& whole, const fs::path& file) {
  std::error_code error;
  fs::rename(whole, file, error);
  if (error) throw EnvironmentError("cannot write " + file.string() + ": " + error.message());
}

[[noreturn]] void refuse_out(const std::string& problem, const std::string& hint) {
  throw UserError({{"", 0, 0, "--out", problem, hint}});
}

/// A file to be written stands in a folder that is there, and is none itself.
void expect_file_name(const fs::path& out) {
  std::error_code error;
  if (fs::is_directory(out, error)) {
    refuse_out('`' + out.string() + "` is a folder",
               "name a file, such as " + (out / page::kPageFile).lexically_normal().string());
  }
  const fs::path folder = out.parent_path();
  if (!folder.empty() && !fs::is_directory(folder, error))
    refuse_out("there is no folder `" + folder.string() + '`', "make it, or name a file in another");
}

void expect_database(const fs::path& database, const std::string& hint) {
  std::error_code error;
  if (fs::exists(database, error)) return;
  throw UserError({{"", 0, 0, "folder", "there is no " + database.generic_string(),
                    std::string("page and workbook are made from ") + kDatabaseFile + ": " + hint}});
}

/// The formats to write, of those that are possible. One file is one format.
Formats formats_of(const ReportOptions& options, const Formats& all) {
  if (options.out.empty()) return options.formats.empty() ? all : options.formats;
  if (options.formats.size() > 1) refuse_out("one file cannot hold two formats", "give one --format");
  expect_file_name(options.out);
  const std::string ending = options.out.extension().string();
  const Formats& possible = options.formats.empty() ? all : options.formats;
  const auto format = std::find_if(possible.begin(), possible.end(),
                                   [&](Format one) { return '.' + std::string(to_string(one)) == ending; });
  if (format == possible.end()) {
    refuse_out('`' + options.out.string() + "` is not named as what it is to hold",
               "end it with .html for a page, or with .xlsx for a workbook");
  }
  return {*format};
}

/// All tables that the run kept in its database, but for the visits.
std::vector<Table> read_results(const fs::path& folder, const Scenario& scenario) {
  const fs::path database = folder / kDatabaseFile;
  expect_database(database, "run the manifest.json again with --format csv,sqlite");
  expect_as_written(database);
  const std::vector<TableHeader> known = dictionary()[scenario.province ? 0 : 1].tables;
  std::vector<std::string> names;
  for (const TableHeader& table : known)
    if (table.name != "visits") names.push_back(table.name);
  std::vector<Table> tables = read_tables(database, names);
  for (Table& table : tables) complete_header(table.header, known);
  return tables;
}

void write_report(Format format, const page::PageSource& source, Language language, const fs::path& file) {
  if (format == Format::html)
    write_file(file, page::page_html(source));
  else
    workbook::write_workbook(file, source, language);
}

/// A run's folder, whose manifest names all that is in it.
class RunFolder {
 public:
  RunFolder(fs::path folder, std::string manifest)
      : folder_(std::move(folder)), manifest_(std::move(manifest)) {}

  /// Moves a file in, so that at no moment the folder holds what its manifest does not name: whenever the
  /// program is stopped, it is still that of a run.
  void take_in(const fs::path& whole, const fs::path& staging) {
    const std::string name = whole.filename().string(), bytes = read_file(whole, SIZE_MAX);
    const std::string manifest = add_file_to_manifest(manifest_, {name, bytes.size(), sha256(bytes)});
    if (manifest != manifest_) {
      std::error_code ignored;
      fs::remove(folder_ / name, ignored);  // an earlier one
      const fs::path partial = staging / "manifest.json";
      write_file(partial, manifest);
      move_into_place(partial, folder_ / "manifest.json");
      manifest_ = manifest;
    }
    move_into_place(whole, folder_ / name);
  }

 private:
  fs::path folder_;
  std::string manifest_;
};

/// `write(format, file)` writes a file, which then takes its place.
void write_reports(const ReportOptions& options, const Formats& formats, const std::string& manifest,
                   const std::string& workbook, std::ostream& out,
                   const std::function<void(Format, const fs::path&)>& write) {
  // Beside the folder: in it, what a stopped program leaves would not be of the run.
  const StagingFolder staging(options.out.empty() ? fs::canonical(options.folder).parent_path()
                                                  : fs::absolute(options.out).parent_path());
  RunFolder folder(options.folder, manifest);
  for (const Format format : formats) {
    if (InterruptGuard::interrupted()) throw Interrupted();
    const std::string name = format == Format::html ? page::kPageFile : workbook;
    const fs::path file = options.out.empty() ? options.folder / name : options.out;
    const fs::path whole = staging.path() / file.filename();
    write(format, whole);
    if (InterruptGuard::interrupted()) throw Interrupted();
    if (options.out.empty())
      folder.take_in(whole, staging.path());
    else
      move_into_place(whole, file);
    if (options.quiet) continue;
    const char* key = format == Format::html ? "terminal.page" : "terminal.workbook";
    out << terminal_texts(options.language).fill(key, {{"file", printable(file.string())}}) << '\n';
  }
}

/// Page and workbook made of `source`.
template <class Source>
void write_reports(const ReportOptions& options, const std::string& manifest, std::ostream& out,
                   const Source& source, std::string (*html)(const Source&),
                   void (*xlsx)(const fs::path&, const Source&, Language)) {
  const Language language = workbook::language_of(options.language);
  InterruptGuard::defer();
  write_reports(options, formats_of(options, kReportFormats), manifest, workbook::file_name(language), out,
                [&](Format format, const fs::path& to) {
                  if (format == Format::html)
                    write_file(to, html(source));
                  else
                    xlsx(to, source, language);
                });
}

/// The folder's database, as it was written. `again`: how it is made, for who has none.
fs::path database_of(const ReportOptions& options, const std::string& again) {
  const fs::path database = options.folder / kDatabaseFile;
  expect_database(database, again);
  expect_as_written(database);
  return database;
}

template <class Source>
Source with_tables(const decltype(Source::record)& record, const std::vector<Table>& tables) {
  Source source{record, {}};
  for (const Table& table : tables) source.tables.push_back(&table);
  return source;
}

/// Tables of a database with all that the dictionary says of them.
std::vector<Table> read_described(const fs::path& database, const std::vector<TableHeader>& headers) {
  std::vector<std::string> names;
  for (const TableHeader& header : headers) names.push_back(header.name);
  std::vector<Table> tables = read_tables(database, names);
  for (Table& table : tables) complete_header(table.header, headers);
  return tables;
}

/// Of a comparison.
ExitCode report_comparison(const ReportOptions& options, const std::string& manifest, std::ostream& out) {
  const page::ComparisonRecord record = page::read_comparison(manifest, options.folder / "manifest.json");
  std::string names;
  for (const auto& [name, title] : record.runs) names += ' ' + name;
  const fs::path database = database_of(options, "compare the runs again, with --format csv,sqlite:" + names);
  const std::vector<Table> tables = read_tables(database, {"differences", "changed", "waterfall", "ranking"});
  write_reports(options, manifest, out, with_tables<page::ComparisonSource>(record, tables),
                page::comparison_html, workbook::write_comparison_workbook);
  return kDone;
}

/// Of a staffing.
ExitCode report_staffing(const ReportOptions& options, const std::string& manifest, std::ostream& out) {
  const page::StaffingRecord record = page::read_staffing(manifest, options.folder / "manifest.json");
  const fs::path database = database_of(options, "staff the scenario again, with --format csv,sqlite");
  const std::vector<Table> tables = read_described(database, staffing_headers());
  write_reports(options, manifest, out, with_tables<page::StaffingSource>(record, tables),
                page::staffing_html, workbook::write_staffing_workbook);
  return kDone;
}

/// Of placed clerks, new offices or authorisations.
ExitCode report_decision(const ReportOptions& options, const std::string& manifest, std::ostream& out) {
  const page::DecisionRecord record = page::read_decision(manifest, options.folder / "manifest.json");
  const fs::path database = database_of(options, "repeat `staff`, with --format csv,sqlite");
  const std::vector<Table> tables =
      read_described(database, record.form == page::DecisionForm::placement ? placement_headers()
                               : record.form == page::DecisionForm::siting  ? siting_headers()
                                                                            : authorisation_headers());
  write_reports(options, manifest, out, with_tables<page::DecisionSource>(record, tables),
                page::decision_html, workbook::write_decision_workbook);
  return kDone;
}

/// Of a plan.
ExitCode report_plan(const ReportOptions& options, const std::string& manifest, std::ostream& out) {
  const page::PlanRecord record = page::read_plan(manifest, options.folder / "manifest.json");
  const fs::path database = database_of(options, "plan the scenario again, with --format csv,sqlite");
  const std::vector<Table> tables = read_described(database, plan_headers());
  write_reports(options, manifest, out, with_tables<page::PlanSource>(record, tables), page::plan_html,
                workbook::write_plan_workbook);
  return kDone;
}

bool is_study(const std::string& manifest) {
  const auto json = nlohmann::json::parse(manifest, nullptr, false);
  return json.is_object() && json.contains("study");
}

/// Of a whole study: from its points.
ExitCode report_study(const ReportOptions& options, const std::string& manifest, std::ostream& out) {
  const Formats formats = formats_of(options, kReportFormats);
  const StudyIdentity identity = read_identity(options.folder);
  const fs::path points_file = options.folder / kPointsFile, study_file = options.folder / kStudyFile;
  expect_as_written(points_file);
  expect_as_written(study_file);
  const Study study = load_study(study_file);
  const PointReader points({points_file});
  if (points.header().shards != 1) {
    throw UserError({{options.folder.string(), 0, 0, "",
                      "it is one of " + std::to_string(points.header().shards) + " shards of a study",
                      "`pishkhan merge` joins them"}});
  }
  const Language language = workbook::language_of(options.language);
  InterruptGuard::defer();
  const StudyResults results{study, identity, points, points.header(), formats, language};
  const StudyReports reports(results);
  write_reports(options, formats, manifest, workbook::file_name(language), out,
                [&](Format format, const fs::path& to) { reports.write(format, to); });
  return kDone;
}

}  // namespace

ExitCode report(const ReportOptions& options, std::ostream& out) {
  const InterruptGuard guard;
  const fs::path file = options.folder / "manifest.json";
  std::error_code error;
  if (fs::is_regular_file(file, error)) {
    const std::string text = read_file(file, SIZE_MAX);
    if (page::is_comparison(text)) return report_comparison(options, text, out);
    if (page::is_staffing(text)) return report_staffing(options, text, out);
    if (page::is_decision(text)) return report_decision(options, text, out);
    if (page::is_plan(text)) return report_plan(options, text, out);
    if (is_study(text)) return report_study(options, text, out);
  }
  const Formats formats = formats_of(options, kReportFormats);
  ScenarioOptions of_run;
  of_run.file = file;
  const Scenario scenario = load(of_run);
  const std::string manifest = read_file(file, SIZE_MAX);
  const page::RunRecord record = page::read_record(manifest, file);
  const std::vector<Table> tables = read_results(options.folder, scenario);
  page::PageSource source{scenario, record, {}};
  for (const Table& table : tables) source.tables.push_back(&table);
  const Language language = workbook::language_of(options.language);
  InterruptGuard::defer();
  write_reports(options, formats, manifest, workbook::file_name(language), out,
                [&](Format format, const fs::path& to) { write_report(format, source, language, to); });
  return kDone;
}

}  // namespace pishkhan
