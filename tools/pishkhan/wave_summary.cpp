#include "tools/pishkhan/wave_summary.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "models/province/calendar.hpp"
#include "tools/pishkhan/text.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kMostNamed = 5;
constexpr double kNoGap = 5e-4;  ///< prints as 0.0%

struct WaveSums {
  std::size_t services = 0;
  double citizens = 0;
  int clerks = 0;
};

std::vector<WaveSums> sums_of(const FoundPlan& plan) {
  const std::size_t waves = plan.rules.waves.size();
  std::vector<WaveSums> sums(waves + 1);  // the last: of those that stay
  for (const ServiceId service : plan.rules.services) {
    const auto wave = plan.found.moves.wave[plan.effects.item_of(service)];
    ++sums[wave.value_or(waves)].services;
    if (wave) sums[*wave].citizens += plan.effects.part(service, *wave).citizens;
  }
  for (std::size_t k = 0; k < plan.effects.stations().size(); ++k) {
    for (std::size_t wave = 0; wave < waves; ++wave)
      sums[wave].clerks += added_in_wave(plan.found.moves, k, wave, waves);
  }
  return sums;
}

std::array<std::size_t, kStationsUnderMoves> states_of(const FoundPlan& plan) {
  std::array<std::size_t, kStationsUnderMoves> counts{};
  for (const MovedStation& station : plan.found.stations) ++counts[static_cast<std::size_t>(station.state)];
  return counts;
}

/// Whether the plan itself was proven in simulations, not only others that were tried before.
bool had_proof(const FoundMoves& found) { return found.proven && found.proof_replications > 0; }

double gap_of(const FoundMoves& found) {
  return found.gain > 0 ? std::max(found.bound / found.gain - 1, 0.0) : 0;
}

/// The stations whose share is least above its goal.
std::string binding(const Texts& texts, const FoundPlan& plan) {
  std::vector<const MovedStation*> list;
  for (const MovedStation& station : plan.found.stations)
    if (station.target && station.share.mean == station.share.mean) list.push_back(&station);
  const auto above = [&](const MovedStation* station) {
    return station->share.mean - plan.scenario.targets[plan.found.targets[*station->target].target].goal;
  };
  std::stable_sort(list.begin(), list.end(),
                   [&](const MovedStation* a, const MovedStation* b) { return above(a) < above(b); });
  const std::vector<std::string_view> ids = station_ids(plan.scenario);
  std::string text;
  for (std::size_t i = 0; i < std::min(list.size(), kMostNamed); ++i) {
    if (i > 0) text += texts.at("terminal.compare.separator");
    text += ids[plan.effects.stations()[list[i]->station].index()];
  }
  return text;
}

}  // namespace

std::string plan_summary(const Texts& texts, const PlanReport& report) {
  const FoundPlan& plan = report.plan;
  const FoundMoves& found = plan.found;
  const auto number = [&](double value) { return grouped(texts, value); };
  const auto share = [&](double value) { return grouped(texts, 100 * value, 1); };
  const char* proof =
      found.proof_replications > 0 ? "terminal.plan.proven" : "terminal.plan.nothing_to_prove";
  std::string text = texts.fill(found.proven ? proof : "terminal.plan.not_proven",
                                {{"title", plan.scenario.title},
                                 {"replications", number(found.proof_replications)},
                                 {"seed", std::to_string(found.proof_seed)},
                                 {"refuted", number(static_cast<double>(found.refuted))}}) +
                     '\n';
  const std::vector<WaveSums> sums = sums_of(plan);
  for (std::size_t wave = 0; wave < plan.rules.waves.size(); ++wave) {
    text += texts.fill("terminal.plan.wave", {{"wave", plan.rules.waves[wave].id},
                                              {"day", format_date(plan.rules.waves[wave].starts)},
                                              {"services", number(static_cast<double>(sums[wave].services))},
                                              {"citizens", number(sums[wave].citizens)},
                                              {"clerks", number(sums[wave].clerks)}}) +
            '\n';
  }
  text +=
      texts.fill("terminal.plan.stay", {{"services", number(static_cast<double>(sums.back().services))}}) +
      '\n';
  text += texts.fill("terminal.plan.citizens",
                     {{"citizens", number(found.citizens)},
                      {"share", share(found.all_citizens > 0 ? found.citizens / found.all_citizens : 0)}}) +
          '\n';
  if (found.all_citizens <= 0) {
    const std::string channel = "channel." + std::string(to_string(plan.rules.from));
    text += texts.fill("terminal.plan.nobody", {{"channel", texts.at(channel)}}) + '\n';
  } else if (found.citizens <= 0) {
    text += texts.at("terminal.plan.nothing") + '\n';
  }
  if (plan.rules.gain == MoveGain::time)
    text += texts.fill("terminal.plan.hours", {{"hours", number(found.gain)}}) + '\n';
  if (found.gain > 0) {
    text += texts.fill(gap_of(found) < kNoGap ? "terminal.plan.best" : "terminal.plan.gap",
                       {{"gap", share(gap_of(found))}}) +
            '\n';
  }
  const auto states = states_of(plan);
  for (std::size_t k = 0; k < states.size(); ++k) {
    if (states[k] == 0) continue;
    text += texts.fill("terminal.plan." + std::string(to_string(static_cast<StationUnderMoves>(k))),
                       {{"n", number(static_cast<double>(states[k]))}}) +
            '\n';
  }
  if (const std::string stations = binding(texts, plan); !stations.empty())
    text += texts.fill("terminal.plan.binding", {{"stations", stations}}) + '\n';
  if (had_proof(found)) {
    text += texts.at(plan.scenario.evidence == Evidence::assumed ? "terminal.staff.level_assumed"
                                                                 : "terminal.staff.level") +
            '\n';
  }
  text += texts.fill("terminal.plan.scenario", {{"file", (report.out / report.planned).string()}}) + '\n';
  return text + texts.fill("terminal.compare.tables", {{"folder", report.out.string()}}) + '\n';
}

std::string plan_json(const PlanReport& report) {
  const FoundPlan& plan = report.plan;
  const FoundMoves& found = plan.found;
  const std::vector<WaveSums> sums = sums_of(plan);
  const auto of_proof = [&](std::uint64_t number) {
    return had_proof(found) ? nlohmann::ordered_json(number) : nlohmann::ordered_json(nullptr);
  };
  nlohmann::ordered_json json = json_of_command("plan");
  json.update({{"scenario", plan.scenario.name},
               {"folder", report.out.generic_string()},
               {"planned", report.planned},
               {"proven", found.proven},
               {"proof_seed", of_proof(found.proof_seed)},
               {"proof_replications", of_proof(found.proof_replications)},
               {"rounds", found.rounds},
               {"proposals", found.proposals},
               {"gain", found.gain},
               {"bound", found.bound},
               {"gap", gap_of(found)},
               {"citizens", found.citizens},
               {"citizens_at_once", found.all_citizens}});
  json["waves"] = nlohmann::ordered_json::array();
  for (std::size_t wave = 0; wave < plan.rules.waves.size(); ++wave) {
    json["waves"].push_back({{"id", plan.rules.waves[wave].id},
                             {"services", sums[wave].services},
                             {"citizens", sums[wave].citizens},
                             {"clerks", sums[wave].clerks}});
  }
  json["services_staying"] = sums.back().services;
  const auto states = states_of(plan);
  for (std::size_t k = 0; k < states.size(); ++k)
    json["stations"][std::string(to_string(static_cast<StationUnderMoves>(k)))] = states[k];
  return json_line(json);
}

}  // namespace pishkhan
