#include "models/scenario/verbs/failures.hpp"

namespace pishkhan {
namespace {

struct Failing {
  OutageOf of;
  Location key;
};

/// What an item says to fail: exactly one thing, or a mistake and nothing.
std::optional<Failing> failing_of(const Written<FailureKeys>& item, VerbContext& context) {
  std::vector<Failing> said;
  const auto add = [&](auto member, OutageOf of) {
    if (item.has(member)) said.push_back({of, item.at(member)});
  };
  add(&FailureKeys::agency, OutageOf::system);
  add(&FailureKeys::link_of, OutageOf::link);
  add(&FailureKeys::county_link, OutageOf::county_link);
  add(&FailureKeys::power_of, OutageOf::power);
  if (said.size() == 1) return said.front();
  context.refuse(item.location(),
                 said.empty() ? "nothing fails"
                              : in_backticks(said[0].key.key()) + " and " + in_backticks(said[1].key.key()) +
                                    " in one outage",
                 "each outage is of one of `agency`, `link_of`, `county_link` and `power_of`");
  return std::nullopt;
}

/// Offices, then counters.
std::vector<std::uint32_t> stations_of(const StationChoice& choice, const Location& location,
                                       VerbContext& context) {
  std::vector<std::uint32_t> which;
  const Selection at = context.select.stations(choice, location);
  for (const OfficeId id : at.offices) which.push_back(id.value);
  const auto offices = static_cast<std::uint32_t>(context.province.offices.size());
  for (const CounterId id : at.counters) which.push_back(offices + id.value);
  return which;
}

std::vector<std::uint32_t> what_fails(const Failing& failing, const FailureKeys& keys, VerbContext& context) {
  switch (failing.of) {
    case OutageOf::system:
      return context.select.agencies(keys.agency);
    case OutageOf::link:
      return stations_of(keys.link_of, failing.key, context);
    case OutageOf::county_link:
      return context.select.counties(keys.county_link);
    case OutageOf::power:
      break;
  }
  return stations_of(keys.power_of, failing.key, context);
}

void take_away(const Written<FailureKeys>& item, VerbContext& context) {
  if (!context.run_is_good) return;
  const std::size_t before = context.mistakes.size();
  Outage outage;
  if (const auto failing = failing_of(item, context)) {
    const bool of_link = failing->of == OutageOf::link || failing->of == OutageOf::county_link;
    outage.of = failing->of;
    if (of_link && context.scenario.backbone.link_kinds.empty()) {
      add_mistake(context.mistakes, {item.location().node, failing->key.path},
                  "an outage of links in a backbone without links", "describe them in `backbone.access`");
    } else {
      outage.which = what_fails(*failing, *item, context);
    }
  }
  add_outage(item, std::move(outage), before, context);
}

}  // namespace

Verb outages_verb() {
  Section<FailureKeys> keys("an outage");
  keys.optional("agency", &FailureKeys::agency, names_or_all_value(),
                "Systems of these agencies; or link_of, county_link, power_of.");
  keys.optional("link_of", &FailureKeys::link_of, stations_value(), "Links of these offices or counters.");
  keys.optional("county_link", &FailureKeys::county_link, names_or_all_value(),
                "Links of these counties to the province's centre.");
  keys.optional("power_of", &FailureKeys::power_of, stations_value(), "Power of these offices or counters.");
  add_failure_times(keys);
  return make_verb("outages", "a list of outages", "What fails, by schedule or at random.", keys, take_away);
}

}  // namespace pishkhan
