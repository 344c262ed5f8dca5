#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "models/plan/plan.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/run_forecast.hpp"
#include "tools/pishkhan/simulate.hpp"
#include "tools/pishkhan/staffing_folder.hpp"
#include "tools/pishkhan/table_json.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/assumption_effects.hpp"
#include "tools/report/printed.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShown = 12;

/// What the command prints.
struct Ranked {
  const Scenario& scenario;
  const AssumptionEffects& effects;
  Table table;
  fs::path folder;
};

std::string name_of(const AssumptionEffect& effect) {
  const std::string& file = effect.range->file;
  return file.ends_with(".csv") ? file + ' ' + effect.range->column : effect.range->column;
}

std::string factor_text(const Texts& texts, double factor) {
  return set_number(rounded(factor), texts.language());
}

std::string rank_text(const Texts& texts, double correlation) {
  return std::isfinite(correlation) ? grouped(texts, correlation, 3) : "-";
}

using Group = std::vector<const AssumptionEffect*>;

double size_of(const Group& ends) {
  double size = 0;
  for (const AssumptionEffect* effect : ends) {
    const double of_end = std::abs(effect->difference_s.mean);
    if (std::isfinite(of_end)) size = std::max(size, of_end);
  }
  return size;
}

/// Both ends of each range at the stations of a channel, the ranges that do most to their waits first.
std::vector<Group> ranked_at(const std::vector<AssumptionEffect>& effects, Channel channel) {
  std::vector<Group> ranges;
  for (const AssumptionEffect& effect : effects) {
    if (effect.channel != channel) continue;
    if (ranges.empty() || ranges.back().front()->range != effect.range) ranges.emplace_back();
    ranges.back().push_back(&effect);
  }
  std::stable_sort(ranges.begin(), ranges.end(),
                   [](const Group& a, const Group& b) { return size_of(a) > size_of(b); });
  ranges.resize(std::min(ranges.size(), kShown));
  return ranges;
}

std::string channel_text(const Texts& texts, const AssumptionEffects& effects, Channel channel) {
  const auto c = static_cast<std::size_t>(channel);
  TextTable table(texts, {"<assumed_number", ">times", ">wait_of_served", ">difference", ">order"});
  for (const Group& range : ranked_at(effects.effects, channel)) {
    for (const AssumptionEffect* effect : range) {
      const bool differs = std::isfinite(effect->difference_s.mean);
      table.add({name_of(*effect), factor_text(texts, effect->factor), wait_text(texts, effect->wait_s),
                 differs ? wait_text(texts, effect->difference_s) : "-",
                 rank_text(texts, effect->rank_correlation)});
    }
  }
  return texts.fill("terminal.assumptions." + std::string(to_string(channel)),
                    {{"wait", wait_text(texts, effects.own_wait_s[c])},
                     {"rank", rank_text(texts, effects.own_rank_correlation[c])}}) +
         '\n' + table.text();
}

std::string summary_of(const Texts& texts, const Ranked& ranked) {
  return texts.at("terminal.assumptions.title") + '\n' +
         channel_text(texts, ranked.effects, Channel::office) +
         channel_text(texts, ranked.effects, Channel::traditional) + texts.at("terminal.assumptions.note") +
         '\n' + texts.fill("terminal.summary.tables", {{"folder", ranked.folder.string()}}) + '\n';
}

std::string json_of(const Ranked& ranked) {
  nlohmann::ordered_json json = json_of_command("assumptions");
  json["scenario"] = ranked.scenario.name;
  json["title"] = ranked.scenario.title;
  json["out"] = ranked.folder.string();
  json["seed"] = ranked.scenario.run.seed;
  json["replications"] = ranked.scenario.run.replications;
  json["effects"] = rows_json(ranked.table);
  return json_line(json);
}

}  // namespace

ExitCode rank_assumptions(const AssumptionsOptions& asked, const TrialFunction& trial, std::ostream& out) {
  const InterruptGuard guard;
  expect_tables_only(asked.formats, "what assumptions do");
  const AssumptionsOptions options = with_files(asked);
  const Scenario scenario = load_with_own_numbers(options.scenario);
  if (scenario.run.replications < 2) {
    throw UserError(
        {{"--replications", 0, 0, "", "one replication: no interval, so no number", "give two or more"}});
  }
  const fs::path folder_name = folder_of(options, scenario, "assumptions");
  OutputFolder folder = begin_staffing(options, scenario, folder_name);
  const std::function<bool()> interrupted = &InterruptGuard::interrupted;
  const auto simulate_one = [&](const Scenario& varied) {
    const Plan plan(varied, StopCheck(&interrupted));
    expect_memory(at_least(forecast_memory({&plan}, options.threads)));
    SimulationOptions how;
    how.threads = options.threads;
    how.quiet = true;
    return std::move(simulate({&plan}, trial, how).front());
  };
  const AssumptionEffects effects = find_assumption_effects(scenario, simulate_one);
  Ranked ranked{scenario, effects, make_assumption_effects_table(scenario, effects), folder_name};
  write_staffing_folder(scenario,
                        {"What each assumed number of the scenario in `varied` does; this is no scenario.",
                         {{"replications", scenario.run.replications}, {"seed", scenario.run.seed}},
                         {ranked.table},
                         "assumptions",
                         "varied"},
                        options.formats, folder.staging());
  folder.commit();
  print_report(options, ranked, json_of, summary_of, out);
  return kDone;
}

}  // namespace pishkhan
