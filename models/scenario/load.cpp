#include <algorithm>
#include <cctype>

#include "models/scenario/builder.hpp"
#include "models/scenario/files.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/shape.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kMostReported = 1000;

/// A file's stem as a folder name: lower case, digits, hyphens.
std::string folder_name(const std::filesystem::path& file) {
  std::string name;
  for (const char c : file.stem().string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && std::isalnum(byte)) {
      name += static_cast<char>(std::tolower(byte));
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "scenario" : name;
}

[[noreturn]] void refuse(Diagnostics mistakes) {
  // Mistakes of a file stand together, in the order of the text; --set comes last.
  std::stable_sort(mistakes.begin(), mistakes.end(), [](const Diagnostic& a, const Diagnostic& b) {
    if (a.file != b.file) return false;
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
  if (mistakes.size() > kMostReported) {
    const auto left = mistakes.size() - kMostReported;
    mistakes.resize(kMostReported);
    mistakes.push_back(
        {mistakes.front().file, 0, 0, "", "and " + std::to_string(left) + " more mistakes", ""});
  }
  throw UserError(std::move(mistakes));
}

void read_output(const Node& root, Scenario& scenario) {
  const Node* output = Builder::sound(root, "output");
  if (output == nullptr) return;
  if (const Node* costs = Builder::sound(*output, "costs")) {
    for (const Node& cost : costs->items)
      scenario.costs.push_back(cost.text == "outages" ? CostOf::outages : CostOf::backbone);
    std::sort(scenario.costs.begin(), scenario.costs.end());
    scenario.costs.erase(std::unique(scenario.costs.begin(), scenario.costs.end()), scenario.costs.end());
  }
  const Node* visits = Builder::sound(*output, "visits");
  if (visits == nullptr) return;
  scenario.visits.share = visits->text == "all" ? 1 : visits->text == "none" ? 0 : visits->number;
}

/// Costs that the scenario does not have.
void check_costs(Builder& builder, const Node& root, const Scenario& scenario) {
  if (scenario.costs.empty()) return;
  const Node& costs = *root.find("output")->find("costs");
  const auto written = [&](const char* key) {
    const Node* list = root.find(key);
    return list != nullptr && !list->items.empty();
  };
  if (!scenario.stations.empty()) {
    builder.mistake(costs, "output.costs", "costs in a scenario of bare stations", "they call no system");
  } else if (scenario.costs.front() == CostOf::outages && !written("outages") && !written("slow_downs")) {
    builder.mistake(costs, "output.costs", "the cost of outages, and there are none",
                    "write `outages` or `slow_downs`, or leave it out");
  }
}

/// Beyond these numbers different citizens would be drawn alike.
void check_numbers(Builder& builder, const Node& root, const Scenario& scenario) {
  const auto check = [&](const char* key, std::size_t count, const std::string& what) {
    if (count <= kMostNumbered) return;
    const Node* at = root.find(key);
    builder.mistake(at != nullptr ? *at : root, key, std::to_string(count) + ' ' + what,
                    "at most " + std::to_string(kMostNumbered));
  };
  check("stations", scenario.stations.size(), "stations");
  for (const BareStation& station : scenario.stations)
    check("stations", station.streams.size(), "streams at station `" + station.id + '`');
  if (!scenario.province) return;
  check("province", scenario.province->zones.size(), "zones");
  check("province", scenario.province->services.size(), "services");
}

/// Keys that mean nothing to bare stations.
void only_bare(Builder& builder, const Node& root) {
  for (const auto& entry : root.entries) {
    static constexpr std::string_view fitting[] = {"scenario", "name",          "description", "base",
                                                   "run",      "service_level", "output",      "stations"};
    if (find_field(*language().root, entry.key) == nullptr) continue;
    if (std::find(std::begin(fitting), std::end(fitting), entry.key) == std::end(fitting)) {
      builder.mistakes().push_back(mistake_at(entry.mark, entry.key,
                                              "`" + entry.key + "` in a scenario of bare stations",
                                              "it belongs to a province"));
    }
  }
}

/// With a base missing or broken, what else is missing is unknown: tell only what is surely wrong.
[[noreturn]] void refuse_incomplete(Node& root, Diagnostics mistakes) {
  if (root.kind != Node::Kind::null) {
    Diagnostics found;
    validate(*language().root, root, "", found);
    std::erase_if(found, [](const Diagnostic& one) { return one.problem.ends_with(" is missing"); });
    mistakes.insert(mistakes.end(), found.begin(), found.end());
  }
  refuse(std::move(mistakes));
}

Scenario build(Node& root, const std::filesystem::path& file, Diagnostics mistakes) {
  const bool incomplete = std::any_of(mistakes.begin(), mistakes.end(),
                                      [](const Diagnostic& one) { return one.file != "--set"; });
  if (incomplete) refuse_incomplete(root, std::move(mistakes));
  validate(*language().root, root, "", mistakes);
  if (root.kind != Node::Kind::map) refuse(std::move(mistakes));
  Builder builder(mistakes);
  Scenario scenario;
  scenario.file = file;
  scenario.title = Builder::text(root, "scenario");
  scenario.name = Builder::text(root, "name", folder_name(file));
  scenario.description = Builder::text(root, "description");
  RunForm form = RunForm::unknown;
  scenario.run = build_run(builder, root, form);
  scenario.service_level_s = Builder::number(root, "service_level", 900);
  read_output(root, scenario);
  const Node* stations = root.find("stations");
  const Node* province = root.find("province");
  std::string data;
  if ((stations == nullptr) == (province == nullptr)) {
    builder.mistake(
        stations != nullptr ? *province : root, "",
        stations != nullptr ? "both `province` and `stations`" : "neither `province` nor `stations`",
        "a scenario is of a province (often by its `base`) or of bare stations");
  } else if (stations != nullptr) {
    only_bare(builder, root);
    if (stations->kind == Node::Kind::list)
      scenario.stations = build_stations(builder, root, scenario.run, form);
  } else {
    build_province(builder, root, scenario, data);
  }
  check_costs(builder, root, scenario);
  check_numbers(builder, root, scenario);
  if (!mistakes.empty()) refuse(std::move(mistakes));
  std::erase_if(root.entries, [](const auto& entry) { return entry.key == "base"; });
  scenario.resolved = canonical_yaml(*language().root, root) + data;
  return scenario;
}

}  // namespace

Scenario load_scenario(const std::filesystem::path& file, const std::vector<std::string>& overrides) {
  Diagnostics mistakes;
  Node root = load_document(file, overrides, mistakes);
  return build(root, file, std::move(mistakes));
}

Scenario load_scenario_text(std::string_view text, const std::string& name,
                            const std::vector<std::string>& overrides) {
  Diagnostics mistakes;
  Node root = load_document_text(text, name, overrides, mistakes);
  return build(root, name, std::move(mistakes));
}

}  // namespace pishkhan
