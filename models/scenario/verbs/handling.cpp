#include <optional>
#include <utility>

#include "models/scenario/sections/distribution.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct ChangeHandling {
  ServiceChoice services;
  std::optional<Channel> channel;
  std::optional<double> factor;
  std::optional<Distribution> distribution;
};

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
  const auto all = static_cast<double>(services.size());
  context.add_change("services with other handling", "services", all, item->factor == 1.0 ? 0 : all,
                     "the factor is 1");
}

}  // namespace

Verb handling_verb() {
  Section<ChangeHandling> keys("a change of handling");
  keys.required("services", &ChangeHandling::services, services_value(), "Which services.");
  keys.optional("channel", &ChangeHandling::channel, channel_value(),
                "traditional or office; left out: both.");
  keys.optional("factor", &ChangeHandling::factor, value::within(Quantity::number, {1e-6, 1e6}),
                "Handling times are multiplied by it; or distribution.");
  keys.optional("distribution", &ChangeHandling::distribution, distribution_value(),
                "New handling time; or factor.");
  return make_verb("handling", "a list of changes of handling", "Faster or slower handling.", keys,
                   change_handling);
}

}  // namespace pishkhan
