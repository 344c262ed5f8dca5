#include <optional>
#include <utility>
#include <vector>

#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct FailureOnline {
  ServiceChoice services;
  std::optional<Kind> kind;
  std::vector<Name> county;
  double probability = 0;
  DayNumber starts = kAlways;
  std::optional<DayNumber> ends;
};

/// A change everywhere and for good goes into the services while no other is kept; others, and those after
/// them, are kept in their order.
void change_failures(const Written<FailureOnline>& item, VerbContext& context) {
  const std::vector<ServiceId> services = context.services(item, &FailureOnline::services);
  std::vector<ZoneId> zones = context.select.zones(item->kind, item->county, item.location());
  const auto [from, until] = context.days_of(item, &FailureOnline::starts, &FailureOnline::ends);
  const bool everywhere = !item->kind && item->county.empty() && from == kAlways && until == kForGood;
  double changed = 0;
  for (const ServiceId id : services) {
    double& failure = context.province.services[id.index()].online_failure;
    changed += failure != item->probability ? 1 : 0;
    if (everywhere && context.scenario.online_failures.empty()) failure = item->probability;
  }
  if (!everywhere || !context.scenario.online_failures.empty())
    context.scenario.online_failures.push_back({services, std::move(zones), item->probability, from, until});
  const bool counted = !context.run_is_good || context.first_counted_day(from, until).has_value();
  context.add_change("services with other failures online", "services", static_cast<double>(services.size()),
                     counted ? changed : 0,
                     counted ? "the others had them already" : "it holds on no counted day", from, until);
}

}  // namespace

Verb online_failures_verb() {
  Section<FailureOnline> keys("a failure online");
  keys.required("services", &FailureOnline::services, services_value(), "Which services.");
  keys.required("probability", &FailureOnline::probability, value::share(),
                "That an online attempt does not succeed and turns into a visit to an office.");
  keys.optional("kind", &FailureOnline::kind, kind_value(),
                "Residents of cities or of rural districts; left out: both.");
  keys.optional("county", &FailureOnline::county, names_value(),
                "Residents of these counties; left out: all.");
  add_days(keys, &FailureOnline::starts, &FailureOnline::ends);
  return make_verb("online_failures", "a list of failures online",
                   "How often online attempts turn into visits.", keys, change_failures);
}

}  // namespace pishkhan
