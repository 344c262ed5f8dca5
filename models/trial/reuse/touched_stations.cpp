#include "models/trial/reuse/touched_stations.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "models/demand/office_choice.hpp"
#include "models/plan/plan_data.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan {
namespace {

/// The canonical text, but for the run, keys that change nothing that happens, and verbs whose changes of
/// stations and systems are found in the scenario.
std::string rest_of(const Scenario& scenario) {
  static const std::set<std::string, std::less<>> apart{"scenario", "name",      "description", "run",
                                                        "output",   "economics", "hours",       "staffing",
                                                        "absence",  "breaks",    "links",       "systems"};
  std::string rest;
  bool is_apart = false;
  const std::string_view text = scenario.resolved;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string_view line = text.substr(begin, end - begin);
    if (line.front() != ' ' && line.front() != '-') is_apart = apart.contains(line.substr(0, line.find(':')));
    if (!is_apart) rest += line;
    begin = end;
  }
  return rest;
}

/// Outages are drawn by what fails, so that only what may fail has to be the same.
bool fail_the_same(const Scenario& one, const Scenario& other) {
  return std::equal(one.outages.begin(), one.outages.end(), other.outages.begin(), other.outages.end(),
                    [](const Outage& a, const Outage& b) { return a.of == b.of && a.which == b.which; });
}

/// Citizens choose among the offices that have clerks for the service.
bool give_the_same(const Office& one, const Office& other, const Province& province) {
  for (std::size_t s = 0; s < province.services.size(); ++s) {
    if (authorised(one, province.services[s], ServiceId(s)) !=
        authorised(other, province.services[s], ServiceId(s)))
      return false;
  }
  return true;
}

}  // namespace

bool may_be_apart(const Scenario& scenario) {
  if (!scenario.province || scenario.redirect.at_most > 0 || joins_stations(scenario.unserved) ||
      scenario.run.inputs != RunInputs::fixed || !scenario.appointments.empty())
    return false;
  const auto& outages = scenario.outages;
  switch (scenario.backbone.model) {
    case BackboneModel::ideal:
      return outages.empty();
    case BackboneModel::shared:
      return std::none_of(outages.begin(), outages.end(),
                          [](const Outage& outage) { return outage.is_slow_down(); });
    case BackboneModel::simgrid:
      break;
  }
  return false;
}

std::optional<std::vector<std::uint8_t>> find_touched_stations(const Plan& base, const Plan& variant) {
  const Scenario &a = base.scenario(), &b = variant.scenario();
  if (!may_be_apart(a) || !may_be_apart(b) || !same_time(a.run, b.run) || a.run.seed != b.run.seed ||
      a.queues != b.queues || rest_of(a) != rest_of(b) || !fail_the_same(a, b))
    return std::nullopt;
  // Where offices open or close while the run goes on, citizens choose again.
  if (base.data().epochs.size() > 1 || variant.data().epochs.size() > 1) return std::nullopt;
  const auto differs = [](const auto& one, const auto& other) {
    return one.link_kind != other.link_kind || one.rules != other.rules;
  };
  // What doors bring changes who comes.
  if (base.data().has_brought() || variant.data().has_brought()) return std::nullopt;
  std::vector<std::uint8_t> touched;
  for (std::size_t i = 0; i < a.province->offices.size(); ++i) {
    const Office &one = a.province->offices[i], &other = b.province->offices[i];
    touched.push_back(differs(one, other) ? 1 : 0);
    if (touched.back() != 0 && !give_the_same(one, other, *a.province)) return std::nullopt;
  }
  for (std::size_t i = 0; i < a.province->counters.size(); ++i)
    touched.push_back(differs(a.province->counters[i], b.province->counters[i]) ? 1 : 0);
  return touched;
}

}  // namespace pishkhan
