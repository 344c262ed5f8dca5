#include "tools/report/theory_inputs.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace pishkhan {

void HandlingMix::add(double weight, const Distribution& handling) {
  const double one = mean(handling);
  exponential_ =
      exponential_ && std::holds_alternative<Exponential>(handling) && (weight_ == 0 || mean_of_last_ == one);
  mean_of_last_ = one;
  weight_ += weight;
  first_ += weight * one;
  second_ += weight * (variance(handling) + one * one);
}

double HandlingMix::cv() const {
  const double mean = mean_s();
  return mean > 0 ? std::sqrt(std::max(0.0, second_ / weight_ / (mean * mean) - 1)) : 0;
}

namespace {

/// Mean arrivals a second, as if the doors were always open, but on days with doors alone.
double arrivals_of(const ArrivalStream& stream, const WeekHours& doors) {
  double days = 0, factors = 0;
  for (std::size_t day = 0; day < doors.size(); ++day) {
    if (doors[day].empty()) continue;
    ++days;
    factors += stream.weekday[day];
  }
  const double factor = (days > 0 ? factors / days : 1) * stream.batch.mean();
  if (stream.total_a_day > 0) return factor * stream.total_a_day / kSecondsPerDay;
  double arrivals = 0;
  for (std::size_t i = 0; i < stream.rate.size(); ++i) {
    const double to = i + 1 < stream.rate.size() ? stream.rate[i + 1].first : kSecondsPerDay;
    arrivals += stream.rate[i].second * std::max(0.0, to - stream.rate[i].first);
  }
  return factor * arrivals / kSecondsPerDay;
}

bool differs(const std::array<double, kDaysPerWeek>& factors) {
  return std::any_of(factors.begin(), factors.end(), [](double factor) { return factor != 1; });
}

/// Whether on a day with doors nobody comes, so that clerks are on duty for nobody.
bool has_idle_day(const BareStation& station) {
  for (std::size_t day = 0; day < kDaysPerWeek; ++day) {
    const auto comes = [day](const ArrivalStream& stream) { return stream.weekday[day] > 0; };
    if (!station.rules.doors[day].empty() && std::ranges::none_of(station.streams, comes)) return true;
  }
  return false;
}

void describe_rules(const StationRules& rules, FormulaInputs& inputs) {
  inputs.queue.unlimited_servers = rules.unlimited_clerks;
  if (rules.room != INT32_MAX) inputs.queue.room = rules.room;
  inputs.queue.room_for_all = rules.room_for_all;
  bool speeds_differ = false, skills = false, absence = false;
  for (const ClerkGroup& group : rules.groups) {
    speeds_differ = speeds_differ || group.speed != rules.groups.front().speed;
    skills = skills || !group.skills.empty();
    absence = absence || group.absence > 0;
  }
  inputs.left_out.add(speeds_differ, "clerks differ in speed");
  inputs.left_out.add(skills, "clerks have skills");
  inputs.left_out.add(absence, "clerks are absent");
  inputs.left_out.add(!rules.balking.points.empty(), "citizens balk");
  inputs.left_out.add(rules.closing == Closing::send_away, "citizens are sent away at closing");
  inputs.left_out.add(rules.closing.at_most_s < kForever, "citizens are sent away after closing");
  inputs.left_out.add(rules.breaks, "clerks have breaks");
}

void describe_patience(const Distribution& patience, FormulaInputs& inputs) {
  if (std::holds_alternative<Never>(patience)) return;
  inputs.queue.mean_patience = mean(patience);
  inputs.queue.exponential_patience = std::holds_alternative<Exponential>(patience);
}

}  // namespace

