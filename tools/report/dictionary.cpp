#include <string>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/experiment/replicate.hpp"
#include "tools/report/appointment_table.hpp"
#include "tools/report/assumption_effects.hpp"
#include "tools/report/assumption_tables.hpp"
#include "tools/report/authorisation_tables.hpp"
#include "tools/report/cell_names.hpp"
#include "tools/report/changed_table.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/differences_table.hpp"
#include "tools/report/freed_hours_table.hpp"
#include "tools/report/headlines.hpp"
#include "tools/report/input_tables.hpp"
#include "tools/report/money_tables.hpp"
#include "tools/report/observed_tables.hpp"
#include "tools/report/placement_tables.hpp"
#include "tools/report/queue_tables.hpp"
#include "tools/report/siting_tables.hpp"
#include "tools/report/staffing_frontier.hpp"
#include "tools/report/staffing_tables.hpp"
#include "tools/report/tables.hpp"
#include "tools/report/visits.hpp"
#include "tools/report/waterfall_table.hpp"
#include "tools/report/wave_tables.hpp"

namespace pishkhan {
namespace {

void add_table(std::string& text, const TableHeader& table) {
  text += "\n### " + table.name + "\n\n" + table.description + "\n\n";
  text += "| column | unit | type | meaning |\n|---|---|---|---|\n";
  const std::vector<Column>& columns = table.columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Column& column = columns[i];
    std::string names = column.name;
    // The bounds of an estimate are documented with its mean.
    if (column.bounds != Bounds::none)
      while (i + 1 < columns.size() && is_bound(columns[i + 1].kind)) names += ", " + columns[++i].name;
    text += "| " + names + " | " + column.unit + " | " + type_name(column.type) + " | " + column.description +
            " |\n";
  }
}

/// Of a province.
std::vector<MakeTable> makers_of(const Scenario& scenario) {
  const std::span<const MakeTable> of_province = makers_of_province_tables();
  std::vector<MakeTable> makers(of_province.begin(), of_province.end());
  const auto add = [&](std::span<const MakeTable> more) {
    makers.insert(makers.end(), more.begin(), more.end());
  };
  if (scenario.economics) add(makers_of_money_tables());
  if (!scenario.appointments.empty()) makers.push_back(make_appointments_table);
  if (!scenario.observations.empty()) add(makers_of_observed_tables());
  if (scenario.queues) add(makers_of_queue_tables(scenario));
  if (scenario.run.inputs == RunInputs::sampled) add(makers_of_input_tables());
  return makers;
}

}  // namespace

DictionaryPart comparison_dictionary() {
  const Scenario scenario;
  const std::vector<TrialResult> none;
  const ComparedRun run = make_compared_run("", scenario, none);
  return {"Tables of a comparison", headers_of({make_differences_table(run, {}),
                                                make_changed_table({}, CellNames({}), scenario.evidence),
                                                make_waterfall_table({}, scenario), make_ranking_table({})})};
}

std::vector<Table> make_tables(const Results& results, int threads) {
  if (!results.scenario.province) return make_station_tables(results);
  const std::vector<MakeTable> makers = makers_of(results.scenario);
  std::vector<Table> tables(makers.size());
  run_tasks(static_cast<std::uint32_t>(tables.size()), threads,
            [&](std::uint32_t i, const std::stop_token&) { tables[i] = makers[i](results); });
  return tables;
}

std::function<Table(const Results&)> maker_of_table(const Scenario& scenario, const std::string& name) {
  const std::vector<TrialResult> none;
  const std::vector<Table> tables = make_tables({scenario, none});
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const Table& table) { return table.header.name == name; });
  PISHKHAN_EXPECT(found != tables.end());
  const auto at = static_cast<std::size_t>(found - tables.begin());
  if (scenario.province) return makers_of(scenario)[at];
  return [at](const Results& results) { return std::move(make_station_tables(results)[at]); };
}

std::vector<DictionaryPart> dictionary() {
  Scenario province, stations;
  province.province.emplace();
  province.economics.emplace();
  province.appointments.emplace_back();
  province.observations.emplace_back();
  province.queues = stations.queues = true;
  BareStation named;
  named.name_en = "name";
  stations.stations.push_back(named);
  province.run.inputs = RunInputs::sampled;
  const std::vector<TrialResult> none;
  std::vector<DictionaryPart> parts;
  parts.push_back({"Tables of a province", headers_of(make_tables({province, none}))});
  parts.back().tables.push_back(visits_header(province));
  parts.push_back({"Tables of bare stations", headers_of(make_tables({stations, none}))});
  parts.back().tables.push_back(visits_header(stations));
  return parts;
}

