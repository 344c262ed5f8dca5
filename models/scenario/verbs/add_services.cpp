#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "models/scenario/schema/quantity.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

using Shares = std::array<double, kChannels>;

struct AddService {
  std::string id;
  std::optional<std::string> name, name_fa;
  Name like;
  std::optional<Name> agency;
  Written<std::array<double, kKinds>> visits_per_1000;
  Written<Shares> channels;
};

template <class List, class Index>
auto element(Index index) {
  return [index](List& list) -> double& { return list[static_cast<std::size_t>(index)]; };
}

Section<AddService> keys_of_new_service() {
  constexpr double kMostVisitsPer1000 = 1e6;
  Section<std::array<double, kKinds>> visits("visits a year for each 1000 residents");
  visits.required("urban", element<std::array<double, kKinds>>(Kind::urban),
                  value::amount_up_to(Quantity::number, kMostVisitsPer1000), "Of cities.");
  visits.required("rural", element<std::array<double, kKinds>>(Kind::rural),
                  value::amount_up_to(Quantity::number, kMostVisitsPer1000), "Of rural districts.");
  Section<Shares> channels("shares of the channels");
  channels.required("traditional", element<Shares>(Channel::traditional), value::share(),
                    "At the agency's counters.");
  channels.required("office", element<Shares>(Channel::office), value::share(), "At offices.");
  channels.required("online", element<Shares>(Channel::online), value::share(), "On the web.");

  Section<AddService> keys("a new service");
  keys.required("id", &AddService::id, value::id(), "Id, new in the province.");
  keys.required("like", &AddService::like, value::id(),
                "Service whose handling, call, rules and tariff it has, and all that is left out here.");
  keys.optional("name", &AddService::name, value::text(), "Name in English; left out: the id.");
  keys.optional("name_fa", &AddService::name_fa, value::text(), "Name in Persian; left out: the name.");
  keys.optional("agency", &AddService::agency, value::id(), "Whose service it is; left out: as `like`.");
  keys.optional("visits_per_1000", &AddService::visits_per_1000, visits,
                "Visits a year for each 1000 residents, over all channels; left out: as `like`.");
  keys.optional("channels", &AddService::channels, channels,
                "Shares of the visits by channel, which add up to 100%; left out: as `like`.");
  return keys;
}

void set_channels(const Written<AddService>& item, VerbContext& context, Service& service) {
  const Shares& shares = *item->channels;
  const double sum = shares[0] + shares[1] + shares[2];
  const Location& location = item.at(&AddService::channels);
  if (std::fabs(sum - 1) > 1e-9) {
    context.refuse(location, "the shares add up to " + number_text(std::round(sum * 1e11) / 1e9) + '%',
                   "they have to add to 100%");
  }
  if (shares[static_cast<std::size_t>(Channel::online)] > 0 && !service.possible_online) {
    context.refuse(location, "visits online of what cannot be done online",
                   in_backticks(item->like.text) + " cannot, and so this cannot");
  }
  service.shares.fill(shares);
}

void add_service(const Written<AddService>& item, VerbContext& context) {
  if (context.select.has_service(item->id)) {
    context.refuse(item.at(&AddService::id), "duplicate id " + in_backticks(item->id),
                   "the province has such a service");
  }
  if (item->id == "all") context.refuse(item.at(&AddService::id), "`all` stands for every service");
  const std::optional<ServiceId> like = context.select.service(item->like);
  std::optional<AgencyId> agency;
  if (item->agency) agency = context.select.agency(*item->agency);
  if (!like || context.select.has_service(item->id)) return;
  Service service = context.province.services[like->index()];
  service.id = item->id;
  service.name_en = item->name.value_or(service.id);
  service.name_fa = item->name_fa.value_or(service.name_en);
  service.agency = agency.value_or(service.agency);
  service.listing_evidence = Evidence::assumed;
  if (item->visits_per_1000.exists()) service.visits_per_1000_a_year = *item->visits_per_1000;
  if (item->channels.exists()) set_channels(item, context, service);
  context.select.add_service(service.id);
  context.province.services.push_back(std::move(service));
  context.add_change("services added", "services", 1, 1, {});
}

}  // namespace

Verb add_services_verb() {
  return make_verb("add_services", "a list of new services", "New services.", keys_of_new_service(),
                   add_service);
}

}  // namespace pishkhan
