#include "tools/pishkhan/system_summary.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/base/time.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/costs.hpp"
#include "tools/report/systems.hpp"

namespace pishkhan {
namespace {

const Cost& find(const std::vector<Cost>& costs, CostOf of, std::string_view measure) {
  const auto found = std::find_if(costs.begin(), costs.end(), [&](const Cost& cost) {
    return cost.of == of && cost.kind == "all" && cost.measure == measure;
  });
  PISHKHAN_ENSURE(found != costs.end());
  return *found;
}

constexpr std::size_t kSystemsShown = 3;

/// The agencies' systems and their design effects.
struct Systems {
  Sums<SystemSums> sums;
  std::vector<DesignEffects> effects;

  [[nodiscard]] Estimate of(std::size_t agency, std::string_view name) const {
    return estimate(find_measure(system_measures(), name), sums[agency], effects[agency]);
  }
};

Systems systems_of(const Results& results) {
  Systems systems{sums_by_agency(results), {}};
  for (std::size_t i = 0; i < systems.sums.size(); ++i)
    systems.effects.push_back(effects_of_system(results, i));
  return systems;
}

/// The systems with the most of something, the most first.
std::vector<std::size_t> most(const Systems& systems, std::string_view name) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < systems.sums.size(); ++i) {
    const Estimate estimate = systems.of(i, name);
    if (std::isfinite(estimate.mean) && std::isfinite(estimate.half_width))
      order.emplace_back(-estimate.mean, i);
  }
  std::sort(order.begin(), order.end());
  std::vector<std::size_t> first;
  for (std::size_t k = 0; k < std::min(kSystemsShown, order.size()); ++k) first.push_back(order[k].second);
  return first;
}

}  // namespace

std::string systems_text(const Texts& texts, const Results& results) {
  const Systems systems = systems_of(results);
  if (systems.sums.empty()) return "";
  std::vector<std::size_t> shown = most(systems, "transaction_p99_s");
  for (const std::size_t i : most(systems, "load_open"))
    if (std::find(shown.begin(), shown.end(), i) == shown.end()) shown.push_back(i);
  TextTable table(
      texts, {"<agency", ">load", ">concurrency", ">response", ">transaction", ">transaction_p99", ">down"});
  for (const std::size_t i : shown) {
    table.add({results.scenario.province->agencies[i].id, percent(texts, systems.of(i, "load_open")),
               with_interval(texts, systems.of(i, "concurrency_max"), 0),
               with_interval(texts, systems.of(i, "response_s"), 1),
               with_interval(texts, systems.of(i, "transaction_s"), 1),
               with_interval(texts, systems.of(i, "transaction_p99_s"), 1),
               with_interval(texts, systems.of(i, "down_h"), 1)});
  }
  std::string lost;
  for (std::size_t cause = 0; cause < kCauses; ++cause) {
    const Estimate hours = lost_clerk_h(results, kAllAgencies, cause);
    if (hours.mean == 0) continue;
    lost += (lost.empty() ? texts.at("terminal.systems.lost") : texts.at("terminal.comma")) +
            word(texts, cause_name(cause)) + ' ' + with_interval(texts, hours, 1);
  }
  return '\n' + texts.at("terminal.systems.title") + '\n' + table.text() +
         (lost.empty() ? texts.at("terminal.systems.no_hours_lost") : lost) + '\n';
}

std::string costs_text(const Texts& texts, const Results& results) {
  const std::vector<Cost> costs = find_costs(results);
  if (costs.empty()) return "";
  TextTable table(texts, {"<cost_of", ">clerk_hours", ">clerk_waiting", ">overtime", ">citizen_hours",
                          ">in_queues", ">visits_failed", ">citizens_lost"});
  for (const Without& other : results.without) {
    std::vector<std::string> row{word(texts, to_string(other.cost))};
    for (const char* measure : {"clerk_h", "clerk_waiting_h", "overtime_h", "citizen_h", "citizen_queue_h",
                                "failed", "citizens_lost"})
      row.push_back(with_interval(texts, find(costs, other.cost, measure).difference.difference, 1));
    table.add(std::move(row));
  }
  std::string text = '\n' + texts.at("terminal.costs.title") + '\n' + table.text();
  const CostOf last = results.without.back().cost;
  const auto with = [&](const char* measure) {
    return with_interval(texts, find(costs, last, measure).with, 1);
  };
  text += texts.fill("terminal.costs.waiting", {{"unloaded", with("clerk_unloaded_calls_h")},
                                                {"slow", with("clerk_slow_h")},
                                                {"failing", with("clerk_failing_h")},
                                                {"in_vain", with("clerk_in_vain_h")}}) +
          '\n';
  if (last != CostOf::backbone) return text;
  const auto minutes = [&](const Estimate& estimate) {
    return with_interval(texts, estimate, 2, 1 / kSecondsPerMinute);
  };
  for (const auto& [key, measure] : {std::pair("terminal.costs.wait_of_served", "wait_s"),
                                     std::pair("terminal.costs.wait_of_joined", "wait_joined_s")}) {
    const Cost& wait = find(costs, CostOf::backbone, measure);
    text += texts.fill(key, {{"with", minutes(wait.with)},
                             {"without", minutes(wait.without)},
                             {"difference", minutes(wait.difference.difference)}}) +
            '\n';
  }
  return text;
}

}  // namespace pishkhan
