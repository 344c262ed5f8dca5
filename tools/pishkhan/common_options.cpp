#include "tools/pishkhan/common_options.hpp"

#include <algorithm>
#include <thread>

namespace pishkhan {
namespace {

int default_threads() { return static_cast<int>(std::max(1U, std::thread::hardware_concurrency())); }

}  // namespace

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

void add_language(CLI::App& command, std::string& language, const std::string& of,
                  const std::string& left_out) {
  command
      .add_option("--lang", language,
                  "Language of " + of + ": fa or en; left out: " + left_out + "; errors are in English")
      ->check(one_of({"fa", "en"}))
      ->take_last();
}

}  // namespace pishkhan
