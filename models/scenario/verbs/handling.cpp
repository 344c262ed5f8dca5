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
  std::optional<double> at_most_s;
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

/// What handling times become by the item.
Distribution changed(const ChangeHandling& item, const Distribution& before) {
  Distribution after = item.distribution ? *item.distribution : scaled(before, item.factor.value_or(1));
  if (item.at_most_s) after = limited(after, *item.at_most_s);
  return after;
}

void refuse_impossible(const Written<ChangeHandling>& item, ServiceId service, const Misread& wrong,
                       VerbContext& context) {
  const Location at = item->factor         ? item.at(&ChangeHandling::factor)
                      : item->distribution ? item.at(&ChangeHandling::distribution)
                                           : item.at(&ChangeHandling::at_most_s);
  context.refuse(at,
                 "with it the handling of " + in_backticks(context.province.services[service.index()].id) +
                     " is impossible: " + wrong.problem,
                 wrong.hint);
}

/// A change everywhere and for good goes into the services' handling while no other is kept; others, and
/// those after them, are kept in their order.
void keep_change(const Written<ChangeHandling>& item, const std::vector<ServiceId>& services, DayNumber from,
                 DayNumber until, VerbContext& context) {
  HandlingChange change{services,
                        stations_of(item, context),
                        item->factor.value_or(1),
                        item->distribution,
                        item->at_most_s,
                        from,
                        until};
  for (const ServiceId id : services) {
    for (const Distribution& handling : context.province.services[id.index()].handling) {
      if (const auto wrong = check_times(changed(*item, handling)))
        return refuse_impossible(item, id, *wrong, context);
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
      Distribution after = changed(*item, handling);
      if (const auto wrong = check_times(after)) return refuse_impossible(item, id, *wrong, context);
      handling = std::move(after);
    }
  }
}

void change_handling(const Written<ChangeHandling>& item, VerbContext& context) {
  const bool factor = item.has(&ChangeHandling::factor),
             distribution = item.has(&ChangeHandling::distribution),
             at_most = item.has(&ChangeHandling::at_most_s);
  if ((factor && distribution) || !(factor || distribution || at_most)) {
    context.refuse(item.location(), "a factor, a new distribution or a longest time",
                   "give `factor` or `distribution` or `at_most`, or `at_most` beside one of the others");
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
  else if (item->factor || item->distribution || item->at_most_s)
    keep_change(item, services, from, until, context);
  const auto all = static_cast<double>(services.size());
  const bool counted = !context.run_is_good || context.first_counted_day(from, until).has_value();
  context.add_change("services with other handling", "services", all,
                     (item->factor == 1.0 && !item->at_most_s) || !counted ? 0 : all,
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
  keys.optional("at_most", &ChangeHandling::at_most_s,
                value::within(Quantity::duration, {.low = kShortestDuration_s, .high = kLongestDuration_s}),
                "What takes longer, after factor or distribution, takes so long.");
  add_days(keys, &ChangeHandling::starts, &ChangeHandling::ends);
  return make_verb("handling", "a list of changes of handling", "Faster or slower handling.", keys,
                   change_handling);
}

}  // namespace pishkhan
