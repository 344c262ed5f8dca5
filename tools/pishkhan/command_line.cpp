#include "tools/pishkhan/command_line.hpp"

#include <poll.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <new>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>
#include <thread>

#include "sim/base/diagnostic.hpp"
#include "sim/base/printable.hpp"
#include "tools/pishkhan/arguments.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/common_options.hpp"
#include "tools/pishkhan/finished_run.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/option_kinds.hpp"
#include "tools/pishkhan/staff_options.hpp"
#include "tools/pishkhan/terminal.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/pishkhan/wave_command.hpp"
#include "tools/report/tables.hpp"
#include "tools/sweep/sweep_tables.hpp"

namespace pishkhan {
namespace {

constexpr const char* kBaseline = "scenarios/mazandaran/baseline.yaml";

struct AllOptions {
  RunOptions run;
  ExtendOptions extend;
  SweepOptions sweep;
  MergeOptions merge;
  CheckOptions check;
  ReplicationsOptions replications;
  ReportOptions report;
  CompareOptions compare;
  StaffOptions staff;
  PlanOptions plan;
  AssumptionsOptions assumptions;
  ListOptions services, offices, agencies, counties, places;
  bool version_is_json = false;
};

/// While one lives, messages go to a stream, which must outlive it.
class LogTo {
 public:
  explicit LogTo(std::ostream& stream) {
    const auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(stream);
    const auto log = std::make_shared<spdlog::logger>("pishkhan", sink);
    log->set_pattern("%v");
    spdlog::set_default_logger(log);
  }
  ~LogTo() { spdlog::set_default_logger(before_); }
  LogTo(const LogTo&) = delete;
  LogTo& operator=(const LogTo&) = delete;

