#include "tools/pishkhan/command_line.hpp"

#include <poll.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <new>
#include <ostream>
#include <sstream>
#include <thread>

#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan {
namespace {

constexpr const char* kBaseline = "scenarios/mazandaran/baseline.yaml";

struct AllOptions {
  RunOptions run;
  CheckOptions check;
  ListOptions services, offices;
};

/// While one lives, messages go to a stream, which must outlive it.
class LogTo {
 public:
  explicit LogTo(std::ostream& stream) {
    const auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(stream);
    const auto log = std::make_shared<spdlog::logger>("pishkhan", sink);
    log->set_pattern("%l: %v");
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
      .add_option("--set", options.sets,
                  "Change one value of the scenario: path=value, e.g. run.days=7; repeatable")
      ->allow_extra_args(false);
}

void add_run_options(CLI::App& command, ScenarioOptions& options, int& threads) {
  command.add_option("scenario", options.file, "Scenario file")->required();
  add_scenario_options(command, options);
  command.add_option("--seed", options.seed, "Seed, instead of the scenario's")->take_last();
  command.add_option("--replications", options.replications, "Replications, instead of the scenario's")
      ->check(CLI::Range(1, 1'000'000))
      ->take_last();
  command.add_option("--threads", threads, "Replications at a time; the results do not depend on it")
      ->check(CLI::Range(1, 1024))
      ->take_last()
      ->default_val(default_threads());
}

CLI::App* add_run(CLI::App& app, RunOptions& options) {
  CLI::App* command = app.add_subcommand("run", "Simulate a scenario and write its result tables");
  add_run_options(*command, options.scenario, options.threads);
  command->add_option("--out", options.out, "Folder of the results; left out: results/<scenario name>");
  command->add_option("--format", options.formats, "csv, sqlite or both, with a comma between")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"csv", "sqlite"}))
      ->default_str("csv,sqlite");
  command
      ->add_option("--tables", options.tables, "Write only these tables, with commas between; left out: all")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_flag("--visits{all}", options.scenario.visits,
                    "Write visits too: every one, or with --visits=1% a sample");
  command
      ->add_option(
          "--costs", options.scenario.costs,
          "Say what outages, backbone or both (with a comma between) cost: the same citizens without")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"outages", "backbone"}));
  command->add_flag("--json", options.json, "Print one JSON object instead of the summary");
  command->add_flag("--quiet", options.quiet, "Print nothing but errors");
  command->add_flag("--force", options.force, "Replace earlier results in the folder");
  return command;
}

CLI::App* add_check(CLI::App& app, CheckOptions& options) {
  CLI::App* command =
      app.add_subcommand("check", "Validate a scenario and forecast what it asks of its stations");
  add_run_options(*command, options.scenario, options.threads);
  command->add_flag("--all", options.all, "List every station and hour, not the worst only");
  command->add_flag("--json", options.json, "Print one JSON object");
  return command;
}

CLI::App* add_list(CLI::App& app, const std::string& name, const std::string& what, ListOptions& options) {
  CLI::App* command = app.add_subcommand(name, what);
  options.scenario.file = kBaseline;
  command->add_option("scenario", options.scenario.file, "Scenario file")->default_str(kBaseline);
  add_scenario_options(*command, options.scenario);
  command->add_option("--search", options.search, "Only those with this text in the id or a name");
  command->add_flag("--json", options.json, "Print one JSON object");
  return command;
}

/// Says what went wrong, one mistake a line, and gives the exit code.
ExitCode report_failure(std::ostream& error) {
  try {
    throw;
  } catch (const UserError& mistakes) {
    error << mistakes.what() << '\n';
    return kUserMistake;
  } catch (const Interrupted&) {
    error << "interrupted; no results were written\n";
    return kInterrupted;
  } catch (const EnvironmentError& failure) {
    error << failure.what() << '\n';
  } catch (const std::filesystem::filesystem_error& failure) {
    error << failure.what() << '\n';
  } catch (const std::bad_alloc&) {
    error << "out of memory\n";
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

ExitCode execute(CLI::App& app, const AllOptions& options, const TrialFunction& trial, std::ostream& out) {
  const std::string name = app.get_subcommands().front()->get_name();
  if (name == "run") return run(options.run, trial, out);
  if (name == "check") return check(options.check, trial, out);
  if (name == "services") return list_services(options.services, out);
  if (name == "offices") return list_offices(options.offices, out);
  out << (name == "schema" ? scenario_schema() : dictionary_markdown());
  return kDone;
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
  add_check(app, options.check);
  add_list(app, "services", "List the services of a scenario", options.services)
      ->add_option("--agency", options.services.agency, "Only those of this agency");
  CLI::App* offices = add_list(app, "offices", "List the offices of a scenario", options.offices);
  offices->add_option("--kind", options.offices.kind, "urban or rural")
      ->check(CLI::IsMember({"urban", "rural"}));
  offices->add_option("--county", options.offices.county, "Only those of this county");
  app.add_subcommand("schema", "Print the JSON Schema of scenario files, for editors");
  app.add_subcommand("dictionary", "Print the data dictionary of the result tables (results/README.md)");

  try {
    std::reverse(arguments.begin(), arguments.end());  // the order the library wants
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& problem) {
    return app.exit(problem, out, error) == 0 ? kDone : kUserMistake;
  }
  try {
    std::ostringstream text;
    const ExitCode code = execute(app, options, trial, text);
    print(text.str(), out);
    return code;
  } catch (...) {
    return report_failure(error);
  }
}

}  // namespace pishkhan
