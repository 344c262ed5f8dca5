#include "tools/pishkhan/extending_scenario.hpp"

#include <algorithm>
#include <map>

#include "models/scenario/verbs/verbs.hpp"
#include "tools/pishkhan/load.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + '\'';
}

/// Values by key, in the order of the keys; a value is YAML on one line.
struct Keys {
  std::string value;
  std::map<std::string, Keys> below;

  void set(const std::string& path, const std::string& text) {
    const std::size_t dot = path.find('.');
    Keys& key = below[path.substr(0, dot)];
    if (dot == std::string::npos)
      key = {text, {}};
    else
      key.set(path.substr(dot + 1), text);
  }
  [[nodiscard]] std::string text(const std::string& indent = "") const {
    std::string text;
    for (const auto& [name, key] : below) {
      text += indent + name + ':';
      text += key.below.empty() ? ' ' + key.value + '\n' : '\n' + key.text(indent + "  ");
    }
    return text;
  }
};

}  // namespace

std::string extending_text(const ScenarioOptions& options, const Scenario& scenario, const fs::path& file,
                           const std::string& what, const ProofCitizens& citizens) {
  Keys keys;
  std::string replaced;  // whole lists, to which those of the file would be added
  for (const std::string& one : source_of(options).overrides) {
    const std::size_t equals = one.find('=');
    const std::string key = one.substr(0, equals);
    keys.set(key, one.substr(equals + 1));
    const auto is_key = [&](const Verb& verb) { return verb.key == key; };
    if (std::any_of(verbs().begin(), verbs().end(), is_key)) replaced += (replaced.empty() ? "" : ", ") + key;
  }
  keys.set("run.seed", std::to_string(citizens.seed));
  keys.set("run.replications", std::to_string(citizens.replications));
  const fs::path folder = fs::absolute(file).parent_path();
  const std::string base = fs::relative(fs::absolute(scenario.file), folder).generic_string();
  return "scenario: " + quoted(scenario.title + " (" + what + ")") + "\nbase: " + quoted(base) + '\n' +
         (replaced.empty() ? "" : "without: [" + replaced + "]\n") + keys.text();
}

}  // namespace pishkhan