 private:
  std::shared_ptr<spdlog::logger> before_ = spdlog::default_logger();
};

void add_run_options(CLI::App& command, ScenarioOptions& options, int& threads) {
  command.add_option("scenario", options.file, "Scenario file, or manifest.json of a run")
      ->required()
      ->check(not_empty());
  add_scenario_options(command, options);
  command.add_option("--seed", options.seed, "Seed, instead of the scenario's")
      ->check(not_empty())
      ->take_last();
  command.add_option("--replications", options.replications, "Replications, instead of the scenario's")
      ->check(not_empty())
      ->take_last();
  add_threads(command, threads);
  command.add_flag("--visits{all}", options.visits,
                   "Write visits too: every one, or with --visits 1% a sample");
  add_list_option(command, "--visits-at", options.visits_at, "Of the visits only those at these stations");
  add_list_option(command, "--visits-on", options.visits_on, "Of the visits only those on these dates");
}

CLI::App* add_run(CLI::App& app, RunOptions& options) {
  CLI::App* command = app.add_subcommand("run", "Simulate a scenario and write its result tables");
  add_run_options(*command, options.scenario, options.threads);
  command->add_option("--out", options.out, "Folder of the results; left out: results/<scenario name>")
      ->check(not_empty());
  add_formats(*command, options.formats, {kFormatNames.begin(), kFormatNames.end()},
              "csv and sqlite, with a comma between; html: a page to read; xlsx: a workbook; store: the sums "
              "of each replication too")
      ->default_str(names_of(kUsualFormats));
  add_language(*command, options.language, "summary and workbook", "an English summary, a Persian workbook");
  command->add_flag("--bom", options.scenario.csv_bom,
                    "Begin CSV files with a byte-order mark, by which spreadsheets know UTF-8");
  command
      ->add_option(
          "--columns", options.scenario.csv_columns,
          "Form of the CSV files: full, every column and digit; or short, for people: rounded as the "
          "interval tells, waits in minutes (_min), without what is empty or the same in all rows; "
          "left out: full")
      ->check(one_of({"short", "full"}))
      ->take_last();
  add_list_option(
      *command, "--tables", options.tables,
      "Write only these tables, and the visits that are asked for, with commas between; left out: all");
  add_list_option(*command, "--costs", options.scenario.costs,
                  "Say what outages, backbone or both (with a comma between) cost: the same citizens without",
                  one_of({"outages", "backbone"}));
  command->add_flag("--json", options.json, "Print one JSON object instead of the summary");
  command->add_flag("--quiet", options.quiet, "Print nothing but errors");
  command->add_flag("--force", options.force, "Replace earlier results in the folder");
  return command;
}

void add_extend(CLI::App& app, ExtendOptions& options) {
  CLI::App* command = app.add_subcommand(
      "extend", "Add replications to a run with --format store: the same bytes as so many from the start");
  command->add_option("folder", options.folder, "Folder of the results")->required()->check(not_empty());
  command->add_option("--replications", options.replications, "Replications in all")
      ->required()
      ->check(not_empty())
      ->take_last();
  add_threads(*command, options.threads);
  add_language(*command, options.language, "the summary", "en");
  command->add_flag("--json", options.json, "Print one JSON object instead of the summary");
  command->add_flag("--quiet", options.quiet, "Print nothing but errors");
}

void add_sweep(CLI::App& app, SweepOptions& options) {
  CLI::App* command =
      app.add_subcommand("sweep", "Simulate a scenario at every point of a study, and tabulate responses");
  command->add_option("study", options.study, "Study file")->required()->check(not_empty());
  command->add_option("--out", options.out, "Folder of the results; left out: results/<study>")
      ->check(not_empty());
  command
      ->add_option("--shard", options.shard, "Only a part of the points, such as 3/40; merge joins the parts")
      ->check(not_empty())
      ->take_last();
  command->add_flag("--resume", options.resume, "Go on where a killed sweep stopped");
  command->add_flag("--force", options.force, "Begin anew, and replace earlier results in the folder")
      ->excludes("--resume");
  add_threads(*command, options.threads);
  add_table_options(*command, options);
}

void add_merge(CLI::App& app, MergeOptions& options) {
  CLI::App* command =
      app.add_subcommand("merge", "Join the shards of a study: the same bytes as a sweep of all its points");
  command->add_option("folders", options.folders, "Folders of the shards")->required()->check(not_empty());
  command->add_option("--out", options.out, "Folder of the results; left out: results/<study>")
      ->check(not_empty());
  command->add_flag("--force", options.force, "Replace earlier results in the folder");
  add_table_options(*command, options);
}

CLI::App* add_check(CLI::App& app, CheckOptions& options) {
  CLI::App* command =
      app.add_subcommand("check", "Validate a scenario and forecast what it asks of its stations");
  add_run_options(*command, options.scenario, options.threads);
  add_language(*command, options.language, "the output", "en");
  command->add_flag("--all", options.all, "List every station and hour, not the worst only");
  command->add_flag("--json", options.json, "Print one JSON object");
  return command;
}

CLI::App* add_list(CLI::App& app, const std::string& name, const std::string& what, ListOptions& options) {
  CLI::App* command = app.add_subcommand(name, what);
  options.scenario.file = kBaseline;
  command->add_option("scenario", options.scenario.file, "Scenario file")
      ->check(not_empty())
      ->default_str(kBaseline);
  add_scenario_options(*command, options.scenario);
  add_language(*command, options.language, "the output", "en");
  command->add_option("--search", options.search, "Only those with this text in the id or a name")
      ->check(not_empty());
  command->add_flag("--json", options.json, "Print one JSON object");
  return command;
}

void add_report(CLI::App& app, ReportOptions& options) {
  CLI::App* command = app.add_subcommand(
      "report",
      "Make page and workbook of an earlier run or comparison (with sqlite among its formats) or study");
  command->add_option("folder", options.folder, "Folder of the results")->required()->check(not_empty());
  command->add_option("--out", options.out, "The file, of one format; left out: in the folder")
      ->check(not_empty());
  std::vector<std::string> names;
  for (const Format format : kReportFormats) names.emplace_back(to_string(format));
  add_formats(*command, options.formats, names,
              "html: the page; xlsx: the workbook; left out: as the name of --out ends, or both");
  add_language(*command, options.language, "output and workbook", "English output, a Persian workbook");
  command->add_flag("--quiet", options.quiet, "Print nothing but errors");
}

void add_compare(CLI::App& app, CompareOptions& options) {
  CLI::App* command = app.add_subcommand(
      "compare",
      "Compare scenarios or finished runs with the same citizens: the first with each of the others");
  command
      ->add_option(
          "runs", options.runs,
          "Two or more scenario files, or folders of finished runs; those with --format store need "
          "not be simulated again. Scenario files take the run of the finished one, else of the second")
      ->required()
      ->expected(2, 26)
      ->check(not_empty());
  add_scenario_options(*command, options.scenario);
  command->add_option("--seed", options.scenario.seed, "Seed, instead of the scenarios'")
      ->check(not_empty())
      ->take_last();
  command
      ->add_option("--replications", options.scenario.replications, "Replications, instead of the scenarios'")
      ->check(not_empty())
      ->take_last();
  add_threads(*command, options.threads);
  command->add_option("--out", options.out, "Folder of the tables; left out: results/compare-<names>")
      ->check(not_empty());
  add_table_options(*command, options);
  command->add_flag(
      "--waterfall", options.waterfall,
      "Split the differences over the changes that the scenarios make; simulates what is between "
      "them");
  command->add_flag("--exact", options.exact,
                    "The same over all orders of the changes, of which there may be six");
  command->add_flag("--force", options.force, "Replace an earlier comparison in the folder");
}

void add_assumptions(CLI::App& app, AssumptionsOptions& options) {
  CLI::App* command = app.add_subcommand(
      "assumptions",
      "Rank assumed numbers by what each does to waits and to the order of offices at the ends of its range");
  command->add_option("scenario", options.scenario.file, "Scenario file, or manifest.json of a run")
      ->required()
      ->check(not_empty());
  add_scenario_options(*command, options.scenario);
  command->add_option("--seed", options.scenario.seed, "Seed, instead of the scenario's")
      ->check(not_empty())
      ->take_last();
  command
      ->add_option("--replications", options.scenario.replications, "Replications, instead of the scenario's")
      ->check(not_empty())
      ->take_last();
  add_threads(*command, options.threads);
  command
      ->add_option("--out", options.out,
                   "Folder of the tables; left out: results/assumptions-<scenario name>")
      ->check(not_empty());
  add_table_options(*command, options);
  command->add_flag("--force", options.force, "Replace earlier results in the folder");
}

void add_replications(CLI::App& app, ReplicationsOptions& options) {
  CLI::App* command = app.add_subcommand(
      "replications",
      "Print a table of each replication of a run with --format store, as CSV. Where a row is there in some "
      "replications only, nothing happened in the others: its counts are 0 there");
  command->add_option("folder", options.folder, "Folder of the results")->required()->check(not_empty());
  command->add_option("--replication", options.replication, "Only this one, counted from 0")
      ->transform(whole_number(0, 1'000'000))
      ->take_last();
  command
      ->add_option("--table", options.table,
                   "Table of the results, such as counties; offices or stations if not told")
      ->check(not_empty())
      ->take_last();
}

void add_lists(CLI::App& app, AllOptions& options) {
  add_list(app, "services", "List the services of a scenario", options.services)
      ->add_option("--agency", options.services.agency, "Only those of this agency")
      ->check(not_empty());
  const auto add_kind_and_county = [](CLI::App& command, ListOptions& of) {
    command.add_option("--kind", of.kind, "urban or rural")->check(one_of({"urban", "rural"}));
    command.add_option("--county", of.county, "Only those of this county")->check(not_empty());
  };
  CLI::App* offices = add_list(app, "offices", "List the offices of a scenario", options.offices);
  add_kind_and_county(*offices, options.offices);
  offices->add_option("--place", options.offices.place, "Only those of this city or rural district")
      ->check(not_empty());
  CLI::Option* office = offices->add_option("--office", options.offices.office,
                                            "Only this one, with its services, hours, link and neighbours");
  office->check(not_empty());
  for (const char* filter : {"--kind", "--county", "--place", "--search"})
    office->excludes(offices->get_option(filter));
  add_list(app, "agencies", "List the agencies of a scenario", options.agencies);
  add_list(app, "counties", "List the counties of a scenario", options.counties);
  add_kind_and_county(*add_list(app, "places", "List the cities and rural districts", options.places),
                      options.places);
}

/// Says what went wrong, one mistake a line, and gives the exit code.
ExitCode report_failure(std::ostream& error) {
  try {
    throw;
  } catch (const UserError& mistakes) {
    error << mistakes.what() << '\n';
    return kUserMistake;
  } catch (const FailedAudit& audit) {
    for (const std::string& failure : audit.failures()) complain("audit: " + failure);
    complain("the audit failed, so no results were written");
    return kFailedAudit;
  } catch (const Interrupted&) {
    error << "interrupted; no results were written\n";
    return kInterrupted;
  } catch (const EnvironmentError& failure) {
    error << failure.what() << '\n';
  } catch (const std::filesystem::filesystem_error& failure) {
    error << failure.what() << '\n';
  } catch (const std::bad_alloc&) {
    error << "out of memory; no results were written\n";
  } catch (const std::length_error&) {
    error << "out of memory; no results were written\n";
  } catch (const std::exception& bug) {
    error << "a bug in Pishkhan: " << bug.what() << '\n';
    return kBug;
  }
  return kEnvironment;
}

/// Whether the standard output is a pipe that nobody reads any more, as after `| head`.
bool nobody_reads_output() {
  pollfd output{STDOUT_FILENO, POLLOUT, 0};
  return ::poll(&output, 1, 0) == 1 && (output.revents & POLLERR) != 0;
}

/// Prints what was asked for. Who closes the pipe has read enough.
void print(const std::string& text, std::ostream& out) {
  if ((out << text).flush() || nobody_reads_output()) return;
  throw EnvironmentError("cannot write to the standard output");
}

/// Whether a command prints what other programs read.
bool prints_data(const CLI::App& command) {
  const std::string& name = command.get_name();
  if (name == "schema" || name == "dictionary" || name == "replications") return true;
  if (name == "report") return false;
  return command.get_option("--json")->count() > 0;
}

/// Text for people: nothing in it that a terminal obeys, lines that fit.
std::string for_people(const std::string& text, int stream) {
  return wrapped(printable_lines(text), terminal_columns(stream));
}

/// Whether a command's output is in Persian.
bool is_persian(const CLI::App& command) {
  const CLI::Option* language = command.get_option_no_throw("--lang");
  return language != nullptr && language->count() > 0 && language->as<std::string>() == "fa";
}

/// What a command printed, as it is to stand on the standard output.
std::string shown(const CLI::App& command, const std::string& text) {
  if (prints_data(command)) return text;
  const std::string lines = for_people(text, STDOUT_FILENO);
  return is_persian(command) ? right_to_left(lines) : lines;
}

ExitCode print_version(bool json, std::ostream& out) {
  if (!json) {
    out << "pishkhan " PISHKHAN_VERSION "\n";
    return kDone;
  }
  nlohmann::ordered_json object = json_of_command("version");
  object["version"] = PISHKHAN_VERSION;
  out << json_line(object);
  return kDone;
}

ExitCode execute(const std::string& command, const AllOptions& options, const TrialFunction& trial,
                 std::ostream& out) {
  if (command == "run") return run(options.run, trial, out);
  if (command == "extend") return extend(options.extend, trial, out);
  if (command == "sweep") return sweep(options.sweep, trial, out);
  if (command == "merge") return merge(options.merge, out);
  if (command == "check") return check(options.check, trial, out);
  if (command == "report") return report(options.report, out);
  if (command == "compare") return compare(options.compare, trial, out);
  if (command == "staff") {
    if (options.staff.open) return open_offices(options.staff, out);
    if (options.staff.authorise) return authorise(options.staff, out);
    return options.staff.budget ? place(options.staff, out) : staff(options.staff, out);
  }
  if (command == "plan") return plan_waves(options.plan, out);
  if (command == "assumptions") return rank_assumptions(options.assumptions, trial, out);
  if (command == "replications") return print_replications(options.replications, out);
  if (command == "services") return list_services(options.services, out);
  if (command == "offices") return list_offices(options.offices, out);
  if (command == "agencies") return list_agencies(options.agencies, out);
  if (command == "counties") return list_counties(options.counties, out);
  if (command == "places") return list_places(options.places, out);
  if (command == "version") return print_version(options.version_is_json, out);
  out << (command == "schema" ? scenario_schema() : dictionary_markdown({study_dictionary()}));
  return kDone;
}

void parse(CLI::App& app, std::vector<std::string> arguments) {
  expect_command(app, arguments);
  arguments = join_optional_values(std::move(arguments));
  std::reverse(arguments.begin(), arguments.end());  // the order the library wants
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ExtrasError&) {
    const auto commands = app.get_subcommands();
    refuse_rest(commands.empty() ? app : *commands.front(), app.remaining(true));
  }
}

}  // namespace

