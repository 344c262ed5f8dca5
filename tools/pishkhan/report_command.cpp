#include <algorithm>
#include <ostream>
#include <system_error>

#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/read_file.hpp"
#include "sim/base/sha256.hpp"
#include "tools/page/page.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/sqlite_reader.hpp"
#include "tools/report/tables.hpp"
#include "tools/report/written_files.hpp"
#include "tools/workbook/workbook.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// Puts a file that is wholly written in its place.
void move_into_place(const fs::path& partial, const fs::path& file) {
  std::error_code error;
  fs::rename(partial, file, error);
  if (error) throw EnvironmentError("cannot write " + file.string() + ": " + error.message());
}

/// Where the new content of a file is written first; nothing is there.
fs::path partial_file(const fs::path& file) {
  fs::path partial = file.string() + ".partial";
  std::error_code error;
  fs::remove(partial, error);
  return partial;
}

/// Gives a file new content in one step.
void replace_file(const fs::path& file, std::string_view content) {
  const fs::path partial = partial_file(file);
  write_file(partial, content);
  move_into_place(partial, file);
}

void expect_database(const fs::path& database) {
  std::error_code error;
  if (fs::exists(database, error)) return;
  throw UserError({{"", 0, 0, "folder", "there is no " + database.generic_string(),
                    "page and workbook are made from results.sqlite: run the manifest.json again with "
                    "--format csv,sqlite"}});
}

/// The formats to write. One file is one format.
Formats formats_of(const ReportOptions& options) {
  if (options.out.empty()) return options.formats.empty() ? kReportFormats : options.formats;
  if (options.formats.size() > 1)
    throw UserError({{"", 0, 0, "--out", "one file cannot hold two formats", "give one --format"}});
  const std::string ending = options.out.extension().string();
  const Formats& possible = options.formats.empty() ? kReportFormats : options.formats;
  const auto format = std::find_if(possible.begin(), possible.end(),
                                   [&](Format one) { return '.' + std::string(to_string(one)) == ending; });
  if (format == possible.end()) {
    throw UserError({{"", 0, 0, "--out", '`' + options.out.string() + "` is not named as what it is to hold",
                      "end it with .html for a page, or with .xlsx for a workbook"}});
  }
  return {*format};
}

/// All tables that the run kept in its database, but for the visits.
std::vector<Table> read_results(const fs::path& folder, const Scenario& scenario) {
  const fs::path database = folder / kDatabaseFile;
  expect_database(database);
  expect_as_written(database);
  const std::vector<TableHeader> known = dictionary()[scenario.province ? 0 : 1].tables;
  std::vector<std::string> names;
  for (const TableHeader& table : known)
    if (table.name != "visits") names.push_back(table.name);
  std::vector<Table> tables = read_tables(database, names);
  for (Table& table : tables) complete_header(table.header, known);
  return tables;
}

/// Writes the file of a format and gives its bytes.
std::string write_report(Format format, const page::PageSource& source, Language language,
                         const fs::path& file) {
  if (format == Format::html) {
    std::string html = page::page_html(source);
    replace_file(file, html);
    return html;
  }
  const fs::path partial = partial_file(file);
  workbook::write_workbook(partial, source, language);
  move_into_place(partial, file);
  return read_file(file, SIZE_MAX);
}

}  // namespace

ExitCode report(const ReportOptions& options, std::ostream& out) {
  const Formats formats = formats_of(options);
  ScenarioOptions of_run;
  of_run.file = options.folder / "manifest.json";
  const Scenario scenario = load(of_run);
  std::string manifest = read_file(of_run.file, SIZE_MAX);
  const page::RunRecord record = page::read_record(manifest, of_run.file);
  const std::vector<Table> tables = read_results(options.folder, scenario);
  page::PageSource source{scenario, record, {}};
  for (const Table& table : tables) source.tables.push_back(&table);
  const Language language = options.language == "en" ? Language::english : Language::persian;
  for (const Format format : formats) {
    const std::string name = format == Format::html ? page::kPageFile : workbook::file_name(language);
    const fs::path file = options.out.empty() ? options.folder / name : options.out;
    const std::string bytes = write_report(format, source, language, file);
    if (options.out.empty()) {
      manifest = add_file_to_manifest(manifest, {name, bytes.size(), sha256(bytes)});
      replace_file(of_run.file, manifest);
    }
    if (options.quiet) continue;
    const char* key = format == Format::html ? "terminal.page" : "terminal.workbook";
    out << terminal_texts(options.language).fill(key, {{"file", printable(file.string())}}) << '\n';
  }
  return kDone;
}

}  // namespace pishkhan