FormulaInputs inputs_of(const Scenario& scenario, const BareStation& station) {
  HandlingMix handling;
  FormulaInputs inputs;
  bool priorities = false, patience_differs = false, rate_changes = false, mix_changes = false;
  bool batches = false, planned = false, at_start = false;
  for (const ArrivalStream& stream : station.streams) {
    handling.add(arrivals_of(stream, station.rules.doors), stream.handling);
    mix_changes = mix_changes || stream.weekday != station.streams.front().weekday;
    priorities = priorities || stream.priority != station.streams.front().priority;
    patience_differs = patience_differs ||
                       std::holds_alternative<Never>(stream.patience) !=
                           std::holds_alternative<Never>(station.streams.front().patience) ||
                       stream.patience.index() != station.streams.front().patience.index() ||
                       mean(stream.patience) != mean(station.streams.front().patience);
    batches = batches || !stream.batch.is_one();
    planned = planned || stream.is_planned();
    at_start = at_start || stream.at_start > 0;
    rate_changes = rate_changes || stream.rate.size() > 1 || differs(stream.weekday);
  }
  inputs.queue.mean_service = handling.mean_s();
  inputs.queue.service_cv = handling.cv();
  inputs.queue.exponential_service = handling.is_exponential();
  describe_rules(station.rules, inputs);
  describe_patience(station.streams.front().patience, inputs);
  if (station.discipline == Discipline::processor_sharing) {
    inputs.queue.shares_processor = true;
    inputs.queue.servers = station.cores;
  }
  inputs.left_out.add(station.busyness_cv > 0 || mix_changes || has_idle_day(station),
                      "days differ in demand");
  inputs.left_out.add(batches, "citizens come in batches");
  inputs.left_out.add(planned, "arrivals are planned or recorded");
  inputs.left_out.add(at_start, "citizens wait at the start");
  inputs.left_out.add(priorities, "streams have priorities");
  inputs.left_out.add(patience_differs, "streams differ in patience");
  inputs.left_out.add(scenario.retry.at_most > 0, "citizens return");
  inputs.left_out.add(scenario.run.length_s > 0 && rate_changes, "arrivals change over time");
  return inputs;
}

HandlingMix handling_of(const Results& results, Channel channel) {
  HandlingMix handling;
  const std::vector<Service>& services = results.scenario.province->services;
  for (std::size_t service = 0; service < services.size(); ++service) {
    double served = 0;
    for (const TrialResult& trial : results.trials) {
      served +=
          static_cast<double>(trial.services[service * kChannels + static_cast<std::size_t>(channel)].served);
    }
    if (served > 0) handling.add(served, services[service].handling[static_cast<std::size_t>(channel)]);
  }
  return handling;
}

namespace {

/// Whether papers may be missing at a service, so that its citizens come twice.
bool comes_again(const Province& province) {
  return std::any_of(province.services.begin(), province.services.end(),
                     [](const Service& service) { return service.rework > 0; });
}

}  // namespace

FormulaInputs inputs_of(const Scenario& scenario, Channel channel, const StationRules& rules,
                        const HandlingMix& handling) {
  FormulaInputs inputs;
  inputs.queue.mean_service = handling.mean_s();
  inputs.queue.service_cv = handling.cv();
  describe_rules(rules, inputs);
  describe_patience(scenario.patience[static_cast<std::size_t>(channel)], inputs);
  inputs.left_out.add(scenario.classes.size() > 1, "classes have priorities");
  inputs.left_out.add(true, "days differ in demand");
  inputs.left_out.add(!scenario.handling.empty(), "handling differs between stations or days");
  inputs.left_out.add(!rules.dated_doors.empty(), "doors change");
  inputs.left_out.add(
      scenario.retry.at_most > 0 || !scenario.unserved.empty() || comes_again(*scenario.province),
      "citizens return");
  inputs.left_out.add(!scenario.appointments.empty(), "citizens book slots");
  inputs.left_out.add(scenario.redirect.at_most > 0, "citizens are redirected");
  inputs.left_out.add(scenario.backbone.model != BackboneModel::ideal, "calls slow each other down");
  inputs.left_out.add(!scenario.outages.empty(), "systems fail");
  return inputs;
}

}  // namespace pishkhan
