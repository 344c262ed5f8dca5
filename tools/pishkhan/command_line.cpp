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
#include "tools/pishkhan/finished_run.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/option_kinds.hpp"
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

int default_threads() { return static_cast<int>(std::max(1U, std::thread::hardware_concurrency())); }

void add_scenario_options(CLI::App& command, ScenarioOptions& options) {
  command
      .add_option(
          "--set", options.sets,
          "Change one value of the scenario: path=value, e.g. run.days=7 or staffing.0.clerks=+3; repeatable")
      ->allow_extra_args(false)
      ->check(not_empty());
}

void add_threads(CLI::App& command, int& threads) {
  command
      .add_option("--threads", threads,
                  "Replications at a time, of a sweep points; the results do not depend on it")
      ->transform(whole_number(1, 1024))
      ->take_last()
      ->default_val(default_threads());
}

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

void add_language(CLI::App& command, std::string& language, const std::string& of,
                  const std::string& left_out) {
  command
      .add_option("--lang", language,
                  "Language of " + of + ": fa or en; left out: " + left_out + "; errors are in English")
      ->check(one_of({"fa", "en"}))
      ->take_last();
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

/// New offices instead of clerks.
void add_open(CLI::App& command, StaffOptions& options, const std::vector<CLI::Option*>& others) {
  CLI::Option* open = command
                          .add_option("--open", options.open,
                                      "No targets: open so many new offices where they save the most travel "
                                      "and waiting, of the candidates of --among")
                          ->transform(whole_number(1, 1000))
                          ->take_last();
  for (CLI::Option* other : others) open->excludes(other);
  CLI::Option* among = command
                           .add_option("--among", options.among,
                                       "Table of the candidates: place, and if need be id, latitude, "
                                       "longitude, clerks, rank")
                           ->check(not_empty())
                           ->take_last()
                           ->needs(open);
  open->needs(among);
  command.add_option("--clerks", options.clerks, "Clerks of a new office, where the table does not say")
      ->transform(whole_number(1, 10'000))
      ->take_last()
      ->default_val(2)
      ->needs(open);
}

/// What a number of clerks is looked for of.
std::array<CLI::Option*, 2> add_numbers(CLI::App& command, StaffOptions& options) {
  CLI::Option* by =
      command
          .add_option("--by", options.by,
                      "A number of clerks for each station, each shift (opening of the doors), each hour, or "
                      "each pattern of a roster (`shifts` of the scenario)")
          ->check(one_of({"station", "shift", "hour", "roster"}))
          ->take_last()
          ->default_val("station");
  CLI::Option* shifts = command
                            .add_option("--shifts", options.shifts,
                                        "File with the `shifts` of rosters, instead of the scenario's")
                            ->check(not_empty())
                            ->take_last();
  return {by, shifts};
}

template <class Options>
void add_proof(CLI::App& command, Options& options, const std::string& first, const std::string& most) {
  command
      .add_option("--seed", options.scenario.seed,
                  "Seed of the search, instead of the scenario's; the proof has others, made of it")
      ->check(not_empty())
      ->take_last();
  const auto add = [&](const std::string& name, int& days, const std::string& help) {
    command.add_option(name, days, help)
        ->transform(whole_number(100, 100'000))
        ->take_last()
        ->default_val(days);
  };
  add("--first-days", options.first_days, first);
  add("--most-days", options.most_days, most);
}

/// Where the results of `staff` and `plan` go, and how they are told.
template <class Options>
void add_results(CLI::App& command, Options& options, const std::string& name, const std::string& what) {
  command
      .add_option("--out", options.out,
                  "Folder of the tables; left out: results/" + name + "-<scenario name>")
      ->check(not_empty());
  add_table_options(command, options);
  command.add_flag("--force", options.force, "Replace an earlier " + what + " in the folder");
}

/// The options that ask about targets.
std::array<CLI::Option*, 2> add_assumptions(CLI::App& command, StaffOptions& options) {
  CLI::Option* assumptions =
      command
          .add_option(
              "--assumptions", options.assumptions,
              "Repeat the verdict at so many sets of assumptions within the ranges of the assumed numbers; "
              "left out: 32 where the scenario has ranges; 0: none")
          ->transform(whole_number(0, 10'000))
          ->take_last();
  CLI::Option* robust =
      command
          .add_option(
              "--robust", options.robust,
              "Also find the fewest clerks that keep the targets at this share of the sets of assumptions, "
              "such as 0.9, and write a scenario with them")
          ->transform(share_from(0.01))
          ->take_last();
  return {assumptions, robust};
}

void add_staff(CLI::App& app, StaffOptions& options) {
  CLI::App* command = app.add_subcommand(
      "staff",
      "Find the fewest clerks of each station with which the scenario's targets hold, and prove it; or, with "
      "--budget, put clerks where they save the most waiting");
  command->add_option("scenario", options.scenario.file, "Scenario file")->required()->check(not_empty());
  add_scenario_options(*command, options.scenario);
  add_proof(*command, options, "Days of each station in the first round of the proof",
            "Days of each station in a later round, at most: what is open goes on with as many as it "
            "seems to need");
  const std::array<CLI::Option*, 2> of_numbers = add_numbers(*command, options);
  const std::array<CLI::Option*, 2> of_targets = add_assumptions(*command, options);
  CLI::Option* budget =
      command
          ->add_option("--budget", options.budget,
                       "No targets: put so many clerks more where they save the most waiting, such as +300; "
                       "-20: take as many away where it costs the least; 0: move them within each agency's "
                       "counters, or among the stations of --at")
          ->transform(change_of_clerks())
          ->take_last();
  for (CLI::Option* option : of_targets) option->excludes(budget);
  for (CLI::Option* option : of_numbers) option->excludes(budget);
  command
      ->add_option("--at", options.at,
                   "Of a budget: which stations, such as offices, counters, '{county: sari}', '{agency: "
                   "post-bank}' or ids; left out: all, with a budget of 0 the counters")
      ->check(not_empty())
      ->take_last()
      ->needs(budget);
  command
      ->add_option("--unserved", options.unserved_min,
                   "Of --budget and --open: minutes of waiting that a visit without service counts as, "
                   "beside its own; left out: 60")
      ->transform(whole_number(0, 10'000))
      ->take_last();
  add_open(*command, options, {budget, of_targets[0], of_targets[1], of_numbers[0], of_numbers[1]});
  add_threads(*command, options.threads);
  command->add_option("--out", options.out, "Folder of the tables; left out: results/staff-<scenario name>")
      ->check(not_empty());
  add_table_options(*command, options);
  command->add_flag("--force", options.force, "Replace an earlier staffing in the folder");
}

void add_plan(CLI::App& app, PlanOptions& options) {
  CLI::App* command =
      app.add_subcommand("plan", "Find which services move in which wave so that targets hold, and prove it");
  command->add_option("scenario", options.scenario.file, "Scenario file with a block `plan`")
      ->required()
      ->check(not_empty());
  add_scenario_options(*command, options.scenario);
  add_proof(*command, options, "Days of each station in a month in the first round of a proof",
            "Each round has twice the days of the one before, until these; what is open then is "
            "taken back");
  add_threads(*command, options.threads);
  add_results(*command, options, "plan", "plan");
}

void add_replications(CLI::App& app, ReplicationsOptions& options) {
  CLI::App* command = app.add_subcommand(
      "replications", "Print each station in each replication of a run with --format store, as CSV");
  command->add_option("folder", options.folder, "Folder of the results")->required()->check(not_empty());
  command->add_option("--replication", options.replication, "Only this one, counted from 0")
      ->transform(whole_number(0, 1'000'000))
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
    return options.staff.budget ? place(options.staff, out) : staff(options.staff, out);
  }
  if (command == "plan") return plan_waves(options.plan, out);
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
