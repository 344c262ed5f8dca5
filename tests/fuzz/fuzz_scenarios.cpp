// Scenarios of valid structure with extreme values, as many as asked for. Ends with 1 if one broke the rule,
// and with 2 if a key or a bound was in no accepted scenario, or one that is said to be out of reach was.
#include <CLI/CLI.hpp>
#include <iostream>

#include "tests/fuzz/extreme_fuzz.hpp"
#include "tests/fuzz/scenario_maker.hpp"

int main(int count, char** arguments) {
  using namespace pishkhan;
  FuzzOptions options;
  options.folder = std::filesystem::temp_directory_path() / "pishkhan-fuzz-scenarios";
  bool keys = false, print = false;
  CLI::App app("Makes scenarios from the description of the language, loads all and runs some.");
  app.add_option("--seed", options.seed, "Seed of the first scenario; the next has the next one");
  app.add_option("--loads", options.loads, "Scenarios to load");
  app.add_option("--runs", options.runs, "Accepted ones to run to the end");
  app.add_option("--seconds", options.seconds, "No scenario is begun later");
  app.add_option("--folder", options.folder,
                 "For the tables of provinces, and for the scenario at work, last.yaml");
  app.add_option("--visits", options.limits.visits, "Runs of more expected visits are left out");
  app.add_flag("--until-fault", options.until_fault, "Ends with the first fault");
  app.add_flag("--keys", keys, "Prints how often each key came, and the reasons of refusals");
  app.add_flag("--print", print, "Prints the first scenario");
  CLI11_PARSE(app, count, arguments);
  std::filesystem::create_directories(options.folder);
  if (print) std::cout << make_scenario(options.seed).yaml;
  const FuzzReport report = fuzz_extremes(options);
  std::cout << report_text(report, keys);
  if (!report.faults.empty()) return 1;
  if (!report.coverage.unexpected().empty()) return 2;
  return options.loads >= 100'000 && !report.coverage.missing(false).empty() ? 2 : 0;
}
