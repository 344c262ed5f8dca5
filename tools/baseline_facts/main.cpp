// Compares the baseline with the facts that it is to have: baseline_facts > scenarios/mazandaran/facts.md
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "sim/base/diagnostic.hpp"
#include "tools/baseline_facts/baseline_facts.hpp"

int main(int argc, char** argv) {
  CLI::App app("Compares the facts with the tables and a simulation of the baseline.");
  std::string facts = "tools/mazandaran/facts/compared.csv", scenario = "scenarios/mazandaran/baseline.yaml";
  std::vector<std::string> overrides;
  int replications = 3, threads = 2;
  app.add_option("--facts", facts, "table of the facts")->capture_default_str();
  app.add_option("--scenario", scenario, "the baseline")->capture_default_str();
  app.add_option("--set", overrides, "changes a key of the scenario, such as run.days=60");
  app.add_option("--replications", replications, "how many are simulated, two at least")
      ->capture_default_str()
      ->check(CLI::Range(2, 1000));
  app.add_option("--threads", threads, "how many threads simulate")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    const auto compared = pishkhan::compare_facts(facts, scenario, overrides, replications, threads);
    std::string run = std::to_string(replications) + " replications of its run";
    for (const std::string& change : overrides) run += " with `" + change + '`';
    std::cout << pishkhan::facts_markdown(compared, run);
    const bool agree = std::all_of(compared.begin(), compared.end(), [](const pishkhan::ComparedFact& fact) {
      return !fact.held || fact.agrees();
    });
    return agree ? 0 : 1;
  } catch (const pishkhan::UserError& error) {
    std::cerr << error.what() << '\n';
    return 2;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 3;
  }
}
