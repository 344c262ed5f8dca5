#include "tools/pishkhan/load.hpp"

#include <map>
#include <utility>

#include "models/plan/clerk_transfers.hpp"
#include "models/scenario/make_scenario.hpp"
#include "models/scenario/text/file.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/built_in.hpp"
#include "tools/sweep/precision.hpp"

namespace pishkhan {
namespace {

/// `[a, b]`.
std::string yaml_list(const std::vector<std::string>& items) {
  std::string list;
  for (const std::string& item : items) list += (list.empty() ? "" : ", ") + item;
  return '[' + list + ']';
}

/// Options as overrides of the scenario.
class Overrides {
 public:
  explicit Overrides(const ScenarioOptions& options) : texts_(options.sets) {
    add("--seed", "run.seed", options.seed, options.seed);
    add("--replications", "run.replications", options.replications, options.replications);
    const bool chosen = !options.visits_at.empty() || !options.visits_on.empty();
    add("--visits", "output.visits", options.visits,
        chosen && options.visits.empty() ? "all" : options.visits);
    add("--visits-at", "output.visits_at", options.visits_at);
    add("--visits-on", "output.visits_on", options.visits_on);
    add("--costs", "output.costs", options.costs);
    add("--bom", "output.csv_bom", "", options.csv_bom ? "true" : "");
    add("--columns", "output.csv_columns", options.csv_columns, options.csv_columns);
  }

  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

  /// Says of which option a mistake is.
  void rename(Diagnostic& mistake) const {
    const auto option = options_.find(mistake.file);
    if (option != options_.end()) mistake.file = option->second;
  }

 private:
  void add(const std::string& option, const std::string& path, const std::string& shown,
           const std::string& value) {
    if (value.empty()) return;
    texts_.push_back(path + '=' + value);
    options_.emplace(override_label(texts_.back()), option + ' ' + shown);
  }
  void add(const std::string& option, const std::string& path, const std::vector<std::string>& values) {
    if (values.empty()) return;
    std::string shown;
    for (const std::string& value : values) shown += (shown.empty() ? "" : ",") + value;
    add(option, path, shown, yaml_list(values));
  }

  std::vector<std::string> texts_;
  std::map<std::string, std::string> options_;  ///< by the label of the override
};

/// Refuses a file that is not there, and names the one in its folder or among the scenarios that is most
/// like it.
void expect_file(const std::filesystem::path& file, const SourceFiles& files) {
  if (!files.is_absent(file)) return;
  std::filesystem::path near =
      nearest_file(file, {file.parent_path(), "scenarios", "scenarios/mazandaran", "scenarios/textbook"});
  const std::filesystem::path built_in = built_in_scenarios();
  if (near.empty() && !built_in.empty()) {
    near = nearest_file(file, {built_in, built_in / "mazandaran", built_in / "textbook"});
    if (!near.empty()) near = near.lexically_relative(built_in.parent_path());
  }
  throw UserError({{file.generic_string(), 0, 0, "", "no file " + in_backticks(file.generic_string()),
                    near.empty() ? "paths are relative to the current folder"
                                 : "did you mean " + in_backticks(near.generic_string()) + '?'}});
}

}  // namespace

Scenario load(const ScenarioOptions& options) {
  const Overrides overrides(options);
  const ScenarioSource source = source_of(options);
  expect_file(source.file, *source.files);
  try {
    Scenario scenario = with_transfers(load_scenario(source));
    Diagnostics mistakes;
    check_precision(scenario, mistakes);
    if (!mistakes.empty()) throw UserError(std::move(mistakes));
    return scenario;
  } catch (const UserError& error) {
    std::vector<Diagnostic> mistakes = error.diagnostics();
    for (Diagnostic& mistake : mistakes) overrides.rename(mistake);
    throw UserError(std::move(mistakes));
  }
}

ScenarioSource source_of(const ScenarioOptions& options) {
  ScenarioSource source;
  if (options.files) source.files = options.files;
  source.file = find_scenario(options.file, *source.files);
  source.overrides = Overrides(options).texts();
  source.library = built_in_scenarios();
  return source;
}

Scenario load_with_own_numbers(const ScenarioOptions& options) {
  Scenario scenario = load(options);
  if (scenario.run.inputs == RunInputs::sampled) {
    throw UserError(
        {{scenario.file.generic_string(), 0, 0, "run.inputs",
          "`sampled`, where a search works with the scenario's own numbers",
          "leave it out, or add --set run.inputs=fixed; `staff --assumptions` repeats its verdict over "
          "the ranges"}});
  }
  return scenario;
}

}  // namespace pishkhan
