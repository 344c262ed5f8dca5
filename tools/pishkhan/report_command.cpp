#include <ostream>
#include <system_error>

#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/read_file.hpp"
#include "sim/base/sha256.hpp"
#include "tools/page/page.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/output_file.hpp"
#include "tools/report/sqlite_reader.hpp"
#include "tools/report/written_files.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

/// Gives a file new content in one step.
void replace_file(const fs::path& file, std::string_view content) {
  const fs::path partial = file.string() + ".partial";
  std::error_code error;
  fs::remove(partial, error);
  write_file(partial, content);
  fs::rename(partial, file, error);
  if (error) throw EnvironmentError("cannot write " + file.string() + ": " + error.message());
}

void expect_database(const fs::path& database) {
  std::error_code error;
  if (fs::exists(database, error)) return;
  throw UserError(
      {{"", 0, 0, "folder", "there is no " + database.generic_string(),
        "the page is made from results.sqlite: run the manifest.json again with --format csv,sqlite,html"}});
}

}  // namespace

ExitCode report(const ReportOptions& options, std::ostream& out) {
  ScenarioOptions of_run;
  of_run.file = options.folder / "manifest.json";
  const Scenario scenario = load(of_run);
  const std::string manifest = read_file(of_run.file, SIZE_MAX);
  const page::RunRecord record = page::read_record(manifest, of_run.file);
  const fs::path database = options.folder / "results.sqlite";
  expect_database(database);
  expect_as_written(database);
  const std::vector<Table> tables = read_tables(database, page::tables_of_page());
  page::PageSource source{scenario, record, {}};
  for (const Table& table : tables) source.tables.push_back(&table);
  const std::string html = page::page_html(source);
  const fs::path file = options.out.empty() ? options.folder / page::kPageFile : options.out;
  replace_file(file, html);
  if (options.out.empty())
    replace_file(of_run.file, add_file_to_manifest(manifest, {page::kPageFile, html.size(), sha256(html)}));
  if (!options.quiet) out << "Page: " << printable(file.string()) << '\n';
  return kDone;
}

}  // namespace pishkhan
