#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/scenario/sections/distribution.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct ChangeHandling {
  ServiceChoice services;
  std::optional<Channel> channel;
  std::optional<StationChoice> at;
  std::optional<double> factor;
  std::optional<Distribution> distribution;
  DayNumber starts = kAlways;
  std::optional<DayNumber> ends;
};

/// The stations of the channel, and among those selected.
std::vector<std::uint32_t> stations_of(const Written<ChangeHandling>& item, VerbContext& context) {
  const StationChoice every{true, true, {}};
  const Selection selection = item->at ? context.select.stations(*item->at, item.at(&ChangeHandling::at))
                                       : context.select.stations(every, item.location());
  std::vector<std::uint32_t> stations;
  if (item->channel != Channel::traditional)
    for (const OfficeId office : selection.offices) stations.push_back(office.value);
  const auto offices = static_cast<std::uint32_t>(context.province.offices.size());
  if (item->channel != Channel::office)
    for (const CounterId counter : selection.counters) stations.push_back(offices + counter.value);
  const bool none_of_channel =
      stations.empty() && (!selection.offices.empty() || !selection.counters.empty());
  if (none_of_channel) {
    context.refuse(item.at(&ChangeHandling::channel), "no station of this channel is among those of `at`",
                   "leave `channel` out");
  }
  return stations;
}

/// A change everywhere and for good goes into the services' handling while no other is kept; others, and
/// those after them, are kept in their order.
void keep_change(const Written<ChangeHandling>& item, const std::vector<ServiceId>& services, DayNumber from,
                 DayNumber until, VerbContext& context) {
  HandlingChange change{
      services, stations_of(item, context), item->factor.value_or(1), item->distribution, from, until};
  for (const ServiceId id : services) {
    for (const Distribution& handling : context.province.services[id.index()].handling) {
      if (item->distribution) continue;
      const auto wrong = check_times(scaled(handling, change.factor));
      if (!wrong) continue;
      return context.refuse(item.at(&ChangeHandling::factor),
                            "with it the handling of " +
                                in_backticks(context.province.services[id.index()].id) +
                                " is impossible: " + wrong->problem,
                            wrong->hint);
    }
  }
  context.scenario.handling.push_back(std::move(change));
}

void change_services(const Written<ChangeHandling>& item, const std::vector<ServiceId>& services,
                     VerbContext& context) {
  for (const ServiceId id : services) {
    for (const Channel channel : {Channel::traditional, Channel::office}) {
      if (item->channel && *item->channel != channel) continue;
      Distribution& handling =
          context.province.services[id.index()].handling[static_cast<std::size_t>(channel)];
      if (item->distribution) {
        handling = *item->distribution;
        continue;
      }
      if (!item->factor) continue;
      Distribution changed = scaled(handling, *item->factor);
      const auto wrong = check_times(changed);
      if (!wrong) {
        handling = std::move(changed);
        continue;
      }
      const std::string which = "with it the handling of " +
                                in_backticks(context.province.services[id.index()].id) + " is impossible: ";
      return context.refuse(item.at(&ChangeHandling::factor), which + wrong->problem, wrong->hint);
    }
  }
}

void change_handling(const Written<ChangeHandling>& item, VerbContext& context) {
  if (item.has(&ChangeHandling::factor) == item.has(&ChangeHandling::distribution)) {
    context.refuse(item.location(), "a factor or a new distribution",
                   "give exactly one of `factor` and `distribution`");
  }
  if (item->channel == Channel::online) {
    context.refuse(item.at(&ChangeHandling::channel), "no clerk handles the channel `online`",
                   "write `traditional` or `office`, or leave the key out for both");
  }
  const std::vector<ServiceId> services = context.services(item, &ChangeHandling::services);
  const auto [from, until] = context.days_of(item, &ChangeHandling::starts, &ChangeHandling::ends);
  const bool everywhere = !item->at && from == kAlways && until == kForGood;
  if (everywhere && context.scenario.handling.empty())
    change_services(item, services, context);
  else if (item->factor || item->distribution)
    keep_change(item, services, from, until, context);
  const auto all = static_cast<double>(services.size());
  const bool counted = !context.run_is_good || context.first_counted_day(from, until).has_value();
  context.add_change("services with other handling", "services", all,
                     item->factor == 1.0 || !counted ? 0 : all,
                     counted ? "the factor is 1" : "it holds on no counted day", from, until);
}

}  // namespace

Verb handling_verb() {
  Section<ChangeHandling> keys("a change of handling");
  keys.required("services", &ChangeHandling::services, services_value(), "Which services.");
  keys.optional("channel", &ChangeHandling::channel, channel_value(),
                "traditional or office; left out: both.");
  keys.optional("at", &ChangeHandling::at, stations_value(),
                "Only at these offices or counters; left out: at all.");
  keys.optional("factor", &ChangeHandling::factor, value::within(Quantity::number, {1e-6, 1e6}),
                "Handling times are multiplied by it; or distribution.");
  keys.optional("distribution", &ChangeHandling::distribution, distribution_value(),
                "New handling time; or factor.");
  add_days(keys, &ChangeHandling::starts, &ChangeHandling::ends);
  return make_verb("handling", "a list of changes of handling", "Faster or slower handling.", keys,
                   change_handling);
}

}  // namespace pishkhan