namespace {

constexpr const char* kIntroduction =
    "# Results: the data dictionary\n"
    "\n"
    "Written by `pishkhan dictionary`; a test compares it with the tables. Do not edit.\n"
    "\n"
    "A run leaves a folder here, named after its scenario; git keeps only `reference/`, the tables of a "
    "short\n"
    "baseline run. In the folder are `manifest.json` and the tables below, each as `<table>.csv` (UTF-8, "
    "comma,\n"
    "RFC 4180 quoting, a header line, line feeds) and in `results.sqlite`, which holds this dictionary "
    "too, as the\n"
    "tables `tables` and `columns`.\n"
    "\n"
    "- `<quantity>_mean` is a mean over replications, a ratio of sums over them, or a mean of quantiles;\n"
    "  `<quantity>_low` and `<quantity>_high` are the ends of its 95% interval and have the same unit. "
    "They\n"
    "  stay within what is possible: not below 0, of a share within 0 and 1, of trips to stations not "
    "below 1. What\n"
    "  may be negative, as a difference, has a `<quantity>_half_width` instead (Student t; ratios by the "
    "jackknife),\n"
    "  or ends that may be negative, too. Counts and clerk time are per replication, over all counted "
    "days.\n"
    "- An interval has no length only where nothing else is possible: nobody fails in a run without "
    "outages and limits\n"
    "  of calls, and nobody comes while all is closed. What could differ, and did not in these "
    "replications, has a length.\n"
    "- An empty field (NULL in SQLite) is no number: nothing was observed, or there was one replication "
    "and so no\n"
    "  interval. No interval, no number.\n"
    "- Joined means came to the door and did not balk. Times are in seconds (s), hours of the day in hours "
    "(h), dates\n"
    "  in both calendars.\n"
    "- `evidence` is the weakest grade of the input numbers behind a row: measured, stated or assumed.\n"
    "- CSV and SQLite have every digit. With `--columns short` CSV files are for people: the columns that "
    "are read\n"
    "  most, seldom more than 13, rounded as the interval tells, as page and workbook have them; waits in "
    "minutes and\n"
    "  clerk time in hours, named so (`wait_min_mean`, `staffed_h_mean`); without columns that are empty or "
    "the same in\n"
    "  all rows, and without empty tables. A text that a spreadsheet would take for a formula begins with an "
    "apostrophe.\n"
    "- The same scenario, seed and version give the same bytes, on any number of threads.\n"
    "\n"
    "`manifest.json` has the scenario's name, title, file name and SHA-256 of its resolved text; version, "
    "seed,\n"
    "replications, evidence; visits simulated, warm-up included; the audit's verdict; the tables with "
    "their rows; and\n"
    "the resolved scenario itself; and every other file with its bytes and SHA-256.\n"
    "\n"
    "`page.html` (with `--format html`, or made later by `pishkhan report FOLDER`) shows the tables to "
    "people;\n"
    "so does `workbook_fa.xlsx` or `workbook_en.xlsx` (with `--format xlsx`, or made later likewise), for "
    "spreadsheets.\n"
    "Comparisons and studies have both, too.\n\n"
    "`replications.bin` (only with `--format store`) has the sums of each replication, from which\n"
    "`pishkhan replications FOLDER --table counties` prints a table of each by itself, without intervals.\n"
    "The file is a line with the version of its layout, a line of JSON (version,\n"
    "seed, SHA-256 of the resolved scenario, bytes of each replication), the replications as "
    "`models/trial/result_bytes.hpp`\n"
    "describes them, and a line with the SHA-256 of all before it. A file with other bytes than those "
    "written is refused.\n"
    "\n"
    "`pishkhan compare` leaves a folder too: the tables at the end, and a `manifest.json` that says which "
    "runs\n"
    "were compared. `pishkhan sweep` leaves one with the tables of its study, the file of points that they "
    "are\n"
    "made from, a copy of the study and a manifest.\n";

}  // namespace

std::string dictionary_markdown(const std::vector<DictionaryPart>& more) {
  std::string text = kIntroduction;
  std::vector<DictionaryPart> parts = dictionary();
  parts.push_back(comparison_dictionary());
  const Scenario scenario;
  parts.push_back({"Tables of a staffing", staffing_headers()});
  parts.push_back({"Tables of placed clerks", placement_headers()});
  parts.push_back({"Tables of new offices", siting_headers()});
  parts.push_back({"Tables of authorisations", authorisation_headers()});
  parts.push_back({"Tables of a plan", plan_headers()});
  parts.push_back(
      {"Tables of assumptions", headers_of({make_assumption_effects_table(scenario, AssumptionEffects{})})});
  parts.insert(parts.end(), more.begin(), more.end());
  for (const DictionaryPart& part : parts) {
    text += "\n## " + part.title + "\n";
    for (const TableHeader& table : part.tables) add_table(text, table);
  }
  return text;
}

}  // namespace pishkhan
