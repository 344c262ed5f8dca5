#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "tools/pishkhan/option_kinds.hpp"
#include "tools/pishkhan/options.hpp"
#include "tools/report/formats.hpp"

// Options that several commands have.
namespace pishkhan {

void add_scenario_options(CLI::App& command, ScenarioOptions& options);
void add_threads(CLI::App& command, int& threads);
void add_language(CLI::App& command, std::string& language, const std::string& of,
                  const std::string& left_out);

/// What a command may write of several runs.
template <class Options>
void add_table_options(CLI::App& command, Options& options) {
  std::vector<std::string> formats;
  for (const Format format : kUsualFormats) formats.emplace_back(to_string(format));
  for (const Format format : kReportFormats) formats.emplace_back(to_string(format));
  add_formats(command, options.formats, formats,
              "csv, sqlite, html (a page) and xlsx (a workbook), with commas between")
      ->default_str(names_of(kUsualFormats));
  add_language(command, options.language, "summary and workbook", "an English summary, a Persian workbook");
  command.add_flag("--json", options.json, "Print one JSON object instead of the summary");
  command.add_flag("--quiet", options.quiet, "Print nothing but errors");
}

}  // namespace pishkhan