ExitCode run_command_line(std::vector<std::string> arguments, const TrialFunction& trial, std::ostream& out,
                          std::ostream& error) {
  const LogTo log(error);
  const ClosedPipeGuard closed_pipe;

  AllOptions options;
  CLI::App app{"Pishkhan simulates the counters where a province's people get their public services.",
               "pishkhan"};
  app.set_version_flag("--version", "pishkhan " PISHKHAN_VERSION);
  app.require_subcommand(1);
  add_run(app, options.run);
  add_extend(app, options.extend);
  add_sweep(app, options.sweep);
  add_merge(app, options.merge);
  add_check(app, options.check);
  add_report(app, options.report);
  add_compare(app, options.compare);
  add_staff(app, options.staff);
  add_plan(app, options.plan);
  add_assumptions(app, options.assumptions);
  add_replications(app, options.replications);
  add_lists(app, options);
  app.add_subcommand("version", "Print the version")
      ->add_flag("--json", options.version_is_json, "Print one JSON object");
  app.add_subcommand("schema", "Print the JSON Schema of scenario files, for editors");
  app.add_subcommand("dictionary", "Print the data dictionary of the result tables (results/README.md)");

  std::ostringstream text, problems;
  ExitCode code = kDone;
  try {
    parse(app, std::move(arguments));
    const CLI::App& command = *app.get_subcommands().front();
    code = execute(command.get_name(), options, trial, text);
    print(shown(command, text.str()), out);
  } catch (const CLI::ParseError& problem) {
    code = app.exit(problem, text, problems) == 0 ? kDone : kUserMistake;
    out << for_people(text.str(), STDOUT_FILENO);
  } catch (...) {
    code = report_failure(problems);
  }
  error << for_people(problems.str(), STDERR_FILENO);
  return code;
}

}  // namespace pishkhan
