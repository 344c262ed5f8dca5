#include "tools/pishkhan/staff_options.hpp"

#include <array>
#include <string>
#include <vector>

#include "tools/pishkhan/common_options.hpp"
#include "tools/pishkhan/option_kinds.hpp"

namespace pishkhan {
namespace {

/// New offices instead of clerks. Returns the option.
CLI::Option* add_open(CLI::App& command, StaffOptions& options, const std::vector<CLI::Option*>& others) {
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
  return open;
}

/// More services at the offices that there are.
void add_authorise(CLI::App& command, StaffOptions& options, const std::vector<CLI::Option*>& others) {
  CLI::Option* authorise =
      command
          .add_option("--authorise", options.authorise,
                      "No targets: authorise offices, at most so many times one for one service, where it "
                      "saves the most travel")
          ->transform(whole_number(1, 10'000))
          ->take_last();
  for (CLI::Option* other : others) authorise->excludes(other);
  command
      .add_option("--services", options.services,
                  "Of --authorise: which services, as ids of services and agencies with commas between")
      ->check(not_empty())
      ->take_last()
      ->default_val("all")
      ->needs(authorise);
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

}  // namespace

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
      ->add_option(
          "--unserved", options.unserved_min,
          "Of --budget, --open and --authorise: minutes of waiting that a visit without service counts as, "
          "beside its own; left out: 60")
      ->transform(whole_number(0, 10'000))
      ->take_last();
  std::vector<CLI::Option*> others{budget, of_targets[0], of_targets[1], of_numbers[0], of_numbers[1]};
  others.push_back(add_open(*command, options, others));
  add_authorise(*command, options, others);
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

}  // namespace pishkhan
